"""How long, how precise and how large what a document says may be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding

NAME_LIMIT = 500
"""Characters of BT-153 and of BT-154 (R-018)."""

TEXT_LIMITS = {
    "purchase_order": 50,
    "contract": 50,
    "buyer_reference": 100,
    "project": 100,
    "note": 2000,
    "payment_terms": 500,
    "preceding_number": 35,
}
"""Characters of a text, by its place in the form (R-026, BR-FR-01)."""

QUANTITY_PLACES, PRICE_PLACES, AMOUNT_PLACES = 4, 6, 2
"""Decimals of a quantity, a unit price and an amount (BR-FR-DEC-01 to 03)."""

LARGEST = Decimal("1e15")
"""No amount, quantity or price reaches it: BR-FR-DEC-01 admits 19 characters, and the store counts in whole cents."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


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
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def issue_date_findings(day: date, today: date, last: date | None) -> tuple[Finding, ...]:
    """Never dated tomorrow (A7 G1.07), never before ``last``, the date of the last number of the series."""
    found = []
    if day > today:
        found.append(Finding("ED-DATE-FUTURE", "issue_date", suggested_value=today.isoformat()))
    if last is not None and day < last:
        before = last.isoformat()
        found.append(Finding("ED-DATE-BEFORE-LAST", "issue_date", suggested_value=before, params={"last": before}))
    return tuple(found)
