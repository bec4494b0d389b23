"""A document of the EN 16931 family: invoice, deposit, credit note, corrected or self-billed invoice, sent or received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.parties import Identifier, Party
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from einvoice_desktop.domain.totals import Totals


class TypeCode(StrEnum):
    """Document types France accepts (BT-3, BR-FR-04)."""

    INVOICE = "380"
    CREDIT_NOTE = "381"
    CORRECTED = "384"
    DEPOSIT = "386"
    SELF_BILLED = "389"
    FACTORED = "393"
    FACTORED_CREDIT_NOTE = "396"
    SELF_BILLED_CREDIT_NOTE = "261"
    REBATE_CREDIT_NOTE = "262"
    SELF_BILLED_CORRECTED = "471"
    FACTORED_CORRECTED = "472"
    SELF_BILLED_FACTORED_CORRECTED = "473"
    SELF_BILLED_DEPOSIT = "500"
    SELF_BILLED_FACTORED = "501"
    SELF_BILLED_FACTORED_CREDIT_NOTE = "502"
    DEPOSIT_CREDIT_NOTE = "503"


CREDIT_NOTE_TYPES = frozenset({"381", "396", "261", "262", "502", "503", "81", "83", "308", "458", "532"})
SELF_BILLED_TYPES = frozenset({"389", "501", "500", "471", "473", "261", "502"})
CORRECTED_TYPES = frozenset({"384", "471", "472", "473"})
DEPOSIT_TYPES = frozenset({"386", "500", "503"})


class Profile(StrEnum):
    """Profiles a document may follow; the value is BT-24."""

    MINIMUM = "urn:factur-x.eu:1p0:minimum"
    BASIC_WL = "urn:factur-x.eu:1p0:basicwl"
    BASIC = "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"
    EN16931 = "urn:cen.eu:en16931:2017"
    EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"
    EXTENDED_CTC_FR = "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"


class TaxPoint(StrEnum):
    """When VAT is due (BT-8): UNTDID 2005 in UBL (3, 35, 432), 2475 in CII (5, 29, 72)."""

    INVOICE = "invoice"
    DELIVERY = "delivery"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Note:
    """A note (BG-1): ``subject`` BT-21 (UNTDID 4451: PMT, PMD, AAB, BAR, REG…) and ``text`` BT-22."""

    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An account a transfer may go to (BG-17): ``iban`` BT-84, ``bic`` BT-86, ``name`` BT-85."""

    iban: str
    bic: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaymentInstructions:
    """How to pay (BG-16 to BG-19).

    Attributes:
        means_code: BT-81, UNTDID 4461 (58 SEPA transfer, 59 SEPA debit, 30 transfer, 48 card, 10 cash, 20 cheque).
        means_text: BT-82. remittance: BT-83. iban: BT-84. account_name: BT-85. bic: BT-86.
        card_number, card_holder: BT-87, BT-88. mandate: BT-89. creditor_id: BT-90. debited_account: BT-91.
        other_accounts: further credit transfers (BG-17) of a received document.
    """

    means_code: str
    means_text: str = ""
    remittance: str = ""
    iban: str = ""
    account_name: str = ""
    bic: str = ""
    card_number: str = ""
    card_holder: str = ""
    mandate: str = ""
    creditor_id: str = ""
    debited_account: str = ""
    other_accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A supporting document (BG-24): reference BT-122, description BT-123, link BT-124, bytes BT-125."""

    reference: str
    description: str = ""
    url: str = ""
    content: bytes | None = None
    media_type: str = ""
    filename: str = ""


class PartyRole(StrEnum):
    """Parties beside seller and buyer, in the French extension only; the value is the group."""

    BUYER_AGENT = "EXT-FR-FE-BG-01"
    PAYER = "EXT-FR-FE-BG-02"
    SELLER_AGENT = "EXT-FR-FE-BG-03"
    INVOICEE = "EXT-FR-FE-BG-04"
    INVOICER = "EXT-FR-FE-BG-05"


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """A party beside seller and buyer and what it does (EXT-FR-FE-BG-01 to BG-05)."""

    role: PartyRole
    party: Party


@dataclass(frozen=True, slots=True)
class Invoice:
    """One document with its totals, as it is sent or as it was received.

    Attributes:
        number: BT-1; empty or a preview until issue. issue_date: BT-2. type_code: BT-3.
        currency: BT-5. accounting_currency: BT-6. tax_point_date: BT-7. tax_point: BT-8. due_date: BT-9.
        buyer_reference … buyer_accounting_reference: BT-10 to BT-19. payment_terms: BT-20.
        business_process: BT-23, the French « cadre de facturation ». profile: BT-24.
        notes: BG-1. preceding: BG-3. seller: BG-4. buyer: BG-7. payee: BG-10. tax_representative: BG-11.
        delivery: BG-13. payment: BG-16. allowances: BG-20. charges: BG-21. totals: BG-22 and BG-23.
        attachments: BG-24. lines: BG-25.
        third_parties: EXT-FR-FE-BG-01 to BG-05, extended profiles only.
    """

    number: str
    issue_date: date
    type_code: str
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    totals: Totals
    profile: str = Profile.EN16931
    business_process: str = ""
    accounting_currency: str = ""
    tax_point_date: date | None = None
    tax_point: TaxPoint | None = None
    due_date: date | None = None
    buyer_reference: str = ""
    project_reference: str = ""
    contract_reference: str = ""
    purchase_order_reference: str = ""
    sales_order_reference: str = ""
    receiving_advice_reference: str = ""
    despatch_advice_reference: str = ""
    tender_or_lot_reference: str = ""
    invoiced_object: Identifier | None = None
    buyer_accounting_reference: str = ""
    payment_terms: str = ""
    notes: tuple[Note, ...] = ()
    preceding: tuple[PrecedingInvoice, ...] = ()
    payee: Party | None = None
    tax_representative: Party | None = None
    delivery: Delivery | None = None
    payment: PaymentInstructions | None = None
    allowances: tuple[Allowance, ...] = ()
    charges: tuple[Allowance, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()

    @property
    def is_extended(self) -> bool:
        """Whether the document says what plain EN 16931 cannot (several orders, deposits per line, third parties)."""
        return bool(self.third_parties) or any(line.is_extended for line in self.lines)

    @property
    def is_credit_note(self) -> bool:
        """Whether the document gives money back (positive amounts, opposite meaning)."""
        return self.type_code in CREDIT_NOTE_TYPES

    @property
    def treatment(self) -> str:
        """Value of the BAR note (B2B, B2BINT, B2C…), empty without one (BR-FR-20)."""
        return next((note.text for note in self.notes if note.subject == "BAR"), "")

    @property
    def signed_with_vat(self) -> Decimal:
        """BT-112, negative for a credit note: what the document adds to the customer's debt."""
        return -self.totals.with_vat if self.is_credit_note else self.totals.with_vat
