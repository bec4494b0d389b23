"""Ending a deal: the balance lists the whole of it and deducts each deposit at its VAT rate (R-068, R-069).

The VAT of the deposits is deducted with them, so that it is not due twice (XP Z12-014 §3.2.19, option 1): BT-113 is not used.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.credit import RateKey
from einvoice_desktop.domain.draft import DraftForm, DraftLine, DraftReference
from einvoice_desktop.domain.form_fixed import with_fixed_amounts
from einvoice_desktop.domain.form_of import typed, vat_key
from einvoice_desktop.domain.invoice import TypeCode
from einvoice_desktop.domain.money import plain
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import DepositGroup, Draft
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork
from einvoice_desktop.services.remaining import Deposited, Remaining, balance_of
from einvoice_desktop.services.request_deposit import is_balance_form, is_deposit_type, share_row, shares_of


class MakeBalance:
    """Makes balance invoices (380, « cadre » B4, S4 or M4) as drafts."""

    def __init__(self, store: Store, remaining: Remaining, clock: Clock) -> None:
        self._store, self._remaining, self._clock = store, remaining, clock

    def make(self, group_id: str) -> Draft:
        """A draft of the balance of a deal: the whole of it, less its deposits.

        One line for the deal at each VAT rate of its deposits, there to be detailed, then minus one line for each
        deposit and rate.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-BALANCE-DONE`` it is issued; ``ED-BALANCE-DRAFTED`` it is being typed;
                ``ED-BALANCE-NONE`` no deposit stands; ``ED-BALANCE-DRAFTS`` a deposit is still a draft.
        """
        with self._store.unit_of_work() as work:
            group, deposits = self._ready(work, group_id)
            name = group.reference or "Ensemble du marché"
            rows = tuple(
                share_row(name, share, vat) for vat, share in shares_of(self._remaining, work, group, group.deal_total)
            )
            company = work.companies.get(group.company_id)
            form = DraftForm(nature=company.nature if company is not None else "S", lines=rows)
            return self._save(work, Draft(str(uuid4()), group.company_id, form, self._clock.now()), group, deposits)

    def of_draft(self, group_id: str, draft_id: str) -> Draft:
        """The draft invoice ``draft_id``, which describes the whole deal, made into its balance: deposits are deducted.

        Raises:
            UserError: as :meth:`make`.
        """
        with self._store.unit_of_work() as work:
            group, deposits = self._ready(work, group_id)
            draft = work.drafts.get(draft_id)
            if draft is None:
                raise UserError("ED-NOT-FOUND", what="draft")
            return self._save(work, draft, group, deposits)

    def _ready(self, work: UnitOfWork, group_id: str) -> tuple[DepositGroup, tuple[Deposited, ...]]:
        group = work.deposits.get(group_id)
        if group is None:
            raise UserError("ED-NOT-FOUND", what="deal")
        if balance_of(work, group_id) is not None:
            raise UserError("ED-BALANCE-DONE")
        drafts = work.drafts.of_group(group_id)
        if any(is_balance_form(draft.form) for draft in drafts):
            raise UserError("ED-BALANCE-DRAFTED")
        if any(is_deposit_type(draft.form.type_code) for draft in drafts):
            raise UserError("ED-BALANCE-DRAFTS")
        deposits = self._remaining.deposits(work, group_id)
        if not deposits:
            raise UserError("ED-BALANCE-NONE")
        return group, deposits

    def _save(self, work: UnitOfWork, draft: Draft, group: DepositGroup, deposits: tuple[Deposited, ...]) -> Draft:
        company = work.companies.get(draft.company_id)
        described = replace(draft.form, currency=group.currency)
        if company is not None:
            context = ComposeContext(company, None, self._clock.today())
            described = with_fixed_amounts(described, compose(described, context))
        named = [DraftReference(d.document.summary.number, d.document.summary.issue_date.isoformat()) for d in deposits]
        rows = tuple(row for row in described.lines if not row.is_blank)
        form = replace(
            described,
            type_code=TypeCode.INVOICE.value,
            buyer_id=group.buyer_id,
            currency=group.currency,
            issue_date=self._clock.today().isoformat(),
            due_date="",
            payment_state="final",
            process="",
            deposit_group_id=group.id,
            deal_total="",
            deal_reference=group.reference,
            preceding_number=named[0].number,
            preceding_date=named[0].date,
            references=tuple(named[1:]),
            lines=rows + tuple(row for deposit in deposits for row in self._deducted(deposit)),
        )
        totals = compose(form, ComposeContext(company, None, self._clock.today())).totals if company else None
        with_vat = totals.with_vat if totals is not None else None
        saved = replace(draft, form=form, updated_at=self._clock.now(), with_vat=with_vat)
        work.drafts.save(saved)
        work.commit()
        return saved

    def _deducted(self, deposit: Deposited) -> tuple[DraftLine, ...]:
        """Minus one line for each VAT rate of a deposit."""
        summary = deposit.document.summary
        treatments = {
            (str(vat.category), vat.effective_rate.normalize()): vat
            for vat in self._remaining.treatments(deposit.document)
        }
        name = f"Acompte {summary.number} du {summary.issue_date:%d/%m/%Y}"
        several = len(deposit.bases) > 1
        return tuple(
            DraftLine(
                name=name + (f" ({_percent(key)})" if several else ""),
                quantity="-1" if base > 0 else "1",
                unit="C62",
                unit_price=typed(abs(base)),
                vat=vat_key(treatments.get(key) or VatTreatment(key[0], key[1])),
                deposit_number=summary.number,
                deposit_date=summary.issue_date.isoformat(),
            )
            for key, base in deposit.bases.items()
        )


def _percent(key: RateKey) -> str:
    rate: Decimal = key[1]
    return f"TVA {plain(rate).replace('.', ',')} %"
