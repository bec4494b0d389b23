"""Numbers, dates and mentions (BR-FR-01 to BR-FR-08, BR-FR-20, BR-FR-CO-07 to 14, BR-33 to BR-44, BR-CO-25)."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from einvoice_desktop.domain.cures.fault import Fault
from einvoice_desktop.domain.french import DISCOUNT, NOT_APPLICABLE, PENALTY, RECOVERY, treatment_of
from einvoice_desktop.domain.invoice import DEPOSIT_TYPES
from einvoice_desktop.domain.parties import Company

_LONGEST_NUMBER = 35
_USUAL_TERM = timedelta(days=30)
_PROCESSES = frozenset("B1 S1 M1 B2 S2 M2 S3 B4 S4 M4 S5 S6 B7 S7 B8 S8 M8 B9 S9 M9".split())
_CARD_ENDS = (6, 4)


def clean_number(fault: Fault) -> str | None:
    """A number without what it may not hold, 35 characters at most (BR-FR-01, BR-FR-02)."""
    given = _number_at(fault)
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9+\-_/]+", "-", plain).strip("-")
    return kept if kept and kept != given and len(kept) <= _LONGEST_NUMBER else None


def _number_at(fault: Fault) -> str:
    invoice = fault.invoice
    if fault.place == "number":
        return invoice.number
    if fault.place == "preceding_number" and len(invoice.preceding) == 1:
        return invoice.preceding[0].number
    if fault.line is not None and fault.line.preceding is not None and fault.place.endswith(".deposit_number"):
        return fault.line.preceding.number
    return ""


def standard_mention(fault: Fault) -> str | None:
    """The usual text of the mention that is missing (BR-FR-05, C. com. L441-10); a consumer gets « sans objet »."""
    texts = {
        RECOVERY: Company.__dataclass_fields__["recovery_note"].default,
        PENALTY: Company.__dataclass_fields__["late_penalty_note"].default,
        DISCOUNT: Company.__dataclass_fields__["discount_note"].default,
    }
    text = texts.get(fault.place.partition(".")[2])
    if text is None:
        return None
    is_consumer = (fault.invoice.treatment or treatment_of(fault.invoice.buyer)).startswith("B2C")
    return NOT_APPLICABLE if is_consumer else str(text)


def treatment(fault: Fault) -> str:
    """Value of the BAR note that follows from the customer (BR-FR-20, BR-FR-31)."""
    return treatment_of(fault.invoice.buyer)


def group_mention(fault: Fault) -> str:
    """Text of the TXD note of a member of a VAT group (BR-FR-CO-14)."""
    del fault
    return "MEMBRE_ASSUJETTI_UNIQUE"


def business_process(fault: Fault) -> str | None:
    """The frame (BT-23) in capitals, else due at once with the same nature, services by default (BR-FR-08)."""
    typed = fault.invoice.business_process.strip().upper()
    if typed in _PROCESSES:
        return typed if typed != fault.invoice.business_process else None
    nature = typed[:1] if typed[:1] in {"B", "S", "M"} else "S"
    is_paid = fault.invoice.totals.with_vat > 0 and fault.invoice.totals.due == 0
    return f"{nature}{2 if is_paid else 1}"


def payment_state(fault: Fault) -> str | None:
    """A deposit is to be paid, or paid, never a balance (BR-FR-CO-08)."""
    return "due" if fault.invoice.type_code in DEPOSIT_TYPES else None


def due_date(fault: Fault) -> str:
    """Thirty days after the date of the document (BR-CO-25, BR-FR-CO-07, C. com. L441-10)."""
    return (fault.invoice.issue_date + _USUAL_TERM).isoformat()


def payment_day(fault: Fault) -> str:
    """The day of the document, for one already paid (BR-FR-CO-09)."""
    return fault.invoice.issue_date.isoformat()


def delivery_date(fault: Fault) -> str:
    """The day of the document (BR-IC-11)."""
    return fault.invoice.issue_date.isoformat()


def discount_reason(fault: Fault) -> str:
    """The plainest reason of a discount (BR-33, BR-42)."""
    del fault
    return "Remise"


def charge_reason(fault: Fault) -> str:
    """The plainest reason of an extra cost (BR-38, BR-44)."""
    del fault
    return "Frais"


def masked_card(fault: Fault) -> str | None:
    """The ends of a card number (BR-51)."""
    payment = fault.invoice.payment
    digits = re.sub(r"\D", "", payment.card_number) if payment is not None else ""
    first, last = _CARD_ENDS
    hidden = len(digits) - first - last
    return digits[:first] + "*" * hidden + digits[-last:] if hidden > 0 else None
