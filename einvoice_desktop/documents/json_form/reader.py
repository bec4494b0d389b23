"""Reading the JSON form, the quirks of its published samples included."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from einvoice_desktop.documents.json_form import names
from einvoice_desktop.documents.json_form.fields import Fields, decode
from einvoice_desktop.documents.json_form.line_reader import (
    read_allowance,
    read_delivery,
    read_line,
    read_preceding,
)
from einvoice_desktop.documents.json_form.party_reader import read_party
from einvoice_desktop.domain.invoice import (
    Account,
    Attachment,
    Invoice,
    Note,
    PaymentInstructions,
    Profile,
    TaxPoint,
    ThirdParty,
)
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.profile_names import profile_named
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.domain.vat import VatBreakdown


def read_invoice(content: bytes) -> Invoice:
    """The document of a JSON body, totals as stated.

    Raises:
        UserError: ``ED-JSON-…`` with the ``path`` of the field at fault.
    """
    fields = decode(content)
    terms = fields.child("payment_terms") or Fields({}, "payment_terms")
    # Only profiles we can write are kept: the Peppol identifier of the samples never reaches our XML.
    profile = profile_named(fields.text("specification_identifier"))
    invoice = Invoice(
        number=fields.text("invoice_number"),
        issue_date=fields.required_day("issue_date"),
        type_code=fields.required_text("type_code"),
        currency=fields.required_text("currency_code"),
        seller=read_party(fields.required_child("seller")),
        buyer=read_party(fields.required_child("buyer")),
        lines=tuple(read_line(line) for line in fields.children("invoice_lines", is_required=True)),
        totals=_totals(fields),
        profile=profile or Profile.EN16931,
        **(fields.texts(names.DOCUMENT) | {"purchase_order_reference": _purchase_order(fields)}),
        # BT-8 is a code; Seqino names a date so, which can only mean BT-7.
        tax_point_date=fields.day("tax_point_date") or fields.day("value_added_tax_point_date"),
        tax_point=_tax_point(fields),
        due_date=fields.day("due_date") or terms.day("due_date"),
        invoiced_object=_invoiced_object(fields),
        payment_terms=terms.text("description"),
        notes=_notes(fields),
        preceding=_preceding(fields),
        payee=read_party(payee) if (payee := fields.child("payee")) else None,
        tax_representative=read_party(agent) if (agent := fields.child("tax_representative")) else None,
        delivery=read_delivery(fields.child("delivery")),
        third_parties=_third_parties(fields),
        payment=_payment(fields),
        allowances=tuple(read_allowance(item) for item in fields.children("allowances")),
        charges=tuple(read_allowance(item) for item in fields.children("charges")),
        attachments=tuple(_attachment(item) for item in fields.children("attachments")),
    )
    says_more = profile is None and invoice.is_extended
    return replace(invoice, profile=Profile.EXTENDED_CTC_FR) if says_more else invoice


def _purchase_order(fields: Fields) -> str:
    return fields.text("purchase_order_reference") or fields.text("order_reference")


def _tax_point(fields: Fields) -> TaxPoint | None:
    code = fields.text("vat_point_code")
    if not code:
        return None
    try:
        return TaxPoint(code)
    except ValueError as error:
        raise fields.wrong("vat_point_code", "invoice, delivery or payment") from error


def _invoiced_object(fields: Fields) -> Identifier | None:
    value = fields.text("invoice_object_identifier")
    return Identifier(value, fields.text("invoice_object_identifier_scheme")) if value else None


def _notes(fields: Fields) -> tuple[Note, ...]:
    notes = [Note(item.text("text"), item.text("subject_code")) for item in fields.children("notes")]
    single = fields.text("invoice_note")
    if single and all(note.text != single for note in notes):
        notes.append(Note(single))
    return tuple(notes)


def _preceding(fields: Fields) -> tuple[PrecedingInvoice, ...]:
    found = [read_preceding(item) for item in fields.children("preceding_invoices")]
    single = fields.text("preceding_invoice_reference")
    if single and all(before.number != single for before in found):
        found.append(PrecedingInvoice(single))
    return tuple(found)


def _third_parties(fields: Fields) -> tuple[ThirdParty, ...]:
    roles = {name: role for role, name in names.ROLES.items()}
    found = []
    for item in fields.children("third_parties"):
        role = roles.get(item.required_text("role"))
        if role is None:
            raise item.wrong("role", ", ".join(roles))
        found.append(ThirdParty(role, read_party(item.required_child("party"))))
    return tuple(found)


def _payment(fields: Fields) -> PaymentInstructions | None:
    item = fields.child("payment_instructions")
    if item is None:
        return None
    others = tuple(Account(**other.texts(names.ACCOUNT)) for other in item.children("other_accounts"))
    return PaymentInstructions(**item.texts(names.PAYMENT), other_accounts=others)


def _attachment(item: Fields) -> Attachment:
    content = None
    if item.has("content"):
        try:
            content = base64.b64decode(item.text("content"), validate=True)
        except (binascii.Error, ValueError) as error:
            raise item.wrong("content", "base64") from error
    return Attachment(**item.texts(names.ATTACHMENT), content=content)


def _totals(fields: Fields) -> Totals:
    totals = fields.required_child("document_totals")
    return Totals(
        **{attribute: totals.number(key) for attribute, key in names.TOTALS_REQUIRED.items()},
        **{attribute: totals.number(key, ZERO) for attribute, key in names.TOTALS_OPTIONAL.items()},
        vat_in_accounting_currency=totals.optional_number(names.VAT_IN_ACCOUNTING_CURRENCY),
        breakdown=tuple(_breakdown(item) for item in fields.children("vat_breakdowns", is_required=True)),
    )


def _breakdown(item: Fields) -> VatBreakdown:
    return VatBreakdown(
        category=item.required_text("category_code"),
        rate=item.optional_number("rate"),
        taxable_amount=item.number("taxable_amount"),
        tax_amount=item.number("tax_amount"),
        exemption_reason=item.text("exemption_reason") or None,
        exemption_code=item.text("exemption_reason_code") or None,
    )
