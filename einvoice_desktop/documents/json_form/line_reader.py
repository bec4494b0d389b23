"""Reading the lines of the JSON form."""

from __future__ import annotations

from einvoice_desktop.documents.json_form import names
from einvoice_desktop.documents.json_form.fields import Fields
from einvoice_desktop.documents.json_form.party_reader import read_address, read_identifier
from einvoice_desktop.domain.lines import Allowance, Classification, Line
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment

_UNITS = {"PCE": "H87"}
"""Units of the samples that UN/ECE Rec 20 does not know, with the one it does."""


def read_line(fields: Fields) -> Line:
    """A line (BG-25)."""
    return Line(
        id=fields.required_text("line_id"),
        name=fields.required_text("item_name"),
        quantity=fields.number("invoiced_quantity"),
        unit=read_unit(fields.required_text("unit_of_measure")),
        net_price=fields.number("item_price"),
        vat=_treatment(fields),
        net_amount=fields.number("line_net_amount"),
        **fields.texts(names.LINE),
        base_quantity=fields.optional_number("price_base_quantity"),
        gross_price=fields.optional_number("item_gross_price"),
        price_discount=fields.optional_number("item_price_discount"),
        allowances=tuple(read_allowance(item) for item in fields.children("allowances")),
        charges=tuple(read_allowance(item) for item in fields.children("charges")),
        period=read_period(fields.child("period")),
        object_id=read_identifier(fields.child("object_identifier")),
        standard_item_id=read_identifier(fields.child("standard_item_identifier")),
        classifications=tuple(
            Classification(item.required_text("code"), item.text("list_id"), item.text("list_version"))
            for item in fields.children("classifications")
        ),
        delivery=read_delivery(fields.child("delivery")),
        preceding=read_preceding(before) if (before := fields.child("preceding_invoice")) else None,
        attributes=tuple((item.text("name"), item.text("value")) for item in fields.children("attributes")),
    )


def read_unit(code: str) -> str:
    """A unit code; ``PCE``, which every rule file refuses, is read as ``H87`` (piece)."""
    return _UNITS.get(code.upper(), code)


def read_allowance(fields: Fields) -> Allowance:
    """An allowance or a charge, with its VAT at document level."""
    return Allowance(
        amount=fields.number("amount"),
        base_amount=fields.optional_number("base_amount"),
        percentage=fields.optional_number("percentage"),
        reason=fields.text("reason"),
        reason_code=fields.text("reason_code"),
        vat=_treatment(fields) if fields.has("vat_category_code") else None,
    )


def read_period(fields: Fields | None) -> Period | None:
    """A period, either end open."""
    return Period(fields.day("start_date"), fields.day("end_date")) if fields else None


def read_preceding(fields: Fields) -> PrecedingInvoice:
    """An earlier document, of the whole document or of a line."""
    return PrecedingInvoice(fields.required_text("number"), fields.day("issue_date"), fields.text("type_code"))


def read_delivery(fields: Fields | None) -> Delivery | None:
    """A place and time of delivery, of the whole document or of a line."""
    if fields is None:
        return None
    address = fields.child("address")
    return Delivery(
        name=fields.text("name"),
        location_id=read_identifier(fields.child("location_identifier")),
        date=fields.day("date"),
        period=read_period(fields.child("period")),
        address=read_address(address) if address else None,
    )


def _treatment(fields: Fields) -> VatTreatment:
    return VatTreatment(
        category=fields.required_text("vat_category_code"),
        rate=fields.optional_number("vat_rate"),
        exemption_reason=fields.text("exemption_reason") or None,
        exemption_code=fields.text("exemption_reason_code") or None,
    )
