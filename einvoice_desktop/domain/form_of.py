"""The form that would compose a document again, term by term: where a duplicate, a credit note or a correction starts.

What the registry and the company give by themselves (parties, their bank account, their usual mentions) is left for them
to give; whatever differs from it is in the form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.draft import (
    DraftAttachment,
    DraftChange,
    DraftForm,
    DraftLine,
    DraftNote,
    DraftReference,
)
from einvoice_desktop.domain.form_changes import bases_of
from einvoice_desktop.domain.french import DISCOUNT, NOT_APPLICABLE, PENALTY, RECOVERY, TREATMENT
from einvoice_desktop.domain.identifiers import compact
from einvoice_desktop.domain.invoice import Attachment, Invoice, Note, PaymentInstructions, Profile, TaxPoint
from einvoice_desktop.domain.limits import RATE_PLACES
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, plain, round_half_up, to_amount
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from einvoice_desktop.domain.totals import percentage_off
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.domain.vat_choices import choice_of

_STATES = {"1": "due", "2": "paid", "4": "final", "7": "reported"}
_COMPUTED_TREATMENTS = frozenset({"B2B", "B2BINT", "B2C"})
_WHOLE = Decimal(100)


def typed(value: Decimal | None) -> str:
    """A number as people type it here: a comma, no useless zero; empty for none."""
    return "" if value is None else plain(value).replace(".", ",")


def vat_key(treatment: VatTreatment) -> str:
    """Key of the VAT answer that says ``treatment``; empty when no form offers it."""
    choice = choice_of(treatment)
    if choice is not None:
        return choice.key
    return "E" if treatment.category == "E" and treatment.effective_rate == 0 else ""


def form_of(invoice: Invoice, buyer_id: str, company: Company | None = None) -> DraftForm:
    """The form of ``invoice``, dates and payments included; ``buyer_id`` is its supplier when it is self-billed.

    ``company`` issued it: its account and its usual mentions are not said again. The files attached are named by their
    SHA-256: :func:`contents_of` gives their bytes.
    """
    process = invoice.business_process
    is_usual = process[:1] in {"B", "S", "M"} and process[1:] in _STATES
    notes = tuple(_notes(invoice, company))
    note = notes[0].text if notes and not notes[0].subject else ""
    form = DraftForm(
        type_code=str(invoice.type_code),
        profile=_profile(invoice),
        buyer_id=buyer_id,
        issue_date=_day(invoice.issue_date),
        due_date=_day(invoice.due_date),
        nature=process[:1] if process[:1] in {"B", "S", "M"} else "S",
        payment_state=_STATES.get(process[1:], "due"),
        process="" if is_usual else process,
        currency=invoice.currency,
        exchange_rate=_exchange_rate(invoice),
        paid=typed(invoice.totals.paid) if invoice.totals.paid and process[1:] != "2" else "",
        rounding=typed(invoice.totals.rounding) if invoice.totals.rounding else "",
        tax_point=invoice.tax_point.value if isinstance(invoice.tax_point, TaxPoint) else "",
        tax_point_date=_day(invoice.tax_point_date),
        note=note,
        notes=notes[1:] if note else notes,
        payment_terms=invoice.payment_terms,
        purchase_order=invoice.purchase_order_reference,
        contract=invoice.contract_reference,
        buyer_reference=invoice.buyer_reference,
        project=invoice.project_reference,
        sales_order=invoice.sales_order_reference,
        receiving_advice=invoice.receiving_advice_reference,
        despatch_advice=invoice.despatch_advice_reference,
        tender=invoice.tender_or_lot_reference,
        object_id=invoice.invoiced_object.value if invoice.invoiced_object else "",
        object_scheme=invoice.invoiced_object.scheme if invoice.invoiced_object else "",
        accounting_reference=invoice.buyer_accounting_reference,
        lines=tuple(row_of(line, invoice.currency) for line in invoice.lines),
        changes=_changes(invoice),
        attachments=tuple(_attachment(attachment) for attachment in invoice.attachments),
    )
    form = _with_payment(form, invoice.payment, company)
    return _with_preceding(_with_delivery(form, invoice.delivery), invoice)


def contents_of(invoice: Invoice) -> dict[str, bytes]:
    """Bytes of the files attached to ``invoice``, by their SHA-256."""
    return {_sha256(told.content): told.content for told in invoice.attachments if told.content is not None}


def _sha256(content: bytes | None) -> str:
    return hashlib.sha256(content).hexdigest() if content is not None else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _profile(invoice: Invoice) -> str:
    """Empty when the content decides: plain EN 16931, or the French extension for several orders or delivery notes."""
    orders = {invoice.purchase_order_reference, *(line.order_reference for line in invoice.lines)} - {""}
    advices = {invoice.despatch_advice_reference, *(line.despatch_advice_reference for line in invoice.lines)} - {""}
    is_several = len(orders) > 1 or len(advices) > 1
    told = any(line.order_reference or line.despatch_advice_reference for line in invoice.lines)
    decided = Profile.EXTENDED_CTC_FR if is_several and told else Profile.EN16931
    return "" if invoice.profile == decided else str(invoice.profile)


def _exchange_rate(invoice: Invoice) -> str:
    """The shortest rate that gives BT-111 again."""
    euros, vat = invoice.totals.vat_in_accounting_currency, invoice.totals.vat
    if invoice.currency == "EUR" or not euros or not vat:
        return ""
    for places in range(2, RATE_PLACES + 1):
        rate = round_half_up(euros / vat, places)
        if to_amount(vat * rate) == euros:
            return typed(rate)
    return typed(round_half_up(euros / vat, RATE_PLACES))


def _notes(invoice: Invoice, company: Company | None) -> Iterator[DraftNote]:
    """The notes, but for the mentions that are added by themselves."""
    usual = {RECOVERY: "", PENALTY: "", DISCOUNT: ""}
    if company is not None:
        usual = {
            RECOVERY: company.recovery_note,
            PENALTY: company.late_penalty_note,
            DISCOUNT: company.discount_note,
        }
    for note in invoice.notes:
        if note.subject == TREATMENT and note.text in _COMPUTED_TREATMENTS:
            continue
        if note.subject in usual and _is_usual(note, usual[note.subject], company):
            continue
        yield DraftNote(note.subject, note.text)


def _is_usual(note: Note, text: str, company: Company | None) -> bool:
    return company is None or note.text in {text, NOT_APPLICABLE}


def row_of(line: Line, currency: str) -> DraftLine:
    """The row that would be read as ``line``."""
    choice = choice_of(line.vat)
    usual = choice.treatment.exemption_reason if choice is not None else None
    percent = next((told for told in line.allowances if _is_percentage_off(told, line, currency)), None)
    period, standard = line.period, line.standard_item_id
    classification = line.classifications[0] if line.classifications else None
    deposit = line.preceding
    return DraftLine(
        name=line.name,
        description=line.description,
        note=line.note,
        quantity=typed(line.quantity),
        unit=line.unit,
        unit_price=typed(line.net_price),
        base_quantity=typed(line.base_quantity),
        vat=vat_key(line.vat),
        exemption_reason=(line.vat.exemption_reason or "") if line.vat.exemption_reason != usual else "",
        discount=typed(percent.percentage) if percent is not None else "",
        discount_amount=_sum([told for told in line.allowances if told is not percent]),
        discount_reason=_reason(line.allowances),
        charge=_sum(list(line.charges)),
        charge_reason=_reason(line.charges),
        period_start=_day(period.start) if period else "",
        period_end=_day(period.end) if period else "",
        product_code=line.seller_item_id,
        buyer_product_code=line.buyer_item_id,
        standard_product_code=standard.value if standard else "",
        classification=classification.code if classification else "",
        classification_list=classification.list_id if classification else "",
        origin_country=line.origin_country,
        attributes="\n".join(f"{name} : {value}" for name, value in line.attributes),
        order_line=line.order_line_reference,
        accounting_reference=line.accounting_reference,
        object_id=line.object_id.value if line.object_id else "",
        object_scheme=line.object_id.scheme if line.object_id else "",
        order=line.order_reference,
        despatch_advice=line.despatch_advice_reference,
        deposit_number=deposit.number if deposit else "",
        deposit_date=_day(deposit.issue_date) if deposit else "",
    )


def _is_percentage_off(told: Allowance, line: Line, currency: str) -> bool:
    """Whether a row that says the percentage computes the amount again."""
    if not told.percentage or not 0 <= told.percentage <= _WHOLE:
        return False
    off = percentage_off(line.quantity, line.net_price, line.base_quantity, told.percentage, currency=currency)
    return told.amount == off


def _is_percentage_of(told: Allowance, base: Decimal | None, currency: str) -> bool:
    """Whether a form that says the percentage computes the amount again."""
    if not told.percentage or base is None or not 0 <= told.percentage <= _WHOLE:
        return False
    return told.amount == to_amount(base * told.percentage / _WHOLE, currency)


def _sum(changes: list[Allowance]) -> str:
    return typed(sum((change.amount for change in changes), ZERO)) if changes else ""


def _reason(changes: tuple[Allowance, ...]) -> str:
    return " ; ".join(dict.fromkeys(change.reason for change in changes if change.reason))


def _changes(invoice: Invoice) -> tuple[DraftChange, ...]:
    bases = bases_of(invoice.lines)

    def change(kind: str, told: Allowance) -> DraftChange:
        # A percentage says it again only when it is of all the lines of that VAT, as a form computes it.
        base = bases.get(told.vat) if told.vat is not None else None
        is_of_all = base == told.base_amount and _is_percentage_of(told, base, invoice.currency)
        return DraftChange(
            kind=kind,
            amount="" if is_of_all else typed(told.amount),
            percentage=typed(told.percentage) if is_of_all else "",
            reason=told.reason,
            reason_code=told.reason_code,
            vat=vat_key(told.vat) if told.vat is not None else "",
        )

    allowances = tuple(change("allowance", told) for told in invoice.allowances)
    return allowances + tuple(change("charge", told) for told in invoice.charges)


def _attachment(told: Attachment) -> DraftAttachment:
    return DraftAttachment(
        sha256=_sha256(told.content),
        filename=told.filename,
        media_type=told.media_type,
        reference=told.reference,
        description=told.description,
        url=told.url,
    )


def _with_payment(form: DraftForm, payment: PaymentInstructions | None, company: Company | None) -> DraftForm:
    """How to pay; the account only when it is not the company's own."""
    if payment is None:
        return form
    iban, bic = payment.iban, payment.bic
    if company is not None:
        iban, bic = compact(company.iban).upper(), compact(company.bic).upper()
    is_own = payment.iban == iban
    return replace(
        form,
        payment_means=payment.means_code,
        remittance=payment.remittance,
        iban="" if is_own else payment.iban,
        bic="" if is_own and payment.bic == bic else payment.bic,
        mandate=payment.mandate,
        creditor_id=payment.creditor_id,
        debited_account=payment.debited_account,
        card_number=payment.card_number,
        card_holder=payment.card_holder,
    )


def _with_delivery(form: DraftForm, delivery: Delivery | None) -> DraftForm:
    if delivery is None:
        return form
    period, place = delivery.period, delivery.address
    form = replace(
        form,
        delivery_date=_day(delivery.date),
        period_start=_day(period.start) if period else "",
        period_end=_day(period.end) if period else "",
        delivery_name=delivery.name,
    )
    if place is None:
        return form
    return replace(
        form,
        delivery_line1=place.line1,
        delivery_line2=", ".join(part for part in (place.line2, place.line3) if part),
        delivery_postal_code=place.postal_code,
        delivery_city=place.city,
        delivery_country=place.country,
    )


def _with_preceding(form: DraftForm, invoice: Invoice) -> DraftForm:
    """Earlier documents, but for those a line names already; the first is the main one, said again if it has a type."""
    named = {line.preceding.number for line in invoice.lines if line.preceding is not None}
    rows = [_reference(before) for before in invoice.preceding if before.number not in named]
    if not rows:
        return form
    if rows[0].type_code:
        rows.insert(0, rows[0])
    return replace(form, preceding_number=rows[0].number, preceding_date=rows[0].date, references=tuple(rows[1:]))


def _reference(before: PrecedingInvoice) -> DraftReference:
    return DraftReference(before.number, _day(before.issue_date), before.type_code)
