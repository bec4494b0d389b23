"""Showing a document: the exact bytes, and one timeline from issue to cash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lifecycle import STATUSES, state_after
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Relation
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    IssuedDocument,
    OutboxEntry,
    OutboxState,
    Payment,
    ReceivedDocument,
    Store,
    UnitOfWork,
)
from einvoice_desktop.services.own_checks import own_remarks
from einvoice_desktop.services.remaining import cleared

DONE, EXPECTED, LATER, PROBLEM = "done", "expected", "later", "problem"
_PROBLEM_CODES = frozenset({"206", "207", "208", "210", "213", "221", "501"})
_HAPPY_PATH = ("200", "201", "202", "203", "204", "205", "212")


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One dot of a timeline.

    Attributes:
        code: status code (``203``), empty for our own steps. title_key: the status code, or ``issued``, ``queued``,
            ``sending``, ``unknown``, ``refused_by_platform``, ``withdrawn``.
        at: when, UTC; ``None`` for what is still to come. actor: who. detail: reason or flow identifier.
        kind: ``done``, ``expected``, ``later`` or ``problem``. raw: the message as it came.
    """

    code: str
    title_key: str
    at: datetime | None
    actor: str = ""
    detail: str = ""
    kind: str = DONE
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Related:
    """A document of ours that another credits, corrects or balances.

    Attributes:
        relation: between the two. is_earlier: it is the one credited, corrected or deducted; else the one that does it.
        without_vat: how much of the earlier one is concerned.
    """

    document_id: str
    number: str
    type_code: str
    relation: Relation
    is_earlier: bool
    without_vat: Decimal


@dataclass(frozen=True, slots=True)
class IssuedView:
    """An issued document and all that happened to it.

    Attributes:
        remaining: what is still due, payments and credit notes deducted, in its currency; never below zero.
        cleared: what credit notes took off it, or all that was due once it is replaced.
        related: the documents around it, the earlier ones first. deal_id: the deal it belongs to, empty for none.
    """

    document: IssuedDocument
    invoice: Invoice
    timeline: tuple[TimelineStep, ...]
    payments: tuple[Payment, ...]
    outbox: tuple[OutboxEntry, ...]
    state: str
    remaining: Decimal
    cleared: Decimal = ZERO
    related: tuple[Related, ...] = ()
    deal_id: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """A received document; ``invoice`` is ``None`` when the file holds none that can be read.

    ``remarks`` are those of our own checks, beside the official findings kept with the document.
    """

    document: ReceivedDocument
    invoice: Invoice | None
    timeline: tuple[TimelineStep, ...]
    remarks: tuple[Finding, ...] = ()


class ViewDocument:
    """Reads documents for display."""

    def __init__(self, store: Store, reader: InvoiceReader) -> None:
        self._store, self._reader = store, reader

    def issued(self, document_id: str) -> IssuedView:
        """An issued document.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            events = work.events.of(document_id)
            outbox = work.outbox.of(document_id)
            payments = work.payments.of(document_id)
            off = cleared(work, document)
            related = related_to(work, document_id)
            member = work.deposits.member(document_id)
        paid = sum((p.amount for p in payments), ZERO)
        return IssuedView(
            document=document,
            invoice=self._reader.read_json(document.json),
            timeline=issued_timeline(document, outbox, events),
            payments=payments,
            outbox=outbox,
            state=state_after(tuple(e.event for e in events)),
            remaining=max(document.summary.due - paid - off, ZERO),
            cleared=off,
            related=related,
            deal_id=member.group_id if member is not None else "",
        )

    def find(self, number: str) -> IssuedView:
        """The document of that number, in any company of the store.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            for company in work.companies.all():
                document = work.issued.by_number(company.id, self._store.environment, number)
                if document is not None:
                    break
            else:
                raise UserError("ED-NOT-FOUND", what=number)
        return self.issued(document.id)

    def received(self, document_id: str) -> ReceivedView:
        """A received document.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            document = work.received.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            events = work.events.of(document_id)
        read = self._reader.read(document.original, document.filename)
        steps = [TimelineStep("", "received", document.received_at, detail=document.flow_id)]
        return ReceivedView(document, read.invoice, (*steps, *_event_steps(events)), own_remarks(read))


def related_to(work: UnitOfWork, document_id: str) -> tuple[Related, ...]:
    """The documents of ours around one: those it comes after, then those that come after it."""
    found = []
    for link in (*work.links.of(document_id), *work.links.to(document_id)):
        is_earlier = link.document_id == document_id
        other = work.issued.get(link.target_id if is_earlier else link.document_id)
        if other is not None:
            summary = other.summary
            found.append(
                Related(other.id, summary.number, summary.type_code, link.relation, is_earlier, link.without_vat)
            )
    return tuple(found)


def issued_timeline(
    document: IssuedDocument, outbox: tuple[OutboxEntry, ...], events: tuple[DocumentEvent, ...]
) -> tuple[TimelineStep, ...]:
    """Our own steps first (they explain offline work), then the events by time, then what is expected."""
    steps = [TimelineStep("", "issued", document.issued_at, detail=document.pdf_sha256)]
    for entry in outbox:
        if entry.syntax != "CDAR":
            steps += _outbox_steps(entry)
    steps += _event_steps(events)
    state = state_after(tuple(e.event for e in events))
    return (*steps, *_to_come(state, is_sent=any(e.syntax != "CDAR" for e in outbox)))


def _outbox_steps(entry: OutboxEntry) -> list[TimelineStep]:
    steps = [TimelineStep("", "queued", entry.created_at)]
    if entry.state is OutboxState.REFUSED:
        steps.append(TimelineStep("", "refused_by_platform", entry.updated_at, detail=entry.last_error, kind=PROBLEM))
    elif entry.state is OutboxState.UNKNOWN:
        steps.append(TimelineStep("", "unknown", entry.updated_at, detail=entry.last_error, kind=EXPECTED))
    elif entry.state is OutboxState.WITHDRAWN:
        steps.append(TimelineStep("", "withdrawn", entry.updated_at))
    elif entry.state in {OutboxState.SENT, OutboxState.ACCEPTED}:
        steps.append(TimelineStep("", "sent", entry.updated_at, detail=entry.flow_id))
    elif entry.last_error:
        steps.append(TimelineStep("", "retrying", entry.next_try_at, detail=entry.last_error, kind=EXPECTED))
    return steps


def _event_steps(events: tuple[DocumentEvent, ...]) -> list[TimelineStep]:
    return [
        TimelineStep(
            code=record.event.code,
            title_key=record.event.code,
            at=record.event.at,
            actor=record.event.actor,
            detail=" · ".join(p for p in (record.event.reason, record.event.comment) if p),
            kind=PROBLEM if record.event.code in _PROBLEM_CODES else DONE,
            raw=record.raw,
        )
        for record in events
    ]


def _to_come(state: str, *, is_sent: bool) -> list[TimelineStep]:
    """The next step of the usual path hollow, the following ones dashed; none after a final status."""
    status = STATUSES.get(state)
    if not is_sent or state == "212" or (status is not None and status.is_final):
        return []
    reached = "205" if state in {"211", "206", "209"} else "204" if state in {"207", "208"} else state
    coming = [code for code in _HAPPY_PATH if code > reached]
    return [TimelineStep(code, code, None, kind=EXPECTED if index == 0 else LATER) for index, code in enumerate(coming)]
