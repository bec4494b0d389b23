"""How to pay (BG-16), the code to scan, the conditions of L441-10 and the other notes."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, INK, MUTED, WHITE
from einvoice_desktop.documents.pdf.drawing.flow import Flow
from einvoice_desktop.documents.pdf.drawing.sheet import HEIGHT, LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import (
    Run,
    Style,
    column_block,
    column_height,
    draw_column,
    label_runs,
    runs,
    with_label,
)
from einvoice_desktop.documents.pdf.drawing.tags import Tag
from einvoice_desktop.documents.pdf.page import figures, payment_code, wording
from einvoice_desktop.documents.pdf.page.languages import both
from einvoice_desktop.documents.pdf.page.mentions import attachments, free_notes, payment_conditions, third_parties
from einvoice_desktop.domain.identifiers import grouped_iban
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.parties import Party

_PAD = 12.0
_CODE = 76.0
_CAPTION = "Pour payer sans rien recopier, scannez le code avec votre application bancaire."
_LABEL = 92.0
_WIDE_LABEL = 132.0
"""Width of the labels, in French and in two languages."""
_WIDTH = RIGHT - LEFT


def put_payment(flow: Flow, style: Style, invoice: Invoice, company_text: str) -> None:
    """The payment panel, then what must be read about delays, the notes, and what the foot of the pages cannot hold."""
    rows = _rows(invoice)
    heading = _heading(invoice)
    if rows or heading:
        flow.put(_panel(style, invoice, heading, rows), 16)
    _put_texts(flow, style, "Conditions de règlement", payment_conditions(invoice), is_small=True)
    _put_texts(flow, style, "Notes", free_notes(invoice), is_small=False)
    _put_texts(flow, style, "Autres intervenants", third_parties(invoice), is_small=False)
    _put_texts(flow, style, "Pièces jointes", attachments(invoice), is_small=False)
    _put_texts(flow, style, "Mentions de l’entreprise", [company_text], is_small=True)


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
    if invoice.payment_terms:
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
    numbers = [f"SIREN {figures.siren(payee.siren)}"] if payee.siren else []
    if payee.legal_id is not None and not payee.siren:
        numbers.append(payee.legal_id.value)
    numbers += [item.value for item in payee.identifiers]
    return "  ·  ".join(part for part in (payee.name, *numbers) if part)


def _panel(style: Style, invoice: Invoice, heading: str, rows: list[tuple[str, str]]) -> Block:
    code = "" if style.is_received else payment_code.payment_text(invoice)
    text_left = LEFT + _PAD + (_CODE + 16 if code else 0)
    indent = _WIDE_LABEL if style.language else _LABEL
    value_width = RIGHT - _PAD - text_left - indent
    measured = [_row(style, label, value, value_width, indent) for label, value in rows]
    inner = 17 + sum(max(13.0, column_height(column)) for column in measured)
    caption = runs(style, _CAPTION, value_width + indent, size=7.8, colour=MUTED, space_before=2) if code else []
    height = max(inner + column_height(caption), _CODE if code else 0) + 2 * _PAD

    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top, _WIDTH, height, WHITE, 6)
        sheet.frame(LEFT, top, _WIDTH, height, HAIRLINE, 6)
        if code:
            _draw_code(sheet, invoice, code, LEFT + _PAD, top + (height - _CODE) / 2)
        y = top + _PAD
        with sheet.inside(Tag("H2")):
            sheet.text(text_left, y + 9.5, style.clean(heading), style.strong, 10, INK)
        y += 17
        for column in measured:
            draw_column(sheet, style, column, text_left, y)
            y += max(13.0, column_height(column))
        draw_column(sheet, style, caption, text_left, y)

    return Block(height, draw)


def _row(style: Style, label: str, value: str, width: float, indent: float) -> list[Run]:
    column = runs(style, value, width, is_strong=label == "IBAN", size=9)
    return with_label(style, column, both(label, style.language), indent)


def _draw_code(sheet: Sheet, invoice: Invoice, text: str, x: float, top: float) -> None:
    rows = payment_code.matrix(text)
    low = HEIGHT - top - _CODE
    due = figures.money(invoice.totals.due, invoice.currency)
    iban = grouped_iban(invoice.payment.iban) if invoice.payment is not None else ""
    words = f"Code à scanner pour payer {due} par virement sur le compte {iban}"
    with sheet.inside(Tag("Figure", alternate=words, box=(x, low, x + _CODE, low + _CODE))):
        sheet.cells(x, top, _CODE / len(rows), rows, INK)


def _put_texts(flow: Flow, style: Style, title: str, texts: list[str], *, is_small: bool) -> None:
    """Paragraphs that may go over to the next page line by line; the title stays with the first line."""
    size, leading, colour = (7.9, 10.4, MUTED) if is_small else (8.8, 11.8, INK)
    column: list[Run] = []
    for text in filter(str.strip, texts):
        gap = 2.5 if column else 0
        column += runs(style, text, _WIDTH, size=size, leading=leading, colour=colour, space_before=gap)
    if not column:
        return
    heading = label_runs(style, both(title, style.language), _WIDTH)
    flow.put(column_block(style, [*heading, column[0]], LEFT), 14)
    for run in column[1:]:
        flow.put(column_block(style, [run], LEFT))
