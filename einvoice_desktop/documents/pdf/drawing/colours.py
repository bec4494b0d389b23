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
        accent: fills. accent_text: the same hue, readable on white and on its tint. on_accent: text over a fill.
        tint: a pale accent behind the amount due.
        quiet: rules of the table. quiet_text: titles of the panels, readable on them. panel: behind the two panels.
    """

    accent: Rgb
    accent_text: Rgb
    on_accent: Rgb
    tint: Rgb
    quiet: Rgb
    quiet_text: Rgb
    panel: Rgb


def palette(colour: str, secondary: str = "") -> Palette:
    """The palette of ``#RRGGBB`` and, for quiet marks, of a second one; what is no colour gives the default ones."""
    accent = _parse(colour) or _parse(DEFAULT) or INK
    tint = mix(accent, WHITE, 0.91)
    on_accent = max(WHITE, INK, key=lambda ink: contrast(ink, accent))
    second = _parse(secondary)
    panel = PANEL if second is None else mix(second, WHITE, 0.94)
    quiet_text = MUTED if second is None else _readable(second, panel)
    return Palette(accent, _readable(accent, tint), on_accent, tint, second or accent, quiet_text, panel)


def _readable(colour: Rgb, ground: Rgb) -> Rgb:
    """``colour``, darker until it has a contrast of 4.5 over ``ground``."""
    while contrast(colour, ground) < 4.5:
        colour = mix(colour, BLACK, 0.08)
    return colour


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
