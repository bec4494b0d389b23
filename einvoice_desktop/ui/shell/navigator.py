"""Moving between screens: pages made on first use, where we came from, what to tell the page that is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from einvoice_desktop.ui.page import Page, Tools
from einvoice_desktop.ui.shell.drop import leave_drops_to_window
from einvoice_desktop.ui.shell.registry import Make

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

_HISTORY = 30


class Navigator(QObject):
    """Shows one page at a time.

    Signals:
        primary_wanted: the page shown gives the keys to its primary action.
        moved: another page, or the same with another argument, is shown. header_changed: of the page shown.
        left_frame: (screen, argument) asked for that is no page of the frame (``start``, ``started``).
    """

    moved = Signal()
    header_changed = Signal()
    primary_wanted = Signal()
    left_frame = Signal(str, str)

    def __init__(self, services: Services, tools: Tools, screens: Mapping[str, Make]) -> None:
        super().__init__()
        self._services, self._tools, self._screens = services, tools, screens
        self.stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._history: list[tuple[str, str]] = []
        self.screen, self.argument = "", ""

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self.screen)

    def page_of(self, screen: str) -> Page:
        """The page of ``screen``, made now if it was never asked for.

        Raises:
            KeyError: no such screen.
        """
        if screen not in self._pages:
            page = self._screens[screen](self._services, self._tools)
            page.navigate.connect(self.go)
            page.header_changed.connect(self._on_header_changed)
            page.primary_wanted.connect(self._on_primary_wanted)
            leave_drops_to_window(page)
            self.stack.addWidget(page)
            self._pages[screen] = page
        return self._pages[screen]

    def go(self, screen: str, argument: str = "") -> None:
        """Show ``screen``; ``back`` shows the one before."""
        if screen == "back":
            self._go_back()
        elif screen in {"start", "started", "appearance"}:
            self.left_frame.emit(screen, argument)
        else:
            if self.screen and (self.screen, self.argument) != (screen, argument):
                self._history = [*self._history[-_HISTORY:], (self.screen, self.argument)]
            self._show(screen, argument)

    def leave(self) -> None:
        """Tell the page shown that it is left (the window closes)."""
        if self.page is not None:
            self.page.leave()

    def unsaved(self) -> list[str]:
        """What would be lost on the pages made so far."""
        return [words for words in (page.unsaved() for page in self._pages.values()) if words]

    def drop_hidden(self) -> None:
        """Throw away the pages not shown that lose nothing by it: another theme would dress each of their widgets."""
        for screen, page in list(self._pages.items()):
            if page is not self.page and page.may_be_made_again():
                del self._pages[screen]
                self.stack.removeWidget(page)
                page.hide()
                page.deleteLater()
                QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)

    def forget(self) -> None:
        """No way back (another company is shown)."""
        self._history.clear()

    def _go_back(self) -> None:
        while self._history:
            screen, argument = self._history.pop()
            if screen != self.screen:
                self._show(screen, argument)
                return
        self._show("home", "")

    def _show(self, screen: str, argument: str) -> None:
        before = self.page
        page = self.page_of(screen)
        if before is not None and before is not page:
            before.leave()
        self.screen, self.argument = screen, argument
        self.stack.setCurrentWidget(page)
        page.setFocus()
        page.open(argument)
        self.moved.emit()

    def _on_primary_wanted(self) -> None:
        if self.sender() is self.page:
            self.primary_wanted.emit()

    def _on_header_changed(self) -> None:
        if self.sender() is self.page:
            self.header_changed.emit()
