"""How values rest in columns: decimals as scaled integers, instants as sortable UTC text, days as ISO text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Column, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData()

_PLACES = 6
_TO_CENT = 10 ** (_PLACES - 2)
_LARGEST = 2**63 - 1


def to_scaled(value: Decimal) -> int:
    """``value`` × 10⁶, exactly.

    Raises:
        ValueError: more than six decimals, not a number, or beyond 64 bits.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not an amount")
    scaled = value.scaleb(_PLACES)
    whole = int(scaled)
    if whole != scaled or abs(whole) > _LARGEST:
        raise ValueError(f"{value} does not fit in six decimals and 64 bits")
    return whole


def from_scaled(scaled: int) -> Decimal:
    """The decimal behind a scaled integer, with at least two decimals (``1250.00``)."""
    if scaled % _TO_CENT == 0:
        return Decimal(scaled // _TO_CENT).scaleb(-2)
    return Decimal(scaled).scaleb(-_PLACES)


def to_instant(value: datetime) -> str:
    """UTC text of fixed width, so that text order is time order.

    Raises:
        ValueError: ``value`` has no time zone.
    """
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


class Scaled(TypeDecorator[Decimal]):
    """An amount, price or quantity: integer of millionths."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Decimal to integer."""
        return None if value is None else to_scaled(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Integer to decimal."""
        return None if value is None else from_scaled(value)


class Instant(TypeDecorator[datetime]):
    """A moment, UTC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetime to text."""
        return None if value is None else to_instant(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Text to aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A civil day, ``AAAA-MM-JJ``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Day to text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Text to day."""
        return None if value is None else date.fromisoformat(value)


def texts(*names: str) -> list[Column[str]]:
    """Columns of text that are never null (an unknown text is empty)."""
    return [Column(name, Text, nullable=False) for name in names]
