"""Issuing: the number, the frozen bytes, the register entry and the sending, all in one transaction or not at all.

The slow part (XML, official rules, PDF) is done before, on the very bytes that will be frozen, with the number the
document is about to take; the transaction then takes that number or, if another document took it, starts over.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.limits import issue_date_findings
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.ledger.entry import EntryKind, Json
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import Appearance, InvoiceWriter, PdfMaker
from einvoice_desktop.ports.errors import NotCheckedError, NotIssuableError, UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.rules import RuleReport, RulesEngine, Verdict
from einvoice_desktop.ports.unit_of_work import (
    DocumentSummary,
    Environment,
    IssuedDocument,
    Store,
    UnitOfWork,
    ledger_scope,
)
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.check_draft import CheckDraft, DraftVerdict, series_of
from einvoice_desktop.services.keep_settings import active_platform
from einvoice_desktop.services.send_document import outbox_entry

_TRIES = 5


@dataclass(frozen=True, slots=True)
class IssueSummary:
    """What the summary sheet shows before the irreversible act.

    Attributes:
        number: the number that will be taken. address: where it goes (BT-49). platform_label: empty when none is connected.
    """

    number: str
    buyer_name: str
    totals: Totals | None
    currency: str
    due_date: date | None
    platform_label: str
    address: str
    findings: tuple[Finding, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Frozen:
    """The bytes of a document about to be issued, and what the rules said of them."""

    invoice: Invoice
    xml: bytes
    pdf: bytes
    json: bytes
    report: RuleReport


class IssueInvoice:
    """Issues documents; one at a time."""

    def __init__(
        self,
        store: Store,
        check: CheckDraft,
        writer: InvoiceWriter,
        pdf: PdfMaker,
        rules: RulesEngine,
        clock: Clock,
        announcer: Announcer,
    ) -> None:
        self._store, self._check, self._writer, self._pdf = store, check, writer, pdf
        self._rules, self._clock, self._announcer = rules, clock, announcer
        self._one_at_a_time = threading.Lock()

    def summary(self, draft_id: str) -> IssueSummary:
        """What issuing that draft would do.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        form, context = self._read(draft_id)
        verdict: DraftVerdict = self._check.check(context, form)
        invoice = verdict.composition.invoice
        with self._store.reading() as work:
            platform = active_platform(work)
        address = invoice.buyer.electronic_address if invoice else None
        return IssueSummary(
            number=context.number,
            buyer_name=context.buyer.name if context.buyer else "",
            totals=verdict.composition.totals,
            currency=form.currency,
            due_date=invoice.due_date if invoice else None,
            platform_label=platform.label if platform else "",
            address=f"{address.scheme}:{address.value}" if address else "",
            findings=verdict.findings,
            verdict=verdict.verdict,
        )

    def issue_draft(self, draft_id: str, *, send: bool) -> IssuedDocument:
        """Issue a draft, and queue it for the platform when ``send``.

        Raises:
            NotIssuableError: something blocks (its findings are inside); nothing was written.
            NotCheckedError: the official rules could not be run; nothing was written.
            UserError: ``ED-NO-PLATFORM`` when ``send`` and no platform is connected; ``ED-CLOCK-BACK``.
        """
        with self._one_at_a_time:
            for _ in range(_TRIES):
                form, context = self._read(draft_id)
                composition = compose(form, context)
                blocking = tuple(f for f in composition.findings if f.is_blocking)
                if blocking or composition.invoice is None:
                    raise NotIssuableError(blocking)
                frozen = self._freeze(composition.invoice, context.company)
                issued = self._commit(frozen, context.company, form.buyer_id, draft_id, send=send)
                if issued is not None:
                    return issued
        raise UserError("ED-NUMBER-TAKEN")

    def issue(
        self,
        invoice: Invoice,
        company: Company,
        *,
        send: bool,
        buyer_id: str = "",
        keep: Callable[[IssuedDocument], None] | None = None,
    ) -> IssuedDocument:
        """Issue a whole document whose totals are already checked; its number is ours, never the caller's.

        A ``company`` the store does not know yet is added with its first document, in the same transaction. ``keep``
        is called just before everything becomes final; what it raises undoes everything.

        Raises:
            NotIssuableError, NotCheckedError, UserError: as :meth:`issue_draft`.
        """
        with self._one_at_a_time:
            for _ in range(_TRIES):
                series = series_of(company, str(invoice.type_code), invoice.issue_date.year)
                with self._store.reading() as work:
                    number = work.numbers.preview(company.id, self._store.environment, series)
                findings = self.date_findings(invoice, company)
                if findings:
                    raise NotIssuableError(findings)
                frozen = self._freeze(replace(invoice, number=number), company)
                issued = self._commit(frozen, company, buyer_id, "", send=send, keep=keep)
                if issued is not None:
                    return issued
        raise UserError("ED-NUMBER-TAKEN")

    def _read(self, draft_id: str) -> tuple[DraftForm, ComposeContext]:
        with self._store.reading() as work:
            draft = work.drafts.get(draft_id)
        if draft is None:
            raise UserError("ED-NOT-FOUND", what="draft")
        form = draft.form
        return form, self._check.context(draft.company_id, form.buyer_id, form.type_code)

    def date_findings(self, invoice: Invoice, company: Company) -> tuple[Finding, ...]:
        """Whether a document of ``company`` may bear its date today, after those already numbered."""
        series = series_of(company, str(invoice.type_code), invoice.issue_date.year)
        with self._store.reading() as work:
            last = work.numbers.last_issue_date(company.id, self._store.environment, series)
        return issue_date_findings(invoice.issue_date, self._clock.today(), last)

    def _freeze(self, invoice: Invoice, company: Company) -> _Frozen:
        """Make every byte; the rules run in their own process while the page is drawn here."""
        xml = self._writer.write_cii(invoice)
        pending = self._rules.check_later(xml)
        pdf = self._pdf.make(invoice, self._appearance(company), xml, made_at=self._clock.now())
        json = self._writer.write_json(invoice)
        report = pending.result()
        if report.verdict is Verdict.NOT_CHECKED:
            raise NotCheckedError("ED-NOT-CHECKED", detail=report.why_not_checked)
        if report.verdict is not Verdict.CONFORMING:
            raise NotIssuableError(report.errors)
        return _Frozen(invoice, xml, pdf, json, report)

    def _appearance(self, company: Company) -> Appearance:
        return appearance_of(company, self._store.environment)

    def _commit(
        self,
        frozen: _Frozen,
        company: Company,
        buyer_id: str,
        draft_id: str,
        *,
        send: bool,
        keep: Callable[[IssuedDocument], None] | None = None,
    ) -> IssuedDocument | None:
        """One transaction; ``None`` when the number went to another document meanwhile."""
        invoice, now = frozen.invoice, self._clock.now()
        series = series_of(company, str(invoice.type_code), invoice.issue_date.year)
        with self._store.unit_of_work() as work:
            document = self._document(frozen, company, buyer_id, now)
            platform = self._platform(work) if send else None
            if work.companies.get(company.id) is None:
                work.companies.add(company)
            number = work.numbers.take(company.id, self._store.environment, series, document.id)
            if number != invoice.number:
                return None
            work.issued.add(document)
            self._write_ledger(work, document, invoice, company, now)
            if platform is not None:
                work.outbox.add(outbox_entry(document, platform, invoice.treatment, now))
            if draft_id:
                work.drafts.delete(draft_id)
            if keep is not None:
                keep(document)
            work.commit()
        self._announcer.tell(DocumentChanged(document.id))
        return document

    def _platform(self, work: UnitOfWork) -> PlatformProfile:
        platform = active_platform(work)
        if platform is None:
            raise UserError("ED-NO-PLATFORM")
        return platform

    def _document(self, frozen: _Frozen, company: Company, buyer_id: str, now: datetime) -> IssuedDocument:
        return IssuedDocument(
            id=str(uuid4()),
            company_id=company.id,
            buyer_id=buyer_id,
            environment=self._store.environment,
            summary=summary_of(frozen.invoice, is_sale=True),
            xml=frozen.xml,
            pdf=frozen.pdf,
            json=frozen.json,
            xml_sha256=hashlib.sha256(frozen.xml).hexdigest(),
            pdf_sha256=hashlib.sha256(frozen.pdf).hexdigest(),
            json_sha256=hashlib.sha256(frozen.json).hexdigest(),
            verdict=frozen.report.verdict.value,
            rules=frozen.report.checked,
            issued_at=now,
            search_text=" ".join(line.name for line in frozen.invoice.lines),
        )

    def _write_ledger(
        self, work: UnitOfWork, document: IssuedDocument, invoice: Invoice, company: Company, now: datetime
    ) -> None:
        scope = ledger_scope(company.id, self._store.environment)
        head = work.ledger.head(scope)
        if head is not None and now < head.at:
            raise UserError("ED-CLOCK-BACK", last=head.at.isoformat())
        work.ledger.append(
            scope=scope,
            kind=EntryKind.DOCUMENT_ISSUED,
            subject=document.id,
            at=now,
            payload=issue_facts(document, invoice),
        )


def appearance_of(company: Company, environment: Environment, watermark: str = "") -> Appearance:
    """How the pages of ``company`` look; a sandbox document says so across the page (R-037)."""
    if not watermark and environment is Environment.SANDBOX:
        watermark = "SANDBOX"
    return Appearance(company.logo, company.colour, company.footer, watermark)


def summary_of(invoice: Invoice, *, is_sale: bool) -> DocumentSummary:
    """The flat summary of a document, its amounts as the document states them."""
    other = invoice.buyer if is_sale else invoice.seller
    return DocumentSummary(
        number=invoice.number,
        type_code=str(invoice.type_code),
        issue_date=invoice.issue_date,
        due_date=invoice.due_date,
        currency=invoice.currency,
        without_vat=invoice.totals.without_vat,
        vat=invoice.totals.vat,
        with_vat=invoice.totals.with_vat,
        due=invoice.totals.due,
        party_name=other.name,
        party_siren=other.siren,
    )


def issue_facts(document: IssuedDocument, invoice: Invoice) -> dict[str, Json]:
    """What the fiscal register records of an issued document: identity, amounts as text, fingerprints."""
    totals = invoice.totals
    groups: list[Json] = [
        {
            "category": str(group.category),
            "rate": "" if group.rate is None else f"{group.rate:f}",
            "base": f"{group.taxable_amount:f}",
            "tax": f"{group.tax_amount:f}",
        }
        for group in totals.breakdown
    ]
    return {
        "number": invoice.number,
        "type_code": str(invoice.type_code),
        "issue_date": invoice.issue_date.isoformat(),
        "currency": invoice.currency,
        "seller": invoice.seller.siren,
        "buyer": invoice.buyer.name,
        "buyer_siren": invoice.buyer.siren,
        "without_vat": f"{totals.without_vat:f}",
        "vat": f"{totals.vat:f}",
        "with_vat": f"{totals.with_vat:f}",
        "due": f"{totals.due:f}",
        "breakdown": groups,
        "xml_sha256": document.xml_sha256,
        "pdf_sha256": document.pdf_sha256,
        "json_sha256": document.json_sha256,
    }
