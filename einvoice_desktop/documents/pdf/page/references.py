"""The references a customer looks for on an invoice (BT-10 to BT-19, BG-3, BG-14), as pairs of a label and a value."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.domain.invoice import Invoice


def references(invoice: Invoice) -> list[tuple[str, str]]:
    """One pair for each reference the document has, in the order people look for them."""
    pairs = [
        ("Commande", invoice.purchase_order_reference),
        ("Contrat", invoice.contract_reference),
        ("Votre référence", invoice.buyer_reference),
        ("Projet", invoice.project_reference),
        ("Marché", invoice.tender_or_lot_reference),
        ("Notre commande", invoice.sales_order_reference),
        ("Bon de livraison", invoice.despatch_advice_reference),
        ("Réception", invoice.receiving_advice_reference),
        ("Objet facturé", invoice.invoiced_object.value if invoice.invoiced_object else ""),
        ("Imputation", invoice.buyer_accounting_reference),
        ("Période", _period(invoice)),
    ]
    return [pair for pair in [*pairs, *wording.deposits(invoice)] if pair[1].strip()]


def _period(invoice: Invoice) -> str:
    period = invoice.delivery.period if invoice.delivery is not None else None
    return figures.span(period.start, period.end) if period is not None else ""
