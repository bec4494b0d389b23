"""Somebody with a database tool and the triggers gone: what he changes is found and named."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from einvoice_desktop.ledger.chain import ChainReport
from einvoice_desktop.ports.unit_of_work import Environment, IssuedDocument
from einvoice_desktop.services.verify_ledger import VerifyLedger
from einvoice_desktop.store import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.office import SELLER, Office


def issue_three(path: Path) -> list[IssuedDocument]:
    store = open_store(path, Environment.SANDBOX)
    office = Office(store)
    documents = [office.issued(send=False) for _ in range(3)]
    store.close()
    return documents


def forge(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement, values in statements:
            assert raw.execute(statement, values).rowcount > 0, statement


def verify(path: Path) -> tuple[ChainReport, bool]:
    store = open_store(path, Environment.SANDBOX)
    try:
        ledger = VerifyLedger(store, FakeClock())
        (report,) = ledger.run()
        return report, ledger.quick(SELLER.id).is_intact
    finally:
        store.close()


def test_an_untouched_store_raises_no_alarm(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    issue_three(path)
    report, is_guarded = verify(path)
    assert report.is_intact
    assert is_guarded


def test_missing_guards_alone_are_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    issue_three(path)
    forge(path)
    report, is_guarded = verify(path)
    assert report.is_intact
    assert not is_guarded


def test_a_file_changed_together_with_its_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    victim = issue_three(path)[1]
    false = victim.pdf + b" "
    sha256 = hashlib.sha256(false).hexdigest()
    forge(
        path,
        ("UPDATE blob SET sha256 = ?, content = ? WHERE sha256 = ?", (sha256, false, victim.pdf_sha256)),
        ("UPDATE issued_document SET pdf_sha256 = ? WHERE id = ?", (sha256, victim.id)),
    )
    assert verify(path)[0].changed_files == (victim.id,)


def test_a_byte_changed_in_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    victim = issue_three(path)[0]
    forge(path, ("UPDATE blob SET content = ? WHERE sha256 = ?", (victim.xml + b"!", victim.xml_sha256)))
    assert verify(path)[0].changed_files == (victim.id,)


@pytest.mark.parametrize(
    ("statement", "broken", "gaps"),
    [
        ("UPDATE ledger_entry SET payload = replace(payload, '1200.00', '1300.00') WHERE sequence = 2", 2, ()),
        ("DELETE FROM ledger_entry WHERE sequence = 2", 3, (2,)),
        ("UPDATE ledger_entry SET hash = previous_hash WHERE sequence = 1", 1, ()),
    ],
)
def test_an_entry_changed_or_removed_is_named(
    tmp_path: Path, statement: str, broken: int, gaps: tuple[int, ...]
) -> None:
    path = tmp_path / "s.sqlite3"
    issue_three(path)
    forge(path, (statement, ()))
    report = verify(path)[0]
    assert (report.broken_at, report.gaps) == (broken, gaps)
    assert not report.is_intact


def test_a_document_removed_leaves_its_entry_behind(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    victim = issue_three(path)[2]
    forge(path, ("DELETE FROM issued_document WHERE id = ?", (victim.id,)))
    assert victim.id in verify(path)[0].orphans
