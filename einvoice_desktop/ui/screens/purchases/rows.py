"""The list of purchases as a model: plain rows, read page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from einvoice_desktop.ports.queries import ReceivedRow
from einvoice_desktop.ui.screens.purchases.presenter import row_pills
from einvoice_desktop.ui.widgets.formats import day, money

ModelIndex = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ReceivedModel(QAbstractListModel):
    """Rows of the list, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ReceivedRow] = []
        self.next_key = ""

    def load(self, rows: Sequence[ReceivedRow], next_key: str) -> None:
        """Replace everything by the first page."""
        self.beginResetModel()
        self.rows, self.next_key = list(rows), next_key
        self.endResetModel()

    def append(self, rows: Sequence[ReceivedRow], next_key: str) -> None:
        """Add the next page."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()
        self.next_key = next_key

    def row_of(self, document_id: str) -> int:
        """Where a document is in the list, −1 when it is not there."""
        return next((index for index, row in enumerate(self.rows) if row.id == document_id), -1)

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The supplier, the whole row for the delegate, everything in words for a screen reader."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.supplier_name or row.filename
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            verdict, state = row_pills(row)
            parts = (row.supplier_name or row.filename, row.number, day(row.issue_date), verdict[0], state[0])
            return ", ".join(p for p in (*parts, money(row.with_vat, row.currency) if row.with_vat else "") if p)
        return None
