"""« D'où vient ce centime ? »: the totals told step by step, with every rounding."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from einvoice_desktop.domain.compose import Composition
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.screens.editor.rows import price
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, scrolled
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.totals_box import vat_words

Step = tuple[str, str, str]
"""What, how it is computed, the amount."""


def steps(composition: Composition) -> tuple[Step, ...]:
    """Each amount of the document and where it comes from."""
    invoice, totals = composition.invoice, composition.totals
    if totals is None:
        return ()
    currency = invoice.currency if invoice is not None else "EUR"
    told: list[Step] = _line_steps(invoice) if invoice is not None else []
    told.append(
        (
            "Total HT",
            "somme des lignes" + (" moins la remise" if totals.allowances else ""),
            money(totals.without_vat, currency),
        )
    )
    for group in totals.breakdown:
        raw = group.taxable_amount * (group.rate or Decimal(0)) / 100
        how = f"{money(group.taxable_amount, currency)} × {number(group.rate or Decimal(0))} %"
        if raw != group.tax_amount:
            how += f" = {price(raw)}, arrondi au centime"
        told.append((vat_words(group), how, money(group.tax_amount, currency)))
    told.append(("Total TTC", "total HT + TVA", money(totals.with_vat, currency)))
    if totals.paid:
        told.append(("Déjà payé", "", money(-totals.paid, currency)))
    told.append(("Net à payer", "", money(totals.due, currency)))
    return tuple(told)


def _line_steps(invoice: Invoice) -> list[Step]:
    told: list[Step] = []
    for line in invoice.lines:
        how = f"{number(line.quantity)} × {price(line.net_price)}"
        for allowance in line.allowances:
            how += f" − remise {number(allowance.percentage or Decimal(0))} % ({money(allowance.amount, invoice.currency)})"
        raw = line.quantity * line.net_price - sum((a.amount for a in line.allowances), Decimal(0))
        if raw != line.net_amount:
            how += f" = {price(raw)}, arrondi au centime"
        told.append((line.name, how, money(line.net_amount, invoice.currency)))
    return told


class CentsSheet(Sheet):
    """The steps, readable."""

    def __init__(self, composition: Composition) -> None:
        super().__init__("D’où viennent ces montants ?")
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().gap.l)
        grid.setVerticalSpacing(look().gap.s)
        for index, (what, how, amount) in enumerate(steps(composition)):
            role = "strong" if what == "Net à payer" else ""
            grid.addWidget(Label(what, role, wrap=True), index, 0)
            grid.addWidget(Label(how, "muted", wrap=True), index, 1)
            value = Label(amount, role)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, index, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        host = QWidget()
        column(grid, 1, of=host)
        host.setMinimumWidth(look().ems(30))
        area = scrolled(host)
        area.setMinimumWidth(host.minimumWidth() + look().gap.l)
        area.setMinimumHeight(min(look().ems(30), grid.sizeHint().height() + look().gap.l))
        self.body.addWidget(area)
        self.body.addWidget(
            Label(
                "La TVA se calcule une fois par taux, sur le total des lignes : c’est la règle européenne.",
                "muted",
                wrap=True,
            )
        )
        close = self.add_button(Button("Fermer", "primary"), accepts=True)
        close.setDefault(True)
