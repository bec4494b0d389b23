"""What waits to leave, and what came in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.unit_of_work import OutboxEntry, ParkedMessage
from einvoice_desktop.store.mapping.json_text import flat, record
from einvoice_desktop.store.mapping.lifecycle import outbox_of, outbox_row
from einvoice_desktop.store.repositories.blobs import Blobs
from einvoice_desktop.store.repositories.states import States
from einvoice_desktop.store.tables import blob, inbox_cursor, inbox_parked, inbox_seen, outbox
from einvoice_desktop.store.tables.messages import SENT, WAITING

_ENTRIES = select(outbox, blob.c.content).join_from(outbox, blob, blob.c.sha256 == outbox.c.sha256)
_BY_AGE = (outbox.c.created_at, outbox.c.sequence)
_CHANGING = ("state", "flow_id", "attempts", "next_try_at", "last_error", "updated_at")


class SqlOutbox:
    """The sending desk."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs, self._states = Blobs(connection), States(connection)

    def add(self, entry: OutboxEntry) -> None:
        """Queue it with its bytes."""
        self._states.check_known(entry.document_id)
        self._blobs.keep(entry.content, entry.sha256)
        self._connection.execute(insert(outbox), outbox_row(entry))
        self._states.refresh(entry.document_id, entry.updated_at)

    def update(self, entry: OutboxEntry) -> None:
        """Change where it stands; the rest must be what it was."""
        row = outbox_row(entry)
        frozen = [outbox.c[name] == value for name, value in row.items() if name not in _CHANGING]
        moved = update(outbox).where(*frozen).values({name: row[name] for name in _CHANGING})
        is_same = hashlib.sha256(entry.content).hexdigest() == entry.sha256
        if not is_same or self._connection.execute(moved).rowcount != 1:
            raise StoreConflictError(f"what sending {entry.id} carries is frozen, or it is not there")
        self._states.refresh(entry.document_id, entry.updated_at)

    def get(self, entry_id: str) -> OutboxEntry | None:
        """By identifier."""
        return next(iter(self._entries(_ENTRIES.where(outbox.c.id == entry_id))), None)

    def of(self, document_id: str) -> tuple[OutboxEntry, ...]:
        """Sendings of a document, oldest first."""
        return self._entries(_ENTRIES.where(outbox.c.document_id == document_id))

    def by_flow(self, flow_id: str) -> OutboxEntry | None:
        """The sending the platform calls ``flow_id``."""
        is_it = (outbox.c.flow_id == flow_id) & text("flow_id <> ''")
        return next(iter(self._entries(_ENTRIES.where(is_it).limit(1))), None)

    def due(self, platform_id: str, now: datetime, limit: int = 50) -> tuple[OutboxEntry, ...]:
        """What may leave now, oldest first."""
        is_time = outbox.c.next_try_at.is_(None) | (outbox.c.next_try_at <= now)
        statement = _ENTRIES.where(outbox.c.platform_id == platform_id, text(WAITING), is_time)
        return self._entries(statement.limit(limit))

    def open_flows(self, platform_id: str) -> tuple[OutboxEntry, ...]:
        """Sent, not acknowledged."""
        return self._entries(_ENTRIES.where(outbox.c.platform_id == platform_id, text(SENT)))

    def _entries(self, statement: Select[Any]) -> tuple[OutboxEntry, ...]:
        rows = self._connection.execute(statement.order_by(*_BY_AGE)).mappings()
        return tuple(outbox_of(row) for row in rows)


class SqlInbox:
    """How far platforms were read."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._blobs = connection, Blobs(connection)

    def cursor(self, platform_id: str) -> datetime | None:
        """The instant read up to."""
        return self._connection.execute(
            select(inbox_cursor.c.at).where(inbox_cursor.c.platform_id == platform_id)
        ).scalar()

    def move_cursor(self, platform_id: str, to: datetime) -> None:
        """Forward only: an earlier instant leaves it where it is."""
        statement = upsert(inbox_cursor).values(platform_id=platform_id, at=to)
        later = func.max(inbox_cursor.c.at, statement.excluded.at)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["platform_id"], set_={"at": later}))

    def is_seen(self, platform_id: str, flow_id: str) -> bool:
        """Whether that flow was dealt with."""
        is_it = (inbox_seen.c.platform_id == platform_id) & (inbox_seen.c.flow_id == flow_id)
        return self._connection.execute(select(inbox_seen.c.at).where(is_it)).first() is not None

    def mark_seen(self, platform_id: str, flow_id: str, at: datetime) -> None:
        """Remember it; the first time counts."""
        statement = upsert(inbox_seen).values(platform_id=platform_id, flow_id=flow_id, at=at)
        self._connection.execute(statement.on_conflict_do_nothing())

    def park(self, message: ParkedMessage) -> None:
        """Put a flow aside, with the latest reason."""
        row = {**flat(message, without=("content",)), "content_sha256": self._blobs.keep_any(message.content)}
        statement = upsert(inbox_parked).values(row)
        keys = ["platform_id", "flow_id"]
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=row))

    def parked(self, platform_id: str) -> tuple[ParkedMessage, ...]:
        """Flows put aside, oldest first."""
        joined = select(inbox_parked, blob.c.content).join_from(
            inbox_parked, blob, blob.c.sha256 == inbox_parked.c.content_sha256, isouter=True
        )
        statement = joined.where(inbox_parked.c.platform_id == platform_id)
        rows = self._connection.execute(statement.order_by(inbox_parked.c.parked_at, inbox_parked.c.flow_id)).mappings()
        return tuple(record(ParkedMessage, {**row, "content": row["content"] or b""}) for row in rows)
