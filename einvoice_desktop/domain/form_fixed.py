"""A form whose amounts stand by themselves: rows can be added to it without moving what it says of the others."""

from __future__ import annotations

from dataclasses import replace

from einvoice_desktop.domain.compose import Composition
from einvoice_desktop.domain.draft import DraftChange, DraftForm, DraftLine
from einvoice_desktop.domain.form_of import row_of, typed, vat_key
from einvoice_desktop.domain.form_prices import includes_vat
from einvoice_desktop.domain.lines import Allowance


def with_fixed_amounts(form: DraftForm, composition: Composition) -> DraftForm:
    """``form`` with prices without VAT, and percentages of the whole document as the amounts they come to.

    For a balance: deposits are deducted without VAT, and what is off the deal is not off its deposits.
    """
    amounts, totals = composition.amounts, composition.totals
    has_percentages = bool(form.global_discount.strip()) or any(change.percentage.strip() for change in form.changes)
    if totals is None or not (includes_vat(form) or has_percentages):
        return form
    bare = {line.id: row_of(line, form.currency) for line in amounts.lines}
    changes = (
        *(_change("allowance", told) for told in amounts.allowances),
        *(_change("charge", told) for told in amounts.charges),
    )
    fixed = replace(form, changes=changes, global_discount="")
    if not includes_vat(form):
        return fixed
    rows = tuple(_row(row, bare.get(str(index + 1))) for index, row in enumerate(form.lines))
    rounding = typed(totals.rounding) if totals.rounding else ""
    return replace(fixed, prices_include_vat="", lines=rows, rounding=rounding)


def _row(row: DraftLine, bare: DraftLine | None) -> DraftLine:
    if bare is None:
        return row
    return replace(
        row,
        unit_price=bare.unit_price,
        discount=bare.discount,
        discount_amount=bare.discount_amount,
        charge=bare.charge,
    )


def _change(kind: str, told: Allowance) -> DraftChange:
    """The change as an amount; one below zero, off rows that are taken back, is the opposite change."""
    vat = vat_key(told.vat) if told.vat is not None else ""
    percent = f" ({typed(told.percentage)} %)" if told.percentage is not None else ""
    reason = f"{told.reason}{percent}"
    if told.amount >= 0:
        return DraftChange(kind, typed(told.amount), "", reason, told.reason_code, vat)
    opposite = "charge" if kind == "allowance" else "allowance"
    return DraftChange(opposite, typed(-told.amount), "", reason, "", vat)
