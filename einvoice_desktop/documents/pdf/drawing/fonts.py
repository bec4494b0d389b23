"""The two faces of every page, Source Sans in two weights, always embedded as subsets.

The files come from the package ``font-source-sans-pro`` (SIL Open Font License): Latin extended, Greek, Cyrillic,
figures of one width, the narrow no-break space of French amounts. They are parsed once for the whole program.
What they lack is replaced before anything is measured, as a ``.notdef`` glyph is forbidden in PDF/A.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

PACKAGE = "font_source_sans_pro"
MISSING = "☐"
"""Stands for a character neither face has (emoji, Arabic, Chinese…); the XML keeps the true one."""

_INVISIBLE = frozenset("Cc Cf Mn Me Cs Co Cn".split())
_SPACES = frozenset("Zs Zl Zp".split())
_SAME = {"\u2011": "-", "\u2010": "-", "\u2009": "\u202f", "\u2008": "\u202f", "\u00a0": "\u00a0"}


@dataclass(frozen=True)
class Face:
    """One weight: the reportlab font and the width of each character in thousandths of the size."""

    name: str
    ttf: TTFont
    widths: dict[str, float] = field(repr=False)

    def width(self, text: str, size: float) -> float:
        """Width of ``text`` (already :meth:`Fonts.printable`) in points."""
        widths = self.widths
        return sum([widths[character] for character in text]) * size / 1000


@dataclass(frozen=True)
class Fonts:
    """Both weights; they have the same characters."""

    regular: Face
    strong: Face
    known: frozenset[str] = field(repr=False)

    def printable(self, text: str) -> str:
        """``text`` with nothing the faces cannot draw; line ends stay, other controls vanish."""
        if not text or (text.isascii() and text.isprintable()):
            return text
        composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        return "".join([c if c in self.known or c == "\n" else self._replacement(c) for c in composed])

    def _replacement(self, character: str) -> str:
        if character in _SAME:
            return _SAME[character]
        category = unicodedata.category(character)
        if category in _SPACES or character == "\t":
            return " "
        if category in _INVISIBLE:
            return MISSING if category in {"Co", "Cs", "Cn"} else ""
        simpler = unicodedata.normalize("NFKD", character)
        kept = "".join(c for c in simpler if c in self.known)
        return kept.strip() or MISSING


@lru_cache(maxsize=1)
def load_fonts() -> Fonts:
    """Both faces, parsed on first use (some 15 ms).

    Raises:
        RuntimeError: the font package is not installed.
    """
    regular, strong = _face("Regular"), _face("Semibold")
    known = frozenset(regular.widths) & frozenset(strong.widths)
    return Fonts(regular, strong, known - {"\n", "\r", "\t", "\0"})


def _face(weight: str) -> Face:
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"SourceSansPro-{weight}"
    font = TTFont(name, str(_folder() / f"{name}.ttf"), asciiReadable=False)
    widths = {chr(code): float(width) for code, width in font.face.charWidths.items() if code < 0xD800 or code > 0xDFFF}
    widths["\u00a0"] = widths[" "]  # reportlab draws it as a space
    return Face(name, font, widths)


def _folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the font package {PACKAGE} is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "files"
