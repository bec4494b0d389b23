"""Reading the rows of a form: one line of the document each, or what is wrong at which cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TypedDict

from stdnum import ean

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.form_fields import (
    clean,
    read_country,
    read_date,
    read_number,
    read_percentage,
    read_period,
    read_positive_amount,
)
from einvoice_desktop.domain.identifiers import compact
from einvoice_desktop.domain.limits import PRICE_PLACES, QUANTITY_PLACES, is_too_large
from einvoice_desktop.domain.lines import UNITS, Allowance, Classification, Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.nearest import near_unit
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.references import Period, PrecedingInvoice
from einvoice_desktop.domain.totals import net_amount_of, percentage_off
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.domain.vat_choices import vat_choice

_WHOLE = Decimal(100)
_LONGEST_KEPT = 4000
SCHEME_GTIN = "0160"
DISCOUNT, DISCOUNT_CODE = "Remise", "95"
CHARGE, CHARGE_CODE = "Frais supplémentaires", "ABK"
"""Words and codes (UNCL 5189, 7161) of a discount and a charge that give no reason (BR-42, BR-44)."""


def read_line(index: int, row: DraftLine, currency: str, found: list[Finding]) -> Line | None:
    """The line of ``row`` with its net amount; ``None`` for a blank row or one that cannot be computed."""
    if row.is_blank:
        return None
    if len(row.name) + len(row.description) + len(row.note) + len(row.attributes) > _LONGEST_KEPT:
        return _line(index, row, currency, found)
    line, findings = _reading(index, row, currency)
    found.extend(findings)
    return line


@lru_cache(maxsize=2048)
def _reading(index: int, row: DraftLine, currency: str) -> tuple[Line | None, tuple[Finding, ...]]:
    """What a row says: at each key one row changes, the others are known already."""
    found: list[Finding] = []
    line = _line(index, row, currency, found)
    return line, tuple(found)


def _line(index: int, row: DraftLine, currency: str, found: list[Finding]) -> Line | None:
    at = f"lines.{index}."
    if not row.name.strip():
        found.append(Finding("ED-REQUIRED", at + "name"))
    if row.unit not in UNITS:
        params = {"typed": row.unit}
        found.append(
            Finding("ED-UNIT", at + "unit", Severity.WARNING, suggested_value=near_unit(row.unit), params=params)
        )
    quantity, price, base_quantity = _price(at, row, currency, found)
    vat = _treatment(at, row, found)
    is_computable = quantity is not None and price is not None and vat is not None
    if is_computable and is_too_large(quantity or ZERO, price or ZERO, 1 / (base_quantity or Decimal(1))):
        found.append(Finding("ED-AMOUNT-TOO-LARGE", at + "unit_price"))
        is_computable = False
    if quantity is None or price is None or vat is None or not is_computable:
        _details(at, row, found)
        return None
    gross = net_amount_of(quantity, price, base_quantity, currency=currency)

    def off(percentage: Decimal) -> Decimal:
        return percentage_off(quantity, price, base_quantity, percentage, currency=currency)

    allowances = _discounts(at, row, gross, off, currency, found)
    charges = _charges(at, row, currency, found)
    return Line(
        id=str(index + 1),
        name=clean(row.name),
        description=clean(row.description),
        quantity=quantity,
        unit=row.unit,
        net_price=price,
        base_quantity=base_quantity,
        base_quantity_unit=row.unit if base_quantity is not None else "",
        vat=vat,
        net_amount=net_amount_of(quantity, price, base_quantity, allowances, charges, currency=currency),
        allowances=allowances,
        charges=charges,
        seller_item_id=clean(row.product_code),
        **_details(at, row, found),
    )


def _price(
    at: str, row: DraftLine, currency: str, found: list[Finding]
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    quantity = read_number(at + "quantity", row.quantity, QUANTITY_PLACES, found)
    price = read_number(at + "unit_price", row.unit_price, PRICE_PLACES, found)
    base_quantity = None
    if row.base_quantity.strip():
        base_quantity = read_number(at + "base_quantity", row.base_quantity, QUANTITY_PLACES, found)
        if base_quantity is None:
            price = None
        elif base_quantity <= 0:
            found.append(Finding("ED-QUANTITY-ZERO", at + "base_quantity"))
            base_quantity, price = None, None
    if quantity is not None and quantity == 0:
        found.append(Finding("ED-QUANTITY-ZERO", at + "quantity"))
    if "€" in row.unit_price and currency != "EUR":
        params = {"currency": currency, "typed": row.unit_price}
        found.append(Finding("ED-CURRENCY-DIFFERS", at + "unit_price", params=params))
    if price is not None and price < 0:
        found.append(Finding("ED-PRICE-NEGATIVE", at + "unit_price"))
    return quantity, price, base_quantity


def _treatment(at: str, row: DraftLine, found: list[Finding]) -> VatTreatment | None:
    choice = vat_choice(row.vat)
    if choice is None:
        found.append(Finding("ED-VAT-CATEGORY", at + "vat", params={"typed": row.vat}))
        return None
    reason = clean(row.exemption_reason)
    if choice.treatment.category in {"S", "Z"}:
        return choice.treatment
    if not reason and not choice.treatment.exemption_reason:
        found.append(Finding("ED-EXEMPTION-REASON", at + "exemption_reason"))
    elif not choice.treatment.exemption_code:
        found.append(Finding("ED-EXEMPTION-CODE", at + "vat", Severity.WARNING))  # A7 G1.40
    if reason:
        return replace(choice.treatment, exemption_reason=reason)
    return choice.treatment


class _Details(TypedDict, total=False):
    """Terms of a line that need no arithmetic."""

    note: str
    period: Period | None
    object_id: Identifier | None
    order_line_reference: str
    accounting_reference: str
    buyer_item_id: str
    standard_item_id: Identifier | None
    classifications: tuple[Classification, ...]
    origin_country: str
    attributes: tuple[tuple[str, str], ...]
    order_reference: str
    despatch_advice_reference: str
    preceding: PrecedingInvoice | None


def _details(at: str, row: DraftLine, found: list[Finding]) -> _Details:
    """The seldom terms of the row, none when nothing of them was typed."""
    if not _has_details(row):
        return {}
    return {
        "note": clean(row.note),
        "period": read_period(at, row.period_start, row.period_end, "BR-30", found),
        "object_id": _object(row),
        "order_line_reference": clean(row.order_line),
        "accounting_reference": clean(row.accounting_reference),
        "buyer_item_id": clean(row.buyer_product_code),
        "standard_item_id": _gtin(at, row, found),
        "classifications": _classifications(at, row, found),
        "origin_country": read_country(at + "origin_country", row.origin_country, found),
        "attributes": tuple(_attributes(at, row, found)),
        "order_reference": clean(row.order),
        "despatch_advice_reference": clean(row.despatch_advice),
        "preceding": _deposit(at, row, found),
    }


def _has_details(row: DraftLine) -> bool:
    return bool(
        row.note
        or row.period_start
        or row.period_end
        or row.buyer_product_code
        or row.standard_product_code
        or row.classification
        or row.classification_list
        or row.origin_country
        or row.attributes
        or row.order_line
        or row.accounting_reference
        or row.object_id
        or row.order
        or row.despatch_advice
        or row.deposit_number
        or row.deposit_date
    )


def _object(row: DraftLine) -> Identifier | None:
    value = clean(row.object_id)
    return Identifier(value, clean(row.object_scheme)) if value else None


def _gtin(at: str, row: DraftLine, found: list[Finding]) -> Identifier | None:
    value = compact(clean(row.standard_product_code))
    if not value:
        return None
    if not ean.is_valid(value):
        found.append(Finding("ED-GTIN", at + "standard_product_code", Severity.WARNING))
    return Identifier(value, SCHEME_GTIN)


def _classifications(at: str, row: DraftLine, found: list[Finding]) -> tuple[Classification, ...]:
    code, list_id = clean(row.classification), clean(row.classification_list)
    if not code:
        return ()
    if not list_id:
        found.append(Finding("ED-REQUIRED", at + "classification_list"))  # BR-65
    return (Classification(code, list_id),)


def _attributes(at: str, row: DraftLine, found: list[Finding]) -> Iterator[tuple[str, str]]:
    """One « Couleur : rouge » per text line (BG-32); both parts are needed (BR-54)."""
    for text in row.attributes.splitlines():
        if not text.strip():
            continue
        name, colon, value = text.partition(":")
        if not (colon and clean(name) and clean(value)):
            found.append(Finding("ED-ATTRIBUTE", at + "attributes", params={"typed": text.strip()}))
            continue
        yield clean(name), clean(value)


def _deposit(at: str, row: DraftLine, found: list[Finding]) -> PrecedingInvoice | None:
    number, day = clean(row.deposit_number), read_date(at + "deposit_date", row.deposit_date, found)
    if not number:
        return None
    if not re.fullmatch(r"[A-Za-z0-9+\-_/]+", number):
        found.append(Finding("BR-FR-02", at + "deposit_number"))
    return PrecedingInvoice(number, day, "386")


def _discounts(
    at: str, row: DraftLine, base: Decimal, off: Callable[[Decimal], Decimal], currency: str, found: list[Finding]
) -> tuple[Allowance, ...]:
    """``off`` says what a percentage takes off the line."""
    percentage = read_percentage(at + "discount", row.discount, found)
    amount = read_positive_amount(at + "discount_amount", row.discount_amount, currency, found)
    reason = clean(row.discount_reason)
    told: list[Allowance] = []
    if percentage is not None:
        told.append(Allowance(off(percentage), base, percentage, reason or DISCOUNT, DISCOUNT_CODE))
    if amount is not None:
        if amount > abs(base):
            found.append(Finding("ED-DISCOUNT-RANGE", at + "discount_amount"))
        told.append(Allowance(amount, reason=reason or DISCOUNT, reason_code=DISCOUNT_CODE))
    return tuple(told)


def _charges(at: str, row: DraftLine, currency: str, found: list[Finding]) -> tuple[Allowance, ...]:
    amount = read_positive_amount(at + "charge", row.charge, currency, found)
    if amount is None:
        return ()
    return (Allowance(amount, reason=clean(row.charge_reason) or CHARGE, reason_code=CHARGE_CODE),)
