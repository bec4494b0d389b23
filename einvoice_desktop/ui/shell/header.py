"""The header: where one is, the state of what is shown, what can be done, the door to the palette."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from einvoice_desktop.ui.page import Header
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill
from einvoice_desktop.ui.widgets.search import PaletteButton


class HeaderBar(QFrame):
    """Shows a :class:`Header`.

    Signals:
        parent_asked: screen of the page above this one.
    """

    parent_asked = Signal(str)

    def __init__(self, palette: QAction) -> None:
        super().__init__()
        self.setProperty("kind", "header")
        self._parent_screen = ""
        self._parent_link = Button("", "link")
        self._parent_link.clicked.connect(self._ask_parent)
        self._title = Label(role="title")
        self._pill = Pill(parent=self)
        self._search = PaletteButton(palette)
        self._holder = holder = QWidget()
        self._actions: QHBoxLayout = row(gap="s", of=holder)
        layout = row(self._parent_link, self._title, self._pill, 1, self._search, holder, gap="m", of=self)
        layout.setContentsMargins(look().gap.l + look().gap.xs, 0, look().gap.l + look().gap.xs, 0)
        self.setFixedHeight(look().ems(4.5))
        self._shown: tuple[QAction | None, tuple[QAction, ...]] | None = None

    def show_header(self, header: Header) -> None:
        """Say what this page says."""
        words, self._parent_screen = header.parent or ("", "")
        self._parent_link.setText(f"{words} ›" if words else "")
        self._parent_link.setVisible(bool(words))
        self._title.setText(header.title)
        self._pill.set(*header.pill)
        self._search.setVisible(header.has_search)
        if self._shown != (header.primary, header.actions):
            self._shown = (header.primary, header.actions)
            self._show_actions(header)

    def _ask_parent(self) -> None:
        self.parent_asked.emit(self._parent_screen)

    def _show_actions(self, header: Header) -> None:
        clear(self._actions)
        self._holder.setVisible(bool(header.actions) or header.primary is not None)
        for action in header.actions:
            self._actions.addWidget(Button.of(action))
        if header.primary is not None:
            self._actions.addWidget(Button.of(header.primary, "primary", hint=True))
