"""What SQLite says, in the three families of errors of the program."""

from __future__ import annotations

import sqlite3

from einvoice_desktop.ports.errors import StoreConflictError, UserError

_CODES = (
    ("SQLITE_FULL", "ED-STORE-FULL"),
    ("SQLITE_READONLY", "ED-STORE-READONLY"),
    ("SQLITE_CANTOPEN", "ED-STORE-READONLY"),
    ("SQLITE_NOTADB", "ED-STORE-NOT-ONE"),
    ("SQLITE_CORRUPT", "ED-STORE-CORRUPT"),
    ("SQLITE_IOERR", "ED-STORE-DISK"),
    ("SQLITE_BUSY", "ED-STORE-BUSY"),
    ("SQLITE_LOCKED", "ED-STORE-BUSY"),
)


def as_ours(error: BaseException, path: str = "") -> Exception | None:
    """The error to raise instead of SQLite's ``error``; ``None`` when it is a bug to be reported as it is.

    ``ED-STORE-FULL`` disk full; ``-READONLY`` cannot be written; ``-NOT-ONE`` not a store; ``-CORRUPT`` damaged;
    ``-DISK`` the disk fails; ``-BUSY`` another program holds the file; a broken constraint is a StoreConflictError.
    """
    name = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    if name.startswith("SQLITE_CONSTRAINT"):
        return StoreConflictError(str(error))
    for prefix, code in _CODES:
        if name.startswith(prefix):
            return UserError(code, str(error), path=path)
    return None
