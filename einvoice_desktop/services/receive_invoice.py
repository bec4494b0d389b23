"""Receiving a supplier's document: the original kept byte for byte, understood when it can be, judged by the rules."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader, PdfMaker, ReadDocument
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import DocumentReceived
from einvoice_desktop.ports.rules import RuleReport, RulesEngine, Verdict
from einvoice_desktop.ports.unit_of_work import ReceivedDocument, Store, UnitOfWork
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.issue_invoice import summary_of
from einvoice_desktop.services.mend_findings import with_cures
from einvoice_desktop.services.own_checks import own_remarks

_INVOICE_FORMATS = frozenset({"factur-x", "cii", "ubl"})


@dataclass(frozen=True, slots=True)
class Reception:
    """What receiving did: the document kept, whether it was there already, and what our own checks say of the file."""

    document: ReceivedDocument
    is_duplicate: bool
    remarks: tuple[Finding, ...] = ()


class ReceiveInvoice:
    """Keeps what suppliers send."""

    def __init__(
        self,
        store: Store,
        reader: InvoiceReader,
        pdf: PdfMaker,
        rules: RulesEngine,
        clock: Clock,
        announcer: Announcer,
    ) -> None:
        self._store, self._reader, self._pdf = store, reader, pdf
        self._rules, self._clock, self._announcer = rules, clock, announcer

    def receive(self, company_id: str, content: bytes, filename: str, *, flow_id: str = "") -> Reception:
        """Keep a file for ``company_id``; the same bytes twice, or the same invoice of a supplier, are kept once.

        Raises:
            UserError: ``ED-READ-…``: no document of any kind can be told from it (empty, too large, unreadable).
        """
        sha256 = hashlib.sha256(content).hexdigest()
        with self._store.reading() as work:
            known = work.received.by_sha256(company_id, sha256)
        if known is not None:
            return Reception(known, is_duplicate=True)
        read = self._reader.read(content, filename)
        self._refuse_unreadable(read)
        report = self._verdict(read)
        document = self._document(company_id, content, sha256, filename, flow_id, read, report, self._clock.now())
        with self._store.unit_of_work() as work:
            twin = _twin(work, document)
            if twin is not None and not flow_id:
                return Reception(twin, is_duplicate=True)
            work.received.add(document)
            work.commit()
        self._announcer.tell(DocumentReceived(document.id))
        return Reception(document, is_duplicate=False, remarks=own_remarks(read))

    def company_of(self, content: bytes, filename: str) -> str | None:
        """The company of ours a file is addressed to (BT-47); ``None`` when it names none."""
        invoice = self._reader.read(content, filename).invoice
        if invoice is None or not invoice.buyer.siren:
            return None
        with self._store.reading() as work:
            company = work.companies.by_siren(invoice.buyer.siren)
        return company.id if company is not None else None

    @staticmethod
    def _refuse_unreadable(read: ReadDocument) -> None:
        """A PDF without XML is kept, honestly; a life-cycle message or an unreadable file is no invoice."""
        if read.invoice is not None or (read.pdf is not None and read.xml is None and not _is_broken(read)):
            return
        if read.format in _INVOICE_FORMATS and read.xml is not None:
            return
        problem = read.problems[0] if read.problems else None
        raise UserError(problem.code if problem else "ED-READ-UNKNOWN", detail=problem.message if problem else "")

    def _verdict(self, read: ReadDocument) -> RuleReport:
        if read.xml is None:
            return RuleReport(Verdict.NOT_CHECKED, why_not_checked="no_xml")
        return self._rules.check(read.xml)

    def _document(
        self,
        company_id: str,
        content: bytes,
        sha256: str,
        filename: str,
        flow_id: str,
        read: ReadDocument,
        report: RuleReport,
        now: datetime,
    ) -> ReceivedDocument:
        invoice = read.invoice
        pdf = read.pdf
        if pdf is None and invoice is not None:
            pdf = self._pdf.render_received(invoice)
        address = invoice.seller.electronic_address if invoice is not None else None
        return ReceivedDocument(
            id=str(uuid4()),
            company_id=company_id,
            original=content,
            sha256=sha256,
            filename=filename,
            format=read.format,
            profile=read.profile,
            xml=read.xml,
            pdf=pdf,
            summary=summary_of(invoice, is_sale=False) if invoice is not None else None,
            verdict=report.verdict.value,
            findings=with_cures(report.findings, read.invoice),
            received_at=now,
            flow_id=flow_id,
            seller_address=address.value if address is not None else "",
            problem=read.problems[0].code if read.problems else "",
            search_text=" ".join(line.name for line in invoice.lines) if invoice is not None else "",
        )


def _twin(work: UnitOfWork, document: ReceivedDocument) -> ReceivedDocument | None:
    """The same invoice of the same supplier, in other bytes."""
    summary = document.summary
    if summary is None or not summary.party_siren:
        return None
    return work.received.by_supplier_number(
        document.company_id, summary.party_siren, summary.number, summary.issue_date.year
    )


def _is_broken(read: ReadDocument) -> bool:
    return any(p.code in {"ED-READ-PDF-BROKEN", "ED-READ-PDF-ENCRYPTED"} for p in read.problems)
