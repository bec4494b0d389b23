"""Numbers and dates as a French reader writes them: ``1 234,56 €``, ``5,5 %``, ``18/11/2026``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.identifiers import compact
from einvoice_desktop.domain.money import minor_units, plain
from einvoice_desktop.domain.vat import VatTreatment

NARROW = "\u202f"
FIXED = "\u00a0"
MINUS = "\u2212"


def number(value: Decimal, least_decimals: int = 0) -> str:
    """``value`` in full: groups of three, a comma, at least ``least_decimals`` decimals, never rounded."""
    text = plain(abs(value))
    whole, _, decimals = text.partition(".")
    decimals = decimals.ljust(least_decimals, "0")
    grouped = f"{int(whole):,}".replace(",", NARROW)
    sign = MINUS if value < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def amount(value: Decimal, currency: str = "EUR") -> str:
    """An amount without its currency (table columns)."""
    return number(value, minor_units(currency))


def money(value: Decimal, currency: str = "EUR") -> str:
    """An amount with its currency: the sign for the euro, the ISO 4217 code for any other."""
    return f"{amount(value, currency)}{FIXED}{'€' if currency == 'EUR' else currency}"


def percent(value: Decimal) -> str:
    """``5,5 %``."""
    return f"{number(value)}{FIXED}%"


def rate(vat: VatTreatment) -> str:
    """What the VAT column of a line says."""
    if vat.category == "AE":
        return "Autoliq."
    if vat.category in {"E", "G", "K"}:
        return "Exonéré"
    return "—" if vat.rate is None or vat.category == "O" else percent(vat.rate)


def day(value: date | None) -> str:
    """``18/11/2026``, empty without a date."""
    return "" if value is None else f"{value:%d/%m/%Y}"


def span(start: date | None, end: date | None) -> str:
    """A period, either end open; empty without any end."""
    if start and end:
        return f"du {day(start)} au {day(end)}"
    if start:
        return f"à partir du {day(start)}"
    return f"jusqu’au {day(end)}" if end else ""


def siren(value: str) -> str:
    """``552 100 554``; SIRET ``552 100 554 00013``; anything else as it is."""
    digits = compact(value)
    if not (digits.isascii() and digits.isdigit() and len(digits) in {9, 14}):
        return value
    return FIXED.join(part for part in (digits[:3], digits[3:6], digits[6:9], digits[9:]) if part)


def vat_number(value: str) -> str:
    """``FR83 552 100 554``; a foreign number without its dots, spaces and dashes, as the XML has it."""
    code = compact(value).upper()
    if code.startswith("FR") and len(code) == 13 and code[4:].isdigit():
        return f"{code[:4]}{FIXED}{siren(code[4:])}"
    return code if code[:2].isalpha() else value
