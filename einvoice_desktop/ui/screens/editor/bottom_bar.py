"""The bar that never scrolls away: four lights, « Enregistrer », and the one primary button."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy

from einvoice_desktop.ui.widgets.buttons import Button, shortcut_words
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.lights import Light
from einvoice_desktop.ui.widgets.look import look

_MEANINGS = {
    "xml": "Le fichier de données suit le schéma officiel.",
    "rules": "Les règles européennes (EN 16931) et françaises (BR-FR) ont été exécutées sur ce fichier.",
    "pdf": "Le PDF a été fait, rouvert, et ses montants comparés à ceux du fichier de données.",
    "address": "L’adresse électronique du client est active dans l’annuaire de la réforme.",
}
"""What each light stands for when it is green."""


class BarButton(Button):
    """Triggers an action and shows its keys where there is room; may be dimmed while the keys still work."""

    def __init__(self, action: QAction, kind: str) -> None:
        super().__init__(action.text(), kind)
        self._keys = shortcut_words(action.shortcut())
        self.setToolTip(f"{action.statusTip()} ({self._keys})")
        self.setAccessibleName(action.text())
        self.clicked.connect(action.trigger)
        self.show_keys(is_shown=True)

    def needed_width(self, *, keys: bool) -> int:
        """Pixels it takes with or without its keys."""
        hint, self._hint = self._hint, self._keys if keys else ""
        width = self.sizeHint().width()
        self._hint = hint
        return width

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
            key: Light(name, samples=samples, meaning=_MEANINGS[key])
            for key, name, samples in (
                ("xml", "XML", ("valide",)),
                ("rules", "Règles", ("conformes",)),
                ("pdf", "PDF/A-3", ("à compléter",)),
                ("address", "Adressage", ("non vérifié",)),
            )
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().gap.l)
        grid.setVerticalSpacing(0)
        for index, key in enumerate(("xml", "rules", "pdf", "address")):
            grid.addWidget(self.lights[key], index // 2, index % 2)
            self.lights[key].clicked.connect(lambda key=key: self.why_asked.emit(key))
        grid.setColumnStretch(1, 1)
        self.save = BarButton(save, "plain")
        self.issue = BarButton(issue, "primary")
        self._buttons = row(1, self.save, self.issue, gap="m")
        self._bar = row(grid, self._buttons, gap="m")
        self._bar.setStretch(0, 1)
        super().__init__(self._bar, margin="m")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lights need their words more than the buttons need their keys."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its two halves: they stand one above the other then."""
        height = super().minimumSizeHint().height()
        return QSize(max(self._lights_width(), self._buttons_width(keys=False)) + self._edges(), height)

    def _arrange(self) -> None:
        """Beside one another with the keys, without them, or one above the other: the first that fits."""
        room = self.width() - self._edges() - self._lights_width() - look().gap.m
        has_keys = room >= self._buttons_width(keys=True)
        is_stacked = room < self._buttons_width(keys=False)
        self.save.show_keys(is_shown=has_keys)
        self.issue.show_keys(is_shown=has_keys)
        direction = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        if direction != self._bar.direction():
            self._bar.setDirection(direction)

    def _edges(self) -> int:
        return 2 * look().gap.m + 2

    def _lights_width(self) -> int:
        wide = {key: light.sizeHint().width() for key, light in self.lights.items()}
        left, right = max(wide["xml"], wide["pdf"]), max(wide["rules"], wide["address"])
        return left + right + look().gap.l

    def _buttons_width(self, *, keys: bool) -> int:
        return sum(button.needed_width(keys=keys) for button in (self.save, self.issue)) + 2 * look().gap.m

    def show_lights(self, words: Mapping[str, tuple[str, str]]) -> None:
        """Light up."""
        for key, (state, text) in words.items():
            self.lights[key].set(state, text)
        self._arrange()
