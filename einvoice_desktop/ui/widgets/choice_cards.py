"""A question in plain words: a few large answers, one chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look

_TALL = 10_000
"""Pixels: no text is taller."""
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class _Answer(QPushButton):
    """A round mark, a line, a quieter line."""

    def __init__(self, words: str, text: str, *, is_door: bool) -> None:
        super().__init__()
        self._words, self._text, self._is_door = words, text, is_door
        self.setProperty("kind", "choice")
        self.setCheckable(not is_door)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self.setAccessibleDescription(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """A line of words and as many of quieter words as they take."""
        return QSize(look().ems(24), self.heightForWidth(max(self.width(), look().ems(24))))

    def minimumSizeHint(self) -> QSize:
        """As low as its words allow."""
        return QSize(look().ems(16), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Quieter words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Words and air."""
        strong, small = self._fonts()
        height = QFontMetrics(strong).height() + look().ems(1.6)
        if self._text:
            height += look().ems(0.1) + self._text_box(small, self._room(QRect(0, 0, width, 0)).width()).height()
        return height

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée chooses, as Space does; on the answer already chosen it goes on (whoever holds the question decides)."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~_KEYPAD
        if is_enter and not self.isChecked():
            self.click()
        elif is_enter:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _room(self, whole: QRect) -> QRect:
        side = look().ems(1.15)
        if self._is_door:
            return whole.adjusted(look().gap.l, 0, -side - look().gap.xl, 0)
        return whole.adjusted(look().gap.l + side + look().gap.m, 0, -look().gap.m, 0)

    def _fonts(self) -> tuple[QFont, QFont]:
        strong, small = QFont(self.font()), QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(look().ems(0.89))
        small.setWeight(QFont.Weight.Normal)
        return strong, small

    def _text_box(self, small: QFont, width: int) -> QRect:
        return QFontMetrics(small).boundingRect(QRect(0, 0, width, _TALL), int(Qt.TextFlag.TextWordWrap), self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by the style sheet, then mark and words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().ems(1.15)
        if self._is_door:
            box = QRect(self.width() - side - look().gap.m, (self.height() - side) // 2, side, side)
            look().icon("right").paint(painter, box)
        else:
            self._paint_mark(painter, QRectF(look().gap.l, (self.height() - side) / 2, side, side))
        self._paint_words(painter, self._room(self.rect()))

    def _paint_mark(self, painter: QPainter, mark: QRectF) -> None:
        is_on = self.isChecked()
        side = mark.width()
        painter.setPen(QPen(look().colour("accent" if is_on else "faint"), side * 0.3 if is_on else 1.4))
        inset = side * 0.15 if is_on else 0.7
        painter.drawEllipse(mark.adjusted(inset, inset, -inset, -inset))

    def _paint_words(self, painter: QPainter, words: QRect) -> None:
        font, small = self._fonts()
        height = QFontMetrics(font).height()
        below = self._text_box(small, words.width()).height() if self._text else 0
        total = height + (below + look().ems(0.1) if self._text else 0)
        top = (self.height() - total) // 2
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        painter.drawText(words.left(), top + QFontMetrics(font).ascent(), self._words)
        if self._text:
            painter.setFont(small)
            painter.setPen(look().colour("muted"))
            area = QRect(words.left(), top + height + look().ems(0.1), words.width(), below)
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._text)


class ChoiceCards(QWidget):
    """Answers one below the other: ``choices`` are (key, words, quieter words); none or one is chosen.

    With ``are_doors`` nothing stays chosen: each answer leads somewhere at once.

    Signals:
        chosen: key of the answer the user chose.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]], *, name: str, are_doors: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._answers: dict[str, _Answer] = {}
        layout = column(gap="s", of=self)
        for key, words, text in choices:
            answer = _Answer(words, text, is_door=are_doors)
            self._group.addButton(answer)
            self._answers[key] = answer
            layout.addWidget(answer)
            answer.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))

    def value(self) -> str:
        """Key of the answer, empty while none is chosen."""
        return next((key for key, answer in self._answers.items() if answer.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose ``key``."""
        if key in self._answers:
            self._answers[key].setChecked(True)

    def focus(self) -> None:
        """Give the keys to the answer chosen, else to the first."""
        answers = list(self._answers.values())
        next((a for a in answers if a.isChecked()), answers[0]).setFocus()
