"""Migrations: they make what the tables say, on one file, all or nothing, a verified copy kept."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.types import TypeEngine

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import SqliteStore, backup, open_store, opening
from einvoice_desktop.store.migrations import runner
from einvoice_desktop.store.tables import metadata
from tests.store.records import company, issue, issued

SANDBOX = Environment.SANDBOX

_SECOND = '''
"""Adds a word to settings, in a later release."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
def upgrade():
    op.execute("ALTER TABLE setting ADD COLUMN word TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE setting SET word = value || '!'")
    {then}
'''


def later_release(monkeypatch: pytest.MonkeyPatch, folder: Path, then: str = "") -> None:
    """The program as a later release would be: one more revision."""
    scripts = folder / "migrations"
    shutil.copytree(Path(runner.__file__).parent, scripts)
    (scripts / "versions" / "r0002_word.py").write_text(_SECOND.format(then=then))
    monkeypatch.setattr(runner, "_FOLDER", scripts)
    monkeypatch.setattr(opening, "REVISIONS", ("0001", "0002"))


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
    assert revision_of(written) == "0002"
    assert settings_of(written) == [("theme", "dark", "dark!")]
    copy = written.with_name("store.before-0001-to-0002.sqlite")
    assert revision_of(copy) == "0001"
    assert settings_of(copy) == [("theme", "dark")]


def test_a_migration_that_fails_changes_nothing(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    later_release(monkeypatch, tmp_path, then="raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        open_store(written, SANDBOX)
    assert revision_of(written) == "0001"
    assert settings_of(written) == [("theme", "dark")]
    monkeypatch.undo()
    open_store(written, SANDBOX).close()


def test_no_copy_is_ever_overwritten(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    later_release(monkeypatch, tmp_path)
    before = written.with_name("store.before-0001-to-0002.sqlite")
    before.write_bytes(b"precious")
    open_store(written, SANDBOX).close()
    assert before.read_bytes() == b"precious"
    assert revision_of(written.with_name("store.before-0001-to-0002-2.sqlite")) == "0001"


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
    assert not written.with_name("store.before-0001-to-0002.sqlite").exists()


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
