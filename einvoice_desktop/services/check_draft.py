"""The verdict on what is being typed: our checks at the field, then the official rules on the very XML it would become."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from einvoice_desktop.domain.compose import ComposeContext, Composition, compose
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.numbering import Series, series_for
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RuleReport, RulesEngine, Verdict
from einvoice_desktop.ports.unit_of_work import Store

GREEN, AMBER, RED, PENDING = "green", "amber", "red", "pending"
_FRESH_DAYS = 7


@dataclass(frozen=True, slots=True)
class Light:
    """One light: ``state`` green, amber, red or pending, and the code of the reason."""

    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lights:
    """The four lights before issue."""

    xml: Light
    rules: Light
    pdf: Light
    address: Light


@dataclass(frozen=True, slots=True)
class DraftVerdict:
    """All that is known of a form at one moment.

    Attributes:
        composition: the form as a document, with our findings. report: of the official rules.
        findings: ours first, then the official ones that say something else; places are form paths.
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

    def __init__(self, store: Store, writer: InvoiceWriter, rules: RulesEngine, clock: Clock) -> None:
        self._store, self._writer, self._rules, self._clock = store, writer, rules, clock

    def context(self, company_id: str, buyer_id: str, type_code: str = "380") -> ComposeContext:
        """What a form of that company and customer is read against.

        Raises:
            UserError: ``ED-NO-COMPANY``.
        """
        today = self._clock.today()
        with self._store.reading() as work:
            company = work.companies.get(company_id)
            if company is None:
                raise UserError("ED-NO-COMPANY")
            buyer = work.buyers.get(company_id, buyer_id) if buyer_id else None
            series = series_of(company, type_code, today.year)
            environment = self._store.environment
            return ComposeContext(
                company=company,
                buyer=buyer,
                today=today,
                number=work.numbers.preview(company_id, environment, series),
                last_issue_date=work.numbers.last_issue_date(company_id, environment, series),
            )

    def check(self, context: ComposeContext, form: DraftForm) -> DraftVerdict:
        """The whole verdict on ``form`` (about 40 ms)."""
        composition = compose(form, context)
        if composition.invoice is None:
            report = RuleReport(Verdict.NOT_CHECKED, why_not_checked="incomplete")
        else:
            report = self._rules.check(self._writer.write_cii(composition.invoice))
        return self.judge(composition, report, context)

    def judge(self, composition: Composition, report: RuleReport, context: ComposeContext) -> DraftVerdict:
        """Join our findings and the official report."""
        findings = merge(composition.findings, tuple(at_form(f, composition.invoice) for f in report.findings))
        verdict = Verdict.NOT_CONFORMING if composition.is_blocked else report.verdict
        lights = Lights(
            xml=_xml_light(composition, report),
            rules=_rules_light(verdict, report),
            pdf=Light(GREEN if composition.invoice is not None else PENDING),
            address=self._address_light(context),
        )
        return DraftVerdict(composition, report, findings, verdict, lights)

    def own_address(self, company_id: str) -> Light:
        """Whether the annuaire shows the address where that company receives (BT-34 without its suffix)."""
        with self._store.reading() as work:
            company = work.companies.get(company_id)
        if company is None:
            raise UserError("ED-NO-COMPANY")
        return self._light_of(company.electronic_address or company.siren, company.siren)

    def _address_light(self, context: ComposeContext) -> Light:
        """The light of the exact address the document goes to (BT-49)."""
        if context.buyer is None:
            return Light(PENDING)
        address = context.buyer.as_party().electronic_address
        if address is None:
            return Light(RED, "ED-ADDRESS-MISSING")
        return self._light_of(address.value, context.buyer.effective_siren)

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
