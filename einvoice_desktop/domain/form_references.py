"""Reading what a form refers to: earlier documents, notes, the place and time of delivery (BG-1, BG-3, BG-13 to BG-15)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.form_fields import clean, read_country, read_date, read_period
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES, DEPOSIT_TYPES, Note, TypeCode
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.parties import Address, Buyer, Identifier
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice

TREATMENTS = frozenset({"B2B", "B2BINT", "B2C", "B2CINT", "OUTOFSCOPE", "ARCHIVEONLY"})
"""Values of the BAR note (BR-FR-20)."""

_ONCE = frozenset({"PMT", "PMD", "AAB", "TXD", "BAR"})
"""Subjects a document bears once at most (BR-FR-06, BR-FR-31)."""


def read_preceding(form: DraftForm, lines: tuple[Line, ...], found: list[Finding]) -> tuple[PrecedingInvoice, ...]:
    """Earlier documents (BG-3): the main one, the further ones, and the deposits that lines deduct; each once."""
    listed = list(_main(form, found))
    for index, row in enumerate(form.references):
        at = f"references.{index}."
        day = read_date(at + "date", row.date, found)
        number = _number(at + "number", row.number, found)
        if number:
            listed.append(PrecedingInvoice(number, day, clean(row.type_code)))
        elif row.date.strip() or row.type_code.strip():
            found.append(Finding("ED-REQUIRED", at + "number"))
    listed += [line.preceding for line in lines if line.preceding is not None]
    unique: dict[str, PrecedingInvoice] = {}
    for before in listed:
        known = unique.setdefault(before.number, before)
        unique[before.number] = PrecedingInvoice(
            before.number, known.issue_date or before.issue_date, known.type_code or before.type_code
        )
    if form.type_code in CORRECTED_TYPES and len(unique) > 1:
        found.append(Finding("BR-FR-CO-04", "references.0.number" if form.references else "preceding_number"))
    return tuple(unique.values())


def share_references(form: DraftForm, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], str, str]:
    """``lines``, BT-13 and BT-16: an order or a delivery note that every line shares is the document's own.

    EN 16931 holds one of each; only several make the document an extended one, unless that was asked for.
    """
    order, advice = clean(form.purchase_order), clean(form.despatch_advice)
    if not any(line.order_reference or line.despatch_advice_reference for line in lines):
        return lines, order, advice
    orders = {order, *(line.order_reference for line in lines)} - {""}
    advices = {advice, *(line.despatch_advice_reference for line in lines)} - {""}
    if len(orders) > 1 or len(advices) > 1 or clean(form.profile):
        return lines, order, advice
    lines = tuple(replace(line, order_reference="", despatch_advice_reference="") for line in lines)
    return lines, "".join(orders), "".join(advices)


def _main(form: DraftForm, found: list[Finding]) -> tuple[PrecedingInvoice, ...]:
    number = _number("preceding_number", form.preceding_number, found)
    day = read_date("preceding_date", form.preceding_date, found)
    is_credit = form.type_code in CREDIT_NOTE_TYPES
    # A rebate over a period may credit no invoice in particular, but for BR-FR-CO-03.
    if not number:
        if (is_credit and form.type_code != TypeCode.REBATE_CREDIT_NOTE) or form.type_code in CORRECTED_TYPES:
            found.append(Finding("BR-FR-CO-05" if is_credit else "BR-FR-CO-04", "preceding_number"))
        return ()
    if not form.preceding_date.strip() and is_credit:
        found.append(Finding("BR-FR-CO-05", "preceding_date", params={"number": number}))
    return (PrecedingInvoice(number, day),)


def _number(place: str, text: str, found: list[Finding]) -> str:
    number = clean(text)
    if number and not re.fullmatch(r"[A-Za-z0-9+\-_/]+", number):
        found.append(Finding("BR-FR-02", place, params={"typed": number}))
    return number


def read_notes(form: DraftForm, found: list[Finding]) -> tuple[Note, ...]:
    """The free note and the notes with a subject; mandatory ones left out are added later."""
    told: list[Note] = []
    if clean(form.note):
        told.append(Note(_unmarked(clean(form.note))))
    seen: set[str] = set()
    for index, row in enumerate(form.notes):
        at = f"notes.{index}."
        subject, text = clean(row.subject).upper(), clean(row.text)
        if not text:
            if subject:
                found.append(Finding("ED-REQUIRED", at + "text"))
            continue
        if subject and not re.fullmatch("[A-Z]{3}", subject):
            found.append(Finding("ED-NOTE-SUBJECT", at + "subject", params={"typed": row.subject}))
            subject = ""
        if subject in seen & _ONCE:
            found.append(Finding("BR-FR-31" if subject == "BAR" else "BR-FR-06", at + "subject"))
            continue
        if subject == "BAR" and text not in TREATMENTS:
            found.append(Finding("BR-FR-20", at + "text", params={"typed": text}))
            continue
        seen.add(subject)
        told.append(Note(text if subject else _unmarked(text), subject))
    return tuple(told)


def _unmarked(text: str) -> str:
    """UBL writes a subject as ``#REG#`` before the text: a free note that begins so would be misread."""
    return f"\u00a0{text}" if text.startswith("#") else text


def read_object(form: DraftForm, found: list[Finding]) -> Identifier | None:
    """BT-18 and the scheme that says what it identifies."""
    value, scheme = clean(form.object_id), clean(form.object_scheme)
    if scheme and not value:
        found.append(Finding("ED-REQUIRED", "object_id"))
    return Identifier(value, scheme) if value else None


def read_delivery(form: DraftForm, buyer: Buyer | None, issue: date | None, found: list[Finding]) -> Delivery | None:
    """Where and when: the place typed, else that of the registry; the day typed, else that of the document.

    A deposit delivers nothing yet; what is supplied over a period is done at its end (242 nonies A, I-10°).
    """
    period = read_period("", form.period_start, form.period_end, "BR-29", found)
    day = issue if form.type_code not in DEPOSIT_TYPES else None
    if period is not None:
        day = period.end
    if form.delivery_date.strip():
        day = read_date("delivery_date", form.delivery_date, found)
    place = _place(form, buyer, found)
    if place is None and buyer is not None:
        place = buyer.shipping_address
        if place is None and _is_to_the_union(form):
            place = buyer.address
    if day is None and place is None and period is None:
        return None
    return Delivery(name=place.name if place else "", date=day, period=period, address=place)


def _is_to_the_union(form: DraftForm) -> bool:
    """Whether something is delivered to another member state: its country must be said (BR-IC-12)."""
    keys = [row.vat for row in form.lines] + [row.vat for row in form.changes]
    return any(key.startswith("K") for key in keys)


def _place(form: DraftForm, buyer: Buyer | None, found: list[Finding]) -> Address | None:
    country = read_country("delivery_country", form.delivery_country, found)
    place = Address(
        line1=clean(form.delivery_line1),
        line2=clean(form.delivery_line2),
        postal_code=clean(form.delivery_postal_code),
        city=clean(form.delivery_city),
        country=country or (buyer.address.country if buyer is not None else "FR"),
        name=clean(form.delivery_name),
    )
    is_typed = any((place.name, place.line1, place.line2, place.postal_code, place.city, country))
    return place if is_typed else None
