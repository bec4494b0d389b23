"""Writing the JSON form: amounts as text, keys in a fixed order, nothing for what is empty."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from einvoice_desktop.documents.en16931.values import amount_text, clean_text
from einvoice_desktop.documents.json_form import names
from einvoice_desktop.domain.invoice import Attachment, Invoice, PaymentInstructions
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import plain
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment

Json = dict[str, Any]


def write_invoice(invoice: Invoice) -> bytes:
    """The document as JSON, UTF-8, indented; the same invoice always gives the same bytes."""
    currency = invoice.currency
    form = {
        "specification_identifier": str(invoice.profile),
        "invoice_number": invoice.number,
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        "type_code": str(invoice.type_code),
        "currency_code": currency,
        "tax_point_date": invoice.tax_point_date.isoformat() if invoice.tax_point_date else None,
        "vat_point_code": str(invoice.tax_point) if invoice.tax_point else None,
        **_texts(invoice, names.DOCUMENT),
        "invoice_object_identifier": invoice.invoiced_object.value if invoice.invoiced_object else None,
        "invoice_object_identifier_scheme": invoice.invoiced_object.scheme if invoice.invoiced_object else None,
        "seller": _party(invoice.seller, "seller_"),
        "buyer": _party(invoice.buyer, "buyer_"),
        "payee": _party(invoice.payee) if invoice.payee else None,
        "tax_representative": _party(invoice.tax_representative) if invoice.tax_representative else None,
        "third_parties": [
            {"role": names.ROLES[third.role], "party": _party(third.party)} for third in invoice.third_parties
        ],
        "delivery": _delivery(invoice.delivery),
        "invoice_lines": [_line(line, currency) for line in invoice.lines],
        "allowances": [_allowance(item, currency) for item in invoice.allowances],
        "charges": [_allowance(item, currency) for item in invoice.charges],
        **_totals(invoice),
        "payment_terms": {
            "description": invoice.payment_terms,
            "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        },
        "payment_instructions": _payment(invoice.payment),
        "invoice_note": next((note.text for note in invoice.notes if not note.subject), None),
        "notes": [{"subject_code": note.subject, "text": note.text} for note in invoice.notes],
        "preceding_invoice_reference": invoice.preceding[0].number if invoice.preceding else None,
        "preceding_invoices": [_preceding(before) for before in invoice.preceding],
        "attachments": [_attachment(attachment) for attachment in invoice.attachments],
    }
    # A draft without lines or VAT is still a draft: the two mandatory arrays are always there.
    kept = {"invoice_lines": [], "vat_breakdowns": []} | _without_blanks(form)
    ordered = {key: kept[key] for key in form if key in kept}
    return json.dumps(ordered, ensure_ascii=False, indent=2).encode()


def _totals(invoice: Invoice) -> Json:
    totals, currency = invoice.totals, invoice.currency
    stated = names.TOTALS_REQUIRED | {
        attribute: key for attribute, key in names.TOTALS_OPTIONAL.items() if getattr(totals, attribute)
    }
    accounting = totals.vat_in_accounting_currency
    return {
        "vat_breakdowns": [
            {
                "category_code": str(group.category),
                "rate": _number(group.rate),
                "taxable_amount": amount_text(group.taxable_amount, currency),
                "tax_amount": amount_text(group.tax_amount, currency),
                "exemption_reason": group.exemption_reason,
                "exemption_reason_code": group.exemption_code,
            }
            for group in totals.breakdown
        ],
        "document_totals": {
            **{key: amount_text(getattr(totals, attribute), currency) for attribute, key in stated.items()},
            names.VAT_IN_ACCOUNTING_CURRENCY: (
                None if accounting is None else amount_text(accounting, invoice.accounting_currency)
            ),
        },
    }


def _party(party: Party, prefix: str = "") -> Json:
    first = next((identifier for identifier in party.identifiers if identifier.scheme), None)
    legal = party.legal_id
    return {
        "name": party.name,
        "legal_registration_name": party.name,
        "trading_name": party.trading_name,
        "postal_address": _address(party.address),
        "electronic_address": _identifier(party.electronic_address),
        "tax_registrations": [{"scheme_id": "VAT", "value": party.vat_number}] if party.vat_number else [],
        f"{prefix}identifier" if prefix else "party_identifier": first.value if first else None,
        f"{prefix}identifier_scheme" if prefix else "party_identifier_scheme": first.scheme if first else None,
        "identifiers": [_identifier(identifier) for identifier in party.identifiers],
        f"{prefix}legal_registration_identifier": legal.value if legal else None,
        # An empty scheme is written: without one a SIREN would be guessed.
        "legal_registration_identifier_scheme": legal.scheme or _STATED_EMPTY if legal else None,
        f"{prefix}vat_identifier": party.vat_number,
        f"{prefix}tax_registration_identifier": party.tax_registration,
        f"{prefix}additional_legal_information": party.legal_information,
        "contact": _texts(party.contact, names.CONTACT) if party.contact else None,
    }


def _address(address: Address | None) -> Json | None:
    if address is None:
        return None
    required = {"city_name": address.city or _STATED_EMPTY, "country_code": address.country or _STATED_EMPTY}
    return _texts(address, names.ADDRESS) | required


def _identifier(identifier: Identifier | None) -> Json | None:
    if identifier is None:
        return None
    return {"scheme_id": identifier.scheme or _STATED_EMPTY, "value": identifier.value}


def _line(line: Line, currency: str) -> Json:
    return {
        "line_id": line.id,
        "item_name": line.name,
        "invoiced_quantity": _number(line.quantity),
        "unit_of_measure": line.unit,
        "item_price": _number(line.net_price),
        "line_net_amount": amount_text(line.net_amount, currency),
        **_treatment(line.vat),
        **_texts(line, names.LINE),
        "price_base_quantity": _number(line.base_quantity),
        "item_gross_price": _number(line.gross_price),
        "item_price_discount": _number(line.price_discount),
        "allowances": [_allowance(item, currency) for item in line.allowances],
        "charges": [_allowance(item, currency) for item in line.charges],
        "period": _period(line.period),
        "delivery": _delivery(line.delivery),
        "preceding_invoice": _preceding(line.preceding) if line.preceding else None,
        "object_identifier": _identifier(line.object_id),
        "standard_item_identifier": _identifier(line.standard_item_id),
        "classifications": [
            {"code": code.code, "list_id": code.list_id, "list_version": code.list_version}
            for code in line.classifications
        ],
        "attributes": [{"name": name, "value": value} for name, value in line.attributes],
    }


def _preceding(before: PrecedingInvoice) -> Json:
    issue_date = before.issue_date.isoformat() if before.issue_date else None
    return {"number": before.number, "issue_date": issue_date, "type_code": before.type_code}


def _allowance(allowance: Allowance, currency: str) -> Json:
    base = allowance.base_amount
    return {
        "amount": amount_text(allowance.amount, currency),
        "base_amount": None if base is None else amount_text(base, currency),
        "percentage": _number(allowance.percentage),
        "reason": allowance.reason,
        "reason_code": allowance.reason_code,
        **(_treatment(allowance.vat) if allowance.vat else {}),
    }


def _treatment(vat: VatTreatment) -> Json:
    return {
        "vat_category_code": str(vat.category),
        "vat_rate": _number(vat.rate),
        "exemption_reason": vat.exemption_reason,
        "exemption_reason_code": vat.exemption_code,
    }


def _period(period: Period | None) -> Json | None:
    if period is None:
        return None
    return {
        "start_date": period.start.isoformat() if period.start else None,
        "end_date": period.end.isoformat() if period.end else None,
    }


def _delivery(delivery: Delivery | None) -> Json | None:
    if delivery is None:
        return None
    return {
        "name": delivery.name,
        "location_identifier": _identifier(delivery.location_id),
        "date": delivery.date.isoformat() if delivery.date else None,
        "period": _period(delivery.period),
        "address": _address(delivery.address),
    }


def _payment(payment: PaymentInstructions | None) -> Json | None:
    if payment is None:
        return None
    others = [_texts(other, names.ACCOUNT) for other in payment.other_accounts]
    return _texts(payment, names.PAYMENT) | {"other_accounts": others}


def _attachment(attachment: Attachment) -> Json:
    content = None if attachment.content is None else base64.b64encode(attachment.content).decode("ascii")
    return _texts(attachment, names.ATTACHMENT) | {"content": content}


def _texts(source: object, mapping: Mapping[str, str]) -> Json:
    return {key: getattr(source, attribute) for attribute, key in mapping.items()}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


_STATED_EMPTY = "\x00"
"""Stands for an empty text that must be written all the same (schema, or a guess to forestall)."""


def _without_blanks(value: Any) -> Any:
    if isinstance(value, str):
        return value if value == _STATED_EMPTY else clean_text(value)
    if isinstance(value, dict):
        cleaned = {key: _without_blanks(item) for key, item in value.items()}
        return {k: "" if v == _STATED_EMPTY else v for k, v in cleaned.items() if v not in ("", None, {}, [])}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return value
