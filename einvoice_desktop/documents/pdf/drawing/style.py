"""What every block needs to draw itself: faces, colours, and three ways of setting small text."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import zip_longest

from einvoice_desktop.documents.pdf.drawing.colours import INK, MUTED, Palette, Rgb
from einvoice_desktop.documents.pdf.drawing.fonts import Face, Fonts
from einvoice_desktop.documents.pdf.drawing.sheet import Block, Sheet
from einvoice_desktop.documents.pdf.drawing.tags import Tag
from einvoice_desktop.documents.pdf.drawing.wrapping import wrap

LONGEST = 20_000
"""Characters of one text that are printed; a received file may hold far more, and its XML is kept whole."""


@dataclass(frozen=True, slots=True)
class Style:
    """Faces and colours of a page.

    Attributes:
        is_received: somebody else's document: sober, no payment code. language: second language of labels, or empty.
    """

    fonts: Fonts
    palette: Palette
    is_received: bool = False
    language: str = ""

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
    """One line of a column of text; a grey ``label`` may stand in the ``indent`` at its left.

    The lines of one paragraph share their ``tag``; without any they belong to what they are drawn inside of.
    ``is_cut``: the next line goes on with the same word.
    """

    text: str
    size: float = 8.8
    is_strong: bool = False
    colour: Rgb = INK
    leading: float = 11.6
    space_before: float = 0
    label: str = ""
    indent: float = 0
    tag: Tag | None = None
    is_cut: bool = False

    def spoken(self, following: Run | None) -> str:
        """The text, and the space that stood where the line was broken, unless a word was cut there."""
        is_last = following is None or following.tag is not self.tag
        return self.text if is_last or self.is_cut else spaced(self.text)


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
    kind: str = "P",
) -> list[Run]:
    """``text`` as runs no wider than ``width``, one paragraph of ``kind`` (none when empty); none for an empty text."""
    step = leading or round(size * 1.3, 1)
    tag = Tag(kind) if kind else None
    whole = style.clean(text) if text.strip() else ""
    found: list[Run] = []
    at = 0
    for line in wrap(whole, style.strong if is_strong else style.regular, size, width) if whole else []:
        at = whole.find(line, at) + len(line)
        is_cut = at < len(whole) and not whole[at].isspace()
        found.append(Run(line, size, is_strong, colour, step, 0 if found else space_before, tag=tag, is_cut=is_cut))
    return found


def column_height(column: Sequence[Run]) -> float:
    """Height of a column of runs."""
    return sum(run.leading + run.space_before for run in column)


def draw_column(sheet: Sheet, style: Style, column: Sequence[Run], x: float, top: float) -> None:
    """The runs, one under another, the first line box starting at ``top``."""
    y = top
    for run, following in zip_longest(column, column[1:]):
        y += run.space_before
        face = style.strong if run.is_strong else style.regular
        baseline = y + run.leading * 0.5 + run.size * 0.33
        with _paragraph(sheet, run):
            sheet.text(x, baseline, spaced(run.label), style.regular, run.size, MUTED)
            sheet.text(x + run.indent, baseline, run.spoken(following), face, run.size, run.colour)
        y += run.leading


def draw_column_right(sheet: Sheet, style: Style, column: Sequence[Run], right: float, top: float) -> None:
    """The same, set flush right."""
    y = top
    for run, following in zip_longest(column, column[1:]):
        y += run.space_before
        face = style.strong if run.is_strong else style.regular
        left, baseline = right - face.width(run.text, run.size), y + run.leading * 0.5 + run.size * 0.33
        with _paragraph(sheet, run):
            sheet.text(left, baseline, run.spoken(following), face, run.size, run.colour)
        y += run.leading


def spaced(text: str) -> str:
    """``text`` and a space, so that those who hear or copy it do not run it into what comes next."""
    return f"{text} " if text else ""


def _paragraph(sheet: Sheet, run: Run) -> AbstractContextManager[None]:
    return nullcontext() if run.tag is None else sheet.inside(run.tag)


def column_block(style: Style, column: Sequence[Run], x: float) -> Block:
    """A column as a block."""
    return Block(column_height(column), lambda sheet, top: draw_column(sheet, style, column, x, top))


def label_runs(style: Style, text: str, width: float, *, space_before: float = 0) -> list[Run]:
    """The small grey title of a panel."""
    colour = style.palette.quiet_text
    return runs(
        style, text, width, size=7.6, is_strong=True, colour=colour, leading=11, space_before=space_before, kind="H2"
    )


def with_label(style: Style, column: Sequence[Run], label: str, indent: float) -> list[Run]:
    """The same runs, indented, ``label`` at their left, on as many lines as it needs."""
    words = style.wrapped(label, column[0].size, indent - 6) if column else []
    longer = [replace(column[-1], text="", space_before=0) for _ in words[len(column) :]]
    lines = zip_longest([*column, *longer], words, fillvalue="")
    return [replace(run, indent=indent, label=str(word)) for run, word in lines if isinstance(run, Run)]
