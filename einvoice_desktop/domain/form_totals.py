"""Reading the amounts that are typed beside the lines: already paid, rounding, rate of the euro; and the totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.form_fields import read_amount, read_number
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.domain.limits import RATE_PLACES, is_too_large
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.totals import Totals, compute_totals


@dataclass(frozen=True, slots=True)
class Amounts:
    """The lines, allowances and charges of a form, read; ``typed_with_vat`` is the total typed when prices include VAT."""

    lines: tuple[Line, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    charges: tuple[Allowance, ...] = ()
    typed_with_vat: Decimal | None = None


def read_totals(
    form: DraftForm, amounts: Amounts, found: list[Finding], *, is_paid: bool, by_reason: bool = False
) -> Totals | None:
    """BG-22 and BG-23 of the form; ``None`` while no row can be read."""
    paid = read_amount("paid", form.paid, form.currency, found) or ZERO
    rounding = read_amount("rounding", form.rounding, form.currency, found)
    rate = read_rate(form, found)
    if not amounts.lines:
        return None
    bare = _compute(form, amounts)
    if is_too_large(bare.with_vat):
        found.append(Finding("ED-AMOUNT-TOO-LARGE", "lines.0.unit_price"))
        return None
    if amounts.typed_with_vat is not None and not is_paid:
        rounding = _left_by_included_vat(form, bare, amounts.typed_with_vat, rounding, found)
    if is_paid:
        paid, rounding = bare.with_vat, ZERO
        _check_paid(form, bare, amounts, found)
    elif paid < 0:
        found.append(Finding("ED-AMOUNT-NEGATIVE", "paid"))
        paid = ZERO
    elif paid > bare.with_vat + (rounding or ZERO):
        found.append(Finding("ED-PAID-ABOVE", "paid", Severity.WARNING, suggested_value=f"{bare.with_vat:f}"))
    euros = _euros(form, bare, rate, found)
    if bare.with_vat < 0:
        found.append(Finding("ED-TOTAL-NEGATIVE", "type_code", Severity.WARNING))
    return _compute(form, amounts, paid=paid, rounding=rounding or ZERO, euros=euros, by_reason=by_reason)


def _compute(
    form: DraftForm,
    amounts: Amounts,
    *,
    paid: Decimal = ZERO,
    rounding: Decimal = ZERO,
    euros: Decimal | None = None,
    by_reason: bool = False,
) -> Totals:
    return compute_totals(
        amounts.lines,
        allowances=amounts.allowances,
        charges=amounts.charges,
        currency=form.currency,
        paid=paid,
        rounding=rounding,
        vat_in_accounting_currency=euros,
        by_reason=by_reason,
    )


def _check_paid(form: DraftForm, totals: Totals, amounts: Amounts, found: list[Finding]) -> None:
    """A document already paid owes nothing: BT-113 is BT-112, and no rounding fits (BR-FR-CO-09)."""
    if form.rounding.strip():
        found.append(Finding("ED-PAID-ROUNDING", "rounding", Severity.WARNING, suggested_value=""))
    typed = amounts.typed_with_vat
    if typed is not None and typed != totals.with_vat:
        params = {"typed": f"{typed:f}", "total": f"{totals.with_vat:f}", "currency": form.currency}
        found.append(Finding("ED-VAT-INCLUDED-UNREACHABLE", "prices_include_vat", Severity.WARNING, params=params))


def _left_by_included_vat(
    form: DraftForm, totals: Totals, typed: Decimal, rounding: Decimal | None, found: list[Finding]
) -> Decimal | None:
    """The cents no price without VAT can reach: rounded away in the amount due (BT-114) and told."""
    left = typed - totals.with_vat
    if not left:
        return rounding
    params = {
        "typed": f"{typed:f}",
        "total": f"{totals.with_vat:f}",
        "rounding": f"{left:f}",
        "currency": form.currency,
    }
    if rounding is None and form.type_code not in CREDIT_NOTE_TYPES:
        found.append(Finding("ED-VAT-INCLUDED-ROUNDED", "rounding", Severity.INFO, params=params))
        return left
    found.append(Finding("ED-VAT-INCLUDED-UNREACHABLE", "prices_include_vat", Severity.WARNING, params=params))
    return rounding


def read_rate(form: DraftForm, found: list[Finding]) -> Decimal | None:
    """Euros for one unit of the currency; ``None`` in euros, or while none is typed."""
    if form.currency == "EUR" or not form.exchange_rate.strip():
        return None
    rate = read_number("exchange_rate", form.exchange_rate, RATE_PLACES, found)
    if rate is not None and rate <= 0:
        found.append(Finding("ED-EXCHANGE-RATE", "exchange_rate"))
        return None
    return rate


def _euros(form: DraftForm, totals: Totals, rate: Decimal | None, found: list[Finding]) -> Decimal | None:
    """BT-111: the VAT in euros at the rate typed; without VAT none is needed (BR-FR-CO-12)."""
    if form.currency == "EUR":
        return None
    if totals.vat == 0:
        return ZERO
    if rate is None:
        if not form.exchange_rate.strip():
            found.append(Finding("BR-FR-CO-12", "exchange_rate", params={"currency": form.currency}))
        return None
    if is_too_large(totals.vat, rate):
        found.append(Finding("ED-AMOUNT-TOO-LARGE", "exchange_rate"))
        return None
    return to_amount(totals.vat * rate)
