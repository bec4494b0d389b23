"""The verdict on what is being typed: our checks at the field, then the official rules on the very XML it would become."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from einvoice_desktop.domain.compose import ComposeContext, Composition, compose
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES, SELF_BILLED_TYPES, Invoice
from einvoice_desktop.domain.numbering import Series, series_for
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader, InvoiceWriter, PdfProof
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RuleReport, RulesEngine, Verdict
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork
from einvoice_desktop.services.attach_file import files_of
from einvoice_desktop.services.bonds import Bonding
from einvoice_desktop.services.keep_templates import appearance_of
from einvoice_desktop.services.mend_findings import cured_form, with_cures
from einvoice_desktop.services.own_checks import blocking_doubts
from einvoice_desktop.services.prove_page import ProvePage

GREEN, AMBER, RED, PENDING = "green", "amber", "red", "pending"
_FRESH_DAYS = 7


@dataclass(frozen=True, slots=True)
class Light:
    """One light: ``state`` green, amber, red or pending, and the code of the reason."""

    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lights:
    """The four lights before issue.

    Attributes:
        xml: the file has the structure of its syntax. rules: the official rules and ours.
        pdf: the file made, opened again, is a PDF/A-3 that prints what its XML says; pending until
            :meth:`CheckDraft.with_page`. address: the annuaire shows where it goes.
    """

    xml: Light
    rules: Light
    pdf: Light
    address: Light

    @property
    def red(self) -> tuple[Light, ...]:
        """Those that forbid issuing."""
        return tuple(light for light in (self.xml, self.rules, self.pdf, self.address) if light.state == RED)


@dataclass(frozen=True, slots=True)
class DraftVerdict:
    """All that is known of a form at one moment.

    Attributes:
        composition: the form as a document, with our findings on itself. report: of the official rules.
        findings: ours first, those about the documents around included, then the official ones that say something else,
            then those of the page; places are form paths.
        verdict: conforme only when the official rules ran and nothing of ours blocks.
    """

    composition: Composition
    report: RuleReport
    findings: tuple[Finding, ...]
    verdict: Verdict
    lights: Lights


def series_of(company: Company, type_code: str, invoice_date_year: int) -> Series:
    """The series of numbers of a document of ``company``."""
    return series_for(
        type_code,
        date(invoice_date_year, 1, 1),
        invoice_prefix=company.invoice_prefix,
        credit_note_prefix=company.credit_note_prefix,
    )


class CheckDraft:
    """Checks forms; safe to call from any thread but the window's."""

    def __init__(
        self,
        store: Store,
        writer: InvoiceWriter,
        reader: InvoiceReader,
        rules: RulesEngine,
        clock: Clock,
        bonding: Bonding,
        page: ProvePage,
    ) -> None:
        self._store, self._writer, self._reader, self._rules = store, writer, reader, rules
        self._clock, self._bonding, self._page = clock, bonding, page

    def context(self, company_id: str, buyer_id: str, type_code: str = "380") -> ComposeContext:
        """What a form of that company and customer is read against, when it comes after no other document.

        Raises:
            UserError: ``ED-NO-COMPANY``.
        """
        return self.context_for(company_id, DraftForm(type_code=type_code, buyer_id=buyer_id))

    def context_for(self, company_id: str, form: DraftForm) -> ComposeContext:
        """What ``form`` is read against: customer, next number, the document it comes after, its files.

        It depends on the customer, the type, ``source_id`` and the attachments of the form: ask again when one changes.

        Raises:
            UserError: ``ED-NO-COMPANY``.
        """
        today = self._clock.today()
        with self._store.reading() as work:
            company = work.companies.get(company_id)
            if company is None:
                raise UserError("ED-NO-COMPANY")
            buyer = work.buyers.get(company_id, form.buyer_id) if form.buyer_id else None
            series = series_of(company, form.type_code, today.year)
            environment = self._store.environment
            return ComposeContext(
                company=company,
                buyer=buyer,
                today=today,
                number=work.numbers.preview(company_id, environment, series),
                last_issue_date=work.numbers.last_issue_date(company_id, environment, series),
                source=self._source(work, form),
                files=files_of(work, form),
            )

    def _source(self, work: UnitOfWork, form: DraftForm) -> Invoice | None:
        is_after = form.type_code in CREDIT_NOTE_TYPES | CORRECTED_TYPES
        document = work.issued.get(form.source_id) if form.source_id and is_after else None
        return self._reader.read_json(document.json) if document is not None else None

    def bond_findings(self, context: ComposeContext, form: DraftForm, invoice: Invoice | None) -> tuple[Finding, ...]:
        """What the documents around forbid ``form``: ceilings of credit and of deals, deposits not deducted, mandates."""
        is_alone = not (form.source_id or form.preceding_number or form.deposit_group_id or form.deal_total)
        if invoice is None or (is_alone and form.type_code not in _BOUND_TYPES):
            return ()
        with self._store.reading() as work:
            return self._bonding.findings(work, context.company.id, form, invoice)

    def check(self, context: ComposeContext, form: DraftForm) -> DraftVerdict:
        """The whole verdict on ``form`` (about 40 ms), its page not made yet: see :meth:`with_page`."""
        composition = compose(form, context)
        bonds = self.bond_findings(context, form, composition.invoice)
        if composition.invoice is None:
            report = RuleReport(Verdict.NOT_CHECKED, why_not_checked="incomplete")
        else:
            report = self._rules.check(self._writer.write_cii(composition.invoice))
        invoice = composition.invoice
        found = composition.findings + bonds
        ours = cured_form(found + blocking_doubts(invoice, found), invoice)
        official = (f for f in with_cures(report.findings, invoice) if not is_of_the_syntax(f))
        findings = merge(ours, tuple(at_form(f, invoice) for f in official))
        verdict = Verdict.NOT_CONFORMING if any(finding.is_blocking for finding in ours) else report.verdict
        lights = Lights(
            xml=_xml_light(composition, report),
            rules=_rules_light(verdict, report),
            pdf=Light(PENDING),
            address=self.address_light(composition.invoice, context),
        )
        return DraftVerdict(composition, report, findings, verdict, lights)

    def with_page(self, context: ComposeContext, form: DraftForm, verdict: DraftVerdict) -> DraftVerdict:
        """``verdict`` with the third light: the file is made as it would be frozen, opened again and compared.

        Some hundred milliseconds: for the pauses of who types. Without a document the light stays pending.
        """
        invoice = verdict.composition.invoice
        if invoice is None:
            return verdict
        with self._store.reading() as work:
            appearance = appearance_of(work, context.company, self._store.environment, form, context.buyer)
        xml = self._writer.write_cii(invoice)
        made = self._page.make(invoice, appearance, xml, self._clock.now())
        proof = self._page.prove(made, invoice, xml)
        lights = replace(verdict.lights, pdf=pdf_light(proof))
        return replace(verdict, findings=verdict.findings + proof.findings, lights=lights)

    def own_address(self, company_id: str) -> Light:
        """Whether the annuaire shows the address where that company receives (BT-34 without its suffix)."""
        with self._store.reading() as work:
            company = work.companies.get(company_id)
        if company is None:
            raise UserError("ED-NO-COMPANY")
        return self._light_of(company.electronic_address or company.siren, company.siren)

    def address_light(self, invoice: Invoice | None, context: ComposeContext) -> Light:
        """The light of the exact address the document goes to: BT-49, or BT-34 of a self-billed document."""
        if invoice is not None:
            party = invoice.seller if str(invoice.type_code) in SELF_BILLED_TYPES else invoice.buyer
        elif context.buyer is not None:
            party = context.buyer.as_party()
        else:
            return Light(PENDING)
        if party.electronic_address is None:
            return Light(RED, "ED-ADDRESS-MISSING")
        return self._light_of(party.electronic_address.value, party.siren)

    def _light_of(self, address: str, siren: str) -> Light:
        """Green only for an address the annuaire showed as active lately: a misleading green is a bug."""
        with self._store.reading() as work:
            seen = work.directory.get(siren) if siren else None
        if seen is None:
            return Light(AMBER, "ED-ADDRESS-NOT-CHECKED")
        lines, at = seen
        line = next((entry for entry in lines if entry.address == address), None)
        if line is None:
            return Light(RED, "ED-ADDRESS-UNKNOWN")
        if line.status not in {"Enabled", ""}:
            return Light(RED, "ED-ADDRESS-INACTIVE")
        if not line.status:
            return Light(AMBER, "ED-ADDRESS-NO-STATUS")
        age = self._clock.now() - at
        return Light(GREEN) if age.days < _FRESH_DAYS else Light(AMBER, "ED-ADDRESS-OLD")


_BOUND_TYPES = frozenset({"386", "500"}) | SELF_BILLED_TYPES
"""Types whose issue depends on a deal or on a mandate, whatever the form says."""


def pdf_light(proof: PdfProof) -> Light:
    """Green for what is proven; amber, with its reason, for what could not be looked at."""
    blocking = next((finding.code for finding in proof.findings if finding.is_blocking), "")
    if blocking:
        return Light(RED, blocking)
    return Light(AMBER, proof.why_not_checked) if proof.why_not_checked else Light(GREEN)


def is_of_the_syntax(finding: Finding) -> bool:
    """Whether nothing typed could mend it: CII demands a delivery group, empty where nothing is delivered (a deposit).

    The official file warns of it all the same (PEPPOL-EN16931-R008); a report on a file keeps that warning.
    """
    is_delivery = re.search(r"ApplicableHeaderTradeDelivery(\[1\])?$", finding.location) is not None
    return finding.code == "PEPPOL-EN16931-R008" and is_delivery


def at_form(finding: Finding, invoice: Invoice | None) -> Finding:
    """An official finding with its place in terms of the form: lines by their row, parties by their combo."""
    place = finding.place
    if place.startswith("lines.") and invoice is not None:
        _, index, *field = place.split(".")
        if index.isdigit() and int(index) < len(invoice.lines):
            row = int(invoice.lines[int(index)].id) - 1
            place = ".".join(["lines", str(row), *field])
    elif place.startswith("buyer."):
        place = "buyer_id"
    return finding if place == finding.place else replace(finding, place=place)


def merge(ours: tuple[Finding, ...], official: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Ours, then the official findings whose rule is not among ours already (``BR-FR-11_BT-47`` is ``BR-FR-11``)."""
    known = {f.code for f in ours if f.severity is Severity.ERROR}
    return ours + tuple(f for f in official if f.code not in known and f.code.split("_")[0] not in known)


def _xml_light(composition: Composition, report: RuleReport) -> Light:
    if composition.invoice is None:
        return Light(PENDING)
    if report.verdict is Verdict.NOT_CHECKED:
        return Light(AMBER, report.why_not_checked)
    return Light(RED, "XSD") if any(f.code == "XSD" for f in report.errors) else Light(GREEN)


def _rules_light(verdict: Verdict, report: RuleReport) -> Light:
    if verdict is Verdict.CONFORMING:
        return Light(GREEN)
    if verdict is Verdict.NOT_CONFORMING:
        return Light(RED, str(len(report.errors)))
    return Light(PENDING) if report.why_not_checked == "incomplete" else Light(AMBER, report.why_not_checked)
