"""The header: where one is, the state of what is shown, what can be done, the door to the palette."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

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
        self._quiet: list[tuple[QAction, Button]] = []
        self._primary: Button | None = None
        self._menu = QMenu(self)
        self._more = Button("", icon="more")
        self._more.setAccessibleName("Autres actions")
        self._more.setToolTip("Autres actions")
        self._more.clicked.connect(self._open_menu)

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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Actions that no longer fit go into a menu."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Never what makes the window wide: what does not fit goes into the menu."""
        return QSize(0, self.height())

    def focus_primary(self) -> None:
        """The keys go to the primary action, if there is one."""
        if self._primary is not None:
            self._primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """As many quiet actions as there is room for; the last ones first into the menu."""
        fixed = (self._parent_link, self._title, self._pill)
        parts = [part for part in fixed if not part.isHidden()]
        needed = sum(part.sizeHint().width() + look().gap.m for part in parts)
        if not self._search.isHidden():
            needed += self._search.minimumSizeHint().width() + look().gap.m
        if self._primary is not None:
            needed += self._primary.sizeHint().width() + look().gap.s
        room = self.width() - 2 * (look().gap.l + look().gap.xs) - needed - look().gap.m
        widths = [button.sizeHint().width() + look().gap.s for _action, button in self._quiet]
        shown = len(widths)
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + look().gap.s
            while shown and sum(widths[:shown]) > room:
                shown -= 1
        for place, (action, button) in enumerate(self._quiet):
            button.setVisible(place < shown and action.isVisible())
        self._more.setVisible(shown < len(widths))
        self._menu.clear()
        self._menu.addActions([action for action, _button in self._quiet[shown:]])

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _ask_parent(self) -> None:
        self.parent_asked.emit(self._parent_screen)

    def _show_actions(self, header: Header) -> None:
        had_keys = self._primary is not None and self._primary.hasFocus()
        self._actions.removeWidget(self._more)
        clear(self._actions)
        self._holder.setVisible(bool(header.actions) or header.primary is not None)
        self._quiet = [(action, Button.of(action)) for action in header.actions]
        self._primary = Button.of(header.primary, "primary", hint=True) if header.primary is not None else None
        for part in (*(button for _action, button in self._quiet), self._more, self._primary):
            if part is not None:
                self._actions.addWidget(part)
        if had_keys:
            self.focus_primary()
