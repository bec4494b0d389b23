"""Dates and decimals as XML writes them, read exactly and without ever raising."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.money import minor_units, plain, round_half_up

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_decimal(text: str) -> Decimal | None:
    """The exact number ``text`` writes (xs:decimal, at most 30 digits a side), ``None`` for anything else."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def read_date(text: str) -> date | None:
    """The day of ``20261231``, ``2026-12-31``, ``2026-12-31+02:00`` or ``20261231120000``; ``None`` if none exists."""
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def amount_text(value: Decimal, currency: str = "EUR") -> str:
    """An amount with the decimals of its currency; more, as stated, where rounding would change it."""
    places = minor_units(currency)
    rounded = round_half_up(value, places)
    return f"{rounded or abs(rounded):f}" if rounded == value else plain(value)


def account_text(account: str) -> str:
    """An IBAN without its spaces; any other account as it is stated, trimmed."""
    return compact(account) if is_iban(account) else clean_text(account)


def clean_text(text: str) -> str:
    """``text`` without what XML 1.0 cannot hold (control characters, lone surrogates), trimmed."""
    return _NOT_XML.sub("", text).strip()
