"""Money is ``Decimal``, rounded half-up, never a float.

A cent off is a rejected invoice (BR-CO-10 to BR-CO-16 are exact to the cent), so every rounding of an
amount in the program goes through :func:`to_amount`.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())


def minor_units(currency: str) -> int:
    """Decimals of an amount in ``currency`` (ISO 4217): 0 or 2.

    Currencies with three decimals (KWD, TND…) are capped at two, as EN 16931 allows no more
    (BR-DEC-01 to BR-DEC-28).
    """
    return 0 if currency in _NO_MINOR_UNIT else 2


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` with exactly ``places`` decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def to_amount(value: Decimal, currency: str = "EUR") -> Decimal:
    """``value`` rounded to the minor unit of ``currency``; negative zero becomes zero."""
    rounded = round_half_up(value, minor_units(currency))
    return rounded or abs(rounded)


def plain(value: Decimal) -> str:
    """``value`` as XML and JSON want it: a dot, no exponent, no useless trailing zero (``20``, ``5.5``)."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
