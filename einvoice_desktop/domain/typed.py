"""Reading what people type: numbers with a comma or a point, small sums, dates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from einvoice_desktop.domain.limits import LARGEST

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+|[-+*/()]")
_LONGEST = 60


def parse_decimal(text: str) -> Decimal | None:
    """The number in ``text``: ``1 234,56``, ``1234.56``, ``12 €``, ``20 %`` or a sum ``=3*45,50``; ``None`` if it is none.

    Exponents, ``NaN`` and ``Infinity`` are not numbers here.
    """
    value = _SPACES.sub("", text).rstrip("€%")
    if not value or len(value) > _LONGEST:
        return None
    if value.startswith("="):
        return _evaluate(value[1:])
    if "," in value and "." in value:
        group = "." if value.rfind(",") > value.rfind(".") else ","
        value = value.replace(group, "")
    value = value.replace(",", ".")
    if not re.fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", value):
        return None
    number = Decimal(value)
    return number if abs(number) < LARGEST else None


def _evaluate(expression: str) -> Decimal | None:
    tokens = _TOKEN.findall(expression)
    if "".join(tokens) != expression or not tokens:
        return None
    try:
        result, rest = _sum(tokens)
    except (ValueError, IndexError, DivisionByZero, InvalidOperation):
        return None
    return None if rest or not result.is_finite() or abs(result) >= LARGEST else result


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    left, rest = _product(tokens)
    while rest and rest[0] in "+-":
        right, after = _product(rest[1:])
        left, rest = (left + right if rest[0] == "+" else left - right), after
    return left, rest


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    left, rest = _factor(tokens)
    while rest and rest[0] in "*/":
        right, after = _factor(rest[1:])
        left, rest = (left * right if rest[0] == "*" else left / right), after
    return left, rest


def _factor(tokens: list[str]) -> tuple[Decimal, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head == "(":
        value, rest = _sum(rest)
        if rest[0] != ")":
            raise ValueError("unclosed parenthesis")
        return value, rest[1:]
    if head == "-":
        value, rest = _factor(rest)
        return -value, rest
    if not (head[0].isdigit() or head[0] in ".,"):
        raise ValueError("a number was expected")
    return Decimal(head.replace(",", ".")), rest


def parse_date(text: str) -> date | None:
    """The day in ``text``: ``2026-12-31``, ``31/12/2026``, ``31.12.26`` or ``31122026``; ``None`` if no such day exists."""
    value = text.strip()
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        french = re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})", value) or re.fullmatch(
            r"([0-9]{2})([0-9]{2})([0-9]{4})", value
        )
        if french is None:
            return None
        day, month, year = (int(part) for part in french.groups())
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two-digit years are of this century
    try:
        return date(year, month, day)
    except ValueError:
        return None
