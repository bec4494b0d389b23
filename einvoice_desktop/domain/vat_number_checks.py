"""VAT numbers (BT-31, BT-48, BT-63): BR-CO-09 reads their first two letters only, and in UBL not even those."""

from __future__ import annotations

import re
from collections.abc import Iterator

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.identifiers import compact, french_vat_number, is_vat_number
from einvoice_desktop.domain.parties import Party

EU_PREFIXES = frozenset("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split())
"""Prefixes of the numbers of the member states, Greece as ``EL``, Northern Ireland as ``XI``."""

_PREFIX_OF = {"GR": "EL", "MC": "FR"}
"""Countries whose numbers bear another prefix: Greece, and Monaco, which is of the French VAT territory."""


def check_vat_number(party: Party, place: str) -> Iterator[Finding]:
    """Prefix (error), key, country and SIREN (warnings) of the VAT number of ``party``."""
    number = compact(party.vat_number).upper()
    if not number:
        return
    at, params = f"{place}.vat_number", {"typed": party.vat_number[:40]}
    prefix = number[:2]
    if not re.fullmatch("[A-Z]{2}", prefix):
        yield Finding("ED-VAT-NUMBER-PREFIX", at, params=params)
        return
    if _is_wrong(number):
        yield Finding("ED-VAT-NUMBER-KEY", at, Severity.WARNING, params=params)
    elif prefix == "FR" and party.siren and number[-9:] != party.siren:
        yield Finding("ED-VAT-NUMBER-SIREN", at, Severity.WARNING, params=params)
    country = party.address.country if party.address is not None else ""
    expected = _PREFIX_OF.get(country, country)
    if expected in EU_PREFIXES and prefix in EU_PREFIXES and prefix != expected:
        yield Finding("ED-VAT-NUMBER-COUNTRY", at, Severity.WARNING, params=params | {"country": country})


def _is_wrong(number: str) -> bool:
    """Whether a number of a member state has no such form or key; of those of other countries, too short ones only.

    The SIREN inside a French number is looked at by itself: here only the two digits before it are.
    """
    if re.fullmatch("FR[0-9]{11}", number):
        return number != french_vat_number(number[-9:])
    prefix = "EL" if number.startswith("GR") else number[:2]
    if prefix in EU_PREFIXES - {"XI"}:
        return not is_vat_number(prefix + number[2:])
    return re.search("[0-9]{3}", number) is None
