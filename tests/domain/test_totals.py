"""The laws of the one totals function, for every document that can be written."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.credit import credit_of
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.domain.vat import standard
from tests.domain.strategies import document_allowances, document_lines, invoices


@given(st.lists(document_lines(), min_size=1, max_size=12), st.lists(document_allowances(), max_size=3), st.randoms())
def test_line_order_never_changes_the_totals(
    lines: list[Line], allowances: list[Allowance], random: random.Random
) -> None:
    computed = list(with_net_amounts(lines))
    shuffled = computed.copy()
    random.shuffle(shuffled)
    assert compute_totals(computed, allowances=allowances) == compute_totals(shuffled, allowances=allowances)


@given(invoices())
def test_the_breakdown_adds_up(invoice: Invoice) -> None:
    totals = invoice.totals
    assert totals.vat == sum((g.tax_amount for g in totals.breakdown), ZERO)  # BR-CO-14
    assert totals.without_vat == sum((g.taxable_amount for g in totals.breakdown), ZERO)
    assert totals.line_net == sum((line.net_amount for line in invoice.lines), ZERO)  # BR-CO-10
    assert totals.without_vat == totals.line_net - totals.allowances + totals.charges  # BR-CO-13
    assert totals.with_vat == totals.without_vat + totals.vat  # BR-CO-15
    assert totals.due == totals.with_vat - totals.paid + totals.rounding  # BR-CO-16


@given(invoices())
def test_a_credit_note_of_the_whole_document_cancels_it_to_the_cent(invoice: Invoice) -> None:
    credit = credit_of(invoice, number="A2026-0001", issue_date=invoice.issue_date)
    assert invoice.signed_with_vat + credit.signed_with_vat == 0
    assert credit.totals.breakdown == invoice.totals.breakdown
    assert credit.preceding[0].number == invoice.number
    assert credit.preceding[0].issue_date == invoice.issue_date


@given(st.lists(document_lines(), min_size=1, max_size=6))
def test_a_line_is_rounded_once_half_up(lines: list[Line]) -> None:
    for line, computed in zip(lines, with_net_amounts(lines), strict=True):
        with localcontext(prec=60):
            exact = line.quantity * line.net_price / (line.base_quantity or 1)
            exact += sum((c.amount for c in line.charges), ZERO) - sum((a.amount for a in line.allowances), ZERO)
            assert computed.net_amount == exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_the_famous_cent_of_36_04() -> None:
    line = Line("1", "Cahiers", Decimal(7), "C62", Decimal("4.29"), standard("20"), ZERO)
    totals = compute_totals(with_net_amounts([line]))
    assert (totals.without_vat, totals.vat, totals.with_vat) == (Decimal("30.03"), Decimal("6.01"), Decimal("36.04"))


def test_a_rate_written_20_and_20_00_is_one_group() -> None:
    lines = [
        Line(str(i), "x", Decimal(1), "C62", Decimal(10), standard(rate), ZERO)
        for i, rate in enumerate(("20", "20.00"))
    ]
    assert len(compute_totals(with_net_amounts(lines)).breakdown) == 1


@given(st.lists(document_lines(), min_size=1, max_size=12), st.lists(document_allowances(), max_size=3))
def test_groups_by_reason_change_no_total(lines: list[Line], allowances: list[Allowance]) -> None:
    computed = with_net_amounts(lines)
    plain = compute_totals(computed, allowances=allowances)
    told = compute_totals(computed, allowances=allowances, by_reason=True)
    assert replace(told, breakdown=plain.breakdown) == plain
    assert sum((g.taxable_amount for g in told.breakdown), ZERO) == plain.without_vat
    assert len({(g.category, g.rate, g.exemption_code, g.exemption_reason) for g in told.breakdown}) == len(
        told.breakdown
    )
