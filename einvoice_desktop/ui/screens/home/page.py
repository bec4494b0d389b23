"""Accueil: the first thing seen in the morning."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from einvoice_desktop.ui.background import Latest
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.home.cards import ReadinessCard, ReceivableCard, TaskRow, TurnoverCard
from einvoice_desktop.ui.screens.home.presenter import HomeView, read_home
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.ceiling_card import CeilingCard
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row, scrolled
from einvoice_desktop.ui.widgets.look import look

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services


class HomePage(Page):
    """What to do now at the left, the state of things at the right."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._is_fresh = False
        self._latest: Latest[HomeView] = Latest(tools.background)
        self.new = self.command(
            "Nouvelle facture", self._create, keys="Ctrl+N", tip="Commencer une facture", icon="plus"
        )
        self.tasks: QVBoxLayout = column(gap="s")
        self.turnover = TurnoverCard()
        self.ready = ReadinessCard()
        self.receivable = ReceivableCard()
        self.ceilings = CeilingCard()
        self.ready.asked.connect(self.navigate)
        self.receivable.asked.connect(self.navigate)
        left = column(Label("À faire maintenant", "heading"), self.tasks, self.turnover, 1, gap="m")
        right = column(self.ready, self.receivable, self.ceilings, 1, gap="l")
        content = QWidget()
        body = row(left, right, gap="l", margin="l", of=content)
        body.setStretch(0, 19)
        body.setStretch(1, 10)
        column(scrolled(content), gap="", of=self)
        tools.bridge.data_changed.connect(self._on_data_changed)

    def header(self) -> Header:
        """The name of the screen and the first thing one comes for (in the sheet itself while nothing was made)."""
        return Header("Accueil", primary=None if self._is_fresh else self.new)

    def open(self, _argument: str) -> None:
        """Read everything again."""
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        company_id = self._tools.company_id()
        self._latest.run(lambda: read_home(self._services, company_id, _today()), self.show_view)

    def show_view(self, view: HomeView) -> None:
        """Show what was read."""
        clear(self.tasks)
        for task in view.tasks:
            line = TaskRow(task)
            line.button.clicked.connect(partial(self._follow, task.screen, task.argument))
            self.tasks.addWidget(line)
        if not view.tasks:
            self.tasks.addWidget(self._nothing(is_fresh=view.is_fresh))
        self.ready.show_lights(view.readiness)
        self.receivable.show_amounts(view.receivable)
        self.ceilings.show_advice(view.ceilings)
        self.turnover.show_months(view.turnover, view.year, _today())
        self.turnover.setVisible(not view.is_fresh)
        self._is_fresh = view.is_fresh
        self.header_changed.emit()

    def _nothing(self, *, is_fresh: bool) -> Card:
        if not is_fresh:
            return Card(row(Label("Tout est à jour. Rien ne vous attend.", "muted"), 1))
        start = Button.of(self.new, "primary", hint=True)
        text = "Un client, une ligne, un prix : la conformité se vérifie pendant que vous tapez, même sans réseau."
        card = Card(Label("Votre première facture", "title"), Label(text, "muted", wrap=True))
        card.body.addWidget(start, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.setContentsMargins(look().gap.xl, look().gap.xl, look().gap.xl, look().gap.xl)
        return card

    def _follow(self, screen: str, argument: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt signal
        self.navigate.emit(screen, argument)

    def _create(self) -> None:
        self.navigate.emit("editor", "new:380")

    def _on_data_changed(self, _topic: str) -> None:
        if self.isVisible():
            self.reload()


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
