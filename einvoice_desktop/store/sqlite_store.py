"""An open SQLite store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from einvoice_desktop.ports.unit_of_work import Environment, StoreCheck
from einvoice_desktop.store import backup, guards
from einvoice_desktop.store.engine import connect, reading_engine, writing_engine
from einvoice_desktop.store.instance_lock import InstanceLock
from einvoice_desktop.store.read_models.queries import SqliteQueries
from einvoice_desktop.store.unit_of_work import SqliteUnitOfWork, WriteLock


class SqliteStore:
    """One file, one program, any thread (``ports.unit_of_work.Store``). Made by ``open_store``."""

    def __init__(self, path: Path, environment: Environment, lock: InstanceLock) -> None:
        self._path, self._environment, self._lock = path, environment, lock
        self._writing, self._reading = writing_engine(path), reading_engine(path)
        self._write_lock = WriteLock()
        self._queries = SqliteQueries(self._reading)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def environment(self) -> Environment:
        """What this file is for."""
        return self._environment

    @property
    def queries(self) -> SqliteQueries:
        """Flat reads for lists (``ports.queries.Queries``)."""
        return self._queries

    def unit_of_work(self) -> SqliteUnitOfWork:
        """A new writing transaction."""
        return SqliteUnitOfWork(self._writing, self._environment, self._write_lock)

    def reading(self) -> SqliteUnitOfWork:
        """A snapshot for reading."""
        return SqliteUnitOfWork(self._reading, self._environment, None)

    def check_guards(self) -> StoreCheck:
        """Whether every trigger is there, word for word."""
        with closing(connect(self._path)) as connection:
            return guards.check_guards(connection)

    def check_integrity(self) -> StoreCheck:
        """The guards, then SQLite's own full check of the file and of its references (seconds for a large store)."""
        with closing(connect(self._path)) as connection:
            found = guards.check_guards(connection)
            return StoreCheck(found.missing_triggers, found.problems + backup.problems_of(connection))

    def copy_to(self, target: Path) -> None:
        """A verified copy of the whole store, while it is in use (see :func:`einvoice_desktop.store.backup.copy`)."""
        backup.copy(self._path, target)

    def close(self) -> None:
        """Close every connection, fold the journal into the file and let another program open it."""
        self._reading.dispose()
        self._writing.dispose()
        self._lock.release()
