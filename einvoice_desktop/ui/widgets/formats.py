"""How values read in French: money, days, moments. Through the locale data of CLDR, never by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

LOCALE = "fr_FR"
MINUTE, HOUR, DAY = 60, 3600, 86400


def money(amount: Decimal | None, currency: str = "EUR") -> str:
    """``1 200,00 €``; a dash while there is no amount."""
    if amount is None:
        return "–"
    return str(format_currency(amount, currency or "EUR", locale=LOCALE))


def number(value: Decimal | int) -> str:
    """``1 284``, ``7,5``: no more decimals than the value has (six at most)."""
    return str(format_decimal(value, format="#,##0.######", locale=LOCALE))


def day(value: date | None) -> str:
    """``20/11/2026``; empty without a day."""
    return "" if value is None else str(format_date(value, "dd/MM/yyyy", locale=LOCALE))


def long_day(value: date) -> str:
    """``20 novembre 2026``."""
    return str(format_date(value, "d MMMM yyyy", locale=LOCALE))


def month(year: int, number_of_month: int) -> str:
    """``nov.``: the short name of a month."""
    return str(format_date(date(year, number_of_month, 1), "LLL", locale=LOCALE)).rstrip(".")


def clock(value: datetime) -> str:
    """``14:02`` on the clock of this computer."""
    return str(format_datetime(value.astimezone(), "HH:mm", locale=LOCALE))


def moment(value: datetime | None) -> str:
    """``18/11 09:12`` on the clock of this computer; empty without an instant."""
    return "" if value is None else str(format_datetime(value.astimezone(), "dd/MM HH:mm", locale=LOCALE))


def full_moment(value: datetime) -> str:
    """``18/11/2026 09:12`` on the clock of this computer."""
    return str(format_datetime(value.astimezone(), "dd/MM/yyyy HH:mm", locale=LOCALE))


def since(value: datetime, now: datetime | None = None) -> str:
    """``à l'instant``, ``il y a 4 minutes``, ``il y a 3 heures``, else the day."""
    seconds = ((now or datetime.now(UTC)) - value).total_seconds()
    if seconds < MINUTE:
        return "à l’instant"
    if seconds < HOUR:
        return plural(int(seconds // MINUTE), "il y a {n} minute", "il y a {n} minutes")
    if seconds < DAY:
        return plural(int(seconds // HOUR), "il y a {n} heure", "il y a {n} heures")
    return f"le {day(value.astimezone().date())}"


def plural(count: int, one: str, many: str) -> str:
    """``one`` or ``many`` with ``{n}`` replaced; in French zero takes the singular."""
    return (one if abs(count) <= 1 else many).replace("{n}", number(count))


def identifier(text: str) -> str:
    """A SIREN or SIRET in groups of three (``552 100 554``, ``552 100 554 00025``); anything else as it is."""
    if text.isdigit() and len(text) in {9, 14}:
        return " ".join(part for part in (text[:3], text[3:6], text[6:9], text[9:]) if part)
    return text
