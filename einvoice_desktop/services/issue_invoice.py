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
from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES, Invoice
from einvoice_desktop.domain.limits import issue_date_findings
from einvoice_desktop.domain.parties import Company, Party
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.ledger.entry import EntryKind, Json
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import Appearance, InvoiceWriter
from einvoice_desktop.ports.errors import NotCheckedError, NotIssuableError, UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.rules import RuleReport, RulesEngine, Verdict
from einvoice_desktop.ports.unit_of_work import (
    DocumentSummary,
    IssuedDocument,
    Store,
    UnitOfWork,
    ledger_scope,
)
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.bonds import Bonding
from einvoice_desktop.services.check_draft import RED, CheckDraft, Lights, series_of
from einvoice_desktop.services.keep_settings import active_platform
from einvoice_desktop.services.keep_templates import appearance_of
from einvoice_desktop.services.mend_findings import with_cures
from einvoice_desktop.services.own_checks import blocking_doubts
from einvoice_desktop.services.prove_page import ProvePage
from einvoice_desktop.services.remaining import is_internal, vat_amounts
from einvoice_desktop.services.send_document import outbox_entry

_TRIES = 5


@dataclass(frozen=True, slots=True)
class IssueSummary:
    """What the summary sheet shows before the irreversible act.

    Attributes:
        number: the number that will be taken. address: where it goes (BT-49; BT-34 when self-billed).
        platform_label: empty when none is connected.
        lights: the four of them, the page made and proven; a red one forbids issuing, that of the address sending.
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
    lights: Lights


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a document is issued from: a draft, or the body of another program.

    Attributes:
        document_id: the identifier it takes; a draft keeps its own.
    """

    document_id: str
    company: Company
    appearance: Appearance
    form: DraftForm | None = None
    draft_id: str = ""
    buyer_id: str = ""
    keep: Callable[[IssuedDocument], None] | None = None


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
        page: ProvePage,
        rules: RulesEngine,
        bonding: Bonding,
        clock: Clock,
        announcer: Announcer,
    ) -> None:
        self._store, self._check, self._writer, self._page = store, check, writer, page
        self._rules, self._bonding, self._clock, self._announcer = rules, bonding, clock, announcer
        self._one_at_a_time = threading.Lock()

    def summary(self, draft_id: str) -> IssueSummary:
        """What issuing that draft would do.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        form, context = self._read(draft_id)
        verdict = self._check.with_page(context, form, self._check.check(context, form))
        invoice = verdict.composition.invoice
        with self._store.reading() as work:
            platform = active_platform(work)
        other = _other_party(invoice) if invoice is not None else None
        address = other.electronic_address if other is not None else None
        name = context.buyer.name if context.buyer is not None else ""
        return IssueSummary(
            number=context.number,
            buyer_name=other.name if other is not None else name,
            totals=verdict.composition.totals,
            currency=form.currency,
            due_date=invoice.due_date if invoice else None,
            platform_label=platform.label if platform else "",
            address=f"{address.scheme}:{address.value}" if address else "",
            findings=verdict.findings,
            verdict=verdict.verdict,
            lights=verdict.lights,
        )

    def issue_draft(
        self, draft_id: str, *, send: bool, keep: Callable[[IssuedDocument], None] | None = None
    ) -> IssuedDocument:
        """Issue a draft, and queue it for the platform when ``send``; ``keep`` as in :meth:`issue`.

        The document keeps the identifier of its draft: issuing it a second time changes nothing and returns the same
        document (R-063).

        Raises:
            NotIssuableError: something blocks, a red light included (its findings are inside); nothing was written.
            NotCheckedError: the official rules could not be run, or the file made not be looked at; nothing was written.
            UserError: ``ED-NOT-FOUND``; ``ED-NO-PLATFORM`` when ``send`` and no platform is connected; ``ED-CLOCK-BACK``.
        """
        with self._one_at_a_time:
            already = self._issued_already(draft_id)
            if already is not None:
                return already
            for _ in range(_TRIES):
                form, context = self._read(draft_id)
                composition = compose(form, context)
                found = composition.findings + self._check.bond_findings(context, form, composition.invoice)
                found += blocking_doubts(composition.invoice, found)
                blocking = tuple(finding for finding in found if finding.is_blocking)
                if blocking or composition.invoice is None:
                    raise NotIssuableError(blocking)
                if send:
                    self._refuse_red_address(composition.invoice, context)
                with self._store.reading() as work:
                    look = appearance_of(work, context.company, self._store.environment, form, context.buyer)
                origin = _Origin(draft_id, context.company, look, form, draft_id, form.buyer_id, keep)
                issued = self._commit(self._freeze(composition.invoice, look), origin, send=send)
                if issued is not None:
                    return issued
        raise UserError("ED-NUMBER-TAKEN")

    def _issued_already(self, draft_id: str) -> IssuedDocument | None:
        with self._store.reading() as work:
            return work.issued.get(draft_id) if work.drafts.get(draft_id) is None else None

    def _refuse_red_address(self, invoice: Invoice, context: ComposeContext) -> None:
        light = self._check.address_light(invoice, context)
        if light.state == RED:
            raise NotIssuableError((Finding(light.reason, "buyer_id"),))

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
                    look = appearance_of(work, company, self._store.environment)
                findings = self.date_findings(invoice, company)
                if findings:
                    raise NotIssuableError(findings)
                origin = _Origin(str(uuid4()), company, look, buyer_id=buyer_id, keep=keep)
                issued = self._commit(self._freeze(replace(invoice, number=number), look), origin, send=send)
                if issued is not None:
                    return issued
        raise UserError("ED-NUMBER-TAKEN")

    def _read(self, draft_id: str) -> tuple[DraftForm, ComposeContext]:
        with self._store.reading() as work:
            draft = work.drafts.get(draft_id)
        if draft is None:
            raise UserError("ED-NOT-FOUND", what="draft")
        form = draft.form
        return form, self._check.context_for(draft.company_id, form)

    def date_findings(self, invoice: Invoice, company: Company) -> tuple[Finding, ...]:
        """Whether a document of ``company`` may bear its date today, after those already numbered."""
        series = series_of(company, str(invoice.type_code), invoice.issue_date.year)
        with self._store.reading() as work:
            last = work.numbers.last_issue_date(company.id, self._store.environment, series)
        return issue_date_findings(invoice.issue_date, self._clock.today(), last)

    def _freeze(self, invoice: Invoice, appearance: Appearance) -> _Frozen:
        """Make every byte; the rules run in their own process while the page is drawn and opened again here."""
        xml = self._writer.write_cii(invoice)
        pending = self._rules.check_later(xml)
        made = self._page.make(invoice, appearance, xml, self._clock.now())
        proof = self._page.prove(made, invoice, xml)
        json = self._writer.write_json(invoice)
        report = pending.result()
        if report.verdict is Verdict.NOT_CHECKED:
            raise NotCheckedError("ED-NOT-CHECKED", detail=report.why_not_checked)
        if report.verdict is not Verdict.CONFORMING:
            raise NotIssuableError(with_cures(report.errors, invoice))
        if not proof.is_proven:
            blocking = tuple(finding for finding in proof.findings if finding.is_blocking)
            if blocking:
                raise NotIssuableError(blocking)
            raise NotCheckedError("ED-PDF-NOT-PROVEN", detail=proof.why_not_checked)
        return _Frozen(invoice, xml, made.pdf, json, report)

    def _commit(self, frozen: _Frozen, origin: _Origin, *, send: bool) -> IssuedDocument | None:
        """One transaction; ``None`` when the number went to another document meanwhile.

        What the documents around allow is asked again here: two drafts cannot exceed a ceiling together.
        """
        invoice, company, now = frozen.invoice, origin.company, self._clock.now()
        series = series_of(company, str(invoice.type_code), invoice.issue_date.year)
        with self._store.unit_of_work() as work:
            document = self._document(frozen, origin, now)
            platform = self._platform(work) if send else None
            bonds = self._bonding.bonds(work, invoice, company.id, document.id, origin.form, now)
            if work.companies.get(company.id) is None:
                work.companies.add(company)
            number = work.numbers.take(company.id, self._store.environment, series, document.id)
            if number != invoice.number:
                return None
            work.issued.add(document)
            bonds.write(work)
            self._write_ledger(work, document, issue_facts(document, invoice) | bonds.facts(work), now)
            if platform is not None and is_internal(work, document.id):
                if origin.draft_id:
                    raise NotIssuableError((Finding("ED-CREDIT-INTERNAL", "preceding_number"),))
                platform = None  # another program's body: issued, and told to nobody
            if platform is not None:
                work.outbox.add(outbox_entry(document, platform, invoice, now))
            if origin.draft_id:
                work.drafts.delete(origin.draft_id)
            if origin.keep is not None:
                origin.keep(document)
            work.commit()
        self._announcer.tell(DocumentChanged(document.id))
        return document

    def _platform(self, work: UnitOfWork) -> PlatformProfile:
        platform = active_platform(work)
        if platform is None:
            raise UserError("ED-NO-PLATFORM")
        return platform

    def _document(self, frozen: _Frozen, origin: _Origin, now: datetime) -> IssuedDocument:
        is_sale = str(frozen.invoice.type_code) not in SELF_BILLED_TYPES
        return IssuedDocument(
            id=origin.document_id,
            company_id=origin.company.id,
            buyer_id=origin.buyer_id,
            environment=self._store.environment,
            summary=summary_of(frozen.invoice, is_sale=is_sale),
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
            breakdown=vat_amounts(frozen.invoice),
        )

    def _write_ledger(self, work: UnitOfWork, document: IssuedDocument, facts: dict[str, Json], now: datetime) -> None:
        scope = ledger_scope(document.company_id, self._store.environment)
        head = work.ledger.head(scope)
        if head is not None and now < head.at:
            raise UserError("ED-CLOCK-BACK", last=head.at.isoformat())
        work.ledger.append(
            scope=scope,
            kind=EntryKind.DOCUMENT_ISSUED,
            subject=document.id,
            at=now,
            payload=facts,
        )


def _other_party(invoice: Invoice) -> Party:
    """Who the document goes to: the buyer, or the supplier it is self-billed for."""
    return invoice.seller if str(invoice.type_code) in SELF_BILLED_TYPES else invoice.buyer


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
