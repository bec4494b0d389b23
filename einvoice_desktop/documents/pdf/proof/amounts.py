"""The totals and the VAT printed, against those of the XML (BG-22, BG-23)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.documents.pdf.proof.printed import Amount, Printed, amount, first_amount
from einvoice_desktop.documents.pdf.proof.scanning import Piece
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.money import ZERO, plain
from einvoice_desktop.domain.vat import VatBreakdown

_LABELS = {
    "BT-106": "Total des lignes HT",
    "BT-109": "(?:dont t|T)otal HT",
    "BT-110": "(?:dont )?Total TVA",
    "BT-111": "Montant de la TVA en",
    "BT-112": "Total TTC",
    "BT-113": "Acompte déjà versé|Déjà payé",
    "BT-114": "Arrondi",
    "BT-115": "Net à payer|Net de l’avoir",
}
_VAT_LABEL = re.compile(r"(?:dont )?(?:TVA (?:\([^)]*\) )?(?P<rate>\d+(?:,\d+)?) %)?.*?\bsur (?P<base>.+)", re.DOTALL)
_NEXT_LINE = 13.0

PARTIAL = frozenset({Profile.MINIMUM, Profile.BASIC_WL})
"""Profiles that hold only a part of the invoice: the page may say more than the XML."""


@dataclass(frozen=True, slots=True)
class VatRow:
    """A row of the VAT summary: its rate when it has one, the base in its label, the tax at its right."""

    rate: Decimal | None
    base: Amount
    tax: Amount


def check_totals(printed: Printed, invoice: Invoice) -> list[Finding]:
    """Each total the page must show, as the XML has it; an amount printed beside its label is never another one."""
    findings: list[Finding] = []
    for term, (value, currency, is_needed) in _expected(invoice).items():
        if not value and invoice.profile in PARTIAL:
            continue
        label = re.compile(rf"(?:{_LABELS[term]})\s*(?:/.*)?$" if term != "BT-111" else _LABELS[term])
        found = list(_beside(printed, label, is_sentence=term == "BT-111"))
        wrong = [item for item in found if not _is(item, term, value, currency)]
        if is_needed and not found:
            findings.append(_difference(term, "", value))
        if _is_a_reason(label, invoice) and (len(wrong) < len(found) or not is_needed):
            continue
        findings += [_difference(term, item.text, value) for item in wrong]
    return findings


def _is(item: Amount, term: str, value: Decimal, currency: str) -> bool:
    """What is deducted (BT-113) is printed with a minus."""
    return item.value == (-value if term == "BT-113" else value) and item.currency in _signs(currency)


def _expected(invoice: Invoice) -> dict[str, tuple[Decimal, str, bool]]:
    """Value, currency and whether it has to be printed, by term."""
    totals, currency = invoice.totals, invoice.currency
    taxed = [group for group in totals.breakdown if group.tax_amount]
    expected = {
        "BT-106": (totals.line_net, currency, bool(invoice.allowances or invoice.charges)),
        "BT-109": (totals.without_vat, currency, True),
        "BT-110": (totals.vat, currency, len(taxed) > 1),
        "BT-112": (totals.with_vat, currency, totals.with_vat != totals.without_vat),
        "BT-113": (totals.paid, currency, bool(totals.paid)),
        "BT-114": (totals.rounding, currency, bool(totals.rounding)),
        "BT-115": (totals.due, currency, True),
    }
    stated = totals.vat_in_accounting_currency
    if stated is not None and invoice.accounting_currency not in {"", currency}:
        expected["BT-111"] = (stated, invoice.accounting_currency, True)
    return expected


def _is_a_reason(label: re.Pattern[str], invoice: Invoice) -> bool:
    """Whether somebody called a discount or a charge by the name of a total (« Arrondi »)."""
    return any(label.match(item.reason) for item in (*invoice.allowances, *invoice.charges))


def _beside(printed: Printed, label: re.Pattern[str], *, is_sentence: bool) -> Iterator[Amount]:
    for piece, following in printed.labelled(label):
        found = _tail(piece.text) if is_sentence else first_amount(following)
        if found is not None and found.currency:  # a column title has none at its right
            yield found


def _tail(text: str) -> Amount | None:
    """The amount after a colon, when label and amount are one sentence."""
    return amount(text.rpartition(": ")[2]) if ": " in text else None


def check_vat(printed: Printed, invoice: Invoice) -> list[Finding]:
    """Base and tax of each group of the breakdown; a document all in franchise shows no VAT at all."""
    groups = list(invoice.totals.breakdown)
    rows = list(_vat_rows(printed))
    if all(not group.tax_amount and group.exemption_code == "VATEX-FR-FRANCHISE" for group in groups) and not rows:
        return []
    findings: list[Finding] = []
    for group in groups:
        candidates = [row for row in rows if row.rate == _rate_shown(group)]
        match = next((row for row in candidates if _agrees(row, group, invoice.currency)), None)
        if match is not None:
            rows.remove(match)
            continue
        nearest = candidates[0] if candidates else None
        if nearest is None or nearest.base.value != group.taxable_amount:
            findings.append(_difference("BT-116", nearest.base.text if nearest else "", group.taxable_amount))
        if nearest is None or nearest.tax.value != group.tax_amount:
            findings.append(_difference("BT-117", nearest.tax.text if nearest else "", group.tax_amount))
        if nearest is not None:
            rows.remove(nearest)
    if groups:
        findings += [_difference("BT-116", row.base.text, None) for row in rows if row.rate is not None]
    return findings


def _agrees(row: VatRow, group: VatBreakdown, currency: str) -> bool:
    return (
        row.base.value == group.taxable_amount
        and row.tax.value == group.tax_amount
        and {row.base.currency, row.tax.currency} <= _signs(currency)
    )


def _rate_shown(group: VatBreakdown) -> Decimal | None:
    """A rate is shown for what is taxed, and for category S and Z; the others are called by their name."""
    if group.tax_amount or group.category in {"S", "Z", "L", "M"}:
        return group.rate if group.rate is not None else ZERO
    return None


def _vat_rows(printed: Printed) -> Iterator[VatRow]:
    for index, row in enumerate(printed.rows):
        for piece in row.pieces:
            tax = first_amount(row.after(piece.right - 0.5))
            if tax is None or not tax.currency:
                continue
            label = _whole_label(printed, index, piece)
            found = _VAT_LABEL.fullmatch(label)
            base = amount(found["base"]) if found else None
            if found is not None and base is not None:
                rate = Decimal(found["rate"].replace(",", ".")) if found["rate"] else None
                yield VatRow(rate, base, tax)


def _whole_label(printed: Printed, index: int, piece: Piece) -> str:
    """The text of ``piece`` and of the lines it was wrapped on, under it and without an amount of their own."""
    words, last = [piece.text], piece
    for row in printed.rows[index + 1 : index + 6]:
        below = next((p for p in row.pieces if abs(p.left - piece.left) < 0.5), None)
        if below is None:
            continue
        is_next = below.page == piece.page and below.baseline - last.baseline < _NEXT_LINE
        if not is_next or first_amount(row.after(below.right - 0.5)) is not None:
            break
        words.append(below.text)
        last = below
    return " ".join(words).replace("\u00a0", " ").partition(" / ")[0]


def _signs(currency: str) -> set[str]:
    return {"€", "EUR"} if currency == "EUR" else {currency}


def _difference(term: str, shown: str, value: Decimal | None) -> Finding:
    said = "—" if value is None else plain(value)
    return Finding("ED-PDF-AMOUNT", params={"term": term, "printed": shown or "—", "xml": said})
