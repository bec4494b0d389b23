"""Reading the frame of a document: « cadre de facturation » (BT-23), profile (BT-24), when VAT falls due (BT-7, BT-8)."""

from __future__ import annotations

from datetime import date

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.form_fields import clean, read_date
from einvoice_desktop.domain.invoice import DEPOSIT_TYPES, SELF_BILLED_TYPES, Profile, TaxPoint, TypeCode
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.domain.profile_names import profile_named
from einvoice_desktop.domain.profiles import is_extended, is_full_invoice
from einvoice_desktop.domain.vat import VatCategory

DIGITS = {"due": "1", "paid": "2", "final": "4", "reported": "7"}
"""Digit of BT-23 by payment state (A7 G1.02)."""

PROCESSES = frozenset("B1 S1 M1 B2 S2 M2 B4 S4 M4 B7 S7 S3 S5 S6".split())
"""Frames offered (BR-FR-08); those of several sellers (8) and of two-way billing (9) are not for small businesses."""


def read_process(form: DraftForm, company: Company, found: list[Finding]) -> str:
    """BT-23 typed, or from the nature of the operation and the state of the payment."""
    nature = form.nature or company.nature
    digit = DIGITS.get(form.payment_state)
    if nature not in {"B", "S", "M"}:
        found.append(Finding("ED-CHOOSE", "nature"))
        nature = "S"
    if digit is None:
        found.append(Finding("ED-CHOOSE", "payment_state"))
    process = clean(form.process).upper() or f"{nature}{digit or '1'}"
    if process not in PROCESSES:
        found.append(Finding("BR-FR-08", "process" if form.process.strip() else "nature", params={"typed": process}))
    if process[1:] == "4" and form.type_code in DEPOSIT_TYPES:
        found.append(Finding("BR-FR-CO-08", "payment_state"))
    return process


def read_profile(form: DraftForm, lines: tuple[Line, ...], found: list[Finding]) -> str:
    """BT-24 asked for, else EN 16931, or EXTENDED-CTC-FR where several orders or delivery notes must be told apart.

    The deposit a line deducts is told by its name and by BG-3 in EN 16931; its own reference is written when the profile
    is extended anyway.
    """
    needs_more = any(line.order_reference or line.despatch_advice_reference for line in lines)
    asked = clean(form.profile)
    if not asked:
        return Profile.EXTENDED_CTC_FR if needs_more else Profile.EN16931
    profile = profile_named(asked)
    if profile is None:
        found.append(Finding("ED-PROFILE", "profile", params={"typed": asked}))
        return Profile.EN16931
    if needs_more and not is_extended(profile):
        found.append(Finding("ED-PROFILE-TOO-SMALL", "profile", suggested_value=Profile.EXTENDED_CTC_FR.value))
    if not is_full_invoice(profile):
        found.append(Finding("ED-PROFILE-NOT-INVOICE", "profile", Severity.WARNING))
    return profile


def read_tax_point(
    form: DraftForm, company: Company, lines: tuple[Line, ...], found: list[Finding]
) -> tuple[date | None, TaxPoint | None]:
    """BT-7 or BT-8, never both (BR-CO-03); by default the option of the company for debits, on French VAT alone.

    The VAT of a deposit is due on payment whatever the option (XP Z12-014 § 3.2.19).
    """
    day = read_date("tax_point_date", form.tax_point_date, found)
    typed = form.tax_point.strip()
    point: TaxPoint | None = None
    if typed and typed not in set(TaxPoint):
        found.append(Finding("ED-CHOOSE", "tax_point"))
    elif typed:
        point = TaxPoint(typed)
        if form.tax_point_date.strip():
            found.append(Finding("BR-CO-03", "tax_point_date"))
            return None, point
    if day is not None or typed:
        return day, point
    is_taxed = any(line.vat.category == VatCategory.STANDARD for line in lines)
    is_ours = form.type_code not in SELF_BILLED_TYPES and form.type_code not in DEPOSIT_TYPES
    return None, TaxPoint.INVOICE if company.vat_on_debits and is_taxed and is_ours else None


def check_rebate(form: DraftForm, found: list[Finding]) -> None:
    """A rebate over a period names the contract and the period (BR-FR-CO-03)."""
    if form.type_code != TypeCode.REBATE_CREDIT_NOTE:
        return
    for place in ("contract", "period_start", "period_end"):
        if not getattr(form, place).strip():
            found.append(Finding("BR-FR-CO-03", place))
            return
