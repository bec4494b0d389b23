"""A whole document is checked at its fields, whatever it holds: what passes can always be computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.document_checks import check_document
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Severity
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.limits import LARGEST, has_more_decimals, is_too_large, issue_date_findings
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO, round_half_up
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.domain.vat import VatTreatment, standard
from tests.domain.strategies import party
from tests.fakes.office import BUYER, SELLER

LINE = Line("1", "Conseil", Decimal(2), "HUR", Decimal("80.50"), standard("20"), ZERO)
DAY = date(2026, 11, 20)


def document(**changes: object) -> Invoice:
    lines = with_net_amounts((LINE,))
    whole = Invoice(
        number="",
        issue_date=DAY,
        type_code="380",
        currency="EUR",
        seller=party("Atelier", "732829320"),
        buyer=party("Globex", "552100554"),
        lines=lines,
        totals=compute_totals(lines),
        due_date=date(2026, 12, 20),
    )
    whole = with_french_mentions(whole, recovery="40 €", penalty="Trois fois", discount="Aucun")
    return replace(whole, **changes)  # type: ignore[arg-type]


def found(invoice: Invoice) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in check_document(invoice)]


def test_a_good_document_passes() -> None:
    assert found(document()) == []


def test_a_wrong_key_only_warns() -> None:
    findings = check_document(document(seller=party("Atelier", "123456789")))
    assert {(f.code, f.place) for f in findings} >= {("ED-SIREN-KEY", "seller.siren")}
    assert {f.severity for f in findings} == {Severity.WARNING}


def test_a_customer_without_identity_is_a_person_and_that_is_said() -> None:
    person = replace(document().buyer, legal_id=None, vat_number="", electronic_address=Identifier("a@b.fr", "EM"))
    assert found(document(buyer=person, notes=())) == [("ED-BUYER-PERSON", "buyer.siren")]
    nowhere = replace(person, electronic_address=None)
    assert found(document(buyer=nowhere, notes=())) == [("BR-FR-11", "buyer.siren")]


@pytest.mark.parametrize(
    ("means", "account", "is_wrong"),
    [
        ("58", "FR7630006000011234567890189", False),
        ("58", "FR7630006000011234567890188", True),
        ("58", "12345", True),
        ("30", "12345", False),
        ("30", "fr76 3000 6000 0112 3456 7890 188", True),
        ("48", "", False),
    ],
)
def test_what_is_given_as_an_iban_must_be_one(means: str, account: str, is_wrong: bool) -> None:
    assert found(document(payment=PaymentInstructions(means, iban=account))) == ([("ED-IBAN-KEY", "iban")] * is_wrong)


def test_a_date_is_neither_tomorrow_nor_before_the_last() -> None:
    today, last = date(2026, 11, 21), date(2026, 11, 19)
    assert issue_date_findings(DAY, today, last) == ()
    assert [f.code for f in issue_date_findings(date(2026, 11, 22), today, None)] == ["ED-DATE-FUTURE"]
    (early,) = issue_date_findings(date(2026, 11, 18), today, last)
    assert (early.code, early.suggested_value) == ("ED-DATE-BEFORE-LAST", "2026-11-19")


anything = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30"))
rates = st.one_of(st.none(), st.sampled_from([Decimal(20), Decimal("5.5")]), anything)


@given(anything, anything, st.one_of(st.none(), anything), rates, anything)
def test_what_passes_can_be_computed(
    quantity: Decimal, price: Decimal, base: Decimal | None, rate: Decimal | None, paid: Decimal
) -> None:
    line = replace(LINE, quantity=quantity, net_price=price, base_quantity=base, vat=VatTreatment("S", rate))
    whole = document(lines=(line,))
    whole = replace(whole, totals=replace(whole.totals, paid=paid))
    if any(finding.is_blocking for finding in check_document(whole)):
        return
    totals = compute_totals(with_net_amounts(whole.lines), paid=paid)
    assert totals.due == totals.with_vat - totals.paid
    assert abs(totals.line_net) <= LARGEST


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=4))
def test_precision_is_what_rounding_would_lose(value: Decimal) -> None:
    assert has_more_decimals(value, 2) == (value != round_half_up(value, 2))


@given(anything, anything)
def test_size_is_that_of_the_largest_and_of_the_product(first: Decimal, second: Decimal) -> None:
    largest = max(abs(first), abs(second), abs(first * second))
    assert is_too_large(first, second) == (largest >= LARGEST)


def test_a_form_whose_product_is_out_of_reach_is_told_at_the_price() -> None:
    row = DraftLine("Lingots", "900000000000000", "C62", "900000000000000", "S20")
    composition = compose(DraftForm(buyer_id=BUYER.id, lines=(row,)), ComposeContext(SELLER, BUYER, DAY))
    assert ("ED-AMOUNT-TOO-LARGE", "lines.0.unit_price") in [(f.code, f.place) for f in composition.findings]


def test_vat_in_euros_is_asked_only_when_there_is_some() -> None:
    dollars = document(currency="USD")
    assert ("BR-FR-CO-12", "totals.vat_in_accounting_currency") in found(dollars)
    free = with_net_amounts((replace(LINE, vat=VatTreatment("Z", ZERO)),))
    whole = document(currency="USD", lines=free, totals=compute_totals(free))
    completed = with_french_mentions(whole, recovery="", penalty="", discount="")
    assert (completed.accounting_currency, completed.totals.vat_in_accounting_currency) == ("EUR", ZERO)
    assert found(completed) == []
