"""VAT by rate and category (BG-23), as rows of the totals."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.languages import both, second
from einvoice_desktop.documents.pdf.page.mentions import is_franchise
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.vat import VatBreakdown

_MARGINS = frozenset({"VATEX-EU-D", "VATEX-EU-F", "VATEX-EU-I", "VATEX-EU-J"})


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of the totals; a strong one is a total of those above it."""

    label: str
    amount: str
    is_strong: bool = False


def vat_sums(invoice: Invoice, language: str = "") -> list[Sum]:
    """One row per group of the breakdown, what is taxed first; none for a document all in franchise."""
    if is_franchise(invoice):
        return []
    currency = invoice.currency
    taxed_first = sorted(invoice.totals.breakdown, key=lambda group: not group.tax_amount)
    rows = [_row(invoice, group, language) for group in taxed_first]
    if not rows and invoice.totals.vat:
        rows = [Sum(both("TVA", language), figures.money(invoice.totals.vat, currency))]
    elif len([group for group in taxed_first if group.tax_amount]) > 1:
        rows.append(Sum(both("Total TVA", language), figures.money(invoice.totals.vat, currency)))
    return rows


def _row(invoice: Invoice, group: VatBreakdown, language: str) -> Sum:
    base = figures.money(group.taxable_amount, invoice.currency)
    other = second("TVA", language)
    tail = f" / {other}" if other else ""
    return Sum(f"{_name(invoice, group)} sur {base}{tail}", figures.money(group.tax_amount, invoice.currency))


def _name(invoice: Invoice, group: VatBreakdown) -> str:
    if not group.tax_amount and group.category not in {"S", "Z", "L", "M"}:
        return _untaxed(invoice, group)
    return f"TVA{_whose(invoice)} {figures.percent(group.rate if group.rate is not None else ZERO)}"


def _whose(invoice: Invoice) -> str:
    """The country of a VAT that is not French (BOI-TVA-DECLA-30-20-20-10 §360): the prefix of the number it is due under."""
    party = invoice.tax_representative or invoice.seller
    prefix = party.vat_number[:2].upper()
    if not prefix.isalpha() or prefix == "FR":
        return ""
    return f" ({wording.country({'EL': 'GR'}.get(prefix, prefix))})"


def _untaxed(invoice: Invoice, group: VatBreakdown) -> str:
    if group.category == "AE":
        return "Autoliquidation"
    if group.category == "K":
        return "Livraison intracommunautaire exonérée"
    if group.category == "G":
        is_service = invoice.business_process[:1] == "S"
        return "Prestation hors de l’Union européenne" if is_service else "Exportation exonérée"
    if group.category == "E" and group.exemption_code in _MARGINS:
        return "Régime de la marge"
    return "Hors champ de la TVA" if group.category == "O" else "Exonéré de TVA"
