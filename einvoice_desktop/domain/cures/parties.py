"""Identifiers and addresses that follow from others (BR-FR-09 to BR-FR-23, BR-FR-32, BR-S-02, BR-CO-09, BR-CO-26)."""

from __future__ import annotations

import re

from einvoice_desktop.domain.cures.fault import Fault
from einvoice_desktop.domain.identifiers import (
    SCHEME_FR_ADDRESS,
    compact,
    french_vat_number,
    has_siren_key,
    has_siret_key,
    is_siren_shaped,
    is_siret_shaped,
    is_vat_number,
)
from einvoice_desktop.domain.nearest import near_country
from einvoice_desktop.domain.parties import Party

_NIC = slice(9, None)
_FORBIDDEN_IN_ADDRESS = re.compile(r"[^A-Za-z0-9+\-_.]")
_LONGEST_ADDRESS = 125


def known_siren(party: Party) -> str:
    """The SIREN a French party's other identifiers give: its SIREN typed with spaces, SIRET, VAT number, address.

    Only one whose key is right; empty when there is none, or when they tell of different companies.
    """
    address = party.electronic_address
    texts = [
        party.legal_id.value if party.legal_id else "",
        party.siret[:9],
        party.vat_number[4:] if party.vat_number.upper().startswith("FR") else "",
        party.tax_registration,
        address.value[:9] if address is not None and address.scheme == SCHEME_FR_ADDRESS else "",
    ]
    found = {siren for text in texts if is_siren_shaped(siren := compact(text)) and has_siren_key(siren)}
    return found.pop() if len(found) == 1 else ""


def siren(fault: Fault) -> str | None:
    """The SIREN (BT-30, BT-47, BR-FR-10, BR-FR-11, BR-FR-32, BR-CO-26)."""
    return (known_siren(fault.party) or None) if fault.party else None


def siret(fault: Fault) -> str | None:
    """The establishment's number after the SIREN, when the whole has the right key (BR-FR-09)."""
    party = fault.party
    if party is None:
        return None
    digits = compact(party.siret)
    wanted = compact(party.siren)
    candidate = wanted + digits[_NIC]
    is_sure = is_siret_shaped(candidate) and has_siren_key(wanted) and has_siret_key(candidate)
    return candidate if is_sure and candidate != party.siret else None


def vat_number(fault: Fault) -> str | None:
    """The number with the letters of its country (BR-CO-09), else that of the SIREN of a French party."""
    party = fault.party
    if party is None:
        return None
    country = party.address.country if party.address else ""
    typed = compact(party.vat_number).upper()
    for candidate in (typed, f"{country}{typed}"):
        if typed and candidate != party.vat_number and is_vat_number(candidate):
            return candidate
    return _of_siren(party)


def seller_vat_number(fault: Fault) -> str | None:
    """The VAT number that follows from the seller's SIREN (BR-S-02, BR-Z-02, BR-E-02, BR-G-02).

    A firm in franchise may have none: it is proposed to be checked, never written by itself.
    """
    return _of_siren(fault.invoice.seller)


def _of_siren(party: Party) -> str | None:
    if party.address is not None and party.address.country != "FR":
        return None
    number = known_siren(party)
    return french_vat_number(number) if number else None


def electronic_address(fault: Fault) -> str | None:
    """The address without what it may not hold (BR-FR-23), else the SIREN (BR-FR-12, 13, 21, 22)."""
    party = fault.party
    if party is None:
        return None
    number = known_siren(party)
    address = party.electronic_address
    if address is not None and number and address.value.startswith(number):
        kept = _FORBIDDEN_IN_ADDRESS.sub("", address.value)[:_LONGEST_ADDRESS]
        return kept if kept != address.value else None
    return number or None


def address_scheme(fault: Fault) -> str | None:
    """EAS code: an e-mail, or a French address (BR-62, BR-63, BR-CL-25)."""
    party = fault.party
    if party is None or party.electronic_address is None:
        return None
    value = party.electronic_address.value
    if "@" in value:
        return "EM"
    return SCHEME_FR_ADDRESS if is_siren_shaped(value[:9]) else None


def country(fault: Fault) -> str | None:
    """The country of a party that has a SIREN (BR-09, BR-11), or the code behind a name (BR-CL-14)."""
    if fault.place == "delivery_country":
        return delivery_country(fault)
    party = fault.party
    if party is None:
        return None
    typed = party.address.country if party.address else ""
    return near_country(typed) or ("FR" if known_siren(party) and typed != "FR" else None)


def origin_country(fault: Fault) -> str | None:
    """The code behind the name of the country an item comes from (BR-CL-15)."""
    return near_country(fault.line.origin_country) if fault.line else None


def delivery_country(fault: Fault) -> str | None:
    """The code behind a name, else the country of the customer (BR-57, BR-IC-12)."""
    delivery, buyer = fault.invoice.delivery, fault.invoice.buyer
    typed = delivery.address.country if delivery is not None and delivery.address is not None else ""
    return near_country(typed) or (buyer.address.country if buyer.address is not None and not typed else "") or None
