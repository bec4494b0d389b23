"""Preparing a credit note: all that remains, or some lines, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from einvoice_desktop.domain.credit import Creditable
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.services.make_credit_note import CreditedLine, CreditState
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.choice_cards import ChoiceCards
from einvoice_desktop.ui.widgets.fields import TextField, Tick
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.labels import AmountLabel, Label
from einvoice_desktop.ui.widgets.layouts import column, scrolled
from einvoice_desktop.ui.widgets.look import look

TOTAL, PARTIAL = "total", "partial"
_NAME_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the sheet asks for; ``lines`` empty for all that remains."""

    reason: str
    lines: tuple[CreditedLine, ...] = ()


def rate_words(group: Creditable, currency: str) -> str:
    """« TVA 20 % : reste 1 000,00 € HT sur 1 200,00 € »."""
    rate = f"TVA {number(group.rate)} %" if group.rate else "Sans TVA"
    return f"{rate} : reste {money(group.remaining, currency)} HT sur {money(group.invoiced, currency)}"


def read_quantity(text: str, line: Line) -> tuple[Decimal, str]:
    """The quantity of a line to credit, and what is wrong with it (empty for nothing)."""
    value = parse_decimal(text)
    if value is None:
        return ZERO, "Ce n’est pas un nombre."
    if not line.quantity or not 0 < value / line.quantity <= 1:
        return ZERO, f"Entre 0 et {number(line.quantity)}."
    return value, ""


class CreditSheet(Sheet):
    """Asks what to credit; closes only on something that can be (``asked``)."""

    def __init__(self, invoice: Invoice, state: CreditState) -> None:
        super().__init__(f"Avoir sur {state.number}")
        self._invoice, self._state = invoice, state
        self.asked = Asked("")
        self.setMinimumWidth(look().ems(38))
        for group in state.groups:
            self.body.addWidget(Label(rate_words(group, state.currency), "muted"))
        if state.drafts:
            self.body.addWidget(Label("Les avoirs en brouillon sont comptés.", "small"))
        self.choice = ChoiceCards(
            (
                (TOTAL, "Tout ce qui reste", f"{money(state.remaining, state.currency)} HT"),
                (PARTIAL, "Une partie", "Choisissez les lignes, et la quantité de chacune."),
            ),
            name="Que créditer ?",
        )
        self.choice.set_value(TOTAL)
        self.choice.chosen.connect(self._show_choice)
        self.body.addWidget(self.choice)
        self._boxes: list[Tick] = []
        self._quantities: list[TextField] = []
        self._amounts: list[AmountLabel] = []
        self._part = self._lines()
        self.body.addWidget(self._part)
        self.reason = TextField("Motif", placeholder="imprimé sur l’avoir : retour, erreur de prix…", limit=500)
        self.body.addWidget(self.reason)
        self._problem = Label("", "danger", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.add_button(Button("Annuler"), accepts=False)
        self.go = Button("Préparer l’avoir", "primary")
        self.go.clicked.connect(self.submit)
        self.go.setDefault(True)
        self.buttons.addWidget(self.go)
        self._show_choice(TOTAL)
        self.choice.focus()

    def _lines(self) -> QWidget:
        host = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().gap.m)
        grid.setVerticalSpacing(look().gap.s)
        for index, line in enumerate(self._invoice.lines):
            box = Tick(shorten(line.name, _NAME_LETTERS, placeholder="…"))
            box.setToolTip(line.name)
            box.toggled.connect(self._sum_up)
            quantity = TextField("")
            quantity.line.setAccessibleName(f"Quantité créditée : {line.name}")
            quantity.line.setMaximumWidth(look().ems(7))
            quantity.set_text(number(line.quantity))
            quantity.changed.connect(self._sum_up)
            amount = AmountLabel(line.net_amount, self._state.currency)
            grid.addWidget(box, index, 0)
            grid.addWidget(quantity, index, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(amount, index, 2)
            self._boxes.append(box)
            self._quantities.append(quantity)
            self._amounts.append(amount)
        grid.setColumnStretch(0, 1)
        column(grid, 1, of=host)
        area = scrolled(host)
        area.setMinimumHeight(min(look().ems(18), grid.sizeHint().height() + look().gap.l))
        return area

    def _show_choice(self, key: str) -> None:
        self._part.setVisible(key == PARTIAL)
        self._problem.hide()
        self._sum_up()

    def _sum_up(self) -> None:
        """Amounts follow the quantities; the button says the sum."""
        currency = self._state.currency
        whole = ZERO
        for index, line in enumerate(self._invoice.lines):
            box, field = self._boxes[index], self._quantities[index]
            field.setEnabled(box.isChecked())
            quantity, problem = read_quantity(field.text(), line) if box.isChecked() else (line.quantity, "")
            field.set_problem(problem)
            part = quantity / line.quantity if line.quantity else Decimal(1)
            amount = to_amount(line.net_amount * part, currency)
            self._amounts[index].set_amount(amount, currency)
            whole += amount if box.isChecked() else ZERO
        is_total = self.choice.value() != PARTIAL
        shown = self._state.remaining if is_total else whole
        self.go.setText(f"Préparer l’avoir · {money(shown, currency)} HT")

    def submit(self) -> None:
        """Accept when something can be credited; else say what is missing."""
        reason = self.reason.text().strip()
        if self.choice.value() != PARTIAL:
            self.asked = Asked(reason)
            self.accept()
            return
        lines = []
        for index, line in enumerate(self._invoice.lines):
            if not self._boxes[index].isChecked():
                continue
            quantity, problem = read_quantity(self._quantities[index].text(), line)
            if problem:
                self._quantities[index].editor.setFocus()
                return
            lines.append(CreditedLine(index, quantity=quantity))
        if not lines:
            self._problem.setText("Cochez au moins une ligne à créditer.")
            self._problem.show()
            return
        self.asked = Asked(reason, tuple(lines))
        self.accept()
