"""How the program looks: tokens, icons, fonts and the one style sheet.

May import: ui.widgets, PySide6.
"""

from einvoice_desktop.ui.theme.apply import Theme, make_look
from einvoice_desktop.ui.theme.icons import icon

__all__ = ["Theme", "icon", "make_look"]
