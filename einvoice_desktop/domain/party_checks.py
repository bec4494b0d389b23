"""What forbids or weakens an entry of the registry (R-008, R-009, R-046)."""

from __future__ import annotations

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.identifiers import has_siren_key, has_siret_key, is_siren_shaped, is_siret_shaped
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.domain.text_checks import check_record

_LIMITS = {
    "name": 255,
    "email": 255,
    "phone": 50,
    "vat_number": 20,
    "legal_id": 50,
    "legal_id_scheme": 10,
    "notes": 5000,
}


def check_buyer(buyer: Buyer) -> tuple[Finding, ...]:
    """What forbids or weakens a registry entry (R-008, R-009, R-046); places are field names of the form."""
    found: list[Finding] = []
    if not buyer.name.strip():
        found.append(Finding("ED-REQUIRED", "name"))
    for field, limit in _LIMITS.items():
        if len(getattr(buyer, field)) > limit:
            found.append(Finding("ED-TOO-LONG", field, params={"limit": str(limit)}))
    found.extend(
        Finding("ED-REQUIRED", f"address.{field}")
        for field in ("line1", "postal_code", "city", "country")
        if not getattr(buyer.address, field).strip()
    )
    found += check_record(buyer)
    if not buyer.is_individual:
        found += _check_business(buyer)
    return tuple(found)


def _check_business(buyer: Buyer) -> list[Finding]:
    found: list[Finding] = []
    is_french = buyer.address.country == "FR"
    if is_french and not (buyer.siret or buyer.siren or buyer.vat_number or buyer.legal_id):
        found.append(Finding("ED-BUYER-IDENTITY-FR", "siren"))
    if not is_french and not (buyer.vat_number or buyer.legal_id):
        found.append(Finding("ED-BUYER-IDENTITY-FOREIGN", "vat_number"))
    if is_french:
        found += check_french_identifiers(buyer.siren, buyer.siret)
    return found


def check_french_identifiers(siren: str, siret: str) -> list[Finding]:
    """Shape (error) and key (warning) of a SIREN and a SIRET, and that one starts with the other (BR-FR-09)."""
    found: list[Finding] = []
    if siren and not is_siren_shaped(siren):
        found.append(Finding("ED-SIREN-SHAPE", "siren"))
    elif siren and not has_siren_key(siren):
        found.append(Finding("ED-SIREN-KEY", "siren", Severity.WARNING))
    if siret and not is_siret_shaped(siret):
        found.append(Finding("ED-SIRET-SHAPE", "siret"))
    elif siret:
        if not has_siret_key(siret):
            found.append(Finding("ED-SIRET-KEY", "siret", Severity.WARNING))
        if siren and not siret.startswith(siren):
            found.append(Finding("BR-FR-09", "siret"))
    return found
