"""What our own checks say of a whole document before the official rules do: at its field, so that a person can mend it.

For documents that come whole from another program; a form is read by :mod:`einvoice_desktop.domain.compose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from einvoice_desktop.domain.amount_checks import check_amounts, check_lines
from einvoice_desktop.domain.blind_spots import ALREADY_PAID, find_doubts
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import (
    CORRECTED_TYPES,
    CREDIT_NOTE_TYPES,
    DEPOSIT_TYPES,
    Invoice,
    TypeCode,
)
from einvoice_desktop.domain.limits import NAME_LIMIT, TEXT_LIMITS, is_admitted_year
from einvoice_desktop.domain.parties import Party
from einvoice_desktop.domain.profiles import check_profile, is_full_invoice

_REFERENCES = {
    "purchase_order": "purchase_order_reference",
    "contract": "contract_reference",
    "buyer_reference": "buyer_reference",
    "project": "project_reference",
    "payment_terms": "payment_terms",
}


def check_document(invoice: Invoice) -> tuple[Finding, ...]:
    """What is wrong with a whole document, its own dates and amounts alone: no clock, no store, no totals.

    Safe on anything that could be read, whatever its size: what passes can be computed.
    """
    return (
        *_kind(invoice),
        *_dates(invoice),
        *_preceding(invoice),
        *_seller(invoice.seller),
        *_buyer(invoice),
        *_texts(invoice),
        *check_lines(invoice),
        *check_amounts(invoice),
        *find_doubts(invoice),
        *_profile(invoice),
    )


def _kind(invoice: Invoice) -> Iterator[Finding]:
    if invoice.type_code not in set(TypeCode):
        yield Finding("BR-FR-04", "type_code", params={"typed": invoice.type_code})
    if not re.fullmatch("[A-Z]{3}", invoice.currency):
        yield Finding("ED-CURRENCY", "currency", params={"typed": invoice.currency})
    elif invoice.currency != "EUR" and invoice.totals.vat_in_accounting_currency is None:
        place = "totals.vat_in_accounting_currency"
        yield Finding("BR-FR-CO-12", place, params={"currency": invoice.currency})


def _profile(invoice: Invoice) -> Iterator[Finding]:
    if not is_full_invoice(invoice.profile):
        yield Finding("ED-PROFILE-NOT-INVOICE", "profile", Severity.WARNING)
    yield from check_profile(invoice)


def _dates(invoice: Invoice) -> Iterator[Finding]:
    days = {
        "issue_date": invoice.issue_date,
        "due_date": invoice.due_date,
        "tax_point_date": invoice.tax_point_date,
        "delivery_date": invoice.delivery.date if invoice.delivery else None,
    }
    for place, day in days.items():
        if day is not None and not is_admitted_year(day):
            yield Finding("ED-DATE", place, params={"typed": day.isoformat()})
    due, issue = invoice.due_date, invoice.issue_date
    is_exempt = invoice.type_code in DEPOSIT_TYPES or invoice.business_process in ALREADY_PAID
    if due is not None and due < issue and not is_exempt:
        yield Finding("BR-FR-CO-07", "due_date", params={"due": due.isoformat(), "issue": issue.isoformat()})


def _preceding(invoice: Invoice) -> Iterator[Finding]:
    limit = TEXT_LIMITS["preceding_number"]
    if any(len(before.number) > limit for before in invoice.preceding):
        yield Finding("ED-TOO-LONG", "preceding_number", params={"limit": str(limit)})
    if invoice.type_code in CREDIT_NOTE_TYPES:
        if not invoice.preceding:
            yield Finding("BR-FR-CO-05", "preceding_number")
        elif all(before.issue_date is None for before in invoice.preceding):
            yield Finding("BR-FR-CO-05", "preceding_date", params={"number": invoice.preceding[0].number})
    elif invoice.type_code in CORRECTED_TYPES and len(invoice.preceding) != 1:
        yield Finding("BR-FR-CO-04", "preceding_number")


def _seller(seller: Party) -> Iterator[Finding]:
    if not seller.siren:
        yield Finding("BR-FR-10", "seller.siren")
    if seller.address is None:
        yield Finding("BR-08", "seller.address")


def _buyer(invoice: Invoice) -> Iterator[Finding]:
    buyer = invoice.buyer
    params = {"name": buyer.name}
    is_french = buyer.address is None or buyer.address.country == "FR"
    is_unknown = is_french and buyer.legal_id is None and not buyer.vat_number
    if buyer.address is None:
        yield Finding("BR-10", "buyer.address", params=params)
    has_address = buyer.electronic_address is not None
    if (invoice.treatment == "B2B" and not buyer.siren) or (is_unknown and not has_address):
        yield Finding("BR-FR-11", "buyer.siren", params=params)
    elif not has_address:
        yield Finding("BR-FR-12", "buyer.electronic_address", params=params)
    elif is_unknown:
        yield Finding("ED-BUYER-PERSON", "buyer.siren", Severity.WARNING, params=params)


def _texts(invoice: Invoice) -> Iterator[Finding]:
    for place, attribute in _REFERENCES.items():
        limit = TEXT_LIMITS[place]
        if len(getattr(invoice, attribute)) > limit:
            yield Finding("ED-TOO-LONG", place, params={"limit": str(limit)})
    for index, note in enumerate(invoice.notes):
        if len(note.text) > TEXT_LIMITS["note"]:
            yield Finding("ED-TOO-LONG", f"notes.{index}", params={"limit": str(TEXT_LIMITS["note"])})
    parties = {"seller": invoice.seller, "buyer": invoice.buyer}
    for place, party in parties.items():
        if len(party.name) > NAME_LIMIT:
            yield Finding("ED-TOO-LONG", f"{place}.name", params={"limit": str(NAME_LIMIT)})
