"""Where each document stands, derived from what happened to it in the same transaction, for lists to read.

Nothing here is evidence: every row can be made again from the documents, events, payments and sendings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import Connection, func, insert, literal, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, DEPOSIT_TYPES, SELF_BILLED_TYPES
from einvoice_desktop.domain.lifecycle import STATUSES, Phase, state_after
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.records import DocumentSummary, OutboxState, Relation
from einvoice_desktop.store.mapping.lifecycle import status_of
from einvoice_desktop.store.tables import (
    document_link,
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
        cleared: what credit notes took off it, or all that was due once a corrected invoice replaces it.
        is_internal: a credit note of a refused document: it cancels it in the books and is never sent.
    """

    kind: str
    type_code: str = ""
    due: Decimal = ZERO
    state: str = ""
    outbox_state: str = ""
    message_state: str = ""
    paid: Decimal = ZERO
    cleared: Decimal = ZERO
    is_internal: bool = False


def flags_of(standing: Standing) -> dict[str, bool]:
    """The filters a document answers to (see ``ports.queries.Queries.invoices``)."""
    is_issued = standing.kind == "issued"
    is_credit_note = is_issued and standing.type_code in CREDIT_NOTE_TYPES
    is_refused = standing.state in _REFUSED
    is_cashed = standing.paid + standing.cleared >= standing.due or (
        standing.state == _CASHED and standing.paid == ZERO
    )
    is_rejected = is_issued and (is_refused or standing.outbox_state == OutboxState.REFUSED)
    is_failed = standing.outbox_state in _FAILED or standing.message_state in _FAILED
    status = STATUSES.get(standing.state)
    return {
        "is_credit_note": is_credit_note,
        "is_to_send": is_issued
        and standing.outbox_state in _NOT_SENT
        and standing.state == ""
        and not standing.is_internal,
        "is_unpaid": is_issued
        and not (is_credit_note or is_cashed or is_refused or standing.state == _CANCELLED)
        and standing.type_code not in SELF_BILLED_TYPES,
        "is_rejected": is_rejected,
        "is_problem": is_rejected or is_failed,
        "is_new": not is_issued
        and (standing.state == "" or (status is not None and status.phase is Phase.TRANSMISSION)),
    }


class Counted(Protocol):
    """What of a document turnover depends on."""

    @property
    def type_code(self) -> str:
        """BT-3."""
        ...

    @property
    def currency(self) -> str:
        """BT-5."""
        ...

    @property
    def without_vat(self) -> Decimal:
        """BT-109."""
        ...


def turnover_of(summary: Counted) -> Decimal:
    """What a document adds by itself to the turnover of its month (see ``ports.queries.MonthTurnover``)."""
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
        """Derive the row of a document anew, and of those it is linked to; ``at``: when what changed was recorded."""
        self._derive(document_id, at)
        for other_id in self._connection.execute(_NEIGHBOURS, {"id": document_id}).scalars().all():
            self._derive(other_id, None)

    def _derive(self, document_id: str, at: datetime | None) -> None:
        document = self._connection.execute(_ABOUT.where(document_state.c.document_id == document_id)).one()
        standing = Standing(
            kind=document.kind,
            type_code=document.type_code or "",
            due=document.due or ZERO,
            state=self._state(document_id),
            outbox_state=self._last_sending(document_id, is_message=False),
            message_state=self._last_sending(document_id, is_message=True),
            paid=self._paid(document_id),
            cleared=self._cleared(document_id, document.due or ZERO),
            is_internal=self._connection.execute(_INTERNAL.where(document_link.c.document_id == document_id)).first()
            is not None,
        )
        statement = update(document_state).where(document_state.c.document_id == document_id)
        if at is not None:
            statement = statement.values(updated_at=func.max(document_state.c.updated_at, literal(at, Instant())))
        self._connection.execute(statement.values(**_columns(standing)))

    def count(self, company_id: str, summary: DocumentSummary) -> None:
        """Add an issued document to the tally of its month."""
        self._tally(company_id, summary.issue_date, 1, turnover_of(summary))

    def count_more(self, document_id: str, turnover: Decimal) -> None:
        """Add to the turnover of the month of a document what its relations to others change."""
        row = self._connection.execute(_DATED.where(issued_document.c.id == document_id)).one()
        if row.currency == "EUR":
            self._tally(row.company_id, row.issue_date, 0, turnover)

    def is_turnover(self, document_id: str) -> bool:
        """Whether a document counted in the turnover of its month."""
        row = self._connection.execute(_DATED.where(issued_document.c.id == document_id)).one()
        return turnover_of(row) != ZERO

    def _tally(self, company_id: str, day: date, documents: int, turnover: Decimal) -> None:
        row = {"company_id": company_id, "year": day.year, "month": day.month}
        statement = upsert(month_tally).values(**row, documents=documents, without_vat=turnover)
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

    def _cleared(self, document_id: str, due: Decimal) -> Decimal:
        """What standing documents took off a document; those refused (210, 213, 501) took nothing."""
        statement = _CLEARING.where(document_link.c.target_id == document_id, document_state.c.state.not_in(_REFUSED))
        found = self._connection.execute(statement).all()
        if any(row.relation == Relation.CORRECTS for row in found):
            return due
        return sum((row.with_vat for row in found if row.relation == Relation.CREDITS), ZERO)

    def _paid(self, document_id: str) -> Decimal:
        statement = select(payment.c.amount).where(payment.c.document_id == document_id)
        return sum(self._connection.execute(statement).scalars(), ZERO)


_ABOUT = select(
    document_state.c.kind,
    issued_document.c.type_code,
    issued_document.c.due,
).join_from(document_state, issued_document, issued_document.c.id == document_state.c.document_id, isouter=True)


_NEIGHBOURS = text(
    "SELECT target_id FROM document_link WHERE document_id = :id "
    "UNION SELECT document_id FROM document_link WHERE target_id = :id"
)

_INTERNAL = (
    select(document_link.c.target_id)
    .join(document_state, document_state.c.document_id == document_link.c.target_id)
    .where(document_link.c.relation == Relation.CREDITS.value, document_state.c.state.in_(_REFUSED))
)

_CLEARING = (
    select(document_link.c.relation, issued_document.c.with_vat)
    .join_from(document_link, issued_document, issued_document.c.id == document_link.c.document_id)
    .join(document_state, document_state.c.document_id == document_link.c.document_id)
)

_DATED = select(
    issued_document.c.company_id,
    issued_document.c.issue_date,
    issued_document.c.type_code,
    issued_document.c.currency,
    issued_document.c.without_vat,
)


def _columns(standing: Standing) -> dict[str, Any]:
    return {
        "kind": standing.kind,
        "state": standing.state,
        "outbox_state": standing.outbox_state,
        "message_state": standing.message_state,
        "paid": standing.paid,
        "cleared": standing.cleared,
        **flags_of(standing),
    }
