"""Codes near to what was typed: units, currencies, means of payment, VAT answers (BR-CL, BR-FR-04, 15, 16, 17)."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches

from einvoice_desktop.domain.cures.fault import Fault
from einvoice_desktop.domain.form_attachments import QUALIFIERS
from einvoice_desktop.domain.invoice import Profile, TypeCode
from einvoice_desktop.domain.money import plain
from einvoice_desktop.domain.nearest import near_currency, near_means, near_unit, word
from einvoice_desktop.domain.vat import FRENCH_RATES, VatTreatment
from einvoice_desktop.domain.vat_choices import ALL_VAT_CHOICES, choice_of

_IN_USE = FRENCH_RATES[:10]
"""Rates of today, zero the last; the others are admitted for old documents only."""

_CATEGORIES = {"IC": "K", "TVA": "S", "EX": "E"}
_AE, _K, _G, _O = "AE", "K", "G", "O"


def unit(fault: Fault) -> str | None:
    """The unit people mean (BR-CL-23); none was given: the piece (BR-23)."""
    if fault.line is None:
        return None
    return near_unit(fault.line.unit, is_wrong=True) if fault.line.unit.strip() else "C62"


def currency(fault: Fault) -> str | None:
    """The currency people mean (BR-CL-03, 04, 05); none was given: the euro (BR-05)."""
    typed = fault.invoice.currency
    return near_currency(typed) if typed.strip() else "EUR"


def document_type(fault: Fault) -> str | None:
    """An admitted type that says the same: credit note, deposit, or invoice (BR-04, BR-CL-01, BR-FR-04)."""
    invoice = fault.invoice
    if invoice.type_code in set(TypeCode):
        return None
    return TypeCode.CREDIT_NOTE.value if invoice.is_credit_note else TypeCode.INVOICE.value


def payment_means(fault: Fault) -> str | None:
    """The means people mean (BR-CL-16); none was given but an IBAN is: a SEPA transfer (BR-49)."""
    payment = fault.invoice.payment
    return near_means(payment.means_code) if payment is not None and payment.means_code.strip() else "58"


def profile(fault: Fault) -> str:
    """The norm itself (BR-01)."""
    return (Profile.EXTENDED_CTC_FR if fault.invoice.is_extended else Profile.EN16931).value


def attachment_kind(fault: Fault) -> str | None:
    """The qualifier near to what was typed, for the only attachment that has a wrong one (BR-FR-17)."""
    wrong = [each.description for each in fault.invoice.attachments if each.description not in QUALIFIERS]
    if len(wrong) != 1:
        return None
    near = get_close_matches(word(wrong[0]).replace(" ", "_"), QUALIFIERS, n=1, cutoff=0.5)
    return near[0] if near else QUALIFIERS[0]


def object_scheme(fault: Fault) -> str | None:
    """The scheme of an invoiced object in capitals (BR-CL-07)."""
    found = fault.line.object_id if fault.line is not None else fault.invoice.invoiced_object
    if found is None:
        return None
    scheme = word(found.scheme)
    return scheme if scheme in {"AFL", "AVV"} and scheme != found.scheme else None


def gtin_scheme(fault: Fault) -> str | None:
    """The scheme of a bar code (BR-64, BR-CL-21)."""
    item = fault.line.standard_item_id if fault.line is not None else None
    return "0160" if item is not None and item.value.isdecimal() and len(item.value) in {8, 12, 13, 14} else None


def french_rate(fault: Fault) -> str | None:
    """The rate of today nearest to the one given (BR-FR-16, BR-FR-DEC-04): a VAT answer on a line, a rate elsewhere."""
    given = _rate(fault)
    if given is None or given < 0:
        return None
    nearest = min(_IN_USE, key=lambda rate: (abs(rate - given), _IN_USE.index(rate)))
    if nearest == 0:
        return None  # no VAT needs its reason: not for us to guess
    return f"S{plain(nearest)}" if fault.place.endswith(".vat") else plain(nearest)


def _rate(fault: Fault) -> Decimal | None:
    if fault.line is not None:
        return fault.line.vat.rate if fault.line.vat.category == "S" else None
    return fault.group.rate if fault.group is not None and fault.group.category == "S" else None


def vat_answer(fault: Fault) -> str | None:
    """The VAT answer that says what the line means, with the rate its category wants (BR-CL-18, BR-FR-15, BR-AE-05…)."""
    if fault.line is None:
        return None
    vat = fault.line.vat
    typed = word(str(vat.category))
    category = fault.category or _CATEGORIES.get(typed, typed)
    if category in {_AE, _K, _G, _O}:
        return category
    choice = choice_of(VatTreatment(category, vat.rate, vat.exemption_reason, vat.exemption_code))
    return choice.key if choice is not None and category == "S" else None


def exemption(fault: Fault) -> str | None:
    """The VAT answer whose reason goes without saying for the category (BR-AE-10, BR-IC-10, BR-G-10, BR-O-10).

    An exemption (BR-E-10) has many reasons: only a seller without a VAT number is taken to be in franchise.
    """
    if fault.category in {_AE, _K, _G, _O}:
        return fault.category
    return "FRANCHISE" if fault.category == "E" and not fault.invoice.seller.vat_number else None


def exemption_code(fault: Fault) -> str | None:
    """The VAT answer whose VATEX code is nearest to the one given (BR-CL-22)."""
    given = [group.exemption_code for group in fault.invoice.totals.breakdown if group.exemption_code]
    answers = {c.treatment.exemption_code: c.key for c in reversed(ALL_VAT_CHOICES) if c.treatment.exemption_code}
    wrong = list(dict.fromkeys(code for code in given if code not in answers))
    if len(wrong) != 1:
        return None
    near = get_close_matches(word(wrong[0]).replace(" ", ""), [code for code in answers if code], n=1, cutoff=0.8)
    return answers[near[0]] if near else None
