"""The totals (BG-22), VAT by rate (BG-23) and the amount due, with the tax mentions at their left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, INK, MUTED, PANEL
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import Run, Style, column_height, draw_column, label_runs, runs
from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.mentions import is_consumer, is_franchise, tax_mentions
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.vat import VatBreakdown

_X = 306.0
_ROW = 15.0
_DUE = 32.0
_SIZE = 8.9
_LEFT_WIDTH = 236.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of the totals; a strong one is a total of those above it."""

    label: str
    amount: str
    is_strong: bool = False


def totals_block(style: Style, invoice: Invoice) -> Block:
    """All sums on the right, mentions and notes on VAT on the left; never cut."""
    rows = [_wrapped(style, row) for row in sums(invoice)]
    rows_height = sum(_ROW + 10.5 * (len(lines) - 1) for lines, _ in rows)
    mentions = _mention_runs(style, invoice)
    caption = _due_caption(invoice)
    due_height = _DUE + (10 if caption else 0)
    height = max(rows_height + 7 + due_height, column_height(mentions) + 4)

    def draw(sheet: Sheet, top: float) -> None:
        draw_column(sheet, style, mentions, LEFT, top + 2)
        y = _draw_sums(sheet, style, rows, top)
        _draw_due(sheet, style, invoice, caption, y + 5)

    return Block(height, draw)


def sums(invoice: Invoice) -> list[Sum]:
    """The rows over the amount due; a private customer reads the total with VAT first."""
    totals, currency = invoice.totals, invoice.currency
    adjustments = _adjustments(invoice)
    vat = _vat_rows(invoice)
    without_vat = Sum("Total HT", figures.money(totals.without_vat, currency), is_strong=True)
    has_vat = bool(totals.vat or totals.with_vat != totals.without_vat)
    with_vat = [Sum("Total TTC", figures.money(totals.with_vat, currency), is_strong=True)] if has_vat else []
    settled = _settled(invoice)
    if has_vat and is_consumer(invoice):
        inner = [Sum("dont total HT", without_vat.amount)] + [Sum(f"dont {r.label}", r.amount) for r in vat]
        return adjustments + with_vat + inner + settled
    return [*adjustments, without_vat, *vat, *with_vat, *settled]


def _adjustments(invoice: Invoice) -> list[Sum]:
    if not invoice.allowances and not invoice.charges:
        return []
    currency = invoice.currency
    rows = [Sum("Total des lignes HT", figures.money(invoice.totals.line_net, currency))]
    rows += [_adjustment("Remise", item, -item.amount, currency) for item in invoice.allowances]
    return rows + [_adjustment("Frais", item, item.amount, currency) for item in invoice.charges]


def _adjustment(default: str, item: Allowance, amount: Decimal, currency: str) -> Sum:
    label = item.reason or default
    if item.percentage is not None:
        label += f" {figures.percent(item.percentage)}"
    if item.vat is not None and item.vat.rate:
        label += f" (TVA {figures.percent(item.vat.rate)})"
    return Sum(label, figures.money(amount, currency))


def _vat_rows(invoice: Invoice) -> list[Sum]:
    if is_franchise(invoice):
        return []
    taxed_first = sorted(invoice.totals.breakdown, key=lambda group: not group.tax_amount)
    rows = [_vat_row(group, invoice.currency) for group in taxed_first]
    if not rows and invoice.totals.vat:
        rows = [Sum("TVA", figures.money(invoice.totals.vat, invoice.currency))]
    elif len([g for g in invoice.totals.breakdown if g.tax_amount]) > 1:
        rows.append(Sum("Total TVA", figures.money(invoice.totals.vat, invoice.currency)))
    return rows


def _vat_row(group: VatBreakdown, currency: str) -> Sum:
    base = figures.money(group.taxable_amount, currency)
    names = {
        "AE": "Autoliquidation",
        "K": "Livraison intracommunautaire exonérée",
        "G": "Exportation exonérée",
        "E": "Exonéré de TVA",
        "O": "Hors champ de la TVA",
    }
    name = names.get(group.category)
    if name is None or group.tax_amount:
        name = f"TVA {figures.percent(group.rate if group.rate is not None else ZERO)}"
    return Sum(f"{name} sur {base}", figures.money(group.tax_amount, currency))


def _settled(invoice: Invoice) -> list[Sum]:
    totals, currency, rows = invoice.totals, invoice.currency, []
    if totals.paid:
        label = "Acompte déjà versé" if invoice.business_process[1:2] == "4" or invoice.preceding else "Déjà payé"
        rows.append(Sum(label, figures.money(-totals.paid, currency)))
    if totals.rounding:
        rows.append(Sum("Arrondi", figures.money(totals.rounding, currency)))
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
        found += runs(style, _vat_in_accounting_currency(invoice), _LEFT_WIDTH, size=9, is_strong=True, leading=14)
    texts = tax_mentions(invoice)
    if texts:
        title = "Mentions fiscales" if len(texts) > 1 else "Mention fiscale"
        found += label_runs(style, title, _LEFT_WIDTH, space_before=6 if found else 0)
    for text in texts:
        found += runs(style, text, _LEFT_WIDTH, size=9, is_strong=True, leading=12, space_before=1)
    return found


def _vat_in_accounting_currency(invoice: Invoice) -> str:
    """BT-111, in euros on a French invoice; apart from the sums, as it is not one of them."""
    amount, currency = invoice.totals.vat_in_accounting_currency, invoice.accounting_currency or "EUR"
    if amount is None or currency == invoice.currency:
        return ""
    name = "euros" if currency == "EUR" else currency
    return f"Montant de la TVA en {name} : {figures.money(amount, currency)}"


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
        sheet.lines(_X, y + 10.6, lines, face, _SIZE, 10.5, colour)
        sheet.text_right(RIGHT, y + 10.6, row.amount, face, _SIZE, INK)
        y += _ROW + 10.5 * (len(lines) - 1)
    return y


def _draw_due(sheet: Sheet, style: Style, invoice: Invoice, caption: str, top: float) -> None:
    left = _X - 12
    tint = PANEL if style.is_received else style.palette.tint
    sheet.box(left, top, RIGHT - left, _DUE + (10 if caption else 0), tint, 6)
    amount = style.clean(figures.money(invoice.totals.due, invoice.currency))
    label = due_label(invoice)
    size = 14.5
    while style.strong.width(amount, size) > 150 and size > 9:
        size -= 0.5
    sheet.text(_X, top + 20.5, label, style.strong, 11.5, INK)
    sheet.text_right(RIGHT - 12, top + 21.2, amount, style.strong, size, style.palette.accent_text)
    if caption:
        sheet.text(_X, top + 34, caption, style.regular, 8.4, MUTED)
