"""The data of a document, read-only: parties, dates, references, lines, totals, fingerprints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.formats import day, identifier
from einvoice_desktop.ui.widgets.labels import AmountLabel, Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.tabs import panel_area
from einvoice_desktop.ui.widgets.totals_box import TotalsBox

Fact = tuple[str, str]


def invoice_facts(invoice: Invoice) -> tuple[Fact, ...]:
    """What the document says, in words; empty facts are left out."""
    address = invoice.buyer.electronic_address
    delivery = invoice.delivery.date if invoice.delivery is not None else None
    preceding = ", ".join(p.number for p in invoice.preceding)
    facts = (
        ("Client", " · ".join(p for p in (invoice.buyer.name, identifier(invoice.buyer.siren)) if p)),
        ("Adressage", f"{address.scheme}:{address.value}" if address is not None else ""),
        ("Date", day(invoice.issue_date)),
        ("Échéance", day(invoice.due_date)),
        ("Livraison", day(delivery) if delivery is not None else ""),
        ("Facture d’origine", preceding),
        ("Bon de commande", invoice.purchase_order_reference),
        ("Contrat", invoice.contract_reference),
        ("Référence client", invoice.buyer_reference),
        ("Cadre", invoice.business_process),
    )
    return tuple(fact for fact in facts if fact[1])


class DataPanel(QWidget):
    """The facts."""

    def __init__(self) -> None:
        super().__init__()
        host = QWidget()
        self._body = column(gap="m", margin="l", of=host)
        column(panel_area(host), gap="", of=self)

    def show_invoice(self, invoice: Invoice, prints: Sequence[Fact]) -> None:
        """Show a document; ``prints``: names and fingerprints of its frozen files."""
        clear(self._body)
        self._body.addLayout(_grid(invoice_facts(invoice)))
        self._body.addWidget(Line())
        for line in invoice.lines:
            name = Label(line.name, wrap=True)
            pair = row(name, AmountLabel(line.net_amount, invoice.currency), gap="m")
            pair.setStretch(0, 1)
            self._body.addLayout(pair)
        self._body.addWidget(Line())
        totals = TotalsBox()
        totals.show_totals(invoice.totals, invoice.currency)
        self._body.addWidget(totals)
        self._body.addWidget(Line())
        self._body.addWidget(Label("Empreintes SHA-256 des fichiers figés", "label"))
        self._body.addLayout(_grid([(name, _grouped(value)) for name, value in prints], small=True))
        self._body.addStretch(1)


def _grouped(text: str) -> str:
    """A fingerprint in groups of eight, so that it can be read and wraps."""
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))


def _grid(facts: Sequence[Fact], *, small: bool = False) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(look().gap.l)
    grid.setVerticalSpacing(look().gap.s)
    for index, (name, value) in enumerate(facts):
        grid.addWidget(Label(name, "small" if small else "muted"), index, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(value, "small" if small else "", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words, index, 1)
    grid.setColumnStretch(1, 1)
    return grid
