"""Asking for deposits on a deal: the first opens it, the next are kept under its total, the last one is its balance (R-066 to R-068)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.deposit import DepositKind, DepositProgress, deposit_kind
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.form_of import typed, vat_key
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, DEPOSIT_TYPES, SELF_BILLED_TYPES, TypeCode
from einvoice_desktop.domain.money import ZERO, plain, to_amount
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import DepositGroup, Draft
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork
from einvoice_desktop.services.remaining import Remaining, balance_of

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal paid by deposits and how far it is.

    Attributes:
        group: the deal. progress: its amounts, drafts counted apart. documents: identifiers of its issued documents.
        drafts: of those being typed. balance_id: its balance, empty while none is issued.
    """

    group: DepositGroup
    progress: DepositProgress
    documents: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    balance_id: str = ""


@dataclass(frozen=True, slots=True)
class DepositPlan:
    """What asking for an amount would make, to be told before it is made (R-068).

    Attributes:
        kind: a deposit; the balance, as it is all that remains; or a plain invoice, as it is the whole deal at once.
        amount: without VAT. remaining: of the deal before it. currency: of both.
    """

    kind: DepositKind
    amount: Decimal
    remaining: Decimal
    currency: str


class RequestDeposit:
    """Makes deposit invoices as drafts."""

    def __init__(self, store: Store, remaining: Remaining, clock: Clock) -> None:
        self._store, self._remaining, self._clock = store, remaining, clock

    def deals(self, company_id: str, buyer_id: str = "", *, only_open: bool = True) -> tuple[Deal, ...]:
        """Deals of a company, or of one of its customers, newest first; ``only_open``: those without their balance."""
        with self._store.reading() as work:
            found = [
                self._deal(work, group)
                for group in work.deposits.of_company(company_id)
                if not buyer_id or group.buyer_id == buyer_id
            ]
        return tuple(deal for deal in found if not (only_open and deal.progress.has_balance))

    def deal(self, group_id: str) -> Deal:
        """One deal, open from the issue of its first deposit.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            return self._deal(work, self._group(work, group_id))

    def deal_of(self, document_id: str) -> Deal | None:
        """The deal an issued document belongs to, ``None`` for none."""
        with self._store.reading() as work:
            member = work.deposits.member(document_id)
            group = work.deposits.get(member.group_id) if member is not None else None
            return self._deal(work, group) if group is not None else None

    def plan(
        self, amount: Decimal, *, group_id: str = "", deal_total: Decimal | None = None, currency: str = "EUR"
    ) -> DepositPlan:
        """What asking ``amount`` (without VAT) of an open deal, or of a new one of ``deal_total``, would make.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-DEAL-TOTAL`` a first deposit without the total of its deal;
                ``ED-DEPOSIT-AMOUNT`` nothing; ``ED-DEPOSIT-ABOVE`` more than remains; ``ED-DEPOSIT-ENDED``.
        """
        with self._store.reading() as work:
            if group_id:
                group = self._group(work, group_id)
                progress = self._remaining.progress(work, group, today=self._clock.today())
                return _plan(amount, progress, group.currency)
        if deal_total is None or deal_total <= 0:
            raise UserError("ED-DEAL-TOTAL")
        return _plan(amount, DepositProgress(deal_total), currency)

    def first(
        self, company_id: str, buyer_id: str, *, deal_total: Decimal, amount: Decimal, vat: str, reference: str = ""
    ) -> Draft:
        """A draft of the first deposit of a deal: 386, or 380 when ``amount`` is the whole deal.

        Args:
            company_id: who sells.
            buyer_id: to whom.
            deal_total: whole deal, without VAT, in euros.
            amount: of the deposit, without VAT.
            vat: key of the VAT answer of the deal.
            reference: words that name the deal.

        Raises:
            UserError: as :meth:`plan`; ``ED-NO-COMPANY``.
        """
        plan = self.plan(amount, deal_total=deal_total)
        name = _name(plan, reference, deal_total)
        row = DraftLine(name, "1", "C62", typed(amount), vat)
        return self._first(company_id, buyer_id, plan, deal_total, (row,), reference, "EUR")

    def of_draft(self, draft_id: str, percent: Decimal) -> Draft:
        """A draft of the first deposit of the deal that a draft invoice describes: ``percent`` of each VAT rate of it.

        The invoice stays as it is: it becomes the balance with
        :meth:`einvoice_desktop.services.make_balance.MakeBalance.of_draft`.

        Raises:
            UserError: as :meth:`plan`; ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            source = work.drafts.get(draft_id)
            company = work.companies.get(source.company_id) if source is not None else None
        if source is None or company is None:
            raise UserError("ED-NOT-FOUND", what="draft")
        form = source.form
        composition = compose(form, ComposeContext(company, None, self._clock.today()))
        deal_total = composition.totals.without_vat if composition.totals is not None else ZERO
        treatments = _treatments(form)
        parts = [
            (treatments.get((str(g.category), g.rate)) or VatTreatment(g.category, g.rate), g.taxable_amount)
            for g in (composition.totals.breakdown if composition.totals is not None else ())
        ]
        shares = [(vat, to_amount(base * percent / _WHOLE, form.currency)) for vat, base in parts]
        amount = sum((share for _, share in shares), ZERO)
        plan = self.plan(amount, deal_total=deal_total, currency=form.currency)
        name = _name(plan, form.deal_reference or form.purchase_order, deal_total)
        rows = tuple(share_row(name, share, vat) for vat, share in shares if share)
        reference = form.deal_reference or form.purchase_order
        return self._first(source.company_id, form.buyer_id, plan, deal_total, rows, reference, form.currency)

    def further(self, group_id: str, amount: Decimal) -> Draft:
        """A draft of a further deposit of an open deal, shared between its VAT rates as its deposits are.

        When it is all that remains, call :meth:`einvoice_desktop.services.make_balance.MakeBalance.make` instead, once
        :meth:`plan` was told.

        Raises:
            UserError: as :meth:`plan`; ``ED-DEPOSIT-WHOLE`` it is all that remains: make the balance.
        """
        plan = self.plan(amount, group_id=group_id)
        if plan.kind is not DepositKind.DEPOSIT:
            raise UserError("ED-DEPOSIT-WHOLE", amount=f"{amount:f}", currency=plan.currency)
        with self._store.unit_of_work() as work:
            group = self._group(work, group_id)
            company = work.companies.get(group.company_id)
            if company is None:
                raise UserError("ED-NO-COMPANY")
            name = _name(plan, group.reference, group.deal_total)
            rows = tuple(share_row(name, share, vat) for vat, share in shares_of(self._remaining, work, group, amount))
            form = DraftForm(
                type_code=TypeCode.DEPOSIT.value,
                buyer_id=group.buyer_id,
                issue_date=self._clock.today().isoformat(),
                nature=company.nature,
                currency=group.currency,
                deposit_group_id=group.id,
                deal_reference=group.reference,
                lines=rows,
            )
            return self._save(work, company, form)

    def _first(
        self,
        company_id: str,
        buyer_id: str,
        plan: DepositPlan,
        deal_total: Decimal,
        rows: tuple[DraftLine, ...],
        reference: str,
        currency: str,
    ) -> Draft:
        is_deposit = plan.kind is DepositKind.DEPOSIT
        with self._store.unit_of_work() as work:
            company = work.companies.get(company_id)
            if company is None:
                raise UserError("ED-NO-COMPANY")
            form = DraftForm(
                type_code=(TypeCode.DEPOSIT if is_deposit else TypeCode.INVOICE).value,
                buyer_id=buyer_id,
                issue_date=self._clock.today().isoformat(),
                nature=company.nature,
                currency=currency,
                deal_total=typed(deal_total) if is_deposit else "",
                deal_reference=reference if is_deposit else "",
                lines=rows,
            )
            return self._save(work, company, form)

    def _save(self, work: UnitOfWork, company: Company, form: DraftForm) -> Draft:
        totals = compose(form, ComposeContext(company, None, self._clock.today())).totals
        with_vat = totals.with_vat if totals is not None else None
        draft = Draft(str(uuid4()), company.id, form, self._clock.now(), with_vat)
        work.drafts.save(draft)
        work.commit()
        return draft

    @staticmethod
    def _group(work: UnitOfWork, group_id: str) -> DepositGroup:
        group = work.deposits.get(group_id)
        if group is None:
            raise UserError("ED-NOT-FOUND", what="deal")
        return group

    def _deal(self, work: UnitOfWork, group: DepositGroup) -> Deal:
        return Deal(
            group=group,
            progress=self._remaining.progress(work, group, today=self._clock.today()),
            documents=tuple(member.document_id for member in work.deposits.members(group.id)),
            drafts=tuple(draft.id for draft in work.drafts.of_group(group.id)),
            balance_id=balance_of(work, group.id) or "",
        )


def share_row(name: str, share: Decimal, vat: VatTreatment) -> DraftLine:
    """A row for the share of one VAT rate; what a deal takes back at a rate is a quantity below zero, never a price."""
    return DraftLine(name, "-1" if share < 0 else "1", "C62", typed(abs(share)), vat_key(vat))


def is_deposit_type(type_code: str) -> bool:
    """Whether a document of that type asks for a deposit."""
    return type_code in DEPOSIT_TYPES and type_code not in CREDIT_NOTE_TYPES


def is_balance_form(form: DraftForm) -> bool:
    """Whether a form is the balance of a deal."""
    is_plain = form.type_code not in DEPOSIT_TYPES | CREDIT_NOTE_TYPES | SELF_BILLED_TYPES
    return bool(form.deposit_group_id) and is_plain


def shares_of(
    remaining: Remaining, work: UnitOfWork, group: DepositGroup, amount: Decimal
) -> tuple[tuple[VatTreatment, Decimal], ...]:
    """``amount`` shared between the VAT rates of the deposits of a deal, in their proportions; the last takes the odd cent."""
    sums: dict[tuple[str, Decimal], Decimal] = {}
    treatments: dict[tuple[str, Decimal], VatTreatment] = {}
    for deposit in remaining.deposits(work, group.id):
        for key, base in deposit.bases.items():
            sums[key] = sums.get(key, ZERO) + base
        for vat in remaining.treatments(deposit.document):
            treatments.setdefault((str(vat.category), vat.effective_rate.normalize()), vat)
    whole = sum(sums.values(), ZERO)
    shares: list[tuple[VatTreatment, Decimal]] = []
    left = amount
    for index, (key, base) in enumerate(sums.items()):
        share = left if index == len(sums) - 1 else to_amount(amount * base / whole, group.currency)
        left -= share
        shares.append((treatments.get(key) or VatTreatment(key[0], key[1]), share))
    return tuple(shares)


def _plan(amount: Decimal, progress: DepositProgress, currency: str) -> DepositPlan:
    amounts = {"remaining": f"{progress.remaining:f}", "currency": currency}
    if progress.has_balance:
        raise UserError("ED-DEPOSIT-ENDED", **amounts)
    if amount <= 0 or amount != to_amount(amount, currency):
        raise UserError("ED-DEPOSIT-AMOUNT", **amounts)
    if amount > progress.remaining:
        raise UserError("ED-DEPOSIT-ABOVE", **amounts)
    return DepositPlan(deposit_kind(amount, progress), amount, progress.remaining, currency)


def _name(plan: DepositPlan, reference: str, deal_total: Decimal) -> str:
    """What the row of a deposit says: « Acompte de 30 % — devis 12 »."""
    reference = reference.strip()
    if plan.kind is not DepositKind.DEPOSIT:
        return reference or "Totalité du marché"
    percent = plan.amount * _WHOLE / deal_total if deal_total else ZERO
    is_round = percent == percent.to_integral_value()
    share = f" de {plain(percent)} %" if is_round else ""
    return f"Acompte{share}" + (f" – {reference}" if reference else "")


def _treatments(form: DraftForm) -> dict[tuple[str, Decimal | None], VatTreatment]:
    """The VAT answers of the rows of a form by the group they fall in."""
    found: dict[tuple[str, Decimal | None], VatTreatment] = {}
    for row in form.lines:
        choice = vat_choice(row.vat)
        if choice is not None:
            rate = None if choice.treatment.rate is None else choice.treatment.rate.normalize()
            found.setdefault((str(choice.treatment.category), rate), choice.treatment)
    return found
