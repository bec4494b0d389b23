"""A document laid out: from an invoice to drawn sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from einvoice_desktop.documents.pdf.drawing.colours import MUTED, PANEL
from einvoice_desktop.documents.pdf.drawing.flow import Flow
from einvoice_desktop.documents.pdf.drawing.pictures import Picture
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Encoder, Sheet
from einvoice_desktop.documents.pdf.drawing.style import Style, runs
from einvoice_desktop.documents.pdf.page.footing import draw_continued, draw_foot, draw_watermark, foot_lines
from einvoice_desktop.documents.pdf.page.header import header_block, parties_block
from einvoice_desktop.documents.pdf.page.payment import put_payment
from einvoice_desktop.documents.pdf.page.table import put_table
from einvoice_desktop.documents.pdf.page.totals import totals_block
from einvoice_desktop.domain.invoice import Invoice

RECEIVED = "Représentation lisible établie à partir du fichier XML reçu"
"""Printed on every page made for a document that came without one."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the pages of one company look: its style, its logo if any, its own foot line, a word over each page."""

    style: Style
    logo: Picture | None = None
    footer: str = ""
    watermark: str = ""


def compose(invoice: Invoice, setting: Setting, encoder: Encoder) -> list[Sheet]:
    """Every page of ``invoice``, drawn."""
    style = setting.style
    flow = Flow()
    if style.is_received:
        flow.put_here(_received_block(style))
        flow.y += 14
    flow.put_here(header_block(style, invoice, setting.logo))
    flow.y += 16
    flow.put(parties_block(style, invoice, flow.y))
    flow.y += 18
    totals = totals_block(style, invoice)
    if invoice.lines:
        put_table(flow, style, invoice, totals.height + 12)
    else:
        _put_no_lines(flow, style)
    flow.put(totals, 12)
    put_payment(flow, style, invoice)
    return _draw(flow, invoice, setting, encoder)


def _draw(flow: Flow, invoice: Invoice, setting: Setting, encoder: Encoder) -> list[Sheet]:
    style = setting.style
    foot = foot_lines(style, invoice, setting.footer)
    sheets = []
    for index, blocks in enumerate(flow.pages):
        sheet = Sheet(encoder)
        draw_watermark(sheet, style, setting.watermark)
        if index:
            draw_continued(sheet, style, invoice)
        _draw_blocks(sheet, blocks)
        draw_foot(sheet, style, foot, index + 1, len(flow.pages))
        sheets.append(sheet)
    return sheets


def _draw_blocks(sheet: Sheet, blocks: Sequence[tuple[Block, float]]) -> None:
    for block, top in blocks:
        block.draw(sheet, top)


def _received_block(style: Style) -> Block:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top, RIGHT - LEFT, 20, PANEL, 5)
        width = style.regular.width(RECEIVED, 8.6)
        sheet.text((LEFT + RIGHT - width) / 2, top + 13, RECEIVED, style.regular, 8.6, MUTED)

    return Block(20, draw)


def _put_no_lines(flow: Flow, style: Style) -> None:
    text = "Ce document ne comporte pas le détail des lignes (profil MINIMUM ou BASIC WL)."
    column = runs(style, text, RIGHT - LEFT, colour=MUTED)

    def draw(sheet: Sheet, top: float) -> None:
        for index, run in enumerate(column):
            sheet.text(LEFT, top + 9 + index * run.leading, run.text, style.regular, run.size, run.colour)

    flow.put(Block(12.0 * len(column), draw))
