"""The form that would compose a document again, term by term: where a duplicate, a credit note or a correction starts.

What the registry and the company give by themselves (parties, bank account, French mentions) is left for them to give.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftChange, DraftForm, DraftLine, DraftNote, DraftReference
from einvoice_desktop.domain.french import DISCOUNT, PENALTY, RECOVERY, TREATMENT
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions, Profile, TaxPoint
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, plain, round_half_up
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.domain.vat_choices import choice_of

_MENTIONS = frozenset({RECOVERY, PENALTY, DISCOUNT, TREATMENT})
_STATES = {"1": "due", "2": "paid", "4": "final", "7": "reported"}
_RATE_PLACES = 6


def typed(value: Decimal | None) -> str:
    """A number as people type it here: a comma, no useless zero; empty for none."""
    return "" if value is None else plain(value).replace(".", ",")


def vat_key(treatment: VatTreatment) -> str:
    """Key of the VAT answer that says ``treatment``, empty when no form offers it."""
    choice = choice_of(treatment)
    return choice.key if choice is not None else ""


def form_of(invoice: Invoice, buyer_id: str) -> DraftForm:
    """The form of ``invoice``, dates included; attachments are left to who keeps their bytes."""
    process = invoice.business_process
    free = [note for note in invoice.notes if not note.subject]
    form = DraftForm(
        type_code=str(invoice.type_code),
        profile="" if invoice.profile in {Profile.EN16931, Profile.EXTENDED_CTC_FR} else str(invoice.profile),
        buyer_id=buyer_id,
        issue_date=invoice.issue_date.isoformat(),
        due_date=invoice.due_date.isoformat() if invoice.due_date else "",
        nature=process[:1] or "S",
        payment_state=_STATES.get(process[1:], "due"),
        process=process if process[1:] and process[1:] not in _STATES else "",
        currency=invoice.currency,
        exchange_rate=_exchange_rate(invoice),
        tax_point=_tax_point(invoice.tax_point),
        tax_point_date=invoice.tax_point_date.isoformat() if invoice.tax_point_date else "",
        note=free[0].text if free else "",
        notes=tuple(
            DraftNote(note.subject, note.text)
            for note in invoice.notes
            if note.subject not in _MENTIONS and note not in free[:1]
        ),
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
        lines=tuple(_line(line) for line in invoice.lines),
        changes=_changes(invoice),
    )
    return _with_preceding(_with_delivery(_with_payment(form, invoice.payment), invoice.delivery), invoice)


def _exchange_rate(invoice: Invoice) -> str:
    in_euro = invoice.totals.vat_in_accounting_currency
    if invoice.currency == "EUR" or not in_euro or not invoice.totals.vat:
        return ""
    return typed(round_half_up(in_euro / invoice.totals.vat, _RATE_PLACES))


def _tax_point(point: TaxPoint | None) -> str:
    return point.value if point is not None else ""


def _line(line: Line) -> DraftLine:
    choice = choice_of(line.vat)
    usual = choice.treatment.exemption_reason if choice is not None else None
    percent = next((a for a in line.allowances if a.percentage is not None), None)
    amounts = [a for a in line.allowances if a is not percent]
    period, standard = line.period, line.standard_item_id
    classification = line.classifications[0] if line.classifications else None
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
        discount_amount=_sum(amounts),
        discount_reason=_reason(line.allowances),
        charge=_sum(list(line.charges)),
        charge_reason=_reason(line.charges),
        period_start=period.start.isoformat() if period and period.start else "",
        period_end=period.end.isoformat() if period and period.end else "",
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
        deposit_number=line.preceding.number if line.preceding else "",
        deposit_date=line.preceding.issue_date.isoformat() if line.preceding and line.preceding.issue_date else "",
    )


def _sum(changes: list[Allowance]) -> str:
    return typed(sum((change.amount for change in changes), ZERO)) if changes else ""


def _reason(changes: tuple[Allowance, ...]) -> str:
    return " ; ".join(dict.fromkeys(change.reason for change in changes if change.reason))


def _changes(invoice: Invoice) -> tuple[DraftChange, ...]:
    bases: dict[VatTreatment, Decimal] = {}
    for line in invoice.lines:
        bases[line.vat] = bases.get(line.vat, ZERO) + line.net_amount

    def change(kind: str, told: Allowance) -> DraftChange:
        # A percentage says it again only when it is of all the lines of that VAT, as a form computes it.
        is_of_all = told.percentage is not None and told.vat is not None and bases.get(told.vat) == told.base_amount
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


def _with_payment(form: DraftForm, payment: PaymentInstructions | None) -> DraftForm:
    """How to pay, but for the account: the company's is the one in use today."""
    if payment is None:
        return form
    return replace(
        form,
        payment_means=payment.means_code,
        remittance=payment.remittance,
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
        delivery_date=delivery.date.isoformat() if delivery.date else "",
        period_start=period.start.isoformat() if period and period.start else "",
        period_end=period.end.isoformat() if period and period.end else "",
        delivery_name=delivery.name,
    )
    if place is None:
        return form
    return replace(
        form,
        delivery_line1=place.line1,
        delivery_line2=place.line2,
        delivery_postal_code=place.postal_code,
        delivery_city=place.city,
        delivery_country=place.country,
    )


def _with_preceding(form: DraftForm, invoice: Invoice) -> DraftForm:
    """Earlier documents, but for those a line names already."""
    named = {line.preceding.number for line in invoice.lines if line.preceding is not None}
    listed = [before for before in invoice.preceding if before.number not in named]
    rows = tuple(
        DraftReference(b.number, b.issue_date.isoformat() if b.issue_date else "", b.type_code) for b in listed
    )
    if not rows:
        return form
    return replace(form, preceding_number=rows[0].number, preceding_date=rows[0].date, references=rows[1:])
