"""Reading what the platform has for us, once each, in any order, one bad message put aside and the rest going on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from einvoice_desktop.domain.lifecycle import LifecycleEvent
from einvoice_desktop.ledger.entry import EntryKind, Json
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader, LifecycleMessage
from einvoice_desktop.ports.errors import PlatformError, RefusedError, UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.pdp import Flow, FlowPage, Platform
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    IssuedDocument,
    OutboxEntry,
    ParkedMessage,
    Store,
    UnitOfWork,
    ledger_scope,
)
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.receive_invoice import ReceiveInvoice
from einvoice_desktop.sync.outbox import DeliverOutbox

OVERLAP = timedelta(minutes=2)
"""Read again that much before the cursor: flows may share an instant or be stamped late; each counts once anyway."""

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_LIFECYCLE = frozenset({"CustomerInvoiceLC", "SupplierInvoiceLC"})


class PullInbox:
    """One platform's incoming side."""

    def __init__(
        self,
        store: Store,
        platform: Platform,
        platform_id: str,
        reader: InvoiceReader,
        receive: ReceiveInvoice,
        outbox: DeliverOutbox,
        clock: Clock,
        announcer: Announcer,
    ) -> None:
        self._store, self._platform, self._platform_id = store, platform, platform_id
        self._reader, self._receive, self._outbox = reader, receive, outbox
        self._clock, self._announcer = clock, announcer

    def pull(self, is_stopped: Callable[[], bool]) -> None:
        """Read every flow changed since last time; the cursor moves only when a page is wholly done.

        Raises:
            PlatformError: the platform cannot be read now; what was read is kept.
        """
        with self._store.reading() as work:
            cursor = work.inbox.cursor(self._platform_id)
        since = (cursor or BEGINNING) - OVERLAP
        token = ""
        while not is_stopped():
            page: FlowPage = self._platform.changes(since, token)
            for flow, ours in self._news(page):
                if is_stopped():
                    return
                self._take(flow, ours)
            self._move_cursor(page)
            token = page.next_cursor
            if not token:
                return

    def _move_cursor(self, page: FlowPage) -> None:
        if not page.flows:
            return
        newest = max(flow.updated_at for flow in page.flows)
        with self._store.unit_of_work() as work:
            work.inbox.move_cursor(self._platform_id, newest)
            work.commit()

    def _news(self, page: FlowPage) -> list[tuple[Flow, OutboxEntry | None]]:
        """Flows of a page that tell something: of ours, with their entry, and those never seen."""
        news: list[tuple[Flow, OutboxEntry | None]] = []
        with self._store.reading() as work:
            for flow in page.flows:
                ours = work.outbox.by_flow(flow.flow_id)
                if ours is not None or not work.inbox.is_seen(self._platform_id, flow.flow_id):
                    news.append((flow, ours))
        return news

    def _take(self, flow: Flow, ours: OutboxEntry | None) -> None:
        if ours is not None:
            self._outbox.acknowledge(ours, flow)
            return
        try:
            self._understand(flow)
        except (UserError, RefusedError, ValueError) as error:
            code = error.code if isinstance(error, (UserError, PlatformError)) else "ED-READ-UNKNOWN"
            self._park(flow, code, str(error))

    def _understand(self, flow: Flow) -> None:
        is_lifecycle = flow.flow_type in _LIFECYCLE or flow.syntax == "CDAR"
        if is_lifecycle and flow.flow_type != "SupplierInvoiceLC":
            content = self._platform.download(flow.flow_id)
            self._record_status(flow, content, self._reader.read_lifecycle(content))
        elif flow.flow_type == "SupplierInvoice" and flow.direction == "In":
            self._keep_invoice(flow, self._platform.download(flow.flow_id))
        else:
            self._skip(flow)

    def _record_status(self, flow: Flow, content: bytes, message: LifecycleMessage) -> None:
        """The event, its register entry and « seen » in one transaction."""
        now = self._clock.now()
        event = _named(message.event, flow.flow_id)
        with self._store.unit_of_work() as work:
            document = self._document(work, message)
            if document is None:
                raise UserError("ED-UNKNOWN-INVOICE", number=message.invoice_number)
            if work.events.add(DocumentEvent(document.id, event, now, content)):
                scope = ledger_scope(document.company_id, self._store.environment)
                head = work.ledger.head(scope)
                work.ledger.append(
                    scope=scope,
                    kind=EntryKind.LIFECYCLE_STATUS,
                    subject=document.id,
                    # A clock set back must not stop statuses from arriving; issuing is what it blocks.
                    at=max(now, head.at) if head is not None else now,
                    payload=_facts(document, event),
                )
            work.inbox.mark_seen(self._platform_id, flow.flow_id, now)
            work.commit()
        self._announcer.tell(DocumentChanged(document.id))

    def _document(self, work: UnitOfWork, message: LifecycleMessage) -> IssuedDocument | None:
        company = work.companies.by_siren(message.seller_siren)
        if company is None:
            return None
        return work.issued.by_number(company.id, self._store.environment, message.invoice_number)

    def _keep_invoice(self, flow: Flow, content: bytes) -> None:
        with self._store.reading() as work:
            companies = work.companies.all()
        read = self._reader.read(content, flow.name)
        buyer = read.invoice.buyer.siren if read.invoice is not None else ""
        company = next((c for c in companies if c.siren == buyer), companies[0] if len(companies) == 1 else None)
        if company is None:
            raise UserError("ED-UNKNOWN-RECIPIENT", siren=buyer)
        self._receive.receive(company.id, content, flow.name, flow_id=flow.flow_id)
        self._skip(flow)

    def _skip(self, flow: Flow) -> None:
        with self._store.unit_of_work() as work:
            work.inbox.mark_seen(self._platform_id, flow.flow_id, self._clock.now())
            work.commit()

    def _park(self, flow: Flow, code: str, detail: str) -> None:
        now = self._clock.now()
        with self._store.unit_of_work() as work:
            work.inbox.park(ParkedMessage(flow.flow_id, self._platform_id, flow.flow_type, code, detail, now))
            work.inbox.mark_seen(self._platform_id, flow.flow_id, now)
            work.commit()


def _named(event: LifecycleEvent, flow_id: str) -> LifecycleEvent:
    """The event under the identifier of its flow: the same message twice changes nothing."""
    return replace(event, source_id=f"flow:{flow_id}")


def _facts(document: IssuedDocument, event: LifecycleEvent) -> dict[str, Json]:
    return {
        "number": document.summary.number,
        "code": event.code,
        "set_at": event.at.isoformat(),
        "actor": event.actor,
        "reason_code": event.reason_code,
        "source": event.source_id,
    }
