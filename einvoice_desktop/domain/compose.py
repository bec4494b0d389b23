"""From what was typed to a document: totals at each key, and what is wrong at which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from einvoice_desktop.domain.currencies import CURRENCIES
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.form_attachments import read_attachments
from einvoice_desktop.domain.form_changes import read_changes, typed_total
from einvoice_desktop.domain.form_checks import check_buyer_of, check_categories, check_kind, check_places, check_rows
from einvoice_desktop.domain.form_fields import clean, read_date
from einvoice_desktop.domain.form_lines import read_line
from einvoice_desktop.domain.form_payment import read_payment
from einvoice_desktop.domain.form_prices import includes_vat, without_vat
from einvoice_desktop.domain.form_process import check_rebate, read_process, read_profile, read_tax_point
from einvoice_desktop.domain.form_references import (
    read_delivery,
    read_notes,
    read_object,
    read_preceding,
    share_references,
)
from einvoice_desktop.domain.form_story import check_story
from einvoice_desktop.domain.form_texts import check_texts
from einvoice_desktop.domain.form_totals import Amounts, read_rate, read_totals
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.invoice import (
    CREDIT_NOTE_TYPES,
    DEPOSIT_TYPES,
    SELF_BILLED_TYPES,
    Invoice,
    Profile,
    TypeCode,
)
from einvoice_desktop.domain.limits import LAST_YEAR, issue_date_findings
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.parties import Buyer, BuyerKind, Company, Party
from einvoice_desktop.domain.profiles import check_profile, is_extended
from einvoice_desktop.domain.text_checks import without_forbidden
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.domain.typed import parse_date, parse_decimal
from einvoice_desktop.domain.vat import VatCategory
from einvoice_desktop.domain.vat_choices import VAT_CHOICES, VatChoice

__all__ = ["VAT_CHOICES", "ComposeContext", "Composition", "VatChoice", "compose", "parse_date", "parse_decimal"]


@dataclass(frozen=True, slots=True)
class ComposeContext:
    """What a form is read against.

    Attributes:
        company: who issues: the seller, or the buyer of a self-billed document.
        buyer: the registry entry chosen, ``None`` while none is; the seller of a self-billed document.
        today: Europe/Paris.
        number: the number the document would take (a preview). last_issue_date: of the last document of the series.
        source: the issued document the form credits or corrects (``source_id``), ``None`` without one; a credit note
            has its parties, whatever the registry says today (R-061).
        files: bytes of the attachments by their SHA-256.
    """

    company: Company
    buyer: Buyer | None
    today: date
    number: str = "APERCU"
    last_issue_date: date | None = None
    source: Invoice | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)

    def inherited(self, form: DraftForm) -> Invoice | None:
        """The document whose parties ``form`` has, ``None`` when it has those of the registry."""
        return self.source if form.type_code in CREDIT_NOTE_TYPES else None


@dataclass(frozen=True, slots=True)
class Composition:
    """A form as a document.

    Attributes:
        invoice: the document, rows that cannot be read left out; ``None`` while there is no date, customer or row, or no
            type or currency that exists.
        totals: of the rows that can be read, as soon as there is one.
        findings: what our own checks say; places are paths in the form (``lines.0.unit_price``).
        line_amounts: BT-131 of each form row, ``None`` for one that cannot be read.
        typed_amounts: of each row, what it says with VAT when prices include it, else ``None``.
        amounts: lines, allowances and charges the totals come from. typed_lines: the same lines at the prices typed,
            when these include VAT. currency: BT-5 as typed. exchange_rate: euros for one unit of it, ``None`` for none.
    """

    invoice: Invoice | None
    totals: Totals | None
    findings: tuple[Finding, ...]
    line_amounts: tuple[Decimal | None, ...] = ()
    typed_amounts: tuple[Decimal | None, ...] = ()
    amounts: Amounts = field(default_factory=Amounts)
    typed_lines: tuple[Line, ...] = ()
    currency: str = "EUR"
    exchange_rate: Decimal | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether a finding of ours forbids issuing."""
        return any(f.is_blocking for f in self.findings)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the lines: dates and « cadre de facturation »."""

    process: str
    issue_date: date | None
    due_date: date | None

    @property
    def is_paid(self) -> bool:
        """Whether the document is already paid (BR-FR-CO-09)."""
        return self.process[1:] == "2"


@dataclass(frozen=True, slots=True)
class _Shape:
    """The lines as the profile (BT-24) holds them, and the order and delivery note they share (BT-13, BT-16)."""

    lines: tuple[Line, ...]
    profile: str
    purchase_order: str
    despatch_advice: str


def compose(form: DraftForm, context: ComposeContext) -> Composition:
    """Read ``form``: never raises, whatever was typed."""
    found: list[Finding] = []
    context = _readable(context, found)
    check_kind(form, found)
    frame = _frame(form, context, found)
    amounts, gross = _amounts(form, found)
    shape = _shape(form, amounts.lines, found)
    by_reason = is_extended(shape.profile)
    totals = read_totals(form, amounts, found, is_paid=frame.is_paid, by_reason=by_reason)
    check_rows(form, context.company, context.buyer, found)
    check_texts(form, found)
    if context.inherited(form) is None:
        check_buyer_of(form, context.buyer, found)
    check_rebate(form, found)
    check_story(form, context.source, amounts.lines, found)
    invoice = _invoice(form, context, amounts, totals, frame, shape, found)
    return Composition(
        invoice if form.type_code in set(TypeCode) and form.currency in CURRENCIES else None,
        totals,
        tuple(found),
        _by_row(form, amounts.lines),
        _by_row(form, gross),
        amounts,
        gross,
        form.currency,
        read_rate(form, []),
    )


def _readable(context: ComposeContext, found: list[Finding]) -> ComposeContext:
    """Company and customer as an XML file can hold them, whatever an old registry kept."""
    company = without_forbidden(context.company)
    buyer = without_forbidden(context.buyer) if context.buyer is not None else None
    if buyer is not context.buyer and buyer is not None:
        found.append(Finding("ED-CHARACTER", "buyer_id", params={"name": buyer.name}))
    if company is context.company and buyer is context.buyer:
        return context
    return replace(context, company=company, buyer=buyer)


def _by_row(form: DraftForm, lines: tuple[Line, ...]) -> tuple[Decimal | None, ...]:
    by_id = {line.id: line.net_amount for line in lines}
    return tuple(by_id.get(str(index + 1)) for index in range(len(form.lines)))


def _frame(form: DraftForm, context: ComposeContext, found: list[Finding]) -> _Frame:
    process = read_process(form, context.company, found)
    issue = read_date("issue_date", form.issue_date, found)
    if issue is None and not form.issue_date.strip():
        issue = context.today
    elif issue is not None:
        found.extend(issue_date_findings(issue, context.today, context.last_issue_date))
    frame = _Frame(process, issue, None)
    return replace(frame, due_date=_due_date(form, context, frame, found))


def _due_date(form: DraftForm, context: ComposeContext, frame: _Frame, found: list[Finding]) -> date | None:
    """BT-9 typed, else after the usual term; a document already paid was paid on its day, a credit note has none."""
    days = context.company.payment_days
    if context.buyer is not None and context.buyer.payment_days is not None:
        days = context.buyer.payment_days
    issue = frame.issue_date
    if not form.due_date.strip():
        if issue is None or form.type_code in CREDIT_NOTE_TYPES:
            return issue if frame.is_paid else None
        return issue if frame.is_paid else _after(issue, days)
    day = read_date("due_date", form.due_date, found)
    is_exempt = form.type_code in DEPOSIT_TYPES or frame.is_paid
    if day is not None and issue is not None and day < issue and not is_exempt:
        suggested = _after(issue, days).isoformat()
        params = {"due": day.isoformat(), "issue": issue.isoformat()}
        found.append(Finding("BR-FR-CO-07", "due_date", suggested_value=suggested, params=params))
    return day


def _after(day: date, days: int) -> date:
    """``days`` later, never past the last year a document may bear (BR-FR-03)."""
    last = date(LAST_YEAR, 12, 31)
    return day + timedelta(days=min(max(days, 0), max((last - day).days, 0)))


def _amounts(form: DraftForm, found: list[Finding]) -> tuple[Amounts, tuple[Line, ...]]:
    """Lines, allowances and charges; and the lines as typed when prices include VAT."""
    read = (read_line(index, row, form.currency, found) for index, row in enumerate(form.lines))
    lines = tuple(line for line in read if line is not None)
    if not includes_vat(form):
        allowances, charges = read_changes(form, lines, found)
        return Amounts(lines, allowances, charges), ()
    bare = without_vat(lines, form.currency)
    allowances, charges = read_changes(form, bare, found)
    return Amounts(bare, allowances, charges, typed_total(form, lines)), lines


def _shape(form: DraftForm, lines: tuple[Line, ...], found: list[Finding]) -> _Shape:
    """The lines as their profile holds them, and what they share."""
    lines, purchase_order, despatch_advice = share_references(form, lines)
    profile = read_profile(form, lines, found)
    check_categories(form, lines, profile, found)
    if not is_extended(profile):
        lines = tuple(replace(line, preceding=None) if line.preceding else line for line in lines)
    return _Shape(lines, profile, purchase_order, despatch_advice)


def _invoice(
    form: DraftForm,
    context: ComposeContext,
    amounts: Amounts,
    totals: Totals | None,
    frame: _Frame,
    shape: _Shape,
    found: list[Finding],
) -> Invoice | None:
    """The document; every field is read even while there is none, so that each says what is wrong with it."""
    company, buyer = context.company, context.buyer
    preceding = read_preceding(form, amounts.lines, found)
    lines, profile = shape.lines, shape.profile
    tax_point_date, tax_point = read_tax_point(form, company, lines, found)
    payment = read_payment(form, company, buyer, found)
    delivery = read_delivery(form, buyer, frame.issue_date, found)
    if buyer is not None and form.type_code not in SELF_BILLED_TYPES:
        check_places(lines, buyer, delivery, found)
    notes = read_notes(form, found)
    invoiced_object = read_object(form, found)
    attachments = read_attachments(form.attachments, context.files, found)
    parties = _parties(form, context)
    if frame.issue_date is None or totals is None or parties is None:
        return None
    seller, customer, treatment = parties
    terms = clean(form.payment_terms) or company.payment_terms
    if all(line.vat.category == VatCategory.OUT_OF_SCOPE for line in lines):
        seller, customer = replace(seller, vat_number=""), replace(customer, vat_number="")  # BR-O-02
    invoice = Invoice(
        number=context.number,
        issue_date=frame.issue_date,
        type_code=form.type_code,
        currency=form.currency,
        accounting_currency="" if form.currency == "EUR" else "EUR",
        seller=seller,
        buyer=customer,
        lines=lines,
        totals=totals,
        profile=profile,
        business_process=frame.process,
        due_date=_due_date_of(form, frame, profile, totals, terms),
        tax_point_date=tax_point_date,
        tax_point=tax_point,
        buyer_reference=clean(form.buyer_reference) or _routing_code(buyer),
        project_reference=clean(form.project),
        contract_reference=clean(form.contract),
        purchase_order_reference=shape.purchase_order,
        sales_order_reference=clean(form.sales_order),
        receiving_advice_reference=clean(form.receiving_advice),
        despatch_advice_reference=shape.despatch_advice,
        tender_or_lot_reference=clean(form.tender),
        invoiced_object=invoiced_object,
        buyer_accounting_reference=clean(form.accounting_reference),
        payment_terms=terms,
        notes=notes,
        preceding=preceding,
        delivery=delivery,
        payment=payment,
        allowances=amounts.allowances,
        charges=amounts.charges,
        attachments=attachments,
    )
    found.extend(check_profile(invoice))
    return with_french_mentions(
        invoice,
        recovery=company.recovery_note,
        penalty=company.late_penalty_note,
        discount=company.discount_note,
        treatment=treatment,
    )


def _due_date_of(form: DraftForm, frame: _Frame, profile: str, totals: Totals, terms: str) -> date | None:
    """BT-9; in the French extension even a credit note says when it is due, or how (BR-CO-25)."""
    is_silent = frame.due_date is None and not terms and not form.due_date.strip()
    if is_silent and profile == Profile.EXTENDED_CTC_FR and totals.due > 0:
        return frame.issue_date
    return frame.due_date


def _routing_code(buyer: Buyer | None) -> str:
    """« Code service » of a public customer (BT-10, Chorus Pro)."""
    return buyer.routing_code if buyer is not None and buyer.is_public else ""


_TREATMENTS = {
    BuyerKind.FRENCH_BUSINESS: "B2B",
    BuyerKind.PUBLIC: "B2B",
    BuyerKind.FOREIGN_BUSINESS: "B2BINT",
    BuyerKind.INDIVIDUAL: "B2C",
}
"""BAR (BR-FR-20): the registry knows who the customer is even when an identifier is still missing."""


def _parties(form: DraftForm, context: ComposeContext) -> tuple[Party, Party, str] | None:
    """Seller, buyer and BAR; ``None`` while no customer is chosen.

    A self-billed document is issued by who buys, in the name of who sells (XP Z12-014 § 3.2.18).
    """
    company, buyer, source = context.company, context.buyer, context.inherited(form)
    if source is not None:
        return source.seller, source.buyer, source.treatment
    if buyer is None:
        return None
    treatment = _TREATMENTS[buyer.kind]
    if form.type_code not in SELF_BILLED_TYPES:
        return company.as_party(), buyer.as_party(), treatment
    supplier, customer = buyer.as_party(), company.as_party()
    if not supplier.vat_number:
        supplier = replace(supplier, tax_registration=supplier.siren)
    return supplier, replace(customer, tax_registration="", legal_information=""), treatment
