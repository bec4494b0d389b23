"""Checks of the identifiers a French invoice carries, offline.

No Schematron checks these keys (SIREN with a wrong Luhn key, « DE37 » as a VAT number…), so the program does.
A wrong SIREN or SIRET key is only ever a warning: the sandboxes of platforms use such numbers.
"""

from __future__ import annotations

import re

from stdnum import ean as _ean
from stdnum import iban as _iban
from stdnum.eu import vat as _eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siren as _siren
from stdnum.fr import siret as _siret

SCHEME_SIREN = "0002"
SCHEME_SIRET = "0009"
SCHEME_GLN = "0088"
SCHEME_ROUTING_CODE = "0224"
SCHEME_FR_ADDRESS = "0225"
SCHEME_VAT_GROUP = "0231"


def compact(text: str) -> str:
    """``text`` without the spaces, dots and dashes people type inside identifiers."""
    return re.sub(r"[\s.\-\u00a0\u202f]", "", text)


def is_siren_shaped(text: str) -> bool:
    """Nine ASCII digits (BR-FR-10, BR-FR-32)."""
    return re.fullmatch(r"[0-9]{9}", text) is not None


def is_siret_shaped(text: str) -> bool:
    """Fourteen ASCII digits (BR-FR-09)."""
    return re.fullmatch(r"[0-9]{14}", text) is not None


def has_siren_key(siren: str) -> bool:
    """Whether the Luhn key of a SIREN is right."""
    return bool(_siren.is_valid(siren))


def has_siret_key(siret: str) -> bool:
    """Whether the Luhn key of a SIRET is right (La Poste's establishments have their own)."""
    return bool(_siret.is_valid(siret))


def french_vat_number(siren: str) -> str:
    """The VAT number of a French SIREN: ``FR`` + key + SIREN, key = (12 + 3 × (SIREN mod 97)) mod 97."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def is_vat_number(text: str) -> bool:
    """Whether ``text`` is a well-formed VAT number of a member state of the EU, key included."""
    try:
        _eu_vat.validate(text)
    except ValidationError:
        return False
    return True


def has_gln_key(text: str) -> bool:
    """Whether ``text`` is a GLN (scheme 0088): thirteen digits, the last one their key (GS1)."""
    return re.fullmatch(r"[0-9]{13}", text) is not None and bool(_ean.is_valid(text))


def is_iban(text: str) -> bool:
    """Whether ``text`` (spaces allowed) is an IBAN whose key (mod 97) is right (BT-84)."""
    try:
        _iban.validate(text)
    except ValidationError:
        return False
    return True


def grouped_iban(text: str) -> str:
    """An IBAN in groups of four, as it is printed."""
    value = compact(text).upper()
    return " ".join(value[i : i + 4] for i in range(0, len(value), 4))


def is_french_address(text: str) -> bool:
    """Characters an electronic address of scheme 0225 may hold (BR-FR-23), at most 125 (BR-FR-25)."""
    return re.fullmatch(r"[A-Za-z0-9+\-_.]{1,125}", text) is not None
