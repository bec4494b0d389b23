"""Checks of a form that need no arithmetic: what is missing, or contradicts who sells, who buys, what the document is."""

from __future__ import annotations

from collections.abc import Iterator

from einvoice_desktop.domain.currencies import CURRENCIES
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.exemptions import OUTSIDE_E_INVOICING
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, SELF_BILLED_TYPES, Profile, TypeCode
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.nearest import near_currency
from einvoice_desktop.domain.parties import Buyer, BuyerKind, Company
from einvoice_desktop.domain.profiles import is_extended
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.vat import VatCategory
from einvoice_desktop.domain.vat_choices import VatChoice, vat_choice
from einvoice_desktop.domain.vat_questions import EU_COUNTRIES

_NET_CREDIT_TYPES = frozenset({"261", "381", "396"})
_NEEDS_VAT_NUMBER = frozenset({"S", "AE", "K", "G"})


def check_kind(form: DraftForm, found: list[Finding]) -> None:
    """A type of document France admits (BR-FR-04) and a currency that exists (ISO 4217)."""
    if form.type_code not in set(TypeCode):
        found.append(Finding("BR-FR-04", "type_code", params={"typed": form.type_code}))
    if form.currency not in CURRENCIES:
        meant = near_currency(form.currency)
        found.append(Finding("ED-CURRENCY", "currency", suggested_value=meant, params={"typed": form.currency}))


def check_rows(form: DraftForm, company: Company, buyer: Buyer | None, found: list[Finding]) -> None:
    """At least one row, and no VAT that the seller's regime or missing VAT number forbids (BR-S-02, art. 293 B)."""
    if all(row.is_blank for row in form.lines):
        found.append(Finding("ED-NO-LINE", "lines.0.name"))
    keys = [(f"lines.{index}.vat", row.vat) for index, row in enumerate(form.lines) if not row.is_blank]
    keys += [(f"changes.{index}.vat", row.vat) for index, row in enumerate(form.changes) if row.vat]
    is_self_billed = form.type_code in SELF_BILLED_TYPES
    for place, key in keys:
        choice = vat_choice(key)
        if choice is None:
            continue
        if choice.is_for_credit_notes and form.type_code not in _NET_CREDIT_TYPES:
            found.append(Finding("ED-VAT-CREDIT-ONLY", place))
        if is_self_billed:
            # The seller is the supplier: his regime is his own, only his VAT number is known.
            if buyer is not None and choice.treatment.category in _NEEDS_VAT_NUMBER and not buyer.vat_number:
                found.append(Finding("ED-BUYER-VAT-NUMBER", "buyer_id", params={"name": buyer.name}))
        else:
            found.extend(_regime(place, choice, company))


def _regime(place: str, choice: VatChoice, company: Company) -> Iterator[Finding]:
    category = choice.treatment.category
    if company.is_franchise and category == "S":
        yield Finding("ED-VAT-FRANCHISE", place, suggested_value="FRANCHISE")
    elif choice.key == "FRANCHISE" and not company.is_franchise:
        yield Finding("ED-VAT-NOT-FRANCHISE", place, suggested_value="S20")
    elif category in _NEEDS_VAT_NUMBER and not company.vat_number:
        yield Finding("ED-VAT-NUMBER-MISSING", place)


def check_categories(form: DraftForm, lines: tuple[Line, ...], profile: str, found: list[Finding]) -> None:
    """What the VAT of the lines may not be together: category O beside others (BR-O-12), two codes for one category."""
    categories = {line.vat.category for line in lines}
    if "O" in categories and len(categories) > 1 and profile != Profile.EXTENDED_CTC_FR:
        first = next(line for line in lines if line.vat.category == "O")
        found.append(Finding("BR-O-12", f"lines.{_row(first)}.vat"))
    codes: dict[str, str | None] = {}
    for line in () if is_extended(profile) else lines:
        known = codes.setdefault(line.vat.category, line.vat.exemption_code)
        if known != line.vat.exemption_code:
            params = {"code": line.vat.exemption_code or "", "kept": known or ""}
            found.append(Finding("ED-VAT-TWO-REASONS", f"lines.{_row(line)}.vat", Severity.WARNING, params=params))
    outside = [line.vat.exemption_code in OUTSIDE_E_INVOICING or line.vat.category == "O" for line in lines]
    if outside and all(outside) and form.type_code not in CREDIT_NOTE_TYPES:
        found.append(Finding("ED-OUTSIDE-E-INVOICING", f"lines.{_row(lines[0])}.vat", Severity.INFO))


def check_places(lines: tuple[Line, ...], buyer: Buyer, delivery: Delivery | None, found: list[Finding]) -> None:
    """Whether the country allows the VAT of the lines: only warned about, as who is where may be said elsewhere."""
    home = buyer.address.country
    place = delivery.address.country if delivery is not None and delivery.address is not None else home
    abroad = EU_COUNTRIES - {"FR", "MC"}
    wrong = {
        VatCategory.INTRA_COMMUNITY: place not in abroad,
        VatCategory.EXPORT: place in EU_COUNTRIES and home in EU_COUNTRIES,
        VatCategory.REVERSE_CHARGE: home not in EU_COUNTRIES,
    }
    line = next((line for line in lines if wrong.get(VatCategory(line.vat.category))), None)
    if line is not None:
        params = {"country": place if line.vat.category == VatCategory.INTRA_COMMUNITY else home}
        found.append(Finding("ED-VAT-PLACE", f"lines.{_row(line)}.vat", Severity.WARNING, params=params))


def _row(line: Line) -> int:
    return int(line.id) - 1


def check_buyer_of(form: DraftForm, buyer: Buyer | None, found: list[Finding]) -> None:
    """A customer (the supplier, when self-billed), with what the document demands of him."""
    if buyer is None:
        found.append(Finding("ED-NO-BUYER", "buyer_id"))
        return
    params = {"name": buyer.name}
    if not buyer.address.line1 or not buyer.address.city:
        found.append(Finding("ED-BUYER-ADDRESS", "buyer_id", params=params))
    if form.type_code in SELF_BILLED_TYPES:
        found.extend(_supplier(buyer))
    else:
        found.extend(_customer(form, buyer))


def _supplier(buyer: Buyer) -> Iterator[Finding]:
    """A supplier billed by us: his SIREN (BR-FR-10) and his address, which routes the document (BR-FR-22)."""
    params = {"name": buyer.name}
    if not buyer.effective_siren:
        yield Finding("ED-SUPPLIER-SIREN", "buyer_id", params=params)
        return
    address = buyer.as_party().electronic_address
    if address is None or address.scheme != "0225" or not address.value.startswith(buyer.effective_siren):
        yield Finding("BR-FR-22", "buyer_id", params=params)


def _customer(form: DraftForm, buyer: Buyer) -> Iterator[Finding]:
    """BR-FR-11, BR-FR-12, BR-AE-02, BR-IC-02."""
    params = {"name": buyer.name}
    is_french = buyer.kind in {BuyerKind.FRENCH_BUSINESS, BuyerKind.PUBLIC}
    if is_french and not buyer.effective_siren:
        yield Finding("BR-FR-11", "buyer_id", params=params)
    if buyer.as_party().electronic_address is None and buyer.kind is not BuyerKind.FRENCH_BUSINESS:
        yield Finding("BR-FR-12", "buyer_id", params=params)
    keys = [row.vat for row in form.lines if not row.is_blank] + [row.vat for row in form.changes]
    categories = {choice.treatment.category for key in keys if (choice := vat_choice(key)) is not None}
    is_foreign = buyer.kind is BuyerKind.FOREIGN_BUSINESS
    needs_number = VatCategory.INTRA_COMMUNITY in categories or (
        VatCategory.REVERSE_CHARGE in categories and is_foreign
    )
    if needs_number and not buyer.vat_number:
        yield Finding("ED-BUYER-VAT-NUMBER", "buyer_id", params=params)
    elif VatCategory.REVERSE_CHARGE in categories and buyer.kind is BuyerKind.INDIVIDUAL:
        yield Finding("ED-VAT-PERSON", "buyer_id", params=params)
