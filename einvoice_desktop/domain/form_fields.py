"""Reading one field of a form: a number, an amount, a day, a period, a country; or what is wrong at its place."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.limits import PRICE_PLACES, has_more_decimals, is_admitted_year, is_too_large
from einvoice_desktop.domain.money import minor_units, round_half_up, to_amount
from einvoice_desktop.domain.nearest import near_country
from einvoice_desktop.domain.references import Period
from einvoice_desktop.domain.text_checks import FORBIDDEN
from einvoice_desktop.domain.typed import parse_date, parse_decimal


def clean(text: str) -> str:
    """``text`` as a document may hold it: no space at its ends, no character XML forbids (a finding tells of those)."""
    return FORBIDDEN.sub("", text).strip()


def read_number(place: str, text: str, places: int, found: list[Finding]) -> Decimal | None:
    """The number typed, at most ``places`` decimals; a sum (``=1/3``) is rounded to them without a word."""
    value = parse_decimal(text)
    if value is None:
        found.append(Finding("ED-NUMBER", place, params={"typed": text}))
        return None
    if has_more_decimals(value, places):
        if not text.strip().startswith("="):
            found.append(Finding("ED-DECIMALS", place, params={"limit": str(places)}))
        value = round_half_up(value, places)
    return value


def read_amount(place: str, text: str, currency: str, found: list[Finding]) -> Decimal | None:
    """The amount typed, in ``currency``; ``None`` when nothing was."""
    if not text.strip():
        return None
    value = read_number(place, text, minor_units(currency), found)
    if value is None:
        return None
    if is_too_large(value):
        found.append(Finding("ED-AMOUNT-TOO-LARGE", place))
        return None
    return to_amount(value, currency)


def read_positive_amount(place: str, text: str, currency: str, found: list[Finding]) -> Decimal | None:
    """The amount typed, above zero; zero is as none."""
    value = read_amount(place, text, currency, found)
    if value is not None and value < 0:
        found.append(Finding("ED-AMOUNT-NEGATIVE", place))
        return None
    return value or None


def read_percentage(place: str, text: str, found: list[Finding], *, most: Decimal = Decimal(100)) -> Decimal | None:
    """The percentage typed, between 0 and ``most``; zero is as none."""
    if not text.strip():
        return None
    value = read_number(place, text, PRICE_PLACES, found)
    if value is None:
        return None
    if not 0 <= value <= most:
        found.append(Finding("ED-DISCOUNT-RANGE", place))
        return None
    return value or None


def read_date(place: str, text: str, found: list[Finding]) -> date | None:
    """The day typed; ``None`` when nothing was, or with a finding when it is none (BR-FR-03)."""
    if not text.strip():
        return None
    day = parse_date(text)
    if day is None or not is_admitted_year(day):
        found.append(Finding("ED-DATE", place, params={"typed": text}))
        return None
    return day


def read_period(at: str, start: str, end: str, rule: str, found: list[Finding]) -> Period | None:
    """The period typed, either end may be open; it cannot end before it starts (``rule``: BR-29, BR-30)."""
    first, last = read_date(f"{at}period_start", start, found), read_date(f"{at}period_end", end, found)
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        found.append(Finding(rule, f"{at}period_end", suggested_value=first.isoformat()))
    return Period(first, last)


def read_country(place: str, text: str, found: list[Finding]) -> str:
    """The country typed, two letters (ISO 3166-1), upper case."""
    value = clean(text).upper()
    if value and not re.fullmatch("[A-Z]{2}", value):
        found.append(Finding("ED-COUNTRY", place, suggested_value=near_country(text), params={"typed": text}))
        return ""
    return value
