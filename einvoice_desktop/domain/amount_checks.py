"""Quantities, prices, amounts and VAT of a whole document: what could not be computed or would be refused everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.limits import (
    AMOUNT_PLACES,
    NAME_LIMIT,
    PRICE_PLACES,
    QUANTITY_PLACES,
    has_more_decimals,
    is_too_large,
)
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.vat import FRENCH_RATES, VatCategory, VatTreatment

_ADMITTED = frozenset(VatCategory) - {VatCategory.CANARY_ISLANDS, VatCategory.CEUTA_MELILLA}
"""BR-FR-15."""


def check_lines(invoice: Invoice) -> Iterator[Finding]:
    """Each line by itself: texts, quantity, price, VAT."""
    if not invoice.lines:
        yield Finding("ED-NO-LINE", "lines")
    for index, line in enumerate(invoice.lines):
        yield from _line(f"lines.{index}", line)


def _line(at: str, line: Line) -> Iterator[Finding]:
    for place in ("name", "description"):
        if len(getattr(line, place)) > NAME_LIMIT:
            yield Finding("ED-TOO-LONG", f"{at}.{place}", params={"limit": str(NAME_LIMIT)})
    if line.quantity == 0:
        yield Finding("ED-QUANTITY-ZERO", f"{at}.quantity")
    if line.net_price < 0:
        yield Finding("ED-PRICE-NEGATIVE", f"{at}.unit_price")
    if line.base_quantity is not None and line.base_quantity <= 0:
        yield Finding("ED-QUANTITY-ZERO", f"{at}.base_quantity")
    elif is_too_large(line.quantity, line.net_price, 1 / (line.base_quantity or Decimal(1))):
        yield Finding("ED-AMOUNT-TOO-LARGE", f"{at}.unit_price")
    for place, value, places in (
        ("quantity", line.quantity, QUANTITY_PLACES),
        ("unit_price", line.net_price, PRICE_PLACES),
    ):
        if has_more_decimals(value, places):
            yield Finding("ED-DECIMALS", f"{at}.{place}", params={"limit": str(places)})
    yield from _treatment(f"{at}.vat", line.vat)


def _treatment(place: str, vat: VatTreatment) -> Iterator[Finding]:
    if vat.category not in _ADMITTED:
        yield Finding("ED-VAT-CATEGORY", place, params={"typed": vat.category})
    elif vat.category != VatCategory.OUT_OF_SCOPE and vat.rate not in FRENCH_RATES:
        typed = "" if vat.rate is None else f"{vat.rate:f}"
        yield Finding("BR-FR-16", place, params={"typed": typed})


def check_amounts(invoice: Invoice) -> Iterator[Finding]:
    """Amounts that are given, not computed: none too large or too precise to be added up."""
    given: list[tuple[str, Decimal | None]] = [
        ("totals.paid", invoice.totals.paid),
        ("totals.rounding", invoice.totals.rounding),
        ("totals.vat_in_accounting_currency", invoice.totals.vat_in_accounting_currency),
    ]
    for place, changes in (("allowances", invoice.allowances), ("charges", invoice.charges)):
        given += [(f"{place}.{index}", change.amount) for index, change in enumerate(changes)]
        for index, change in enumerate(changes):
            if change.vat is not None:
                yield from _treatment(f"{place}.{index}.vat", change.vat)
    for index, line in enumerate(invoice.lines):
        changed = (*line.allowances, *line.charges)
        given += [(f"lines.{index}.discount", change.amount) for change in changed]
    for place, value in given:
        if value is None:
            continue
        if is_too_large(value):
            yield Finding("ED-AMOUNT-TOO-LARGE", place)
        elif has_more_decimals(value, AMOUNT_PLACES):
            yield Finding("ED-DECIMALS", place, params={"limit": str(AMOUNT_PLACES)})
