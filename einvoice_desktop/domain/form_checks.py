"""Checks of a form that need no arithmetic: what is missing, too long, or contradicts who sells and who buys."""

from __future__ import annotations

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.limits import TEXT_LIMITS
from einvoice_desktop.domain.parties import Buyer, BuyerKind, Company, Party
from einvoice_desktop.domain.vat_choices import vat_choice


def check_rows(form: DraftForm, company: Company, found: list[Finding]) -> None:
    """At least one row, and no VAT that the company's regime or missing VAT number forbids (BR-S-02, art. 293 B)."""
    if all(row.is_blank for row in form.lines):
        found.append(Finding("ED-NO-LINE", "lines.0.name"))
    for index, row in enumerate(form.lines):
        choice = vat_choice(row.vat)
        if row.is_blank or choice is None:
            continue
        if company.is_franchise and choice.treatment.category == "S":
            found.append(Finding("ED-VAT-FRANCHISE", f"lines.{index}.vat", suggested_value="FRANCHISE"))
        elif choice.key == "FRANCHISE" and not company.is_franchise:
            found.append(Finding("ED-VAT-NOT-FRANCHISE", f"lines.{index}.vat", suggested_value="S20"))
        elif choice.treatment.category in {"S", "AE", "K", "G"} and not company.vat_number:
            found.append(Finding("ED-VAT-NUMBER-MISSING", f"lines.{index}.vat"))


def check_texts(form: DraftForm, found: list[Finding]) -> None:
    """Lengths (R-026), characters XML cannot hold, and the currency (ISO 4217)."""
    for field, limit in TEXT_LIMITS.items():
        text = getattr(form, field)
        if len(text) > limit:
            found.append(Finding("ED-TOO-LONG", field, params={"limit": str(limit)}))
        if has_forbidden_character(text):
            found.append(Finding("ED-CHARACTER", field))
    for index, row in enumerate(form.lines):
        found.extend(
            Finding("ED-CHARACTER", f"lines.{index}.{field}")
            for field in ("name", "description", "product_code")
            if has_forbidden_character(getattr(row, field))
        )
    if len(form.currency) != len("EUR") or not form.currency.isalpha() or not form.currency.isupper():
        found.append(Finding("ED-CURRENCY", "currency"))


def check_buyer_of(form: DraftForm, buyer: Buyer | None, found: list[Finding]) -> None:
    """A customer, with what the document demands of him (BR-FR-11, BR-FR-12, BR-AE-02, BR-IC-02)."""
    if buyer is None:
        found.append(Finding("ED-NO-BUYER", "buyer_id"))
        return
    params = {"name": buyer.name}
    if buyer.kind in {BuyerKind.FRENCH_BUSINESS, BuyerKind.PUBLIC} and not buyer.effective_siren:
        found.append(Finding("BR-FR-11", "buyer_id", params=params))
    party: Party = buyer.as_party()
    if party.electronic_address is None and buyer.kind is not BuyerKind.FRENCH_BUSINESS:
        found.append(Finding("BR-FR-12", "buyer_id", params=params))
    if not buyer.address.line1 or not buyer.address.city:
        found.append(Finding("ED-BUYER-ADDRESS", "buyer_id", params=params))
    is_foreign_vat = any(row.vat in {"K", "AE"} and not row.is_blank for row in form.lines)
    if is_foreign_vat and not buyer.vat_number and buyer.kind is BuyerKind.FOREIGN_BUSINESS:
        found.append(Finding("ED-BUYER-VAT-NUMBER", "buyer_id", params=params))


def has_forbidden_character(text: str) -> bool:
    """Characters XML 1.0 cannot hold."""
    return any((c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in text)
