"""The state of the practice platform: one SQLite file, committed before any answer leaves, so that a kill loses nothing."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS flow (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tracking_id TEXT NOT NULL,
    name TEXT NOT NULL,
    syntax TEXT NOT NULL,
    profile TEXT NOT NULL,
    type TEXT NOT NULL,
    direction TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_source TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    ack TEXT NOT NULL,
    verdict TEXT NOT NULL,
    verdict_due TEXT NOT NULL,
    details TEXT NOT NULL,
    content BLOB NOT NULL,
    facts TEXT NOT NULL DEFAULT '',
    seller TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    year TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX IF NOT EXISTS flow_tracking ON flow (tracking_id) WHERE tracking_id <> '';
CREATE INDEX IF NOT EXISTS flow_updated ON flow (updated_at, id);
CREATE INDEX IF NOT EXISTS flow_pending ON flow (verdict_due) WHERE ack = 'Pending';
CREATE INDEX IF NOT EXISTS flow_invoice ON flow (seller, number) WHERE number <> '';
CREATE TABLE IF NOT EXISTS step (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    flow_id TEXT NOT NULL REFERENCES flow (id),
    due_at TEXT NOT NULL,
    code TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    comment TEXT NOT NULL,
    is_done INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS step_due ON step (due_at, position) WHERE is_done = 0;
CREATE TABLE IF NOT EXISTS resident (
    siren TEXT PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, scenario TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS token (fingerprint TEXT PRIMARY KEY, expires_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS webhook (id TEXT PRIMARY KEY, created_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS clock (only INTEGER PRIMARY KEY CHECK (only = 1), latest TEXT NOT NULL);
"""

_FLOW_COLUMNS = (
    "id tracking_id name syntax profile type direction rule rule_source submitted_at updated_at ack verdict "
    "verdict_due details content facts seller number year status"
).split()


@dataclass(frozen=True, slots=True)
class StoredFlow:
    """A flow as kept. Times are UTC texts that sort (:func:`stamp`).

    Attributes:
        ack: acknowledgement as told now. verdict, details (JSON): what it becomes at ``verdict_due``.
        facts: :class:`InvoiceFacts` as JSON for an invoice. seller, number, year: what makes an invoice unique.
        status: latest processing status of an invoice, or the status a life-cycle message carries.
    """

    id: str
    tracking_id: str
    name: str
    syntax: str
    profile: str
    type: str
    direction: str
    rule: str
    rule_source: str
    submitted_at: str
    updated_at: str
    ack: str
    verdict: str
    verdict_due: str
    details: str
    content: bytes
    facts: str = ""
    seller: str = ""
    number: str = ""
    year: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A status to come."""

    position: int
    flow_id: str
    due_at: str
    code: str
    reason_code: str
    comment: str


def stamp(moment: datetime) -> str:
    """``moment`` as a UTC text of fixed width: texts sort like times."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The inverse of :func:`stamp`; also reads other ISO 8601 texts.

    Raises:
        ValueError: it is not one.
    """
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


class State:
    """The open file. Every method runs inside :meth:`transaction`, one at a time."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on the disk when the block ends."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def next_instant(self, now: datetime) -> datetime:
        """``now``, or just after the latest instant given: no two changes share a time, so no cursor can miss one."""
        row = self._db.execute("SELECT latest FROM clock").fetchone()
        chosen = max(now, moment(row[0]) + timedelta(microseconds=1)) if row else now
        self._db.execute("INSERT OR REPLACE INTO clock VALUES (1, ?)", (stamp(chosen),))
        return chosen

    def add_flow(self, flow: StoredFlow) -> None:
        """Keep a new flow.

        Raises:
            sqlite3.IntegrityError: its tracking identifier is known.
        """
        names, marks = ", ".join(_FLOW_COLUMNS), ", ".join("?" * len(_FLOW_COLUMNS))
        values = [getattr(flow, column) for column in _FLOW_COLUMNS]
        self._db.execute(f"INSERT INTO flow ({names}) VALUES ({marks})", values)  # noqa: S608 - our own column names

    def flow(self, flow_id: str) -> StoredFlow | None:
        """One flow."""
        return next(iter(self.flows("id = ?", [flow_id])), None)

    def flows(
        self, condition: str, values: list[Any], *, limit: int = 1000, newest_first: bool = False
    ) -> list[StoredFlow]:
        """Flows that satisfy an SQL condition, by time of change."""
        order = "DESC" if newest_first else "ASC"
        rows = self._db.execute(
            f"SELECT {', '.join(_FLOW_COLUMNS)} FROM flow WHERE {condition} "  # noqa: S608 - conditions are ours
            f"ORDER BY updated_at {order}, id {order} LIMIT ?",
            [*values, limit],
        )
        return [StoredFlow(*row) for row in rows]

    def settle(self, flow_id: str, updated_at: datetime) -> None:
        """The acknowledgement becomes the verdict."""
        self._db.execute("UPDATE flow SET ack = verdict, updated_at = ? WHERE id = ?", (stamp(updated_at), flow_id))

    def set_status(self, flow_id: str, status: str) -> None:
        """Latest processing status of an invoice."""
        self._db.execute("UPDATE flow SET status = ? WHERE id = ?", (status, flow_id))

    def add_step(self, flow_id: str, due_at: datetime, code: str, reason_code: str, comment: str) -> None:
        """Plan a status."""
        self._db.execute(
            "INSERT INTO step (flow_id, due_at, code, reason_code, comment) VALUES (?, ?, ?, ?, ?)",
            (flow_id, stamp(due_at), code, reason_code, comment),
        )

    def due_steps(self, now: datetime) -> list[StoredStep]:
        """Statuses whose time has come, oldest first."""
        rows = self._db.execute(
            "SELECT position, flow_id, due_at, code, reason_code, comment FROM step "
            "WHERE is_done = 0 AND due_at <= ? ORDER BY due_at, position",
            (stamp(now),),
        )
        return [StoredStep(*row) for row in rows]

    def steps_of(self, flow_id: str) -> list[tuple[str, int, str]]:
        """Code, done and problem of every step of a flow."""
        rows = self._db.execute(
            "SELECT code, is_done, problem FROM step WHERE flow_id = ? ORDER BY due_at, position", (flow_id,)
        )
        return rows.fetchall()

    def finish_step(self, position: int, problem: str = "") -> None:
        """The status was played, or could not be (``problem``)."""
        self._db.execute("UPDATE step SET is_done = 1, problem = ? WHERE position = ?", (problem, position))

    def drop_steps(self, flow_id: str) -> None:
        """Forget what was still to come: somebody decided otherwise."""
        self._db.execute("DELETE FROM step WHERE flow_id = ? AND is_done = 0", (flow_id,))

    def put_resident(self, siren: str, name: str, status: str, scenario: str) -> None:
        """Write a line of the annuaire; empty texts keep what is there."""
        self._db.execute(
            "INSERT INTO resident VALUES (:siren, :name, :status, :scenario) ON CONFLICT (siren) DO UPDATE SET "
            "name = CASE :name WHEN '' THEN name ELSE :name END, "
            "status = CASE :status WHEN '' THEN status ELSE :status END, "
            "scenario = CASE :scenario WHEN '' THEN scenario ELSE :scenario END",
            {"siren": siren, "name": name, "status": status, "scenario": scenario},
        )

    def resident(self, siren: str) -> tuple[str, str, str] | None:
        """Name, status and scenario of a line of the annuaire."""
        row: tuple[str, str, str] | None = self._db.execute(
            "SELECT name, status, scenario FROM resident WHERE siren = ?", (siren,)
        ).fetchone()
        return row

    def scenarios(self) -> dict[str, str]:
        """Scenario by SIREN, where one was chosen."""
        return dict(self._db.execute("SELECT siren, scenario FROM resident WHERE scenario <> '' ORDER BY siren"))

    def add_token(self, token: str, expires_at: datetime) -> None:
        """Remember an access token by its fingerprint only."""
        self._db.execute("INSERT INTO token VALUES (?, ?)", (_fingerprint(token), stamp(expires_at)))

    def has_token(self, token: str, now: datetime) -> bool:
        """Whether ``token`` was given and has not expired."""
        query = "SELECT 1 FROM token WHERE fingerprint = ? AND expires_at > ?"
        return self._db.execute(query, (_fingerprint(token), stamp(now))).fetchone() is not None

    def drop_tokens(self) -> None:
        """Every token given stops working."""
        self._db.execute("DELETE FROM token")

    def add_webhook(self, webhook_id: str, created_at: datetime, body: str) -> None:
        """Keep a subscription."""
        self._db.execute("INSERT INTO webhook VALUES (?, ?, ?)", (webhook_id, stamp(created_at), body))

    def webhooks(self) -> list[tuple[str, str, str]]:
        """Identifier, time and body (JSON) of every subscription."""
        return self._db.execute("SELECT id, created_at, body FROM webhook ORDER BY created_at").fetchall()

    def drop_webhook(self, webhook_id: str) -> bool:
        """Whether there was such a subscription to delete."""
        return self._db.execute("DELETE FROM webhook WHERE id = ?", (webhook_id,)).rowcount > 0


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
