"""From the happenings of the services (told on any thread) to signals on the thread of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from einvoice_desktop.ports.events import (
    DocumentChanged,
    DocumentReceived,
    Happening,
    Listener,
    SyncChanged,
)

Listen = Callable[[Listener], Callable[[], None]]
"""``services.listen``: subscribe, and get back what unsubscribes."""


class Bridge(QObject):
    """Signals for what happened, wherever it happened.

    Signals:
        sync_changed: a :class:`SyncChanged`. document_changed: identifier of a document that moved.
        document_received: identifier of a supplier's document that arrived.
        data_changed: something shown in lists or counters changed; the topic: ``drafts``, ``documents``, ``received``,
            ``buyers``, ``companies``, ``platform``, ``settings``. Emitted for the happenings above too.
    """

    sync_changed = Signal(object)
    document_changed = Signal(str)
    document_received = Signal(str)
    data_changed = Signal(str)
    _happened = Signal(object)

    def __init__(self, listen: Listen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._happened.connect(self._sort, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe: Callable[[], None] | None = listen(self._hear)

    def announce(self, topic: str) -> None:
        """Tell the other screens that this one changed ``topic``."""
        self.data_changed.emit(topic)

    def close(self) -> None:
        """Hear nothing any more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _hear(self, happening: Happening) -> None:
        if self._unsubscribe is not None:
            self._happened.emit(happening)

    def _sort(self, happening: Happening) -> None:
        if isinstance(happening, SyncChanged):
            self.sync_changed.emit(happening)
        elif isinstance(happening, DocumentChanged):
            self.document_changed.emit(happening.document_id)
            self.data_changed.emit("documents")
        elif isinstance(happening, DocumentReceived):
            self.document_received.emit(happening.document_id)
            self.data_changed.emit("received")
