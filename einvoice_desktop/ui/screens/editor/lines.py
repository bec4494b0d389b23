"""The card of the lines: the grid with its model, the acts on its rows, and the details of the row one is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ui.screens.editor.delegates import fit_columns, set_up_columns
from einvoice_desktop.ui.screens.editor.line_details import DETAILS, LineDetails
from einvoice_desktop.ui.screens.editor.paste import read_rows
from einvoice_desktop.ui.screens.editor.rows import FIELDS, Column, LinesModel
from einvoice_desktop.ui.screens.editor.vat_answers import vat_answers
from einvoice_desktop.ui.widgets.answer_cell import Answer
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.line_grid import LineGrid
from einvoice_desktop.ui.widgets.look import look


class LinesCard(Card):
    """The lines.

    Signals:
        edited: what the rows hold changed. discounts_shown: whether each row shows its own discount.
        why_no_vat_asked: row where « pourquoi n'y a-t-il pas de TVA ? » was asked. details_made: there are new fields.
        seen_wanted: what should be scrolled to.
    """

    edited = Signal()
    discounts_shown = Signal(bool)
    why_no_vat_asked = Signal(int)
    details_made = Signal()
    seen_wanted = Signal(object)

    def __init__(self) -> None:
        self.model = LinesModel()
        self.grid = LineGrid()
        self.model.setParent(self.grid)
        self.grid.setModel(self.model)
        self.grid.setAccessibleName("Lignes du document")
        self._details: LineDetails | None = None
        self._problems: dict[tuple[int, str], str] = {}
        self._is_credit_note = False
        set_up_columns(self.grid, self._answers, self._ask_why)
        super().__init__(self.grid, gap="", margin="")
        edge = look().gap.s
        self.body.setContentsMargins(edge, look().gap.xs, edge, edge)
        self.model.edited.connect(self.edited)
        self.model.modelReset.connect(self.grid.fit_height)
        self.model.modelReset.connect(self._follow)
        self.model.dataChanged.connect(self._follow)
        self.model.rowsInserted.connect(self._fit)
        self.grid.selectionModel().currentChanged.connect(self._follow)
        self.grid.clicked.connect(self._clicked)
        self.grid.move_asked.connect(self._move)
        self.grid.duplicate_asked.connect(self._duplicate)
        self.grid.delete_asked.connect(self._delete)
        self.grid.rows_pasted.connect(self._paste)
        self.grid.undo_asked.connect(self._undo)
        self.grid.redo_asked.connect(self._redo)
        self.grid.details_asked.connect(self.toggle_details)
        self.grid.fit_height()

    def load(self, lines: Sequence[DraftLine], company: Company, currency: str) -> None:
        """Show the lines of a form."""
        self.model.load(lines, default_vat="FRANCHISE" if company.is_franchise else "S20", currency=currency)
        self.show_discounts(any(line.discount.strip() for line in lines))

    def change_to(self, lines: Sequence[DraftLine]) -> None:
        """Other lines of the same draft, as one step to undo."""
        self.model.change_to(lines)

    def show_prices(self, currency: str, *, with_vat: bool) -> None:
        """Whether prices and amounts are those with VAT, and in which currency."""
        self.model.show_prices(currency, with_vat=with_vat)

    def show_kind(self, *, is_credit_note: bool) -> None:
        """A credit note has VAT answers of its own."""
        self._is_credit_note = is_credit_note

    def _answers(self) -> tuple[Answer, ...]:
        return vat_answers(for_credit_note=self._is_credit_note)

    def _ask_why(self, row: int) -> None:
        self.why_no_vat_asked.emit(row)

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
        self._problems = dict(errors)
        self.model.show_result(line_amounts, self._problems)
        fit_columns(self.grid)
        self._show_problems()

    # -- places --------------------------------------------------------------------------------------------------

    @property
    def current_row(self) -> int:
        """The row one is in, −1 when none."""
        return self.grid.currentIndex().row()

    def current_place(self) -> str:
        """The form path of the cell or detail one is in."""
        if self._details is not None and (name := self._details.focused()):
            return f"lines.{self._details.row}.{name}"
        index = self.grid.currentIndex()
        field = FIELDS.get(Column(index.column())) if index.isValid() else None
        return f"lines.{index.row()}.{field}" if field else ""

    def focus_place(self, place: str) -> None:
        """Go to the cell or the detail of a form path."""
        _, _, rest = place.partition(".")
        row_text, _, field = rest.partition(".")
        row = min(int(row_text) if row_text.isdecimal() else 0, self.model.rowCount() - 1)
        if field in DETAILS:
            self.open_details(row)
            self.details.focus_field(field)
            return
        column = next((c for c, name in FIELDS.items() if name == field), Column.NAME)
        if column is Column.DISCOUNT:
            self.show_discounts(is_shown=True)
        self.grid.open_cell(row, column)

    def order(self) -> Iterator[QWidget]:
        """What the tab key visits after the grid."""
        if self._details is not None:
            for field in self._details.fields.values():
                yield field.editor

    # -- details -------------------------------------------------------------------------------------------------

    @property
    def details(self) -> LineDetails:
        """The details under the grid, made when first needed."""
        if self._details is None:
            self._details = details = LineDetails()
            self.add(details)
            details.edited.connect(self._detail_edited)
            details.close_asked.connect(self.close_details)
            for keys in ("Alt+Return", "Alt+Enter"):
                close = QShortcut(QKeySequence(keys), details, self.close_details)
                close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.details_made.emit()
        return self._details

    @property
    def shows_details(self) -> bool:
        """Whether the details of a row are in sight."""
        return self._details is not None and not self._details.isHidden()

    def toggle_details(self, row: int) -> None:
        """Show the details of a row and go there, or put them away."""
        if self.shows_details and self.details.row == row:
            self.close_details()
        else:
            self.open_details(row)
            if self.shows_details:
                self.details.focus_first()

    def toggle_current(self) -> None:
        """The same for the row one is in, from wherever one is."""
        is_inside = self._details is not None and bool(self._details.focused())
        self.toggle_details(self.details.row if is_inside else max(self.current_row, 0))

    def open_details(self, row: int) -> None:
        """Show the details of a row; the one that waits has none."""
        if 0 <= row < self.model.rowCount() and not self.model.is_last(row):
            self.details.load(row, self.model.line(row))
            self.details.show()
            self._show_problems()
            self.seen_wanted.emit(self.details)

    def close_details(self) -> None:
        """Put them away and go back to the row."""
        if self._details is None:
            return
        row, had_keys = self._details.row, bool(self._details.focused())
        self._details.hide()
        if had_keys:
            self.grid.open_cell(min(row, self.model.rowCount() - 1), Column.NAME)

    def _follow(self) -> None:
        """The details are those of the row one is in."""
        if not self.shows_details or self._details is None:
            return
        row = self._details.row if self._details.focused() else self.current_row
        if row < 0:
            row = self._details.row
        if row < self.model.rowCount() and not self.model.is_last(row):
            self._details.load(row, self.model.line(row))
            self._show_problems()
        else:
            self._details.hide()

    def _show_problems(self) -> None:
        if self._details is not None and self.shows_details:
            row = self._details.row
            self._details.show_problems({name: words for (at, name), words in self._problems.items() if at == row})

    def _detail_edited(self, name: str, text: str) -> None:
        self.model.set_detail(self.details.row, name, text)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.RANK:
            self.toggle_details(index.row())

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
