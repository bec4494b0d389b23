"""Work that takes a moment: a turning arc, or a bar with words and « Annuler »."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look


class Spinner(QWidget):
    """An arc that turns while it is visible."""

    def __init__(self, ems: float = 1.2) -> None:
        super().__init__()
        self._ems = ems
        self._angle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Travail en cours")

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(look().ems(self._ems), look().ems(self._ems))

    def showEvent(self, event: QShowEvent) -> None:
        """Turn."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        self._timer.stop()
        super().hideEvent(event)

    def _turn(self) -> None:
        self._angle = (self._angle + 20) % 360
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look().colour("accent"), max(1.5, self.width() * 0.11))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        edge = pen.widthF() / 2 + 0.5
        box = QRectF(edge, edge, self.width() - 2 * edge, self.height() - 2 * edge)
        painter.drawArc(box, -self._angle * 16, 250 * 16)


class Progress(QWidget):
    """What is being done, how far it is, and a way out.

    Signals:
        cancelled: the user pressed « Annuler ».
    """

    cancelled = Signal()

    def __init__(self, words: str = "", *, can_cancel: bool = True) -> None:
        super().__init__()
        self._words = words
        self.label = Label(words, "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words)
        cancel = Button("Annuler", "link")
        cancel.clicked.connect(self.cancelled)
        column(row(self.label, 1, cancel), self.bar, gap="s", of=self)
        cancel.setVisible(can_cancel)
        self.set(0, 0)

    def set(self, done: int, total: int) -> None:
        """How far it is; ``total`` zero: nobody knows."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        known = f" · {number(done)} / {number(total)}" if total else "…"
        self.label.setText(f"{self._words}{known}")
