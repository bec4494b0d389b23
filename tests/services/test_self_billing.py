"""Billing for a supplier: under his mandate, in his name, with numbers of a root of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.records import BillingMandate
from tests.fakes.office import BUYER, SELLER, Office
from tests.fakes.queries import FakeQueries
from tests.fakes.store import FakeStore

MANDATE = BillingMandate(SELLER.id, BUYER.id, date(2026, 10, 1), " Mandat 3 ")


@pytest.fixture
def office() -> Office:
    office = Office()
    office.buyers.save(replace(BUYER, vat_number="FR96552100554"))
    return office


def self_billed(office: Office, type_code: str = "389") -> str:
    draft = office.self_billing.new(SELLER.id, BUYER.id, type_code)
    rows = (DraftLine("Légumes", "10", "KGM", "3,00", "S5.5"),)
    office.drafts.save(draft.id, replace(draft.form, lines=rows, iban="FR7630006000011234567890189"))
    return draft.id


def test_without_a_mandate_nothing_is_billed(office: Office) -> None:
    with pytest.raises(UserError, match="ED-NO-MANDATE"):
        office.self_billing.new(SELLER.id, BUYER.id)
    with pytest.raises(NotIssuableError) as refused:
        office.issued(send=False, type_code="389")
    assert ("ED-NO-MANDATE", "buyer_id") in [(f.code, f.place) for f in refused.value.findings]


def test_the_supplier_sells_and_the_company_buys(office: Office) -> None:
    office.self_billing.record_mandate(MANDATE)
    assert office.self_billing.mandate(SELLER.id, BUYER.id) == replace(MANDATE, reference="Mandat 3")
    document = office.issue.issue_draft(self_billed(office), send=False)
    content = office.view.issued(document.id).invoice
    assert (content.seller.name, content.buyer.name) == (BUYER.name, SELLER.name)
    assert (document.summary.number, document.summary.party_name) == ("FAF2026-0001", BUYER.name)
    note = office.issue.issue_draft(office.credit_notes.total(document.id).id, send=False)
    assert (note.summary.number, note.summary.type_code) == ("AAF2026-0001", "261")
    assert office.view.issued(note.id).invoice.seller == content.seller


def test_a_purchase_is_neither_turnover_nor_owed_nor_our_vat(office: Office) -> None:
    office.self_billing.record_mandate(MANDATE)
    office.issue.issue_draft(self_billed(office), send=False)
    assert isinstance(office.store, FakeStore)
    queries = FakeQueries(office.store)
    assert queries.turnover(SELLER.id, 2026)[10].without_vat == 0
    assert queries.receivables(SELLER.id, office.clock.today()).total == 0
    assert queries.vat(SELLER.id, 2026, 11).rows == ()


def test_a_mandate_ends(office: Office) -> None:
    office.self_billing.record_mandate(MANDATE)
    draft_id = self_billed(office)
    office.self_billing.end_mandate(SELLER.id, BUYER.id)
    with pytest.raises(NotIssuableError):
        office.issue.issue_draft(draft_id, send=False)


def test_a_mandate_that_cannot_be_is_refused(office: Office) -> None:
    with pytest.raises(UserError, match="ED-MANDATE-DATE"):
        office.self_billing.record_mandate(replace(MANDATE, signed_on=date(2026, 11, 22)))
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.self_billing.record_mandate(replace(MANDATE, supplier_id="gone"))
    with pytest.raises(ValueError, match="380"):
        office.self_billing.new(SELLER.id, BUYER.id, "380")
