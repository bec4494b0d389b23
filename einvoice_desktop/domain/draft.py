"""What was typed in a document form, kept as typed: an unreadable price or a 31 February is saved too, never lost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One row of the form, as text.

    Attributes:
        name: BT-153. description: BT-154. quantity, unit_price: as typed (``7,5``, ``=3*45,50``).
        unit: UN/ECE code. vat: key of :data:`einvoice_desktop.domain.compose.VAT_CHOICES` (``S20``, ``FRANCHISE``…).
        discount: percent off the line, as typed, empty for none.
    """

    name: str = ""
    quantity: str = "1"
    unit: str = "C62"
    unit_price: str = ""
    vat: str = ""
    discount: str = ""
    description: str = ""
    product_code: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in the row."""
        return not (self.name.strip() or self.unit_price.strip() or self.description.strip())


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A document form, as text; dates as ``AAAA-MM-JJ`` or as typed (``31/12/2026``).

    Attributes:
        type_code: BT-3. buyer_id: registry entry, empty while none is chosen. nature: ``B``, ``S`` or ``M``.
        payment_state: ``due`` (digit 1 of BT-23), ``paid`` (2) or ``final`` (4).
        preceding_number, preceding_date: BG-3 of a credit note or corrected invoice.
        note: free note to the customer (BT-22). iban, bic: override the company's.
    """

    type_code: str = "380"
    buyer_id: str = ""
    issue_date: str = ""
    due_date: str = ""
    delivery_date: str = ""
    nature: str = "S"
    payment_state: str = "due"
    currency: str = "EUR"
    purchase_order: str = ""
    contract: str = ""
    buyer_reference: str = ""
    project: str = ""
    note: str = ""
    payment_terms: str = ""
    payment_means: str = "58"
    iban: str = ""
    bic: str = ""
    preceding_number: str = ""
    preceding_date: str = ""
    global_discount: str = ""
    lines: tuple[DraftLine, ...] = ()
