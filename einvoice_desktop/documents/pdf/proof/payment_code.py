"""The code to scan drawn on the page, against the payment of the XML: nobody can see that it says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from einvoice_desktop.documents.pdf.proof.opening import OpenFile
from einvoice_desktop.documents.pdf.proof.qr_code import UnreadableCodeError, read
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.identifiers import compact
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.money import plain

_NUMBER = rb"-?\d*\.?\d+"
_LEAST_SQUARES = 80
_SQUARES = re.compile(rb"(?:(?:%s\s+){4}re\s+){%d,}f" % (_NUMBER, _LEAST_SQUARES))
"""So many rectangles filled at once are no layout: they are the squares of a code."""

_ONE_AFTER_ANOTHER = re.compile(rb"\bre\s+[-.\d]")
"""Cheap to look for first: most pages have no code."""

_BOX = re.compile(rb"(%s)\s+(%s)\s+(%s)\s+(%s)\s+re" % ((_NUMBER,) * 4))
_FIELDS, _ALL_FIELDS = 8, 11
_NOTHING = PaymentInstructions("")
_START = ["BCD", "002", "1", "SCT"]


def check_payment_code(file: OpenFile, stated: Invoice, invoice: Invoice) -> list[Finding]:
    """Account, bank, amount, payee and reference of each code drawn (EPC069-12); none when there is no code.

    What a small profile has no place for in the XML (``stated``) is compared with the document itself (``invoice``).
    """
    return [finding for text in _codes(file) for finding in _compared(text, _expected(stated, invoice))]


def _codes(file: OpenFile) -> Iterator[str | None]:
    """The text of each code, ``None`` for one that cannot be read."""
    for content in file.contents():
        if len(_ONE_AFTER_ANOTHER.findall(content)) < _LEAST_SQUARES:
            continue
        for squares in _SQUARES.findall(content):
            try:
                yield read(_rows(squares))[0]
            except UnreadableCodeError:
                yield None


def _rows(squares: bytes) -> list[list[int]]:
    boxes = [tuple(map(float, found)) for found in _BOX.findall(squares)]
    unit = min(height for _, _, _, height in boxes)
    left, high = min(x for x, _, _, _ in boxes), max(y for _, y, _, _ in boxes)
    size = round((max(x + width for x, _, width, _ in boxes) - left) / unit) if unit > 0 else 0
    if not 20 < size < 200:
        raise UnreadableCodeError(f"{size} squares wide")
    rows = [[0] * size for _ in range(size)]
    for x, y, width, _ in boxes:
        row, start, length = round((high - y) / unit), round((x - left) / unit), round(width / unit)
        if not 0 <= row < size:
            raise UnreadableCodeError("a square out of place")
        rows[row][start : start + length] = [1] * length
    return rows


def _compared(text: str | None, expected: dict[str, str]) -> Iterator[Finding]:
    fields = (text or "").split("\n")
    if text is None or len(fields) < _FIELDS or fields[:4] != _START:
        yield _difference("EPC069-12", "?", " ".join(_START))
        return
    fields += [""] * (_ALL_FIELDS - len(fields))
    said = {
        "BT-84": compact(fields[6]),
        "BT-85": fields[5],
        "BT-86": fields[4],
        "BT-115": _amount(fields[7]),
        "BT-83": fields[10],
    }
    for term, shown in said.items():
        may_be_absent = term == "BT-86" and not shown
        is_cut = term == "BT-83" and bool(shown) and expected[term].startswith(shown)
        if shown != expected[term] and not may_be_absent and not is_cut:
            yield _difference(term, shown, expected[term])


def _expected(stated: Invoice, invoice: Invoice) -> dict[str, str]:
    said, own = stated.payment or _NOTHING, invoice.payment or _NOTHING
    payee = (stated.payee or invoice.payee or stated.seller).name
    return {
        "BT-84": compact(said.iban or own.iban).upper(),
        "BT-85": " ".join((said.account_name or own.account_name or payee).split())[:70],
        "BT-86": compact(said.bic or own.bic).upper(),
        "BT-115": f"EUR {plain(stated.totals.due)}",
        "BT-83": " ".join((said.remittance or own.remittance or stated.number).split()),
    }


def _amount(field: str) -> str:
    try:
        return f"{field[:3]} {plain(Decimal(field[3:]))}"
    except InvalidOperation:
        return field


def _difference(term: str, shown: str, value: str) -> Finding:
    return Finding("ED-PDF-CODE", "payment.iban", params={"term": term, "printed": shown or "—", "xml": value})
