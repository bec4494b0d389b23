"""Credit notes (381, or 503 for a deposit): same content as what they undo, positive amounts, never above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.exemptions import CREDIT_NET_OF_TAX
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, DEPOSIT_TYPES, Invoice, TypeCode
from einvoice_desktop.domain.money import ZERO, minor_units, plain
from einvoice_desktop.domain.profiles import is_extended
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.totals import compute_totals

_CREDIT_FOR: dict[str, TypeCode] = {
    TypeCode.DEPOSIT: TypeCode.DEPOSIT_CREDIT_NOTE,
    TypeCode.SELF_BILLED: TypeCode.SELF_BILLED_CREDIT_NOTE,
    TypeCode.SELF_BILLED_CORRECTED: TypeCode.SELF_BILLED_CREDIT_NOTE,
    TypeCode.SELF_BILLED_DEPOSIT: TypeCode.SELF_BILLED_CREDIT_NOTE,
    TypeCode.FACTORED: TypeCode.FACTORED_CREDIT_NOTE,
    TypeCode.FACTORED_CORRECTED: TypeCode.FACTORED_CREDIT_NOTE,
    TypeCode.SELF_BILLED_FACTORED: TypeCode.SELF_BILLED_FACTORED_CREDIT_NOTE,
    TypeCode.SELF_BILLED_FACTORED_CORRECTED: TypeCode.SELF_BILLED_FACTORED_CREDIT_NOTE,
}
_CORRECTED_FOR: dict[str, TypeCode] = {
    TypeCode.SELF_BILLED: TypeCode.SELF_BILLED_CORRECTED,
    TypeCode.SELF_BILLED_CORRECTED: TypeCode.SELF_BILLED_CORRECTED,
    TypeCode.FACTORED: TypeCode.FACTORED_CORRECTED,
    TypeCode.FACTORED_CORRECTED: TypeCode.FACTORED_CORRECTED,
    TypeCode.SELF_BILLED_FACTORED: TypeCode.SELF_BILLED_FACTORED_CORRECTED,
    TypeCode.SELF_BILLED_FACTORED_CORRECTED: TypeCode.SELF_BILLED_FACTORED_CORRECTED,
}


def credit_of(invoice: Invoice, *, number: str, issue_date: date) -> Invoice:
    """The total credit note of ``invoice``: BT-25 and BT-26 name it (BR-FR-CO-05), BT-23 keeps its letter."""
    totals = compute_totals(
        invoice.lines,
        allowances=invoice.allowances,
        charges=invoice.charges,
        currency=invoice.currency,
        paid=ZERO,
        rounding=invoice.totals.rounding,
        vat_in_accounting_currency=invoice.totals.vat_in_accounting_currency,
        by_reason=is_extended(invoice.profile),
    )
    return replace(
        invoice,
        number=number,
        issue_date=issue_date,
        due_date=None,
        type_code=_CREDIT_FOR.get(TypeCode(invoice.type_code), TypeCode.CREDIT_NOTE),
        business_process=f"{invoice.business_process[:1]}1" if invoice.business_process else "",
        preceding=(PrecedingInvoice(invoice.number, invoice.issue_date),),
        totals=totals,
    )


RateKey = tuple[str, Decimal]
"""A VAT category (BT-118) and its rate in percent, zero when it has none."""


def rate_key(category: str, rate: Decimal | None) -> RateKey:
    """Category and rate as one key, whatever the zeros (``20`` is ``20.00``)."""
    return str(category), ZERO if rate is None else rate.normalize()


@dataclass(frozen=True, slots=True)
class Creditable:
    """What may still be credited of a document at one VAT rate (R-034, R-060), without VAT, in its currency.

    Attributes:
        category, rate: of the VAT group. invoiced: base of the document (BT-116).
        credited: by issued credit notes. drafted: by credit notes being typed.
    """

    category: str
    rate: Decimal
    invoiced: Decimal
    credited: Decimal = ZERO
    drafted: Decimal = ZERO

    @property
    def remaining(self) -> Decimal:
        """What no credit note takes yet; never below zero unless the document itself is."""
        left = self.invoiced - self.credited - self.drafted
        return left if self.invoiced < 0 else max(left, ZERO)


def creditable(
    invoiced: Mapping[RateKey, Decimal], credited: Mapping[RateKey, Decimal], drafted: Mapping[RateKey, Decimal]
) -> tuple[Creditable, ...]:
    """The groups of a document with what issued credit notes and drafts take of each, the highest rate first."""
    groups = [
        Creditable(key[0], key[1], base, credited.get(key, ZERO), drafted.get(key, ZERO))
        for key, base in invoiced.items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.category, -group.rate)))


def above(groups: Iterable[Creditable], wanted: Mapping[RateKey, Decimal]) -> tuple[RateKey, ...]:
    """Rates at which a credit note of ``wanted`` gives back more than remains, or that the document has not.

    Bases are compared: VAT follows by its rate, and is rounded once per document.
    """
    remaining = {(group.category, group.rate): group.remaining for group in groups}
    return tuple(key for key, base in wanted.items() if base > max(remaining.get(key, ZERO), ZERO))


@dataclass(frozen=True, slots=True)
class CreditedTotal:
    """A document and its credit notes so far, VAT included (BT-112), in its currency.

    Attributes:
        with_vat: of the document. credited: of its credit notes. notes: how many they are.
    """

    with_vat: Decimal
    credited: Decimal = ZERO
    notes: int = 0

    def excess(self, with_vat: Decimal, currency: str) -> Decimal:
        """What one more credit note of ``with_vat`` gives back above the document; zero for nothing.

        Each note rounds its own VAT: a cent for each of them is no excess.
        """
        above = self.credited + with_vat - self.with_vat
        tolerance = Decimal(self.notes + 1).scaleb(-minor_units(currency))
        return above if above > tolerance else ZERO


def credit_findings(
    invoice: Invoice, groups: tuple[Creditable, ...], total: CreditedTotal | None = None
) -> tuple[Finding, ...]:
    """« L'avoir dépasse la facture »: ``ED-CREDIT-ABOVE`` at the first line of each rate, ``ED-CREDIT-TOTAL`` in all.

    What is credited « net de taxe » (A7 G6.21) takes from no rate, only from the whole.
    """
    wanted: dict[RateKey, Decimal] = {}
    for group in invoice.totals.breakdown:
        if group.exemption_code != CREDIT_NET_OF_TAX:
            key = rate_key(group.category, group.rate)
            wanted[key] = wanted.get(key, ZERO) + group.taxable_amount
    remaining = {(group.category, group.rate): group.remaining for group in groups}
    found = []
    for key in above(groups, wanted):
        line = next((one for one in invoice.lines if rate_key(one.vat.category, one.vat.rate) == key), None)
        left = remaining.get(key, ZERO)
        params = {
            "rate": plain(key[1]),
            "wanted": f"{wanted[key]:f}",
            "remaining": f"{left:f}",
            "currency": invoice.currency,
        }
        place = (
            f"lines.{int(line.id) - 1}.unit_price" if line is not None and line.id.isdigit() else "lines.0.unit_price"
        )
        found.append(Finding("ED-CREDIT-ABOVE", place, params=params))
    excess = total.excess(invoice.totals.with_vat, invoice.currency) if total is not None and not found else ZERO
    if total is not None and excess:
        params = {
            "excess": f"{excess:f}",
            "remaining": f"{total.with_vat - total.credited:f}",
            "currency": invoice.currency,
        }
        found.append(Finding("ED-CREDIT-TOTAL", "lines.0.unit_price", params=params))
    return tuple(found)


def credit_type(type_code: str) -> TypeCode | None:
    """Type of the credit note of a document of ``type_code``; ``None`` when it is one itself."""
    if type_code in CREDIT_NOTE_TYPES:
        return None
    return _CREDIT_FOR.get(type_code, TypeCode.CREDIT_NOTE)


def corrected_type(type_code: str) -> TypeCode | None:
    """Type of the invoice that replaces one of ``type_code``; ``None`` for a credit note or a deposit."""
    if type_code in CREDIT_NOTE_TYPES or type_code in DEPOSIT_TYPES:
        return None
    return _CORRECTED_FOR.get(type_code, TypeCode.CORRECTED)
