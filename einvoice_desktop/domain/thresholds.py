"""Turnover ceilings of the franchise en base (CGI 293 B) and of the micro regimes (CGI 50-0, 102 ter), dated.

The figures change by law, mostly in January: each row says from when it holds, where it was read, and for which year
it was last checked. A program that shows them says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from einvoice_desktop.domain.money import ZERO, to_amount

_NEAR = Decimal("0.8")


class Ceiling(StrEnum):
    """What a ceiling opens."""

    FRANCHISE = "franchise"
    MICRO = "micro"


class Counted(StrEnum):
    """Which turnover a ceiling counts."""

    ALL = "all"
    SERVICES = "services"
    REGULATED = "regulated"
    OTHER = "other"


class Position(StrEnum):
    """Where a turnover stands: ``NEAR`` from 80 % of the ceiling on."""

    UNDER = "under"
    NEAR = "near"
    OVER_BASE = "over_base"
    OVER_RAISED = "over_raised"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One ceiling, in euros without VAT for a civil year.

    Attributes:
        ceiling, counted: what it opens, on which turnover: all of it; services other than lodging and food on the spot;
            the regulated work of lawyers, authors and performers, and their other work.
        base: past it, the regime ends the next year (franchise) or after two years (micro).
        raised: past it, it ends at once (franchise only). valid_from, valid_until: days it holds, inclusive.
        source: where the figure was read. checked_for: the last year the figure was checked for.
    """

    ceiling: Ceiling
    counted: Counted
    base: Decimal
    raised: Decimal | None
    valid_from: date
    source: str
    checked_for: int
    valid_until: date | None = None

    def is_to_be_checked(self, on: date) -> bool:
        """Whether the figure was last checked for an earlier year than that of ``on``."""
        return on.year > self.checked_for


_FRANCHISE_2025 = (
    "CGI art. 293 B, I et II, rétabli par la loi n° 2025-1044 du 3 novembre 2025 "
    "(efl.fr, 12/11/2025 ; legifiscal.fr, promulgation du 3/11/2025 ; inchangé en 2026 : journaldeleconomie.fr, 4/3/2026)"
)
_MICRO_2023 = "CGI art. 50-0 et 102 ter, seuils 2023 à 2025 (journaldeleconomie.fr, 4/3/2026)"
_MICRO_2026 = (
    "CGI art. 50-0 et 102 ter, seuils 2026 à 2028 annoncés par l'Urssaf le 20/2/2026 (journaldeleconomie.fr, 4/3/2026)"
)
_IN_2025, _IN_2026 = date(2025, 1, 1), date(2026, 1, 1)


def _franchise(counted: Counted, base: int, raised: int) -> Threshold:
    return Threshold(Ceiling.FRANCHISE, counted, Decimal(base), Decimal(raised), _IN_2025, _FRANCHISE_2025, 2026)


THRESHOLDS: tuple[Threshold, ...] = (
    _franchise(Counted.ALL, 85_000, 93_500),
    _franchise(Counted.SERVICES, 37_500, 41_250),
    _franchise(Counted.REGULATED, 50_000, 55_000),
    _franchise(Counted.OTHER, 35_000, 38_500),
    Threshold(
        Ceiling.MICRO, Counted.ALL, Decimal(188_700), None, date(2023, 1, 1), _MICRO_2023, 2025, date(2025, 12, 31)
    ),
    Threshold(
        Ceiling.MICRO, Counted.SERVICES, Decimal(77_700), None, date(2023, 1, 1), _MICRO_2023, 2025, date(2025, 12, 31)
    ),
    Threshold(Ceiling.MICRO, Counted.ALL, Decimal(203_100), None, _IN_2026, _MICRO_2026, 2026),
    Threshold(Ceiling.MICRO, Counted.SERVICES, Decimal(83_600), None, _IN_2026, _MICRO_2026, 2026),
)
"""The one table of ceilings."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """Turnover of a civil year so far, euros without VAT: sales of goods, lodging and food on the spot; services."""

    goods: Decimal = ZERO
    services: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.goods + self.services


@dataclass(frozen=True, slots=True)
class Advice:
    """Where a turnover stands before one ceiling.

    Attributes:
        threshold: the row it is read against. counted: the turnover it counts. base, raised: the ceilings, lowered in
            proportion in the year a micro business began. remaining: until ``base``, never below zero.
        used_percent: of ``base``. to_be_checked: whether the figure must be checked again this year.
    """

    threshold: Threshold
    position: Position
    counted: Decimal
    base: Decimal
    raised: Decimal | None
    remaining: Decimal
    used_percent: Decimal
    to_be_checked: bool


def thresholds_on(day: date, ceiling: Ceiling) -> tuple[Threshold, ...]:
    """The rows that hold on ``day``."""
    return tuple(
        row
        for row in THRESHOLDS
        if row.ceiling is ceiling and row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)
    )


def advise(turnover: Turnover, on: date, ceiling: Ceiling, *, started_on: date | None = None) -> tuple[Advice, ...]:
    """Where ``turnover`` stands on ``on``, the most pressing ceiling first; empty when the table holds none that day.

    Of the franchise, the ceilings of the common regime are read; those of lawyers and authors by :func:`advise_against`.
    ``started_on`` in the year of ``on`` lowers the micro ceilings in proportion to the days left (CGI 50-0, 1).
    """
    rows = [row for row in thresholds_on(on, ceiling) if row.counted in {Counted.ALL, Counted.SERVICES}]
    told = []
    for row in rows:
        if row.counted is Counted.SERVICES and not turnover.services:
            continue
        counted = turnover.services if row.counted is Counted.SERVICES else turnover.total
        told.append(advise_against(row, counted, on, started_on=started_on))
    return _most_pressing_first(told)


def advise_against(row: Threshold, counted: Decimal, on: date, *, started_on: date | None = None) -> Advice:
    """Where an amount stands before one row."""
    base = _in_proportion(row, on, started_on)
    return Advice(
        threshold=row,
        position=_position(counted, base, row.raised),
        counted=counted,
        base=base,
        raised=row.raised,
        remaining=max(base - counted, ZERO),
        used_percent=(counted * 100 / base).quantize(Decimal("0.1")),
        to_be_checked=row.is_to_be_checked(on),
    )


def _in_proportion(row: Threshold, on: date, started_on: date | None) -> Decimal:
    if row.ceiling is not Ceiling.MICRO or started_on is None or started_on.year != on.year:
        return row.base
    last, first = date(on.year, 12, 31), date(on.year, 1, 1)
    days, year = (last - started_on).days + 1, (last - first).days + 1
    return to_amount(row.base * days / year)


def _position(counted: Decimal, base: Decimal, raised: Decimal | None) -> Position:
    if raised is not None and counted > raised:
        return Position.OVER_RAISED
    if counted > base:
        return Position.OVER_BASE
    return Position.NEAR if counted >= base * _NEAR else Position.UNDER


def _most_pressing_first(told: Iterable[Advice]) -> tuple[Advice, ...]:
    order = list(Position)
    return tuple(sorted(told, key=lambda a: (-order.index(a.position), -a.used_percent)))
