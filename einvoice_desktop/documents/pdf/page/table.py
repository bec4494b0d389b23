"""The lines of a document, over as many pages as they need, with the sum carried from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, INK, MUTED
from einvoice_desktop.documents.pdf.drawing.flow import Flow
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import Run, Style, column_height, draw_column, runs, spaced
from einvoice_desktop.documents.pdf.drawing.tags import Tag
from einvoice_desktop.documents.pdf.page import figures
from einvoice_desktop.documents.pdf.page.columns import (
    SECOND_SIZE,
    SIZE,
    TITLE_SIZE,
    UNIT_SIZE,
    Column,
    cells_of,
    columns_of,
    keys_of,
    unit_place,
)
from einvoice_desktop.documents.pdf.page.languages import both
from einvoice_desktop.documents.pdf.page.line_details import details
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO, to_amount

_PAD = 4.2
_LEADING = 11.8
_HEAD = 20.0
_TALL_HEAD = 28.0
_CARRIED = 18.0
_TALL = 130.0
_WORTH_CUTTING = 110.0
"""A row this tall (some eleven lines) is cut at the foot of a page when so much room is left; others move whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line, measured: its cells by column, its designation and reference, and its place in the structure."""

    cells: dict[str, str]
    column: tuple[Run, ...]
    reference: tuple[Run, ...]
    net: Decimal
    tag: Tag = field(default_factory=lambda: Tag("TR"))
    tags: dict[str, Tag] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """Height with its padding."""
        return max(column_height(self.column), column_height(self.reference)) + 2 * _PAD


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns, where units start (0 when they have a column), and the element all rows belong to.

    ``is_detailed``: some line has a description, so that names stand out from what is under them.
    """

    columns: tuple[Column, ...]
    unit: float
    is_bilingual: bool
    is_detailed: bool
    tag: Tag = field(default_factory=lambda: Tag("Table"))

    @property
    def name(self) -> Column:
        """The column of designations."""
        return next(column for column in self.columns if column.key == "name")

    @property
    def amount(self) -> Column:
        """The column of net amounts."""
        return next(column for column in self.columns if column.key == "amount")

    @property
    def head(self) -> float:
        """Height of the titles."""
        return _TALL_HEAD if self.is_bilingual else _HEAD


def put_table(flow: Flow, style: Style, invoice: Invoice, chosen: Sequence[str], kept_with_last: float) -> None:
    """All lines; the last one stays on the page of the totals, ``kept_with_last`` points high, when it can."""
    keys = keys_of(invoice, chosen)
    cells = [cells_of(style, line, invoice.currency, keys) for line in invoice.lines]
    is_detailed = any(line.description or line.note for line in invoice.lines)
    grid = _grid(style, keys, cells, is_detailed=is_detailed)
    rows = [_row(style, invoice, grid, line, cell, keys) for line, cell in zip(invoice.lines, cells, strict=True)]
    carried = ZERO
    if flow.room < grid.head + 60:
        flow.turn()
    _put_head(flow, style, grid, is_first=True)
    for index, row in enumerate(rows):
        after = kept_with_last if 0 < index == len(rows) - 1 else _CARRIED
        if row.height + after > flow.room and not _fits_in_pieces(row, flow):
            shown = figures.amount(to_amount(carried, invoice.currency), invoice.currency) if index else ""
            _turn(flow, style, grid, shown)
        _put_row(flow, style, grid, row)
        carried += row.net


def _grid(style: Style, keys: Sequence[str], cells: Sequence[dict[str, str]], *, is_detailed: bool) -> Grid:
    columns = columns_of(style, keys, cells)
    quantity = next((column for column in columns if column.key == "quantity"), None)
    has_units = quantity is not None and "unit" not in keys
    unit = unit_place(style, quantity, cells) if quantity is not None and has_units else 0.0
    return Grid(columns, unit, any(column.other for column in columns), is_detailed)


def _row(style: Style, invoice: Invoice, grid: Grid, line: Line, cells: dict[str, str], keys: Sequence[str]) -> Row:
    width = grid.name.width
    column = runs(style, line.name or "—", width, size=SIZE, is_strong=grid.is_detailed, leading=_LEADING, kind="")
    for text in details(line, invoice.currency, keys):
        column += runs(style, text, width, size=8, colour=MUTED, leading=10.2, kind="")
    reference: list[Run] = []
    if "reference" in keys:
        place = next(c for c in grid.columns if c.key == "reference")
        reference = runs(style, line.seller_item_id, place.width, size=8.4, leading=_LEADING, kind="")
    kinds = {key: Tag("TD") for key in keys}
    return Row(cells, tuple(column), tuple(reference), line.net_amount, tags=kinds)


def _put_head(flow: Flow, style: Style, grid: Grid, *, is_first: bool = False) -> None:
    """The titles; repeated on further pages they are furniture of the page, not content."""

    def draw(sheet: Sheet, top: float) -> None:
        if not is_first:
            _draw_titles(sheet, style, grid, top)
        else:
            with sheet.inside(grid.tag), sheet.inside(Tag("TR")):
                _draw_titles(sheet, style, grid, top, is_content=True)
        sheet.rule(LEFT, RIGHT, top + grid.head - 1, style.palette.quiet, 1)

    flow.put_here(Block(grid.head, draw))


def _draw_titles(sheet: Sheet, style: Style, grid: Grid, top: float, *, is_content: bool = False) -> None:
    for column in grid.columns:
        if is_content:
            with sheet.inside(Tag("TH", scope="Column")):
                _draw_title(sheet, style, column, top)
        else:
            _draw_title(sheet, style, column, top)


def _draw_title(sheet: Sheet, style: Style, column: Column, top: float) -> None:
    y = top + 12
    if column.is_text:
        sheet.text(column.left, y, column.title, style.strong, TITLE_SIZE, MUTED)
        sheet.text(column.left, y + 8.6, column.other, style.regular, SECOND_SIZE, MUTED)
        return
    sheet.text_right(column.right, y, column.title, style.strong, TITLE_SIZE, MUTED)
    sheet.text_right(column.right, y + 8.6, column.other, style.regular, SECOND_SIZE, MUTED)


def _turn(flow: Flow, style: Style, grid: Grid, carried: str) -> None:
    """« À reporter » at the foot, a new page, the head again, « Report »; neither without a sum."""
    if carried:
        flow.put_here(_carried_block(style, grid, "À reporter", carried))
    flow.turn()
    _put_head(flow, style, grid)
    if carried:
        flow.put_here(_carried_block(style, grid, "Report", carried))


def _carried_block(style: Style, grid: Grid, label: str, carried: str) -> Block:
    words, right = both(label, style.language), grid.amount.right

    def draw(sheet: Sheet, top: float) -> None:
        y = top + 11.8
        left = right - style.strong.width(carried, 8.6) - 14
        if left - style.regular.width(words, 8.6) < LEFT:
            sheet.text(right + 14, y, words, style.regular, 8.6, MUTED)
        else:
            sheet.text_right(left, y, words, style.regular, 8.6, MUTED)
        sheet.text_right(right, y, carried, style.strong, 8.6, INK)
        sheet.rule(LEFT, RIGHT, top + _CARRIED, HAIRLINE)

    return Block(_CARRIED, draw)


def _fits_in_pieces(row: Row, flow: Flow) -> bool:
    """Whether a row is so tall that it is cut here rather than moved, with some lines on either side."""
    return row.height > _TALL and flow.room > _WORTH_CUTTING


def _put_row(flow: Flow, style: Style, grid: Grid, row: Row) -> None:
    """The row; one that is taller than what is left goes on upon the next pages, its figures on its first line."""
    column, is_first = list(row.column), True
    while True:
        piece = _take(column, flow.room - 2 * _PAD - _CARRIED)
        column = column[len(piece) :]
        flow.put_here(_row_block(style, grid, row, piece, is_first=is_first, is_last=not column))
        if not column:
            return
        is_first = False
        flow.turn()
        _put_head(flow, style, grid)


def _take(column: Sequence[Run], room: float) -> list[Run]:
    """As many runs as fit, at least one."""
    taken: list[Run] = []
    for run in column:
        room -= run.leading + run.space_before
        if taken and room < 0:
            break
        taken.append(run)
    return taken


def _row_block(style: Style, grid: Grid, row: Row, piece: Sequence[Run], *, is_first: bool, is_last: bool) -> Block:
    height = max(column_height(piece) + 2 * _PAD, row.height if is_first and is_last else 0)

    def draw(sheet: Sheet, top: float) -> None:
        with sheet.inside(grid.tag), sheet.inside(row.tag):
            for column in grid.columns:
                with sheet.inside(row.tags[column.key]):
                    if column.key == "name":
                        draw_column(sheet, style, piece, column.left, top + _PAD)
                    elif is_first:
                        _draw_cell(sheet, style, grid, row, column, top + _PAD)
        if is_last:
            sheet.rule(LEFT, RIGHT, top + height, HAIRLINE)

    return Block(height, draw)


def _draw_cell(sheet: Sheet, style: Style, grid: Grid, row: Row, column: Column, top: float) -> None:
    y = top + _LEADING * 0.5 + SIZE * 0.33
    if column.key == "reference":
        draw_column(sheet, style, row.reference, column.left, top)
    elif column.key == "unit":
        sheet.text(column.left, y, row.cells["unit"], style.regular, UNIT_SIZE, MUTED)
    elif column.key == "quantity" and grid.unit:
        quantity = row.cells["quantity"]
        left = grid.unit - 3.5 - style.regular.width(quantity, SIZE)
        sheet.text(left, y, spaced(quantity), style.regular, SIZE, INK)
        sheet.text(grid.unit, y, row.cells["unit"], style.regular, UNIT_SIZE, MUTED)
    else:
        sheet.text_right(column.right, y, row.cells[column.key], style.regular, SIZE, INK)
