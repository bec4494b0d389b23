"""Telling the platform a status of a document it has: the life-cycle message is queued with the act, in its transaction."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lifecycle import LifecycleEvent
from einvoice_desktop.ports.documents import LifecycleRequest, LifecycleWriter
from einvoice_desktop.ports.unit_of_work import IssuedDocument, OutboxEntry, OutboxState, UnitOfWork

_AT_PLATFORM = frozenset({OutboxState.SENT, OutboxState.ACCEPTED})


class TellPlatform:
    """Queues the statuses a seller sets."""

    def __init__(self, lifecycle: LifecycleWriter) -> None:
        self._lifecycle = lifecycle

    def tell(self, work: UnitOfWork, document: IssuedDocument, invoice: Invoice, event: LifecycleEvent) -> bytes:
        """Queue the CDAR when the platform has the document; its bytes, empty when there is nobody to tell."""
        sent = [e for e in work.outbox.of(document.id) if e.syntax != "CDAR" and e.state in _AT_PLATFORM]
        if not sent:
            return b""
        cdar = self._lifecycle.write_cdar(_request(work, document, invoice, event))
        identifier = str(uuid4())
        work.outbox.add(
            OutboxEntry(
                id=identifier,
                company_id=document.company_id,
                document_id=document.id,
                platform_id=sent[-1].platform_id,
                tracking_id=identifier,
                name=f"CDAR_{document.summary.number.replace('/', '_')}_{event.code}.xml",
                syntax="CDAR",
                processing_rule=sent[-1].processing_rule,
                content=cdar,
                sha256=hashlib.sha256(cdar).hexdigest(),
                created_at=event.at,
                updated_at=event.at,
            )
        )
        return cdar


def _request(work: UnitOfWork, document: IssuedDocument, invoice: Invoice, event: LifecycleEvent) -> LifecycleRequest:
    address = invoice.buyer.electronic_address
    is_french = address is not None and address.scheme == SCHEME_FR_ADDRESS
    submitted = next((e.event.at for e in work.events.of(document.id) if e.event.code == "200"), None)
    return LifecycleRequest(
        code=event.code,
        at=event.at,
        invoice_number=invoice.number,
        invoice_date=invoice.issue_date,
        invoice_type=str(invoice.type_code),
        seller_siren=invoice.seller.siren,
        seller_name=invoice.seller.name,
        buyer_siren=invoice.buyer.siren,
        buyer_name=invoice.buyer.name,
        is_from_seller=True,
        recipient_address=address.value if address is not None and is_french else invoice.buyer.siren,
        received_at=submitted or document.issued_at,
        amounts=event.amounts,
    )
