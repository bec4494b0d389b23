"""Colours of a page, from the one colour a company chooses; text keeps a contrast of at least 4.5 (WCAG AA)."""

from __future__ import annotations

import re
from dataclasses import dataclass

Rgb = tuple[float, float, float]

INK: Rgb = (0.106, 0.133, 0.176)
MUTED: Rgb = (0.345, 0.388, 0.443)
HAIRLINE: Rgb = (0.871, 0.890, 0.910)
PANEL: Rgb = (0.957, 0.965, 0.973)
WATERMARK: Rgb = (0.925, 0.933, 0.945)
WHITE: Rgb = (1, 1, 1)
BLACK: Rgb = (0, 0, 0)
DEFAULT = "#0E7C66"
SOBER = "#3D4A5C"
"""Accent of a page made for a document received without one."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours one company colour gives.

    Attributes:
        accent: fills and rules. accent_text: the same hue, readable on white. on_accent: text over a fill.
        tint: a pale accent behind the amount due.
    """

    accent: Rgb
    accent_text: Rgb
    on_accent: Rgb
    tint: Rgb


def palette(colour: str) -> Palette:
    """The palette of ``#RRGGBB``; anything else gives the default colour."""
    accent = _parse(colour) or _parse(DEFAULT) or INK
    text = accent
    while contrast(text, WHITE) < 4.5:
        text = mix(text, BLACK, 0.08)
    on_accent = WHITE if contrast(accent, WHITE) >= 3 else INK
    return Palette(accent, text, on_accent, mix(accent, WHITE, 0.91))


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """``colour`` with ``share`` (0 to 1) of ``other``."""
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _parse(colour: str) -> Rgb | None:
    found = re.fullmatch(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})", colour.strip())
    if found is None:
        return None
    red, green, blue = (int(part, 16) / 255 for part in found.groups())
    return red, green, blue
