"""Where each document stands, derived from what happened to it in the same transaction, for lists to read.

Nothing here is evidence: every row can be made again from the documents, events, payments and sendings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, DEPOSIT_TYPES, SELF_BILLED_TYPES
from einvoice_desktop.domain.lifecycle import STATUSES, Phase, state_after
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.unit_of_work import DocumentSummary, OutboxState
from einvoice_desktop.store.mapping.lifecycle import status_of
from einvoice_desktop.store.tables import (
    document_state,
    issued_document,
    lifecycle_event,
    month_tally,
    outbox,
    payment,
)
from einvoice_desktop.store.tables.columns import Instant

_REFUSED = frozenset({"210", "213", "501"})
_CANCELLED = "220"
_CASHED = "212"
_MESSAGE = "CDAR"
_NOT_SENT = frozenset({"", OutboxState.WITHDRAWN.value, OutboxState.PARKED.value})
_FAILED = frozenset({OutboxState.REFUSED.value, OutboxState.PARKED.value})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document's list row depends on.

    Attributes:
        kind: ``issued`` or ``received``. type_code: BT-3. due: BT-115. state: life-cycle code, empty for none.
        outbox_state: of its last sending. message_state: of the last life-cycle message sent about it. paid: sum.
    """

    kind: str
    type_code: str = ""
    due: Decimal = ZERO
    state: str = ""
    outbox_state: str = ""
    message_state: str = ""
    paid: Decimal = ZERO


def flags_of(standing: Standing) -> dict[str, bool]:
    """The filters a document answers to (see ``ports.queries.Queries.invoices``)."""
    is_issued = standing.kind == "issued"
    is_credit_note = is_issued and standing.type_code in CREDIT_NOTE_TYPES
    is_refused = standing.state in _REFUSED
    is_cashed = standing.paid >= standing.due or (standing.state == _CASHED and standing.paid == ZERO)
    is_rejected = is_issued and (is_refused or standing.outbox_state == OutboxState.REFUSED)
    is_failed = standing.outbox_state in _FAILED or standing.message_state in _FAILED
    status = STATUSES.get(standing.state)
    return {
        "is_credit_note": is_credit_note,
        "is_to_send": is_issued and standing.outbox_state in _NOT_SENT and standing.state == "",
        "is_unpaid": is_issued
        and not (is_credit_note or is_cashed or is_refused or standing.state == _CANCELLED)
        and standing.type_code not in SELF_BILLED_TYPES,
        "is_rejected": is_rejected,
        "is_problem": is_rejected or is_failed,
        "is_new": not is_issued
        and (standing.state == "" or (status is not None and status.phase is Phase.TRANSMISSION)),
    }


def turnover_of(summary: DocumentSummary) -> Decimal:
    """What a document adds to the turnover of its month (see ``ports.queries.MonthTurnover``)."""
    if summary.currency != "EUR" or summary.type_code in DEPOSIT_TYPES | SELF_BILLED_TYPES:
        return ZERO
    return -summary.without_vat if summary.type_code in CREDIT_NOTE_TYPES else summary.without_vat


class States:
    """The derived rows of one store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, document_id: str, company_id: str, sequence: int, standing: Standing, at: datetime) -> None:
        """The first row of a document just written."""
        row = {"document_id": document_id, "company_id": company_id, "sequence": sequence, "updated_at": at}
        self._connection.execute(insert(document_state), {**row, **_columns(standing)})

    def check_known(self, document_id: str) -> None:
        """Raise StoreConflictError unless the document is there."""
        known = select(document_state.c.kind).where(document_state.c.document_id == document_id)
        if self._connection.execute(known).first() is None:
            raise StoreConflictError(f"no document {document_id}")

    def refresh(self, document_id: str, at: datetime) -> None:
        """Derive the row of a document anew; ``at``: when what changed was recorded."""
        document = self._connection.execute(_ABOUT.where(document_state.c.document_id == document_id)).one()
        standing = Standing(
            kind=document.kind,
            type_code=document.type_code or "",
            due=document.due or ZERO,
            state=self._state(document_id),
            outbox_state=self._last_sending(document_id, is_message=False),
            message_state=self._last_sending(document_id, is_message=True),
            paid=self._paid(document_id),
        )
        latest = func.max(document_state.c.updated_at, literal(at, Instant()))
        statement = update(document_state).where(document_state.c.document_id == document_id)
        self._connection.execute(statement.values(**_columns(standing), updated_at=latest))

    def count(self, company_id: str, summary: DocumentSummary) -> None:
        """Add an issued document to the tally of its month."""
        row = {"company_id": company_id, "year": summary.issue_date.year, "month": summary.issue_date.month}
        statement = upsert(month_tally).values(**row, documents=1, without_vat=turnover_of(summary))
        added = {
            "documents": month_tally.c.documents + statement.excluded.documents,
            "without_vat": month_tally.c.without_vat + statement.excluded.without_vat,
        }
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(row), set_=added))

    def _state(self, document_id: str) -> str:
        statement = select(lifecycle_event).where(lifecycle_event.c.document_id == document_id)
        ordered = statement.order_by(lifecycle_event.c.at, lifecycle_event.c.sequence)
        return state_after(tuple(status_of(row) for row in self._connection.execute(ordered).mappings()))

    def _last_sending(self, document_id: str, *, is_message: bool) -> str:
        is_wanted = (outbox.c.syntax == _MESSAGE) if is_message else (outbox.c.syntax != _MESSAGE)
        statement = select(outbox.c.state).where(outbox.c.document_id == document_id, is_wanted)
        ordered = statement.order_by(outbox.c.created_at.desc(), outbox.c.sequence.desc())
        return str(self._connection.execute(ordered.limit(1)).scalar() or "")

    def _paid(self, document_id: str) -> Decimal:
        statement = select(payment.c.amount).where(payment.c.document_id == document_id)
        return sum(self._connection.execute(statement).scalars(), ZERO)


_ABOUT = select(
    document_state.c.kind,
    issued_document.c.type_code,
    issued_document.c.due,
).join_from(document_state, issued_document, issued_document.c.id == document_state.c.document_id, isouter=True)


def _columns(standing: Standing) -> dict[str, Any]:
    return {
        "kind": standing.kind,
        "state": standing.state,
        "outbox_state": standing.outbox_state,
        "message_state": standing.message_state,
        "paid": standing.paid,
        **flags_of(standing),
    }
