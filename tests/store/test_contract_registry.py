"""Companies, customers, drafts, sendings, settings and units of work: what every store promises."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile
from einvoice_desktop.ports.unit_of_work import Environment, OutboxState, ParkedMessage, Store
from tests.store.records import NOON, buyer, company, draft, issue, minutes, sending


def test_companies_come_back_whole(store: Store) -> None:
    other = company("c2", name="Zed", siren="404833048", logo=None)
    with store.unit_of_work() as work:
        work.companies.add(other)
        work.companies.update(company(name="Atelier Foudre"))
        with pytest.raises(StoreConflictError):
            work.companies.add(other)
        with pytest.raises(StoreConflictError):
            work.companies.update(company("c9"))
        work.commit()
    with store.reading() as work:
        assert work.companies.get("c1") == company(name="Atelier Foudre")
        assert work.companies.get("c9") is None
        assert work.companies.by_siren("404833048") == other
        assert work.companies.by_siren("1") is None
        assert [c.id for c in work.companies.all()] == ["c1", "c2"]


def test_customers_live_within_their_company(store: Store) -> None:
    abroad = buyer("b2", name="Müller", siret="", electronic_address=None, shipping_address=None, payment_days=None)
    with store.unit_of_work() as work:
        work.companies.add(company("c2"))
        work.buyers.add(buyer())
        work.buyers.add(abroad)
        with pytest.raises(StoreConflictError):
            work.buyers.update(buyer(company_id="c2"))
        with pytest.raises(StoreConflictError):
            work.buyers.add(buyer())
        work.commit()
    with store.reading() as work:
        assert work.buyers.get("c1", "b1") == buyer()
        assert work.buyers.get("c1", "b2") == abroad
        assert work.buyers.get("c2", "b1") is None
        assert work.buyers.by_siren("c1", "552081317") == buyer()
        assert work.buyers.by_siren("c1", "") is None
        assert work.buyers.by_siren("c2", "552081317") is None


def test_a_deleted_customer_is_kept_and_no_longer_proposed(store: Store) -> None:
    with store.unit_of_work() as work:
        work.buyers.add(buyer())
        work.buyers.update(buyer(is_deleted=True))
        assert work.buyers.get("c1", "b1") == buyer(is_deleted=True)
        assert work.buyers.by_siren("c1", "552081317") is None
        assert work.buyers.recent("c1") == ()


def test_recent_customers_are_those_saved_last(store: Store) -> None:
    with store.unit_of_work() as work:
        for name in ("b1", "b2", "b3"):
            work.buyers.add(buyer(name))
        work.buyers.update(buyer("b1", name="Encore"))
        assert [b.id for b in work.buyers.recent("c1", 2)] == ["b1", "b3"]


def test_a_draft_is_kept_exactly_as_typed(store: Store) -> None:
    with store.unit_of_work() as work:
        work.drafts.save(draft())
        work.drafts.save(draft("d2", form=DraftForm(), with_vat=None))
        changed = draft(
            "d2", form=DraftForm(note="  deux\n espaces \ud83d"), updated_at=minutes(3), with_vat=Decimal("-1.5")
        )
        work.drafts.save(changed)
        with pytest.raises(StoreConflictError):
            work.drafts.save(draft("d3", company_id="c9"))
        work.commit()
    with store.unit_of_work() as work:
        assert work.drafts.get("d1") == draft()
        assert work.drafts.get("d2") == changed
        work.drafts.delete("d1")
        work.drafts.delete("d1")
        assert work.drafts.get("d1") is None


def test_a_sending_keeps_its_bytes_and_changes_its_state(store: Store) -> None:
    issue(store, "i1")
    moved = replace(
        sending(),
        state=OutboxState.SENT,
        flow_id="f1",
        attempts=2,
        next_try_at=minutes(4),
        last_error="timeout: é",
        updated_at=minutes(2),
    )
    with store.unit_of_work() as work:
        work.outbox.add(sending())
        assert work.outbox.get("o1") == sending()
        work.outbox.update(moved)
        work.commit()
    with store.reading() as work:
        assert work.outbox.get("o1") == moved
        assert work.outbox.by_flow("f1") == moved
        assert work.outbox.by_flow("") is None
        assert work.outbox.of("i1") == (moved,)
        assert work.outbox.of("i2") == ()
        assert work.outbox.open_flows("p1") == (moved,)
        assert work.outbox.open_flows("p2") == ()


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"other"},
        {"sha256": "0" * 64},
        {"tracking_id": "other"},
        {"document_id": "i2"},
        {"platform_id": "p2"},
        {"syntax": "CII"},
        {"profile": "urn:factur-x.eu:1p0:minimum"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_a_sending_carries_never_changes(store: Store, change: dict[str, Any]) -> None:
    issue(store, "i1")
    issue(store, "i2")
    with store.unit_of_work() as work:
        work.outbox.add(sending())
        work.commit()
        with pytest.raises(StoreConflictError):
            work.outbox.update(replace(sending(), state=OutboxState.SENT, **change))
    with store.reading() as work:
        assert work.outbox.get("o1") == sending()


def test_a_sending_needs_its_document_and_a_tracking_of_its_own(store: Store) -> None:
    issue(store, "i1")
    with store.unit_of_work() as work:
        work.outbox.add(sending())
        for wrong in (sending("o2", "nobody"), sending("o2", tracking_id="track-o1"), sending("o2", company_id="c9")):
            with pytest.raises(StoreConflictError):
                work.outbox.add(wrong)
        with pytest.raises(StoreConflictError):
            work.outbox.update(sending("o9"))


def test_due_are_those_whose_time_has_come_oldest_first(store: Store) -> None:
    issue(store, "i1")
    states = [OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN]
    with store.unit_of_work() as work:
        for age, state in enumerate(OutboxState):
            work.outbox.add(sending(f"o-{state}", state=state, created_at=minutes(-age)))
        work.outbox.add(sending("later", next_try_at=minutes(1)))
        work.outbox.add(sending("now", next_try_at=NOON, created_at=minutes(-100)))
        work.outbox.add(sending("elsewhere", platform_id="p2"))
        work.commit()
    with store.reading() as work:
        found = [entry.id for entry in work.outbox.due("p1", NOON)]
        assert found == ["now", *(f"o-{state}" for state in reversed(states_by_age(states)))]
        assert [entry.id for entry in work.outbox.due("p1", NOON, limit=1)] == ["now"]
        assert "later" in {entry.id for entry in work.outbox.due("p1", minutes(1))}


def states_by_age(states: list[OutboxState]) -> list[OutboxState]:
    order = list(OutboxState)
    return sorted(states, key=order.index)


def test_the_cursor_only_moves_forward(store: Store) -> None:
    with store.unit_of_work() as work:
        assert work.inbox.cursor("p1") is None
        work.inbox.move_cursor("p1", minutes(5))
        work.inbox.move_cursor("p1", NOON)
        assert work.inbox.cursor("p1") == minutes(5)
        work.inbox.move_cursor("p1", minutes(6))
        assert work.inbox.cursor("p1") == minutes(6)
        assert work.inbox.cursor("p2") is None


def test_instants_of_any_zone_compare_as_instants(store: Store) -> None:
    paris = datetime.fromisoformat("2026-11-21T12:30:00+01:00")
    with store.unit_of_work() as work:
        work.inbox.move_cursor("p1", NOON)
        work.inbox.move_cursor("p1", paris)
        assert work.inbox.cursor("p1") == NOON


def test_flows_seen_are_remembered(store: Store) -> None:
    with store.unit_of_work() as work:
        assert not work.inbox.is_seen("p1", "f1")
        work.inbox.mark_seen("p1", "f1", NOON)
        work.inbox.mark_seen("p1", "f1", minutes(1))
        assert work.inbox.is_seen("p1", "f1")
        assert not work.inbox.is_seen("p2", "f1")


def test_a_parked_message_keeps_its_latest_reason(store: Store) -> None:
    first = ParkedMessage("f1", "p1", "SupplierInvoice", "ED-READ-XML", "ligne 3", minutes(2), b"\x00octets")
    empty = ParkedMessage("f0", "p1", "CustomerInvoiceLC", "ED-READ-CDAR", "", minutes(1))
    again = replace(first, reason="ED-READ-ENTITY")
    with store.unit_of_work() as work:
        for message in (first, empty, again):
            work.inbox.park(message)
        assert work.inbox.parked("p1") == (empty, again)
        assert work.inbox.parked("p2") == ()


def test_directory_lines_keep_the_day_they_were_seen(store: Store) -> None:
    lines = (DirectoryLine("552081317", "552081317", "Dupont", "Enabled"), DirectoryLine("552081317_X", "552081317"))
    with store.unit_of_work() as work:
        work.directory.save("552081317", lines[:1], NOON)
        work.directory.save("552081317", lines, minutes(1))
        work.directory.save("404833048", (), NOON)
        assert work.directory.get("552081317") == (lines, minutes(1))
        assert work.directory.get("404833048") == ((), NOON)
        assert work.directory.get("1") is None


def test_settings_and_platforms_are_kept(store: Store) -> None:
    practice = PlatformProfile("p1", "afnor", "Entraînement", "http://f", "http://d", "http://t", "me")
    paid = PlatformProfile("p2", "afnor", "Autre", "https://f", "https://d", "https://t", "me", "org", is_sandbox=False)
    with store.unit_of_work() as work:
        work.settings.put("theme", "dark")
        work.settings.put("theme", "light")
        work.settings.save_platform(practice)
        work.settings.save_platform(paid)
        work.settings.save_platform(replace(practice, flow_url="http://f2"))
        work.commit()
    with store.reading() as work:
        assert work.settings.get("theme") == "light"
        assert work.settings.get("other") is None
        assert work.settings.platforms() == (paid, replace(practice, flow_url="http://f2"))


def test_nothing_lasts_without_commit(store: Store) -> None:
    with store.unit_of_work() as work:
        work.settings.put("kept", "1")
        work.commit()
        work.settings.put("lost", "1")
    with store.reading() as work:
        assert work.settings.get("kept") == "1"
        assert work.settings.get("lost") is None


def test_a_reading_sees_one_snapshot_and_cannot_write(store: Store) -> None:
    with store.reading() as reading:
        assert reading.settings.get("theme") is None
        with store.unit_of_work() as work:
            work.settings.put("theme", "dark")
            work.commit()
        assert reading.settings.get("theme") is None
        with pytest.raises(StoreConflictError):
            reading.settings.put("theme", "light")
        with pytest.raises(StoreConflictError):
            reading.commit()
    with store.reading() as reading:
        assert reading.settings.get("theme") == "dark"


def test_a_thread_that_would_wait_for_itself_is_told(store: Store) -> None:
    with store.unit_of_work(), pytest.raises(RuntimeError, match="already"), store.unit_of_work():
        pass
    with store.unit_of_work() as work:
        work.settings.put("free", "again")


def test_writers_take_turns(store: Store) -> None:
    order: list[str] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with store.unit_of_work() as work:
            order.append(work.settings.get("first") or "nothing")

    thread = threading.Thread(target=second)
    with store.unit_of_work() as work:
        thread.start()
        assert started.wait(5)
        work.settings.put("first", "was here")
        order.append("first")
        work.commit()
    thread.join(5)
    assert order == ["first", "was here"]


def test_guards_are_there(store: Store) -> None:
    assert store.check_guards().missing_triggers == ()
    assert store.check_guards().problems == ()
    assert store.environment is Environment.SANDBOX
