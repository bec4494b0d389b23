"""Reading parties, addresses and identifiers (BG-4 to BG-15)."""

from __future__ import annotations

from einvoice_desktop.documents.nodes import Node
from einvoice_desktop.domain.parties import Address, Contact, Identifier, Party


def read_identifier(node: Node) -> Identifier | None:
    """The identifier an element holds, with its ``schemeID``; ``None`` when it is blank."""
    value = node.own_text
    return Identifier(value, node.attribute("schemeID")) if value else None


def read_address(node: Node) -> Address:
    """A postal address; the country is empty where none is given."""
    return Address(
        line1=node.text("line1"),
        line2=node.text("line2"),
        line3=node.text("line3"),
        postal_code=node.text("postal_code"),
        city=node.text("city"),
        region=node.text("region"),
        country=node.token("country"),
    )


def read_party(node: Node) -> Party:
    """A party as the document states it; a UBL party with only a trading name is known by it."""
    name, trading_name = node.text("name"), node.text("trading_name")
    if not name:
        name, trading_name = trading_name, ""
    address, contact = node.first("address"), node.first("contact")
    legal_id, electronic = node.first("legal_id"), node.first("electronic_address")
    return Party(
        name=name,
        address=read_address(address) if address else None,
        trading_name=trading_name,
        identifiers=tuple(found for child in node.all("identifiers") if (found := read_identifier(child))),
        legal_id=read_identifier(legal_id) if legal_id else None,
        vat_number=node.token("vat_number"),
        tax_registration=node.token("tax_registration"),
        legal_information=node.text("legal_information"),
        electronic_address=read_identifier(electronic) if electronic else None,
        contact=_contact(contact) if contact else None,
    )


def _contact(node: Node) -> Contact | None:
    # A CII may name a person and a desk; both are the contact point (BT-41, BT-56), which is one text.
    contact = Contact(name=", ".join(node.texts("contact_name")), phone=node.text("phone"), email=node.text("email"))
    return contact if contact != Contact() else None
