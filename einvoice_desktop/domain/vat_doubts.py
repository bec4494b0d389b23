"""VAT that contradicts itself although every official file accepts it: rates, reasons, credit notes that are none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.vat import VatCategory

NET_OF_TAX = "VATEX-FR-CNWVAT"
"""« Avoir net de taxe »: on the credit notes 261, 381 and 396 only (A7 G6.21); no file checks it."""

_NET_OF_TAX_TYPES = frozenset({"261", "381", "396"})
_WITHOUT_TAX = frozenset({
    VatCategory.ZERO_RATED,
    VatCategory.EXEMPT,
    VatCategory.REVERSE_CHARGE,
    VatCategory.INTRA_COMMUNITY,
    VatCategory.EXPORT,
    VatCategory.OUT_OF_SCOPE,
})  # fmt: skip


def vat_doubts(invoice: Invoice) -> Iterator[Finding]:
    """What the VAT of a document says against itself."""
    for place, category, rate in _treatments(invoice):
        if _contradict(category, rate):
            typed = "" if rate is None else f"{rate:f}"
            yield Finding("ED-VAT-RATE-CATEGORY", place, params={"typed": category, "rate": typed})
    yield from _reasons(invoice)
    yield from _net_of_tax(invoice)


def _treatments(invoice: Invoice) -> Iterator[tuple[str, str, Decimal | None]]:
    """Category and rate of every line, allowance, charge and group, each at its place."""
    for index, line in enumerate(invoice.lines):
        yield f"lines.{index}.vat", line.vat.category, line.vat.rate
    for name, changes in (("allowances", invoice.allowances), ("charges", invoice.charges)):
        for index, change in enumerate(changes):
            if change.vat is not None:
                yield f"{name}.{index}.vat", change.vat.category, change.vat.rate
    for group in invoice.totals.breakdown:
        yield f"totals.breakdown.{group.category}", group.category, group.rate


def _contradict(category: str, rate: Decimal | None) -> bool:
    """A rate where nothing is taxed, or none where something is (art. 196 and 226-10 of directive 2006/112/EC)."""
    if category in _WITHOUT_TAX:
        return rate is not None and rate != ZERO
    return category == VatCategory.STANDARD and rate == ZERO


def _reasons(invoice: Invoice) -> Iterator[Finding]:
    """An exemption names its reason (art. 226-11 of the directive; CGI ann. II art. 242 nonies A, I-12°)."""
    for group in invoice.totals.breakdown:
        if group.category == VatCategory.EXEMPT and not (group.exemption_reason or group.exemption_code):
            yield Finding("ED-EXEMPTION-REASON", f"totals.breakdown.{group.category}")


def _net_of_tax(invoice: Invoice) -> Iterator[Finding]:
    codes = {group.exemption_code for group in invoice.totals.breakdown}
    codes |= {line.vat.exemption_code for line in invoice.lines}
    if NET_OF_TAX in codes and invoice.type_code not in _NET_OF_TAX_TYPES:
        yield Finding("ED-VATEX-CREDIT-ONLY", "type_code", params={"typed": invoice.type_code})
