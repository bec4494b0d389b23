"""Foot and heading of each page, and the watermark under everything."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.documents.pdf.drawing.colours import HAIRLINE, MUTED, WATERMARK
from einvoice_desktop.documents.pdf.drawing.sheet import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Sheet
from einvoice_desktop.documents.pdf.drawing.style import Style
from einvoice_desktop.documents.pdf.drawing.wrapping import fitted
from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.markup import plain_text
from einvoice_desktop.documents.pdf.page.mentions import is_sole_trader, legal_notes, seller_name
from einvoice_desktop.domain.invoice import Invoice

_SIZE = 7.2
_LEADING = 9.2
_MOST_LINES = 4


def legal_line(invoice: Invoice) -> str:
    """Name, legal form, capital, register, SIREN or SIRET and VAT number of the seller (C. com. R123-237)."""
    seller = invoice.seller
    parts = [seller_name(seller)]
    if not (is_sole_trader(seller) and seller.legal_information.strip() == "EI"):
        parts.append(seller.legal_information)
    parts += [note for note in legal_notes(invoice) if note not in seller.legal_information]
    if seller.siren:
        parts.append(f"SIREN{figures.FIXED}{figures.siren(seller.siren)}")
    if seller.siret:
        parts.append(f"SIRET{figures.FIXED}{figures.siren(seller.siret)}")
    if seller.vat_number:
        parts.append(f"TVA{figures.FIXED}{figures.vat_number(seller.vat_number)}")
    return "  ·  ".join(" ".join(part.split("\n")).strip() for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of every page, and the company's own text when it is too long to stand there (printed once, whole)."""

    lines: list[str]
    company_text: str = ""


def foot_of(style: Style, invoice: Invoice, footer: str) -> Foot:
    """At most four lines: the legal line is never cut, the company's text never in the middle (insurance of craftsmen)."""
    width = RIGHT - LEFT - 60
    legal = style.wrapped(legal_line(invoice), _SIZE, width)
    own = style.wrapped(plain_text(footer), _SIZE, width)
    if len(legal) + len(own) <= _MOST_LINES:
        return Foot(legal + own)
    if len(legal) > _MOST_LINES:
        rest = " ".join(legal[_MOST_LINES - 1 :])
        return Foot([*legal[: _MOST_LINES - 1], fitted(rest, style.regular, _SIZE, width)], _both(invoice, footer))
    return Foot(legal, plain_text(footer))


def _both(invoice: Invoice, footer: str) -> str:
    return "\n".join(text for text in (legal_line(invoice), plain_text(footer)) if text)


def draw_foot(sheet: Sheet, style: Style, lines: list[str], page: int, pages: int) -> None:
    """The legal line and the number of the page."""
    sheet.rule(LEFT, RIGHT, BOTTOM + 5, HAIRLINE)
    sheet.lines(LEFT, BOTTOM + 15, lines, style.regular, _SIZE, _LEADING, MUTED)
    sheet.text_right(RIGHT, BOTTOM + 15, f"Page {page} / {pages}", style.regular, _SIZE, MUTED)


def draw_continued(sheet: Sheet, style: Style, invoice: Invoice) -> None:
    """What a page is, when it is not the first."""
    name = f"{wording.title(invoice)} n°\u00a0{invoice.number}" if invoice.number else wording.title(invoice)
    text = f"{name} du {figures.day(invoice.issue_date)}"
    who = style.clean(seller_name(invoice.seller))
    sheet.text(LEFT, TOP + 8, style.clean(text), style.strong, 9, style.palette.accent_text)
    sheet.text_right(RIGHT, TOP + 8, fitted(who, style.regular, 9, 250), style.regular, 9, MUTED)


def draw_watermark(sheet: Sheet, style: Style, text: str) -> None:
    """A word across the page, in an opaque grey under everything else: PDF/A readers and printers agree on it."""
    word = style.clean(" ".join(text.split()))
    if not word:
        return
    size = min(120.0, 620 / max(style.strong.width(word, 1), 0.1))
    sheet.text_tilted(WIDTH / 2, HEIGHT / 2 + 40, word, style.strong, size, WATERMARK, 52)
