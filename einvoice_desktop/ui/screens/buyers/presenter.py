"""The form of a customer as plain text, and back, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS, compact
from einvoice_desktop.domain.parties import Buyer, BuyerKind, Identifier
from einvoice_desktop.ui.widgets.formats import identifier

KINDS: tuple[tuple[str, str], ...] = (
    (BuyerKind.FRENCH_BUSINESS, "Entreprise en France"),
    (BuyerKind.PUBLIC, "Secteur public"),
    (BuyerKind.FOREIGN_BUSINESS, "Entreprise à l’étranger"),
    (BuyerKind.INDIVIDUAL, "Particulier"),
)
"""« Qui est ce client ? »"""

SCENARIOS: tuple[tuple[str, str], ...] = (
    ("approve_and_pay", "approuve et paie"),
    ("refuse", "refuse la facture"),
    ("dispute", "la conteste"),
    ("reject", "la fait rejeter par sa plateforme"),
    ("suspend", "la suspend et demande un justificatif"),
    ("silent", "ne répond pas"),
    ("inadmissible", "reçoit une facture irrecevable"),
)
"""What the practice platform plays for this customer."""

_USUAL_SCENARIO = "approve_and_pay"
"""Played for a customer of whom nothing else was asked."""
_TEXTS = ("name", "vat_number", "legal_id", "email", "phone", "notes", "scenario", "routing_code")
_ADDRESS = ("line1", "line2", "postal_code", "city", "country")


def values_of(buyer: Buyer) -> dict[str, str]:
    """What the form shows of ``buyer``."""
    values = {name: str(getattr(buyer, name)) for name in _TEXTS}
    values |= {f"address.{name}": str(getattr(buyer.address, name)) for name in _ADDRESS}
    values["scenario"] = buyer.scenario or _USUAL_SCENARIO
    values["siren"] = identifier(buyer.siren)
    values["siret"] = identifier(buyer.siret)
    values["kind"] = str(buyer.kind)
    values["electronic_address"] = buyer.electronic_address.value if buyer.electronic_address else ""
    values["payment_days"] = "" if buyer.payment_days is None else str(buyer.payment_days)
    return values


def buyer_from(buyer: Buyer, values: Mapping[str, str]) -> Buyer:
    """``buyer`` with what the form says; identifiers without the spaces people type."""
    kind = values.get("kind", "")
    country = values.get("address.country", "FR").upper() or "FR"
    if kind != BuyerKind.FOREIGN_BUSINESS:
        country = "FR" if kind != BuyerKind.INDIVIDUAL else country
    address = replace(buyer.address, **{name: values.get(f"address.{name}", "") for name in _ADDRESS})
    siret = compact(values.get("siret", ""))
    siren = compact(values.get("siren", "")) or siret[:9]
    is_french = kind in {BuyerKind.FRENCH_BUSINESS, BuyerKind.PUBLIC}
    electronic = values.get("electronic_address", "").strip()
    days = values.get("payment_days", "").strip()
    texts: dict[str, Any] = {name: values.get(name, "").strip() for name in _TEXTS if name != "vat_number"}
    if not buyer.scenario and texts["scenario"] == _USUAL_SCENARIO:
        texts["scenario"] = ""
    return replace(
        buyer,
        **texts,
        vat_number=compact(values.get("vat_number", "")).upper() if kind != BuyerKind.INDIVIDUAL else "",
        address=replace(address, country=country),
        is_individual=kind == BuyerKind.INDIVIDUAL,
        is_public=kind == BuyerKind.PUBLIC,
        siren=siren if is_french else "",
        siret=siret if is_french else "",
        electronic_address=Identifier(electronic, _scheme(electronic)) if electronic else None,
        payment_days=int(days) if days.isdigit() else None,
    )


def _scheme(address: str) -> str:
    return "EM" if "@" in address else SCHEME_FR_ADDRESS
