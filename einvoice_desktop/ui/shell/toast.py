"""Short messages that go away by themselves, under the header."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill

SECONDS = 5
_WORDS = {"success": "Fait", "info": "Info", "warning": "Attention", "danger": "Échec"}


class Toast(QFrame):
    """One message at a time over ``window``; a newer one takes its place."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("kind", "bar")
        self.setAccessibleName("Message")
        self._pill = Pill(parent=self)
        self.words = Label()
        row(self._pill, self.words, gap="m", margin="m", of=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, words: str, tone: str) -> None:
        """Show ``words`` for a few seconds."""
        self._pill.set(_WORDS.get(tone, "Info"), tone)
        self.words.setText(words)
        self.setAccessibleDescription(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            x = (window.width() - self.width()) // 2
            self.move(max(0, x), look().ems(5.2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
