"""Issuing a document that another program wrote as JSON: completed with what France demands, recomputed, never trusted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.document_checks import check_document
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.identifiers import (
    SCHEME_FR_ADDRESS,
    SCHEME_SIREN,
    SCHEME_SIRET,
    compact,
    is_siren_shaped,
    is_siret_shaped,
)
from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES, Invoice, Profile
from einvoice_desktop.domain.parties import Address, Company, Identifier, Party, VatRegime
from einvoice_desktop.domain.profiles import is_extended
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.totals import Totals, compute_totals, with_net_amounts, with_reasons
from einvoice_desktop.domain.vat import VatBreakdown
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.unit_of_work import IssuedDocument, Store
from einvoice_desktop.services.issue_invoice import IssueInvoice
from einvoice_desktop.services.keep_settings import active_platform
from einvoice_desktop.services.mend_findings import with_cures


@dataclass(frozen=True, slots=True)
class PreparedBody:
    """A body read, completed and recomputed, that nothing of ours forbids; nothing is written yet.

    Attributes:
        invoice: the document without its number. company: who issues it, perhaps not yet in the store.
        warnings: what is odd and does not block (a SIREN whose key is wrong…).
    """

    invoice: Invoice
    company: Company
    warnings: tuple[Finding, ...] = ()


class IssueBody:
    """Issues EN 16931-style JSON bodies."""

    def __init__(self, store: Store, reader: InvoiceReader, issue: IssueInvoice) -> None:
        self._store, self._reader, self._issue = store, reader, issue

    def issue(self, content: bytes) -> IssuedDocument:
        """Issue the document of a JSON body under a number of ours; queued when a platform is connected.

        Raises:
            UserError: as :meth:`prepare`; NotIssuableError, NotCheckedError: what the official rules say of it.
        """
        return self.issue_prepared(self.prepare(content))

    def prepare(self, content: bytes) -> PreparedBody:
        """Read a body, add what French rules demand and it leaves out, recompute its totals, check it.

        Raises:
            UserError: ``ED-JSON-…``: the body cannot be read.
            NotIssuableError: every finding of ours at once, ``ED-TOTALS`` for amounts that do not follow from the lines.
        """
        stated = self._reader.read_json(content)
        seller, buyer = with_french_identity(stated.seller), with_french_identity(stated.buyer)
        company = self._company(buyer if stated.type_code in SELF_BILLED_TYPES else seller)
        invoice = replace(stated, seller=seller, buyer=buyer, profile=_profile(stated))
        invoice = with_french_mentions(
            replace(invoice, preceding=self._dated(invoice, company)),
            recovery=company.recovery_note,
            penalty=company.late_penalty_note,
            discount=company.discount_note,
            nature=company.nature,
        )
        findings = with_cures((*self._issue.date_findings(invoice, company), *check_document(invoice)), invoice)
        _refuse(findings)
        return PreparedBody(recomputed(invoice), company, findings)

    def issue_prepared(
        self, prepared: PreparedBody, *, keep: Callable[[IssuedDocument], None] | None = None
    ) -> IssuedDocument:
        """Issue it; ``keep`` is called just before everything becomes final, and what it raises undoes everything.

        Raises:
            NotIssuableError, NotCheckedError, UserError: as
                :meth:`einvoice_desktop.services.issue_invoice.IssueInvoice.issue`.
        """
        with self._store.reading() as work:
            has_platform = active_platform(work) is not None
        return self._issue.issue(prepared.invoice, prepared.company, send=has_platform, keep=keep)

    def _company(self, issuer: Party) -> Company:
        """The company of that SIREN, or the one its first document will create from the block of who issues."""
        with self._store.reading() as work:
            known = work.companies.by_siren(issuer.siren) if issuer.siren else None
        if known is not None:
            return known
        return Company(
            id=str(uuid4()),
            name=issuer.name,
            siren=issuer.siren,
            siret=issuer.siret,
            trading_name=issuer.trading_name,
            address=issuer.address or Address(),
            vat_number=issuer.vat_number,
            vat_regime=VatRegime.REAL_NORMAL_MONTHLY if issuer.vat_number else VatRegime.FRANCHISE,
            electronic_address=_french_address(issuer),
            legal_form=issuer.legal_information,
        )

    def _dated(self, invoice: Invoice, company: Company) -> tuple[PrecedingInvoice, ...]:
        """The earlier invoices with their dates (BT-26), found in the store for those that are ours."""
        with self._store.reading() as work:
            dated = []
            for before in invoice.preceding:
                ours = None
                if before.issue_date is None:
                    ours = work.issued.by_number(company.id, self._store.environment, before.number)
                dated.append(replace(before, issue_date=ours.summary.issue_date) if ours is not None else before)
        return tuple(dated)


def _profile(stated: Invoice) -> str:
    """The profile asked for when an invoice may follow it; else EN 16931, or the French extension for what only it says."""
    if stated.profile in {Profile.BASIC, Profile.EXTENDED, Profile.EXTENDED_CTC_FR}:
        return stated.profile
    return Profile.EXTENDED_CTC_FR if stated.is_extended else Profile.EN16931


def _refuse(findings: tuple[Finding, ...]) -> None:
    blocking = tuple(finding for finding in findings if finding.is_blocking)
    if blocking:
        raise NotIssuableError(blocking)


def _french_address(party: Party) -> str:
    address = party.electronic_address
    return address.value if address is not None and address.scheme == SCHEME_FR_ADDRESS else ""


def with_french_identity(party: Party) -> Party:
    """A French party with its SIREN in BT-30 or BT-47, found where bodies put it: legal, SIRET, tax or VAT identifier."""
    country = party.address.country if party.address else "FR"
    if country != "FR" or party.siren:
        return party
    siret = party.siret or _digits(party.legal_id, 14) or _digits_of(party.tax_registration, 14)
    if not siret:
        siret = next((i.value for i in party.identifiers if is_siret_shaped(compact(i.value))), "")
    siren = siret[:9] or _digits(party.legal_id, 9) or _digits_of(party.tax_registration, 9)
    if not siren and re.fullmatch(r"FR[0-9A-Z]{2}[0-9]{9}", compact(party.vat_number).upper()):
        siren = compact(party.vat_number)[-9:]
    if not is_siren_shaped(siren):
        return party
    identifiers = party.identifiers
    if siret and SCHEME_SIRET not in {i.scheme for i in identifiers}:
        identifiers = (*(i for i in identifiers if compact(i.value) != siret), Identifier(siret, SCHEME_SIRET))
    # EN 16931 takes one buyer identifier (BT-46) beside the legal one: the SIRET is the French one.
    return replace(party, legal_id=Identifier(siren, SCHEME_SIREN), identifiers=identifiers)


def _digits(identifier: Identifier | None, length: int) -> str:
    return _digits_of(identifier.value, length) if identifier is not None else ""


def _digits_of(text: str, length: int) -> str:
    match = re.fullmatch(rf"(?:SIRET|SIREN)?\s*([0-9]{{{length}}})", compact(text).upper())
    return match.group(1) if match else ""


def recomputed(stated: Invoice) -> Invoice:
    """``stated`` with totals from the one totals function.

    Raises:
        NotIssuableError: an ``ED-TOTALS`` finding for each amount that does not follow from the lines.
    """
    lines = with_reasons(with_net_amounts(stated.lines, stated.currency), stated.totals.breakdown)
    try:
        totals = compute_totals(
            lines,
            allowances=stated.allowances,
            charges=stated.charges,
            currency=stated.currency,
            paid=stated.totals.paid,
            rounding=stated.totals.rounding,
            vat_in_accounting_currency=stated.totals.vat_in_accounting_currency,
            by_reason=is_extended(stated.profile),
        )
    except ValueError as error:
        raise UserError("ED-JSON-MISSING", path="allowances.vat_category_code", detail=str(error)) from error
    found = [
        _wrong(f"lines.{index}.net_amount", before.net_amount, after.net_amount)
        for index, (before, after) in enumerate(zip(stated.lines, lines, strict=True))
        if before.net_amount != after.net_amount
    ]
    found += _compare(stated.totals, totals)
    found += _compare_breakdowns(stated.totals.breakdown, totals.breakdown)
    _refuse(tuple(found))
    return replace(stated, lines=lines, totals=totals)


_TOTAL_TERMS = ("line_net", "allowances", "charges", "without_vat", "vat", "with_vat", "due")


def _compare(stated: Totals, computed: Totals) -> list[Finding]:
    return [
        _wrong(f"totals.{term}", getattr(stated, term), getattr(computed, term))
        for term in _TOTAL_TERMS
        if getattr(stated, term) != getattr(computed, term)
    ]


def _compare_breakdowns(stated: tuple[VatBreakdown, ...], computed: tuple[VatBreakdown, ...]) -> list[Finding]:
    def amounts(groups: tuple[VatBreakdown, ...]) -> dict[tuple[str, Decimal], tuple[Decimal, Decimal]]:
        sums: dict[tuple[str, Decimal], tuple[Decimal, Decimal]] = {}
        for group in groups:
            key = (str(group.category), (group.rate or Decimal(0)).normalize())
            base, tax = sums.get(key, (Decimal(0), Decimal(0)))
            sums[key] = (base + group.taxable_amount, tax + group.tax_amount)
        return sums

    before, after = amounts(stated), amounts(computed)
    if before == after:
        return []
    different = sorted({*before.items()} ^ {*after.items()})
    category, rate = different[0][0]
    wrong = before.get((category, rate), (Decimal(0), Decimal(0)))
    right = after.get((category, rate), (Decimal(0), Decimal(0)))
    return [_wrong(f"totals.breakdown.{category}-{rate:f}", wrong[1], right[1])]


def _wrong(place: str, stated: Decimal, computed: Decimal) -> Finding:
    params = {"stated": f"{stated:f}", "computed": f"{computed:f}"}
    return Finding("ED-TOTALS", place, suggested_value=f"{computed:f}", params=params)
