"""Reading what EXTENDED and EXTENDED-CTC-FR say beyond EN 16931 (EXT-FR-FE-…), whatever profile the sender claims."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from einvoice_desktop.documents.en16931.group_assembly import GroupReader
from einvoice_desktop.documents.en16931.party_assembly import read_address, read_identifier, read_party
from einvoice_desktop.documents.nodes import Node
from einvoice_desktop.domain.invoice import PartyRole, ThirdParty
from einvoice_desktop.domain.parties import Party
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice


class LineExtension(TypedDict):
    """The fields of :class:`~einvoice_desktop.domain.lines.Line` that only extended profiles fill."""

    order_reference: str
    despatch_advice_reference: str
    delivery: Delivery | None
    preceding: PrecedingInvoice | None
    parent_id: str
    status: str


def read_third_parties(root: Node) -> tuple[ThirdParty, ...]:
    """Parties beside seller and buyer, in the order of the roles."""
    found = ((role, root.first(role)) for role in PartyRole)
    parties = ((role, read_party(node)) for role, node in found if node is not None)
    return tuple(ThirdParty(role, party) for role, party in parties if party != Party(name=""))


def read_line_extension(node: Node, reader: GroupReader, place: str) -> LineExtension:
    """What a line says beyond EN 16931."""
    preceding = node.first("line_preceding")
    return LineExtension(
        order_reference=node.text("EXT-FR-FE-135"),
        despatch_advice_reference=node.text("EXT-FR-FE-140"),
        delivery=read_delivery(node.first("EXT-FR-FE-BG-10"), reader.date(node, "EXT-FR-FE-158", place)),
        preceding=reader.preceding_invoice(preceding, place) if preceding else None,
        parent_id=node.token("EXT-FR-FE-162"),
        status=node.token("EXT-FR-FE-163"),
    )


def read_delivery(node: Node | None, day: date | None, period: Period | None = None) -> Delivery | None:
    """A place and time of delivery, of the document (BG-13) or of a line; ``None`` when nothing is said."""
    place = node.first("delivery_id") if node else None
    address = node.first("delivery_address") if node else None
    delivery = Delivery(
        name=node.text("delivery_name") if node else "",
        location_id=read_identifier(place) if place else None,
        date=day,
        period=period,
        address=read_address(address) if address else None,
    )
    return delivery if delivery != Delivery() else None
