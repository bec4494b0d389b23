"""What happened to documents: events and payments."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from einvoice_desktop.ports.unit_of_work import DocumentEvent, Payment
from einvoice_desktop.store.mapping.json_text import flat, record
from einvoice_desktop.store.mapping.lifecycle import event_of, event_row
from einvoice_desktop.store.repositories.blobs import Blobs
from einvoice_desktop.store.repositories.states import States
from einvoice_desktop.store.tables import blob, lifecycle_event
from einvoice_desktop.store.tables import payment as payments

_EVENTS = select(lifecycle_event, blob.c.content).join_from(
    lifecycle_event, blob, blob.c.sha256 == lifecycle_event.c.raw_sha256, isouter=True
)


class SqlEvents:
    """Life-cycle events, append-only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs, self._states = Blobs(connection), States(connection)

    def add(self, event: DocumentEvent) -> bool:
        """Record it and move its document; ``False``, and nothing changes, when its message is known."""
        self._states.check_known(event.document_id)
        if self._is_known(event):
            return False
        row = {**event_row(event), "raw_sha256": self._blobs.keep_any(event.raw)}
        self._connection.execute(insert(lifecycle_event), row)
        self._states.refresh(event.document_id, event.recorded_at)
        return True

    def of(self, document_id: str) -> tuple[DocumentEvent, ...]:
        """By time."""
        statement = _EVENTS.where(lifecycle_event.c.document_id == document_id)
        rows = self._connection.execute(statement.order_by(lifecycle_event.c.at, lifecycle_event.c.sequence))
        return tuple(event_of(row) for row in rows.mappings())

    def _is_known(self, event: DocumentEvent) -> bool:
        source_id = event.event.source_id
        if not source_id:
            return False
        statement = select(lifecycle_event.c.sequence).where(
            lifecycle_event.c.document_id == event.document_id, lifecycle_event.c.source_id == source_id
        )
        return self._connection.execute(statement).first() is not None


class SqlPayments:
    """Payments, append-only."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._states = connection, States(connection)

    def add(self, payment: Payment) -> None:
        """Record it and the sum paid."""
        self._connection.execute(insert(payments), flat(payment))
        self._states.refresh(payment.document_id, payment.recorded_at)

    def of(self, document_id: str) -> tuple[Payment, ...]:
        """By day."""
        statement = select(payments).where(payments.c.document_id == document_id)
        rows = self._connection.execute(statement.order_by(payments.c.paid_on, payments.c.recorded_at))
        return tuple(record(Payment, dict(row)) for row in rows.mappings())
