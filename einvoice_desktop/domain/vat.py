"""VAT categories, treatments and the rates France accepts (UNCL 5305, BR-FR-15, BR-FR-16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from einvoice_desktop.domain.money import ZERO


class VatCategory(StrEnum):
    """VAT category of a line, an allowance or a breakdown (BT-151, BT-95, BT-102, BT-118)."""

    STANDARD = "S"
    ZERO_RATED = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"
    OUT_OF_SCOPE = "O"
    CANARY_ISLANDS = "L"
    CEUTA_MELILLA = "M"


FRENCH_RATES: tuple[Decimal, ...] = tuple(
    Decimal(rate) for rate in "20 10 5.5 2.1 8.5 1.75 1.05 0.9 13 0 19.6 20.6 7 9.2 9.6".split()
)
"""Rates whose text BR-FR-16 accepts, in percent; those in use first."""


@dataclass(frozen=True, slots=True)
class VatTreatment:
    """Category, rate and reason of one line, allowance or charge.

    Attributes:
        category: BT-151, BT-95 or BT-102 (any text on a received document).
        rate: percent (BT-152, BT-96, BT-103); ``None`` for « hors champ » (category O).
        exemption_reason: BT-120, printed and sent once in the breakdown.
        exemption_code: BT-121, VATEX code.
    """

    category: str
    rate: Decimal | None = None
    exemption_reason: str | None = None
    exemption_code: str | None = None

    @property
    def effective_rate(self) -> Decimal:
        """The rate, zero when there is none."""
        return self.rate if self.rate is not None else ZERO


@dataclass(frozen=True, slots=True)
class VatBreakdown:
    """One group of BG-23, amounts in the currency of the invoice.

    Attributes:
        category: BT-118.
        rate: BT-119 in percent, ``None`` for category O.
        taxable_amount: BT-116.
        tax_amount: BT-117.
        exemption_reason: BT-120.
        exemption_code: BT-121.
    """

    category: str
    rate: Decimal | None
    taxable_amount: Decimal
    tax_amount: Decimal
    exemption_reason: str | None = None
    exemption_code: str | None = None


def standard(rate: str | Decimal) -> VatTreatment:
    """Taxable at ``rate`` percent (category S)."""
    return VatTreatment(VatCategory.STANDARD, Decimal(rate))


def small_business_exemption() -> VatTreatment:
    """Franchise en base, art. 293 B du CGI: category E with its VATEX code (A7 G1.41)."""
    return VatTreatment(VatCategory.EXEMPT, ZERO, "TVA non applicable, art. 293 B du CGI", "VATEX-FR-FRANCHISE")


def reverse_charge() -> VatTreatment:
    """Autoliquidation (category AE)."""
    return VatTreatment(VatCategory.REVERSE_CHARGE, ZERO, "Autoliquidation", "VATEX-EU-AE")


def intra_community() -> VatTreatment:
    """Delivery of goods to another member state (category K)."""
    return VatTreatment(VatCategory.INTRA_COMMUNITY, ZERO, "Exonération de TVA, art. 262 ter, I du CGI", "VATEX-EU-IC")


def export() -> VatTreatment:
    """Export outside the European Union (category G)."""
    return VatTreatment(VatCategory.EXPORT, ZERO, "Exonération de TVA, art. 262, I du CGI", "VATEX-EU-G")


def out_of_scope() -> VatTreatment:
    """Outside the scope of VAT (category O), no rate at all."""
    return VatTreatment(VatCategory.OUT_OF_SCOPE, None, "Hors champ de la TVA", "VATEX-EU-O")
