"""Migrations: they make what the tables say, on one file, all or nothing, a verified copy kept."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.types import TypeEngine

from einvoice_desktop.ledger.chain import verify_chain
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Relation
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import SqliteStore, backup, open_store, opening
from einvoice_desktop.store.migrations import runner
from einvoice_desktop.store.tables import metadata
from tests.store.records import company, issue, issued

SANDBOX = Environment.SANDBOX
DATA = Path(__file__).parents[1] / "data" / "stores"

_LATER = '''
"""Adds a word to settings, in a later release."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "0002", None, None
def upgrade():
    op.execute("ALTER TABLE setting ADD COLUMN word TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE setting SET word = value || '!'")
    {then}
'''


def later_release(monkeypatch: pytest.MonkeyPatch, folder: Path, then: str = "") -> None:
    """The program as a later release would be: one more revision."""
    scripts = folder / "migrations"
    shutil.copytree(Path(runner.__file__).parent, scripts)
    (scripts / "versions" / "r9999_word.py").write_text(_LATER.format(then=then))
    monkeypatch.setattr(runner, "_FOLDER", scripts)
    monkeypatch.setattr(opening, "REVISIONS", (*opening.REVISIONS, "9999"))


def settings_of(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM setting").fetchall()


def revision_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.fixture
def written(path: Path) -> Path:
    with closing(open_store(path, SANDBOX)) as store, store.unit_of_work() as work:
        work.settings.put("theme", "dark")
        work.companies.add(company())
        work.commit()
    return path


def test_the_revisions_known_at_start_are_those_of_the_migrations() -> None:
    assert runner.revisions() == opening.REVISIONS


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index issued_number")
def test_the_migrations_make_exactly_the_tables(real: SqliteStore) -> None:
    ours = {"store_identity", "alembic_version", "issued_number"}

    def is_ours(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        return name not in ours and not str(name).startswith(("issued_search", "received_search"))

    def differs(context: Any, column: Any, ours: Any, found: TypeEngine[Any], wanted: TypeEngine[Any]) -> bool:
        compiled = wanted.compile(real._reading.dialect)
        return str(found) != {"BOOLEAN": "INTEGER", "BIGINT": "INTEGER"}.get(compiled, compiled)

    with real._reading.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": differs})
        differences = compare_metadata(context, metadata)
    assert [found for found in differences if not is_key_said_nullable(found)] == []


def is_key_said_nullable(difference: Any) -> bool:
    """SQLite calls the columns of a primary key nullable, which in these tables they never are."""
    kind, _, table, column, *_ = difference[0] if isinstance(difference, list) else (*difference, "", "", "")
    return kind == "modify_nullable" and bool(metadata.tables[table].columns[column].primary_key)


def test_an_older_store_is_copied_then_migrated(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with closing(open_store(written, SANDBOX)) as store:
        issue(store, "i1")
    later_release(monkeypatch, tmp_path)
    with closing(open_store(written, SANDBOX)) as store, store.reading() as work:
        assert work.issued.get("i1") == issued("i1")
    assert revision_of(written) == "9999"
    assert settings_of(written) == [("theme", "dark", "dark!")]
    copy = written.with_name("store.before-0002-to-9999.sqlite")
    assert revision_of(copy) == "0002"
    assert settings_of(copy) == [("theme", "dark")]


def test_a_migration_that_fails_changes_nothing(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    later_release(monkeypatch, tmp_path, then="raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        open_store(written, SANDBOX)
    assert revision_of(written) == "0002"
    assert settings_of(written) == [("theme", "dark")]
    monkeypatch.undo()
    open_store(written, SANDBOX).close()


def test_no_copy_is_ever_overwritten(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    later_release(monkeypatch, tmp_path)
    before = written.with_name("store.before-0002-to-9999.sqlite")
    before.write_bytes(b"precious")
    open_store(written, SANDBOX).close()
    assert before.read_bytes() == b"precious"
    assert revision_of(written.with_name("store.before-0002-to-9999-2.sqlite")) == "0002"


def test_a_damaged_store_is_not_migrated(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with closing(sqlite3.connect(written)) as connection:
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'company'").fetchone()[0]
    with written.open("rb+") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\xff" * 100)
    damaged = written.read_bytes()
    later_release(monkeypatch, tmp_path)
    with pytest.raises(UserError) as caught:
        open_store(written, SANDBOX)
    assert caught.value.code == "ED-STORE-CORRUPT"
    assert written.read_bytes() == damaged
    assert not written.with_name("store.before-0002-to-9999.sqlite").exists()


def test_a_copy_made_while_in_use_opens_as_the_same_store(real: SqliteStore, tmp_path: Path) -> None:
    issue(real, "i1")
    target = tmp_path / "copies" / "copy.sqlite"
    target.parent.mkdir()
    with real.unit_of_work() as work:
        work.settings.put("theme", "not committed")
        real.copy_to(target)
    with closing(open_store(target, SANDBOX)) as copied, copied.reading() as work:
        assert work.issued.get("i1") == issued("i1")
        assert work.settings.get("theme") is None


@pytest.fixture
def first_release(tmp_path: Path) -> Path:
    """A store as the first release left it: invoices, two credit notes, a payment, a deposit, a draft."""
    path = tmp_path / "first.sqlite"
    path.write_bytes(gzip.decompress((DATA / "0001.sqlite3.gz").read_bytes()))
    return path


def test_a_store_of_the_first_release_opens_with_all_it_held(first_release: Path) -> None:
    store = open_store(first_release, SANDBOX)
    with closing(store), store.reading() as work:
        (company,) = work.companies.all()
        report = verify_chain(f"{company.id}/sandbox", work.ledger.entries(f"{company.id}/sandbox"))
        assert (report.is_intact, report.head_sequence) == (True, 7)
        assert all(files.is_intact for files in work.ledger.frozen_files(company.id))
        assert store.check_integrity().problems == ()
        assert store.check_guards().missing_triggers == ()
        drafts = store.queries.invoices(company.id, only="draft").rows
        assert [row.with_vat for row in drafts] == [Decimal("1200.00")]
        buyer = work.buyers.get(company.id, "buyer-1")
        assert buyer is not None
        assert buyer.language == ""
    assert revision_of(first_release.with_name("first.before-0001-to-0002.sqlite")) == "0001"


def test_credit_notes_of_the_first_release_are_taken_off_what_is_owed(first_release: Path) -> None:
    with closing(open_store(first_release, SANDBOX)) as store:
        unpaid = {row.number: row for row in store.queries.invoices("company-1", only="unpaid").rows}
        assert set(unpaid) == {"F2026-0001", "F2026-0004"}
        assert unpaid["F2026-0001"].cleared == Decimal("500.00")
        assert store.queries.receivables("company-1", date(2026, 11, 21)).total == Decimal("700.00") + Decimal(
            "1200.00"
        )
        with store.reading() as work:
            credit = work.issued.by_number("company-1", SANDBOX, "A2026-0001")
            assert credit is not None
            assert [link.relation for link in work.links.of(credit.id)] == [Relation.CREDITS]
            assert [(g.category, g.rate, g.base, g.tax) for g in credit.breakdown] == [
                ("S", Decimal(20), Decimal(380), Decimal(76)),
                ("S", Decimal(10), Decimal(40), Decimal(4)),
            ]
        vat = store.queries.vat("company-1", 2026, 11)
        assert [(row.rate, row.base, row.tax) for row in vat.rows] == [
            (Decimal(20), Decimal(1720), Decimal(344)),
            (Decimal(10), Decimal(-40), Decimal(-4)),
        ]
        assert vat.left_out == 0


def test_a_copy_to_nowhere_is_told(real: SqliteStore, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        backup.copy(real.path, tmp_path / "no" / "folder.sqlite")
    assert caught.value.code == "ED-STORE-READONLY"


def test_a_crash_while_making_a_store_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(runner.__file__).parent, scripts)
    first = scripts / "versions" / "r0001_first.py"
    first.write_text(first.read_text().replace("        op.execute(statement)", "        op.execute('no SQL')"))
    monkeypatch.setattr(runner, "_FOLDER", scripts)
    path = tmp_path / "store.sqlite"
    with pytest.raises(Exception, match="syntax error"):
        open_store(path, SANDBOX)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["store.sqlite.lock"]
    monkeypatch.undo()
    open_store(path, SANDBOX).close()
