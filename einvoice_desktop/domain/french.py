"""What French rules demand on every invoice, added where a document leaves it out (BR-FR-05, 08, 12, 13, 20)."""

from __future__ import annotations

from dataclasses import replace

from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS
from einvoice_desktop.domain.invoice import Invoice, Note
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Identifier, Party

RECOVERY, PENALTY, DISCOUNT, TREATMENT = "PMT", "PMD", "AAB", "BAR"

NOT_APPLICABLE = "Sans objet (client non professionnel)."
"""Text of the three notes for a consumer: BR-FR-05 wants them although art. L441-10 does not apply."""


def treatment_of(buyer: Party) -> str:
    """Value of the BAR note: ``B2B``, ``B2BINT`` or ``B2C``, from what the document says of its buyer (BR-FR-20)."""
    country = buyer.address.country if buyer.address else "FR"
    has_identity = buyer.legal_id is not None or bool(buyer.vat_number)
    if not has_identity:
        return "B2C"
    return "B2B" if country == "FR" else "B2BINT"


def with_french_mentions(
    invoice: Invoice,
    *,
    recovery: str,
    penalty: str,
    discount: str,
    nature: str = "S",
    payment_digit: str = "1",
    treatment: str = "",
) -> Invoice:
    """``invoice`` with BT-23, the notes PMT, PMD, AAB and BAR, both electronic addresses and BT-6, unless it has them.

    ``recovery``, ``penalty`` and ``discount`` are the texts of PMT, PMD and AAB; ``nature`` is ``B``, ``S`` or ``M``;
    ``payment_digit`` is ``1`` due, ``2`` already paid, ``4`` after a deposit (A7 G1.02). ``treatment`` is the value of
    BAR when more is known of the buyer than the document says.
    """
    present = {note.subject for note in invoice.notes}
    treatment = invoice.treatment or treatment or treatment_of(invoice.buyer)
    wanted = {RECOVERY: recovery, PENALTY: penalty, DISCOUNT: discount}
    if treatment.startswith("B2C"):
        wanted = dict.fromkeys(wanted, NOT_APPLICABLE)
    notes = list(invoice.notes)
    notes += [Note(text, subject) for subject, text in wanted.items() if subject not in present and text]
    if TREATMENT not in present:
        notes.append(Note(treatment, TREATMENT))
    return replace(
        with_euro_vat(invoice),
        notes=tuple(notes),
        business_process=invoice.business_process or f"{nature}{payment_digit}",
        seller=_with_address(invoice.seller),
        buyer=_with_address(invoice.buyer),
    )


def with_euro_vat(invoice: Invoice) -> Invoice:
    """A document in another currency states its VAT in euros (BR-FR-CO-12); none is none whatever the rate."""
    if invoice.currency == "EUR":
        return invoice
    totals = invoice.totals
    if totals.vat_in_accounting_currency is None and totals.vat == 0:
        totals = replace(totals, vat_in_accounting_currency=ZERO)
    return replace(invoice, accounting_currency=invoice.accounting_currency or "EUR", totals=totals)


def _with_address(party: Party) -> Party:
    if party.electronic_address is None and party.siren:
        return replace(party, electronic_address=Identifier(party.siren, SCHEME_FR_ADDRESS))
    return party
