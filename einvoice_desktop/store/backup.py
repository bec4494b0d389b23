"""Copies that were read again: made page by page by SQLite while the store is in use, then checked in full."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.store.failures import as_ours


def problems_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What SQLite finds wrong in an open file: pages, indexes, references. Empty when all is well."""
    found: list[str] = []
    try:
        found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            found.append(f"{table}: a row refers to no {parent}")
    except sqlite3.DatabaseError as error:  # too damaged for the check itself
        found.append(str(error))
    return tuple(found)


def copy(source: Path, target: Path) -> None:
    """Copy the store ``source`` to ``target`` (replaced if it exists), checked and on disk when this returns.

    Raises:
        UserError: ``ED-STORE-FULL``, ``ED-STORE-READONLY``…; ``ED-STORE-CORRUPT`` when the copy, hence the source, is
            damaged. ``target`` is then left as it was.
    """
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy_pages(source, partial)
        _check(partial, source)
        _flush(partial)
        partial.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise as_ours(error, str(source)) or UserError("ED-STORE-DISK", str(error), path=str(target)) from error
    finally:
        partial.unlink(missing_ok=True)


def _copy_pages(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a journal beside it


def _check(copied: Path, source: Path) -> None:
    with closing(sqlite3.connect(copied)) as connection:
        problems = problems_of(connection)
    if problems:
        raise UserError("ED-STORE-CORRUPT", "\n".join(problems), path=str(source))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
