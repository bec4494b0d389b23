"""Files dropped anywhere on the window become received invoices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from einvoice_desktop.ui.widgets.empty import Picture
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look


class DropZone(QFrame):
    """Covers the window while files hang over it."""

    def __init__(self, window: QWidget, take: Callable[[list[Path]], None]) -> None:
        super().__init__(window)
        self._window, self._take = window, take
        self.setProperty("kind", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = column(1, gap="s", of=self)
        for part in (
            Picture("import", "accent", 3),
            Label("Déposez ici vos factures", "title"),
            Label("PDF, Factur-X, UBL, CII, ZIP, e-mail, dossier entier", "muted"),
        ):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch what hangs over the window."""
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._drop(event)
            return True
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not paths_of(event):
            return False
        event.acceptProposedAction()
        edge = look().gap.l
        self.setGeometry(self._window.rect().adjusted(edge, edge, -edge, -edge))
        self.show()
        self.raise_()
        return True

    def _drop(self, event: QDropEvent) -> None:
        self.hide()
        paths = paths_of(event)
        if paths:
            event.acceptProposedAction()
            self._take(paths)


def leave_drops_to_window(root: QWidget) -> None:
    """No field of ``root`` takes a file for its own: dropped on a line of text its path would be written there."""
    for widget in root.findChildren(QWidget):
        if widget.acceptDrops():
            widget.setAcceptDrops(False)


def paths_of(event: QDropEvent) -> list[Path]:
    """The local files and folders of a drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
