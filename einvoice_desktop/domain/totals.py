"""The one place that computes amounts: screen, XML, PDF, ledger and exports read its result.

Received invoices keep the totals their sender stated and never pass here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.vat import VatBreakdown, VatTreatment

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of a document (BG-22) and its VAT breakdown (BG-23), in the currency of the invoice.

    Attributes:
        line_net: sum of line net amounts (BT-106).
        allowances, charges: document level (BT-107, BT-108).
        without_vat: BT-109. vat: BT-110. vat_in_accounting_currency: BT-111. with_vat: BT-112.
        paid: BT-113. rounding: BT-114. due: BT-115 = BT-112 - BT-113 + BT-114.
        breakdown: BG-23, sorted by category then rate, so that line order changes nothing.
    """

    line_net: Decimal
    without_vat: Decimal
    vat: Decimal
    with_vat: Decimal
    due: Decimal
    allowances: Decimal = ZERO
    charges: Decimal = ZERO
    paid: Decimal = ZERO
    rounding: Decimal = ZERO
    vat_in_accounting_currency: Decimal | None = None
    breakdown: tuple[VatBreakdown, ...] = ()


def line_net_amount(line: Line, currency: str = "EUR") -> Decimal:
    """BT-131: quantity × net price ÷ base quantity, less allowances, plus charges, rounded once, half-up.

    The stated ``line.net_amount`` is not read.
    """
    return net_amount_of(
        line.quantity, line.net_price, line.base_quantity, line.allowances, line.charges, currency=currency
    )


def net_amount_of(
    quantity: Decimal,
    net_price: Decimal,
    base_quantity: Decimal | None,
    allowances: tuple[Allowance, ...] = (),
    charges: tuple[Allowance, ...] = (),
    *,
    currency: str = "EUR",
) -> Decimal:
    """BT-131 of what will be a line: see :func:`line_net_amount`."""
    raw = quantity * net_price
    if base_quantity:
        raw /= base_quantity
    for allowance in allowances:
        raw -= allowance.amount
    for charge in charges:
        raw += charge.amount
    return to_amount(raw, currency)


def percentage_off(
    quantity: Decimal,
    net_price: Decimal,
    base_quantity: Decimal | None,
    percentage: Decimal,
    *,
    currency: str = "EUR",
) -> Decimal:
    """BT-136 of a discount typed in percent: what it leaves of the line is rounded once, half-up (R-018).

    10,05 € less 10 % are 9,05 €: the discount is then 1,00 €, not the 1,01 € its own rounding would give.
    """
    raw = quantity * net_price / (base_quantity or Decimal(1))
    return to_amount(raw, currency) - to_amount(raw * (_WHOLE - percentage) / _WHOLE, currency)


def with_net_amounts(lines: Iterable[Line], currency: str = "EUR") -> tuple[Line, ...]:
    """The same lines with BT-131 computed."""
    return tuple(replace(line, net_amount=line_net_amount(line, currency)) for line in lines)


def with_reasons(lines: Iterable[Line], breakdown: Iterable[VatBreakdown]) -> tuple[Line, ...]:
    """Lines carrying the exemption reason (BT-120, BT-121) that EN 16931 writes in the breakdown only."""
    reasons = {(str(g.category), _normal(g.rate)): (g.exemption_reason, g.exemption_code) for g in breakdown}
    completed = []
    for line in lines:
        text, code = reasons.get((str(line.vat.category), _normal(line.vat.rate)), (None, None))
        vat = replace(
            line.vat,
            exemption_reason=line.vat.exemption_reason or text,
            exemption_code=line.vat.exemption_code or code,
        )
        completed.append(replace(line, vat=vat))
    return tuple(completed)


def _normal(rate: Decimal | None) -> Decimal:
    return ZERO if rate is None else rate.normalize()


def compute_totals(
    lines: Iterable[Line],
    *,
    allowances: Iterable[Allowance] = (),
    charges: Iterable[Allowance] = (),
    currency: str = "EUR",
    paid: Decimal = ZERO,
    rounding: Decimal = ZERO,
    vat_in_accounting_currency: Decimal | None = None,
    by_reason: bool = False,
) -> Totals:
    """Totals of a document from its lines (whose ``net_amount`` is taken as it is), R-021.

    VAT is computed once per (category, rate) on the sum of the bases, then summed (BR-CO-14, BR-CO-17). ``by_reason``
    makes one group of each reason for exemption, as extended profiles hold them; no amount of BG-22 changes.

    Raises:
        ValueError: a document allowance or charge carries no VAT treatment (BR-32, BR-37).
    """
    lines, allowances, charges = tuple(lines), tuple(allowances), tuple(charges)
    line_net = to_amount(sum((line.net_amount for line in lines), ZERO), currency)
    allowance_total = to_amount(sum((a.amount for a in allowances), ZERO), currency)
    charge_total = to_amount(sum((c.amount for c in charges), ZERO), currency)
    breakdown = _breakdown(lines, allowances, charges, currency, by_reason=by_reason)
    without_vat = line_net - allowance_total + charge_total
    vat = to_amount(sum((group.tax_amount for group in breakdown), ZERO), currency)
    with_vat = without_vat + vat
    return Totals(
        line_net=line_net,
        allowances=allowance_total,
        charges=charge_total,
        without_vat=without_vat,
        vat=vat,
        vat_in_accounting_currency=vat_in_accounting_currency,
        with_vat=with_vat,
        paid=to_amount(paid, currency),
        rounding=to_amount(rounding, currency),
        due=to_amount(with_vat - paid + rounding, currency),
        breakdown=breakdown,
    )


def merged_groups(breakdown: tuple[VatBreakdown, ...]) -> tuple[VatBreakdown, ...]:
    """One group for each category and rate, as EN 16931 holds them (BR-E-01…); the very same when they are so already.

    Reasons are joined, the first code is kept.
    """
    merged: dict[tuple[str, Decimal], VatBreakdown] = {}
    for group in breakdown:
        key = (str(group.category), _normal(group.rate))
        known = merged.get(key)
        if known is None:
            merged[key] = group
            continue
        texts = dict.fromkeys(text for text in (known.exemption_reason, group.exemption_reason) if text)
        merged[key] = replace(
            known,
            taxable_amount=known.taxable_amount + group.taxable_amount,
            tax_amount=known.tax_amount + group.tax_amount,
            exemption_reason=" ; ".join(texts) or None,
            exemption_code=known.exemption_code or group.exemption_code,
        )
    return breakdown if len(merged) == len(breakdown) else tuple(merged.values())


_Group = tuple[str, Decimal | None, tuple[str, str]]


def _breakdown(
    lines: tuple[Line, ...],
    allowances: tuple[Allowance, ...],
    charges: tuple[Allowance, ...],
    currency: str,
    *,
    by_reason: bool,
) -> tuple[VatBreakdown, ...]:
    bases: dict[_Group, Decimal] = {}
    reasons: dict[_Group, set[tuple[str, str]]] = {}

    def add(vat: VatTreatment | None, amount: Decimal) -> None:
        if vat is None:
            raise ValueError("a document allowance or charge needs a VAT category (BR-32, BR-37)")
        rate = None if vat.rate is None else vat.rate.normalize()
        reason = (vat.exemption_reason or "", vat.exemption_code or "")
        key = (str(vat.category), rate, reason if by_reason and not rate else ("", ""))
        bases[key] = bases.get(key, ZERO) + amount
        if any(reason):
            reasons.setdefault(key, set()).add(reason)

    for line in lines:
        add(line.vat, line.net_amount)
    for allowance in allowances:
        add(allowance.vat, -allowance.amount)
    for charge in charges:
        add(charge.vat, charge.amount)

    groups = []
    for key, base in bases.items():
        category, rate, _ = key
        # Several reasons for one category fit only EXTENDED; joined, none is lost and order changes nothing.
        texts = sorted(reasons.get(key, ()))
        reason = " ; ".join(dict.fromkeys(t for t, _ in texts if t)) or None
        code = next((c for _, c in texts if c), None)
        taxable = to_amount(base, currency)
        tax = to_amount(taxable * (rate or ZERO) / 100, currency)
        groups.append(VatBreakdown(category, rate, taxable, tax, reason, code))
    return tuple(
        sorted(
            groups,
            key=lambda g: (g.category, -(g.rate or ZERO), g.exemption_code or "", g.exemption_reason or ""),
        )
    )
