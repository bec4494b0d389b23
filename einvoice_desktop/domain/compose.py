"""From what was typed to a document: totals at each key, and what is wrong at which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.form_checks import check_buyer_of, check_rows, check_texts
from einvoice_desktop.domain.form_lines import read_global_discount, read_line
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import (
    CORRECTED_TYPES,
    CREDIT_NOTE_TYPES,
    DEPOSIT_TYPES,
    Invoice,
    Note,
    PaymentInstructions,
    Profile,
    TaxPoint,
)
from einvoice_desktop.domain.limits import is_admitted_year, issue_date_findings
from einvoice_desktop.domain.parties import Buyer, BuyerKind, Company
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from einvoice_desktop.domain.totals import Totals, compute_totals
from einvoice_desktop.domain.typed import parse_date, parse_decimal
from einvoice_desktop.domain.vat_choices import VAT_CHOICES, VatChoice

__all__ = ["VAT_CHOICES", "ComposeContext", "Composition", "VatChoice", "compose", "parse_date", "parse_decimal"]


_DIGITS = {"due": "1", "paid": "2", "final": "4"}


@dataclass(frozen=True, slots=True)
class ComposeContext:
    """What a form is read against.

    Attributes:
        company: the seller. buyer: the customer chosen, ``None`` while none is. today: Europe/Paris.
        number: the number the document would take (a preview). last_issue_date: of the last document of the series.
        source: the issued document the form credits, corrects or balances (``source_id``), ``None`` without one.
        files: bytes of the attachments by their SHA-256.
    """

    company: Company
    buyer: Buyer | None
    today: date
    number: str = "APERCU"
    last_issue_date: date | None = None
    source: Invoice | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composition:
    """A form as a document.

    Attributes:
        invoice: the document, rows that cannot be read left out; ``None`` while there is no date, customer or row.
        totals: of the rows that can be read, as soon as there is one.
        findings: what our own checks say; places are paths in the form (``lines.0.unit_price``).
        line_amounts: BT-131 of each form row, ``None`` for one that cannot be read.
    """

    invoice: Invoice | None
    totals: Totals | None
    findings: tuple[Finding, ...]
    line_amounts: tuple[Decimal | None, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether a finding of ours forbids issuing."""
        return any(f.is_blocking for f in self.findings)


def compose(form: DraftForm, context: ComposeContext) -> Composition:
    """Read ``form``: never raises, whatever was typed."""
    found: list[Finding] = []
    issue_date = _issue_date(form, context, found)
    read = [read_line(index, row, form.currency, found) for index, row in enumerate(form.lines)]
    lines = tuple(line for line in read if line is not None)
    amounts = tuple(line.net_amount if line else None for line in read)
    check_rows(form, context.company, found)
    check_texts(form, found)
    check_buyer_of(form, context.buyer, found)
    allowances = read_global_discount(form, lines, found)
    totals = compute_totals(lines, allowances=allowances, currency=form.currency) if lines else None
    if totals is not None and form.payment_state == "paid":
        totals = compute_totals(lines, allowances=allowances, currency=form.currency, paid=totals.with_vat)
    due_date = _due_date(form, context, issue_date, found)
    payment = _payment(form, context.company, found)
    preceding = _preceding(form, found)
    delivery = _delivery(form, context, issue_date, found)
    if issue_date is None or totals is None or context.buyer is None:
        return Composition(None, totals, tuple(found), amounts)
    company = context.company
    invoice = Invoice(
        number=context.number,
        issue_date=issue_date,
        type_code=form.type_code,
        currency=form.currency,
        accounting_currency="" if form.currency == "EUR" else "EUR",
        seller=company.as_party(),
        buyer=context.buyer.as_party(),
        lines=lines,
        totals=totals,
        profile=Profile.EN16931,
        due_date=due_date,
        tax_point=TaxPoint.INVOICE if company.vat_on_debits and not company.is_franchise else None,
        buyer_reference=form.buyer_reference.strip(),
        project_reference=form.project.strip(),
        contract_reference=form.contract.strip(),
        purchase_order_reference=form.purchase_order.strip(),
        payment_terms=form.payment_terms.strip() or company.payment_terms,
        notes=(Note(form.note.strip()),) if form.note.strip() else (),
        preceding=preceding,
        delivery=delivery,
        payment=payment,
        allowances=allowances,
    )
    invoice = with_french_mentions(
        invoice,
        recovery=company.recovery_note,
        penalty=company.late_penalty_note,
        discount=company.discount_note,
        nature=form.nature or company.nature,
        payment_digit=_DIGITS.get(form.payment_state, "1"),
    )
    return Composition(_with_exact_treatment(invoice, context.buyer), totals, tuple(found), amounts)


def _with_exact_treatment(invoice: Invoice, buyer: Buyer) -> Invoice:
    """The registry knows who the customer is even when an identifier is still missing."""
    exact = {BuyerKind.PUBLIC: "B2B"}.get(buyer.kind, buyer.kind.value)
    notes = tuple(replace(n, text=exact) if n.subject == "BAR" else n for n in invoice.notes)
    return replace(invoice, notes=notes)


def _date(place: str, text: str, found: list[Finding]) -> date | None:
    """The day typed at ``place``; a finding when it is none (BR-FR-03)."""
    day = parse_date(text)
    if day is None or not is_admitted_year(day):
        found.append(Finding("ED-DATE", place, params={"typed": text}))
        return None
    return day


def _issue_date(form: DraftForm, context: ComposeContext, found: list[Finding]) -> date | None:
    if not form.issue_date.strip():
        return context.today
    day = _date("issue_date", form.issue_date, found)
    if day is None:
        return None
    found.extend(issue_date_findings(day, context.today, context.last_issue_date))
    return day


def _due_date(form: DraftForm, context: ComposeContext, issue: date | None, found: list[Finding]) -> date | None:
    days = context.company.payment_days
    if context.buyer is not None and context.buyer.payment_days is not None:
        days = context.buyer.payment_days
    if not form.due_date.strip():
        if issue is None or form.type_code in CREDIT_NOTE_TYPES:
            return None
        return issue if form.payment_state == "paid" else issue + timedelta(days=days)
    day = _date("due_date", form.due_date, found)
    is_exempt = form.type_code in DEPOSIT_TYPES or form.payment_state == "paid"
    if day is not None and issue is not None and day < issue and not is_exempt:
        suggested = (issue + timedelta(days=days)).isoformat()
        params = {"due": day.isoformat(), "issue": issue.isoformat()}
        found.append(Finding("BR-FR-CO-07", "due_date", suggested_value=suggested, params=params))
    return day


def _payment(form: DraftForm, company: Company, found: list[Finding]) -> PaymentInstructions | None:
    iban = compact(form.iban or company.iban).upper()
    if iban and not is_iban(iban):
        found.append(Finding("ED-IBAN-KEY", "iban"))
        return None
    if form.payment_means in {"58", "30"} and not iban:
        if form.payment_state == "due" and form.type_code not in CREDIT_NOTE_TYPES:
            found.append(Finding("ED-IBAN-MISSING", "iban", Severity.WARNING))
        return None
    return PaymentInstructions(
        means_code=form.payment_means,
        iban=iban if form.payment_means in {"58", "30"} else "",
        bic=compact(form.bic or company.bic).upper() if form.payment_means in {"58", "30"} else "",
        account_name=company.account_name,
    )


def _preceding(form: DraftForm, found: list[Finding]) -> tuple[PrecedingInvoice, ...]:
    number = form.preceding_number.strip()
    is_needed = form.type_code in CREDIT_NOTE_TYPES or form.type_code in CORRECTED_TYPES
    if not number:
        if is_needed:
            code = "BR-FR-CO-05" if form.type_code in CREDIT_NOTE_TYPES else "BR-FR-CO-04"
            found.append(Finding(code, "preceding_number"))
        return ()
    day = _date("preceding_date", form.preceding_date, found) if form.preceding_date.strip() else None
    if day is None and not form.preceding_date.strip() and form.type_code in CREDIT_NOTE_TYPES:
        found.append(Finding("BR-FR-CO-05", "preceding_date"))
    return (PrecedingInvoice(number, day),)


def _delivery(form: DraftForm, context: ComposeContext, issue: date | None, found: list[Finding]) -> Delivery | None:
    """Delivery defaults to the day of the invoice, but for a deposit: nothing was delivered yet."""
    day = issue if form.type_code not in DEPOSIT_TYPES else None
    if form.delivery_date.strip():
        day = _date("delivery_date", form.delivery_date, found)
    buyer = context.buyer
    shipping = buyer.shipping_address if buyer is not None else None
    if shipping is None and buyer is not None and any(row.vat == "K" for row in form.lines):
        shipping = buyer.address
    if day is None and shipping is None:
        return None
    return Delivery(name=shipping.name if shipping else "", date=day, address=shipping)
