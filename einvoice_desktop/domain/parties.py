"""Who sells and who buys: the parties of a document, the company that issues and the registry of buyers.

A document holds a *snapshot* (:class:`Party`); the registry (:class:`Buyer`, :class:`Company`) may change later
without touching any document (R-012, R-022).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from einvoice_desktop.domain.identifiers import (
    SCHEME_FR_ADDRESS,
    SCHEME_SIREN,
    SCHEME_SIRET,
    is_siret_shaped,
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A value and the scheme it belongs to (ISO 6523 ICD or EAS code), scheme empty when unknown."""

    value: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address (BG-5, BG-8, BG-15; R-009).

    Attributes:
        line1: street and number (BT-35, BT-50, BT-75).
        line2: BT-36, BT-51, BT-76. line3: BT-162, BT-163, BT-165.
        postal_code: BT-38, BT-53, BT-78. city: BT-37, BT-52, BT-77.
        region: BT-39, BT-54, BT-79. country: ISO 3166-1 alpha-2 (BT-40, BT-55, BT-80).
        name: who receives there (BT-70), shipping addresses only.
    """

    line1: str = ""
    line2: str = ""
    line3: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = "FR"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or desk to ask (BG-6, BG-9)."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as one document states it (BG-4, BG-7, BG-10, BG-11), frozen with the document.

    Attributes:
        name: legal name (BT-27, BT-44, BT-59, BT-62).
        trading_name: BT-28, BT-45.
        identifiers: BT-29, BT-46, BT-60 with their schemes (0009 SIRET, 0224 routing code…).
        legal_id: BT-30, BT-47, BT-61; scheme 0002 for a SIREN.
        vat_number: BT-31, BT-48, BT-63.
        tax_registration: BT-32 (franchise seller without a VAT number).
        legal_information: BT-33 (legal form, capital, RCS).
        electronic_address: BT-34, BT-49 with its EAS scheme (0225 in France).
        address: BG-5, BG-8. contact: BG-6, BG-9.
    """

    name: str
    address: Address | None = None
    trading_name: str = ""
    identifiers: tuple[Identifier, ...] = ()
    legal_id: Identifier | None = None
    vat_number: str = ""
    tax_registration: str = ""
    legal_information: str = ""
    electronic_address: Identifier | None = None
    contact: Contact | None = None

    @property
    def siren(self) -> str:
        """The SIREN (scheme 0002) or an empty text."""
        if self.legal_id is not None and self.legal_id.scheme == SCHEME_SIREN:
            return self.legal_id.value
        return ""

    @property
    def siret(self) -> str:
        """The SIRET (scheme 0009) or an empty text."""
        return next((i.value for i in self.identifiers if i.scheme == SCHEME_SIRET), "")


class VatRegime(StrEnum):
    """VAT regime of a company, in the words the wizard asks it."""

    FRANCHISE = "franchise"
    REAL_NORMAL_MONTHLY = "real_normal_monthly"
    REAL_NORMAL_QUARTERLY = "real_normal_quarterly"
    SIMPLIFIED = "simplified"


@dataclass(frozen=True, slots=True)
class Company:
    """A company that issues invoices (R-001 to R-007).

    Attributes:
        id: local identifier (UUID text).
        siret: 14 digits or empty; ``siren`` may be known alone.
        vat_on_debits: « option pour le paiement de la taxe d'après les débits » (BT-8 = invoice date).
        iban, bic, account_name: BT-84, BT-86, BT-85 by default.
        payment_days: default term in days; ``due_date = issue_date + payment_days``.
        late_penalty_note, recovery_note, discount_note: defaults of the notes PMD, PMT and AAB (C. com. L441-10).
        nature: default nature of operations, first letter of BT-23 (``B``, ``S`` or ``M``).
        logo: PNG or JPEG bytes, ``None`` without one. colour: ``#RRGGBB`` of the printed invoice.
        invoice_prefix, credit_note_prefix: start of the numbers of each series (R-028).
    """

    id: str
    name: str
    siren: str
    address: Address
    siret: str = ""
    trading_name: str = ""
    vat_number: str = ""
    legal_form: str = ""
    share_capital: str = ""
    registry_city: str = ""
    vat_regime: VatRegime = VatRegime.REAL_NORMAL_MONTHLY
    vat_on_debits: bool = False
    electronic_address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    iban: str = ""
    bic: str = ""
    account_name: str = ""
    payment_days: int = 30
    payment_terms: str = ""
    nature: str = "S"
    recovery_note: str = "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €."
    late_penalty_note: str = (
        "Tout retard de paiement engendre une pénalité exigible à compter de la date d'échéance, "
        "calculée sur la base de trois fois le taux d'intérêt légal."
    )
    discount_note: str = "Les règlements reçus avant la date d'échéance ne donneront pas lieu à escompte."
    footer: str = ""
    logo: bytes | None = None
    colour: str = "#0E7C66"
    invoice_prefix: str = "F"
    credit_note_prefix: str = "A"

    @property
    def is_franchise(self) -> bool:
        """Whether the company charges no VAT (art. 293 B du CGI)."""
        return self.vat_regime is VatRegime.FRANCHISE

    def as_party(self) -> Party:
        """The seller block of a document (BG-4), R-005."""
        legal = [self.legal_form]
        if self.share_capital:
            legal.append(f"au capital de {self.share_capital}")
        information = " ".join(part for part in legal if part)
        if self.registry_city:
            information = ", ".join(p for p in (information, f"RCS {self.registry_city}") if p)
        contact = None
        if self.email or self.phone:
            contact = Contact(name=self.name, phone=self.phone, email=self.email)
        return Party(
            name=self.name,
            trading_name=self.trading_name,
            address=self.address,
            identifiers=(Identifier(self.siret, SCHEME_SIRET),) if self.siret else (),
            legal_id=Identifier(self.siren, SCHEME_SIREN),
            vat_number=self.vat_number,
            tax_registration="" if self.vat_number else self.siren,
            legal_information=information,
            electronic_address=Identifier(self.electronic_address or self.siren, SCHEME_FR_ADDRESS),
            contact=contact,
        )


class BuyerKind(StrEnum):
    """« Qui est le client ? » : drives the BAR note, the identifiers asked and the VAT offered."""

    FRENCH_BUSINESS = "B2B"
    PUBLIC = "B2G"
    FOREIGN_BUSINESS = "B2BINT"
    INDIVIDUAL = "B2C"


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer of the registry, in its current state (R-008 to R-015).

    Attributes:
        id: local identifier (UUID text). company_id: the company whose registry it is (R-013).
        is_individual: a private person (B2C): no fiscal identifier is asked.
        siret: 14 digits; siren: 9 digits, deduced from the SIRET when empty.
        legal_id, legal_id_scheme: foreign registration (R-008).
        electronic_address: BT-49 with its EAS scheme; empty = the SIREN in scheme 0225 for a French business.
        routing_code: « code service » of a public buyer (Chorus Pro), written as BT-10 when the document names no other.
        shipping_address: ``None`` when it equals the billing address (R-010).
        notes: internal, never sent (R-009).
        scenario: what the practice platform should play for this buyer (sandbox only).
        is_deleted: hidden from lists, kept for old documents (R-012).
        language: ISO 639-1 code of a second language on the pages sent to it, empty for French alone.
    """

    id: str
    company_id: str
    name: str
    address: Address
    is_individual: bool = False
    is_public: bool = False
    siren: str = ""
    siret: str = ""
    vat_number: str = ""
    legal_id: str = ""
    legal_id_scheme: str = ""
    electronic_address: Identifier | None = None
    routing_code: str = ""
    email: str = ""
    billing_email: str = ""
    phone: str = ""
    shipping_address: Address | None = None
    payment_days: int | None = None
    notes: str = ""
    scenario: str = ""
    is_deleted: bool = False
    language: str = ""

    @property
    def effective_siren(self) -> str:
        """The SIREN, deduced from the SIRET when it is not given alone."""
        return self.siren or (self.siret[:9] if is_siret_shaped(self.siret) else "")

    @property
    def kind(self) -> BuyerKind:
        """Who this customer is for the reform."""
        if self.is_individual:
            return BuyerKind.INDIVIDUAL
        if self.address.country != "FR":
            return BuyerKind.FOREIGN_BUSINESS
        return BuyerKind.PUBLIC if self.is_public else BuyerKind.FRENCH_BUSINESS

    def as_party(self) -> Party:
        """The buyer block of a document (BG-7), R-022 and R-024."""
        if self.is_individual:
            return Party(
                name=self.name,
                address=self.address,
                electronic_address=self.electronic_address or _email_address(self),
                contact=_contact(self),
            )
        siren = self.effective_siren if self.address.country == "FR" else ""
        legal = Identifier(siren, SCHEME_SIREN) if siren else None
        if legal is None and self.legal_id:
            legal = Identifier(self.legal_id, self.legal_id_scheme)
        address = self.electronic_address
        if address is None and siren:
            address = Identifier(siren, SCHEME_FR_ADDRESS)
        return Party(
            name=self.name,
            address=self.address,
            identifiers=(Identifier(self.siret, SCHEME_SIRET),) if self.siret else (),
            legal_id=legal,
            vat_number=self.vat_number,
            electronic_address=address or _email_address(self),
            contact=_contact(self),
        )


def _email_address(buyer: Buyer) -> Identifier | None:
    """No official address exists for a person: the e-mail, scheme EM, passes every check."""
    email = buyer.billing_email or buyer.email
    return Identifier(email, "EM") if email else None


def _contact(buyer: Buyer) -> Contact | None:
    if buyer.email or buyer.phone:
        return Contact(name=buyer.name, phone=buyer.phone, email=buyer.email)
    return None


def without_equal_shipping(buyer: Buyer) -> Buyer:
    """``buyer`` with no shipping address when it equals the billing one, key for key, untrimmed (R-010)."""
    if buyer.shipping_address is not None and buyer.shipping_address == buyer.address:
        return replace(buyer, shipping_address=None)
    return buyer
