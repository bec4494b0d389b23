"""Prices typed with VAT give back, to the cent, the totals a customer was told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import DraftChange, DraftLine
from einvoice_desktop.domain.form_prices import base_of
from einvoice_desktop.domain.limits import has_more_decimals
from tests.domain.forms import composed, form, found, line, read

RATES = ("20", "10", "5.5", "2.1", "8.5", "13")
CENT = Decimal("0.01")


def vat_of(base: int, rate: str) -> int:
    """VAT in cents on a base in cents, half-up, by another road than the program's."""
    exact = Fraction(base) * Fraction(rate) / 100
    return int(exact + Fraction(1, 2))


def is_reachable(total: int, rate: str) -> bool:
    """Whether some base in cents gives that total with VAT, by trying them all around."""
    nearest = int(total / (1 + float(rate) / 100))
    return any(base + vat_of(base, rate) == total for base in range(nearest - 3, nearest + 4))


def test_one_price() -> None:
    invoice = composed(form(line(quantity="2", unit_price="19,99"), prices_include_vat="yes"))
    assert (invoice.totals.with_vat, invoice.totals.due) == (Decimal("39.98"), Decimal("39.98"))
    assert invoice.lines[0].net_price == Decimal("16.658333")


def test_no_vat_nothing_to_take_out() -> None:
    invoice = composed(form(line(vat="E:VATEX-EU-F", quantity="1", unit_price="450"), prices_include_vat="yes"))
    assert invoice.lines[0].net_price == 450
    assert invoice.totals.with_vat == 450


@given(st.integers(min_value=1, max_value=10_000_00), st.sampled_from(RATES))
def test_a_base_is_found_wherever_there_is_one(cents: int, rate: str) -> None:
    total = Decimal(cents) * CENT
    base = base_of(total, Decimal(rate), "EUR")
    reached = int(base / CENT) + vat_of(int(base / CENT), rate)
    assert (reached == cents) == is_reachable(cents, rate)
    assert abs(reached - cents) <= 1


rows = st.builds(
    lambda quantity, price, rate, discount: line(
        quantity=str(quantity), unit_price=str(price), vat=f"S{rate}", discount=discount
    ),
    st.integers(min_value=1, max_value=500) | st.decimals(min_value="0.25", max_value=400, places=2),
    st.decimals(min_value="0.01", max_value=2000, places=2),
    st.sampled_from(RATES),
    st.sampled_from(["", "", "10", "33.33", "5"]),
)


def typed_cents(row: DraftLine) -> int:
    """What a row says with VAT, in cents."""
    exact = Decimal(row.quantity) * Decimal(row.unit_price) * (1 - Decimal(row.discount or 0) / 100)
    return int(exact.quantize(CENT, ROUND_HALF_UP) / CENT)


@settings(max_examples=200, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6))
def test_what_is_asked_for_is_what_was_typed(typed: list[DraftLine]) -> None:
    composition = read(form(*typed, prices_include_vat="yes"))
    totals, invoice = composition.totals, composition.invoice
    assert totals is not None
    assert invoice is not None
    by_rate: dict[str, int] = {}
    for row in typed:
        by_rate[row.vat[1:]] = by_rate.get(row.vat[1:], 0) + typed_cents(row)
    assert totals.due == Decimal(sum(by_rate.values())) * CENT
    for group in totals.breakdown:
        (cents,) = (total for rate, total in by_rate.items() if Decimal(rate) == group.rate)
        assert abs(int((group.taxable_amount + group.tax_amount) / CENT) - cents) <= 1
    if all(is_reachable(cents, rate) for rate, cents in by_rate.items()):
        assert totals.rounding == 0
    told = [f.code for f in composition.findings if f.code.startswith("ED-VAT-INCLUDED")]
    assert bool(told) == bool(totals.rounding)
    assert not any(has_more_decimals(one.net_price, 6) for one in invoice.lines)  # BR-FR-DEC-03


def test_three_cents_have_no_price_without_vat() -> None:
    composition = read(form(line(quantity="1", unit_price="0,03"), prices_include_vat="yes"))
    assert composition.totals is not None
    assert (composition.totals.with_vat, composition.totals.rounding, composition.totals.due) == (
        Decimal("0.04"),
        Decimal("-0.01"),
        Decimal("0.03"),
    )
    (told,) = composition.findings
    assert (told.code, told.place, told.is_blocking) == ("ED-VAT-INCLUDED-ROUNDED", "rounding", False)
    assert told.params["rounding"] == "-0.01"


@pytest.mark.parametrize("changes", [{"payment_state": "paid"}, {"rounding": "0"}, {"rounding": "0,05"}])
def test_a_cent_that_cannot_be_rounded_away_is_said(changes: dict[str, str]) -> None:
    filled = form(line(quantity="1", unit_price="0,03"), prices_include_vat="yes", **changes)
    assert ("ED-VAT-INCLUDED-UNREACHABLE", "prices_include_vat") in found(filled)


def test_discounts_and_charges_are_typed_with_vat_too() -> None:
    invoice = composed(
        form(
            line(quantity="1", unit_price="120", discount_amount="12", charge="6"),
            changes=(DraftChange("charge", "12"), DraftChange("allowance", "6")),
            prices_include_vat="yes",
        )
    )
    assert invoice.totals.with_vat == Decimal("120.00")  # 120 - 12 + 6 + 12 - 6
    assert [a.amount for a in invoice.lines[0].allowances] == [Decimal("10.00")]
    assert [c.amount for c in invoice.charges] == [Decimal("10.00")]


def test_rows_keep_what_was_typed_beside_what_it_becomes() -> None:
    composition = read(
        form(line(quantity="1", unit_price="12"), line(name="", unit_price=""), prices_include_vat="yes")
    )
    assert composition.typed_amounts == (Decimal("12.00"), None)
    assert composition.line_amounts == (Decimal("10.00"), None)
    assert read(form()).typed_amounts == (None,)
