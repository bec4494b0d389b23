"""Documents, numbers and the register: what every store promises, the real one and the fake alike."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.ledger.chain import verify_chain
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.unit_of_work import Environment, Store
from tests.store.records import (
    NOON,
    SCOPE,
    SERIES,
    cashed,
    company,
    event,
    issue,
    issued,
    minutes,
    payment,
    received,
    summary,
    write_issued,
)

SANDBOX = Environment.SANDBOX


def test_an_issued_document_comes_back_byte_for_byte(store: Store) -> None:
    number = issue(store, "i1")
    with store.reading() as work:
        document = work.issued.get("i1")
        assert document == issued("i1", number)
        assert work.issued.by_number("c1", SANDBOX, number) == document
        assert work.issued.get("i2") is None
        assert work.issued.by_number("c2", SANDBOX, number) is None


def test_amounts_come_back_with_their_decimals(store: Store) -> None:
    amounts: dict[str, Any] = {
        "without_vat": Decimal("0.10"),
        "vat": Decimal("-0.02"),
        "with_vat": Decimal(0),
        "due": Decimal("1E+3"),
    }
    issue(store, "i1", **amounts)
    with store.reading() as work:
        document = work.issued.get("i1")
    assert document is not None
    assert document.summary == summary(**amounts)


def test_a_number_is_unique_in_its_year_and_the_latest_document_of_a_number_is_found(store: Store) -> None:
    with store.unit_of_work() as work:
        work.issued.add(issued("i1", "F-1", issue_date=date(2025, 12, 31)))
        work.issued.add(issued("i2", "F-1", issue_date=date(2026, 1, 1)))
        with pytest.raises(StoreConflictError):
            work.issued.add(issued("i3", "F-1", issue_date=date(2026, 6, 1)))
        latest = work.issued.by_number("c1", SANDBOX, "F-1")
    assert latest is not None
    assert latest.id == "i2"


def test_a_document_of_the_other_environment_is_refused(store: Store) -> None:
    with store.unit_of_work() as work, pytest.raises(StoreConflictError):
        work.issued.add(issued(environment=Environment.PRODUCTION))


def test_bytes_that_are_not_what_their_hash_says_are_refused(store: Store) -> None:
    with store.unit_of_work() as work:
        with pytest.raises(StoreConflictError):
            work.issued.add(issued(pdf=b"other bytes"))
        with pytest.raises(StoreConflictError):
            work.received.add(received(sha256="0" * 64))


def test_documents_and_customers_need_their_company(store: Store) -> None:
    with store.unit_of_work() as work, pytest.raises(StoreConflictError):
        work.issued.add(issued(company_id="c9"))
    with store.unit_of_work() as work, pytest.raises(StoreConflictError):
        work.received.add(received(company_id="c9"))


def test_numbers_follow_each_other_per_series_and_company(store: Store) -> None:
    with store.unit_of_work() as work:
        work.companies.add(company("c2"))
        credit = Series("A", 2026)
        assert work.numbers.preview("c1", SANDBOX, SERIES) == "F2026-0001"
        assert [write_issued(work, f"i{n}") for n in range(3)] == ["F2026-0001", "F2026-0002", "F2026-0003"]
        assert work.numbers.take("c1", SANDBOX, credit, "i4") == "A2026-0001"
        assert work.numbers.take("c2", SANDBOX, SERIES, "i5") == "F2026-0001"
        assert work.numbers.preview("c1", SANDBOX, SERIES) == "F2026-0004"
        work.issued.add(issued("i4", "A2026-0001"))
        work.issued.add(issued("i5", "F2026-0001", company_id="c2"))
        work.commit()
    with store.reading() as work:
        assert work.numbers.preview("c1", SANDBOX, SERIES) == "F2026-0004"


def test_an_undone_transaction_leaves_no_gap(store: Store) -> None:
    issue(store, "i1")
    with contextlib.suppress(ZeroDivisionError), store.unit_of_work() as work:
        write_issued(work, "lost")
        raise ZeroDivisionError
    with store.unit_of_work() as work:
        write_issued(work, "lost too")
    assert issue(store, "i2") == "F2026-0002"
    with store.reading() as work:
        assert work.issued.get("lost") is None
        assert [entry.subject for entry in work.ledger.entries(SCOPE)] == ["i1", "i2"]


def test_a_number_without_its_document_is_never_committed(store: Store) -> None:
    with store.unit_of_work() as work:
        work.numbers.take("c1", SANDBOX, SERIES, "nothing")
        with pytest.raises(StoreConflictError):
            work.commit()
    assert issue(store, "i1") == "F2026-0001"


def test_a_hundred_threads_get_a_hundred_numbers_without_a_gap(store: Store) -> None:
    numbers: list[str] = []
    ready = threading.Barrier(100)

    def work(index: int) -> None:
        ready.wait()
        numbers.append(issue(store, f"i{index}"))

    threads = [threading.Thread(target=work, args=(index,)) for index in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [SERIES.number(counter) for counter in range(1, 101)]
    with store.reading() as reading:
        report = verify_chain(SCOPE, reading.ledger.entries(SCOPE))
    assert report.is_intact
    assert report.head_sequence == 100


def test_last_issue_date_is_that_of_the_last_number(store: Store) -> None:
    with store.reading() as work:
        assert work.numbers.last_issue_date("c1", SANDBOX, SERIES) is None
    issue(store, "i1", issue_date=date(2026, 3, 1))
    issue(store, "i2", issue_date=date(2026, 3, 2))
    with store.reading() as work:
        assert work.numbers.last_issue_date("c1", SANDBOX, SERIES) == date(2026, 3, 2)
        assert work.numbers.last_issue_date("c1", SANDBOX, Series("A", 2026)) is None


def test_a_received_document_keeps_its_original_and_is_found_three_ways(store: Store) -> None:
    unreadable = received("r2", xml=None, pdf=None, summary=None, findings=(), flow_id="", problem="ED-READ-EMPTY")
    with store.unit_of_work() as work:
        work.received.add(received())
        work.received.add(unreadable)
        work.commit()
    with store.reading() as work:
        assert work.received.get("r1") == received()
        assert work.received.get("r2") == unreadable
        assert work.received.by_sha256("c1", received().sha256) == received()
        assert work.received.by_sha256("c2", received().sha256) is None
        assert work.received.by_supplier_number("c1", "404833048", "2026/77", 2026) == received()
        assert work.received.by_supplier_number("c1", "404833048", "2026/77", 2025) is None


def test_a_file_of_no_bytes_is_kept_too(store: Store) -> None:
    empty = received("r0", original=b"", xml=b"", pdf=None, summary=None)
    with store.unit_of_work() as work:
        work.received.add(empty)
        assert work.received.get("r0") == empty


def test_the_same_original_is_received_once(store: Store) -> None:
    with store.unit_of_work() as work:
        work.received.add(received("r1"))
        with pytest.raises(StoreConflictError):
            work.received.add(received("r2", original=received("r1").original))


def test_an_event_told_twice_changes_nothing(store: Store) -> None:
    issue(store, "i1")
    first = event("203", source_id="m1", raw=b"<cdar/>", reason_code="AUTRE", comment="é")
    with store.unit_of_work() as work:
        assert work.events.add(first)
        assert not work.events.add(event("210", at=5, source_id="m1"))
        assert work.events.add(cashed(at=9))
        assert work.events.add(event("200", at=-3))
        work.commit()
    with store.reading() as work:
        assert [e.event.code for e in work.events.of("i1")] == ["200", "203", "212"]
        assert work.events.of("i1")[1] == first
        assert work.events.of("i1")[2] == cashed(at=9)


def test_one_message_may_tell_of_two_documents(store: Store) -> None:
    issue(store, "i1")
    issue(store, "i2")
    with store.unit_of_work() as work:
        assert work.events.add(event(source_id="m1"))
        assert work.events.add(event(document_id="i2", source_id="m1"))


def test_an_event_needs_its_document(store: Store) -> None:
    with store.unit_of_work() as work, pytest.raises(StoreConflictError):
        work.events.add(event(document_id="nobody"))


def test_payments_are_kept_by_day_and_once(store: Store) -> None:
    issue(store, "i1")
    late = payment("p2", amount="250.5", paid_on=date(2026, 12, 1))
    with store.unit_of_work() as work:
        work.payments.add(late)
        work.payments.add(payment())
        with pytest.raises(StoreConflictError):
            work.payments.add(payment())
        assert work.payments.of("i1") == (payment(), late)
        with pytest.raises(StoreConflictError):
            work.payments.add(payment("p3", "nobody"))


def test_the_register_is_one_chain_per_scope(store: Store) -> None:
    issue(store, "i1")
    with store.unit_of_work() as work:
        other = work.ledger.append(scope="c2/sandbox", kind="closing", subject="2026-11", at=NOON, payload={})
        second = work.ledger.append(
            scope=SCOPE, kind="payment", subject="i1", at=minutes(1), payload={"amount": "1.00", "rates": ["20", None]}
        )
        with pytest.raises(ValueError, match="clock"):
            work.ledger.append(scope=SCOPE, kind="payment", subject="i1", at=NOON, payload={})
        work.commit()
    assert (other.sequence, second.sequence) == (1, 2)
    with store.reading() as work:
        assert work.ledger.scopes() == (SCOPE, "c2/sandbox")
        assert work.ledger.head(SCOPE) == second
        assert work.ledger.head("c3/sandbox") is None
        assert verify_chain(SCOPE, work.ledger.entries(SCOPE)).is_intact
        assert verify_chain("c2/sandbox", work.ledger.entries("c2/sandbox")).is_intact


def test_verification_finds_files_and_orphans(store: Store) -> None:
    issue(store, "i1")
    with store.unit_of_work() as work:
        work.issued.add(issued("without entry", "X-1"))
        work.ledger.append(scope=SCOPE, kind="document_issued", subject="without document", at=NOON, payload={})
        work.commit()
    with store.reading() as work:
        assert work.ledger.orphans(SCOPE, "c1") == ("without document", "without entry")
        files = tuple(work.ledger.frozen_files("c1"))
        assert tuple(work.ledger.frozen_files("c2")) == ()
    assert [(file.document_id, file.number) for file in files] == [("i1", "F2026-0001"), ("without entry", "X-1")]
    assert all(file.is_intact for file in files)
    assert not replace(files[0], pdf_actual="").is_intact
