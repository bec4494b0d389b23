"""Putting a theme on the application: look, palette, font and style sheet at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from einvoice_desktop.ui.theme.fonts import body_font
from einvoice_desktop.ui.theme.icons import icon
from einvoice_desktop.ui.theme.stylesheet import style_sheet
from einvoice_desktop.ui.theme.tokens import BODY, DARK, GAPS, LIGHT, RADIUS
from einvoice_desktop.ui.widgets.look import Gaps, Look, wear
from einvoice_desktop.ui.widgets.none_guard import keep_none_alive

CHOICES = ("system", "light", "dark")


def make_look(*, is_dark: bool, em: int) -> Look:
    """The look of one theme for a body font ``em`` pixels high."""
    gaps = {name: round(size * em / BODY) for name, size in GAPS.items()}
    return Look(
        colours=DARK if is_dark else LIGHT,
        em=em,
        radius=round(RADIUS * em / BODY),
        gap=Gaps(**gaps),
        is_dark=is_dark,
        icons=icon,
    )


def _palette(look: Look) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "background",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "background",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.ToolTipBase: "inverse",
        QPalette.ColorRole.ToolTipText: "on_inverse",
        QPalette.ColorRole.Mid: "border",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, look.colour(name))
    faint = QColor(look.colours["faint"])
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return palette


class Theme(QObject):
    """The theme of the application: follows the system unless the user chose one.

    Signals:
        changing: another look is about to be put on. changed: another look is in force (custom painted widgets repaint by themselves).
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system", *, prefers_own_font: bool = False) -> None:
        keep_none_alive()
        super().__init__(app)
        self._app = app
        self._choice = ""
        app.setStyle("Fusion")
        font = body_font(app.font(), prefers_own=prefers_own_font)
        app.setFont(font)
        self._em = max(11, QFontInfo(font).pixelSize())
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.choose(choice)

    @property
    def choice(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system, or be light or dark from now on."""
        self._choice = choice if choice in CHOICES else "system"
        self._apply()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        system_is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        is_dark = self._choice == "dark" or (self._choice == "system" and system_is_dark)
        look = make_look(is_dark=is_dark, em=self._em)
        self.changing.emit()
        wear(look)
        self._app.setPalette(_palette(look))
        self._app.setStyleSheet(style_sheet(look))
        self.changed.emit()
