"""What a document about to be issued does to those before it, checked and written in the issuing transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from einvoice_desktop.domain.credit import Creditable, CreditedTotal, credit_findings
from einvoice_desktop.domain.deposit import DepositProgress, deposit_findings
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES, SELF_BILLED_TYPES, Invoice
from einvoice_desktop.domain.money import ZERO, plain
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.ledger.entry import Json
from einvoice_desktop.ports.errors import NotIssuableError
from einvoice_desktop.ports.records import (
    DepositGroup,
    DepositMember,
    DepositRole,
    DocumentLink,
    Environment,
    IssuedDocument,
    Relation,
)
from einvoice_desktop.ports.unit_of_work import UnitOfWork
from einvoice_desktop.services.remaining import (
    Deposited,
    Remaining,
    added,
    balance_of,
    standing,
    why_not_corrected,
    why_not_credited,
)
from einvoice_desktop.services.request_deposit import is_balance_form, is_deposit_type
from einvoice_desktop.services.self_billing import is_mandated


@dataclass(frozen=True, slots=True)
class Bonds:
    """Links of a document, the deal it opens, and its place in a deal."""

    links: tuple[DocumentLink, ...] = ()
    group: DepositGroup | None = None
    member: DepositMember | None = None

    def write(self, work: UnitOfWork) -> None:
        """Keep them, once the document is there."""
        if self.group is not None:
            work.deposits.add(self.group)
        if self.member is not None:
            work.deposits.add_member(self.member)
        for link in self.links:
            work.links.add(link)

    def facts(self, work: UnitOfWork) -> dict[str, Json]:
        """What the fiscal register records of them; nothing for a document that stands alone."""
        facts: dict[str, Json] = {}
        if self.links:
            facts["links"] = [
                {
                    "relation": link.relation.value,
                    "document": link.target_id,
                    "number": document.summary.number if document is not None else "",
                    "without_vat": f"{link.without_vat:f}",
                }
                for link in self.links
                for document in (work.issued.get(link.target_id),)
            ]
        if self.member is not None:
            facts["deal"] = {"group": self.member.group_id, "role": self.member.role.value}
        if self.group is not None:
            facts["deal_total"] = f"{self.group.deal_total:f}"
        return facts


class Bonding:
    """Finds the bonds of a document and refuses those that cannot be."""

    def __init__(self, remaining: Remaining) -> None:
        self._remaining = remaining

    def findings(self, work: UnitOfWork, company_id: str, form: DraftForm, invoice: Invoice) -> tuple[Finding, ...]:
        """What of the documents around forbids to issue that form now; the same as :meth:`bonds` refuses."""
        try:
            self.bonds(work, invoice, company_id, "", form, datetime.min)  # noqa: DTZ901 - of no record that is kept
        except NotIssuableError as refused:
            return refused.findings
        return ()

    def bonds(
        self,
        work: UnitOfWork,
        invoice: Invoice,
        company_id: str,
        document_id: str,
        form: DraftForm | None,
        at: datetime,
    ) -> Bonds:
        """The bonds of ``invoice``, issued as ``document_id`` from ``form`` (``None``: from a whole body).

        Raises:
            NotIssuableError: more is credited than remains, a deal would be exceeded or is ended, a deposit is not
                deducted, a supplier gave no mandate.
        """
        type_code = str(invoice.type_code)
        self._check_mandate(work, company_id, form, invoice)
        if type_code in CREDIT_NOTE_TYPES:
            return self._credit(work, invoice, company_id, document_id, form)
        if type_code in CORRECTED_TYPES:
            return self._correct(work, invoice, company_id, document_id, form)
        if form is None:
            return Bonds()
        if is_deposit_type(type_code):
            return self._deposit(work, invoice, company_id, document_id, form, at)
        return self._balance(work, invoice, document_id, form) if is_balance_form(form) else Bonds()

    @staticmethod
    def _check_mandate(work: UnitOfWork, company_id: str, form: DraftForm | None, invoice: Invoice) -> None:
        if form is None or str(invoice.type_code) not in SELF_BILLED_TYPES:
            return
        if not is_mandated(work.mandates.get(company_id, form.buyer_id), invoice.issue_date):
            raise NotIssuableError((Finding("ED-NO-MANDATE", "buyer_id"),))

    @staticmethod
    def _target(work: UnitOfWork, invoice: Invoice, company_id: str, form: DraftForm | None) -> IssuedDocument | None:
        """The issued document of ours that is credited or replaced: the one chosen, or the only one named."""
        named = {before.number for before in invoice.preceding}
        if form is not None and form.source_id:
            chosen = work.issued.get(form.source_id)
            if chosen is not None and chosen.summary.number not in named:
                params = {"number": chosen.summary.number}
                raise NotIssuableError((Finding("ED-SOURCE-NUMBER", "preceding_number", params=params),))
            return chosen
        if len(named) != 1:
            return None
        before = invoice.preceding[0]
        for environment in Environment:
            document = work.issued.by_number(company_id, environment, before.number)
            if document is not None and before.issue_date in {None, document.summary.issue_date}:
                return document
        return None

    def _correct(
        self, work: UnitOfWork, invoice: Invoice, company_id: str, document_id: str, form: DraftForm | None
    ) -> Bonds:
        target = self._target(work, invoice, company_id, form)
        if target is None:
            return Bonds()
        code = why_not_corrected(work, target)
        if code:
            raise NotIssuableError((Finding(code, "preceding_number", params={"number": target.summary.number}),))
        return Bonds((_link(document_id, target, Relation.CORRECTS, target.summary.without_vat),))

    def _credit(
        self, work: UnitOfWork, invoice: Invoice, company_id: str, document_id: str, form: DraftForm | None
    ) -> Bonds:
        target = self._target(work, invoice, company_id, form)
        if target is None:
            return Bonds()
        code = why_not_credited(work, target)
        if code and code != "ED-CREDIT-REFUSED":  # what was refused is cancelled in the books, by a note never sent
            raise NotIssuableError((Finding(code, "preceding_number", params={"number": target.summary.number}),))
        groups: tuple[Creditable, ...] = self._remaining.creditable(work, target)
        notes = standing(work, target.id, Relation.CREDITS)
        credited = sum((note.summary.with_vat for note in notes), ZERO)
        total = CreditedTotal(target.summary.with_vat, credited, len(notes))
        found = credit_findings(invoice, groups, total)
        if found:
            raise NotIssuableError(found)
        link = _link(document_id, target, Relation.CREDITS, invoice.totals.without_vat)
        deal = work.deposits.member(target.id)
        if deal is None or deal.role is not DepositRole.DEPOSIT:
            return Bonds((link,))
        member = DepositMember(deal.group_id, document_id, DepositRole.CREDIT, invoice.totals.without_vat)
        return Bonds((link,), member=member)

    def _deposit(
        self, work: UnitOfWork, invoice: Invoice, company_id: str, document_id: str, form: DraftForm, at: datetime
    ) -> Bonds:
        amount = invoice.totals.without_vat
        known = work.deposits.get(form.deposit_group_id) if form.deposit_group_id else None
        group = known or self._opened(invoice, company_id, document_id, form, at)
        progress = self._remaining.progress(work, group) if known else DepositProgress(group.deal_total)
        found = deposit_findings(amount, progress, group.currency)
        if found:
            raise NotIssuableError(found)
        member = DepositMember(group.id, document_id, DepositRole.DEPOSIT, amount)
        return Bonds(group=None if known else group, member=member)

    @staticmethod
    def _opened(invoice: Invoice, company_id: str, document_id: str, form: DraftForm, at: datetime) -> DepositGroup:
        """The deal a first deposit opens; its identifier is that of the deposit (R-066)."""
        deal_total = parse_decimal(form.deal_total)
        if deal_total is None or deal_total <= 0:
            code = "ED-NUMBER" if form.deal_total.strip() else "ED-REQUIRED"
            raise NotIssuableError((Finding(code, "deal_total", params={"typed": form.deal_total}),))
        reference = form.deal_reference.strip()
        return DepositGroup(document_id, company_id, form.buyer_id, invoice.currency, deal_total, at, reference)

    def _balance(self, work: UnitOfWork, invoice: Invoice, document_id: str, form: DraftForm) -> Bonds:
        group_id = form.deposit_group_id
        if work.deposits.get(group_id) is None:
            return Bonds()
        if balance_of(work, group_id) is not None:
            raise NotIssuableError((Finding("ED-BALANCE-DONE", "deposit_group_id"),))
        deposits = self._remaining.deposits(work, group_id)
        found = _not_deducted(invoice, deposits)
        if found:
            raise NotIssuableError(found)
        links = tuple(_link(document_id, d.document, Relation.BALANCES, d.left) for d in deposits)
        member = DepositMember(group_id, document_id, DepositRole.BALANCE, invoice.totals.without_vat)
        return Bonds(links, member=member)


def _link(document_id: str, target: IssuedDocument, relation: Relation, without_vat: Decimal) -> DocumentLink:
    return DocumentLink(document_id, target.id, relation, without_vat)


def _not_deducted(invoice: Invoice, deposits: tuple[Deposited, ...]) -> tuple[Finding, ...]:
    """Deposits the balance does not name, or does not take off whole at their rate: their VAT would be due twice."""
    named = {before.number for before in invoice.preceding}
    missing = [d.document.summary.number for d in deposits if d.document.summary.number not in named]
    if missing:
        return tuple(Finding("ED-BALANCE-STALE", "references", params={"number": number}) for number in missing)
    deposited: dict[tuple[str, Decimal], Decimal] = {}
    for deposit in deposits:
        added(deposited, deposit.bases.items())
    deducted: dict[tuple[str, Decimal], Decimal] = {}
    for line in invoice.lines:
        if line.net_amount < 0:
            key = (str(line.vat.category), line.vat.effective_rate.normalize())
            deducted[key] = deducted.get(key, ZERO) - line.net_amount
    return tuple(
        Finding(
            "ED-BALANCE-AMOUNT",
            "lines.0.unit_price",
            params={"rate": plain(key[1]), "deposited": f"{base:f}", "currency": invoice.currency},
        )
        for key, base in deposited.items()
        if deducted.get(key, ZERO) < base
    )
