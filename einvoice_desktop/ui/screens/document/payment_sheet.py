"""Recording a payment: when and how much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.typed import parse_date, parse_decimal
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.date_field import DateEdit
from einvoice_desktop.ui.widgets.fields import Field, TextField
from einvoice_desktop.ui.widgets.formats import money
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import row


class PaymentSheet(Sheet):
    """Asks for the day and the amount; closes only on values that can be recorded (``paid_on``, ``amount``)."""

    def __init__(self, number: str, remaining: Decimal, currency: str, today: date) -> None:
        super().__init__("Enregistrer un paiement")
        self._remaining, self._currency, self._today = remaining, currency, today
        self.paid_on, self.amount = today, remaining
        self.date_edit = DateEdit()
        self.date_edit.set_base(today)
        self.date_edit.set_value(today.isoformat())
        self.date_field = Field("Reçu le", self.date_edit)
        self.amount_field = TextField(f"Montant ({currency})")
        self.amount_field.set_text(f"{to_amount(remaining, currency):f}".replace(".", ","))
        self.body.addWidget(Label(f"{number} · reste à payer {money(remaining, currency)}", "muted"))
        pair = row(self.date_field, self.amount_field, gap="m")
        self.body.addLayout(pair)
        self.body.addWidget(
            Label("« 212 Encaissée » sera transmis à la plateforme qui a la facture.", "small", wrap=True)
        )
        self.add_button(Button("Annuler"), accepts=False)
        record = Button("Enregistrer le paiement", "primary")
        record.clicked.connect(self.submit)
        record.setDefault(True)
        self.buttons.addWidget(record)
        self.amount_field.line.selectAll()
        self.amount_field.line.setFocus()

    def submit(self) -> None:
        """Accept when both values are possible; else the fields say what is wrong."""
        paid_on, amount = parse_date(self.date_edit.text()), parse_decimal(self.amount_field.text())
        self.date_field.set_problem(self._date_problem(paid_on))
        self.amount_field.set_problem(self._amount_problem(amount))
        if paid_on is None or amount is None or self.date_field.problem or self.amount_field.problem:
            return
        self.paid_on, self.amount = paid_on, amount
        self.accept()

    def _date_problem(self, value: date | None) -> str:
        if value is None:
            return "Cette date n’existe pas."
        return "Un paiement ne peut pas dater de l’avenir." if value > self._today else ""

    def _amount_problem(self, value: Decimal | None) -> str:
        if value is None:
            return "Ce n’est pas un nombre."
        if value <= ZERO:
            return "Le montant doit être positif."
        if value > self._remaining:
            return f"Il ne reste que {money(self._remaining, self._currency)} à payer."
        return "" if value == round(value, 2) else "Deux décimales au plus."
