"""The practice platform: a real HTTP server on 127.0.0.1 that checks with the official rules and plays the other side.

May import: ports, domain, Starlette, uvicorn.
"""

from einvoice_desktop.sandbox.embedded import EmbeddedPractice
from einvoice_desktop.sandbox.scenarios import SCENARIOS, Resident
from einvoice_desktop.sandbox.server import SandboxServer

__all__ = ["SCENARIOS", "EmbeddedPractice", "Resident", "SandboxServer"]
