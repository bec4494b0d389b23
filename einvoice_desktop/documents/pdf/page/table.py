"""The lines of a document, over as many pages as they need, with the sum carried from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, INK, MUTED
from einvoice_desktop.documents.pdf.drawing.flow import Flow
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import Run, Style, column_height, draw_column, runs
from einvoice_desktop.documents.pdf.drawing.wrapping import fitted
from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.line_details import details, discount
from einvoice_desktop.documents.pdf.page.mentions import is_franchise
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO, to_amount

_SIZE = 9.0
_UNIT_SIZE = 8.4
_UNIT_WIDTH = 48.0
_PAD = 4.2
_GUTTER = 12.0
_HEAD = 20.0
_CARRIED = 18.0
_TALLEST = 300.0
"""A row taller than this may be cut at the foot of a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line, measured: its cells by column, and its designation."""

    cells: tuple[str, ...]
    unit: str
    column: tuple[Run, ...]
    net: Decimal

    @property
    def height(self) -> float:
        """Height with its padding."""
        return column_height(self.column) + 2 * _PAD


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of figures: titles and right edges, where units start and end, and how wide the designation is."""

    titles: tuple[str, ...]
    edges: tuple[float, ...]
    unit: float
    unit_end: float
    width: float


def put_table(flow: Flow, style: Style, invoice: Invoice, kept_with_last: float) -> None:
    """All lines; the last one stays on the page of the totals, ``kept_with_last`` points high, when it can."""
    titles, cells = _cells(style, invoice)
    units = [style.clean(wording.unit(line.unit, line.quantity)) for line in invoice.lines]
    grid = _grid(style, titles, cells, units)
    rows = [
        _row(style, invoice, grid, line, cell, unit)
        for line, cell, unit in zip(invoice.lines, cells, units, strict=True)
    ]
    carried = ZERO
    if flow.room < _HEAD + 60:
        flow.turn()
    _put_head(flow, style, grid)
    for index, row in enumerate(rows):
        after = kept_with_last if 0 < index == len(rows) - 1 else _CARRIED
        if row.height + after > flow.room and not _fits_in_pieces(row, flow):
            _turn(flow, style, grid, figures.amount(to_amount(carried, invoice.currency), invoice.currency))
        _put_row(flow, style, grid, row)
        carried += row.net


def _cells(style: Style, invoice: Invoice) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    has_discount = any(line.allowances or line.charges for line in invoice.lines)
    has_vat = not is_franchise(invoice)
    titles = ["Quantité", "PU HT", "Remise", "TVA", "Total HT"]
    kept = [True, True, has_discount, has_vat, True]
    found = []
    for line in invoice.lines:
        full = (
            figures.number(line.quantity),
            _price(line, invoice.currency),
            discount(line, invoice.currency),
            figures.rate(line.vat),
            figures.amount(line.net_amount, invoice.currency),
        )
        found.append(tuple(style.clean(c) for c, keep in zip(full, kept, strict=True) if keep))
    return tuple(t for t, keep in zip(titles, kept, strict=True) if keep), found


def _price(line: Line, currency: str) -> str:
    return figures.amount(line.net_price, currency)


def _grid(style: Style, titles: tuple[str, ...], cells: list[tuple[str, ...]], units: list[str]) -> Grid:
    """Each column as wide as its widest figure, so that large amounts never touch; units stand after quantities."""
    edges: list[float] = []
    right = RIGHT
    for index in reversed(range(1, len(titles))):
        edges.insert(0, right)
        right -= _width(style, titles, cells, index) + _GUTTER
    unit_width = min(max(style.regular.width(unit, _UNIT_SIZE) for unit in units), _UNIT_WIDTH)
    unit_left = right - unit_width
    edges.insert(0, unit_left - 3.5)
    return Grid(titles, tuple(edges), unit_left, right, edges[0] - _width(style, titles, cells, 0) - _GUTTER - LEFT)


def _width(style: Style, titles: tuple[str, ...], cells: list[tuple[str, ...]], index: int) -> float:
    least = {"Quantité": 20.0, "PU HT": 38.0, "Remise": 28.0, "TVA": 28.0, "Total HT": 46.0}[titles[index]]
    title = 0.0 if index == 0 else style.strong.width(titles[index], 7.8)
    return max([style.regular.width(row[index], _SIZE) for row in cells] + [title, least])


def _row(style: Style, invoice: Invoice, grid: Grid, line: Line, cells: tuple[str, ...], unit: str) -> Row:
    has_more = bool(line.description or line.note)
    column = runs(style, line.name or "—", grid.width, size=_SIZE, is_strong=has_more, leading=11.8)
    for text in details(line, invoice.currency):
        column += runs(style, text, grid.width, size=8, colour=MUTED, leading=10.2)
    return Row(cells, fitted(unit, style.regular, _UNIT_SIZE, _UNIT_WIDTH), tuple(column), line.net_amount)


def _put_head(flow: Flow, style: Style, grid: Grid) -> None:
    def draw(sheet: Sheet, top: float) -> None:
        y = top + 12
        sheet.text(LEFT, y, "Désignation", style.strong, 7.8, MUTED)
        for title, edge in zip(grid.titles, (grid.unit_end, *grid.edges[1:]), strict=True):
            sheet.text_right(edge, y, title, style.strong, 7.8, MUTED)
        sheet.rule(LEFT, RIGHT, top + _HEAD - 1, style.palette.accent, 1)

    flow.put_here(Block(_HEAD, draw))


def _turn(flow: Flow, style: Style, grid: Grid, carried: str) -> None:
    """« À reporter » at the foot, a new page, the head again, « Report »."""
    flow.put_here(_carried_block(style, "À reporter", carried))
    flow.turn()
    _put_head(flow, style, grid)
    flow.put_here(_carried_block(style, "Report", carried))


def _carried_block(style: Style, label: str, carried: str) -> Block:
    def draw(sheet: Sheet, top: float) -> None:
        y = top + 11.8
        sheet.text_right(RIGHT - style.strong.width(carried, 8.6) - 14, y, label, style.regular, 8.6, MUTED)
        sheet.text_right(RIGHT, y, carried, style.strong, 8.6, INK)
        sheet.rule(LEFT, RIGHT, top + _CARRIED, HAIRLINE)

    return Block(_CARRIED, draw)


def _fits_in_pieces(row: Row, flow: Flow) -> bool:
    """Whether a row is so tall that it is cut here rather than moved."""
    return row.height > _TALLEST and flow.room > 120


def _put_row(flow: Flow, style: Style, grid: Grid, row: Row) -> None:
    """The row; one that is taller than what is left goes on upon the next pages, its figures on its first line."""
    column, is_first = list(row.column), True
    while True:
        piece = _take(column, flow.room - 2 * _PAD - _CARRIED)
        column = column[len(piece) :]
        flow.put_here(_row_block(style, grid, row if is_first else None, piece, is_last=not column))
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


def _row_block(style: Style, grid: Grid, row: Row | None, piece: Sequence[Run], *, is_last: bool) -> Block:
    height = max(column_height(piece) + 2 * _PAD, row.height if row is not None and is_last else 0)

    def draw(sheet: Sheet, top: float) -> None:
        draw_column(sheet, style, piece, LEFT, top + _PAD)
        if row is not None:
            _draw_figures(sheet, style, grid, row, top + _PAD)
        if is_last:
            sheet.rule(LEFT, RIGHT, top + height, HAIRLINE)

    return Block(height, draw)


def _draw_figures(sheet: Sheet, style: Style, grid: Grid, row: Row, top: float) -> None:
    y = top + 11.8 * 0.5 + _SIZE * 0.33
    sheet.text_right(grid.edges[0], y, row.cells[0], style.regular, _SIZE, INK)
    sheet.text(grid.unit, y, row.unit, style.regular, _UNIT_SIZE, MUTED)
    for cell, edge in zip(row.cells[1:], grid.edges[1:], strict=True):
        sheet.text_right(edge, y, cell, style.regular, _SIZE, INK)
