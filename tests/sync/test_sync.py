"""Delivered exactly once, whatever the line does; each status applied once, whatever the order."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.documents import Appearance
from einvoice_desktop.ports.errors import NeedsAttentionError, PlatformError, RefusedError, RetryLaterError
from einvoice_desktop.ports.events import DocumentReceived, Happening, SyncChanged, SyncPhase
from einvoice_desktop.ports.pdp import AckStatus, DirectoryLine
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.ports.unit_of_work import IssuedDocument, OutboxEntry, OutboxState
from tests.fakes.documents import cdar
from tests.fakes.office import DUE, SELLER, TODAY, Office, form
from tests.fakes.platform import lost_answer


@pytest.fixture
def office() -> Office:
    office = Office()
    office.platform.use_sandbox()
    return office


def entry_of(office: Office, document: IssuedDocument) -> OutboxEntry:
    with office.store.reading() as work:
        return work.outbox.of(document.id)[0]


def test_a_document_is_delivered_and_acknowledged(office: Office) -> None:
    document = office.issued()
    assert office.sync.turn().phase is SyncPhase.IDLE
    assert [s.content for s in office.far.taken] == [document.pdf]
    assert entry_of(office, document).state is OutboxState.ACCEPTED


def test_a_document_of_the_french_extension_goes_as_its_cii_and_says_so(office: Office) -> None:
    document = office.issued(profile="EXTENDED_CTC_FR")
    office.sync.turn()
    (taken,) = office.far.taken
    assert (taken.syntax, taken.content, taken.flow_profile) == ("CII", document.xml, "Extended-CTC-FR")


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ("MINIMUM", "Basic"),
        ("BASIC", "Basic"),
        ("EN 16931", "CIUS"),
        ("EXTENDED", "Extended-CTC-FR"),
        ("EXTENDED_CTC_FR", "Extended-CTC-FR"),
    ],
)
def test_the_platform_is_told_the_profile_of_the_document(office: Office, profile: str, told: str) -> None:
    office.issued(profile=profile)
    office.sync.turn()
    assert [taken.flow_profile for taken in office.far.taken] == [told]


def test_a_sending_queued_before_the_profile_was_kept_goes_as_before(office: Office) -> None:
    document = office.issued()
    with office.store.unit_of_work() as work:
        kept = replace(entry_of(office, document), id="old", tracking_id="old", profile="")
        work.outbox.add(kept)
        work.outbox.add(replace(kept, id="other", tracking_id="other", profile="urn:example.org:of-nobody"))
        work.commit()
    office.sync.turn()
    told = {taken.tracking_id: taken.flow_profile for taken in office.far.taken}
    assert (told["old"], told["other"]) == ("CIUS", "Undefined")


def test_a_lost_answer_is_settled_by_asking_not_by_sending_again(office: Office) -> None:
    document = office.issued()
    office.far.after.append(lost_answer())
    office.sync.turn()
    assert entry_of(office, document).state is OutboxState.UNKNOWN
    office.clock.advance(60)
    office.sync.turn()
    assert entry_of(office, document).state is OutboxState.ACCEPTED
    assert len(office.far.taken) == 1


def test_a_request_lost_on_its_way_is_sent_again(office: Office) -> None:
    document = office.issued()
    office.far.before.append(lost_answer())
    office.sync.turn()
    office.clock.advance(60)
    office.sync.turn()
    assert entry_of(office, document).state is OutboxState.ACCEPTED
    assert len(office.far.taken) == 1


def test_a_program_killed_while_sending_asks_first_when_it_comes_back(office: Office) -> None:
    document = office.issued()
    office.far.after.append(KilledError("killed"))
    with pytest.raises(KilledError):
        office.sync.turn()
    assert entry_of(office, document).state is OutboxState.SENDING
    office.clock.advance(60)
    office.new_sync().turn()
    assert entry_of(office, document).state is OutboxState.ACCEPTED
    assert len(office.far.taken) == 1


class KilledError(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@pytest.mark.parametrize(
    "error", [RetryLaterError("http_429", status=429, retry_after=120.0), RetryLaterError("network")]
)
def test_a_platform_away_makes_the_document_wait(office: Office, error: PlatformError) -> None:
    document = office.issued()
    office.far.before.append(error)
    assert office.sync.turn().phase is SyncPhase.OFFLINE
    entry = entry_of(office, document)
    assert entry.state is OutboxState.QUEUED
    assert entry.next_try_at is not None
    if isinstance(error, RetryLaterError) and error.retry_after:
        assert (entry.next_try_at - office.clock.now()).total_seconds() >= error.retry_after
    office.clock.advance(1000)
    office.sync.turn()
    assert entry_of(office, document).state is OutboxState.ACCEPTED


def test_a_refusal_is_final_until_the_user_acts(office: Office) -> None:
    document = office.issued()
    office.far.before.append(RefusedError("InvalidSchema", "XSD", status=422))
    office.sync.turn()
    office.clock.advance(1000)
    office.sync.turn()
    assert office.far.taken == []
    entry = entry_of(office, document)
    assert (entry.state, entry.last_error) == (OutboxState.REFUSED, "InvalidSchema: XSD")
    office.send.retry(entry.id)
    office.sync.turn()
    assert len(office.far.taken) == 1


def test_an_acknowledgement_in_error_is_shown_with_its_reason(office: Office) -> None:
    office.far.ack = AckStatus.ERROR
    document = office.issued()
    office.sync.turn()
    assert entry_of(office, document).state is OutboxState.REFUSED


def test_wrong_credentials_stop_everything_and_say_so(office: Office) -> None:
    document = office.issued()
    office.far.asleep = NeedsAttentionError("http_401", status=401)
    assert office.sync.turn().phase is SyncPhase.NEEDS_ATTENTION
    assert entry_of(office, document).state is OutboxState.QUEUED


def test_statuses_are_applied_once_in_order_of_their_time(office: Office) -> None:
    document = office.issued()
    office.sync.turn()
    at = {code: datetime(2026, 11, 21, 13, minute, tzinfo=UTC) for minute, code in enumerate(["200", "203", "205"])}
    for code in ("205", "200", "203"):  # the platform delivers them in disorder
        office.far.deliver("CustomerInvoiceLC", cdar("F2026-0001", SELLER.siren, code, at=at[code]))
    office.sync.turn()
    office.sync.turn()
    view = office.view.issued(document.id)
    assert view.state == "205"
    assert [s.code for s in view.timeline if s.code and s.at] == ["200", "203", "205"]


def test_one_bad_message_is_put_aside_and_the_rest_goes_on(office: Office) -> None:
    document = office.issued()
    office.sync.turn()
    office.far.deliver("CustomerInvoiceLC", b"\xff not a message")
    office.far.deliver("CustomerInvoiceLC", cdar("F1999-0001", SELLER.siren, "200"))
    office.far.deliver("CustomerInvoiceLC", cdar("F2026-0001", SELLER.siren, "200"))
    assert office.sync.turn().phase is SyncPhase.IDLE
    assert office.view.issued(document.id).state == "200"
    with office.store.reading() as work:
        assert len(work.inbox.parked("sandbox")) == 2


def test_many_pages_of_flows_are_all_read(office: Office) -> None:
    document = office.issued()
    office.sync.turn()
    office.far.page_size = 3
    for minute in range(20):
        at = datetime(2026, 11, 21, 14, minute, tzinfo=UTC)
        office.far.deliver("CustomerInvoiceLC", cdar("F2026-0001", SELLER.siren, "204", at=at))
    office.sync.turn()
    with office.store.reading() as work:
        assert len(work.events.of(document.id)) == 20


def test_a_supplier_invoice_is_kept_once(office: Office) -> None:
    invoice = office.view.issued(office.issued(send=False).id).invoice
    theirs = office.papers.make(replace(invoice, number="X-1"), Appearance(), b"<x/>", made_at=office.clock.now())
    office.far.deliver("SupplierInvoice", theirs, syntax="Factur-X")
    office.sync.turn()
    office.sync.turn()
    received = [h for h in office.heard if isinstance(h, DocumentReceived)]
    assert len(received) == 1
    document = office.view.received(received[0].document_id).document
    assert document.original == theirs
    assert document.summary is not None
    assert document.summary.number == "X-1"


def test_what_the_rules_say_of_a_supplier_invoice_is_kept_with_the_value_that_mends_it(office: Office) -> None:
    invoice = office.view.issued(office.issued(send=False).id).invoice
    broken = Finding("BR-CO-14", message="the VAT total is the sum of the groups", location="/*/TaxTotalAmount")
    office.rules.answer = RuleReport(Verdict.NOT_CONFORMING, (broken,))
    theirs = replace(invoice, number="X-2", totals=replace(invoice.totals, vat=Decimal("1.00")))
    content = office.papers.make(theirs, Appearance(), b"<x/>", made_at=office.clock.now())
    kept = office.receive.receive(SELLER.id, content, "x-2.pdf").document
    (finding,) = office.view.received(kept.id).document.findings
    assert (finding.code, finding.message, finding.location) == (broken.code, broken.message, broken.location)
    assert finding.suggested_value == "200.00"


def test_a_payment_tells_212_with_the_amount_of_each_rate(office: Office) -> None:
    document = office.issued()
    office.sync.turn()
    office.payments.record(document.id, TODAY, DUE)
    office.sync.turn()
    assert [s.syntax for s in office.far.taken] == ["Factur-X", "CDAR"]
    assert office.far.taken[1].content.endswith(b"1200.00@20")
    view = office.view.issued(document.id)
    assert (view.state, view.remaining) == ("212", Decimal(0))


def test_a_paused_synchronisation_sends_nothing(office: Office) -> None:
    office.issued()
    office.sync.pause()
    assert office.sync.turn().phase is SyncPhase.PAUSED
    assert office.far.taken == []
    office.sync.resume()
    office.sync.turn()
    assert len(office.far.taken) == 1


def test_without_a_platform_nothing_happens() -> None:
    assert Office().sync.turn().phase is SyncPhase.NOT_CONNECTED


def test_the_address_light_follows_the_directory(office: Office) -> None:
    context = office.check.context(SELLER.id, "buyer-1")
    assert office.check.check(context, form()).lights.address.state == "amber"
    office.far.directory["552100554"] = (DirectoryLine("552100554", "552100554", status="Enabled"),)
    office.sync.turn()
    assert office.check.check(context, form()).lights.address.state == "green"


def test_the_thread_starts_works_and_ends(office: Office) -> None:
    document = office.issued()
    done = threading.Event()

    def hear(happening: Happening) -> None:
        if isinstance(happening, SyncChanged) and happening.phase is SyncPhase.IDLE:
            done.set()

    office.announcer.listen(hear)
    office.sync.start()
    assert done.wait(10)
    office.sync.stop()
    assert [s.content for s in office.far.taken] == [document.pdf]
    assert not [t for t in threading.enumerate() if t.name == "sync"]
