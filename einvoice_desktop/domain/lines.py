"""Lines of a document, their allowances and charges (BG-20, BG-21, BG-25 to BG-32)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment

UNITS: dict[str, str] = {
    "C62": "unité", "HUR": "heure", "DAY": "jour", "MON": "mois", "ANN": "an", "LS": "forfait",
    "KGM": "kg", "GRM": "g", "TNE": "tonne", "MTR": "m", "MTK": "m²", "MTQ": "m³", "KMT": "km",
    "LTR": "litre", "KWH": "kWh", "H87": "pièce", "SET": "lot", "XPK": "paquet", "XBX": "boîte",
    "WEE": "semaine", "MIN": "minute", "E48": "prestation",
}  # fmt: skip
"""Units offered by the forms (UN/ECE Rec 20 and 21, BT-130), with their French name."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A discount (BG-20, BG-27) or, held in ``charges``, an extra cost (BG-21, BG-28).

    Attributes:
        amount: without VAT, positive, currency of the invoice (BT-92, BT-99, BT-136, BT-141).
        base_amount: BT-93, BT-100, BT-137, BT-142. percentage: BT-94, BT-101, BT-138, BT-143.
        reason: BT-97, BT-104, BT-139, BT-144. reason_code: UNCL 5189 or 7161 (BT-98, BT-105, BT-140, BT-145).
        vat: document level only (BT-95/96, BT-102/103); ``None`` on a line.
    """

    amount: Decimal
    base_amount: Decimal | None = None
    percentage: Decimal | None = None
    reason: str = ""
    reason_code: str = ""
    vat: VatTreatment | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """Classification of an item (BT-158 with its list and version)."""

    code: str
    list_id: str
    list_version: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document (BG-25); amounts in the currency of the invoice.

    Attributes:
        id: BT-126. name: BT-153. description: BT-154. note: BT-127.
        quantity: BT-129, up to four decimals (BR-FR-DEC-02). unit: BT-130.
        net_price: BT-146, without VAT, up to six decimals, for ``base_quantity`` units (BT-149, BT-150).
        gross_price, price_discount: BT-148, BT-147.
        net_amount: BT-131 as computed by :mod:`einvoice_desktop.domain.totals`, or as sent on a received document.
        vat: BG-30. allowances, charges: BG-27, BG-28. period: BG-26.
        object_id: BT-128. order_line_reference: BT-132. accounting_reference: BT-133.
        seller_item_id, buyer_item_id, standard_item_id: BT-155, BT-156, BT-157.
        classifications: BT-158. origin_country: BT-159. attributes: BG-32, pairs of BT-160 and BT-161.

    Only in extended profiles:
        order_reference: purchase order of the line (EXT-FR-FE-135), beside its line BT-132.
        despatch_advice_reference: delivery note (EXT-FR-FE-140). delivery: EXT-FR-FE-BG-10 and EXT-FR-FE-158.
        preceding: the deposit this line deducts (EXT-FR-FE-136 to 138).
        parent_id: line this one details (EXT-FR-FE-162). status: ``GROUP``, ``DETAIL`` or ``INFORMATION`` (EXT-FR-FE-163).
    """

    id: str
    name: str
    quantity: Decimal
    unit: str
    net_price: Decimal
    vat: VatTreatment
    net_amount: Decimal
    description: str = ""
    note: str = ""
    base_quantity: Decimal | None = None
    base_quantity_unit: str = ""
    gross_price: Decimal | None = None
    price_discount: Decimal | None = None
    allowances: tuple[Allowance, ...] = ()
    charges: tuple[Allowance, ...] = ()
    period: Period | None = None
    object_id: Identifier | None = None
    order_line_reference: str = ""
    accounting_reference: str = ""
    seller_item_id: str = ""
    buyer_item_id: str = ""
    standard_item_id: Identifier | None = None
    classifications: tuple[Classification, ...] = ()
    origin_country: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    order_reference: str = ""
    despatch_advice_reference: str = ""
    delivery: Delivery | None = None
    preceding: PrecedingInvoice | None = None
    parent_id: str = ""
    status: str = ""

    @property
    def is_extended(self) -> bool:
        """Whether the line says what plain EN 16931 cannot."""
        return any(
            (
                self.order_reference,
                self.despatch_advice_reference,
                self.delivery,
                self.preceding,
                self.parent_id,
                self.status,
            )
        )
