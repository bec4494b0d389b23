"""Looking for something: a box that searches when typing pauses, and the door to the palette."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy

from einvoice_desktop.ui.widgets.buttons import shortcut_words
from einvoice_desktop.ui.widgets.look import look

PAUSE = 150
"""Milliseconds without a key before the search starts."""


class SearchBox(QLineEdit):
    """A line that searches.

    Signals:
        searched: the text, once typing has paused or Entrée was pressed.
    """

    searched = Signal(str)

    def __init__(self, placeholder: str = "Rechercher…") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder.rstrip("…"))
        self.setClearButtonEnabled(True)
        self.addAction(look().icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._timer.start)
        self.returnPressed.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Room to type in."""
        return QSize(max(look().ems(17), self.minimumSizeHint().width()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The invitation, between the glass and the cross that clears."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + look().ems(5.5), super().minimumSizeHint().height())

    def _tell(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)


class PaletteButton(QPushButton):
    """Looks like a search box, opens the palette."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._words = action.text()
        self._keys = shortcut_words(action.shortcut())
        self.setProperty("kind", "palette")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(action.statusTip())
        self.setAccessibleName(action.text())
        self.clicked.connect(action.trigger)

    def sizeHint(self) -> QSize:
        """Twenty letters wide."""
        width = max(look().ems(19.5), look().ems(3.4) + self._widths())
        return QSize(width, self.fontMetrics().height() + look().ems(1.15))

    def minimumSizeHint(self) -> QSize:
        """The icon, the words it needs to be understood, the keys."""
        return QSize(look().ems(3.4) + self._widths(), self.sizeHint().height())

    def _widths(self) -> int:
        small = QFont(self.font())
        small.setPixelSize(look().ems(0.8))
        keys = QFontMetrics(small).horizontalAdvance(self._keys) + look().ems(0.9)
        return keys + self.fontMetrics().horizontalAdvance(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, words, keys."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().ems(1.1)
        edge = look().ems(0.75)
        look().icon("search").paint(painter, QRect(edge, (self.height() - side) // 2, side, side))
        small = QFont(self.font())
        small.setPixelSize(look().ems(0.8))
        width = QFontMetrics(small).horizontalAdvance(self._keys) + look().ems(0.9)
        keys = QRect(self.width() - width - look().ems(0.5), 0, width, look().ems(1.45))
        keys.moveTop((self.height() - keys.height()) // 2)
        painter.setPen(look().colour("muted"))
        words = self.rect().adjusted(edge + side + look().gap.s, 0, -width - look().gap.m, 0)
        painter.drawText(
            words,
            int(Qt.AlignmentFlag.AlignVCenter),
            self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, words.width()),
        )
        painter.setPen(QPen(look().colour("border"), 1))
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(keys.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look().radius * 0.6, look().radius * 0.6)
        painter.setFont(small)
        painter.setPen(look().colour("muted"))
        painter.drawText(keys, int(Qt.AlignmentFlag.AlignCenter), self._keys)
