"""Filters always in sight: one chip is on, the others wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.layouts import row


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
        self._chips: dict[str, QPushButton] = {}
        layout = row(gap="s", of=self)
        for key, words in choices:
            chip = QPushButton(words)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
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
