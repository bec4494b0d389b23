"""The parts of the home screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.queries import MonthTurnover, Receivables
from einvoice_desktop.ui.screens.home.presenter import Readiness, Task
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card, Line
from einvoice_desktop.ui.widgets.charts import Bar, BarChart, ShareBar
from einvoice_desktop.ui.widgets.formats import money, month
from einvoice_desktop.ui.widgets.labels import AmountLabel, Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill

_MONTHS = 12


class TaskRow(Card):
    """One thing to do, with its one button."""

    def __init__(self, task: Task) -> None:
        self.button = Button(task.button)
        detail = Label(task.detail, "muted", wrap=True)
        line = row(Pill(task.words, task.tone), detail, self.button, gap="m")
        line.setStretch(1, 1)
        super().__init__(line)
        self.body.setContentsMargins(look().gap.l, look().gap.m, look().gap.l, look().gap.m)
        self.button.setAccessibleName(f"{task.button} : {task.words}")


class ReadinessCard(Card):
    """« Prêt à… » : three lights.

    Signals:
        asked: (screen, argument) where a light is mended.
    """

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(title="Prêt à…", gap="s")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look().gap.m)
        self._grid.setVerticalSpacing(look().gap.m)
        self._grid.setColumnStretch(1, 1)
        self.add(self._grid)

    def show_lights(self, lights: Sequence[Readiness]) -> None:
        """Show these."""
        clear(self._grid)
        for line, light in enumerate(lights):
            pill = Pill(light.words, "success" if light.is_ready else "warning")
            detail = column(Label(light.detail, "muted", wrap=True), gap="")
            if light.button:
                link = Button(light.button, "link")
                link.clicked.connect(partial(self._ask, light.screen, light.argument))
                detail.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            holder = QWidget()
            holder.setLayout(detail)
            self._grid.addWidget(pill, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(holder, line, 1)

    def _ask(self, screen: str, argument: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt signal
        self.asked.emit(screen, argument)


class ReceivableCard(Card):
    """What customers owe, by age.

    Signals:
        asked: (screen, argument) of the filtered list.
    """

    asked = Signal(str, str)

    def __init__(self) -> None:
        self._total = AmountLabel(ZERO, role="figure")
        self._total.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._bar = ShareBar()
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(look().gap.s)
        self._lines.setColumnStretch(0, 1)
        see = Button("Voir les impayées", "link")
        see.clicked.connect(lambda: self.asked.emit("invoices", "unpaid"))
        super().__init__(self._total, self._bar, self._lines, title="À encaisser", gap="m")
        self.body.addWidget(see, 0, Qt.AlignmentFlag.AlignLeft)

    def show_amounts(self, owed: Receivables) -> None:
        """Show what is owed."""
        shares: tuple[tuple[str, Decimal, str], ...] = (
            ("À échoir", owed.not_due, "accent"),
            ("Moins de 30 jours de retard", owed.late, "amber"),
            ("Plus de 30 jours", owed.very_late, "danger"),
        )
        self._total.set_amount(owed.total)
        self._bar.set_shares([(amount, role, f"{words} {money(amount)}") for words, amount, role in shares])
        clear(self._lines)
        for number, (words, amount, _role) in enumerate(shares):
            if number:
                self._lines.addWidget(Line(), 2 * number - 1, 0, 1, 2)
            self._lines.addWidget(Label(words), 2 * number, 0)
            self._lines.addWidget(AmountLabel(amount), 2 * number, 1)


class TurnoverCard(Card):
    """Turnover of the year, month by month."""

    def __init__(self) -> None:
        self._title = Label("", "heading")
        self._sum = AmountLabel(ZERO, role="heading")
        self._chart = BarChart()
        super().__init__(row(self._title, 1, self._sum), self._chart)

    def show_months(self, months: Sequence[MonthTurnover], year: int, today: date) -> None:
        """Show the twelve months of ``year``; those without a figure are empty."""
        by_month = {m.month: m.without_vat for m in months}
        self._title.setText(f"Chiffre d’affaires HT {year}")
        self._sum.set_amount(sum(by_month.values(), ZERO))
        bars = []
        for number in range(1, _MONTHS + 1):
            amount = by_month.get(number, ZERO)
            name = month(year, number)
            bars.append(Bar(name, amount, f"{name} : {money(amount)}", (year, number) == (today.year, today.month)))
        self._chart.set_bars(bars)
