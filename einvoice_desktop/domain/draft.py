"""What was typed in a document form, kept as typed: an unreadable price or a 31 February is saved too, never lost.

Every field is a text, whatever it means: reading it is the work of :mod:`einvoice_desktop.domain.compose`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One row of the form, as text.

    Attributes:
        name: BT-153. description: BT-154. note: BT-127. quantity, unit_price: as typed (``7,5``, ``=3*45,50``).
        unit: UN/ECE code. base_quantity: « prix pour », units the price is for (BT-149), empty for one.
        vat: key of a VAT answer (:mod:`einvoice_desktop.domain.vat_choices`: ``S20``, ``FRANCHISE``, ``E:VATEX-…``).
        exemption_reason: words in place of those of the VAT answer (BT-120), empty for none.
        discount: percent off the line. discount_amount: or an amount off it (BT-136). discount_reason: BT-139.
        charge: amount added to the line (BT-141). charge_reason: BT-144.
        period_start, period_end: BG-26. product_code: BT-155. buyer_product_code: BT-156.
        standard_product_code: GTIN (BT-157, scheme 0160). classification: BT-158. classification_list: its UNCL 7143 list.
        origin_country: BT-159. attributes: one « Couleur : rouge » per text line (BG-32).
        order_line: BT-132. accounting_reference: BT-133. object_id, object_scheme: BT-128.
        order: EXT-FR-FE-135. despatch_advice: EXT-FR-FE-140.
        deposit_number, deposit_date: the deposit this line deducts (EXT-FR-FE-136, 138).
    """

    name: str = ""
    quantity: str = "1"
    unit: str = "C62"
    unit_price: str = ""
    vat: str = ""
    discount: str = ""
    description: str = ""
    product_code: str = ""
    base_quantity: str = ""
    exemption_reason: str = ""
    discount_amount: str = ""
    discount_reason: str = ""
    charge: str = ""
    charge_reason: str = ""
    note: str = ""
    period_start: str = ""
    period_end: str = ""
    buyer_product_code: str = ""
    standard_product_code: str = ""
    classification: str = ""
    classification_list: str = ""
    origin_country: str = ""
    attributes: str = ""
    order_line: str = ""
    accounting_reference: str = ""
    object_id: str = ""
    object_scheme: str = ""
    order: str = ""
    despatch_advice: str = ""
    deposit_number: str = ""
    deposit_date: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in the row."""
        return not (self.name.strip() or self.unit_price.strip() or self.description.strip())


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A note with its subject (BT-21, UNTDID 4451: REG, ABL, AAI, BLU, ACC, ABU, PAI, TXD…) and its text (BT-22)."""

    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """An allowance or a charge of the whole document (BG-20, BG-21), as typed.

    Attributes:
        kind: ``allowance`` or ``charge``. amount: BT-92, BT-99, or empty when ``percentage`` (BT-94, BT-101) is given.
        reason: BT-97, BT-104. reason_code: BT-98 (UNCL 5189), BT-105 (UNCL 7161). vat: key of its VAT answer.
    """

    kind: str = "allowance"
    amount: str = ""
    percentage: str = ""
    reason: str = ""
    reason_code: str = ""
    vat: str = ""


@dataclass(frozen=True, slots=True)
class DraftReference:
    """A further earlier document (BG-3): BT-25, BT-26 and BT-3, as typed."""

    number: str = ""
    date: str = ""
    type_code: str = ""


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A supporting document (BG-24); its bytes are kept by the store under their SHA-256, never in the form.

    Attributes:
        sha256: of the bytes, hexadecimal, empty for a link alone. filename: BT-125-2. media_type: BT-125-1.
        reference: BT-122. description: BT-123, one of the qualifiers of BR-FR-17 (``RIB``, ``BON_COMMANDE``…).
        url: BT-124.
    """

    sha256: str = ""
    filename: str = ""
    media_type: str = ""
    reference: str = ""
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A document form, as text; dates as ``AAAA-MM-JJ`` or as typed (``31/12/2026``).

    Attributes:
        type_code: BT-3. profile: BT-24, empty to let the content decide (EN 16931, or EXTENDED-CTC-FR where it must).
        buyer_id: registry entry, empty while none is chosen; the supplier when the document is self-billed.
        nature: ``B``, ``S`` or ``M``. payment_state: ``due`` (digit 1 of BT-23), ``paid`` (2), ``final`` (4) or
            ``reported`` (7, VAT already collected through e-reporting). process: BT-23 itself where it is special
            (``S3``, ``S5``, ``S6``), else empty.
        prices_include_vat: ``yes`` when unit prices are typed with VAT, else empty.
        exchange_rate: euros for one unit of ``currency`` (BT-111 = VAT × rate), another currency than the euro only.
        paid: already paid, as an amount (BT-113). rounding: BT-114.
        tax_point: ``invoice``, ``delivery`` or ``payment`` (BT-8), empty for the company's usual. tax_point_date: BT-7.
        preceding_number, preceding_date: main BG-3. references: further ones. source_id: issued document this one
            credits, corrects or balances, empty for none.
        deposit_group_id: group of a deposit or of its balance. deal_total: whole deal without VAT, first deposit of a
            group only. deal_reference: words that name the deal.
        note: free note to the customer (BT-22). notes: notes with a subject.
        changes: allowances and charges of the document; ``global_discount``: percent off everything.
        delivery_date: BT-72. period_start, period_end: BG-14. delivery_…: another place (BG-13, BG-15).
        buyer_reference … accounting_reference: BT-10 to BT-19. object_id, object_scheme: BT-18.
        payment_means: BT-81. iban, bic: override the company's. remittance: BT-83. mandate, creditor_id,
            debited_account: BT-89 to BT-91. card_number, card_holder: BT-87, BT-88.
        language: second language of the printed page (``en``, ``de``…), empty for the customer's.
        template_id: page template, empty for the company's own cascade.
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
    profile: str = ""
    process: str = ""
    prices_include_vat: str = ""
    exchange_rate: str = ""
    paid: str = ""
    rounding: str = ""
    tax_point: str = ""
    tax_point_date: str = ""
    source_id: str = ""
    deposit_group_id: str = ""
    deal_total: str = ""
    deal_reference: str = ""
    period_start: str = ""
    period_end: str = ""
    delivery_name: str = ""
    delivery_line1: str = ""
    delivery_line2: str = ""
    delivery_postal_code: str = ""
    delivery_city: str = ""
    delivery_country: str = ""
    sales_order: str = ""
    receiving_advice: str = ""
    despatch_advice: str = ""
    tender: str = ""
    object_id: str = ""
    object_scheme: str = ""
    accounting_reference: str = ""
    remittance: str = ""
    mandate: str = ""
    creditor_id: str = ""
    debited_account: str = ""
    card_number: str = ""
    card_holder: str = ""
    language: str = ""
    template_id: str = ""
    lines: tuple[DraftLine, ...] = ()
    notes: tuple[DraftNote, ...] = ()
    changes: tuple[DraftChange, ...] = ()
    references: tuple[DraftReference, ...] = ()
    attachments: tuple[DraftAttachment, ...] = ()
