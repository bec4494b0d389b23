"""« D'où vient ce centime ? »: each amount is told with its terms, and the terms give the amount again."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import DraftChange, DraftLine
from einvoice_desktop.domain.explain import Role, Step, StepKind, Term, explain
from tests.domain.forms import form, line, read

DIVIDES = {Role.BASE_QUANTITY, Role.RATE}


def computed(step: Step) -> Fraction:
    """The exact value of a step from its terms, by another road than the program's."""
    value, is_begun = Fraction(0), False
    for term in step.terms:
        number = Fraction(term.value)
        if term.role in {Role.DISCOUNT, Role.CHARGE, Role.AMOUNT}:
            value += number
        elif term.role is Role.BASE_QUANTITY:
            value /= number
        elif term.role is Role.RATE:
            value = value * number / 100
        else:
            value = value * number if is_begun else number
        is_begun = True
    return -value if step.kind is StepKind.ALLOWANCE else value


rows = st.builds(
    line,
    quantity=st.decimals(min_value="0.01", max_value=500, places=2).map(str),
    unit_price=st.decimals(min_value="0.01", max_value=900, places=3).map(str),
    base_quantity=st.sampled_from(["", "", "100"]),
    discount=st.sampled_from(["", "10", "33.3"]),
    charge=st.sampled_from(["", "1.50"]),
    vat=st.sampled_from(["S20", "S5.5", "AE"]),
)
changes = st.sampled_from(
    [(), (DraftChange("allowance", percentage="7", vat="S20"),), (DraftChange("charge", "3.33", vat="S5.5"),)]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(rows, min_size=1, max_size=5),
    changes,
    st.sampled_from(["", "yes"]),
    st.sampled_from(["EUR", "USD"]),
    st.sampled_from(["", "12.5"]),
)
def test_the_terms_give_the_amount(
    typed: list[DraftLine], extra: tuple[DraftChange, ...], with_vat: str, currency: str, paid: str
) -> None:
    composition = read(
        form(*typed, changes=extra, prices_include_vat=with_vat, currency=currency, exchange_rate="0.9", paid=paid)
    )
    totals, steps = composition.totals, explain(composition)
    assert totals is not None
    for step in steps:
        if step.terms:
            exact = computed(step)
            assert abs(exact - Fraction(step.exact)) < Fraction(1, 10**12)
            assert abs(Fraction(step.amount) - exact) <= Fraction(1, 200)
            rounded = Decimal(step.exact).quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert step.amount == rounded
    last = {step.kind: step.amount for step in steps}
    assert last[StepKind.DUE] == totals.due
    assert last[StepKind.WITHOUT_VAT] == totals.without_vat
    assert sum(s.amount for s in steps if s.kind is StepKind.VAT) == totals.vat
    lines = [s.amount for s in steps if s.kind is StepKind.LINE]
    assert sum(lines) == totals.line_net


def test_the_cent_between_the_line_and_the_rate() -> None:
    steps = explain(read(form(*(line(quantity="1", unit_price="0,12") for _ in range(3)))))
    (vat,) = [step for step in steps if step.kind is StepKind.VAT]
    assert (vat.amount, vat.by_line) == (Decimal("0.07"), Decimal("0.06"))
    assert vat.terms == (Term(Role.BASE, Decimal("0.36")), Term(Role.RATE, Decimal(20)))
    assert (vat.exact, vat.rounding) == (Decimal("0.072"), Decimal("-0.002"))


def test_the_cent_no_price_without_vat_can_reach() -> None:
    steps = explain(read(form(line(quantity="1", unit_price="0,03"), prices_include_vat="yes")))
    (rounding,) = [step for step in steps if step.kind is StepKind.ROUNDING]
    assert (rounding.amount, rounding.typed) == (Decimal("-0.01"), Decimal("0.03"))
    (told,) = [step for step in steps if step.kind is StepKind.LINE]
    assert told.typed == Decimal("0.03")


def test_a_rounding_typed_by_hand_has_no_terms() -> None:
    (rounding,) = [s for s in explain(read(form(rounding="-0,40"))) if s.kind is StepKind.ROUNDING]
    assert (rounding.amount, rounding.terms, rounding.place) == (Decimal("-0.40"), (), "rounding")


def test_a_deposit_taken_back_is_told_as_one() -> None:
    filled = form(
        line(quantity="1", unit_price="10000"),
        line(name="Acompte", quantity="-1", unit_price="3000", deposit_number="AC1", deposit_date="2026-11-02"),
        payment_state="final",
    )
    steps = explain(read(filled))
    assert [(s.kind, s.amount, s.place) for s in steps[:3]] == [
        (StepKind.LINE, Decimal("10000.00"), "lines.0"),
        (StepKind.DEPOSIT, Decimal("-3000.00"), "lines.1"),
        (StepKind.LINES, Decimal("7000.00"), ""),
    ]


def test_vat_in_euros_is_told_with_its_rate() -> None:
    (euros,) = [s for s in explain(read(form(currency="USD", exchange_rate="0,9225"))) if s.kind == "vat_in_euros"]
    assert (euros.amount, euros.exact) == (Decimal("36.90"), Decimal("36.9000"))


def test_nothing_is_told_of_nothing() -> None:
    assert explain(read(form(line(name="", unit_price="")))) == ()
    alone = explain(read(form(), buyer=None))
    assert [s.kind for s in alone] == [
        StepKind.LINE,
        StepKind.WITHOUT_VAT,
        StepKind.VAT,
        StepKind.WITH_VAT,
        StepKind.DUE,
    ]
