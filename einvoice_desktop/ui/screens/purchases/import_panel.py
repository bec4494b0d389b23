"""The import under way: how far it is, one line for each file, and what was put aside with its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from einvoice_desktop.ui.screens.purchases.presenter import KNOWN, PARKED, ImportLine, import_summary
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.progress import Progress

_SHOWN = 8
"""Lines seen without scrolling."""


class ImportPanel(QFrame):
    """Progress and lines.

    Signals:
        cancelled: stop after the present file. opened: identifier of a document of the list.
    """

    cancelled = Signal()
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.lines: list[ImportLine] = []
        self.progress = Progress("Import en cours")
        self.progress.cancelled.connect(self.cancelled)
        self._summary = Label("", "strong", wrap=True)
        self._close = Button("", "ghost", icon="cross")
        self._close.setAccessibleName("Fermer la liste de l’import")
        self._close.clicked.connect(self.hide)
        self._list = QListWidget()
        self._list.setAccessibleName("Fichiers importés")
        self._list.setWordWrap(True)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self._list.itemActivated.connect(self._activated)
        self._list.itemClicked.connect(self._activated)
        head = row(self._summary, self._close, gap="s")
        head.setStretch(0, 1)
        column(Line(), column(self.progress, head, self._list, gap="s", margin="l"), gap="", of=self)
        self.hide()

    def start(self, total: int) -> None:
        """A new import of ``total`` files."""
        self.lines.clear()
        self._list.clear()
        self.progress.set(0, total)
        self.progress.show()
        self._summary.hide()
        self._close.hide()
        self.show()

    def add(self, line: ImportLine, total: int) -> None:
        """One file is done."""
        self.lines.append(line)
        self.progress.set(len(self.lines), total)
        icons = {PARKED: ("alert", "warning"), KNOWN: ("info", "muted")}
        self._append(
            f"{line.name} : {line.words}", icons.get(line.outcome, ("check", "success")), document_id=line.document_id
        )

    def _append(self, words: str, icon: tuple[str, str], *, document_id: str = "") -> None:
        item = QListWidgetItem(words)
        item.setIcon(look().icon(*icon))
        item.setData(Qt.ItemDataRole.UserRole, document_id)
        item.setToolTip(item.text())
        self._list.addItem(item)
        height = sum(self._list.sizeHintForRow(index) for index in range(min(self._list.count(), _SHOWN)))
        self._list.setFixedHeight(min(height + look().gap.s, look().ems(14)))
        self._list.scrollToBottom()

    def add_note(self, words: str) -> None:
        """Something to know that is about no document."""
        self._append(words, ("info", "muted"))

    def finish(self, *, is_cancelled: bool) -> None:
        """Everything is done, or the user had enough."""
        self.progress.hide()
        words = import_summary(self.lines)
        self._summary.setText(f"Import arrêté : {words}." if is_cancelled else f"Import terminé : {words}.")
        self._summary.show()
        self._close.show()

    def _activated(self, item: QListWidgetItem) -> None:
        document_id = str(item.data(Qt.ItemDataRole.UserRole) or "")
        if document_id:
            self.opened.emit(document_id)
