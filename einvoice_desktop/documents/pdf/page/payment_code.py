"""The code a banking application scans to pay (EPC069-12, version 002): a SEPA transfer in euros."""

from __future__ import annotations

from functools import lru_cache

from einvoice_desktop.documents.pdf.page import wording
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES, Invoice

Matrix = tuple[tuple[int, ...], ...]


def payment_text(invoice: Invoice) -> str:
    """Content of the code; empty when the document is not to be paid by a transfer in euros to a right IBAN."""
    payment = invoice.payment
    if payment is None or payment.means_code not in wording.TRANSFERS or not is_iban(payment.iban):
        return ""
    due = invoice.totals.due
    if invoice.currency != "EUR" or not 0 < due < 1_000_000_000:
        return ""
    if invoice.is_credit_note or invoice.type_code in SELF_BILLED_TYPES:
        return ""
    payee = invoice.payee.name if invoice.payee is not None else invoice.seller.name
    name = _line(payment.account_name or payee, 70)
    remittance = _line(payment.remittance or invoice.number, 140)
    account = compact(payment.iban).upper()
    fields = ["BCD", "002", "1", "SCT", _bic(payment.bic), name, account, f"EUR{due:.2f}", "", "", remittance]
    return "\n".join(fields).rstrip("\n")


@lru_cache(maxsize=32)
def matrix(text: str) -> Matrix:
    """Dark (1) and light (0) squares, without the quiet zone; error correction M as the guideline wants."""
    import segno

    code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    return tuple(tuple(int(cell) for cell in row) for row in code.matrix)


def _bic(text: str) -> str:
    bic = compact(text).upper()
    return bic if len(bic) in {8, 11} and bic.isascii() and bic.isalnum() else ""


def _line(text: str, limit: int) -> str:
    return " ".join(text.split())[:limit]
