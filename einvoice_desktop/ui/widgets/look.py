"""What the program looks like at this moment, as a value: the theme sets it, every widget reads it when it paints.

Widgets stand below the theme, so they cannot import it; they ask :func:`look` instead. Nothing is cached: a change of
theme needs no more than a repaint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QIcon


@dataclass(frozen=True, slots=True)
class Gaps:
    """The six distances of the interface, in device-independent pixels at the present font size."""

    xs: int
    s: int
    m: int
    l: int  # noqa: E741 - the usual name between m and xl
    xl: int
    xxl: int


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, distances and icons in force.

    Attributes:
        colours: role (``text``, ``danger_soft``…) to ``#RRGGBB``.
        em: height of the body font in pixels; every size is a multiple of it.
        radius: of cards, fields and buttons, in pixels. gap: distances. is_dark: which of the two themes.
        icons: makes the icon of a name drawn in the colour of a role (a second role when it is on or selected).
    """

    colours: Mapping[str, str]
    em: int
    radius: int
    gap: Gaps
    is_dark: bool
    icons: Callable[[str, str, str], QIcon]

    def colour(self, role: str) -> QColor:
        """The colour of ``role``."""
        return QColor(self.colours[role])

    def ems(self, count: float) -> int:
        """``count`` times the body font, in pixels."""
        return round(self.em * count)

    def icon(self, name: str, role: str = "muted", on: str = "") -> QIcon:
        """The icon ``name`` drawn in the colour of ``role``; in that of ``on`` when checked or selected."""
        return self.icons(name, role, on or role)


_worn: list[Look] = []


def wear(new: Look) -> None:
    """Put ``new`` in force (called by the theme only)."""
    _worn[:] = [new]


def look() -> Look:
    """The look in force.

    Raises:
        LookupError: no theme was applied to the application yet.
    """
    if not _worn:
        raise LookupError("no theme was applied")
    return _worn[0]
