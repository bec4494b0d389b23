"""Triggers: raw SQL by a stranger cannot change, remove or replace what is frozen; and a missing trigger is seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from einvoice_desktop.ports.records import DepositMember, DepositRole, DocumentLink, Relation
from einvoice_desktop.ports.unit_of_work import OutboxState
from einvoice_desktop.store import SqliteStore, guards
from tests.store.records import BREAKDOWN, NOON, SCOPE, event, group, issue, payment, received, sending

FROZEN = (
    "blob",
    "issued_document",
    "received_document",
    "number_taken",
    "ledger_entry",
    "lifecycle_event",
    "payment",
    "outbox",
    "document_link",
    "deposit_group",
    "deposit_member",
    "document_vat",
)
MAY_CHANGE = {"state", "flow_id", "attempts", "next_try_at", "last_error", "updated_at"}


@pytest.fixture
def filled(real: SqliteStore) -> SqliteStore:
    """A store with a row in every frozen table."""
    issue(real, "i1")
    with real.unit_of_work() as work:
        work.received.add(received())
        work.events.add(event(source_id="m1", raw=b"<cdar/>"))
        work.payments.add(payment())
        work.outbox.add(sending())
        work.commit()
    issue(real, "i2", type_code="381", breakdown=BREAKDOWN)
    with real.unit_of_work() as work:
        work.links.add(DocumentLink("i2", "i1", Relation.CREDITS, Decimal("100.00")))
        work.deposits.add(group())
        work.deposits.add_member(DepositMember("g1", "i1", DepositRole.DEPOSIT, Decimal("1041.67")))
        work.commit()
    return real


@pytest.fixture
def stranger(filled: SqliteStore) -> Iterator[sqlite3.Connection]:
    """A plain connection: no foreign keys, no recursive triggers, nothing of the program."""
    with closing(sqlite3.connect(filled.path)) as connection:
        yield connection


OTHER = {"TEXT": "{} || '9'", "INTEGER": "{} + 9", "BLOB": "x'00'"}


def columns_of(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Names and types."""
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}


def rows_of(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize("table", FROZEN)
def test_a_frozen_row_is_never_deleted(stranger: sqlite3.Connection, table: str) -> None:
    before = rows_of(stranger, table)
    assert before
    with pytest.raises(sqlite3.IntegrityError, match=f"{table}: a row is never deleted"):
        stranger.execute(f"DELETE FROM {table}")
    assert rows_of(stranger, table) == before


@pytest.mark.parametrize("table", FROZEN)
def test_no_column_of_a_frozen_row_changes(stranger: sqlite3.Connection, table: str) -> None:
    before = rows_of(stranger, table)
    for column, kind in columns_of(stranger, table).items():
        if table == "outbox" and column in MAY_CHANGE:
            continue
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            stranger.execute(f"UPDATE {table} SET {column} = {OTHER[kind].format(column)}")
    assert rows_of(stranger, table) == before


@pytest.mark.parametrize("table", ["blob", "issued_document", "received_document", "lifecycle_event", "outbox"])
def test_a_row_is_not_moved_by_its_row_number(stranger: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changes"):
        stranger.execute(f"UPDATE {table} SET rowid = rowid + 1000")


@pytest.mark.parametrize("table", FROZEN)
def test_a_frozen_row_is_not_replaced(stranger: sqlite3.Connection, table: str) -> None:
    before = rows_of(stranger, table)
    columns = ", ".join(columns_of(stranger, table))
    for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
        with pytest.raises(sqlite3.IntegrityError, match=r"there already|no gap|follows"):
            stranger.execute(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1")
    assert rows_of(stranger, table) == before


def test_a_unique_value_does_not_push_an_old_row_out(stranger: sqlite3.Connection) -> None:
    """REPLACE with a new key but the same unique value deletes the old row as well."""
    for table, key in (("issued_document", "sequence = 99, id = 'x'"), ("outbox", "sequence = 99, id = 'x'")):
        changed = {part.split(" = ")[0]: part.split(" = ")[1] for part in key.split(", ")}
        columns = columns_of(stranger, table)
        values = ", ".join(changed.get(column, column) for column in columns)
        with pytest.raises(sqlite3.IntegrityError, match="there already"):
            stranger.execute(f"REPLACE INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}")


def test_a_sending_may_change_state_only(filled: SqliteStore, stranger: sqlite3.Connection) -> None:
    for column in sorted(MAY_CHANGE):
        stranger.execute(f"UPDATE outbox SET {column} = 7")
    stranger.rollback()
    with filled.unit_of_work() as work:
        work.outbox.update(replace(sending(), state=OutboxState.ACCEPTED))
        work.commit()


def test_numbers_and_entries_cannot_skip_or_fork(stranger: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="a series has no gap"):
        stranger.execute("INSERT INTO number_taken VALUES ('c1', 'sandbox', 'F2026', 4, 'F2026-0004', 'x')")
    entry = "INSERT INTO ledger_entry VALUES (?, ?, 'payment', 'x', ?, '{}', ?, 'h')"
    for sequence, previous in ((4, "0" * 64), (3, "0" * 64)):
        with pytest.raises(sqlite3.IntegrityError, match="follows the last one"):
            stranger.execute(entry, (SCOPE, sequence, NOON.isoformat(), previous))
    with pytest.raises(sqlite3.IntegrityError, match="follows the last one"):
        stranger.execute(entry, ("new scope", 1, NOON.isoformat(), "f" * 64))


@pytest.mark.parametrize("name", guards.expected_triggers())
def test_a_dropped_trigger_is_named(filled: SqliteStore, stranger: sqlite3.Connection, name: str) -> None:
    assert filled.check_guards().missing_triggers == ()
    stranger.execute(f"DROP TRIGGER {name}")
    stranger.commit()
    assert filled.check_guards().missing_triggers == (name,)


def test_a_trigger_made_harmless_is_named_too(filled: SqliteStore, stranger: sqlite3.Connection) -> None:
    stranger.execute("DROP TRIGGER ledger_entry_frozen")
    stranger.execute("CREATE TRIGGER ledger_entry_frozen BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END")
    stranger.execute("CREATE TRIGGER thief AFTER INSERT ON payment BEGIN DELETE FROM draft; END")
    stranger.commit()
    check = filled.check_guards()
    assert check.missing_triggers == ("ledger_entry_frozen",)
    assert check.problems == ("trigger ledger_entry_frozen was altered", "trigger thief is not ours")


def test_verification_sees_bytes_changed_behind_dropped_triggers(filled: SqliteStore, path: Path) -> None:
    with closing(sqlite3.connect(path)) as thief:
        thief.execute("DROP TRIGGER blob_frozen")
        sha256 = thief.execute("SELECT pdf_sha256 FROM issued_document WHERE id = 'i1'").fetchone()[0]
        thief.execute("UPDATE blob SET content = ? WHERE sha256 = ?", (b"forged", sha256))
        thief.commit()
    with filled.reading() as work:
        files = next(work.ledger.frozen_files("c1"))
    assert files.pdf_sha256 == sha256
    assert files.pdf_actual != sha256
    assert files.xml_actual == files.xml_sha256
    assert not files.is_intact


def test_integrity_of_a_sound_store(filled: SqliteStore) -> None:
    assert filled.check_integrity().problems == ()
    assert filled.check_integrity().missing_triggers == ()
