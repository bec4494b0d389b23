"""The totals (BG-22), VAT by rate (BG-23) and the amount due, with the tax mentions at their left."""

from __future__ import annotations

from decimal import Decimal

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, INK, MUTED, PANEL
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import (
    Run,
    Style,
    column_height,
    draw_column,
    label_runs,
    runs,
    spaced,
)
from einvoice_desktop.documents.pdf.drawing.tags import Tag
from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.languages import both, second
from einvoice_desktop.documents.pdf.page.mentions import is_consumer, tax_mentions
from einvoice_desktop.documents.pdf.page.vat_summary import Sum, vat_sums
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.domain.money import round_half_up

_X = 306.0
_ROW = 15.0
_DUE = 32.0
_OTHER = 9.0
"""Height of the word in the second language."""

_SIZE = 8.9
_LEFT_WIDTH = 236.0


def totals_block(style: Style, invoice: Invoice) -> Block:
    """All sums on the right, mentions and notes on VAT on the left; never cut."""
    rows = [_wrapped(style, row) for row in sums(invoice, style.language)]
    rows_height = sum(_ROW + 10.5 * (len(lines) - 1) for lines, _ in rows)
    mentions = _mention_runs(style, invoice)
    caption = _due_caption(invoice)
    due_height = _due_height(style, caption)
    height = max(rows_height + 7 + due_height, column_height(mentions) + 4)

    def draw(sheet: Sheet, top: float) -> None:
        draw_column(sheet, style, mentions, LEFT, top + 2)
        with sheet.inside(Tag("Table")):
            y = _draw_sums(sheet, style, rows, top)
            _draw_due(sheet, style, invoice, caption, y + 5)
        if caption:
            below = y + 5 + 34 + (_OTHER if style.language else 0)
            with sheet.inside(Tag("P")):
                sheet.text(_X, below, style.clean(caption), style.regular, 8.4, MUTED)

    return Block(height, draw)


def sums(invoice: Invoice, language: str = "") -> list[Sum]:
    """The rows over the amount due, with their words in ``language`` too; a private customer reads the TTC first."""
    totals, currency = invoice.totals, invoice.currency
    adjustments = _adjustments(invoice, language)
    vat = vat_sums(invoice, language)
    without_vat = Sum(both("Total HT", language), figures.money(totals.without_vat, currency), is_strong=True)
    has_vat = bool(totals.vat or totals.with_vat != totals.without_vat)
    gross = Sum(both("Total TTC", language), figures.money(totals.with_vat, currency), is_strong=True)
    with_vat = [gross] if has_vat else []
    settled = _settled(invoice, language)
    if has_vat and is_consumer(invoice):
        inner = [Sum("dont total HT", without_vat.amount)] + [Sum(f"dont {r.label}", r.amount) for r in vat]
        return adjustments + with_vat + inner + settled
    return [*adjustments, without_vat, *vat, *with_vat, *settled]


def _adjustments(invoice: Invoice, language: str) -> list[Sum]:
    if not invoice.allowances and not invoice.charges:
        return []
    totals, currency = invoice.totals, invoice.currency
    rows = [Sum(both("Total des lignes HT", language), figures.money(totals.line_net, currency))]
    rows += [_adjustment("Remise", item, -item.amount, currency) for item in invoice.allowances]
    if len(invoice.allowances) > 1:
        rows.append(Sum(both("Total des remises", language), figures.money(-totals.allowances, currency)))
    rows += [_adjustment("Frais", item, item.amount, currency) for item in invoice.charges]
    if len(invoice.charges) > 1:
        rows.append(Sum(both("Total des frais", language), figures.money(totals.charges, currency)))
    return rows


def _adjustment(default: str, item: Allowance, amount: Decimal, currency: str) -> Sum:
    label = item.reason or default
    if item.percentage is not None:
        label += f" {figures.percent(item.percentage)}"
        label += f" de {figures.money(item.base_amount, currency)}" if item.base_amount is not None else ""
    if item.vat is not None and item.vat.rate:
        label += f" (TVA {figures.percent(item.vat.rate)})"
    return Sum(label, figures.money(amount, currency))


def _settled(invoice: Invoice, language: str) -> list[Sum]:
    totals, currency, rows = invoice.totals, invoice.currency, []
    if totals.paid:
        label = "Acompte déjà versé" if wording.is_final(invoice) or invoice.preceding else "Déjà payé"
        rows.append(Sum(both(label, language), figures.money(-totals.paid, currency)))
    if totals.rounding:
        rows.append(Sum(both("Arrondi", language), figures.money(totals.rounding, currency)))
    return rows


def due_label(invoice: Invoice) -> str:
    """How BT-115 is called."""
    return "Net de l’avoir" if invoice.is_credit_note else "Net à payer"


def _due_caption(invoice: Invoice) -> str:
    if invoice.is_credit_note or invoice.due_date is None:
        return ""
    if invoice.totals.due > 0:
        return f"À régler au plus tard le {figures.day(invoice.due_date)}"
    paid_on = figures.day(invoice.due_date)
    return f"Réglé le {paid_on}" if wording.is_already_paid(invoice) else ""


def _mention_runs(style: Style, invoice: Invoice) -> list[Run]:
    found: list[Run] = []
    if invoice.currency != "EUR":
        found += runs(style, f"Montants en {invoice.currency}, sauf mention contraire.", _LEFT_WIDTH, colour=MUTED)
    if invoice.currency != (invoice.accounting_currency or "EUR"):
        found += runs(style, _vat_in_accounting_currency(invoice), _LEFT_WIDTH, size=9, is_strong=True, leading=14)
        found += runs(style, _exchange_rate(invoice), _LEFT_WIDTH, colour=MUTED)
    texts = tax_mentions(invoice)
    if texts:
        title = "Mentions fiscales" if len(texts) > 1 else "Mention fiscale"
        found += label_runs(style, both(title, style.language), _LEFT_WIDTH, space_before=6 if found else 0)
    for text in texts:
        found += runs(
            style, both(text, style.language), _LEFT_WIDTH, size=9, is_strong=True, leading=12, space_before=1
        )
    return found


def _vat_in_accounting_currency(invoice: Invoice) -> str:
    """BT-111, in euros on a French invoice; apart from the sums, as it is not one of them."""
    amount, currency = invoice.totals.vat_in_accounting_currency, invoice.accounting_currency or "EUR"
    if amount is None or currency == invoice.currency:
        return ""
    name = "euros" if currency == "EUR" else currency
    return f"Montant de la TVA en {name} : {figures.money(amount, currency)}"


def _exchange_rate(invoice: Invoice) -> str:
    """The rate that BT-111 supposes; four figures after the comma say enough to check it."""
    totals = invoice.totals
    stated, currency = totals.vat_in_accounting_currency, invoice.accounting_currency or "EUR"
    if not stated or not totals.vat or currency == invoice.currency:
        return ""
    rate = round_half_up(stated / totals.vat, 4)
    return f"Soit un taux de 1 {invoice.currency} = {figures.money(rate, currency)} environ."


def _wrapped(style: Style, row: Sum) -> tuple[list[str], Sum]:
    amount = style.clean(row.amount)
    face = style.strong if row.is_strong else style.regular
    width = RIGHT - _X - face.width(amount, _SIZE) - 14
    lines = style.wrapped(row.label, _SIZE, width, strong=row.is_strong)
    return lines or [""], Sum(row.label, amount, row.is_strong)


def _draw_sums(sheet: Sheet, style: Style, rows: list[tuple[list[str], Sum]], top: float) -> float:
    y = top
    for index, (lines, row) in enumerate(rows):
        if row.is_strong and index:
            sheet.rule(_X, RIGHT, y + 0.6, HAIRLINE)
        face = style.strong if row.is_strong else style.regular
        colour = INK if row.is_strong else MUTED
        with sheet.inside(Tag("TR")):
            with sheet.inside(Tag("TH", scope="Row")):
                words = [*map(spaced, lines[:-1]), lines[-1]]
                sheet.lines(_X, y + 10.6, words, face, _SIZE, 10.5, colour)
            with sheet.inside(Tag("TD")):
                sheet.text_right(RIGHT, y + 10.6, row.amount, face, _SIZE, INK)
        y += _ROW + 10.5 * (len(lines) - 1)
    return y


def _due_height(style: Style, caption: str) -> float:
    return _DUE + (_OTHER if style.language else 0) + (10 if caption else 0)


def _draw_due(sheet: Sheet, style: Style, invoice: Invoice, caption: str, top: float) -> None:
    left = _X - 12
    tint = PANEL if style.is_received else style.palette.tint
    sheet.box(left, top, RIGHT - left, _due_height(style, caption), tint, 6)
    amount = style.clean(figures.money(invoice.totals.due, invoice.currency))
    label = due_label(invoice)
    other = second(label, style.language)
    size = 14.5
    while style.strong.width(amount, size) > 150 and size > 9:
        size -= 0.5
    with sheet.inside(Tag("TR")):
        with sheet.inside(Tag("TH", scope="Row")):
            sheet.text(_X, top + 20.5, spaced(label) if other else label, style.strong, 11.5, INK)
            sheet.text(_X, top + 31, other, style.regular, 8.4, MUTED)
        with sheet.inside(Tag("TD")):
            sheet.text_right(RIGHT - 12, top + 21.2, amount, style.strong, size, style.palette.accent_text)
