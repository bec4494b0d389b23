"""The triggers that keep issued things frozen, and the check that they are all there, word for word.

``GUARDS_0001`` is what revision 0001 makes and is never edited; a later revision brings a table of its own and
``GUARDS`` becomes what a store has after the last one.
"""

from __future__ import annotations

import sqlite3

from einvoice_desktop.ports.unit_of_work import StoreCheck

_FROZEN = {
    # What tells a row apart: INSERT OR REPLACE would delete the old row without firing its DELETE trigger.
    "blob": "id = NEW.id OR sha256 = NEW.sha256",
    "issued_document": (
        "sequence = NEW.sequence OR id = NEW.id OR (company_id = NEW.company_id AND environment = NEW.environment "
        "AND number = NEW.number AND substr(issue_date, 1, 4) = substr(NEW.issue_date, 1, 4))"
    ),
    "received_document": (
        "sequence = NEW.sequence OR id = NEW.id "
        "OR (company_id = NEW.company_id AND original_sha256 = NEW.original_sha256)"
    ),
    "number_taken": (
        "document_id = NEW.document_id OR (company_id = NEW.company_id AND environment = NEW.environment "
        "AND series_key = NEW.series_key AND counter = NEW.counter)"
    ),
    "ledger_entry": "scope = NEW.scope AND sequence = NEW.sequence",
    "lifecycle_event": (
        "sequence = NEW.sequence "
        "OR (NEW.source_id <> '' AND source_id = NEW.source_id AND document_id = NEW.document_id)"
    ),
    "payment": "id = NEW.id",
}

_OUTBOX_SAME = "sequence = NEW.sequence OR id = NEW.id OR tracking_id = NEW.tracking_id"
_OUTBOX_FROZEN = (
    "sequence id company_id document_id platform_id tracking_id name syntax processing_rule sha256 created_at"
)

_UNCHAINED = (
    "BEFORE INSERT ON ledger_entry WHEN NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0) "
    "FROM ledger_entry WHERE scope = NEW.scope) OR NEW.previous_hash <> coalesce((SELECT hash "
    "FROM ledger_entry WHERE scope = NEW.scope ORDER BY sequence DESC LIMIT 1), printf('%064d', 0))"
)


def _guard(name: str, when: str, message: str) -> tuple[str, str]:
    return name, f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _kept_once(rows: dict[str, str]) -> list[tuple[str, str]]:
    """A row is never deleted, nor written over."""
    guards = []
    for table, same in rows.items():
        is_there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - constants of this module
        guards.append(_guard(f"{table}_kept", f"BEFORE DELETE ON {table}", f"{table}: a row is never deleted"))
        guards.append(_guard(f"{table}_once", f"BEFORE INSERT ON {table} WHEN {is_there}", f"{table}: there already"))
    return guards


def _guards_0001() -> dict[str, str]:
    guards = _kept_once({**_FROZEN, "outbox": _OUTBOX_SAME})
    guards += [_guard(f"{t}_frozen", f"BEFORE UPDATE ON {t}", f"{t}: a row never changes") for t in _FROZEN]
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _OUTBOX_FROZEN.split())
    guards += [
        _guard("outbox_frozen", f"BEFORE UPDATE ON outbox WHEN {changed}", "outbox: what is sent never changes"),
        _guard(
            "number_taken_gapless",
            "BEFORE INSERT ON number_taken WHEN NEW.counter <> 1 + (SELECT coalesce(max(counter), 0) FROM number_taken "
            "WHERE company_id = NEW.company_id AND environment = NEW.environment AND series_key = NEW.series_key)",
            "number_taken: a series has no gap",
        ),
        _guard(
            "ledger_entry_chained",
            _UNCHAINED,
            "ledger_entry: an entry follows the last one",
        ),
    ]
    return dict(guards)


GUARDS_0001 = _guards_0001()
"""Triggers made by revision 0001, by name."""

_FROZEN_0002 = {
    "document_link": "document_id = NEW.document_id AND target_id = NEW.target_id",
    "deposit_group": "id = NEW.id",
    "deposit_member": "document_id = NEW.document_id",
    "document_vat": "document_id = NEW.document_id AND position = NEW.position",
}


def _guards_0002() -> dict[str, str]:
    guards = _kept_once(_FROZEN_0002)
    guards += [_guard(f"{t}_frozen", f"BEFORE UPDATE ON {t}", f"{t}: a row never changes") for t in _FROZEN_0002]
    is_changed = "NEW.profile IS NOT OLD.profile"
    guards.append(
        _guard(
            "outbox_profile_frozen", f"BEFORE UPDATE ON outbox WHEN {is_changed}", "outbox: what is sent never changes"
        )
    )
    return dict(guards)


GUARDS_0002 = _guards_0002()
"""Triggers made by revision 0002, by name."""

GUARDS = {**GUARDS_0001, **GUARDS_0002}
"""Triggers a store of the current schema must have."""


def expected_triggers() -> tuple[str, ...]:
    """Names of the triggers that must be there."""
    return tuple(sorted(GUARDS))


def check_guards(connection: sqlite3.Connection) -> StoreCheck:
    """Compare the triggers of an open file with those expected, text for text."""
    present = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    missing = tuple(name for name in expected_triggers() if present.get(name) != GUARDS[name])
    altered = tuple(f"trigger {name} was altered" for name in missing if name in present)
    unknown = tuple(f"trigger {name} is not ours" for name in sorted(set(present) - set(GUARDS)))
    return StoreCheck(missing_triggers=missing, problems=altered + unknown)
