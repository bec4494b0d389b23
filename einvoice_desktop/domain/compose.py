"""From what was typed to a document: totals at each key, and what is wrong at which field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import (
    CORRECTED_TYPES,
    CREDIT_NOTE_TYPES,
    DEPOSIT_TYPES,
    Delivery,
    Invoice,
    Note,
    PaymentInstructions,
    PrecedingInvoice,
    Profile,
    TaxPoint,
)
from einvoice_desktop.domain.lines import UNITS, Allowance, Line
from einvoice_desktop.domain.money import ZERO, round_half_up, to_amount
from einvoice_desktop.domain.parties import Buyer, BuyerKind, Company, Party
from einvoice_desktop.domain.totals import Totals, compute_totals, line_net_amount
from einvoice_desktop.domain.typed import parse_date, parse_decimal
from einvoice_desktop.domain.vat import (
    VatTreatment,
    export,
    intra_community,
    out_of_scope,
    reverse_charge,
    small_business_exemption,
    standard,
)

__all__ = ["VAT_CHOICES", "ComposeContext", "Composition", "VatChoice", "compose", "parse_date", "parse_decimal"]


@dataclass(frozen=True, slots=True)
class VatChoice:
    """One VAT answer a form offers: its key, the words shown, the treatment behind."""

    key: str
    label: str
    treatment: VatTreatment


VAT_CHOICES: dict[str, VatChoice] = {
    choice.key: choice
    for choice in (
        VatChoice("S20", "20 %", standard("20")),
        VatChoice("S10", "10 %", standard("10")),
        VatChoice("S5.5", "5,5 %", standard("5.5")),
        VatChoice("S2.1", "2,1 %", standard("2.1")),
        VatChoice("S8.5", "8,5 % (DOM)", standard("8.5")),
        VatChoice("FRANCHISE", "Franchise (293 B)", small_business_exemption()),
        VatChoice("AE", "Autoliquidation", reverse_charge()),
        VatChoice("K", "Livraison UE", intra_community()),
        VatChoice("G", "Export", export()),
        VatChoice("O", "Hors champ", out_of_scope()),
    )
}
"""What the VAT column of a form offers, in order."""

_LIMITS = {
    "purchase_order": 50,
    "contract": 50,
    "buyer_reference": 100,
    "project": 100,
    "note": 2000,
    "payment_terms": 500,
    "preceding_number": 35,
}
_NAME_LIMIT = 500
_QUANTITY_PLACES, _PRICE_PLACES = 4, 6
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_DIGITS = {"due": "1", "paid": "2", "final": "4"}
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class ComposeContext:
    """What a form is read against.

    Attributes:
        company: the seller. buyer: the customer chosen, ``None`` while none is. today: Europe/Paris.
        number: the number the document would take (a preview). last_issue_date: of the last document of the series.
    """

    company: Company
    buyer: Buyer | None
    today: date
    number: str = "APERCU"
    last_issue_date: date | None = None


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
    read = [_line(index, row, form.currency, found) for index, row in enumerate(form.lines)]
    lines = tuple(line for line in read if line is not None)
    amounts = tuple(line.net_amount if line else None for line in read)
    _check_rows(form, context, found)
    _check_texts(form, found)
    _check_buyer(form, context, found)
    allowances = _global_discount(form, lines, found)
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
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        found.append(Finding("ED-DATE", place, params={"typed": text}))
        return None
    return day


def _issue_date(form: DraftForm, context: ComposeContext, found: list[Finding]) -> date | None:
    if not form.issue_date.strip():
        return context.today
    day = _date("issue_date", form.issue_date, found)
    if day is None:
        return None
    if day > context.today:
        found.append(Finding("ED-DATE-FUTURE", "issue_date", suggested_value=context.today.isoformat()))
    last = context.last_issue_date
    if last is not None and day < last:
        params = {"last": last.isoformat()}
        found.append(Finding("ED-DATE-BEFORE-LAST", "issue_date", suggested_value=last.isoformat(), params=params))
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


def _number(place: str, text: str, places: int, found: list[Finding]) -> Decimal | None:
    value = parse_decimal(text)
    if value is None:
        found.append(Finding("ED-NUMBER", place, params={"typed": text}))
        return None
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        if not text.strip().startswith("="):
            found.append(Finding("ED-DECIMALS", place, params={"limit": str(places)}))
        value = round_half_up(value, places)
    return value


def _line(index: int, row: DraftLine, currency: str, found: list[Finding]) -> Line | None:
    if row.is_blank:
        return None
    at = f"lines.{index}."
    if not row.name.strip():
        found.append(Finding("ED-REQUIRED", at + "name"))
    found.extend(
        Finding("ED-TOO-LONG", at + field, params={"limit": str(_NAME_LIMIT)})
        for field in ("name", "description")
        if len(getattr(row, field)) > _NAME_LIMIT
    )
    quantity = _number(at + "quantity", row.quantity, _QUANTITY_PLACES, found)
    price = _number(at + "unit_price", row.unit_price, _PRICE_PLACES, found)
    if quantity is not None and quantity == 0:
        found.append(Finding("ED-QUANTITY-ZERO", at + "quantity"))
    if price is not None and price < 0:
        found.append(Finding("ED-PRICE-NEGATIVE", at + "unit_price"))
    if row.unit not in UNITS:
        found.append(Finding("ED-UNIT", at + "unit", Severity.WARNING, params={"typed": row.unit}))
    choice = VAT_CHOICES.get(row.vat)
    if choice is None:
        found.append(Finding("ED-VAT-CATEGORY", at + "vat"))
    if quantity is None or price is None or choice is None:
        return None
    line = Line(
        id=str(index + 1),
        name=row.name.strip(),
        description=row.description.strip(),
        quantity=quantity,
        unit=row.unit,
        net_price=price,
        vat=choice.treatment,
        net_amount=ZERO,
        allowances=_line_discount(at, row, to_amount(quantity * price, currency), currency, found),
        seller_item_id=row.product_code.strip(),
    )
    return replace(line, net_amount=line_net_amount(line, currency))


def _percentage(place: str, text: str, found: list[Finding]) -> Decimal | None:
    if not text.strip():
        return None
    value = parse_decimal(text)
    if value is None:
        found.append(Finding("ED-NUMBER", place, params={"typed": text}))
        return None
    if not 0 <= value <= _WHOLE:
        found.append(Finding("ED-DISCOUNT-RANGE", place))
        return None
    return value or None


def _line_discount(
    at: str, row: DraftLine, base: Decimal, currency: str, found: list[Finding]
) -> tuple[Allowance, ...]:
    percentage = _percentage(at + "discount", row.discount, found)
    if percentage is None:
        return ()
    amount = to_amount(base * percentage / _WHOLE, currency)
    return (Allowance(amount, base_amount=base, percentage=percentage, reason="Remise", reason_code="95"),)


def _global_discount(form: DraftForm, lines: tuple[Line, ...], found: list[Finding]) -> tuple[Allowance, ...]:
    """A percentage off the whole document: one allowance for each VAT treatment (BG-20)."""
    percentage = _percentage("global_discount", form.global_discount, found)
    if percentage is None:
        return ()
    bases: dict[VatTreatment, Decimal] = {}
    for line in lines:
        bases[line.vat] = bases.get(line.vat, ZERO) + line.net_amount
    return tuple(
        Allowance(
            to_amount(base * percentage / _WHOLE, form.currency),
            base_amount=base,
            percentage=percentage,
            reason="Remise",
            reason_code="95",
            vat=vat,
        )
        for vat, base in bases.items()
    )


def _check_rows(form: DraftForm, context: ComposeContext, found: list[Finding]) -> None:
    if all(row.is_blank for row in form.lines):
        found.append(Finding("ED-NO-LINE", "lines.0.name"))
    company = context.company
    for index, row in enumerate(form.lines):
        choice = VAT_CHOICES.get(row.vat)
        if row.is_blank or choice is None:
            continue
        if company.is_franchise and choice.treatment.category == "S":
            found.append(Finding("ED-VAT-FRANCHISE", f"lines.{index}.vat", suggested_value="FRANCHISE"))
        elif choice.key == "FRANCHISE" and not company.is_franchise:
            found.append(Finding("ED-VAT-NOT-FRANCHISE", f"lines.{index}.vat", suggested_value="S20"))
        elif choice.treatment.category in {"S", "AE", "K", "G"} and not company.vat_number:
            found.append(Finding("ED-VAT-NUMBER-MISSING", f"lines.{index}.vat"))


def _has_forbidden_character(text: str) -> bool:
    """Characters XML 1.0 cannot hold."""
    return any((c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in text)


def _check_texts(form: DraftForm, found: list[Finding]) -> None:
    for field, limit in _LIMITS.items():
        text = getattr(form, field)
        if len(text) > limit:
            found.append(Finding("ED-TOO-LONG", field, params={"limit": str(limit)}))
        if _has_forbidden_character(text):
            found.append(Finding("ED-CHARACTER", field))
    for index, row in enumerate(form.lines):
        found.extend(
            Finding("ED-CHARACTER", f"lines.{index}.{field}")
            for field in ("name", "description", "product_code")
            if _has_forbidden_character(getattr(row, field))
        )
    if len(form.currency) != len("EUR") or not form.currency.isalpha() or not form.currency.isupper():
        found.append(Finding("ED-CURRENCY", "currency"))


def _check_buyer(form: DraftForm, context: ComposeContext, found: list[Finding]) -> None:
    buyer = context.buyer
    if buyer is None:
        found.append(Finding("ED-NO-BUYER", "buyer_id"))
        return
    params = {"name": buyer.name}
    if buyer.kind in {BuyerKind.FRENCH_BUSINESS, BuyerKind.PUBLIC} and not buyer.effective_siren:
        found.append(Finding("BR-FR-11", "buyer_id", params=params))
    party: Party = buyer.as_party()
    if party.electronic_address is None and buyer.kind is not BuyerKind.FRENCH_BUSINESS:
        found.append(Finding("BR-FR-12", "buyer_id", params=params))
    if not buyer.address.line1 or not buyer.address.city:
        found.append(Finding("ED-BUYER-ADDRESS", "buyer_id", params=params))
    is_foreign_vat = any(row.vat in {"K", "AE"} and not row.is_blank for row in form.lines)
    if is_foreign_vat and not buyer.vat_number and buyer.kind is BuyerKind.FOREIGN_BUSINESS:
        found.append(Finding("ED-BUYER-VAT-NUMBER", "buyer_id", params=params))


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
