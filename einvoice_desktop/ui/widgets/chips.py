"""Filters always in sight: one chip is on, the others wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.look import look


class Chip(QPushButton):
    """One filter."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(look().ems(0.93))
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        return font

    def sizeHint(self) -> QSize:
        """Words with round ends; room for the bold face, so that nothing moves when it is chosen."""
        font = self._font()
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        return QSize(metrics.horizontalAdvance(self.text()) + look().ems(1.75), metrics.height() + look().ems(0.6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        edge = "accent" if is_on or self.hasFocus() else "border_strong"
        painter.setPen(QPen(look().colour(edge), 2 if self.hasFocus() else 1))
        ground = "accent_soft" if is_on else "hover" if self.underMouse() else "surface"
        painter.setBrush(look().colour(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(look().colour("accent" if is_on else "text"))
        painter.setFont(self._font())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


class Chips(QWidget):
    """A row of exclusive chips; ``choices`` are (key, words), the first is on.

    Signals:
        chosen: key of the chip the user turned on.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], *, name: str = "Filtres") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._words = dict(choices)
        self._chips: dict[str, Chip] = {}
        layout = row(gap="s", of=self)
        for key, words in choices:
            chip = Chip(words)
            self._group.addButton(chip)
            self._chips[key] = chip
            layout.addWidget(chip)
            chip.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        layout.addStretch(1)
        next(iter(self._chips.values())).setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """Key of the chip that is on."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Turn a chip on without telling anyone; nothing happens for a key that is not offered."""
        if key in self._chips:
            self._chips[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Write a count beside the words of a chip, ``None`` for none."""
        words = self._words[key]
        self._chips[key].setText(words if count is None else f"{words} · {number(count)}")
        self._chips[key].updateGeometry()
