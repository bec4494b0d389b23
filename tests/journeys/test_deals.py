"""Documents that come after others, on real parts: official rules, PDF proof, SQLite, the practice platform."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from einvoice_desktop.bootstrap import Program
from einvoice_desktop.domain.draft import DraftChange, DraftLine
from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ports.errors import NotIssuableError
from einvoice_desktop.ports.events import SyncPhase
from einvoice_desktop.ports.records import BillingMandate, Draft, IssuedDocument
from einvoice_desktop.services.make_credit_note import CreditedLine
from tests.fakes.office import BUYER, SELLER, form

TWO_RATES = (
    DraftLine("Pose", "10", "HUR", "450", "S10"),
    DraftLine("Meubles", "1", "C62", "5500", "S20", "3"),
    DraftLine("Livres", "7", "C62", "12,99", "S5.5"),
)


@pytest.fixture
def shop(program: Program) -> Program:
    program.services.companies.save(SELLER)
    program.services.buyers.save(replace(BUYER, scenario="silent", vat_number="FR96552100554"))
    program.services.platform.use_sandbox()
    return program


def typed(program: Program, **changes: object) -> Draft:
    draft = program.services.drafts.new(SELLER.id)
    return program.services.drafts.save(draft.id, form(issue_date=draft.form.issue_date, **changes))


def issued(program: Program, draft: Draft, *, send: bool = True) -> IssuedDocument:
    summary = program.services.issue.summary(draft.id)
    assert [summary.lights.xml.state, summary.lights.rules.state, summary.lights.pdf.state] == ["green"] * 3
    return program.services.issue.issue_draft(draft.id, send=send)


def delivered(program: Program, *documents: IssuedDocument) -> None:
    """The practice platform checked them with the official rules and made them available."""
    for _ in range(8):
        assert program.turn().phase is SyncPhase.IDLE
    assert {program.services.view.issued(document.id).state for document in documents} == {"203"}


def test_credit_notes_and_a_correction_are_delivered(shop: Program) -> None:
    services = shop.services
    changes = (
        DraftChange("allowance", percentage="2", vat="S20"),
        DraftChange("charge", "15", reason="Port", vat="S20"),
    )
    first = issued(shop, typed(shop, lines=TWO_RATES, changes=changes))
    second = issued(shop, typed(shop, lines=TWO_RATES))
    part = issued(
        shop, services.credit_notes.partial(first.id, (CreditedLine(0), CreditedLine(1, amount=Decimal("99.99"))))
    )
    rest = issued(shop, services.credit_notes.total(first.id, "Commande annulée"))
    corrected = issued(shop, services.corrections.start(second.id, "Adresse de livraison corrigée"))
    delivered(shop, first, part, rest, corrected)
    replaced = services.view.issued(second.id)
    assert replaced.state == "220"
    assert [(entry.syntax, entry.state.value) for entry in replaced.outbox] == [
        ("Factur-X", "accepted"),
        ("CDAR", "accepted"),
    ]
    assert part.summary.without_vat + rest.summary.without_vat == first.summary.without_vat
    assert services.credit_notes.state(first.id).reason == "ED-CREDIT-EXHAUSTED"
    owed = services.queries.receivables(SELLER.id, first.summary.issue_date)
    assert owed.total == corrected.summary.due
    assert services.ledger.run()[0].is_intact


def test_a_deal_from_its_first_deposit_to_its_balance_is_delivered(shop: Program) -> None:
    services = shop.services
    source = typed(shop, lines=TWO_RATES, purchase_order="CDE-9")
    deposit = issued(shop, services.deposits.of_draft(source.id, Decimal(30)))
    further = issued(shop, services.deposits.further(deposit.id, Decimal("1234.56")))
    balance = issued(shop, services.balances.of_draft(deposit.id, source.id))
    delivered(shop, deposit, further, balance)
    deal_total = services.deposits.deal(deposit.id).group.deal_total
    paid = deposit.summary.without_vat + further.summary.without_vat
    assert balance.summary.without_vat == deal_total - paid
    month = services.queries.vat(SELLER.id, balance.summary.issue_date.year, balance.summary.issue_date.month)
    assert month.tax == deposit.summary.vat + further.summary.vat + balance.summary.vat
    turnover = services.queries.turnover(SELLER.id, balance.summary.issue_date.year)
    assert sum(one.without_vat for one in turnover) == deal_total


def test_a_self_billed_invoice_and_its_credit_note_are_issued(shop: Program) -> None:
    services = shop.services
    services.self_billing.record_mandate(BillingMandate(SELLER.id, BUYER.id, date(2026, 1, 5)))
    draft = services.self_billing.new(SELLER.id, BUYER.id)
    rows = (DraftLine("Légumes", "10", "KGM", "3,00", "S5.5"),)
    services.drafts.save(draft.id, replace(draft.form, lines=rows, iban="FR7630006000011234567890189"))
    document = issued(shop, draft, send=False)
    note = issued(shop, services.credit_notes.total(document.id), send=False)
    assert (document.summary.number[:3], note.summary.type_code) == ("FAF", "261")


def test_the_french_extension_is_sent_as_cii(shop: Program) -> None:
    rows = (
        DraftLine("Bois", "1", "C62", "100", "S20", order="CDE-1", order_line="1"),
        DraftLine("Vis", "1", "C62", "10", "S20", order="CDE-2", order_line="4"),
    )
    document = issued(shop, typed(shop, lines=rows))
    content = shop.services.view.issued(document.id).invoice
    assert content.profile == Profile.EXTENDED_CTC_FR
    assert document.pdf.startswith(b"%PDF")
    delivered(shop, document)
    (entry,) = shop.services.view.issued(document.id).outbox
    assert (entry.syntax, entry.content) == ("CII", document.xml)


def test_a_file_attached_is_inside_what_is_delivered(shop: Program) -> None:
    draft = typed(shop)
    shop.services.attachments.add(draft.id, "bon de commande.pdf", b"%PDF-1.4 bon", "BON_COMMANDE")
    document = issued(shop, shop.services.drafts.get(draft.id))
    delivered(shop, document)
    read = shop.tools.reader.read(document.pdf).invoice
    assert read is not None
    assert [attached.content for attached in read.attachments] == [b"%PDF-1.4 bon"]


def test_of_credit_notes_issued_at_once_only_what_the_invoice_holds_passes(shop: Program) -> None:
    services = shop.services
    invoice = issued(shop, typed(shop), send=False)
    drafts = [services.credit_notes.partial(invoice.id, (CreditedLine(1, amount=Decimal(60)),)) for _ in range(4)]
    for draft in drafts:
        rows = (replace(draft.form.lines[0], unit_price="400"),)
        services.drafts.save(draft.id, replace(draft.form, lines=rows))
    refused: list[NotIssuableError] = []

    def act(draft: Draft) -> None:
        try:
            services.issue.issue_draft(draft.id, send=False)
        except NotIssuableError as error:
            refused.append(error)

    threads = [threading.Thread(target=act, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [error.findings[0].code for error in refused] == ["ED-CREDIT-ABOVE"] * 2
    assert services.credit_notes.state(invoice.id).remaining_with_vat == Decimal("240.00")
    assert len(services.credit_notes.state(invoice.id).credit_notes) == 2
