"""Reading the rows of a form: one line of the document each, or what is wrong at which cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.limits import (
    NAME_LIMIT,
    PRICE_PLACES,
    QUANTITY_PLACES,
    has_more_decimals,
    is_too_large,
)
from einvoice_desktop.domain.lines import UNITS, Allowance, Line
from einvoice_desktop.domain.money import ZERO, round_half_up, to_amount
from einvoice_desktop.domain.totals import line_net_amount
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.domain.vat_choices import vat_choice

_WHOLE = Decimal(100)


def read_line(index: int, row: DraftLine, currency: str, found: list[Finding]) -> Line | None:
    """The line of ``row`` with its net amount; ``None`` for a blank row or one that cannot be read."""
    if row.is_blank:
        return None
    at = f"lines.{index}."
    if not row.name.strip():
        found.append(Finding("ED-REQUIRED", at + "name"))
    found.extend(
        Finding("ED-TOO-LONG", at + field, params={"limit": str(NAME_LIMIT)})
        for field in ("name", "description")
        if len(getattr(row, field)) > NAME_LIMIT
    )
    quantity = _number(at + "quantity", row.quantity, QUANTITY_PLACES, found)
    price = _number(at + "unit_price", row.unit_price, PRICE_PLACES, found)
    if quantity is not None and quantity == 0:
        found.append(Finding("ED-QUANTITY-ZERO", at + "quantity"))
    if price is not None and price < 0:
        found.append(Finding("ED-PRICE-NEGATIVE", at + "unit_price"))
    if row.unit not in UNITS:
        found.append(Finding("ED-UNIT", at + "unit", Severity.WARNING, params={"typed": row.unit}))
    choice = vat_choice(row.vat)
    if choice is None:
        found.append(Finding("ED-VAT-CATEGORY", at + "vat"))
    if quantity is None or price is None or choice is None:
        return None
    if is_too_large(quantity, price):
        found.append(Finding("ED-AMOUNT-TOO-LARGE", at + "unit_price"))
        return None
    line = Line(
        id=str(index + 1),
        name=row.name.strip(),
        description=row.description.strip(),
        quantity=quantity,
        unit=row.unit,
        net_price=price,
        vat=choice.treatment,
        net_amount=ZERO,
        allowances=_line_discount(at, row, to_amount(quantity * price, currency), currency, found),
        seller_item_id=row.product_code.strip(),
    )
    return replace(line, net_amount=line_net_amount(line, currency))


def read_global_discount(form: DraftForm, lines: tuple[Line, ...], found: list[Finding]) -> tuple[Allowance, ...]:
    """A percentage off the whole document: one allowance for each VAT treatment (BG-20)."""
    percentage = _percentage("global_discount", form.global_discount, found)
    if percentage is None:
        return ()
    bases: dict[VatTreatment, Decimal] = {}
    for line in lines:
        bases[line.vat] = bases.get(line.vat, ZERO) + line.net_amount
    return tuple(
        Allowance(
            to_amount(base * percentage / _WHOLE, form.currency),
            base_amount=base,
            percentage=percentage,
            reason="Remise",
            reason_code="95",
            vat=vat,
        )
        for vat, base in bases.items()
    )


def _number(place: str, text: str, places: int, found: list[Finding]) -> Decimal | None:
    value = parse_decimal(text)
    if value is None:
        found.append(Finding("ED-NUMBER", place, params={"typed": text}))
        return None
    if has_more_decimals(value, places):
        if not text.strip().startswith("="):
            found.append(Finding("ED-DECIMALS", place, params={"limit": str(places)}))
        value = round_half_up(value, places)
    return value


def _percentage(place: str, text: str, found: list[Finding]) -> Decimal | None:
    if not text.strip():
        return None
    value = parse_decimal(text)
    if value is None:
        found.append(Finding("ED-NUMBER", place, params={"typed": text}))
        return None
    if not 0 <= value <= _WHOLE:
        found.append(Finding("ED-DISCOUNT-RANGE", place))
        return None
    return value or None


def _line_discount(
    at: str, row: DraftLine, base: Decimal, currency: str, found: list[Finding]
) -> tuple[Allowance, ...]:
    percentage = _percentage(at + "discount", row.discount, found)
    if percentage is None:
        return ()
    amount = to_amount(base * percentage / _WHOLE, currency)
    return (Allowance(amount, base_amount=base, percentage=percentage, reason="Remise", reason_code="95"),)
