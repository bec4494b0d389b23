"""How to pay (BG-16), the code to scan, the conditions of L441-10 and the other notes."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, INK, MUTED, WHITE
from einvoice_desktop.documents.pdf.drawing.flow import Flow
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import (
    Run,
    Style,
    column_block,
    column_height,
    draw_column,
    label_runs,
    runs,
)
from einvoice_desktop.documents.pdf.page import figures, payment_code, wording
from einvoice_desktop.documents.pdf.page.mentions import free_notes, payment_conditions
from einvoice_desktop.domain.identifiers import grouped_iban
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.parties import Party

_PAD = 12.0
_CODE = 76.0
_CAPTION = "Pour payer sans rien recopier, scannez le code avec votre application bancaire."
_LABEL = 92.0
_WIDTH = RIGHT - LEFT


def put_payment(flow: Flow, style: Style, invoice: Invoice) -> None:
    """The payment panel, then what must be read about delays, then the notes."""
    rows = _rows(invoice)
    heading = _heading(invoice)
    if rows or heading:
        flow.put(_panel(style, invoice, heading, rows), 16)
    _put_texts(flow, style, "Conditions de règlement", payment_conditions(invoice), is_small=True)
    _put_texts(flow, style, "Notes", free_notes(invoice), is_small=False)
    if style.is_received:
        _put_texts(flow, style, "Pièces jointes au fichier", _attachments(invoice), is_small=False)


def _heading(invoice: Invoice) -> str:
    if wording.is_already_paid(invoice) and not invoice.totals.due:
        how = wording.means(invoice.payment.means_code, invoice.payment.means_text) if invoice.payment else ""
        return f"Facture déjà réglée {how}".strip()
    if invoice.payment is None:
        return "Règlement" if invoice.payment_terms or invoice.payee else ""
    how = wording.means(invoice.payment.means_code, invoice.payment.means_text)
    return f"Règlement {how}".strip()


def _rows(invoice: Invoice) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if invoice.payment is not None and not wording.is_already_paid(invoice):
        found += _instructions(invoice, invoice.payment)
    if invoice.payee is not None:
        found.append(("Bénéficiaire", _payee(invoice.payee)))
    if invoice.payment_terms and not invoice.is_credit_note:
        found.append(("Conditions", invoice.payment_terms))
    return [(label, value) for label, value in found if value]


def _instructions(invoice: Invoice, payment: PaymentInstructions) -> list[tuple[str, str]]:
    reference = payment.remittance or (invoice.number if payment.iban and not invoice.is_credit_note else "")
    rows = [
        ("IBAN", grouped_iban(payment.iban).replace(" ", figures.FIXED)),
        ("BIC", payment.bic),
        ("Titulaire", payment.account_name),
    ]
    for other in payment.other_accounts:
        parts = (grouped_iban(other.iban), other.bic, other.name)
        rows.append(("Autre compte", "  ·  ".join(part for part in parts if part)))
    return [
        *rows,
        ("À rappeler", reference),
        ("Mandat SEPA", payment.mandate),
        ("ICS du créancier", payment.creditor_id),
        ("Compte débité", grouped_iban(payment.debited_account)),
        ("Carte", _card(payment)),
    ]


def _card(payment: PaymentInstructions) -> str:
    """Only the last digits, whatever the document holds (BR-51)."""
    digits = payment.card_number[-4:]
    return "  ·  ".join(part for part in (f"•••• {digits}" if digits else "", payment.card_holder) if part)


def _payee(payee: Party) -> str:
    siren = f"SIREN {figures.siren(payee.siren)}" if payee.siren else ""
    return "  ·  ".join(part for part in (payee.name, siren) if part)


def _attachments(invoice: Invoice) -> list[str]:
    found = []
    for item in invoice.attachments:
        parts = (item.reference, item.description, item.filename or item.url)
        found.append("  ·  ".join(dict.fromkeys(p for p in parts if p)))
    return found


def _panel(style: Style, invoice: Invoice, heading: str, rows: list[tuple[str, str]]) -> Block:
    code = "" if style.is_received else payment_code.payment_text(invoice)
    text_left = LEFT + _PAD + (_CODE + 16 if code else 0)
    value_width = RIGHT - _PAD - text_left - _LABEL
    measured = [(label, runs(style, value, value_width, is_strong=label == "IBAN", size=9)) for label, value in rows]
    inner = 17 + sum(max(13.0, column_height(column)) for _, column in measured)
    caption = runs(style, _CAPTION, value_width + _LABEL, size=7.8, colour=MUTED, space_before=2) if code else []
    height = max(inner + column_height(caption), _CODE if code else 0) + 2 * _PAD

    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top, _WIDTH, height, WHITE, 6)
        sheet.frame(LEFT, top, _WIDTH, height, HAIRLINE, 6)
        if code:
            _draw_code(sheet, code, LEFT + _PAD, top + (height - _CODE) / 2)
        y = top + _PAD
        sheet.text(text_left, y + 9.5, style.clean(heading), style.strong, 10, INK)
        y += 17
        for label, column in measured:
            sheet.text(text_left, y + 8.8, label, style.regular, 8.6, MUTED)
            draw_column(sheet, style, column, text_left + _LABEL, y)
            y += max(13.0, column_height(column))
        draw_column(sheet, style, caption, text_left, y)

    return Block(height, draw)


def _draw_code(sheet: Sheet, text: str, x: float, top: float) -> None:
    rows = payment_code.matrix(text)
    sheet.cells(x, top, _CODE / len(rows), rows, INK)


def _put_texts(flow: Flow, style: Style, title: str, texts: list[str], *, is_small: bool) -> None:
    """Paragraphs that may go over to the next page line by line; the title stays with the first line."""
    size, leading, colour = (7.9, 10.4, MUTED) if is_small else (8.8, 11.8, INK)
    column: list[Run] = []
    for text in texts:
        gap = 2.5 if column else 0
        column += runs(style, text, _WIDTH, size=size, leading=leading, colour=colour, space_before=gap)
    if not column:
        return
    flow.put(column_block(style, [*label_runs(style, title, _WIDTH), column[0]], LEFT), 14)
    for run in column[1:]:
        flow.put(column_block(style, [run], LEFT))
