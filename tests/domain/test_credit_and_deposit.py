"""Never more is credited than was invoiced, never more asked in deposits than the deal: laws of the ceilings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.credit import (
    CreditedTotal,
    above,
    corrected_type,
    credit_findings,
    credit_of,
    credit_type,
    creditable,
    rate_key,
)
from einvoice_desktop.domain.deposit import DepositKind, DepositProgress, deposit_findings, deposit_kind
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES, DEPOSIT_TYPES, Invoice, TypeCode
from einvoice_desktop.domain.money import ZERO
from tests.domain.forms import composed, form, line
from tests.domain.strategies import invoices

CENT = Decimal("0.01")
cents = st.integers(min_value=0, max_value=10_000_00).map(lambda value: Decimal(value) * CENT)


def bases(invoice: Invoice) -> dict[tuple[str, Decimal], Decimal]:
    return {rate_key(g.category, g.rate): g.taxable_amount for g in invoice.totals.breakdown}


@given(invoices())
def test_the_whole_may_be_credited_once(invoice: Invoice) -> None:
    credit = credit_of(invoice, number="A1", issue_date=invoice.issue_date)
    total = CreditedTotal(invoice.totals.with_vat)
    assert credit_findings(credit, creditable(bases(invoice), {}, {}), total) == ()
    spent = creditable(bases(invoice), bases(credit), {})
    assert all(group.remaining == 0 for group in spent)
    second = above(spent, bases(credit))
    assert set(second) == {key for key, base in bases(credit).items() if base > 0}


@given(cents, cents, cents)
def test_a_credit_is_above_exactly_when_it_says_more_than_is_left(
    invoiced: Decimal, credited: Decimal, wanted: Decimal
) -> None:
    key = ("S", Decimal(20).normalize())
    groups = creditable({key: invoiced}, {key: credited}, {})
    assert bool(above(groups, {key: wanted})) == (wanted > max(invoiced - credited, ZERO))


def test_a_rate_the_invoice_has_not_cannot_be_credited() -> None:
    invoice, credit = composed(form(line())), composed(form(line(vat="S10", unit_price="1")))
    (finding,) = credit_findings(credit, creditable(bases(invoice), {}, {}))
    assert (finding.code, finding.place, finding.params["remaining"]) == ("ED-CREDIT-ABOVE", "lines.0.unit_price", "0")


def test_a_cent_of_rounding_is_no_excess_and_two_are() -> None:
    total = CreditedTotal(Decimal("1.00"), Decimal("0.40"), 0)
    assert total.excess(Decimal("0.61"), "EUR") == 0
    assert total.excess(Decimal("0.62"), "EUR") == Decimal("0.02")
    assert replace(total, notes=1).excess(Decimal("0.62"), "EUR") == 0
    assert CreditedTotal(Decimal(100)).excess(Decimal(102), "JPY") == 2


@pytest.mark.parametrize("code", sorted(TypeCode))
def test_each_type_has_its_credit_note_and_its_correction(code: TypeCode) -> None:
    credit, corrected = credit_type(code), corrected_type(code)
    if code in CREDIT_NOTE_TYPES:
        assert (credit, corrected) == (None, None)
        return
    assert credit in CREDIT_NOTE_TYPES
    assert (corrected is None) == (code in DEPOSIT_TYPES)
    assert corrected is None or corrected in CORRECTED_TYPES


@given(cents.filter(bool), cents, cents.filter(bool))
def test_a_deposit_stays_within_its_deal(deal: Decimal, deposited: Decimal, asked: Decimal) -> None:
    progress = DepositProgress(deal, deposited=min(deposited, deal), deposits=1 if deposited else 0)
    found = {finding.code for finding in deposit_findings(asked, progress, "EUR")}
    kind = deposit_kind(asked, progress)
    if asked > progress.remaining:
        assert found == {"ED-DEPOSIT-ABOVE"}
    elif asked < progress.remaining:
        assert (found, kind) == (set(), DepositKind.DEPOSIT)
    elif deposited:
        assert (found, kind) == ({"ED-DEPOSIT-WHOLE"}, DepositKind.BALANCE)
    else:
        assert (found, kind) == ({"ED-DEPOSIT-INVOICE"}, DepositKind.INVOICE)
    assert 0 <= progress.percent <= 100


def test_progress_of_a_deal() -> None:
    progress = DepositProgress(Decimal(10_000), deposited=Decimal(3000), deposits=1)
    assert (progress.percent, progress.remaining) == (Decimal("30.00"), Decimal(7000))
    assert deposit_kind(Decimal("6999.99"), progress) is DepositKind.DEPOSIT
    assert deposit_kind(Decimal("7000.00"), progress) is DepositKind.BALANCE
    (finding,) = deposit_findings(Decimal("7000.01"), progress, "EUR")
    assert (finding.code, finding.suggested_value) == ("ED-DEPOSIT-ABOVE", "7000")
    (closed,) = deposit_findings(Decimal(1), replace(progress, has_balance=True), "EUR")
    assert closed.code == "ED-DEPOSIT-ENDED"
