"""A store filled for measures is a true store: chain, numbers, standings and words as the program writes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.ledger.chain import verify_chain
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import SqliteStore
from einvoice_desktop.store.measure import fill_for_measure, measure_commit, measure_opening, measure_reads
from einvoice_desktop.store.repositories.states import States
from tests.store.records import SCOPE, issue, issued

LAST = date(2026, 11, 20)
LIMIT_MS = 60.0


def test_a_filled_store_verifies_and_goes_on(real: SqliteStore) -> None:
    issue(real, "i1")
    fill_for_measure(real, "c1", 700, last_day=LAST)
    fill_for_measure(real, "c1", 300, last_day=LAST)
    assert real.check_integrity().problems == ()
    with real.reading() as work:
        report = verify_chain(SCOPE, work.ledger.entries(SCOPE))
        assert (report.is_intact, report.head_sequence) == (True, 1001)
        assert work.ledger.orphans(SCOPE, "c1") == ()
        assert all(files.is_intact for files in work.ledger.frozen_files("c1"))
        following = work.numbers.preview("c1", Environment.SANDBOX, Series("F", 2026))
    assert issue(real, "i2") == following
    counters = real.queries.counters("c1")
    assert (counters.issued, counters.ledger_entries) == (1002, 1002)


def test_filled_rows_are_those_the_repositories_would_derive(real: SqliteStore) -> None:
    fill_for_measure(real, "c1", 200, last_day=LAST)
    columns = "document_id, state, outbox_state, paid, is_to_send, is_unpaid, is_rejected, is_problem, is_credit_note"
    reading = f"SELECT {columns} FROM document_state ORDER BY document_id"
    tally = "SELECT * FROM month_tally ORDER BY year, month"
    with closing(sqlite3.connect(real.path)) as connection:
        filled = connection.execute(reading).fetchall()
        tallied = connection.execute(tally).fetchall()
    with real._writing.begin() as writing:
        for document_id, *_ in filled:
            States(writing).refresh(document_id, issued().issued_at)
        writing.exec_driver_sql("DELETE FROM month_tally")
    with real.unit_of_work() as work:
        for files in work.ledger.frozen_files("c1"):
            document = work.issued.get(files.document_id)
            assert document is not None
            States(work._connection).count("c1", document.summary)
        work.commit()
    with closing(sqlite3.connect(real.path)) as connection:
        assert connection.execute(reading).fetchall() == filled
        assert connection.execute(tally).fetchall() == tallied


def test_measures_are_taken(real: SqliteStore) -> None:
    fill_for_measure(real, "c1", 50, last_day=LAST)
    assert set(measure_reads(real, "c1", rounds=2)) >= {"first page", "counters", "search amount", "only unpaid"}
    assert measure_commit(real, issued(), rounds=2)["p95_ms"] > 0
    assert measure_opening(real, rounds=2)["p95_ms"] > 0


@pytest.mark.bench
def test_lists_of_a_hundred_thousand_documents_are_quick(real: SqliteStore) -> None:
    fill_for_measure(real, "c1", 100_000, last_day=LAST)
    slow = {name: times for name, times in measure_reads(real, "c1").items() if times["median_ms"] > LIMIT_MS}
    assert slow == {}


@pytest.mark.bench
def test_verifying_a_long_chain_keeps_memory_flat(real: SqliteStore) -> None:
    import tracemalloc

    fill_for_measure(real, "c1", 30_000, last_day=LAST)
    with real.reading() as work:
        list(zip(work.ledger.entries(SCOPE), range(1000), strict=False))
        tracemalloc.start()
        for _ in work.ledger.entries(SCOPE):
            pass
        for _ in work.ledger.frozen_files("c1"):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 5_000_000
