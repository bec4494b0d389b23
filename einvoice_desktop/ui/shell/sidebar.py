"""The sidebar: the company, the screens, what waits in each."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.queries import Counters
from einvoice_desktop.ui.shell.registry import UNDER, Entry
from einvoice_desktop.ui.widgets.formats import identifier
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.navigation import CompanyButton, SidebarItem

WIDE_EMS, NARROW_EMS = 15.4, 4.2


class Sidebar(QFrame):
    """Company, entries, counters; folds to icons."""

    def __init__(self, entries: list[tuple[Entry, QAction]], menu: QMenu) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setAccessibleName("Écrans")
        self.company = CompanyButton()
        self._menu = menu
        self.company.clicked.connect(self._open_menu)
        self._items: list[tuple[Entry, SidebarItem]] = []
        self._groups: list[QWidget] = []
        self._layout = column(self.company, gap="", margin="s", of=self)
        self._layout.setSpacing(look().ems(0.15))
        self._layout.addSpacing(look().gap.xs)
        group = ""
        for entry, action in entries:
            if entry.group and entry.group != group:
                self._start_group(entry.group)
            group = entry.group
            item = SidebarItem(action, entry.icon)
            self._items.append((entry, item))
            self._layout.addWidget(item)
        self._layout.addStretch(1)
        self.set_folded(is_folded=False)

    def _start_group(self, group: str) -> None:
        if group == "-":
            self._layout.addSpacing(look().gap.xl)
            return
        self._layout.addSpacing(look().gap.m)
        heading = Label(group, "group")
        heading.setContentsMargins(look().ems(0.7), 0, 0, look().gap.xs)
        self._groups.append(heading)
        self._layout.addWidget(heading)

    def set_folded(self, *, is_folded: bool) -> None:
        """Show icons alone, or icons and words."""
        self.setFixedWidth(look().ems(NARROW_EMS if is_folded else WIDE_EMS))
        self.company.is_folded = is_folded
        for _entry, item in self._items:
            item.is_folded = is_folded
            item.update()
        for heading in self._groups:
            heading.setVisible(not is_folded)

    def set_company(self, company: Company) -> None:
        """Show which company this is."""
        self.company.set(company.name, f"SIREN {identifier(company.siren)}  ▾", company.colour)

    def set_place(self, screen: str, argument: str) -> None:
        """Light the entry of the screen shown."""
        name = UNDER.get(screen, screen)
        exact = [e for e, _item in self._items if e.screen == name and e.argument == argument]
        for entry, item in self._items:
            is_here = entry is exact[0] if exact else entry.screen == name and not entry.argument
            item.setChecked(is_here)

    def set_counters(self, counters: Counters) -> None:
        """Show what waits."""
        for entry, item in self._items:
            if entry.counter:
                count = getattr(counters, entry.counter)
                item.set_count(count, "danger" if entry.counter == "refused_sendings" else "neutral")

    def _open_menu(self) -> None:
        self._menu.popup(self.company.mapToGlobal(QPoint(0, self.company.height())))
