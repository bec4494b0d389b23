"""The font of the interface: the system's, or one we bring where the system has none."""

from __future__ import annotations

from importlib import resources
from importlib.util import find_spec

from PySide6.QtGui import QFont, QFontDatabase

from einvoice_desktop.ui.theme.tokens import BODY

_PACKAGE = "font_source_sans_pro"
_FACES = ("Regular", "Semibold", "Bold", "It")
_OWN_SIZE = 15
"""Pixels: this face is small for its body."""


def _bring() -> str:
    """Load the faces of the font package the PDF pages use too; its family, or empty when there is none."""
    if find_spec(_PACKAGE) is None:
        return ""
    family = ""
    for face in _FACES:
        content = (resources.files(_PACKAGE) / "files" / f"SourceSansPro-{face}.ttf").read_bytes()
        number = QFontDatabase.addApplicationFontFromData(content)
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family


def body_font(system: QFont, *, prefers_own: bool) -> QFont:
    """The body font: ``system`` as it is, or ours at in 15 px when asked for (pictures) or when the system has no font."""
    font = QFont(system)
    if prefers_own or not QFontDatabase.families():
        family = _bring()
        if family:
            font = QFont(family)
        font.setPixelSize(_OWN_SIZE if family else BODY)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font
