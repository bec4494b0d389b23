"""Rows read by keyset pages in the background and shown as they come; rows are plain records, never objects of a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from einvoice_desktop.ports.queries import Page
from einvoice_desktop.ui.background import Background

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
PILL = Qt.ItemDataRole.UserRole + 1
QUIET = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """One column: its title and what it shows of a row.

    Attributes:
        text: the words. pill: (words, tone) drawn as a pill instead, ``None`` for none. ems: width; 0 takes what is left.
        is_right: amounts and counts. is_quiet: in the muted colour.
    """

    title: str
    text: Callable[[RowT], str]
    ems: float = 8
    is_right: bool = False
    is_quiet: bool = False
    pill: Callable[[RowT], tuple[str, str] | None] | None = None


class PagedModel(QAbstractTableModel, Generic[RowT]):
    """Shows what a query gives, page after page.

    Signals:
        loaded: a page arrived (or the first one was empty).
    """

    loaded = Signal()

    def __init__(self, background: Background, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.columns = tuple(columns)
        self._rows: list[RowT] = []
        self._next = ""
        self._turn = 0
        self._is_loading = False
        self._fetch: Callable[[str], Page[RowT]] | None = None

    @property
    def rows(self) -> Sequence[RowT]:
        """The rows read so far."""
        return self._rows

    @property
    def is_loading(self) -> bool:
        """Whether a page is on its way."""
        return self._is_loading

    @property
    def is_complete(self) -> bool:
        """Whether the last page was read."""
        return not self._next and not self._is_loading

    def load(self, fetch: Callable[[str], Page[RowT]]) -> None:
        """Read from the start with ``fetch(after)``; the present rows stay until the new ones arrive."""
        self._fetch = fetch
        self._turn += 1
        self._ask("")

    def _ask(self, after: str) -> None:
        fetch, turn = self._fetch, self._turn
        if fetch is None:
            return
        self._is_loading = True
        self._background.run(
            lambda: fetch(after),
            success=lambda page: self._arrived(page, turn, is_first=not after),
            failure=lambda error: self._failed(error, turn),
        )

    def _arrived(self, page: Page[RowT], turn: int, *, is_first: bool) -> None:
        if turn != self._turn:
            return
        self._is_loading = False
        self._next = page.next_key
        if is_first:
            self.beginResetModel()
            self._rows = list(page.rows)
            self.endResetModel()
        elif page.rows:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()
        self.loaded.emit()

    def _failed(self, error: Exception, turn: int) -> None:
        if turn == self._turn:
            self._is_loading = False
            self._background.failed.emit(error)

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows read so far."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Columns shown."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether a page is left to ask for."""
        return bool(self._next) and not self._is_loading

    def fetchMore(self, _parent: Index) -> None:
        """Ask for the next page; it arrives later."""
        if self._next and not self._is_loading:
            self._ask(self._next)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the delegate draws."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            pill = column.pill(row) if column.pill is not None else None
            return pill[0] if pill else column.text(row)
        if role == PILL:
            return column.pill(row) if column.pill is not None else None
        if role == QUIET:
            return column.is_quiet
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self._alignment(self.columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @staticmethod
    def _alignment(column: Column[RowT]) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
