"""Parties, places and identifiers as factur-x party dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from einvoice_desktop.domain.identifiers import compact
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import Delivery


def identifier_terms(identifiers: Iterable[Identifier]) -> dict[str | None, str]:
    """Values by scheme; the first of each scheme, as the dictionary can hold no more (see :mod:`.completion`)."""
    terms: dict[str | None, str] = {}
    for identifier in identifiers:
        terms.setdefault(identifier.scheme or None, identifier.value)
    return terms


def party_terms(party: Party) -> dict[str, Any]:
    """A party (BG-4, BG-7, BG-10, BG-11)."""
    terms: dict[str, Any] = {
        "name": party.name,
        "biz_name": party.trading_name,
        "identifiers": identifier_terms(party.identifiers),
        "vat_identifier": compact(party.vat_number),
        "tax_identifier": party.tax_registration,
        "legal_info": party.legal_information,
    }
    if party.legal_id is not None:
        terms |= {
            "legal_identifier": party.legal_id.value,
            "legal_identifier_schemeid": party.legal_id.scheme,
        }
    if party.electronic_address is not None:
        terms |= {
            "einvoicing_addr": party.electronic_address.value,
            "einvoicing_addr_schemeid": party.electronic_address.scheme,
        }
    if party.contact is not None:
        contact = party.contact
        terms["contacts"] = [{"name": contact.name, "phone": contact.phone, "email": contact.email}]
    return terms | (address_terms(party.address) if party.address else {})


def address_terms(address: Address) -> dict[str, Any]:
    """A postal address; without a country the standard has none (BT-40, BT-55, BT-80 are mandatory)."""
    return {
        "addr_l1": address.line1,
        "addr_l2": address.line2,
        "addr_l3": address.line3,
        "postcode": address.postal_code,
        "city": address.city,
        "country_subdivision": address.region,
        "country_code": address.country,
    }


def place_terms(delivery: Delivery) -> dict[str, Any]:
    """Where goods were delivered (BG-13, BG-15)."""
    terms: dict[str, Any] = {
        "name": delivery.name or (delivery.address.name if delivery.address else ""),
        "identifiers": identifier_terms((delivery.location_id,) if delivery.location_id else ()),
    }
    return terms | (address_terms(delivery.address) if delivery.address else {})
