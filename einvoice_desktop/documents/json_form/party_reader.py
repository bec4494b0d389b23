"""Reading the parties of the JSON form."""

from __future__ import annotations

from einvoice_desktop.documents.json_form import names
from einvoice_desktop.documents.json_form.fields import Fields
from einvoice_desktop.domain.identifiers import SCHEME_SIREN, is_siren_shaped
from einvoice_desktop.domain.parties import Address, Contact, Identifier, Party

_SCHEME_NAMES = {"GLN": "0088", "SIREN": "0002", "SIRET": "0009", "DUNS": "0060", "EM": "EM"}


def read_scheme(text: str) -> str:
    """The four-character code of a scheme: the integer 88 and the name ``GLN`` both mean ``0088``."""
    if text.isascii() and text.isdigit():
        return text.zfill(4)
    return _SCHEME_NAMES.get(text.upper(), text)


def read_identifier(fields: Fields | None) -> Identifier | None:
    """``{scheme_id, value}``."""
    if fields is None:
        return None
    return Identifier(fields.required_text("value"), read_scheme(fields.text("scheme_id")))


def read_address(fields: Fields) -> Address:
    """A postal address; the country is empty where none is given."""
    return Address(**fields.texts(names.ADDRESS))


def read_party(fields: Fields) -> Party:
    """A party; the names Seqino gives a seller and a buyer differ by their first word only."""
    address, contact = fields.child("postal_address"), fields.child("contact")
    vat_number, tax_registration = _tax_registrations(fields)
    return Party(
        name=fields.text("name") or fields.required_text("legal_registration_name"),
        address=read_address(address) if address else None,
        trading_name=fields.text("trading_name"),
        identifiers=_identifiers(fields),
        legal_id=_legal_id(fields),
        vat_number=_either(fields, "vat_identifier") or vat_number,
        tax_registration=_either(fields, "tax_registration_identifier") or tax_registration,
        legal_information=_either(fields, "additional_legal_information"),
        electronic_address=read_identifier(fields.child("electronic_address")),
        contact=Contact(**contact.texts(names.CONTACT)) if contact else None,
    )


def _either(fields: Fields, name: str) -> str:
    return next((text for prefix in ("seller_", "buyer_", "") if (text := fields.text(prefix + name))), "")


def _tax_registrations(fields: Fields) -> tuple[str, str]:
    vat_number = tax_registration = ""
    for item in fields.children("tax_registrations"):
        if item.text("scheme_id").upper() in {"VAT", "VA"}:
            vat_number = item.required_text("value")
        else:
            tax_registration = item.required_text("value")
    return vat_number, tax_registration


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    found = [
        Identifier(item.required_text("value"), read_scheme(item.text("scheme_id")))
        for item in fields.children("identifiers")
    ]
    for name in ("seller_identifier", "buyer_identifier", "party_identifier"):
        value = fields.text(name)
        if value and all(value != identifier.value for identifier in found):
            found.append(Identifier(value, read_scheme(fields.text(f"{name}_scheme"))))
    return tuple(found)


def _legal_id(fields: Fields) -> Identifier | None:
    value = _either(fields, "legal_registration_identifier")
    if not value:
        return None
    scheme = read_scheme(_either(fields, "legal_registration_identifier_scheme"))
    has_scheme = fields.has("legal_registration_identifier_scheme")
    return Identifier(value, SCHEME_SIREN if is_siren_shaped(value) and not has_scheme else scheme)
