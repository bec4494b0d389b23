"""The coach of the ceilings: dated figures, their source, and where a turnover stands before them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.thresholds import (
    THRESHOLDS,
    Ceiling,
    Counted,
    Position,
    Turnover,
    advise,
    advise_against,
    thresholds_on,
)

DAY = date(2026, 11, 21)
money = st.decimals(min_value=0, max_value=300_000, places=2)


@pytest.mark.parametrize(
    ("services", "position"),
    [
        ("29999.99", Position.UNDER),
        ("30000.00", Position.NEAR),
        ("37500.00", Position.NEAR),
        ("37500.01", Position.OVER_BASE),
        ("41250.00", Position.OVER_BASE),
        ("41250.01", Position.OVER_RAISED),
    ],
)
def test_services_before_the_franchise(services: str, position: Position) -> None:
    first = advise(Turnover(services=Decimal(services)), DAY, Ceiling.FRANCHISE)[0]
    assert (first.position, first.base, first.raised) == (position, Decimal(37_500), Decimal(41_250))
    assert first.remaining == max(Decimal(37_500) - Decimal(services), Decimal(0))


def test_a_mixed_business_counts_both_and_the_most_pressing_comes_first() -> None:
    told = advise(Turnover(goods=Decimal(50_000), services=Decimal(36_000)), DAY, Ceiling.FRANCHISE)
    assert [(a.threshold.counted, a.position) for a in told] == [
        (Counted.ALL, Position.OVER_BASE),
        (Counted.SERVICES, Position.NEAR),
    ]


def test_who_sells_goods_alone_is_not_told_of_services() -> None:
    told = advise(Turnover(goods=Decimal(10_000)), DAY, Ceiling.MICRO)
    assert [a.base for a in told] == [Decimal(203_100)]


def test_a_micro_business_begun_in_july_has_half_the_ceiling() -> None:
    told = advise(Turnover(services=Decimal(1)), DAY, Ceiling.MICRO, started_on=date(2026, 7, 1))
    assert [(a.threshold.counted, a.base) for a in told] == [
        (Counted.ALL, Decimal("102384.66")),  # 203 100 × 184 / 365
        (Counted.SERVICES, Decimal("42143.56")),  # 83 600 × 184 / 365
    ]
    last_year = advise(Turnover(services=Decimal(1)), DAY, Ceiling.MICRO, started_on=date(2025, 7, 1))
    assert {a.base for a in last_year} == {Decimal(83_600), Decimal(203_100)}


def test_lawyers_and_authors_have_ceilings_of_their_own() -> None:
    (row,) = [r for r in thresholds_on(DAY, Ceiling.FRANCHISE) if r.counted is Counted.REGULATED]
    assert advise_against(row, Decimal(50_001), DAY).position is Position.OVER_BASE


def test_figures_are_to_be_checked_each_year_and_say_where_they_were_read() -> None:
    assert all(row.source and "CGI" in row.source for row in THRESHOLDS)
    this_year = advise(Turnover(services=Decimal(1)), DAY, Ceiling.FRANCHISE)
    next_year = advise(Turnover(services=Decimal(1)), date(2027, 1, 1), Ceiling.FRANCHISE)
    assert not any(a.to_be_checked for a in this_year)
    assert all(a.to_be_checked for a in next_year)


@given(st.dates(min_value=date(2023, 1, 1), max_value=date(2030, 12, 31)), st.sampled_from(Ceiling))
def test_no_day_has_two_rows_for_one_turnover(day: date, ceiling: Ceiling) -> None:
    counted = [row.counted for row in thresholds_on(day, ceiling)]
    assert len(counted) == len(set(counted))
    if ceiling is Ceiling.MICRO or day.year > 2024:
        assert counted


@given(money, money)
def test_more_turnover_is_never_further_from_the_ceiling(goods: Decimal, services: Decimal) -> None:
    order = list(Position)
    before = advise(Turnover(goods, services), DAY, Ceiling.FRANCHISE)[0]
    after = advise(Turnover(goods + 1, services + 1), DAY, Ceiling.FRANCHISE)[0]
    assert order.index(after.position) >= order.index(before.position)
    assert before.remaining >= 0
    assert before.counted + before.remaining >= before.base


def test_a_day_before_the_table_begins_has_no_advice() -> None:
    assert advise(Turnover(), date(2023, 1, 1) - timedelta(days=1), Ceiling.MICRO) == ()
