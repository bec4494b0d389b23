"""« 220 Annulée » on an invoice, once the corrected one that replaces it is delivered (XP Z12-014 §2.7)."""

from __future__ import annotations

from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES
from einvoice_desktop.domain.lifecycle import STATUSES, LifecycleEvent
from einvoice_desktop.ledger.entry import EntryKind
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.events import DocumentChanged, Happening
from einvoice_desktop.ports.records import DocumentEvent, IssuedDocument, Relation
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork, ledger_scope
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.remaining import CANCELLED, state_of
from einvoice_desktop.services.tell_platform import TellPlatform

_DELIVERED = frozenset({"203", "204", "205", "211", "212"})
"""Statuses by which the customer has the corrected invoice: before, it may still be rejected, and the other must stand."""


class CancelReplaced:
    """Listens to what happens to corrected invoices."""

    def __init__(
        self, store: Store, reader: InvoiceReader, teller: TellPlatform, clock: Clock, announcer: Announcer
    ) -> None:
        self._store, self._reader, self._teller = store, reader, teller
        self._clock, self._announcer = clock, announcer

    def __call__(self, happening: Happening) -> None:
        """Something happened: when a corrected invoice is delivered, what it replaces is cancelled, once."""
        if not isinstance(happening, DocumentChanged):
            return
        with self._store.reading() as work:
            replaced = self._replaced(work, happening.document_id)
        for document_id in replaced:
            self._cancel(document_id, happening.document_id)

    @staticmethod
    def _replaced(work: UnitOfWork, document_id: str) -> tuple[str, ...]:
        targets = [link.target_id for link in work.links.of(document_id) if link.relation is Relation.CORRECTS]
        if not targets or state_of(work, document_id) not in _DELIVERED:
            return ()
        return tuple(target for target in targets if not _is_ended(work, target))

    def _cancel(self, document_id: str, by: str) -> None:
        now = self._clock.now()
        with self._store.unit_of_work() as work:
            document = work.issued.get(document_id)
            corrected = work.issued.get(by)
            if document is None or corrected is None or _is_ended(work, document_id):
                return
            number = corrected.summary.number
            comment = f"Remplacée par la facture rectificative {number}"
            event = LifecycleEvent(CANCELLED, now, actor="seller", comment=comment, source_id=f"replaced:{by}")
            raw = self._tell(work, document, event)
            if work.events.add(DocumentEvent(document_id, event, now, raw)):
                scope = ledger_scope(document.company_id, self._store.environment)
                head = work.ledger.head(scope)
                work.ledger.append(
                    scope=scope,
                    kind=EntryKind.LIFECYCLE_STATUS,
                    subject=document_id,
                    at=max(now, head.at) if head is not None else now,
                    payload={"number": document.summary.number, "code": CANCELLED, "replaced_by": number},
                )
            work.commit()
        self._announcer.tell(DocumentChanged(document_id))

    def _tell(self, work: UnitOfWork, document: IssuedDocument, event: LifecycleEvent) -> bytes:
        """The message to the platform; in the name of a supplier, statuses are his to set (XP Z12-014 §3.2.18)."""
        if document.summary.type_code in SELF_BILLED_TYPES:
            return b""
        return self._teller.tell(work, document, self._reader.read_json(document.json), event)


def _is_ended(work: UnitOfWork, document_id: str) -> bool:
    """Whether the document reached a status that is never left, « Annulée » included."""
    status = STATUSES.get(state_of(work, document_id))
    return status is not None and status.is_final
