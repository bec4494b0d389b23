"""Which cure mends which rule, and the search for it."""

from __future__ import annotations

from einvoice_desktop.domain.cures import amounts, codes, mentions, parties
from einvoice_desktop.domain.cures.fault import Cure

_CURES: tuple[tuple[Cure, str], ...] = (
    (amounts.allowance_total, "BR-CO-11 BR-FREXT-CO-11 BR-FXEXT-CO-11 BR-DEC-10"),
    (amounts.already_paid, "BR-FR-CO-09_BT-23-1 BR-FR-CO-09_BT-23-2"),
    (amounts.amount_due, "BR-15 BR-CO-16 BR-FXEXT-CO-16 BR-DEC-18"),
    (amounts.charge_total, "BR-CO-12 BR-FREXT-CO-12 BR-FXEXT-CO-12 BR-DEC-11"),
    (amounts.line_amount, "BR-24 BR-FREXT-24 BR-FREXT-BR-24 BR-FXEXT-BR-24 BR-DEC-23"),
    (amounts.line_total, "BR-12 BR-CO-10 BR-FREXT-CO-10 BR-FXEXT-CO-10 BR-DEC-09"),
    (
        amounts.rounded_amount,
        "BR-FR-DEC-01 BR-DEC-01 BR-DEC-02 BR-DEC-05 BR-DEC-06 BR-DEC-16 BR-DEC-17 BR-DEC-24 BR-DEC-25 BR-DEC-27 BR-DEC-28 UBL-DT-01",
    ),
    (amounts.rounded_price, "BR-FR-DEC-03"),
    (amounts.rounded_quantity, "BR-FR-DEC-02"),
    (amounts.total_with_vat, "BR-14 BR-CO-15 BR-FREXT-CO-15 BR-FXEXT-CO-15 BR-DEC-14"),
    (amounts.total_without_vat, "BR-13 BR-CO-13 BR-FREXT-CO-13 BR-FXEXT-CO-13 BR-DEC-12"),
    (
        amounts.vat_base,
        "BR-45 BR-DEC-19 BR-S-08 BR-FREXT-S-08 BR-FREXT-S-08ini BR-FREXT-S-08rev BR-FXEXT-S-08 BR-FXEXT-S-08ini BR-FXEXT-S-08rev BR-FXEXT-S08b BR-Z-08 BR-FREXT-Z-08 BR-FREXT-Z-08ini BR-FREXT-Z-08rev BR-FXEXT-Z-08 BR-FXEXT-Z-08ini BR-FXEXT-Z-08rev BR-FXEXT-Z-08b BR-E-08 BR-FREXT-E-08 BR-FREXT-E-08ini BR-FREXT-E-08rev BR-FXEXT-E-08 BR-FXEXT-E-08ini BR-FXEXT-E-08rev BR-FXEXT-E-08b BR-AE-08 BR-FREXT-AE-08 BR-FREXT-AE-08ini BR-FREXT-AE-08rev BR-FXEXT-AE-08 BR-FXEXT-AE-08ini BR-FXEXT-AE-08rev BR-FXEXT-AE-08b BR-IC-08 BR-FREXT-IC-08 BR-FREXT-IC-08ini BR-FREXT-IC-08rev BR-FXEXT-IC-08 BR-FXEXT-IC-08ini BR-FXEXT-IC-08rev BR-FXEXT-IC-08b BR-G-08 BR-FREXT-G-08 BR-FREXT-G-08ini BR-FREXT-G-08rev BR-FXEXT-G-08 BR-FXEXT-G-08ini BR-FXEXT-G-08rev BR-FXEXT-G-08b BR-O-08 BR-FREXT-O-08 BR-FREXT-O-08ini BR-FREXT-O-08rev BR-FXEXT-O-08 BR-FXEXT-O-08ini BR-FXEXT-O-08rev BR-FXEXT-O-08b BR-AF-08 BR-FREXT-AF-08 BR-FREXT-AF-08ini BR-FREXT-AF-08rev BR-FXEXT-AF-08 BR-FXEXT-AF-08ini BR-FXEXT-AF-08rev BR-FXEXT-AF-08b BR-AG-08 BR-FREXT-AG-08 BR-FREXT-AG-08ini BR-FREXT-AG-08rev BR-FXEXT-AG-08 BR-FXEXT-AG-08ini BR-FXEXT-AG-08rev BR-FXEXT-AG-08b",
    ),
    (
        amounts.vat_of_rate,
        "BR-46 BR-CO-17 BR-DEC-20 BR-S-09 BR-FREXT-S-09 BR-FXEXT-S-09 BR-FXEXT-S-09b BR-Z-09 BR-E-09 BR-AE-09 BR-IC-09 BR-G-09 BR-O-09 BR-AF-09 BR-AG-09",
    ),
    (amounts.vat_total, "BR-CO-14 BR-DEC-13"),
    (parties.address_scheme, "BR-62 BR-63 BR-CL-25"),
    (parties.country, "BR-09 BR-11 BR-CL-14"),
    (parties.delivery_country, "BR-57 BR-IC-12"),
    (parties.electronic_address, "BR-FR-12 BR-FR-13 BR-FR-21 BR-FR-22 BR-FR-23"),
    (parties.origin_country, "BR-CL-15"),
    (
        parties.seller_vat_number,
        "BR-S-02 BR-S-03 BR-S-04 BR-Z-02 BR-Z-03 BR-Z-04 BR-E-02 BR-E-03 BR-E-04 BR-G-02 BR-G-03 BR-G-04",
    ),
    (parties.siren, "BR-FR-10 BR-FR-11 BR-FR-32 BR-CO-26"),
    (parties.siret, "BR-FR-09"),
    (parties.vat_number, "BR-CO-09"),
    (codes.attachment_kind, "BR-FR-17"),
    (codes.currency, "BR-05 BR-CL-03 BR-CL-04 BR-CL-05"),
    (codes.document_type, "BR-FR-04 BR-04 BR-CL-01"),
    (codes.exemption, "BR-E-10 BR-AE-10 BR-IC-10 BR-G-10 BR-O-10"),
    (codes.exemption_code, "BR-CL-22"),
    (codes.french_rate, "BR-FR-16 BR-FR-DEC-04"),
    (codes.gtin_scheme, "BR-64 BR-CL-21"),
    (codes.object_scheme, "BR-CL-07 BR-EXT-CL-07"),
    (codes.payment_means, "BR-49 BR-CL-16"),
    (codes.profile, "BR-01"),
    (codes.unit, "BR-23 BR-FREXT-23 BR-FREXT-BR-23 BR-FXEXT-BR-23 BR-CL-23"),
    (codes.vat_answer, "BR-FR-15 BR-FR-08_BT-151-2 BR-CL-18 BR-S-05 BR-AE-05 BR-IC-05 BR-G-05 BR-O-05"),
    (mentions.business_process, "BR-FR-08"),
    (
        mentions.charge_reason,
        "BR-38 BR-FREXT-BR-38 BR-FXEXT-BR-38 BR-44 BR-FREXT-BR-44 BR-FXEXT-BR-44 BR-CO-22 BR-CO-24",
    ),
    (mentions.clean_number, "BR-FR-01 BR-FR-02 BR-FR-01_BT-1-2 BR-FR-01_BT-25-2 BR-FR-01_EXT-FR-FE-136-2"),
    (mentions.delivery_date, "BR-FX-EN-04 BR-IC-11"),
    (mentions.discount_reason, "BR-33 BR-42 BR-CO-21 BR-CO-23"),
    (mentions.due_date, "BR-FR-CO-07 BR-CO-25"),
    (mentions.group_mention, "BR-FR-CO-14"),
    (mentions.masked_card, "BR-51"),
    (mentions.payment_day, "BR-FR-CO-09_BT-23-3"),
    (mentions.payment_state, "BR-FR-CO-08"),
    (
        mentions.standard_mention,
        "BR-FR-05_BT-22_PMT BR-FR-05_BT-22-1 BR-FR-05_BT-22_PMD BR-FR-05_BT-22-2 BR-FR-05_BT-22_AAB BR-FR-05_BT-22-3",
    ),
    (mentions.treatment, "BR-FR-20 BR-FR-31 BR-FR-30_BT-21"),
)
"""Each cure and the rules it mends; a rule speaks for its variants (``BR-FR-09`` for ``BR-FR-09_BT-29``)."""

CURES: dict[str, Cure] = {rule: cure for cure, rules in _CURES for rule in rules.split()}
"""Rule to cure."""

VAT_ANSWERS = frozenset({codes.exemption, codes.exemption_code, codes.vat_answer})
"""Cures whose value is a VAT answer: the place is the VAT of a line."""


def cure_of(rule: str) -> Cure | None:
    """The cure of ``rule``, or of the family its suffix makes it a variant of; ``None`` without one."""
    while rule and rule not in CURES:
        rule = rule[: max(rule.rfind("_"), rule.rfind("-"), 0)]
    return CURES.get(rule)
