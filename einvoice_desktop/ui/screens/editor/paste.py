"""Rows copied from a spreadsheet (tab-separated text) read as lines of a document."""

from __future__ import annotations

from einvoice_desktop.domain.compose import parse_decimal
from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.domain.vat_choices import ALL_VAT_CHOICES

_MOST_ROWS = 1000
_HEADERS = frozenset({"désignation", "designation", "libellé", "libelle", "article", "description", "intitulé"})
_UNIT_BY_NAME = {name.casefold(): code for code, name in UNITS.items()} | {code.casefold(): code for code in UNITS}
_PLURALS = {f"{name}s": code for name, code in _UNIT_BY_NAME.items()} | {
    "h": "HUR",
    "j": "DAY",
    "u": "C62",
    "pce": "H87",
}


def is_table(text: str) -> bool:
    """Whether ``text`` is more than one cell."""
    return "\t" in text or "\n" in text.strip("\r\n")


def read_rows(text: str) -> tuple[DraftLine, ...]:
    """Lines from « désignation, quantité, [unité], prix, [TVA] » columns; a header row is left out.

    With two columns the second is the price. Texts are kept as they are: a wrong price shows as an error in its cell.
    """
    rows = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if rows and rows[0][0].strip().casefold() in _HEADERS:
        rows = rows[1:]
    return tuple(_read_row([cell.strip() for cell in row]) for row in rows[:_MOST_ROWS])


def _read_row(cells: list[str]) -> DraftLine:
    name, rest = cells[0], [cell for cell in cells[1:] if cell]
    unit = next((code for cell in rest if (code := _unit(cell))), "")
    vat = next((key for cell in rest[1:] if (key := _vat(cell))), "")
    values = [cell for cell in rest if not _unit(cell) and not (vat and _vat(cell) == vat and "%" in cell)]
    if len(values) == 1:
        quantity, price = "1", values[0]
    else:
        quantity, price = [*values, "1", ""][:2]
    return DraftLine(name=name, quantity=quantity, unit=unit or "C62", unit_price=price.rstrip("€ \u00a0"), vat=vat)


def _unit(cell: str) -> str:
    key = cell.casefold().rstrip(".")
    return _UNIT_BY_NAME.get(key) or _PLURALS.get(key, "")


def _vat(cell: str) -> str:
    if "%" not in cell:
        return ""
    value = parse_decimal(cell)
    for choice in ALL_VAT_CHOICES:
        if value is not None and choice.treatment.category == "S" and choice.treatment.rate == value:
            return choice.key
    return ""
