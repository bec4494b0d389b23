"""Tabs of a side panel: words on a line, the chosen one underlined; content below without a frame."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabBar, QWidget

from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.layouts import column, row, scrolled
from einvoice_desktop.ui.widgets.look import look


def panel_area(content: QWidget) -> QScrollArea:
    """``content`` in a scrolling area that shows the ground of the panel it lies on."""
    area = scrolled(content)
    content.setProperty("kind", "clear")
    content.setAutoFillBackground(False)
    return area


class Tabs(QFrame):
    """Pages, one at a time.

    Signals:
        current_changed: index of the page shown.
    """

    current_changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setAccessibleName(name)
        self._pages = QStackedWidget()
        head = row(self.bar, gap="")
        head.setContentsMargins(look().gap.l, 0, look().gap.m, 0)
        column(head, Line(), self._pages, gap="", of=self)
        self.bar.currentChanged.connect(self._show)

    def add(self, title: str, page: QWidget) -> None:
        """Put a page after the others."""
        self._pages.addWidget(page)
        self.bar.addTab(title)

    @property
    def current(self) -> QWidget | None:
        """The page shown."""
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Bring a page forward."""
        self.bar.setCurrentIndex(self._pages.indexOf(page))

    def set_title(self, page: QWidget, title: str) -> None:
        """Other words on the tab of a page."""
        index = self._pages.indexOf(page)
        if self.bar.tabText(index) != title:
            self.bar.setTabText(index, title)

    def _show(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self.current_changed.emit(index)
