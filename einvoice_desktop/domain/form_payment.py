"""Reading how the document is to be paid (BG-16 to BG-19)."""

from __future__ import annotations

import re
from dataclasses import replace

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.form_fields import clean
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, SELF_BILLED_TYPES, PaymentInstructions
from einvoice_desktop.domain.nearest import near_means
from einvoice_desktop.domain.parties import Buyer, Company

TRANSFERS = frozenset({"30", "31", "42", "58"})
DEBITS = frozenset({"49", "59"})
CARDS = frozenset({"48", "54", "55"})
PAYMENT_MEANS = ("58", "30", "59", "48", "20", "10", "57", "97", "1")
"""Means a form offers (BT-81, UNTDID 4461): SEPA transfer and debit, transfer, card, cheque, cash…"""

_CARD_DIGITS = 4
_MOST_DIGITS = 6


def read_payment(
    form: DraftForm, company: Company, buyer: Buyer | None, found: list[Finding]
) -> PaymentInstructions | None:
    """The payment instructions; ``None`` when a transfer has no account to go to."""
    means = clean(form.payment_means)
    if not re.fullmatch("[0-9]{1,2}|ZZZ", means):
        params = {"typed": form.payment_means}
        found.append(Finding("ED-PAYMENT-MEANS", "payment_means", suggested_value=near_means(means), params=params))
        return None
    if means == "58" and form.currency != "EUR" and form.payment_state != "paid":
        params = {"currency": form.currency}
        found.append(
            Finding("ED-SEPA-CURRENCY", "payment_means", Severity.WARNING, suggested_value="30", params=params)
        )
    remittance = clean(form.remittance)
    if means in TRANSFERS:
        return _transfer(form, company, buyer, means, remittance, found)
    if means in DEBITS:
        return _debit(form, means, remittance, found)
    if means in CARDS:
        number = _card(form.card_number, found)
        return PaymentInstructions(
            means, remittance=remittance, card_number=number, card_holder=clean(form.card_holder) if number else ""
        )
    return PaymentInstructions(means, remittance=remittance)


def _transfer(
    form: DraftForm, company: Company, buyer: Buyer | None, means: str, remittance: str, found: list[Finding]
) -> PaymentInstructions | None:
    """To the account of who sells: the company, or the supplier a self-billed document is made for."""
    is_self_billed = form.type_code in SELF_BILLED_TYPES
    own_iban, own_bic = ("", "") if is_self_billed else (company.iban, company.bic)
    iban = compact(clean(form.iban) or own_iban).upper()
    if iban and not is_iban(iban):
        found.append(Finding("ED-IBAN-KEY", "iban", params={"typed": form.iban}))
        return None
    if not iban:
        if form.payment_state in {"due", "final"} and form.type_code not in CREDIT_NOTE_TYPES:
            found.append(Finding("ED-IBAN-MISSING", "iban", Severity.WARNING))
        return None
    # Another account than the company's has a bank of its own.
    bic = form.bic or (own_bic if not form.iban.strip() or iban == compact(own_iban).upper() else "")
    name = company.account_name
    if is_self_billed:
        name = buyer.name if buyer is not None else ""
    return PaymentInstructions(
        means, remittance=remittance, iban=iban, bic=compact(clean(bic)).upper(), account_name=name
    )


def _debit(form: DraftForm, means: str, remittance: str, found: list[Finding]) -> PaymentInstructions:
    """A SEPA debit names its mandate (BT-89), its creditor (BT-90) and the account debited (BT-91)."""
    account = compact(clean(form.debited_account)).upper()
    if means == "59":
        found.extend(
            Finding("ED-REQUIRED", field)
            for field in ("mandate", "creditor_id", "debited_account")
            if not getattr(form, field).strip()
        )
    if account and not is_iban(account):
        found.append(Finding("ED-IBAN-KEY", "debited_account", params={"typed": form.debited_account}))
    return PaymentInstructions(
        means,
        remittance=remittance,
        mandate=clean(form.mandate),
        creditor_id=compact(clean(form.creditor_id)).upper(),
        debited_account=account,
    )


def without_card(form: DraftForm) -> DraftForm:
    """``form`` as it may be kept: of a whole card number, the last digits alone (PCI DSS), as its document would say."""
    kept = _card(form.card_number, [])
    is_whole = len(re.sub(r"[^0-9]", "", form.card_number)) > _MOST_DIGITS
    return replace(form, card_number=kept) if is_whole else form


def _card(typed: str, found: list[Finding]) -> str:
    """The last digits of the card alone: a document never holds a whole card number (BR-51, PCI DSS)."""
    digits = re.sub(r"[^0-9]", "", typed)
    if len(digits) <= _MOST_DIGITS:
        return digits
    found.append(Finding("ED-CARD-MASKED", "card_number", Severity.WARNING, suggested_value=digits[-_CARD_DIGITS:]))
    return digits[-_CARD_DIGITS:]
