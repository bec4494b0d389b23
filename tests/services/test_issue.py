"""Issuing takes a number, freezes bytes, writes the register and queues the sending: all, or nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from einvoice_desktop.domain.draft import DraftChange, DraftLine, DraftNote
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import NotCheckedError, NotIssuableError, UserError
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.ports.unit_of_work import OutboxState, ledger_scope
from tests.fakes.office import SELLER, Office, form


@pytest.fixture
def office() -> Office:
    office = Office()
    office.platform.use_sandbox()
    return office


def test_one_click_issues_and_queues(office: Office) -> None:
    document = office.issued()
    assert document.summary.number == "F2026-0001"
    assert document.summary.with_vat == Decimal("1200.00")
    with office.store.reading() as work:
        (entry,) = work.outbox.of(document.id)
        head = work.ledger.head(ledger_scope(SELLER.id, office.store.environment))
    assert entry.state is OutboxState.QUEUED
    assert entry.content == document.pdf
    assert head is not None
    assert head.payload["number"] == "F2026-0001"
    assert head.payload["pdf_sha256"] == document.pdf_sha256


def test_the_draft_is_gone_once_issued(office: Office) -> None:
    draft = office.drafts.new(SELLER.id)
    office.drafts.save(draft.id, form())
    office.issue.issue_draft(draft.id, send=False)
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.drafts.get(draft.id)


def test_issuing_twice_is_issuing_once(office: Office) -> None:
    draft = office.drafts.new(SELLER.id)
    office.drafts.save(draft.id, form())
    document = office.issue.issue_draft(draft.id, send=True)
    assert office.issue.issue_draft(draft.id, send=True) == document
    with office.store.reading() as work:
        assert len(tuple(work.ledger.entries(ledger_scope(SELLER.id, office.store.environment)))) == 1
        assert len(work.outbox.of(document.id)) == 1
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.issue.issue_draft("never typed", send=False)


def test_numbers_follow_one_another_and_a_refusal_leaves_no_gap(office: Office) -> None:
    numbers = [office.issued().summary.number]
    office.rules.answer = RuleReport(Verdict.NOT_CONFORMING, (Finding("BR-CO-10"),))
    with pytest.raises(NotIssuableError) as refused:
        office.issued()
    assert refused.value.findings[0].code == "BR-CO-10"
    office.rules.answer = RuleReport(Verdict.CONFORMING)
    numbers.append(office.issued().summary.number)
    assert numbers == ["F2026-0001", "F2026-0002"]


def test_a_doubt_of_ours_blocks_what_official_rules_accept(office: Office) -> None:
    """A legal mention of one dot passes every official file; it is said before issuing, and nothing is issued."""
    company = replace(SELLER, recovery_note=".")
    with office.store.unit_of_work() as work:
        work.companies.update(company)
        work.commit()
    context = office.check.context(SELLER.id, form().buyer_id)
    verdict = office.check.check(context, form())
    assert verdict.verdict is Verdict.NOT_CONFORMING
    assert "ED-NOTE-EMPTY" in {finding.code for finding in verdict.findings if finding.is_blocking}
    with pytest.raises(NotIssuableError) as refused:
        office.issued()
    assert [finding.code for finding in refused.value.findings] == ["ED-NOTE-EMPTY"]


def test_what_could_not_be_checked_is_not_issued(office: Office) -> None:
    office.rules.answer = RuleReport(Verdict.NOT_CHECKED, why_not_checked="timeout")
    with pytest.raises(NotCheckedError):
        office.issued()
    with office.store.reading() as work:
        assert work.ledger.head(ledger_scope(SELLER.id, office.store.environment)) is None


def test_sending_without_a_platform_writes_nothing() -> None:
    office = Office()
    with pytest.raises(UserError, match="ED-NO-PLATFORM"):
        office.issued(send=True)
    assert office.issued(send=False).summary.number == "F2026-0001"


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"issue_date": "2026-11-22"}, "ED-DATE-FUTURE", "issue_date"),
        ({"issue_date": "31/02/2026"}, "ED-DATE", "issue_date"),
        ({"due_date": "2026-10-20"}, "BR-FR-CO-07", "due_date"),
        ({"buyer_id": ""}, "ED-NO-BUYER", "buyer_id"),
        ({"lines": (DraftLine(),)}, "ED-NO-LINE", "lines.0.name"),
        ({"lines": (DraftLine("x", "0", "C62", "1", "S20"),)}, "ED-QUANTITY-ZERO", "lines.0.quantity"),
        ({"lines": (DraftLine("x", "1", "C62", "abc", "S20"),)}, "ED-NUMBER", "lines.0.unit_price"),
        ({"lines": (DraftLine("x" * 501, "1", "C62", "1", "S20"),)}, "ED-TOO-LONG", "lines.0.name"),
        ({"lines": (DraftLine("x", "1", "C62", "1", "S20", "101"),)}, "ED-DISCOUNT-RANGE", "lines.0.discount"),
        ({"lines": (DraftLine("x\x07", "1", "C62", "1", "S20"),)}, "ED-CHARACTER", "lines.0.name"),
        ({"lines": (DraftLine("x", "1", "C62", "-1", "S20"),)}, "ED-PRICE-NEGATIVE", "lines.0.unit_price"),
        ({"iban": "FR7630006000011234567890188"}, "ED-IBAN-KEY", "iban"),
        ({"type_code": "381"}, "BR-FR-CO-05", "preceding_number"),
        ({"currency": "euro"}, "ED-CURRENCY", "currency"),
    ],
)
def test_bad_input_is_named_at_its_field_and_kept(
    office: Office, changes: dict[str, object], code: str, place: str
) -> None:
    draft = office.drafts.new(SELLER.id)
    typed = form(**changes)
    office.drafts.save(draft.id, typed)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(draft.id, send=True)
    assert (code, place) in [(f.code, f.place) for f in refused.value.findings]
    assert office.drafts.get(draft.id).form == typed


def test_a_date_before_the_last_invoice_is_refused(office: Office) -> None:
    office.issued()
    with pytest.raises(NotIssuableError) as refused:
        office.issued(issue_date="2026-11-20")
    assert refused.value.findings[0].code == "ED-DATE-BEFORE-LAST"


def test_a_clock_set_back_blocks_issuing(office: Office) -> None:
    office.issued()
    office.clock.advance(-3600)
    with pytest.raises(UserError, match="ED-CLOCK-BACK"):
        office.issued()


def test_editing_the_customer_later_changes_nothing_issued(office: Office) -> None:
    document = office.issued()
    before = office.view.issued(document.id).invoice
    buyer = office.buyers.get(SELLER.id, "buyer-1")
    office.buyers.save(replace(buyer, name="Globex International", address=replace(buyer.address, city="Lyon")))
    assert office.view.issued(document.id).invoice == before
    assert office.issued().summary.party_name == "Globex International"


def test_a_sandbox_document_says_so_on_its_page(office: Office) -> None:
    assert b"SANDBOX" in office.issued().pdf


def test_a_duplicate_is_a_new_draft_with_the_same_content(office: Office) -> None:
    document = office.issued()
    copy = office.drafts.duplicate(document.id)
    assert [line.unit_price for line in copy.form.lines] == ["380", "240"]
    again = office.issue.issue_draft(copy.id, send=False)
    assert again.summary.with_vat == document.summary.with_vat


def test_a_duplicate_loses_no_term_nor_file(office: Office) -> None:
    draft = office.drafts.new(SELLER.id)
    office.drafts.save(
        draft.id,
        form(
            lines=(
                DraftLine("Pose", "2", "C62", "100", "S20", "10", "Détail", "REF", order_line="3", note="Fragile"),
                DraftLine("Livre", "1", "C62", "20", "S5.5", charge="1", charge_reason="Port", attributes="Tome : 1"),
            ),
            changes=(DraftChange("charge", "12", reason="Transport", vat="S20"),),
            notes=(DraftNote("REG", "SARL"), DraftNote("PMT", "Indemnité : 60 €.")),
            purchase_order="BC-1",
            contract="CT-1",
            accounting_reference="607",
            iban="FR1420041010050500013M02606",
            period_start="2026-10-01",
            period_end="2026-10-31",
            rounding="-0,02",
        ),
    )
    office.attachments.add(draft.id, "annexe.pdf", b"%PDF-1.4 annexe", "BON_COMMANDE")
    first = office.issue.issue_draft(draft.id, send=False)
    copy = office.drafts.duplicate(first.id)
    second = office.issue.issue_draft(copy.id, send=False)
    one, other = (office.view.issued(document.id).invoice for document in (first, second))
    assert replace(other, number=one.number) == one
    assert other.attachments[0].content == b"%PDF-1.4 annexe"


def test_what_was_paid_is_not_paid_again(office: Office) -> None:
    document = office.issued(paid="100", send=False)
    assert office.view.issued(document.id).invoice.totals.paid == 100
    assert office.drafts.duplicate(document.id).form.paid == ""
