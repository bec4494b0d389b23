"""The lines of a document as a table model: rows are the form's own values, amounts come from the composition.

One blank row always waits at the end, so that a new line needs no button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import IntEnum
from typing import Any

from babel.numbers import format_decimal
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from einvoice_desktop.domain.compose import parse_decimal
from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.ui.screens.editor.line_details import IN_CELLS, held_details
from einvoice_desktop.ui.screens.editor.vat_answers import long_words, short_words
from einvoice_desktop.ui.widgets.formats import LOCALE, money, number

ModelIndex = QModelIndex | QPersistentModelIndex
_UNDO_DEPTH = 100


class Column(IntEnum):
    """Columns of the grid, in order."""

    RANK = 0
    NAME = 1
    QUANTITY = 2
    UNIT = 3
    PRICE = 4
    DISCOUNT = 5
    VAT = 6
    TOTAL = 7


FIELDS: dict[Column, str] = {
    Column.NAME: "name",
    Column.QUANTITY: "quantity",
    Column.UNIT: "unit",
    Column.PRICE: "unit_price",
    Column.DISCOUNT: "discount",
    Column.VAT: "vat",
}
"""Field of :class:`DraftLine` behind each column that can be typed in."""

_NUMERIC = frozenset({Column.QUANTITY, Column.PRICE, Column.DISCOUNT, Column.TOTAL})
ERROR_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The sentence of what is wrong in the cell, empty when nothing is."""
PLACEHOLDER_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""Whether the text of the cell is only an invitation to type."""
DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""Of a row's rank: ``held`` when the line says more than its cells, ``wrong`` when something is wrong there."""


def price(value: Decimal) -> str:
    """A unit price: two decimals at least, six at most."""
    return str(format_decimal(value, format="#,##0.00####", locale=LOCALE))


def _at(amounts: tuple[Decimal | None, ...], row: int) -> Decimal | None:
    return amounts[row] if row < len(amounts) else None


class LinesModel(QAbstractTableModel):
    """Rows of the grid.

    Signals:
        edited: what the rows hold changed by the user's hand (never by :meth:`load`).
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DraftLine] = [DraftLine()]
        self._amounts: tuple[Decimal | None, ...] = ()
        self._errors: dict[tuple[int, str], str] = {}
        self._default_vat = "S20"
        self._currency = "EUR"
        self._has_vat_in = False
        self._past: list[tuple[DraftLine, ...]] = []
        self._future: list[tuple[DraftLine, ...]] = []
        self._last_touch: tuple[int, str] | None = None

    # -- values --------------------------------------------------------------------------------------------------

    def load(self, lines: Sequence[DraftLine], *, default_vat: str, currency: str = "EUR") -> None:
        """Replace everything by a form's lines."""
        self._default_vat, self._currency = default_vat, currency
        self._past.clear()
        self._future.clear()
        self._reset(tuple(lines))

    def change_to(self, lines: Sequence[DraftLine]) -> None:
        """Replace everything, as one step to undo."""
        if tuple(lines) != self.lines():
            self._change(tuple(lines))

    def show_prices(self, currency: str, *, with_vat: bool) -> None:
        """Whether prices and amounts are those with VAT, and in which currency."""
        if (currency, with_vat) != (self._currency, self._has_vat_in):
            self._currency, self._has_vat_in = currency, with_vat
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.PRICE, Column.TOTAL)
            self.dataChanged.emit(self.index(0, Column.TOTAL), self.index(len(self._rows) - 1, Column.TOTAL))

    def lines(self) -> tuple[DraftLine, ...]:
        """The rows, without the blank ones at the end."""
        rows = list(self._rows)
        while rows and rows[-1].is_blank:
            rows.pop()
        return tuple(rows)

    def show_result(self, line_amounts: Sequence[Decimal | None], errors: dict[tuple[int, str], str]) -> None:
        """Amounts of the rows and sentences for the cells (row, field of :class:`DraftLine`)."""
        before, told = self._amounts, self._errors
        self._amounts, self._errors = tuple(line_amounts), dict(errors)
        # Only what differs is painted again: a key must cost less than a frame however long the document is.
        for row in range(len(self._rows)):
            if _at(before, row) != _at(self._amounts, row):
                self._repaint(row, Column.TOTAL)
        columns = {field: column for column, field in FIELDS.items()}
        for row, field in {*told, *self._errors}:
            if told.get((row, field)) != self._errors.get((row, field)) and row < len(self._rows):
                self._repaint(row, columns.get(field, Column.RANK))

    def _repaint(self, row: int, column: Column) -> None:
        index = self.index(row, column)
        self.dataChanged.emit(index, index)

    def is_last(self, row: int) -> bool:
        """Whether ``row`` is the blank one at the end."""
        return row == len(self._rows) - 1

    # -- acts ----------------------------------------------------------------------------------------------------

    def move(self, row: int, step: int) -> int:
        """Move a row up (−1) or down (+1); its new place."""
        target = row + step
        if self.is_last(row) or not 0 <= target < len(self._rows) - 1:
            return row
        rows = list(self._rows)
        rows.insert(target, rows.pop(row))
        self._change(rows)
        return target

    def duplicate(self, row: int) -> int:
        """Copy a row under itself; the place of the copy."""
        if self.is_last(row):
            return row
        self._change([*self._rows[: row + 1], self._rows[row], *self._rows[row + 1 :]])
        return row + 1

    def delete(self, row: int) -> None:
        """Take a row away."""
        if not self.is_last(row):
            self._change([*self._rows[:row], *self._rows[row + 1 :]])

    def insert(self, row: int, lines: Sequence[DraftLine]) -> None:
        """Put ``lines`` before ``row`` (pasted from a spreadsheet); a blank row at that place is replaced."""
        fresh = [replace(line, vat=line.vat or self._default_vat) for line in lines]
        keep = row + 1 if self._rows[row].is_blank and not self.is_last(row) else row
        self._change([*self._rows[:row], *fresh, *self._rows[keep:]])

    def undo(self) -> None:
        """Back to before the last change."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Again what was undone."""
        self._step(self._future, self._past)

    def _step(self, source: list[tuple[DraftLine, ...]], target: list[tuple[DraftLine, ...]]) -> None:
        if source:
            target.append(tuple(self._rows))
            self._last_touch = None
            self._reset(source.pop())
            self.edited.emit()

    def _remember(self) -> None:
        self._past.append(tuple(self._rows))
        del self._past[:-_UNDO_DEPTH]
        self._future.clear()

    def _change(self, rows: Sequence[DraftLine]) -> None:
        self._remember()
        self._last_touch = None
        self._reset(tuple(rows))
        self.edited.emit()

    def _reset(self, lines: tuple[DraftLine, ...]) -> None:
        self.beginResetModel()
        self._rows = list(lines)
        if not self._rows or not self._rows[-1].is_blank:
            self._rows.append(DraftLine())
        self._amounts, self._errors = (), {}
        self.endResetModel()

    # -- Qt ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows, the waiting one included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.RANK: "",
                Column.NAME: self.tr("Désignation"),
                Column.QUANTITY: self.tr("Quantité"),
                Column.UNIT: self.tr("Unité"),
                Column.PRICE: self.tr("PU TTC") if self._has_vat_in else self.tr("PU HT"),
                Column.DISCOUNT: self.tr("Remise %"),
                Column.VAT: self.tr("TVA"),
                Column.TOTAL: self.tr("Total TTC") if self._has_vat_in else self.tr("Total HT"),
            }[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(Column(section))
        return None

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        """Everything but the rank and the total is typed in."""
        flags = Qt.ItemFlag.ItemIsEnabled
        if index.isValid() and Column(index.column()) in FIELDS:
            flags |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, what its editor opens with, and what is wrong with it."""
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        answers: dict[int, Callable[[int, Column], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._display,
            Qt.ItemDataRole.EditRole: self._edit_value,
            Qt.ItemDataRole.AccessibleTextRole: self._accessible,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            ERROR_ROLE: self._error,
            DETAIL_ROLE: self._detail,
            PLACEHOLDER_ROLE: self._is_placeholder,
        }
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        answer = answers.get(role)
        return answer(row, column) if answer else None

    def setData(self, index: ModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed in a cell; consecutive keys in one cell undo together."""
        field = FIELDS.get(Column(index.column())) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or field is None:
            return False
        row, old = index.row(), self._rows[index.row()]
        new = replace(old, **{field: str(value)})
        if new == old:
            return True
        self._touch(row, field)
        if self.is_last(row) and not new.is_blank:
            new = replace(new, vat=new.vat or self._vat_like_above(row))
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._rows.append(DraftLine())
            self.endInsertRows()
        self._rows[row] = new
        self.dataChanged.emit(index, index)
        if new.vat != old.vat and index.column() != Column.VAT:
            self._repaint(row, Column.VAT)
        self.edited.emit()
        return True

    def line(self, row: int) -> DraftLine:
        """The line of a row."""
        return self._rows[row]

    def set_detail(self, row: int, name: str, text: str) -> None:
        """What was typed in a detail of a row; consecutive keys in one detail undo together."""
        if self.is_last(row) or getattr(self._rows[row], name) == text:
            return
        self._touch(row, name)
        self._rows[row] = replace(self._rows[row], **{name: text})
        self._repaint(row, Column.RANK)
        self.edited.emit()

    def write_first(self, line: DraftLine) -> None:
        """Write the first row whole (a deposit is one row); consecutive writings undo together."""
        fresh = replace(line, vat=line.vat or self._default_vat)
        if fresh == self._rows[0]:
            return
        if self.is_last(0):
            self.beginInsertRows(QModelIndex(), 1, 1)
            self._rows.append(DraftLine())
            self.endInsertRows()
        self._touch(0, "")
        self._rows[0] = fresh
        self.dataChanged.emit(self.index(0, Column.RANK), self.index(0, Column.TOTAL))
        self.edited.emit()

    def set_vat(self, rows: Sequence[int], key: str) -> None:
        """Give several rows one VAT answer; one step to undo."""
        fresh = [
            replace(line, vat=key) if row in rows and not line.is_blank else line for row, line in enumerate(self._rows)
        ]
        if fresh != self._rows:
            self._change(fresh)

    def _touch(self, row: int, name: str) -> None:
        if self._last_touch != (row, name):
            self._remember()
            self._last_touch = (row, name)

    def _vat_like_above(self, row: int) -> str:
        return self._rows[row - 1].vat if row and self._rows[row - 1].vat else self._default_vat

    # -- cells ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _alignment(column: Column) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in _NUMERIC else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _edit_value(self, row: int, column: Column) -> str:
        field = FIELDS.get(column)
        return str(getattr(self._rows[row], field)) if field else ""

    def _display(self, row: int, column: Column) -> str:
        line = self._rows[row]
        if column is Column.RANK:
            return str(row + 1)
        if self.is_last(row) and line.is_blank:
            return self._invitation(row) if column is Column.NAME else ""
        if column is Column.TOTAL:
            amount = self._amounts[row] if row < len(self._amounts) else None
            return money(amount, self._currency) if amount is not None else ""
        return self._shown(line, column)

    def _invitation(self, row: int) -> str:
        if row == 0:
            return self.tr("Que facturez-vous ? Tapez une désignation, ou collez depuis un tableur")
        return self.tr("Tapez une désignation, ou collez depuis un tableur")

    @staticmethod
    def _shown(line: DraftLine, column: Column) -> str:
        text = str(getattr(line, FIELDS[column]))
        if column is Column.UNIT:
            return UNITS.get(text, text)
        if column is Column.VAT:
            return short_words(text)
        if column in {Column.QUANTITY, Column.PRICE, Column.DISCOUNT}:
            value = parse_decimal(text)
            if value is None:
                return text
            return price(value) if column is Column.PRICE else number(value)
        return text

    def _error(self, row: int, column: Column) -> str:
        return self._errors.get((row, FIELDS.get(column, "")), "")

    def _tip(self, row: int, column: Column) -> str:
        if column is Column.RANK and not self.is_last(row):
            return self._wrong_details(row) or self.tr("Détails de la ligne (F4)")
        if column is Column.VAT and not self._error(row, column):
            return long_words(self._rows[row].vat)
        return self._error(row, column)

    def _detail(self, row: int, column: Column) -> str:
        if column is not Column.RANK:
            return ""
        if self._wrong_details(row):
            return "wrong"
        return "held" if held_details(self._rows[row]) else ""

    def _wrong_details(self, row: int) -> str:
        return next((words for (at, name), words in self._errors.items() if at == row and name not in IN_CELLS), "")

    def _is_placeholder(self, row: int, column: Column) -> bool:
        return column is Column.NAME and self.is_last(row) and self._rows[row].is_blank

    def _accessible(self, row: int, column: Column) -> str:
        title = self.headerData(column, Qt.Orientation.Horizontal) or self.tr("Ligne")
        error = self._error(row, column)
        return f"{title} : {self._display(row, column)}" + (f". {error}" if error else "")
