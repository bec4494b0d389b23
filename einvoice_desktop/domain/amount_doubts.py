"""Amounts as sent that do not follow from one another, although the official files accept them.

BR-CO-17 tolerates a euro on the VAT of a rate, and no file multiplies a quantity by its price.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.limits import is_too_large
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import to_amount
from einvoice_desktop.domain.totals import line_net_amount
from einvoice_desktop.domain.vat import VatBreakdown

LINE_TOLERANCE = Decimal("0.02")
"""What PEPPOL-EN16931-R120 leaves to rounding on a line, in euros; other currencies may round to the unit."""

_CENT = Decimal("0.01")
_HALF_A_CENT = Decimal("0.005")


def find_amount_doubts(invoice: Invoice) -> tuple[Finding, ...]:
    """Lines whose amount is not quantity × price ± allowances, VAT that is not base × rate, credits that are negative."""
    return (*_lines(invoice), *_vat(invoice), *_sign(invoice))


def _lines(invoice: Invoice) -> Iterator[Finding]:
    """BT-131 = BT-129 × BT-146 ÷ BT-149 ± BT-136, BT-141 (EN 16931-1, 6.4.1; PEPPOL-EN16931-R120)."""
    for index, line in enumerate(invoice.lines):
        if not _can_be_computed(line):
            continue
        computed = line_net_amount(line, invoice.currency)
        gap = abs(computed - line.net_amount)
        if gap >= _CENT and line.status not in {"GROUP", "INFORMATION"}:
            tolerance = LINE_TOLERANCE if invoice.currency == "EUR" else Decimal(1)
            severity = Severity.WARNING if gap <= tolerance else Severity.ERROR
            yield _differs("ED-LINE-AMOUNT", f"lines.{index}.net_amount", severity, line.net_amount, computed)


def _can_be_computed(line: Line) -> bool:
    base = line.base_quantity
    if base is not None and base <= 0:
        return False
    amounts = [line.net_amount, *(change.amount for change in (*line.allowances, *line.charges))]
    return not is_too_large(line.quantity, line.net_price, 1 / (base or Decimal(1))) and not any(
        map(is_too_large, amounts)
    )


def _vat(invoice: Invoice) -> Iterator[Finding]:
    """BT-117 = BT-116 × BT-119 ÷ 100 to the cent (EN 16931-1, BR-CO-17).

    Only suspicious: the sum of what was rounded line by line, and other currencies, some of which round to the unit.
    """
    for group in invoice.totals.breakdown:
        if group.rate is None or is_too_large(group.taxable_amount, group.rate):
            continue
        computed = to_amount(group.taxable_amount * group.rate / 100, invoice.currency)
        gap = abs(computed - group.tax_amount)
        if gap >= _CENT:
            is_tolerable = invoice.currency != "EUR" or gap <= _rounded_by_line(invoice, group)
            severity = Severity.WARNING if is_tolerable else Severity.ERROR
            place = f"totals.breakdown.{group.category}-{group.rate.normalize():f}"
            yield _differs("ED-VAT-AMOUNT", place, severity, group.tax_amount, computed)


def _rounded_by_line(invoice: Invoice, group: VatBreakdown) -> Decimal:
    """The most that rounding the VAT of each line can move the VAT of a group."""
    of_group = sum(1 for line in invoice.lines if (line.vat.category, line.vat.rate) == (group.category, group.rate))
    return max(_CENT, _HALF_A_CENT * (of_group + 1))


def _sign(invoice: Invoice) -> Iterator[Finding]:
    """A credit note carries positive amounts; a negative one would ask for money (Z12-014 UC5b)."""
    if invoice.is_credit_note and invoice.totals.with_vat < 0:
        yield Finding("ED-CREDIT-NEGATIVE", "totals.with_vat", params={"stated": f"{invoice.totals.with_vat:f}"})


def _differs(code: str, place: str, severity: Severity, stated: Decimal, computed: Decimal) -> Finding:
    params = {"stated": f"{stated:f}", "computed": f"{computed:f}"}
    return Finding(code, place, severity, suggested_value=f"{computed:f}", params=params)
