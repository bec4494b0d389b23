"""Which columns the table of lines has, what stands in each, and how wide they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from einvoice_desktop.documents.pdf.drawing.sheet import LEFT, RIGHT
from einvoice_desktop.documents.pdf.drawing.style import Style
from einvoice_desktop.documents.pdf.drawing.wrapping import fitted
from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.languages import second
from einvoice_desktop.documents.pdf.page.line_details import discount
from einvoice_desktop.documents.pdf.page.mentions import is_franchise
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.ports.documents import COLUMNS

SIZE = 9.0
UNIT_SIZE = 8.4
TITLE_SIZE = 7.8
SECOND_SIZE = 7.0

_TITLES = {
    "reference": "Référence",
    "name": "Désignation",
    "quantity": "Quantité",
    "unit": "Unité",
    "unit_price": "PU HT",
    "discount": "Remise",
    "vat": "TVA",
    "amount": "Total HT",
}
_LEAST = {"quantity": 20.0, "unit_price": 38.0, "discount": 28.0, "vat": 28.0, "amount": 46.0}
_TEXTS = frozenset({"reference", "unit"})
_LONGEST_TEXT = {"reference": 62.0, "unit": 48.0}
_GUTTER = 12.0
_TIGHT = 7.0
_NARROWEST_NAME = 130.0
_UNIT_GAP = 3.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column from ``left`` to ``right``; ``title`` and its ``other`` word in the second language."""

    key: str
    left: float
    right: float
    title: str
    other: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is set flush left."""
        return self.key == "name" or self.key in _TEXTS

    @property
    def width(self) -> float:
        """Width of what may stand in it."""
        return self.right - self.left


def keys_of(invoice: Invoice, chosen: Sequence[str]) -> tuple[str, ...]:
    """The columns of this document: those chosen, name and amount always.

    No VAT column in franchise, none of references without any. Without a choice: what the lines need. A quantity carries its unit unless the unit has a column of its own.
    """
    known = [key for key in dict.fromkeys(chosen) if key in COLUMNS]
    if not known:
        has_discount = any(line.allowances or line.charges for line in invoice.lines)
        known = ["name", "quantity", "unit_price", *(["discount"] if has_discount else []), "vat", "amount"]
    if "name" not in known:
        known.insert(0, "name")
    if "amount" not in known:
        known.append("amount")
    empty = {"vat"} if is_franchise(invoice) else set()
    if not any(line.seller_item_id for line in invoice.lines):
        empty.add("reference")
    return tuple(key for key in known if key not in empty)


def cells_of(style: Style, line: Line, currency: str, keys: Sequence[str]) -> dict[str, str]:
    """What stands in each column of one line (``unit`` too when it follows the quantity)."""
    full = {
        "reference": line.seller_item_id,
        "quantity": figures.number(line.quantity),
        "unit": wording.unit(line.unit, line.quantity),
        "unit_price": figures.amount(line.net_price, currency),
        "discount": discount(line, currency),
        "vat": figures.rate(line.vat),
        "amount": figures.amount(line.net_amount, currency),
    }
    wanted = {*keys, "unit"} if "quantity" in keys else set(keys)
    cells = {key: style.clean(text) for key, text in full.items() if key in wanted}
    if "unit" in cells:
        cells["unit"] = fitted(cells["unit"], style.regular, UNIT_SIZE, _LONGEST_TEXT["unit"])
    return cells


def columns_of(style: Style, keys: Sequence[str], cells: Sequence[dict[str, str]]) -> tuple[Column, ...]:
    """Each column as wide as its widest text, so that large amounts never touch; the name takes what is left."""
    widths = {key: _width(style, key, keys, cells) for key in keys if key != "name"}
    gutter = _GUTTER
    name = _room(widths, gutter)
    if name < _NARROWEST_NAME:
        gutter = _TIGHT
        name = _room(widths, gutter)
    widths["name"] = max(name, 40.0)
    found, left = [], LEFT
    for key in keys:
        right = RIGHT if key == keys[-1] else left + widths[key]
        found.append(Column(key, left, right, _TITLES[key], style.clean(second(_TITLES[key], style.language))))
        left += widths[key] + gutter
    return tuple(found)


def unit_place(style: Style, column: Column, cells: Sequence[dict[str, str]]) -> float:
    """Where units start inside the column of quantities."""
    return column.right - _units(style, cells)


def _room(widths: dict[str, float], gutter: float) -> float:
    return RIGHT - LEFT - sum(widths.values()) - gutter * len(widths)


def _width(style: Style, key: str, keys: Sequence[str], cells: Sequence[dict[str, str]]) -> float:
    titles = max(
        style.strong.width(_TITLES[key], TITLE_SIZE),
        style.regular.width(style.clean(second(_TITLES[key], style.language)), SECOND_SIZE),
    )
    size = UNIT_SIZE if key == "unit" else SIZE
    widest = max(style.regular.width(row[key], size) for row in cells)
    if key in _LONGEST_TEXT:
        return max(titles, min(widest, _LONGEST_TEXT[key]))
    if key == "quantity" and "unit" not in keys:
        widest += _units(style, cells) + _UNIT_GAP
    return max(titles, widest, _LEAST[key])


def _units(style: Style, cells: Sequence[dict[str, str]]) -> float:
    return max(style.regular.width(row["unit"], UNIT_SIZE) for row in cells)
