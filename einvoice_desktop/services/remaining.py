"""What the documents around one leave to do: how much may still be credited, how far a deal is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.credit import Creditable, RateKey, corrected_type, creditable, rate_key
from einvoice_desktop.domain.deposit import DepositProgress
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, DEPOSIT_TYPES, Invoice
from einvoice_desktop.domain.lifecycle import state_after
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.domain.vat import VatBreakdown, VatTreatment
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.records import (
    DepositGroup,
    DepositRole,
    Draft,
    IssuedDocument,
    Relation,
    VatAmount,
)
from einvoice_desktop.ports.unit_of_work import UnitOfWork

REFUSED = frozenset({"210", "213", "501"})
"""Statuses after which a document counts for nothing: it was never admitted."""

CANCELLED = "220"
"""« Annulée »: another document stands in its place."""

Bases = dict[RateKey, Decimal]


@dataclass(frozen=True, slots=True)
class Deposited:
    """A standing deposit of a deal and what is left of it by VAT rate, without VAT."""

    document: IssuedDocument
    bases: Bases

    @property
    def left(self) -> Decimal:
        """What is left of it, without VAT."""
        return sum(self.bases.values(), ZERO)


def is_refused(work: UnitOfWork, document_id: str) -> bool:
    """Whether the platform or the customer turned the document down."""
    return state_of(work, document_id) in REFUSED


def state_of(work: UnitOfWork, document_id: str) -> str:
    """Life-cycle code the document stands at, empty for none."""
    return state_after(tuple(record.event for record in work.events.of(document_id)))


def standing(work: UnitOfWork, target_id: str, relation: Relation) -> tuple[IssuedDocument, ...]:
    """Documents that credit, correct or balance ``target_id``, those turned down left out, in order of issue."""
    wanted = [link.document_id for link in work.links.to(target_id) if link.relation is relation]
    found = [work.issued.get(document_id) for document_id in wanted if not is_refused(work, document_id)]
    return tuple(document for document in found if document is not None)


def cleared(work: UnitOfWork, document: IssuedDocument) -> Decimal:
    """What credit notes took off what is due on a document; all of it once a corrected invoice replaces it."""
    if standing(work, document.id, Relation.CORRECTS):
        return document.summary.due
    return sum((note.summary.with_vat for note in standing(work, document.id, Relation.CREDITS)), ZERO)


def is_given_back(work: UnitOfWork, document: IssuedDocument) -> bool:
    """Whether credit notes took back the whole of a document."""
    off = cleared(work, document)
    return off > 0 and off >= document.summary.with_vat


def why_not_credited(work: UnitOfWork, document: IssuedDocument) -> str:
    """Code of what of the document itself, and of what was made of it, forbids a credit note (R-059); empty for nothing."""
    if document.summary.type_code in CREDIT_NOTE_TYPES:
        return "ED-CREDIT-OF-CREDIT"
    state = state_of(work, document.id)
    if state in REFUSED:
        return "ED-CREDIT-REFUSED"
    if state == CANCELLED or standing(work, document.id, Relation.CORRECTS):
        return "ED-CREDIT-CANCELLED"
    deducting = standing(work, document.id, Relation.BALANCES)
    return "ED-CREDIT-DEDUCTED" if any(not is_given_back(work, balance) for balance in deducting) else ""


def why_not_corrected(work: UnitOfWork, document: IssuedDocument) -> str:
    """Code of what forbids to replace a document by a corrected one; empty for nothing."""
    if corrected_type(document.summary.type_code) is None:
        return "ED-CORRECT-TYPE"
    state = state_of(work, document.id)
    if state in REFUSED:
        return "ED-CREDIT-REFUSED"
    if state == CANCELLED or standing(work, document.id, Relation.CORRECTS):
        return "ED-CREDIT-CANCELLED"
    if standing(work, document.id, Relation.CREDITS):
        return "ED-CORRECT-CREDITED"
    return "ED-CORRECT-DEAL" if work.deposits.member(document.id) is not None else ""


def is_internal(work: UnitOfWork, document_id: str) -> bool:
    """Whether an issued credit note cancels, in the books alone, what was refused: it is never sent."""
    credited = (link for link in work.links.of(document_id) if link.relation is Relation.CREDITS)
    return any(is_refused(work, link.target_id) for link in credited)


def vat_amounts(invoice: Invoice) -> tuple[VatAmount, ...]:
    """VAT of a document by rate, as the store keeps it; in euros by the rate that BT-111 implies."""
    totals = invoice.totals
    return tuple(
        VatAmount(str(g.category), g.rate, g.taxable_amount, g.tax_amount, *_in_euro(invoice.currency, totals, g))
        for g in totals.breakdown
    )


def _in_euro(currency: str, totals: Totals, group: VatBreakdown) -> tuple[Decimal | None, Decimal | None]:
    base, tax = group.taxable_amount, group.tax_amount
    if currency == "EUR":
        return base, tax
    in_euro = totals.vat_in_accounting_currency
    if in_euro is None or not totals.vat:
        return None, None
    rate = in_euro / totals.vat
    return to_amount(base * rate), to_amount(tax * rate)


class Remaining:
    """Reads what is left; always inside somebody's unit of work, so that what it says holds until the commit."""

    def __init__(self, reader: InvoiceReader) -> None:
        self._reader = reader

    def bases(self, document: IssuedDocument) -> Bases:
        """Base of each VAT rate of an issued document."""
        if document.breakdown:
            return added({}, ((rate_key(g.category, g.rate), g.base) for g in document.breakdown))
        return bases_of(self._reader.read_json(document.json).totals)

    def treatments(self, document: IssuedDocument) -> tuple[VatTreatment, ...]:
        """The VAT of the lines of an issued document, each once."""
        invoice = self._reader.read_json(document.json)
        return tuple(dict.fromkeys(line.vat for line in invoice.lines))

    def creditable(
        self, work: UnitOfWork, document: IssuedDocument, *, today: date | None = None, without_draft: str = ""
    ) -> tuple[Creditable, ...]:
        """What may still be credited by VAT rate (R-034).

        ``today``: count the credit notes being typed too, ``without_draft`` left out; ``None``: issued ones alone.
        """
        credited: Bases = {}
        for note in standing(work, document.id, Relation.CREDITS):
            added(credited, self.bases(note).items())
        drafted: Bases = {}
        if today is not None:
            for draft in work.drafts.from_source(document.id):
                if draft.id != without_draft:
                    added(drafted, self.bases_of_draft(work, draft, today).items())
        return creditable(self.bases(document), credited, drafted)

    @staticmethod
    def bases_of_draft(work: UnitOfWork, draft: Draft, today: date) -> Bases:
        """Base of each VAT rate of a document being typed; of the rows that can be read."""
        company = work.companies.get(draft.company_id)
        totals = compose(draft.form, ComposeContext(company, None, today)).totals if company is not None else None
        return bases_of(totals) if totals is not None else {}

    def deposits(self, work: UnitOfWork, group_id: str) -> tuple[Deposited, ...]:
        """Standing deposits of a deal with what their credit notes leave of them; those wholly credited left out."""
        found = []
        for member in work.deposits.members(group_id):
            document = work.issued.get(member.document_id)
            if member.role is not DepositRole.DEPOSIT or document is None or is_refused(work, document.id):
                continue
            groups = self.creditable(work, document)
            bases = {(group.category, group.rate): group.remaining for group in groups if group.remaining}
            if bases:
                found.append(Deposited(document, bases))
        return tuple(found)

    def progress(
        self, work: UnitOfWork, group: DepositGroup, *, today: date | None = None, without_draft: str = ""
    ) -> DepositProgress:
        """How far a deal is; ``today`` and ``without_draft`` as in :meth:`creditable`."""
        deposits = self.deposits(work, group.id)
        drafted = ZERO
        if today is not None:
            for draft in work.drafts.of_group(group.id):
                if draft.id != without_draft and draft.form.type_code in DEPOSIT_TYPES:
                    drafted += sum(self.bases_of_draft(work, draft, today).values(), ZERO)
        return DepositProgress(
            deal_total=group.deal_total,
            deposited=sum((deposit.left for deposit in deposits), ZERO),
            drafted=drafted,
            deposits=len(deposits),
            has_balance=balance_of(work, group.id) is not None,
        )


def balance_of(work: UnitOfWork, group_id: str) -> str | None:
    """Identifier of the standing balance of a deal: neither refused nor credited whole, after which another is made."""
    for member in work.deposits.members(group_id):
        if member.role is not DepositRole.BALANCE or is_refused(work, member.document_id):
            continue
        document = work.issued.get(member.document_id)
        if document is not None and not is_given_back(work, document):
            return document.id
    return None


def bases_of(totals: Totals) -> Bases:
    """Base of each VAT rate."""
    return added({}, ((rate_key(g.category, g.rate), g.taxable_amount) for g in totals.breakdown))


def added(sums: Bases, more: Iterable[tuple[RateKey, Decimal]]) -> Bases:
    """``sums`` with ``more`` added in it."""
    for key, amount in more:
        sums[key] = sums.get(key, ZERO) + amount
    return sums
