"""What the official rule files let pass and a careful reader would not: checks of our own, on any document.

They run on what is received and on whole bodies to issue. None of them changes the official verdict of a received
document; on a document of ours an error blocks. An error is what a platform, a tax inspector or the customer would
refuse; a warning is only suspicious (the sandboxes of platforms use companies that do not exist).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.identifiers import SCHEME_GLN, compact, has_gln_key, is_iban
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, DEPOSIT_TYPES, Invoice, PaymentInstructions, Profile
from einvoice_desktop.domain.parties import Party
from einvoice_desktop.domain.party_checks import check_french_identifiers
from einvoice_desktop.domain.vat_doubts import vat_doubts
from einvoice_desktop.domain.vat_number_checks import check_vat_number

ALREADY_PAID = frozenset({"B2", "S2", "M2"})
"""Business processes (BT-23) of an invoice paid before it is sent: its due date is the day of payment (A7 G1.02)."""

_LEGAL_MENTIONS = frozenset({"PMT", "PMD", "AAB"})
_PLACEHOLDERS = frozenset({"na", "n/a", "n.a.", "néant", "neant", "nc", "tbd", "todo", "x", "xx", "xxx"})
_SEPA_MEANS = frozenset({"58", "59"})
_CORE = "urn:cen.eu:en16931:2017"
_ZUGFERD_2 = "urn:zugferd.de:2p"
_SHORTEST = 3
"""Characters an identifier of a party has at least: national registers have no shorter one."""


def find_doubts(invoice: Invoice) -> tuple[Finding, ...]:
    """What is wrong or odd in what a document says, its amounts apart: no clock, no store. Safe on anything read."""
    return (
        *_profile(invoice),
        *_notes(invoice),
        *_parties(invoice),
        *_treatment(invoice),
        *_due(invoice),
        *_payment(invoice.payment),
        *vat_doubts(invoice),
    )


def _profile(invoice: Invoice) -> Iterator[Finding]:
    """BT-24 names a specification nobody knows: no rule file was written for it (Factur-X, list of profiles)."""
    profile = invoice.profile
    if profile and profile not in set(Profile) and not profile.startswith((f"{_CORE}#", _ZUGFERD_2)):
        yield Finding("ED-PROFILE-UNKNOWN", params={"typed": profile[:80]})


def _notes(invoice: Invoice) -> Iterator[Finding]:
    """BR-FR-05 looks at the code of a mention, never at its words: ``#PMT#`` alone passes. C. com. art. L441-9, L441-10."""
    for index, note in enumerate(invoice.notes):
        if note.subject not in _LEGAL_MENTIONS:
            continue
        text = note.text.strip()
        params = {"subject": note.subject, "typed": text[:80]}
        if not re.search(r"\w", text):
            yield Finding("ED-NOTE-EMPTY", f"notes.{index}", params=params)
        elif text.lower() in _PLACEHOLDERS:
            yield Finding("ED-NOTE-EMPTY", f"notes.{index}", Severity.WARNING, params=params)


def _parties(invoice: Invoice) -> Iterator[Finding]:
    parties = {"seller": invoice.seller, "buyer": invoice.buyer}
    others = {"payee": invoice.payee, "tax_representative": invoice.tax_representative}
    parties |= {place: party for place, party in others.items() if party is not None}
    for place, party in parties.items():
        yield from check_identifiers(party, place)
    if invoice.seller.siren and invoice.seller.siren == invoice.buyer.siren:
        yield Finding("ED-SAME-SIREN", "buyer.siren", Severity.WARNING)


def check_identifiers(party: Party, place: str) -> Iterator[Finding]:
    """Shapes, keys and agreement of the identifiers of a party; keys are only ever warned about."""
    for finding in check_french_identifiers(party.siren, party.siret):
        yield replace(finding, place=f"{place}.{finding.place}")
    yield from check_vat_number(party, place)
    for index, identifier in enumerate(party.identifiers):
        at = f"{place}.identifiers.{index}"
        if identifier.scheme == SCHEME_GLN and not has_gln_key(identifier.value):
            yield Finding("ED-GLN-KEY", at, Severity.WARNING, params={"typed": identifier.value[:40]})
        elif _is_too_short(identifier.value) and (identifier.scheme or not re.search("[0-9]", identifier.value)):
            yield _short(at, identifier.value)
    if party.legal_id is not None and _is_too_short(party.legal_id.value):
        yield _short(f"{place}.legal_id", party.legal_id.value)
    if party.tax_registration and not _is_registration(party):
        params = {"typed": party.tax_registration[:40]}
        yield Finding("ED-TAX-REGISTRATION", f"{place}.tax_registration", Severity.WARNING, params=params)


def _is_too_short(value: str) -> bool:
    """Whether no register has such an identifier; a number a seller gives its customer (BT-46) may be « 2 »."""
    return len(compact(value)) < _SHORTEST


def _short(place: str, value: str) -> Finding:
    return Finding("ED-IDENTIFIER-SHORT", place, Severity.WARNING, params={"typed": value})


def _is_registration(party: Party) -> bool:
    """BT-32 of a French seller holds its SIREN (DOL, example c02b); elsewhere it has digits at least."""
    value = compact(party.tax_registration)
    is_french = party.address is not None and party.address.country == "FR"
    return re.search("[0-9]{9}" if is_french else "[0-9]", value) is not None and len(value) >= _SHORTEST


def _treatment(invoice: Invoice) -> Iterator[Finding]:
    """Without a BAR note, BR-FR-11, 21 and 22 do not look at the parties at all.

    An information only: BR-FR-20 rules its value, nothing demands the note, and the examples of XP Z12-012 have none.
    """
    if invoice.seller.siren and invoice.buyer.siren and not invoice.treatment:
        yield Finding("ED-TREATMENT-MISSING", "notes", Severity.INFO)


def _due(invoice: Invoice) -> Iterator[Finding]:
    """When the customer must pay: C. com. art. L441-9 wants the date, BR-CO-25 does not fire in the files tested.

    Only suspicious: without a date the law itself gives thirty days (art. L441-10).
    """
    due, issue = invoice.due_date, invoice.issue_date
    if due is None:
        if invoice.totals.due > 0 and not (invoice.payment_terms or invoice.is_credit_note):
            yield Finding("ED-DUE-MISSING", "due_date", Severity.WARNING)
        return
    # BR-FR-CO-07 spares every deposit; one that is still to be paid cannot have been due before it existed.
    is_spared = invoice.type_code in DEPOSIT_TYPES - CREDIT_NOTE_TYPES
    if due < issue and is_spared and invoice.business_process not in ALREADY_PAID:
        params = {"due": due.isoformat(), "issue": issue.isoformat()}
        yield Finding("ED-DUE-BEFORE-ISSUE", "due_date", Severity.WARNING, params=params)


def _payment(payment: PaymentInstructions | None) -> Iterator[Finding]:
    """What looks like an IBAN must be one; a SEPA transfer has no other kind of account (ISO 13616, BT-84)."""
    if payment is None:
        return
    for account in (payment.iban, *(other.iban for other in payment.other_accounts)):
        value = compact(account).upper()
        is_claimed = payment.means_code in _SEPA_MEANS or re.match("[A-Z]{2}[0-9]{2}", value)
        if value and is_claimed and not is_iban(value):
            yield Finding("ED-IBAN-KEY", "iban", params={"typed": account})
