"""How long, how precise and how large what a document says may be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding

NAME_LIMIT = 500
"""Characters of BT-153 and of BT-154 (R-018)."""

SHORT_LIMIT = 35
"""No text this short is too long for its field."""

_REFERENCE, _CODE = 100, 50

TEXT_LIMITS = {
    "purchase_order": 50,
    "contract": 50,
    "note": 2000,
    "payment_terms": 500,
    "preceding_number": 35,
    "deal_reference": 1000,
    "remittance": 140,
    "mandate": 35,
    "creditor_id": 35,
    "debited_account": _CODE,
    "card_number": _CODE,
    "delivery_postal_code": _CODE,
    "object_scheme": _CODE,
    **dict.fromkeys(
        (
            "buyer_reference",
            "project",
            "sales_order",
            "receiving_advice",
            "despatch_advice",
            "tender",
            "object_id",
            "accounting_reference",
        ),
        _REFERENCE,
    ),
    **dict.fromkeys(("card_holder", "delivery_name", "delivery_line1", "delivery_line2", "delivery_city"), 255),
}
"""Characters of a text, by its place in the form (R-026, R-066, BR-FR-01; BT-83 and BT-89 as SEPA holds them)."""

LINE_LIMITS = {
    "name": NAME_LIMIT,
    "description": NAME_LIMIT,
    "note": 2000,
    "attributes": 2000,
    "exemption_reason": NAME_LIMIT,
    "discount_reason": _REFERENCE,
    "charge_reason": _REFERENCE,
    "deposit_number": 35,
    **dict.fromkeys(
        (
            "product_code",
            "buyer_product_code",
            "standard_product_code",
            "classification",
            "classification_list",
            "order_line",
            "accounting_reference",
            "object_id",
            "object_scheme",
            "order",
            "despatch_advice",
        ),
        _REFERENCE,
    ),
}
"""Characters of a text of a line, by its field."""

ROW_LIMITS: dict[str, dict[str, int]] = {
    "notes": {"subject": 3, "text": 2000},
    "changes": {"reason": _REFERENCE, "reason_code": _CODE},
    "references": {"number": 35, "type_code": 3},
    "attachments": {
        "filename": 255,
        "media_type": _REFERENCE,
        "reference": _REFERENCE,
        "description": _REFERENCE,
        "url": 2000,
    },
}
"""Characters of a text of the other repeated groups."""

ATTACHMENT_BYTES = 10_000_000
"""Largest attachment: what the public platform takes (10 MB)."""

QUANTITY_PLACES, PRICE_PLACES, AMOUNT_PLACES, RATE_PLACES = 4, 6, 2, 12
"""Decimals of a quantity, a unit price and an amount (BR-FR-DEC-01 to 03), and of a rate of exchange."""

LARGEST = Decimal("1e15")
"""No amount, quantity or price reaches it: BR-FR-DEC-01 admits 19 characters, and the store counts in whole cents."""

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years a document may bear (BR-FR-03)."""


def is_too_large(*factors: Decimal) -> bool:
    """Whether one of ``factors``, or their product, reaches :data:`LARGEST`."""
    product = Decimal(1)
    for factor in factors:
        if abs(factor) >= LARGEST:
            return True
        product *= factor
    return abs(product) >= LARGEST


def has_more_decimals(value: Decimal, places: int) -> bool:
    """Whether ``value`` says something past ``places`` decimals."""
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > places


def is_admitted_year(day: date) -> bool:
    """Whether a document may bear that day (BR-FR-03)."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def issue_date_findings(day: date, today: date, last: date | None) -> tuple[Finding, ...]:
    """Never dated tomorrow (A7 G1.07), never before ``last``, the date of the last number of the series."""
    found = []
    if day > today:
        found.append(Finding("ED-DATE-FUTURE", "issue_date", suggested_value=today.isoformat()))
    if last is not None and day < last:
        before = last.isoformat()
        found.append(Finding("ED-DATE-BEFORE-LAST", "issue_date", suggested_value=before, params={"last": before}))
    return tuple(found)
