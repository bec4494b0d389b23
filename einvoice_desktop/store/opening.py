"""Opening a store: who may, what the file is, and bringing it to the current schema. Fast when nothing is to be done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import backup
from einvoice_desktop.store.engine import connect
from einvoice_desktop.store.failures import as_ours
from einvoice_desktop.store.instance_lock import InstanceLock
from einvoice_desktop.store.sqlite_store import SqliteStore

REVISIONS = ("0001", "0002")
"""Every schema this program knows, oldest first (a test compares it with the migrations: reading those costs 0.2 s)."""

APPLICATION_ID = 0x45494E56
"""« EINV », in the header of each of our files."""

_OLDEST_SQLITE = (3, 37)
_HEADER = b"SQLite format 3\x00"
_HEADER_BYTES = 100


def open_store(path: Path, environment: Environment) -> SqliteStore:
    """Open the store ``path`` for ``environment``, made if there is none, migrated (after a verified copy) if older.

    Raises:
        UserError: ``ED-STORE-IN-USE`` another program has it; ``ED-STORE-NOT-ONE`` the file is no store;
            ``ED-STORE-CORRUPT`` it is damaged; ``ED-STORE-NEWER`` made by a newer version; ``ED-STORE-ENVIRONMENT``
            it is for the other environment (R-181); ``ED-STORE-FULL``, ``ED-STORE-READONLY``, ``ED-STORE-DISK``,
            ``ED-STORE-BUSY`` the disk or another program stands in the way; ``ED-STORE-SQLITE`` this Python brings a
            SQLite older than 3.37 (strict tables). The file is never changed by a refusal.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UserError("ED-STORE-SQLITE", f"SQLite {sqlite3.sqlite_version}", found=sqlite3.sqlite_version)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("ED-STORE-READONLY", str(error), path=str(path)) from error
    lock = InstanceLock(path)
    try:
        _prepare(path, environment)
        return SqliteStore(path, environment, lock)
    except BaseException as error:
        lock.release()
        ours = as_ours(getattr(error, "orig", None) or error, str(path))
        if ours is None:
            raise
        raise ours from error


def _prepare(path: Path, environment: Environment) -> None:
    if not path.exists() or path.stat().st_size == 0:
        _make(path, environment)
        return
    _check_header(path)
    revision = _inspect(path, environment)
    if revision != REVISIONS[-1]:
        _migrate(path, revision)


def _make(path: Path, environment: Environment) -> None:
    """Make a new store beside its place, then put it there whole: a crash leaves no half store."""
    from einvoice_desktop.store.migrations.runner import migrate  # noqa: PLC0415 - Alembic is slow to load

    partial = path.with_name(f"{path.name}.new")
    partial.unlink(missing_ok=True)
    try:
        with closing(connect(partial)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(partial)
        with closing(connect(partial)) as connection:
            connection.execute("INSERT INTO store_identity (id, environment) VALUES (1, ?)", (environment.value,))
            connection.execute("PRAGMA journal_mode = WAL")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _check_header(path: Path) -> None:
    """Refuse what is no store of ours, and one cut short while no journal could complete it."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise UserError("ED-STORE-READONLY", str(error), path=str(path)) from error
    if not header.startswith(_HEADER):
        raise UserError("ED-STORE-NOT-ONE", "not a SQLite file", path=str(path))
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise UserError("ED-STORE-NOT-ONE", "a SQLite file of another program", path=str(path))
    page_size = int.from_bytes(header[16:18]) or 1
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32])
    journal = path.with_name(f"{path.name}-wal")
    has_journal = journal.exists() and journal.stat().st_size > 0
    if len(header) < _HEADER_BYTES or (not has_journal and path.stat().st_size < page_size * pages):
        raise UserError("ED-STORE-CORRUPT", "the file is cut short", path=str(path))


def _inspect(path: Path, environment: Environment) -> str:
    """The revision of a store of ours, for ``environment``, that can be written."""
    with closing(connect(path)) as connection:
        try:
            revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            found = str(connection.execute("SELECT environment FROM store_identity").fetchone()[0])
        except (sqlite3.OperationalError, TypeError) as error:
            if as_ours(error) is not None:
                raise
            raise UserError("ED-STORE-CORRUPT", f"its description is missing: {error}", path=str(path)) from error
        if revision not in REVISIONS:
            raise UserError("ED-STORE-NEWER", f"schema {revision}", path=str(path), revision=revision)
        if found != environment.value:
            raise UserError("ED-STORE-ENVIRONMENT", path=str(path), found=found, wanted=environment.value)
        connection.execute("BEGIN IMMEDIATE")  # says now, not at the first invoice, that the file cannot be written
        connection.execute("ROLLBACK")
    return revision


def _migrate(path: Path, revision: str) -> None:
    """Change the schema of an existing store, a verified copy of it kept beside."""
    from einvoice_desktop.store.migrations.runner import migrate  # noqa: PLC0415 - Alembic is slow to load

    backup.copy(path, copy_before(path, revision))
    migrate(path)


def copy_before(path: Path, revision: str) -> Path:
    """Where the copy made before leaving ``revision`` goes: a name not yet taken, so that no copy is ever lost."""
    stem = f"{path.stem}.before-{revision}-to-{REVISIONS[-1]}"
    candidates = (path.with_name(f"{stem}{suffix}{path.suffix}") for suffix in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(candidate for candidate in candidates if not candidate.exists())
