"""Life-cycle events, payments, sendings and register entries."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping

from einvoice_desktop.domain.lifecycle import CashedAmount, LifecycleEvent
from einvoice_desktop.ledger.entry import LedgerEntry
from einvoice_desktop.ports.unit_of_work import DocumentEvent, OutboxEntry, OutboxState
from einvoice_desktop.store.mapping.json_text import flat, many_from_text, record, to_text


def event_row(event: DocumentEvent) -> dict[str, Any]:
    """The row of an event, without the hash of its message."""
    return {
        **flat(event.event),
        "amounts": to_text(event.event.amounts),
        "document_id": event.document_id,
        "recorded_at": event.recorded_at,
    }


def status_of(row: RowMapping) -> LifecycleEvent:
    """The status an event's row carries."""
    return record(LifecycleEvent, {**row, "amounts": many_from_text(CashedAmount, row["amounts"])})


def event_of(row: RowMapping) -> DocumentEvent:
    """The event of a row joined to the bytes of its message (``content``)."""
    return DocumentEvent(row["document_id"], status_of(row), row["recorded_at"], row["content"] or b"")


def outbox_row(entry: OutboxEntry) -> dict[str, Any]:
    """The row of a sending, its bytes elsewhere."""
    return {**flat(entry, without=("content",)), "state": entry.state.value}


def outbox_of(row: RowMapping) -> OutboxEntry:
    """The sending of a row joined to its bytes (``content``)."""
    return record(OutboxEntry, {**row, "state": OutboxState(row["state"])})


def entry_row(entry: LedgerEntry) -> dict[str, Any]:
    """The row of a register entry."""
    return {**flat(entry), "payload": to_text(entry.payload)}


def entry_of(row: RowMapping) -> LedgerEntry:
    """The register entry of a row."""
    return record(LedgerEntry, {**row, "payload": json.loads(row["payload"])})
