"""Making the documents of the matrix, through the services a user reaches and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.unit_of_work import Draft, IssuedDocument
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.make_credit_note import CreditedLine
from tests.journeys.matrix.forms import PDF, content_of, net_of_tax, typed
from tests.journeys.matrix.oracle import expected, line_net
from tests.journeys.matrix.plan import Case

FIRST_PERCENT, SECOND_PERCENT = Decimal(30), Decimal(20)
"""Of a deal, asked for in deposits."""


@dataclass(frozen=True)
class Made:
    """A case that became a document.

    Attributes:
        form: what it was issued from. sources: the documents it follows. deal: what a deposit or a balance is of.
    """

    case: Case
    form: DraftForm
    document: IssuedDocument
    sources: tuple[str, ...] = ()
    deal: DraftForm | None = None


@dataclass(frozen=True)
class Refused:
    """A case the program refused, and why."""

    case: Case
    why: str


@dataclass(frozen=True)
class Harvest:
    """What one process made.

    Attributes:
        seconds: it took, without starting. cpu: seconds of processor it used meanwhile, its rules worker's included.
    """

    made: list[Made]
    refused: list[Refused]
    seconds: float
    cpu: float


class MissingSourceError(Exception):
    """The document to follow could not be made."""


@dataclass
class _Deal:
    """A deal under way: the draft that describes it, and the group of its deposits once one is issued."""

    draft: Draft
    group_id: str = ""


@dataclass
class Maker:
    """Makes cases one after the other; what follows another document finds it here."""

    services: Services
    today: date
    made: dict[str, Made] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    seconds: float = 0.0
    deals: dict[str, _Deal] = field(default_factory=dict)

    def make(self, case: Case) -> None:
        """Type, save and issue ``case``."""
        started = time.perf_counter()
        try:
            draft = self._finished(case, self._started(case))
            document = self.services.issue.issue_draft(draft.id, send=False)
        except NotIssuableError as error:
            found = " ".join(sorted({f"{f.code}@{f.place}" for f in error.findings}))
            self.refused.append(Refused(case, found or "not issuable"))
        except UserError as error:
            self.refused.append(Refused(case, f"{error.code} {error.params}"))
        except MissingSourceError as error:
            self.refused.append(Refused(case, f"follows {error}"))
        else:
            deal = self.deals.get(_deal_name(case))
            if deal is not None and not deal.group_id:
                deal.group_id = document.id
            self.made[case.name] = Made(case, draft.form, document, case.sources, deal.draft.form if deal else None)
        self.seconds += time.perf_counter() - started

    def _started(self, case: Case) -> Draft:
        """The draft of ``case`` as the program begins it."""
        ways: dict[str, Callable[[Case], Draft]] = {
            "381-total": self._total_credit,
            "503": self._total_credit,
            "261": self._total_credit,
            "381-partial": self._partial_credit,
            "384": self._correction,
            "471": self._correction,
            "386": self._deposit,
            "balance-1": self._balance,
            "balance-2": self._balance,
            "389": self._self_billed,
            "500": self._self_billed,
        }
        way = ways.get(case.kind.name)
        if way is not None:
            return way(case)
        draft = self.services.drafts.new(case.vat.company, case.kind.type_code)
        return replace(draft, form=content_of(case, draft.form))

    def _finished(self, case: Case, draft: Draft) -> Draft:
        """The draft with what a person still types, saved, its files attached."""
        drafts = self.services.drafts
        saved = drafts.save(draft.id, typed(draft.form, case, self.today))
        if case.extra != "attachment" or saved.form.attachments:
            return saved
        self.services.attachments.add(draft.id, "bon.pdf", PDF, "BON_COMMANDE")
        return drafts.get(draft.id)

    def _source(self, case: Case) -> Made:
        name = case.sources[0]
        if name not in self.made:
            raise MissingSourceError(name)
        return self.made[name]

    def _total_credit(self, case: Case) -> Draft:
        draft = self.services.credit_notes.total(self._source(case).document.id, "Annulation de la commande")
        return replace(draft, form=net_of_tax(draft.form, case))

    def _partial_credit(self, case: Case) -> Draft:
        source = self._source(case)
        row = source.form.lines[0]
        net = line_net(row, source.form.currency)
        has_whole = row.quantity in {"2", "3", "10"} and not row.discount_amount
        one = CreditedLine(0, quantity=Decimal(1)) if has_whole else CreditedLine(0, amount=net // 2)
        draft = self.services.credit_notes.partial(source.document.id, (one,), "Geste commercial")
        return replace(draft, form=net_of_tax(draft.form, case))

    def _correction(self, case: Case) -> Draft:
        draft = self.services.corrections.start(self._source(case).document.id)
        return replace(draft, form=content_of(case, draft.form))

    def _self_billed(self, case: Case) -> Draft:
        supplier = f"{case.vat.company}-{case.buyer}"
        draft = self.services.self_billing.new(case.vat.company, supplier, case.kind.type_code)
        form = content_of(case, draft.form)
        if case.kind.is_deposit:
            form = replace(form, deal_total="50 000", deal_reference="Récolte")
        return replace(draft, form=form)

    def _deposit(self, case: Case) -> Draft:
        """The first deposit of a deal, or a further one of the same."""
        deal = self.deals.get(_deal_name(case))
        if deal is not None:
            if not deal.group_id:
                raise MissingSourceError(_deal_name(case))
            share = expected(deal.draft.form).without_vat * SECOND_PERCENT / 100
            amount = share.quantize(Decimal(1))
            return self.services.deposits.further(deal.group_id, amount)
        drafts = self.services.drafts
        described = drafts.new(case.vat.company)
        described = drafts.save(described.id, content_of(case, described.form))
        self.deals[_deal_name(case)] = _Deal(described)
        return self.services.deposits.of_draft(described.id, FIRST_PERCENT)

    def _balance(self, case: Case) -> Draft:
        self._source(case)
        deal = self.deals[_deal_name(case)]
        return self.services.balances.of_draft(deal.group_id, deal.draft.id)


def _deal_name(case: Case) -> str:
    """Deposits and the balance of one deal bear the same: ``balance-2.20``."""
    name = case.name.replace(".for-balance-2-1", ".for-balance-2").replace(".for-balance-2-2", ".for-balance-2")
    kind, _, rest = name.partition(".")
    vat, _, purpose = rest.partition(".for-")
    return f"{purpose or kind}.{vat}"
