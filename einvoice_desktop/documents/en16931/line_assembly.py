"""Reading one line of a document (BG-25 to BG-32)."""

from __future__ import annotations

from einvoice_desktop.documents.en16931.extension_assembly import read_line_extension
from einvoice_desktop.documents.en16931.group_assembly import GroupReader
from einvoice_desktop.documents.en16931.party_assembly import read_identifier
from einvoice_desktop.documents.nodes import Node
from einvoice_desktop.domain.lines import Classification, Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.references import Period
from einvoice_desktop.domain.vat import VatTreatment


def read_line(node: Node, reader: GroupReader, index: int) -> Line:
    """The line below ``node``; its place in findings is ``lines.<index>``."""
    place = f"lines.{index}"
    gross, discount = reader.optional(node, "BT-148", place), reader.optional(node, "BT-147", place)
    start, end = reader.date(node, "BT-134", place), reader.date(node, "BT-135", place)
    base_quantity = reader.optional(node, "BT-149", place)
    tax = node.first("BG-30")
    return Line(
        id=node.token("BT-126") or str(index + 1),
        name=node.text("BT-153"),
        quantity=reader.required(node, "BT-129", place),
        unit=node.token("BT-130"),
        net_price=reader.required(node, "BT-146", place),
        vat=reader.treatment(tax) if tax else reader.missed("BT-151", VatTreatment(""), place),
        net_amount=reader.required(node, "BT-131", place),
        description=node.text("BT-154"),
        note="\n".join(node.texts("BT-127")),
        base_quantity=base_quantity,
        base_quantity_unit=node.token("BT-150") or (node.token("BT-130") if base_quantity is not None else ""),
        gross_price=gross,
        price_discount=discount if discount != ZERO else None,
        allowances=tuple(reader.allowance(child) for child in node.all("BG-27")),
        charges=tuple(reader.allowance(child) for child in node.all("BG-28")),
        period=Period(start, end) if start or end else None,
        object_id=_object(node),
        order_line_reference=node.text("BT-132"),
        accounting_reference=node.text("BT-133"),
        seller_item_id=node.text("BT-155"),
        buyer_item_id=node.text("BT-156"),
        standard_item_id=_standard_item(node),
        classifications=tuple(
            Classification(child.own_text, child.attribute("listID"), child.attribute("listVersionID"))
            for child in node.all("BT-158")
            if child.own_text
        ),
        origin_country=node.token("BT-159"),
        **read_line_extension(node, reader, place),
        attributes=tuple((child.text("BT-160"), child.text("BT-161")) for child in node.all("BG-32")),
    )


def _standard_item(node: Node) -> Identifier | None:
    found = node.first("BT-157")
    return read_identifier(found) if found else None


def _object(node: Node) -> Identifier | None:
    found = node.first("BT-128")
    value = found.text("object_id") if found else ""
    return Identifier(value, found.token("object_id_scheme")) if found and value else None
