"""The card of the lines: the grid with its model, and the acts on its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, Signal

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ui.screens.editor.delegates import fit_columns, set_up_columns
from einvoice_desktop.ui.screens.editor.paste import read_rows
from einvoice_desktop.ui.screens.editor.rows import FIELDS, Column, LinesModel
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.line_grid import LineGrid
from einvoice_desktop.ui.widgets.look import look


class LinesCard(Card):
    """The lines.

    Signals:
        edited: what the rows hold changed. discounts_shown: whether each row shows its own discount.
    """

    edited = Signal()
    discounts_shown = Signal(bool)

    def __init__(self) -> None:
        self.model = LinesModel()
        self.grid = LineGrid()
        self.model.setParent(self.grid)
        self.grid.setModel(self.model)
        self.grid.setAccessibleName("Lignes du document")
        set_up_columns(self.grid)
        super().__init__(self.grid, margin="")
        edge = look().gap.s
        self.body.setContentsMargins(edge, look().gap.xs, edge, edge)
        self.model.edited.connect(self.edited)
        self.model.modelReset.connect(self.grid.fit_height)
        self.model.rowsInserted.connect(self._fit)
        self.grid.move_asked.connect(self._move)
        self.grid.duplicate_asked.connect(self._duplicate)
        self.grid.delete_asked.connect(self._delete)
        self.grid.rows_pasted.connect(self._paste)
        self.grid.undo_asked.connect(self._undo)
        self.grid.redo_asked.connect(self._redo)
        self.grid.fit_height()

    def load(self, lines: Sequence[DraftLine], company: Company, currency: str) -> None:
        """Show the lines of a form."""
        self.model.load(lines, default_vat="FRANCHISE" if company.is_franchise else "S20", currency=currency)
        self.show_discounts(any(line.discount.strip() for line in lines))

    def show_discounts(self, is_shown: bool) -> None:  # noqa: FBT001 - connected to a check box
        """Show or hide the column of discounts."""
        if is_shown != self.shows_discounts:
            self.grid.setColumnHidden(Column.DISCOUNT, not is_shown)
            self.discounts_shown.emit(is_shown)

    @property
    def shows_discounts(self) -> bool:
        """Whether each row shows its own discount."""
        return not self.grid.isColumnHidden(Column.DISCOUNT)

    def show_result(self, line_amounts: Sequence[Decimal | None], errors: Mapping[tuple[int, str], str]) -> None:
        """Amounts and sentences of what is wrong."""
        self.model.show_result(line_amounts, dict(errors))
        fit_columns(self.grid)

    @property
    def current_row(self) -> int:
        """The row one is in, −1 when none."""
        return self.grid.currentIndex().row()

    def current_place(self) -> str:
        """The form path of the cell one is in."""
        index = self.grid.currentIndex()
        field = FIELDS.get(Column(index.column())) if index.isValid() else None
        return f"lines.{index.row()}.{field}" if field else ""

    def focus_place(self, place: str) -> None:
        """Go to the cell of a form path."""
        _, _, rest = place.partition(".")
        row_text, _, field = rest.partition(".")
        column = next((c for c, name in FIELDS.items() if name == field), Column.NAME)
        if column is Column.DISCOUNT:
            self.show_discounts(is_shown=True)
        row = int(row_text) if row_text.isdecimal() else 0
        self.grid.open_cell(min(row, self.model.rowCount() - 1), column)

    # -- acts ----------------------------------------------------------------------------------------------------

    def _go(self, row: int, column: int) -> None:
        self.grid.open_cell(min(max(row, 0), self.model.rowCount() - 1), column)

    def _move(self, row: int, step: int) -> None:
        column = self.grid.currentIndex().column()
        self._go(self.model.move(row, step), column)

    def _duplicate(self, row: int) -> None:
        column = self.grid.currentIndex().column()
        self._go(self.model.duplicate(row), column)

    def _delete(self, row: int) -> None:
        column = self.grid.currentIndex().column()
        self.model.delete(row)
        self._go(row, column)

    def _paste(self, row: int, text: str) -> None:
        fresh = read_rows(text)
        if fresh:
            self.model.insert(row, fresh)
            self._go(row + len(fresh), Column.NAME)

    def _undo(self) -> None:
        self._again(undo=True)

    def _redo(self) -> None:
        self._again(undo=False)

    def _again(self, *, undo: bool) -> None:
        at = self.grid.currentIndex()
        row, column = at.row(), at.column()
        (self.model.undo if undo else self.model.redo)()
        self._go(row, max(column, Column.NAME))

    def _fit(self, _parent: QModelIndex, _first: int, _last: int) -> None:
        self.grid.fit_height()
