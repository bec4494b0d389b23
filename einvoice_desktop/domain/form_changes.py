"""Reading the allowances and charges of the whole document (BG-20, BG-21)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftChange, DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.form_fields import clean, read_percentage, read_positive_amount
from einvoice_desktop.domain.form_lines import CHARGE, CHARGE_CODE, DISCOUNT, DISCOUNT_CODE
from einvoice_desktop.domain.form_prices import includes_vat
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.reason_codes import ALLOWANCE_REASONS, CHARGE_REASONS
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.domain.vat_choices import vat_choice

_WHOLE = Decimal(100)
_MOST_CHARGE = Decimal(1000)


def bases_of(lines: tuple[Line, ...]) -> dict[VatTreatment, Decimal]:
    """Sum of the net amounts of the lines of each VAT treatment; other words for one reason make no other treatment."""
    named: dict[tuple[str, Decimal | None, str | None], VatTreatment] = {}
    bases: dict[VatTreatment, Decimal] = {}
    for line in lines:
        vat = named.setdefault((line.vat.category, line.vat.rate, line.vat.exemption_code), line.vat)
        bases[vat] = bases.get(vat, ZERO) + line.net_amount
    return bases


def read_changes(
    form: DraftForm, lines: tuple[Line, ...], found: list[Finding]
) -> tuple[tuple[Allowance, ...], tuple[Allowance, ...]]:
    """Allowances and charges of the document, the percentage off everything among them."""
    bases = bases_of(lines)
    allowances = list(_global_discount(form, bases, found))
    charges: list[Allowance] = []
    for index, row in enumerate(form.changes):
        change = _change(f"changes.{index}.", row, form, bases, found)
        if change is not None:
            (charges if row.kind == "charge" else allowances).append(change)
    return tuple(allowances), tuple(charges)


def _global_discount(
    form: DraftForm, bases: dict[VatTreatment, Decimal], found: list[Finding]
) -> tuple[Allowance, ...]:
    """A percentage off the whole document: one allowance for each VAT treatment."""
    percentage = read_percentage("global_discount", form.global_discount, found)
    if percentage is None:
        return ()
    return tuple(
        Allowance(
            to_amount(base * percentage / _WHOLE, form.currency),
            base_amount=base,
            percentage=percentage,
            reason=DISCOUNT,
            reason_code=DISCOUNT_CODE,
            vat=vat,
        )
        for vat, base in bases.items()
        if to_amount(base * percentage / _WHOLE, form.currency)
    )


def _change(
    at: str, row: DraftChange, form: DraftForm, bases: dict[VatTreatment, Decimal], found: list[Finding]
) -> Allowance | None:
    if row.kind not in {"allowance", "charge"}:
        found.append(Finding("ED-CHANGE-KIND", at + "kind", params={"typed": row.kind}))
        return None
    is_charge = row.kind == "charge"
    amount = read_positive_amount(at + "amount", row.amount, form.currency, found)
    most = _MOST_CHARGE if is_charge else _WHOLE
    percentage = read_percentage(at + "percentage", row.percentage, found, most=most)
    if amount is None and percentage is None:
        if not row.amount.strip() and not row.percentage.strip() and (row.reason.strip() or row.vat):
            found.append(Finding("ED-REQUIRED", at + "amount"))
        return None
    vat = _vat(at, row, bases, found)
    if vat is None:
        return None
    if amount is not None and includes_vat(form):
        amount = to_amount(amount / (1 + vat.effective_rate / _WHOLE), form.currency)
    reason, code = (CHARGE, CHARGE_CODE) if is_charge else (DISCOUNT, DISCOUNT_CODE)
    typed_code = clean(row.reason_code)
    if typed_code and typed_code not in (CHARGE_REASONS if is_charge else ALLOWANCE_REASONS):
        rule = "BR-CL-20" if is_charge else "BR-CL-19"
        found.append(Finding(rule, at + "reason_code", suggested_value=code, params={"typed": typed_code}))
    told = Allowance(amount or ZERO, reason=clean(row.reason) or reason, reason_code=typed_code or code, vat=vat)
    if amount is None and percentage is not None:
        base = bases.get(vat, ZERO)
        off = to_amount(base * percentage / _WHOLE, form.currency)
        told = replace(told, amount=off, base_amount=base, percentage=percentage)
    return told if told.amount else None


def _vat(at: str, row: DraftChange, bases: dict[VatTreatment, Decimal], found: list[Finding]) -> VatTreatment | None:
    """The VAT of the change; left empty, that of the lines when they all have the same (BR-32, BR-37)."""
    if not row.vat and len(bases) == 1:
        return next(iter(bases))
    choice = vat_choice(row.vat)
    if choice is None:
        found.append(Finding("ED-VAT-CATEGORY", at + "vat", params={"typed": row.vat}))
        return None
    # The words a line gives for the same answer are the document's: one reason for one category (BR-E-10).
    told = choice.treatment
    same = (told.category, told.rate, told.exemption_code)
    return next((vat for vat in bases if (vat.category, vat.rate, vat.exemption_code) == same), told)


def typed_total(form: DraftForm, gross: tuple[Line, ...]) -> Decimal:
    """The total with VAT that a form whose prices include VAT says: ``gross`` are its lines at the prices typed."""
    unheard: list[Finding] = []
    total = sum((line.net_amount for line in gross), ZERO)
    told = total
    percentage = read_percentage("global_discount", form.global_discount, unheard)
    if percentage is not None:
        told -= to_amount(total * percentage / _WHOLE, form.currency)
    bases = bases_of(gross)
    for row in form.changes:
        change = _change("", row, replace(form, prices_include_vat=""), bases, unheard)
        if change is not None:
            told += change.amount if row.kind == "charge" else -change.amount
    return told
