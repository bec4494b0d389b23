"""Totals of a document at the foot of the form: HT, discounts, VAT for each rate, what is left to pay."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.domain.vat import VatBreakdown
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.labels import AmountLabel, Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row


def vat_words(group: VatBreakdown) -> str:
    """« TVA 20 % », « Hors champ »… for one group of the breakdown."""
    if group.category == "S":
        return f"TVA {number(group.rate or Decimal(0))} %"
    words = {"E": "Exonéré de TVA", "AE": "Autoliquidation", "K": "Livraison UE", "G": "Export", "O": "Hors champ"}
    return words.get(str(group.category), f"TVA ({group.category})")


_IN_EUROS = "TVA en euros"
"""BT-111, always in euros whatever the currency of the document."""


class TotalsBox(QWidget):
    """The rows; they are made again only when their number changes, so that typing costs a few texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[tuple[Label, AmountLabel]] = []
        self._layout = column(gap="s", of=self)
        self._shown: list[tuple[str, Decimal | None]] = []
        self.setAccessibleName(self.tr("Totaux"))
        self.show_totals(None)

    def amount_of(self, words: str) -> str:
        """The amount written beside ``words``, empty when there is no such row."""
        return next((amount.text() for label, amount in self._labels if label.text() == words), "")

    def show_totals(self, totals: Totals | None, currency: str = "EUR") -> None:
        """Show these totals; dashes while there are none."""
        rows = self._rows(totals)
        if len(rows) != len(self._labels):
            self._build(len(rows))
        for (label, amount), (words, value) in zip(self._labels, rows, strict=True):
            label.setText(words)
            amount.set_amount(value, "EUR" if words == self.tr(_IN_EUROS) else currency)

    def _rows(self, totals: Totals | None) -> list[tuple[str, Decimal | None]]:
        if totals is None:
            return [(self.tr("Total HT"), None), (self.tr("TVA"), None), (self.tr("Net à payer"), None)]
        rows: list[tuple[str, Decimal | None]] = []
        if totals.allowances:
            rows += [(self.tr("Sous-total HT"), totals.line_net), (self.tr("Remise"), -totals.allowances)]
        if totals.charges:
            rows.append((self.tr("Frais"), totals.charges))
        rows.append((self.tr("Total HT"), totals.without_vat))
        rows += [(vat_words(group), group.tax_amount) for group in totals.breakdown]
        if totals.vat_in_accounting_currency is not None:
            rows.append((self.tr(_IN_EUROS), totals.vat_in_accounting_currency))
        if totals.paid or totals.rounding:
            rows.append((self.tr("Total TTC"), totals.with_vat))
        if totals.paid:
            rows.append((self.tr("Déjà payé"), -totals.paid))
        if totals.rounding:
            rows.append((self.tr("Arrondi"), totals.rounding))
        rows.append((self.tr("Net à payer"), totals.due))
        return rows

    def _build(self, count: int) -> None:
        clear(self._layout)
        self._labels = []
        for index in range(count):
            is_last = index == count - 1
            role = "total" if is_last else ""
            label, amount = Label(role=role), AmountLabel(role=role)
            if index:
                self._layout.addWidget(Line())
            pair = row(label, amount, gap="m")
            pair.setStretch(1, 1)
            self._layout.addLayout(pair)
            self._labels.append((label, amount))
