"""Crediting: only what was admitted, never more than was invoiced, at each VAT rate, even by two drafts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import DraftChange, DraftLine
from einvoice_desktop.domain.lifecycle import LifecycleEvent
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.records import DocumentEvent, DocumentLink, IssuedDocument, Relation
from einvoice_desktop.ports.unit_of_work import ledger_scope
from einvoice_desktop.services.make_credit_note import CreditedLine
from tests.fakes.office import BUYER, SELLER, Office, form
from tests.fakes.queries import FakeQueries
from tests.fakes.store import FakeStore

TWO_RATES = (
    DraftLine("Conseil", "3", "HUR", "100", "S20"),
    DraftLine("Livre", "10", "C62", "12,50", "S5.5", "10"),
)


@pytest.fixture
def office() -> Office:
    return Office()


def arrive(office: Office, document: IssuedDocument, *codes: str) -> None:
    """Life-cycle events of the platform, one after another."""
    with office.store.unit_of_work() as work:
        for minute, code in enumerate(codes):
            at = office.clock.now() + timedelta(minutes=minute)
            work.events.add(DocumentEvent(document.id, LifecycleEvent(code, at), at))
        work.commit()


def test_a_total_credit_note_gives_everything_back(office: Office) -> None:
    invoice = office.issued(send=False, lines=TWO_RATES, purchase_order="BC-7")
    draft = office.credit_notes.total(invoice.id, "Commande annulée")
    note = office.issue.issue_draft(draft.id, send=False)
    assert (note.summary.number, note.summary.type_code) == ("A2026-0001", "381")
    assert note.summary.with_vat == invoice.summary.with_vat
    assert note.breakdown == invoice.breakdown
    content = office.view.issued(note.id).invoice
    assert [(b.number, b.issue_date) for b in content.preceding] == [("F2026-0001", invoice.summary.issue_date)]
    assert content.business_process == "S1"
    assert [n.text for n in content.notes if not n.subject] == ["Commande annulée"]
    assert content.purchase_order_reference == "BC-7"
    state = office.credit_notes.state(invoice.id)
    assert state.remaining == state.remaining_with_vat == 0
    assert state.reason == "ED-CREDIT-EXHAUSTED"
    assert state.credit_notes == (note.id,)


def test_a_partial_credit_note_leaves_the_rest(office: Office) -> None:
    invoice = office.issued(send=False, lines=TWO_RATES)
    chosen = (CreditedLine(0, quantity=Decimal(1)), CreditedLine(1, amount=Decimal("12.50")))
    draft = office.credit_notes.partial(invoice.id, chosen)
    note = office.issue.issue_draft(draft.id, send=False)
    assert note.summary.without_vat == Decimal("112.50")
    state = office.credit_notes.state(invoice.id)
    assert [(g.category, g.rate, g.remaining) for g in state.groups] == [
        ("S", Decimal(20), Decimal(200)),
        ("S", Decimal("5.5"), Decimal(100)),
    ]
    assert state.remaining_with_vat == invoice.summary.with_vat - note.summary.with_vat
    rest = office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False)
    assert rest.summary.without_vat == Decimal("300.00")
    assert office.credit_notes.state(invoice.id).reason == "ED-CREDIT-EXHAUSTED"
    with pytest.raises(UserError, match="ED-CREDIT-EXHAUSTED"):
        office.credit_notes.total(invoice.id)


def test_the_parties_are_those_of_the_invoice_not_of_the_registry(office: Office) -> None:
    invoice = office.issued(send=False)
    office.buyers.save(replace(BUYER, name="Globex International"))
    office.companies.save(replace(SELLER, name="Brossard et Fils"))
    draft = office.credit_notes.total(invoice.id)
    office.drafts.save(draft.id, replace(draft.form, buyer_id="buyer-2"))
    note = office.view.issued(office.issue.issue_draft(draft.id, send=False).id).invoice
    original = office.view.issued(invoice.id).invoice
    assert (note.seller, note.buyer, note.treatment) == (original.seller, original.buyer, original.treatment)


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ((), ""),
        (("200", "203"), ""),
        (("200", "205"), ""),
        (("200", "207"), ""),
        (("200", "205", "212"), ""),
        (("200", "210"), "ED-CREDIT-REFUSED"),
        (("200", "213"), "ED-CREDIT-REFUSED"),
        (("501",), "ED-CREDIT-REFUSED"),
        (("200", "220"), "ED-CREDIT-CANCELLED"),
    ],
    ids=[
        "validated",
        "transmitted",
        "accepted",
        "disputed",
        "paid",
        "refused",
        "rejected",
        "inadmissible",
        "cancelled",
    ],
)
def test_what_stands_can_be_credited(office: Office, codes: tuple[str, ...], reason: str) -> None:
    invoice = office.issued(send=False)
    arrive(office, invoice, *codes)
    assert office.credit_notes.state(invoice.id).reason == reason
    if reason:
        with pytest.raises(UserError, match=reason):
            office.credit_notes.total(invoice.id)
    else:
        assert office.credit_notes.total(invoice.id).form.type_code == "381"


def test_a_credit_note_is_not_credited(office: Office) -> None:
    invoice = office.issued(send=False)
    note = office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False)
    with pytest.raises(UserError, match="ED-CREDIT-OF-CREDIT"):
        office.credit_notes.total(note.id)


def test_two_drafts_cannot_exceed_the_invoice_together(office: Office) -> None:
    invoice = office.issued(send=False)
    half = (CreditedLine(0),)
    first = office.credit_notes.partial(invoice.id, half)
    second = office.credit_notes.partial(invoice.id, (CreditedLine(1),))
    assert office.credit_notes.state(invoice.id).reason == "ED-CREDIT-DRAFTED"
    office.drafts.save(second.id, replace(second.form, lines=first.form.lines))
    office.issue.issue_draft(first.id, send=False)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(second.id, send=False)
    (finding,) = refused.value.findings
    assert (finding.code, finding.place) == ("ED-CREDIT-ABOVE", "lines.0.unit_price")
    assert finding.params["remaining"] == "240.00"
    assert office.drafts.get(second.id).form.lines == first.form.lines
    context = office.check.context_for(SELLER.id, office.drafts.get(second.id).form)
    verdict = office.check.check(context, office.drafts.get(second.id).form)
    assert "ED-CREDIT-ABOVE" in [f.code for f in verdict.findings]


def test_a_credit_note_typed_by_hand_meets_the_same_ceiling(office: Office) -> None:
    invoice = office.issued(send=False)
    too_much = (DraftLine("Geste", "1", "C62", "1000,01", "S20"),)
    changes = {"type_code": "381", "preceding_number": invoice.summary.number, "preceding_date": "2026-11-21"}
    with pytest.raises(NotIssuableError) as refused:
        office.issued(send=False, lines=too_much, **changes)
    assert refused.value.findings[0].code == "ED-CREDIT-ABOVE"
    with pytest.raises(NotIssuableError):
        office.issued(send=False, lines=(replace(too_much[0], unit_price="1", vat="S10"),), **changes)
    note = office.issued(send=False, lines=(replace(too_much[0], unit_price="1000,00"),), **changes)
    with office.store.reading() as work:
        assert work.links.of(note.id) == (DocumentLink(note.id, invoice.id, Relation.CREDITS, Decimal("1000.00")),)


def test_the_number_of_the_invoice_cannot_be_changed_on_its_credit_note(office: Office) -> None:
    invoice = office.issued(send=False)
    draft = office.credit_notes.total(invoice.id)
    office.drafts.save(draft.id, replace(draft.form, preceding_number="F2025-0001"))
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(draft.id, send=False)
    assert ("ED-SOURCE-NUMBER", "preceding_number") in [(f.code, f.place) for f in refused.value.findings]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ((), "ED-CREDIT-EMPTY"),
        ((CreditedLine(7),), "ED-CREDIT-LINE"),
        ((CreditedLine(0, quantity=Decimal(3)),), "ED-CREDIT-LINE"),
        ((CreditedLine(0, quantity=Decimal(0)),), "ED-CREDIT-LINE"),
        ((CreditedLine(0, amount=Decimal(-1)),), "ED-CREDIT-LINE"),
        ((CreditedLine(0, amount=Decimal("760.01")),), "ED-CREDIT-LINE"),
        ((CreditedLine(0, amount=Decimal("0.001")),), "ED-CREDIT-LINE"),
        ((CreditedLine(0), CreditedLine(0)), "ED-CREDIT-ABOVE"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(office: Office, chosen: tuple[CreditedLine, ...], code: str) -> None:
    invoice = office.issued(send=False)
    with pytest.raises(UserError, match=code):
        office.credit_notes.partial(invoice.id, chosen)
    with office.store.reading() as work:
        assert work.drafts.from_source(invoice.id) == ()


def test_a_credit_note_refused_by_the_platform_takes_nothing(office: Office) -> None:
    invoice = office.issued(send=False)
    note = office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False)
    arrive(office, note, "213")
    assert office.credit_notes.state(invoice.id).remaining == Decimal("1000.00")
    again = office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False)
    assert again.summary.number == "A2026-0002"


def test_a_refused_invoice_is_cancelled_in_the_books_and_nobody_is_told(office: Office) -> None:
    office.platform.use_sandbox()
    invoice = office.issued(send=True)
    with pytest.raises(UserError, match="ED-CREDIT-STANDS"):
        office.credit_notes.cancel_refused(invoice.id)
    arrive(office, invoice, "213")
    draft = office.credit_notes.cancel_refused(invoice.id, "Rejetée par la plateforme")
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(draft.id, send=True)
    assert [f.code for f in refused.value.findings] == ["ED-CREDIT-INTERNAL"]
    note = office.issue.issue_draft(draft.id, send=False)
    assert note.breakdown == invoice.breakdown
    with pytest.raises(UserError, match="ED-CREDIT-INTERNAL"):
        office.send.send(note.id)
    assert isinstance(office.store, FakeStore)
    queries = FakeQueries(office.store)
    assert queries.invoices(SELLER.id, only="to_send").rows == ()
    assert queries.turnover(SELLER.id, 2026)[10].without_vat == 0
    assert queries.vat(SELLER.id, 2026, 11).tax == 0
    with pytest.raises(UserError, match="ED-CREDIT-EXHAUSTED"):
        office.credit_notes.cancel_refused(invoice.id)


def test_the_register_says_what_is_credited(office: Office) -> None:
    invoice = office.issued(send=False)
    note = office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False)
    with office.store.reading() as work:
        entries = {e.subject: e for e in work.ledger.entries(ledger_scope(SELLER.id, office.store.environment))}
    assert entries[note.id].payload["links"] == [
        {"relation": "credits", "document": invoice.id, "number": "F2026-0001", "without_vat": "1000.00"}
    ]
    assert "links" not in entries[invoice.id].payload


def test_what_is_credited_is_no_more_to_be_paid(office: Office) -> None:
    invoice = office.issued(send=False)
    office.issue.issue_draft(office.credit_notes.partial(invoice.id, (CreditedLine(1),)).id, send=False)
    assert office.view.issued(invoice.id).remaining == Decimal("912.00")
    with pytest.raises(UserError, match="ED-PAYMENT-AMOUNT"):
        office.payments.record(invoice.id, office.clock.today(), Decimal("912.01"))
    office.payments.record(invoice.id, office.clock.today(), Decimal("912.00"))


def test_percentages_of_the_whole_invoice_apply_to_what_is_credited(office: Office) -> None:
    changes = (DraftChange("allowance", percentage="10", vat="S20"), DraftChange("charge", amount="5", vat="S20"))
    invoice = office.issued(send=False, changes=changes)
    assert invoice.summary.without_vat == Decimal("905.00")
    draft = office.credit_notes.partial(invoice.id, (CreditedLine(1),))
    note = office.issue.issue_draft(draft.id, send=False)
    assert note.summary.without_vat == Decimal("216.00")
    rest = office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False)
    assert rest.summary.without_vat == Decimal("689.00")


rows = st.builds(
    lambda quantity, price, vat, discount: DraftLine("Ligne", str(quantity), "C62", str(price), vat, str(discount)),
    st.integers(1, 40),
    st.decimals(min_value=Decimal("0.01"), max_value=9_000, places=2),
    st.sampled_from(["S20", "S10", "S5.5", "S2.1"]),
    st.sampled_from(["", "10", "33,33"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=1, max_size=5), st.data())
def test_whatever_is_credited_the_sum_never_exceeds_the_invoice(lines: list[DraftLine], data: st.DataObject) -> None:
    """Partial credit notes at random, then the rest: bases add up to those of the invoice, exactly, at each rate."""
    office = Office()
    invoice = office.issued(send=False, lines=tuple(lines))
    credited = Decimal(0)
    for _ in range(data.draw(st.integers(0, 3))):
        if office.credit_notes.state(invoice.id).reason:
            break
        index = data.draw(st.integers(0, len(lines) - 1))
        most = office.view.issued(invoice.id).invoice.lines[index].net_amount
        if most < Decimal("0.01"):
            continue
        amount = data.draw(st.decimals(min_value=Decimal("0.01"), max_value=most, places=2))
        try:
            draft = office.credit_notes.partial(invoice.id, (CreditedLine(index, amount=amount),))
        except UserError:
            continue
        credited += office.issue.issue_draft(draft.id, send=False).summary.without_vat
        assert office.credit_notes.state(invoice.id).remaining == invoice.summary.without_vat - credited
    if not office.credit_notes.state(invoice.id).reason:
        credited += office.issue.issue_draft(office.credit_notes.total(invoice.id).id, send=False).summary.without_vat
    assert credited == invoice.summary.without_vat


def test_a_corrected_invoice_replaces_the_whole(office: Office) -> None:
    invoice = office.issued(send=False)
    draft = office.corrections.start(invoice.id, "Adresse corrigée")
    office.drafts.save(draft.id, replace(draft.form, buyer_id="buyer-2"))
    corrected = office.issue.issue_draft(draft.id, send=False)
    assert (corrected.summary.type_code, corrected.summary.party_name) == ("384", "Nadia Benali")
    content = office.view.issued(corrected.id).invoice
    assert [b.number for b in content.preceding] == [invoice.summary.number]
    assert office.credit_notes.state(invoice.id).reason == "ED-CREDIT-CANCELLED"
    assert office.corrections.why_not(invoice.id) == "ED-CREDIT-CANCELLED"
    assert office.view.issued(invoice.id).remaining == 0
    assert office.credit_notes.state(corrected.id).is_allowed


def test_what_is_replaced_is_cancelled_once_the_correction_is_delivered(office: Office) -> None:
    office.platform.use_sandbox()
    invoice = office.issued(send=False)
    corrected = office.issue.issue_draft(office.corrections.start(invoice.id).id, send=False)
    arrive(office, corrected, "200", "202")
    office.announcer.tell(DocumentChanged(corrected.id))
    assert office.view.issued(invoice.id).state == ""
    office.clock.advance(3600)
    arrive(office, corrected, "203")
    for _ in range(2):
        office.announcer.tell(DocumentChanged(corrected.id))
    view = office.view.issued(invoice.id)
    assert view.state == "220"
    assert [step.detail for step in view.timeline if step.code == "220"] == [
        f"Remplacée par la facture rectificative {corrected.summary.number}"
    ]


def test_an_invoice_is_replaced_once_even_by_two_drafts(office: Office) -> None:
    invoice = office.issued(send=False)
    first, second = (office.corrections.start(invoice.id) for _ in range(2))
    office.issue.issue_draft(first.id, send=False)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(second.id, send=False)
    assert [(f.code, f.place) for f in refused.value.findings] == [("ED-CREDIT-CANCELLED", "preceding_number")]


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda office, invoice: office.issue.issue_draft(
            office.credit_notes.partial(invoice.id, (CreditedLine(1),)).id, send=False), "ED-CORRECT-CREDITED"),
        (lambda office, invoice: arrive(office, invoice, "210"), "ED-CREDIT-REFUSED"),
    ],
    ids=["credited in part", "refused"],
)  # fmt: skip
def test_what_cannot_be_replaced_says_why(office: Office, prepare: object, code: str) -> None:
    invoice = office.issued(send=False)
    prepare(office, invoice)  # type: ignore[operator]
    with pytest.raises(UserError, match=code):
        office.corrections.start(invoice.id)


def test_a_line_of_a_form_that_is_not_there_is_no_document(office: Office) -> None:
    for act in (office.credit_notes.state, office.credit_notes.total, office.corrections.start):
        with pytest.raises(UserError, match="ED-NOT-FOUND"):
            act("gone")
    assert form().type_code == "380"


def test_a_credit_note_net_of_tax_takes_from_the_whole_and_from_no_rate(office: Office) -> None:
    invoice = office.issued(send=False)
    draft = office.credit_notes.total(invoice.id)
    discount = DraftLine("Escompte 2 %", "1", "C62", "24,00", "E:VATEX-FR-CNWVAT")
    office.drafts.save(draft.id, replace(draft.form, lines=(discount,)))
    note = office.issue.issue_draft(draft.id, send=False)
    assert (note.summary.with_vat, note.summary.vat) == (Decimal("24.00"), Decimal(0))
    # The rest may still be credited, but not the whole of the invoice besides.
    rest = office.credit_notes.total(invoice.id)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(rest.id, send=False)
    (finding,) = refused.value.findings
    assert (finding.code, finding.params["excess"], finding.params["remaining"]) == (
        "ED-CREDIT-TOTAL",
        "24.00",
        "1176.00",
    )
    office.drafts.save(rest.id, replace(rest.form, lines=(DraftLine("Retour", "1", "C62", "980", "S20"),)))
    assert office.issue.issue_draft(rest.id, send=False).summary.with_vat == Decimal("1176.00")
