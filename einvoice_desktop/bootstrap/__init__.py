"""The only place that knows every room.

Doors are imported where they are built, so that a command pays only for what it uses.
"""

from einvoice_desktop.bootstrap.program import Program, Tools
from einvoice_desktop.bootstrap.starting import Programs, main

__all__ = ["Program", "Programs", "Tools", "main"]
