"""Small lights of the bottom bar: a mark, a bold word and its state in words; a click says what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import paint_mark

TONES = {"green": "success", "amber": "warning", "red": "danger", "pending": "neutral"}


class Light(QWidget):
    """One light.

    Signals:
        clicked: somebody asks why.
    """

    clicked = Signal()

    def __init__(
        self, name: str, parent: QWidget | None = None, *, samples: tuple[str, ...] = (), meaning: str = ""
    ) -> None:
        super().__init__(parent)
        self._name, self._words, self._state = name, "", "pending"
        self._samples, self._meaning = samples, meaning
        self.setAccessibleDescription(meaning)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set("pending", "")

    @property
    def state(self) -> str:
        """``green``, ``amber``, ``red`` or ``pending``."""
        return self._state

    @property
    def words(self) -> str:
        """The state in words."""
        return self._words

    def set(self, state: str, words: str) -> None:
        """Light up; ``words`` say the state without its colour."""
        if (state, words) == (self._state, self._words) and self.accessibleName():
            return
        self._state, self._words = state, words
        self.setAccessibleName(f"{self._name} : {words}")
        self.setToolTip(f"{self._name} : {words}" + (f"\n{self._meaning}" if self._meaning else ""))
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        plain = QFont(self.font())
        plain.setPixelSize(look().ems(0.93))
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        return bold, plain

    def sizeHint(self) -> QSize:
        """Room for everything it says, and for ``samples``: nothing moves while the verdict changes."""
        bold, plain = self._fonts()
        metrics = QFontMetrics(plain)
        words = max(metrics.horizontalAdvance(text) for text in (self._words, *self._samples))
        return QSize(QFontMetrics(bold).horizontalAdvance(self._name) + words + look().ems(1.8), look().ems(1.6))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark, name, words; a ring when focused."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        tone = TONES[self._state]
        side = look().ems(0.62)
        mark = QRectF(look().ems(0.2), (self.height() - side) / 2, side, side)
        paint_mark(painter, mark, tone, look().colour("muted" if tone == "neutral" else tone))
        bold, plain = self._fonts()
        left = mark.right() + look().ems(0.5)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(bold)
        painter.setPen(look().colour("text"))
        painter.drawText(QRectF(left, 0, self.width(), self.height()), flags, self._name)
        left += QFontMetrics(bold).horizontalAdvance(self._name) + look().ems(0.45)
        painter.setFont(plain)
        painter.setPen(look().colour("muted"))
        room = int(self.width() - left)
        shown = QFontMetrics(plain).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room + 1, self.height()), flags, shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click asks why."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Entrée are a click."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.clicked.emit()
            return
        super().keyPressEvent(event)
