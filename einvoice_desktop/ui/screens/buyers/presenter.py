"""The form of a customer as plain text, and back, without Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS, compact
from einvoice_desktop.domain.parties import Address, Buyer, BuyerKind, Identifier
from einvoice_desktop.ui.widgets.formats import identifier
from einvoice_desktop.ui.widgets.languages import PAGE_LANGUAGES

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

LANGUAGES = (("", "français"), *PAGE_LANGUAGES)
"""Languages of the printed page: French always stands first."""

SHIPPING = tuple(f"shipping.{name}" for name in ("name", "line1", "line2", "postal_code", "city"))
"""What says that goods go elsewhere; a country alone does not."""

_USUAL_SCENARIO = "approve_and_pay"
"""Played for a customer of whom nothing else was asked."""
_TEXTS = ("name", "vat_number", "legal_id", "email", "phone", "notes", "scenario", "routing_code", "language")
_ADDRESS = ("line1", "line2", "postal_code", "city", "country")


def values_of(buyer: Buyer) -> dict[str, str]:
    """What the form shows of ``buyer``."""
    values = {name: str(getattr(buyer, name)) for name in _TEXTS}
    values |= {f"address.{name}": str(getattr(buyer.address, name)) for name in _ADDRESS}
    shipping = buyer.shipping_address or Address(country="")
    values |= {f"shipping.{name}": str(getattr(shipping, name)) for name in (*_ADDRESS, "name")}
    values["scenario"] = buyer.scenario or _USUAL_SCENARIO
    values["siren"] = identifier(buyer.siren)
    values["siret"] = identifier(buyer.siret)
    values["kind"] = str(buyer.kind)
    values["electronic_address"] = _address_text(buyer.electronic_address)
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
        shipping_address=_shipping(buyer, values, country),
        is_individual=kind == BuyerKind.INDIVIDUAL,
        is_public=kind == BuyerKind.PUBLIC,
        siren=siren if is_french else "",
        siret=siret if is_french else "",
        electronic_address=_electronic_address(electronic),
        payment_days=int(days) if days.isdigit() else None,
    )


def _shipping(buyer: Buyer, values: Mapping[str, str], country: str) -> Address | None:
    """The place of delivery typed, in the customer's country unless another is named; ``None`` for none."""
    if not any(values.get(name, "").strip() for name in SHIPPING):
        return None
    typed = {name: values.get(f"shipping.{name}", "").strip() for name in (*_ADDRESS, "name")}
    typed["country"] = typed["country"].upper() or country
    return replace(buyer.shipping_address or Address(), **typed)


def _address_text(address: Identifier | None) -> str:
    """An address as it is typed: the scheme stands before it only when it cannot be guessed (``9930:DE123456789``)."""
    if address is None:
        return ""
    is_guessed = _electronic_address(address.value) == address
    return address.value if is_guessed else f"{address.scheme}:{address.value}"


def _electronic_address(text: str) -> Identifier | None:
    """BT-49 with its EAS scheme: named before a colon, ``EM`` for an e-mail, else the French one (0225)."""
    if not text:
        return None
    named = re.fullmatch(r"([0-9]{4}|[A-Z]{2}):(.+)", text)
    if named:
        return Identifier(named[2].strip(), named[1])
    return Identifier(text, "EM" if "@" in text else SCHEME_FR_ADDRESS)
