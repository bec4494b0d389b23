"""The bar that never scrolls away: four lights, « Enregistrer », and the one primary button."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from einvoice_desktop.ui.widgets.buttons import Button, shortcut_words
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.lights import Light
from einvoice_desktop.ui.widgets.look import look


class BarButton(Button):
    """Triggers an action and shows its keys where there is room; may be dimmed while the keys still work."""

    def __init__(self, action: QAction, kind: str) -> None:
        super().__init__(action.text(), kind)
        self._keys = shortcut_words(action.shortcut())
        self.setToolTip(f"{action.statusTip()} ({self._keys})")
        self.setAccessibleName(action.text())
        self.clicked.connect(action.trigger)
        self.show_keys(is_shown=True)

    def show_keys(self, *, is_shown: bool) -> None:
        """Show or hide the keys beside the words."""
        hint = self._keys if is_shown else ""
        if hint != self._hint:
            self._hint = hint
            self.updateGeometry()
            self.update()


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
        self.save = BarButton(save, "plain")
        self.issue = BarButton(issue, "primary")
        bar = row(grid, self.save, self.issue, gap="m")
        bar.setStretch(0, 1)
        super().__init__(bar, margin="m")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lights need their words more than the buttons need their keys."""
        super().resizeEvent(event)
        has_room = self.width() > look().ems(54)
        self.save.show_keys(is_shown=has_room)
        self.issue.show_keys(is_shown=has_room)

    def show_lights(self, words: Mapping[str, tuple[str, str]]) -> None:
        """Light up."""
        for key, (state, text) in words.items():
            self.lights[key].set(state, text)
