"""The code a banking application scans to pay (EPC069-12, version 002): a SEPA transfer in euros."""

from __future__ import annotations

from functools import lru_cache

from einvoice_desktop.documents.pdf.page import wording
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES, Invoice

MOST_BYTES = 331
"""Size of the whole content (EPC069-12, 2.2): a code of version 13 at most."""

_SEPA = frozenset(
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE "
    "SI SK SM VA".split()
)
"""Countries a SEPA transfer reaches (EPC409-09), by the first letters of their IBAN."""

Matrix = tuple[tuple[int, ...], ...]


def payment_text(invoice: Invoice) -> str:
    """Content of the code; empty when the document is not to be paid by a transfer in euros to a right IBAN."""
    payment = invoice.payment
    if payment is None or payment.means_code not in wording.TRANSFERS or not _is_sepa(payment.iban):
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
    fixed = ["BCD", "002", "1", "SCT", _bic(payment.bic), name, account, f"EUR{due:.2f}", "", ""]
    text = "\n".join([*fixed, remittance])
    while len(text.encode()) > MOST_BYTES:  # only a remittance in a script of three bytes a letter goes that far
        remittance = remittance[:-1].rstrip()
        text = "\n".join([*fixed, remittance])
    return text.rstrip("\n")


@lru_cache(maxsize=32)
def matrix(text: str) -> Matrix:
    """Dark (1) and light (0) squares, without the quiet zone; error correction M as the guideline wants."""
    import segno

    # One mask for all: trying the eight takes longer than drawing the rest of the page, and every reader undoes any.
    code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8", mask=2)
    return tuple(tuple(int(cell) for cell in row) for row in code.matrix)


def _is_sepa(iban: str) -> bool:
    return is_iban(iban) and compact(iban).upper()[:2] in _SEPA


def _bic(text: str) -> str:
    bic = compact(text).upper()
    return bic if len(bic) in {8, 11} and bic.isascii() and bic.isalnum() else ""


def _line(text: str, limit: int) -> str:
    return " ".join(text.split())[:limit]
