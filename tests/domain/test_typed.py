"""People type numbers and dates in many ways; each is read, or refused, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.typed import parse_date, parse_decimal


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"),
        ("7,5", "7.5"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56 €", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("20 %", "20"),
        ("-3,5", "-3.5"),
        ("=3*45,50", "136.50"),
        ("=(2+1)*10/4", "7.5"),
        ("=-5+2", "-3"),
    ],
)
def test_a_number_is_read_as_it_is_meant(typed: str, value: str) -> None:
    assert parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1e5", "NaN", "Infinity", "1,2,3", "=", "=1/0", "=2+", "=(1", "٣", "1" * 70]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert parse_decimal(typed) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(typed: str) -> None:
    parse_decimal(typed)
    parse_decimal("=" + typed)
    parse_date(typed)


@given(st.decimals(min_value=-10_000_000, max_value=10_000_000, places=4))
def test_a_number_written_the_french_way_comes_back(value: Decimal) -> None:
    assert parse_decimal(f"{value:,.4f}".replace(",", "\u202f").replace(".", ",")) == value


@pytest.mark.parametrize("typed", ["2026-12-31", "31/12/2026", "31.12.26", "31122026", " 31-12-2026 "])
def test_a_day_is_read(typed: str) -> None:
    assert parse_date(typed) == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-13-01", "demain", "", "1/2", "99999999"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    assert parse_date(typed) is None
