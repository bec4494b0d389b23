"""What every block needs to draw itself: faces, colours, and three ways of setting small text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from einvoice_desktop.documents.pdf.drawing.colours import INK, MUTED, Palette, Rgb
from einvoice_desktop.documents.pdf.drawing.fonts import Face, Fonts
from einvoice_desktop.documents.pdf.drawing.sheet import Block, Sheet
from einvoice_desktop.documents.pdf.drawing.wrapping import wrap

INDENT = 82.0
"""Width kept for the labels of a column of references."""

LONGEST = 20_000
"""Characters of one text that are printed; a received file may hold far more, and its XML is kept whole."""


@dataclass(frozen=True, slots=True)
class Style:
    """Faces and colours of a page; ``is_received`` makes it sober: somebody else's document, no payment code."""

    fonts: Fonts
    palette: Palette
    is_received: bool = False

    @property
    def regular(self) -> Face:
        """The face of running text."""
        return self.fonts.regular

    @property
    def strong(self) -> Face:
        """The face of what must be seen first."""
        return self.fonts.strong

    def clean(self, text: str) -> str:
        """``text`` as it can be drawn, cut when it is endless."""
        text = text.strip()
        if len(text) > LONGEST:
            text = text[:LONGEST] + " […]"
        return self.fonts.printable(text)

    def wrapped(self, text: str, size: float, width: float, *, strong: bool = False) -> list[str]:
        """Lines of ``text``, cleaned."""
        return wrap(self.clean(text), self.strong if strong else self.regular, size, width)


@dataclass(frozen=True, slots=True)
class Run:
    """One line of a column of text; a grey ``label`` may stand in the ``indent`` at its left."""

    text: str
    size: float = 8.8
    is_strong: bool = False
    colour: Rgb = INK
    leading: float = 11.6
    space_before: float = 0
    label: str = ""
    indent: float = 0


def runs(
    style: Style,
    text: str,
    width: float,
    *,
    size: float = 8.8,
    is_strong: bool = False,
    colour: Rgb = INK,
    leading: float = 0,
    space_before: float = 0,
) -> list[Run]:
    """``text`` as runs no wider than ``width``; none for an empty text."""
    step = leading or round(size * 1.3, 1)
    found: list[Run] = []
    for line in style.wrapped(text, size, width, strong=is_strong) if text.strip() else []:
        found.append(Run(line, size, is_strong, colour, step, 0 if found else space_before))
    return found


def column_height(column: Sequence[Run]) -> float:
    """Height of a column of runs."""
    return sum(run.leading + run.space_before for run in column)


def draw_column(sheet: Sheet, style: Style, column: Sequence[Run], x: float, top: float) -> None:
    """The runs, one under another, the first line box starting at ``top``."""
    y = top
    for run in column:
        y += run.space_before
        face = style.strong if run.is_strong else style.regular
        baseline = y + run.leading * 0.5 + run.size * 0.33
        sheet.text(x, baseline, run.label, style.regular, run.size, MUTED)
        sheet.text(x + run.indent, baseline, run.text, face, run.size, run.colour)
        y += run.leading


def draw_column_right(sheet: Sheet, style: Style, column: Sequence[Run], right: float, top: float) -> None:
    """The same, set flush right."""
    y = top
    for run in column:
        y += run.space_before
        face = style.strong if run.is_strong else style.regular
        sheet.text_right(right, y + run.leading * 0.5 + run.size * 0.33, run.text, face, run.size, run.colour)
        y += run.leading


def column_block(style: Style, column: Sequence[Run], x: float) -> Block:
    """A column as a block."""
    return Block(column_height(column), lambda sheet, top: draw_column(sheet, style, column, x, top))


def label_runs(style: Style, text: str, width: float, *, space_before: float = 0) -> list[Run]:
    """The small grey title of a panel."""
    return runs(style, text, width, size=7.6, is_strong=True, colour=MUTED, leading=11, space_before=space_before)


def with_label(column: Sequence[Run], label: str) -> list[Run]:
    """The same runs, indented, the first one with ``label`` (printable) at its left."""
    return [replace(run, indent=INDENT, label="" if index else label) for index, run in enumerate(column)]
