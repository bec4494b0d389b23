"""A question in plain words: a few large answers, one chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look


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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One or two lines with air."""
        return QSize(look().ems(24), look().ems(4.1 if self._text else 3.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by the style sheet, then mark and words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().ems(1.15)
        if self._is_door:
            box = QRect(self.width() - side - look().gap.m, (self.height() - side) // 2, side, side)
            look().icon("right").paint(painter, box)
            words = self.rect().adjusted(look().gap.l, 0, -side - look().gap.xl, 0)
        else:
            self._paint_mark(painter, QRectF(look().gap.l, (self.height() - side) / 2, side, side))
            words = self.rect().adjusted(look().gap.l + side + look().gap.m, 0, -look().gap.m, 0)
        self._paint_words(painter, words)

    def _paint_mark(self, painter: QPainter, mark: QRectF) -> None:
        is_on = self.isChecked()
        side = mark.width()
        painter.setPen(QPen(look().colour("accent" if is_on else "faint"), side * 0.3 if is_on else 1.4))
        inset = side * 0.15 if is_on else 0.7
        painter.drawEllipse(mark.adjusted(inset, inset, -inset, -inset))

    def _paint_words(self, painter: QPainter, words: QRect) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        small = QFont(self.font())
        small.setPixelSize(look().ems(0.89))
        small.setWeight(QFont.Weight.Normal)
        height = QFontMetrics(font).height()
        total = height + (QFontMetrics(small).height() + look().ems(0.1) if self._text else 0)
        top = (self.height() - total) // 2
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        painter.drawText(words.left(), top + QFontMetrics(font).ascent(), self._words)
        if self._text:
            painter.setFont(small)
            painter.setPen(look().colour("muted"))
            shown = QFontMetrics(small).elidedText(self._text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words.left(), top + height + look().ems(0.1) + QFontMetrics(small).ascent(), shown)


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
