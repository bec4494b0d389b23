"""A document laid out: from an invoice to drawn sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from einvoice_desktop.documents.pdf.drawing.colours import MUTED, PANEL
from einvoice_desktop.documents.pdf.drawing.flow import CONTINUED_TOP, Flow
from einvoice_desktop.documents.pdf.drawing.pictures import Picture
from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT, Block, Encoder, Sheet
from einvoice_desktop.documents.pdf.drawing.style import Style, column_block, runs
from einvoice_desktop.documents.pdf.drawing.tags import Tag
from einvoice_desktop.documents.pdf.page.footing import Foot, draw_continued, draw_foot, draw_watermark, foot_of
from einvoice_desktop.documents.pdf.page.header import header_block, parties_block
from einvoice_desktop.documents.pdf.page.payment import put_payment
from einvoice_desktop.documents.pdf.page.table import put_table
from einvoice_desktop.documents.pdf.page.totals import totals_block
from einvoice_desktop.domain.invoice import Invoice

_FEW_LINES = 90.0
_CLOSER = 0.55

RECEIVED = "Représentation lisible établie à partir du fichier XML reçu"
"""Printed on every page made for a document that came without one."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the pages of one company look.

    Attributes:
        style: faces, colours, second language. logo: its picture if any. footer: its own foot line.
        watermark: a word over each page. columns: keys of the table, empty to let the document decide.
    """

    style: Style
    logo: Picture | None = None
    footer: str = ""
    watermark: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """The drawn sheets of a document and the tree of what they hold."""

    sheets: list[Sheet]
    tree: Tag


def compose(invoice: Invoice, setting: Setting, encoder: Encoder) -> Composition:
    """Every page of ``invoice``, drawn; closer together when that saves a last page of a few lines."""
    foot = foot_of(setting.style, invoice, setting.footer)
    flow = _laid_out(invoice, setting, foot, Flow())
    if len(flow.pages) > 1 and flow.y - CONTINUED_TOP < _FEW_LINES:
        closer = _laid_out(invoice, setting, foot, Flow(gap_scale=_CLOSER))
        flow = closer if len(closer.pages) < len(flow.pages) else flow
    return _draw(flow, invoice, setting, encoder, foot)


def _laid_out(invoice: Invoice, setting: Setting, foot: Foot, flow: Flow) -> Flow:
    style = setting.style
    if style.is_received:
        flow.put_here(_received_block(style))
        flow.skip(14)
    flow.put_here(header_block(style, invoice, setting.logo))
    flow.skip(16)
    flow.put(parties_block(style, invoice, flow.y))
    flow.skip(18)
    totals = totals_block(style, invoice)
    if invoice.lines:
        put_table(flow, style, invoice, setting.columns, totals.height + 12)
    else:
        _put_no_lines(flow, style)
    flow.put(totals, 12)
    put_payment(flow, style, invoice, foot.company_text)
    return flow


def _draw(flow: Flow, invoice: Invoice, setting: Setting, encoder: Encoder, foot: Foot) -> Composition:
    style, tree = setting.style, Tag("Document")
    sheets = []
    for index, blocks in enumerate(flow.pages):
        sheet = Sheet(encoder, tree, index)
        draw_watermark(sheet, style, setting.watermark)
        if index:
            draw_continued(sheet, style, invoice)
        _draw_blocks(sheet, blocks)
        draw_foot(sheet, style, foot.lines, index + 1, len(flow.pages))
        sheets.append(sheet)
    return Composition(sheets, tree)


def _draw_blocks(sheet: Sheet, blocks: Sequence[tuple[Block, float]]) -> None:
    for block, top in blocks:
        block.draw(sheet, top)


def _received_block(style: Style) -> Block:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top, RIGHT - LEFT, 20, PANEL, 5)
        width = style.regular.width(RECEIVED, 8.6)
        with sheet.inside(Tag("P")):
            sheet.text((LEFT + RIGHT - width) / 2, top + 13, RECEIVED, style.regular, 8.6, MUTED)

    return Block(20, draw)


def _put_no_lines(flow: Flow, style: Style) -> None:
    text = "Ce document ne comporte pas le détail des lignes (profil MINIMUM ou BASIC WL)."
    flow.put(column_block(style, runs(style, text, RIGHT - LEFT, colour=MUTED, leading=12), LEFT))
