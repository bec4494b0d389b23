"""The code people mean by what they typed: « PCE » is a piece, « eur » the euro, « France » FR. ``None`` when unsure."""

from __future__ import annotations

from difflib import get_close_matches

from einvoice_desktop.domain.currencies import CURRENCIES
from einvoice_desktop.domain.lines import UNITS

_UNITS = {
    "PCE": "H87", "PC": "H87", "PCS": "H87", "PIECE": "H87", "PIECES": "H87", "EA": "C62", "U": "C62", "UN": "C62",
    "UNIT": "C62", "UNITE": "C62", "UNITES": "C62", "H": "HUR", "HR": "HUR", "HEURE": "HUR", "HEURES": "HUR",
    "J": "DAY", "JR": "DAY", "JOUR": "DAY", "JOURS": "DAY", "D": "DAY", "KG": "KGM", "KILO": "KGM", "G": "GRM",
    "T": "TNE", "TONNE": "TNE", "M": "MTR", "ML": "MTR", "M2": "MTK", "M3": "MTQ", "KM": "KMT", "L": "LTR",
    "LITRE": "LTR", "MOIS": "MON", "AN": "ANN", "FORFAIT": "LS", "FF": "LS", "LOT": "SET", "SEMAINE": "WEE",
    "MINUTE": "MIN", "MN": "MIN",
}  # fmt: skip
_CURRENCIES = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "£": "GBP"}
_MEANS = {
    "VIREMENT": "58",
    "SEPA": "58",
    "PRELEVEMENT": "59",
    "CARTE": "48",
    "CB": "48",
    "CHEQUE": "20",
    "ESPECES": "10",
}
_COUNTRIES = {
    "ALLEMAGNE": "DE", "AUTRICHE": "AT", "BELGIQUE": "BE", "DANEMARK": "DK", "ESPAGNE": "ES", "ETATS-UNIS": "US",
    "FRANCE": "FR", "FRA": "FR", "GRECE": "GR", "EL": "GR", "IRLANDE": "IE", "ITALIE": "IT", "LUXEMBOURG": "LU",
    "PAYS-BAS": "NL", "POLOGNE": "PL", "PORTUGAL": "PT", "ROYAUME-UNI": "GB", "UK": "GB", "SUEDE": "SE", "SUISSE": "CH",
}  # fmt: skip


def word(typed: str) -> str:
    """``typed`` in capitals without accents nor raised figures."""
    return typed.strip().upper().translate(str.maketrans("ÉÈÊËÀÂÎÏÔÛÙÇ²³", "EEEEAAIIOUUC23"))


def _other(code: str | None, typed: str) -> str | None:
    return code if code and code != typed else None


def near_unit(typed: str, *, is_wrong: bool = False) -> str | None:
    """A unit of ours (UN/ECE Rec 20); ``is_wrong``: no code at all, so the one written alike will do too."""
    name = word(typed)
    code = _UNITS.get(name) or (name if name in UNITS else None)
    if code is None and is_wrong:
        code = next(iter(get_close_matches(name, UNITS, n=1)), None)
    return _other(code, typed)


def near_currency(typed: str) -> str | None:
    """A currency (ISO 4217)."""
    name = word(typed)
    return _other(_CURRENCIES.get(name) or (name if name in CURRENCIES else None), typed)


def near_means(typed: str) -> str | None:
    """A means of payment (UNTDID 4461)."""
    name = word(typed)
    return _other(_MEANS.get(name) or (name.lstrip("0") if name.isdecimal() else None), typed)


def near_country(typed: str) -> str | None:
    """A country (ISO 3166-1 alpha-2)."""
    name = word(typed)
    return _other(_COUNTRIES.get(name) or (name if name in _COUNTRIES.values() else None), typed)
