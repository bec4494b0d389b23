"""Top of the first page: who sells, what the document is, who buys, what was done."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.drawing.colours import INK, MUTED
from einvoice_desktop.documents.pdf.drawing.pictures import Picture, initials
from einvoice_desktop.documents.pdf.drawing.sheet import HEIGHT, LEFT, RIGHT, Block, Sheet
from einvoice_desktop.documents.pdf.drawing.style import (
    Run,
    Style,
    column_height,
    draw_column,
    draw_column_right,
    label_runs,
    runs,
    spaced,
    with_label,
)
from einvoice_desktop.documents.pdf.drawing.tags import Tag
from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.languages import both, second
from einvoice_desktop.documents.pdf.page.mentions import seller_name
from einvoice_desktop.documents.pdf.page.references import references
from einvoice_desktop.domain.identifiers import SCHEME_ROUTING_CODE, SCHEME_SIRET
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.parties import Address, Contact, Party

LOGO = "Logo"
"""Name of the picture in the document."""

_SELLER_WIDTH = 250.0
_TITLE_WIDTH = 240.0
_LOGO_BOX = (170.0, 54.0)
_BADGE = 40.0
_PANEL_GAP = 14.0
_PANEL_LEFT_WIDTH = 232.0
_PADDING = 11.0
_INDENT = 82.0
_WIDE_INDENT = 112.0
"""Width of the labels of references, in French and in two languages."""
_LONGEST_NAME = 255
_SEPARATOR = "\u00a0\u00a0·\u00a0 "
_ADDRESS_TOP = 142.0
"""The customer's panel starts no higher: it then shows in the window of an envelope."""


def header_block(style: Style, invoice: Invoice, logo: Picture | None) -> Block:
    """Seller on the left with logo, or initials without one; name, number and dates on the right."""
    mark = _mark_height(logo)
    seller = _seller_runs(style, invoice.seller)
    heading = _title_runs(style, invoice)
    dates = _date_rows(invoice)
    heading_height = column_height(heading)
    height = max(mark + 9 + column_height(seller), heading_height + 8 + 13.2 * len(dates))

    def draw(sheet: Sheet, top: float) -> None:
        _draw_mark(sheet, style, invoice.seller, logo, top)
        draw_column(sheet, style, seller, LEFT, top + mark + 9)
        draw_column_right(sheet, style, heading, RIGHT, top - 3)
        _draw_dates(sheet, style, dates, top + heading_height + 5)

    return Block(height, draw)


def parties_block(style: Style, invoice: Invoice, top: float) -> Block:
    """What the operation is, and the customer where the window of an envelope shows him; two panels of one height."""
    operation = _operation_runs(style, invoice)
    buyer = _buyer_runs(style, invoice)
    height = max(column_height(operation), column_height(buyer), 62) + 2 * _PADDING
    lead = max(0.0, _ADDRESS_TOP - top)
    right_panel = LEFT + _PANEL_LEFT_WIDTH + _PANEL_GAP

    def draw(sheet: Sheet, start: float) -> None:
        start += lead
        sheet.box(LEFT, start, _PANEL_LEFT_WIDTH, height, style.palette.panel, 6)
        sheet.box(right_panel, start, RIGHT - right_panel, height, style.palette.panel, 6)
        draw_column(sheet, style, operation, LEFT + _PADDING, start + _PADDING)
        draw_column(sheet, style, buyer, right_panel + _PADDING, start + _PADDING)

    return Block(height + lead, draw)


def _mark_height(logo: Picture | None) -> float:
    return _BADGE if logo is None else logo.fitted(*_LOGO_BOX)[1]


def _draw_mark(sheet: Sheet, style: Style, seller: Party, logo: Picture | None, top: float) -> None:
    if logo is not None:
        width, height = logo.fitted(*_LOGO_BOX)
        low = HEIGHT - top - height
        with sheet.inside(Tag("Figure", alternate=f"Logo {seller.name}", box=(LEFT, low, LEFT + width, low + height))):
            sheet.picture(LOGO, LEFT, top, width, height)
        return
    letters = style.clean(initials(seller.trading_name or seller.name))
    sheet.box(LEFT, top, _BADGE, _BADGE, style.palette.accent, 8)
    x = LEFT + (_BADGE - style.strong.width(letters, 16)) / 2
    sheet.text(x, top + _BADGE / 2 + 5.4, letters, style.strong, 16, style.palette.on_accent)


def _seller_runs(style: Style, seller: Party) -> list[Run]:
    width = _SELLER_WIDTH
    found = runs(style, short(seller_name(seller)), width, size=11, is_strong=True, leading=14)
    if seller.trading_name and seller.trading_name != seller.name:
        found += runs(style, short(seller.trading_name), width)
    found += address_runs(style, seller.address, width)
    found += _identity_runs(style, seller, width)
    contact = seller.contact
    if contact is not None and contact.name not in {"", seller.name, seller.trading_name}:
        found += runs(style, short(contact.name), width, colour=MUTED)
    return found + _reach_runs(style, contact, width)


def _reach_runs(style: Style, contact: Contact | None, width: float) -> list[Run]:
    """Telephone and e-mail, never broken inside."""
    if contact is None:
        return []
    parts = (contact.phone, contact.email)
    reach = _SEPARATOR.join(short(part).replace(" ", figures.FIXED) for part in parts if part)
    return runs(style, reach, width, colour=MUTED)


def _identity_runs(style: Style, party: Party, width: float) -> list[Run]:
    """SIREN (or the foreign registration) and VAT number; a line is never broken inside a number."""
    parts = []
    if party.siren:
        parts.append(f"SIREN {figures.siren(party.siren)}")
    elif party.legal_id is not None:
        parts.append(f"Immatriculation {party.legal_id.value}")
    if party.vat_number:
        parts.append(f"TVA {figures.vat_number(party.vat_number)}")
    if party.tax_registration and party.tax_registration != party.siren:
        parts.append(f"N° fiscal {party.tax_registration}")
    text = _SEPARATOR.join(short(part).replace(" ", figures.FIXED) for part in parts)
    return runs(style, text, width, colour=MUTED, space_before=2)


def _title_runs(style: Style, invoice: Invoice) -> list[Run]:
    accent = style.palette.accent_text
    title = wording.title(invoice)
    name = title.upper()
    size = 23.0 if style.strong.width(style.clean(name), 23) <= _TITLE_WIDTH else 17.0
    found = runs(style, name, _TITLE_WIDTH, size=size, is_strong=True, colour=accent, leading=size * 1.16, kind="H1")
    found += runs(style, second(title, style.language), _TITLE_WIDTH, size=12, colour=accent, leading=15)
    number = f"n°\u00a0{short(invoice.number)}" if invoice.number else "Numéro attribué à l’émission"
    found += runs(style, number, _TITLE_WIDTH, size=12, is_strong=True, leading=16)
    for line in wording.subtitles(invoice):
        found += runs(style, short(both(line, style.language)), _TITLE_WIDTH, size=9, leading=12.2)
    return found


def _date_rows(invoice: Invoice) -> list[tuple[str, str]]:
    delivered = invoice.delivery.date if invoice.delivery is not None else None
    rows = [
        ("Date d’émission", figures.day(invoice.issue_date)),
        (wording.delivery_label(invoice), figures.day(delivered)),
        ("Exigibilité de la TVA", figures.day(invoice.tax_point_date)),
        (wording.due_label(invoice), figures.day(invoice.due_date)),
    ]
    return [row for row in rows if row[1]]


def _draw_dates(sheet: Sheet, style: Style, rows: list[tuple[str, str]], top: float) -> None:
    y = top + 9.5
    for label, value in rows:
        words = both(label, style.language)
        with sheet.inside(Tag("P")):
            sheet.text(RIGHT - 58 - style.regular.width(words, 8.8), y, spaced(words), style.regular, 8.8, MUTED)
            sheet.text_right(RIGHT, y, value, style.strong, 9, INK)
        y += 13.2


def _operation_runs(style: Style, invoice: Invoice) -> list[Run]:
    width = _PANEL_LEFT_WIDTH - 2 * _PADDING
    found = label_runs(style, both("Nature de l’opération", style.language), width)
    nature = both(wording.nature(invoice) or "Non précisée", style.language)
    found += runs(style, nature, width, size=9.4, is_strong=True, leading=13)
    indent = _WIDE_INDENT if style.language else _INDENT
    for index, (label, value) in enumerate(references(invoice)):
        value_runs = runs(style, short(value), width - indent, size=8.6, leading=12, space_before=0 if index else 3)
        found += with_label(style, value_runs, both(label, style.language), indent)
    return found


def _delivery_address(invoice: Invoice) -> Address | None:
    """Only when it differs from the customer's (décret 2022-1299)."""
    if invoice.delivery is None or invoice.delivery.address is None:
        return None
    address, billed = invoice.delivery.address, invoice.buyer.address
    if billed is not None and _place(address) == _place(billed):
        return None
    return address


def _place(address: Address) -> tuple[str, ...]:
    parts = (address.line1, address.line2, address.line3, address.postal_code, address.city, address.country)
    return tuple(" ".join(part.split()).casefold() for part in parts)


def _buyer_runs(style: Style, invoice: Invoice) -> list[Run]:
    buyer = invoice.buyer
    width = RIGHT - LEFT - _PANEL_LEFT_WIDTH - _PANEL_GAP - 2 * _PADDING
    found = label_runs(style, both("Client", style.language), width)
    found += runs(style, short(buyer.name), width, size=10.4, is_strong=True, leading=13.5)
    if buyer.trading_name and buyer.trading_name != buyer.name:
        found += runs(style, short(buyer.trading_name), width)
    if buyer.contact is not None and buyer.contact.name and buyer.contact.name != buyer.name:
        found += runs(style, short(f"À l’attention de {buyer.contact.name}"), width)
    found += address_runs(style, buyer.address, width)
    found += _identity_runs(style, buyer, width)
    for text in _other_identifiers(buyer):
        found += runs(style, short(text), width, colour=MUTED)
    found += _reach_runs(style, buyer.contact, width)
    return found + _delivery_runs(style, invoice, width)


def _other_identifiers(buyer: Party) -> list[str]:
    """SIRET, routing code and other identifiers (BT-46), the electronic address when it is not the bare SIREN (BT-49)."""
    found = []
    for item in buyer.identifiers:
        if item.scheme == SCHEME_SIRET:
            found.append(f"SIRET {figures.siren(item.value)}")
        elif item.scheme == SCHEME_ROUTING_CODE:
            found.append(f"Code service {item.value}")
        else:
            found.append(f"Identifiant {item.value}")
    address = buyer.electronic_address
    email = buyer.contact.email if buyer.contact is not None else ""
    if address is not None and address.value not in {buyer.siren, buyer.vat_number, email}:
        found.append(f"Adresse électronique {address.value}")
    return [text.replace(" ", figures.FIXED) for text in found]


def _delivery_runs(style: Style, invoice: Invoice, width: float) -> list[Run]:
    address, delivery = _delivery_address(invoice), invoice.delivery
    place = delivery.location_id.value if delivery is not None and delivery.location_id is not None else ""
    name = (address.name if address is not None else "") or (delivery.name if delivery is not None else "")
    if address is None and not place and name in {"", invoice.buyer.name}:
        return []
    found = label_runs(style, both("Adresse de livraison", style.language), width, space_before=7)
    found += runs(style, short(name), width, is_strong=True)
    found += runs(style, short(f"Lieu {place}") if place else "", width, colour=MUTED)
    return found + address_runs(style, address, width)


def address_runs(style: Style, address: Address | None, width: float) -> list[Run]:
    """An address in the order of the French post; the country when it is abroad."""
    if address is None:
        return []
    found: list[Run] = []
    city = f"{address.postal_code} {address.city}".strip()
    country = "" if address.country in {"FR", ""} else wording.country(address.country)
    for line in (address.line1, address.line2, address.line3, city, address.region, country):
        found += runs(style, short(line), width)
    return found


def short(text: str) -> str:
    """``text`` cut where no honest name or address goes, so that the top of the page stays on the page."""
    return text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME].rstrip() + "…"
