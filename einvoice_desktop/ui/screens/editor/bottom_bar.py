"""The bar that never scrolls away: four lights, « Enregistrer », and the one primary button."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from einvoice_desktop.ui.widgets.buttons import Button, shortcut_words
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.lights import Light
from einvoice_desktop.ui.widgets.look import look


class PrimaryButton(Button):
    """Follows the words and keys of its action, but may be dimmed while the action's keys still work."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action.text(), "primary")
        self._hint = shortcut_words(action.shortcut())
        self.setToolTip(action.statusTip())
        self.setAccessibleName(action.text())
        self.clicked.connect(action.trigger)


class BottomBar(Card):
    """Lights and buttons.

    Signals:
        why_asked: key of the light somebody clicked.
    """

    why_asked = Signal(str)

    def __init__(self, save: QAction, issue: QAction) -> None:
        self.lights = {
            "xml": Light("XML"),
            "rules": Light("Règles"),
            "pdf": Light("PDF/A-3"),
            "address": Light("Adressage"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().gap.l)
        grid.setVerticalSpacing(0)
        for index, key in enumerate(("xml", "rules", "pdf", "address")):
            grid.addWidget(self.lights[key], index // 2, index % 2)
            self.lights[key].clicked.connect(lambda key=key: self.why_asked.emit(key))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.save = Button.of(save, hint=True)
        self.issue = PrimaryButton(issue)
        bar = row(grid, self.save, self.issue, gap="m")
        bar.setStretch(0, 1)
        super().__init__(bar, margin="m")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lights(self, words: Mapping[str, tuple[str, str]]) -> None:
        """Light up."""
        for key, (state, text) in words.items():
            self.lights[key].set(state, text)
