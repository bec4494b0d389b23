"""SQLite through SQLAlchemy: one writing connection at a time, readers beside it (WAL), every commit on disk.

The ``sqlite3`` module is kept out of transactions (``isolation_level=None``, the same from Python 3.11 to 3.13):
each transaction is begun here, ``IMMEDIATE`` for a writer so that it never fails half-way for a lock.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from einvoice_desktop.ports.errors import StoreConflictError, UserError
from einvoice_desktop.store.failures import as_ours

BUSY_SECONDS = 5
_READERS = 4

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS: a plain fsync there leaves the data in the disk's own cache
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA recursive_triggers = ON",  # rows removed by REPLACE fire their DELETE triggers
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -6000",
)


def connect(path: Path) -> sqlite3.Connection:
    """A raw connection with the settings of every connection of the program."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def writing_engine(path: Path) -> Engine:
    """The engine of units of work: a single connection, its transactions ``BEGIN IMMEDIATE``."""
    engine = _engine(path, pool_size=1)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> None:
        error = as_ours(context.original_exception, str(path))
        if error is not None:
            raise error from context.original_exception

    return engine


def reading_engine(path: Path) -> Engine:
    """The engine of reads: a transaction is one snapshot, holds no lock and cannot write."""
    engine = _engine(path, pool_size=_READERS)

    @event.listens_for(engine, "connect")
    def _query_only(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> None:
        error = as_ours(context.original_exception, str(path))
        if isinstance(error, UserError) and error.code == "ED-STORE-READONLY":
            raise StoreConflictError("this unit of work only reads") from context.original_exception
        if error is not None:
            raise error from context.original_exception

    return engine


def _engine(path: Path, pool_size: int) -> Engine:
    return create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path),
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0 if pool_size == 1 else 16,
    )
