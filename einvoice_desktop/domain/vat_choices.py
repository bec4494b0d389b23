"""The VAT answers a form offers."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.domain.vat import (
    VatTreatment,
    export,
    intra_community,
    out_of_scope,
    reverse_charge,
    small_business_exemption,
    standard,
)


@dataclass(frozen=True, slots=True)
class VatChoice:
    """One VAT answer a form offers: its key, the words shown, the treatment behind."""

    key: str
    label: str
    treatment: VatTreatment


VAT_CHOICES: dict[str, VatChoice] = {
    choice.key: choice
    for choice in (
        VatChoice("S20", "20 %", standard("20")),
        VatChoice("S10", "10 %", standard("10")),
        VatChoice("S5.5", "5,5 %", standard("5.5")),
        VatChoice("S2.1", "2,1 %", standard("2.1")),
        VatChoice("S8.5", "8,5 % (DOM)", standard("8.5")),
        VatChoice("FRANCHISE", "Franchise (293 B)", small_business_exemption()),
        VatChoice("AE", "Autoliquidation", reverse_charge()),
        VatChoice("K", "Livraison UE", intra_community()),
        VatChoice("G", "Export", export()),
        VatChoice("O", "Hors champ", out_of_scope()),
    )
}
"""What the VAT column of a form offers, in order."""
