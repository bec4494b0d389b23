"""Company and platform as plain text, and back, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.identifiers import compact, french_vat_number, grouped_iban, is_siren_shaped
from einvoice_desktop.domain.parties import Company, VatRegime
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ui.widgets.formats import identifier

REGIMES: tuple[tuple[str, str], ...] = (
    (VatRegime.FRANCHISE, "Franchise en base (pas de TVA facturée)"),
    (VatRegime.REAL_NORMAL_MONTHLY, "Réel normal, déclaration mensuelle"),
    (VatRegime.REAL_NORMAL_QUARTERLY, "Réel normal, déclaration trimestrielle"),
    (VatRegime.SIMPLIFIED, "Réel simplifié, déclaration annuelle"),
)
NATURES: tuple[tuple[str, str], ...] = (
    ("S", "Prestations de services"),
    ("B", "Livraisons de biens"),
    ("M", "Biens et services"),
)
_TEXTS = tuple(
    "name trading_name legal_form share_capital registry_city electronic_address email phone website bic account_name "
    "payment_terms nature recovery_note late_penalty_note discount_note footer colour invoice_prefix credit_note_prefix".split()
)
_ADDRESS = ("line1", "line2", "postal_code", "city")
PLATFORM_FIELDS = ("label", "flow_url", "directory_url", "token_url", "client_id", "organization_id")
_REQUIRED = ("label", "flow_url", "token_url", "client_id")


def company_values(company: Company) -> dict[str, str]:
    """What the form shows of ``company``."""
    values = {name: str(getattr(company, name)) for name in _TEXTS}
    values |= {f"address.{name}": str(getattr(company.address, name)) for name in _ADDRESS}
    values |= {
        "siren": identifier(company.siren),
        "siret": identifier(company.siret),
        "vat_number": company.vat_number,
        "iban": grouped_iban(company.iban),
        "vat_regime": str(company.vat_regime),
        "payment_days": str(company.payment_days),
    }
    return values


def company_from(company: Company, values: Mapping[str, str], *, vat_on_debits: bool) -> Company:
    """``company`` with what the form says."""
    days = values["payment_days"]
    texts: dict[str, Any] = {name: values[name] for name in _TEXTS}
    return replace(
        company,
        **texts,
        address=replace(company.address, **{name: values[f"address.{name}"] for name in _ADDRESS}),
        siren=compact(values["siren"]),
        siret=compact(values["siret"]),
        vat_number=compact(values["vat_number"]).upper(),
        iban=compact(values["iban"]).upper(),
        vat_regime=VatRegime(values["vat_regime"]),
        vat_on_debits=vat_on_debits,
        payment_days=int(days) if days.isdigit() else company.payment_days,
    )


def suggested_vat_number(siren: str) -> str:
    """The VAT number a French SIREN has; empty while it is no SIREN."""
    digits = compact(siren)
    return french_vat_number(digits) if is_siren_shaped(digits) else ""


def platform_values(profile: PlatformProfile | None) -> dict[str, str]:
    """What the form shows of a platform; blank for none and for the practice platform."""
    if profile is None or (profile.is_sandbox and profile.id == "sandbox"):
        return dict.fromkeys(PLATFORM_FIELDS, "")
    return {name: str(getattr(profile, name)) for name in PLATFORM_FIELDS}


def check_platform(values: Mapping[str, str], secret: str) -> tuple[Finding, ...]:
    """What is missing before a connection can be tried."""
    found = [Finding("ED-REQUIRED", name) for name in _REQUIRED if not values[name].strip()]
    if not secret:
        found.append(Finding("ED-REQUIRED", "secret"))
    found += [
        Finding("ED-URL", name)
        for name in ("flow_url", "directory_url", "token_url")
        if values[name].strip() and not _is_url(values[name].strip())
    ]
    return tuple(found)


def _is_url(text: str) -> bool:
    is_local = text.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
    return is_local or (text.startswith("https://") and len(text) > len("https://"))


def profile_from(values: Mapping[str, str], *, is_sandbox: bool) -> PlatformProfile:
    """The platform the form describes; its identifier follows from its address, so that it stays the same."""
    flow_url = values["flow_url"].strip().rstrip("/")
    host = flow_url.partition("://")[2].partition("/")[0]
    return PlatformProfile(
        id=f"afnor-{host}-{values['client_id'].strip()}",
        kind="afnor",
        label=values["label"].strip(),
        flow_url=flow_url,
        directory_url=values["directory_url"].strip().rstrip("/"),
        token_url=values["token_url"].strip().rstrip("/"),
        client_id=values["client_id"].strip(),
        organization_id=values["organization_id"].strip(),
        is_sandbox=is_sandbox,
    )
