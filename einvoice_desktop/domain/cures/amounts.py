"""Amounts that follow from others: totals, VAT, roundings (BR-CO-10 to BR-CO-17, BR-S-08…, BR-DEC, BR-FR-DEC)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from einvoice_desktop.domain.cures.fault import Fault
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.domain.money import ZERO, minor_units, plain, round_half_up, to_amount
from einvoice_desktop.domain.totals import line_net_amount
from einvoice_desktop.domain.vat import VatBreakdown

_QUANTITY_DECIMALS, _PRICE_DECIMALS = 4, 6


def _amount(fault: Fault, value: Decimal) -> str:
    return f"{to_amount(value, fault.invoice.currency):f}"


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def line_total(fault: Fault) -> str:
    """BT-106 = Σ BT-131, lines of grouping and information left out (BR-CO-10, BR-FREXT-CO-10)."""
    counted = [line for line in fault.invoice.lines if line.status in {"", "DETAIL"}]
    return _amount(fault, _sum(line.net_amount for line in counted))


def allowance_total(fault: Fault) -> str:
    """BT-107 = Σ BT-92 (BR-CO-11)."""
    return _amount(fault, _sum(each.amount for each in fault.invoice.allowances))


def charge_total(fault: Fault) -> str:
    """BT-108 = Σ BT-99 (BR-CO-12)."""
    return _amount(fault, _sum(each.amount for each in fault.invoice.charges))


def total_without_vat(fault: Fault) -> str:
    """BT-109 = BT-106 - BT-107 + BT-108, from the lines, allowances and charges themselves (BR-CO-13)."""
    return _amount(fault, Decimal(line_total(fault)) - Decimal(allowance_total(fault)) + Decimal(charge_total(fault)))


def vat_total(fault: Fault) -> str:
    """BT-110 = Σ BT-117 (BR-CO-14)."""
    return _amount(fault, _sum(group.tax_amount for group in fault.invoice.totals.breakdown))


def total_with_vat(fault: Fault) -> str:
    """BT-112 = BT-109 + BT-110 (BR-CO-15)."""
    totals = fault.invoice.totals
    return _amount(fault, totals.without_vat + totals.vat)


def amount_due(fault: Fault) -> str:
    """BT-115 = BT-112 - BT-113 + BT-114 (BR-CO-16)."""
    totals = fault.invoice.totals
    return _amount(fault, totals.with_vat - totals.paid + totals.rounding)


def vat_of_rate(fault: Fault) -> str | None:
    """BT-117 = BT-116 × BT-119 / 100 of the group spoken of (BR-CO-17, BR-S-09)."""
    group = fault.group
    return None if group is None else _amount(fault, group.taxable_amount * (group.rate or ZERO) / 100)


def vat_base(fault: Fault) -> str | None:
    """BT-116: lines and charges of the same category and rate, less the allowances (BR-S-08 and its like)."""
    group, invoice = fault.group, fault.invoice
    if group is None or any(line.status not in {"", "DETAIL"} for line in invoice.lines):
        return None
    if sum(_is_of(group, other.category, other.rate) for other in invoice.totals.breakdown) > 1:
        return None  # several reasons for one rate: which lines belong to which is not for us to guess
    bases = [line.net_amount for line in invoice.lines if _is_of(group, line.vat.category, line.vat.rate)]
    bases += [-each.amount for each in invoice.allowances if _has_vat_of(group, each)]
    bases += [each.amount for each in invoice.charges if _has_vat_of(group, each)]
    return _amount(fault, _sum(bases))


def _is_of(group: VatBreakdown, category: str, rate: Decimal | None) -> bool:
    return str(category) == str(group.category) and (rate or ZERO) == (group.rate or ZERO)


def _has_vat_of(group: VatBreakdown, change: Allowance) -> bool:
    return change.vat is not None and _is_of(group, change.vat.category, change.vat.rate)


def line_amount(fault: Fault) -> str | None:
    """BT-131 of the line: quantity × price ÷ base quantity, less allowances, plus charges."""
    line = fault.line
    if line is None or not (line.base_quantity is None or line.base_quantity > 0):
        return None
    return f"{line_net_amount(line, fault.invoice.currency):f}"


def rounded_amount(fault: Fault) -> str | None:
    """The amount at the place, rounded half-up to what the currency has (BR-DEC, BR-FR-DEC-01)."""
    value = _amount_at(fault)
    return None if value is None else _amount(fault, value)


def _amount_at(fault: Fault) -> Decimal | None:
    head, _, field = fault.place.partition(".")
    totals = fault.invoice.totals
    if head in {"paid", "rounding"}:
        return totals.paid if head == "paid" else totals.rounding
    if head == "totals":
        value = getattr(totals, field, None)
        return value if isinstance(value, Decimal) else None
    line = fault.line
    if line is None:
        changes = (*fault.invoice.allowances, *fault.invoice.charges) if head == "changes" else ()
        return _too_precise(fault, changes)
    if field.endswith(".net_amount"):
        return line.net_amount
    return _too_precise(fault, line.charges if field.endswith(".charge") else line.allowances)


def _too_precise(fault: Fault, changes: Iterable[Allowance]) -> Decimal | None:
    """The only amount with too many decimals."""
    places = minor_units(fault.invoice.currency)
    amounts = [amount for each in changes for amount in (each.amount, each.base_amount) if amount is not None]
    wrong = [amount for amount in amounts if amount != round_half_up(amount, places)]
    return wrong[0] if len(wrong) == 1 else None


def rounded_quantity(fault: Fault) -> str | None:
    """The quantity (BT-129) or base quantity (BT-149) with four decimals at most (BR-FR-DEC-02)."""
    line = fault.line
    if line is None:
        return None
    value = line.base_quantity if fault.place.endswith(".base_quantity") else line.quantity
    return None if value is None else plain(round_half_up(value, _QUANTITY_DECIMALS))


def rounded_price(fault: Fault) -> str | None:
    """The price with six decimals at most (BR-FR-DEC-03); a negative one is for the quantity to mend."""
    line = fault.line
    if line is None:
        return None
    field = fault.place.rpartition(".")[2]
    value = {"gross_price": line.gross_price, "price_discount": line.price_discount}.get(field, line.net_price)
    return None if value is None or value < 0 else plain(round_half_up(value, _PRICE_DECIMALS))


def already_paid(fault: Fault) -> str:
    """An invoice already paid states its whole total as paid (BR-FR-CO-09)."""
    return _amount(fault, fault.invoice.totals.with_vat)
