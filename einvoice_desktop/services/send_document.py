"""Sending: frozen bytes are queued; the synchronisation takes them to the platform, exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.unit_of_work import IssuedDocument, OutboxEntry, OutboxState, Store
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.keep_settings import active_platform
from einvoice_desktop.services.remaining import is_internal

PROCESSING_RULES = {
    "B2B": "B2B",
    "B2BINT": "B2BInt",
    "B2C": "B2C",
    "OUTOFSCOPE": "OutOfScope",
    "ARCHIVEONLY": "ArchiveOnly",
}
"""AFNOR processing rule of each value of the BAR note."""

_FACTUR_X = frozenset(Profile) - {Profile.EXTENDED_CTC_FR}
_DONE_FOR = frozenset({OutboxState.WITHDRAWN, OutboxState.REFUSED})


def outbox_entry(document: IssuedDocument, platform: PlatformProfile, invoice: Invoice, now: datetime) -> OutboxEntry:
    """The sending of an issued document: the exact bytes that were frozen.

    A Factur-X file; the CII where the profile has no Factur-X level (EXTENDED-CTC-FR).
    """
    identifier = str(uuid4())
    is_factur_x = invoice.profile in _FACTUR_X
    name = document.summary.number.replace("/", "_")
    return OutboxEntry(
        id=identifier,
        company_id=document.company_id,
        document_id=document.id,
        platform_id=platform.id,
        tracking_id=identifier,
        name=f"{name}.pdf" if is_factur_x else f"{name}.xml",
        syntax="Factur-X" if is_factur_x else "CII",
        processing_rule=PROCESSING_RULES.get(invoice.treatment, "B2B"),
        content=document.pdf if is_factur_x else document.xml,
        sha256=document.pdf_sha256 if is_factur_x else document.xml_sha256,
        created_at=now,
        updated_at=now,
        profile=invoice.profile,
    )


class SendDocument:
    """Queues, retries and withdraws sendings."""

    def __init__(self, store: Store, reader: InvoiceReader, clock: Clock, announcer: Announcer) -> None:
        self._store, self._reader, self._clock, self._announcer = store, reader, clock, announcer

    def send(self, document_id: str) -> OutboxEntry:
        """Queue an issued document for the active platform.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-NO-PLATFORM``; ``ED-ALREADY-SENT``: it is queued or sent already;
                ``ED-CREDIT-INTERNAL``: it credits a document that was refused.
        """
        with self._store.unit_of_work() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            platform = active_platform(work)
            if platform is None:
                raise UserError("ED-NO-PLATFORM")
            if is_internal(work, document_id):
                raise UserError("ED-CREDIT-INTERNAL")
            invoices = [e for e in work.outbox.of(document_id) if e.syntax != "CDAR"]
            if any(e.state not in _DONE_FOR for e in invoices):
                raise UserError("ED-ALREADY-SENT", number=document.summary.number)
            invoice = self._reader.read_json(document.json)
            entry = outbox_entry(document, platform, invoice, self._clock.now())
            work.outbox.add(entry)
            work.commit()
        self._announcer.tell(DocumentChanged(document_id))
        return entry

    def retry(self, entry_id: str) -> None:
        """Try a waiting, parked or refused sending again as soon as possible; an unknown outcome is asked about first.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-SENDING-DONE``: the platform has it.
        """
        now = self._clock.now()
        with self._store.unit_of_work() as work:
            entry = work.outbox.get(entry_id)
            if entry is None:
                raise UserError("ED-NOT-FOUND", what="sending")
            if entry.state in {OutboxState.SENT, OutboxState.ACCEPTED, OutboxState.WITHDRAWN}:
                raise UserError("ED-SENDING-DONE")
            # A refused document may have been taken after all (an earlier try): ask before sending again.
            state = OutboxState.QUEUED if entry.attempts == 0 else OutboxState.UNKNOWN
            work.outbox.update(replace(entry, state=state, next_try_at=None, updated_at=now))
            work.commit()
        self._announcer.tell(DocumentChanged(entry.document_id))

    def withdraw(self, entry_id: str) -> None:
        """Take back a sending the platform never saw.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-SENDING-STARTED``: it left, or may have.
        """
        with self._store.unit_of_work() as work:
            entry = work.outbox.get(entry_id)
            if entry is None:
                raise UserError("ED-NOT-FOUND", what="sending")
            if entry.attempts > 0 and entry.state is not OutboxState.REFUSED:
                raise UserError("ED-SENDING-STARTED")
            work.outbox.update(replace(entry, state=OutboxState.WITHDRAWN, updated_at=self._clock.now()))
            work.commit()
        self._announcer.tell(DocumentChanged(entry.document_id))
