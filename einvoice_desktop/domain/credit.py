"""The credit note that undoes a document (381, or 503 for a deposit): same content, positive amounts, opposite meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from einvoice_desktop.domain.invoice import Invoice, TypeCode
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.totals import compute_totals

_CREDIT_FOR = {
    TypeCode.DEPOSIT: TypeCode.DEPOSIT_CREDIT_NOTE,
    TypeCode.SELF_BILLED: TypeCode.SELF_BILLED_CREDIT_NOTE,
    TypeCode.FACTORED: TypeCode.FACTORED_CREDIT_NOTE,
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
