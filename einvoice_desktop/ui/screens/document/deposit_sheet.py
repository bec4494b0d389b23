"""Asking for a further deposit of a deal: an amount or a share, and what that would make, told before it is made."""

from __future__ import annotations

from decimal import Decimal

from einvoice_desktop.domain.deposit import DepositKind, deposit_findings, deposit_kind
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.services.request_deposit import Deal
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.deal_bar import DealBar, progress_words, remaining_words
from einvoice_desktop.ui.widgets.fields import TextField
from einvoice_desktop.ui.widgets.formats import money
from einvoice_desktop.ui.widgets.labels import Label

_WHOLE = Decimal(100)


def read_amount(text: str, deal: Deal) -> Decimal | None:
    """The amount typed, without VAT: ``3000`` as it is, ``30 %`` of the whole deal; ``None`` for no number."""
    value = parse_decimal(text)
    if value is not None and text.strip().endswith("%"):
        value = value * deal.group.deal_total / _WHOLE
    return None if value is None else to_amount(value, deal.group.currency)


class DepositSheet(Sheet):
    """Asks how much; closes only on an amount that may be asked (``amount``; ``is_balance``: it is all that remains)."""

    def __init__(self, deal: Deal) -> None:
        super().__init__("Demander un acompte")
        self._deal = deal
        self.amount, self.is_balance = ZERO, False
        currency = deal.group.currency
        if deal.group.reference:
            self.body.addWidget(Label(deal.group.reference, "strong", wrap=True))
        bar = DealBar()
        bar.show_progress(deal.progress, currency)
        self.body.addWidget(Label(progress_words(deal.progress, currency), "muted", wrap=True))
        self.body.addWidget(bar)
        self.body.addWidget(Label(remaining_words(deal.progress, currency)))
        self.field = TextField(f"Montant HT ({currency}) ou pourcentage", placeholder="3 000 ou 30 %")
        self.field.changed.connect(self._tell)
        self.body.addWidget(self.field)
        self.add_button(Button("Annuler"), accepts=False)
        self.go = Button("Préparer l’acompte", "primary")
        self.go.clicked.connect(self.submit)
        self.go.setDefault(True)
        self.buttons.addWidget(self.go)
        self.field.editor.setFocus()

    def _tell(self) -> None:
        """Before anything is made: what the amount is, and that all that remains is the balance (R-068)."""
        amount = read_amount(self.field.text(), self._deal)
        self.field.set_problem("")
        self.field.set_hint("")
        self.go.setText("Préparer l’acompte")
        if amount is None or amount <= 0:
            return
        words = f"{money(amount, self._deal.group.currency)} HT"
        if deposit_kind(amount, self._deal.progress) is DepositKind.BALANCE:
            words += " : c’est tout ce qui reste, ce sera donc la facture de solde."
            self.go.setText("Préparer la facture de solde")
        self.field.set_hint(words)

    def submit(self) -> None:
        """Accept when the amount may be asked; else the field says why not."""
        amount = read_amount(self.field.text(), self._deal)
        if amount is None:
            self.field.set_problem("Écrivez un montant, ou un pourcentage comme 30 %.")
            return
        found = deposit_findings(amount, self._deal.progress, self._deal.group.currency)
        blocking = [finding for finding in found if finding.code != "ED-DEPOSIT-WHOLE"]
        if blocking:
            self.field.set_problem(sentence(blocking[0]))
            return
        self.amount, self.is_balance = amount, bool(found)
        self.accept()
