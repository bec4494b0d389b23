"""What there is to do now, whether the company is ready, what is owed and sold: read in one go, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from einvoice_desktop.domain.identifiers import is_iban
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.domain.thresholds import Advice, Ceiling, Counted, Turnover, advise
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.queries import MonthTurnover, Queries, Receivables
from einvoice_desktop.services.check_draft import GREEN, Light
from einvoice_desktop.ui.widgets.formats import identifier, money, plural, since

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

_NAMES = 2


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a pill, a sentence, a button and where it leads."""

    words: str
    tone: str
    detail: str
    button: str
    screen: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One light of « Prêt à… »: what it is for, whether it is green, why, and where to mend it."""

    words: str
    is_ready: bool
    detail: str
    button: str = ""
    screen: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """The whole screen."""

    tasks: tuple[Task, ...]
    readiness: tuple[Readiness, ...]
    receivable: Receivables
    turnover: tuple[MonthTurnover, ...]
    year: int
    is_fresh: bool
    ceilings: tuple[Advice, ...] = ()

    @property
    def sold(self) -> Decimal:
        """Turnover of the year, without VAT."""
        return sum((month.without_vat for month in self.turnover), ZERO)


def read_home(services: Services, company_id: str, today: date) -> HomeView:
    """Read everything the home screen shows."""
    queries = services.queries
    owed = queries.receivables(company_id, today)
    counters = queries.counters(company_id)
    company = services.companies.get(company_id)
    turnover = queries.turnover(company_id, today.year)
    tasks = [
        _rejected(queries, company_id),
        _refused_sendings(counters.refused_sendings),
        _overdue(owed, today),
        _received(queries, company_id, counters.received_new),
        _drafts(queries, company_id, counters.drafts),
    ]
    return HomeView(
        tasks=tuple(task for task in tasks if task is not None),
        readiness=readiness(company, services.platform.active(), services.check.own_address(company_id)),
        receivable=owed,
        turnover=turnover,
        year=today.year,
        is_fresh=not (counters.drafts or counters.issued or counters.received_new),
        ceilings=ceilings(company, sum((month.without_vat for month in turnover), ZERO), today),
    )


def ceilings(company: Company, sold: Decimal, today: date) -> tuple[Advice, ...]:
    """Where a company in franchise stands before its ceilings; nothing for the others.

    What is sold is not told apart line by line: a company of services is read against their ceiling, any other against
    the general one.
    """
    if not company.is_franchise:
        return ()
    turnover = Turnover(services=sold) if company.nature == "S" else Turnover(goods=sold)
    told = advise(turnover, today, Ceiling.FRANCHISE)
    return tuple(a for a in told if (a.threshold.counted is Counted.SERVICES) == (company.nature == "S"))


def _rejected(queries: Queries, company_id: str) -> Task | None:
    rows = queries.invoices(company_id, only="rejected", limit=20).rows
    if not rows:
        return None
    detail = " · ".join(f"{row.number} {row.buyer_name}" for row in rows[:_NAMES])
    words = plural(len(rows), "{n} facture rejetée", "{n} factures rejetées")
    if len(rows) == 1:
        return Task(words, "danger", detail, "Corriger", "document", rows[0].id)
    return Task(words, "danger", detail, "Corriger", "invoices", "rejected")


def _refused_sendings(count: int) -> Task | None:
    if not count:
        return None
    words = plural(count, "{n} envoi refusé", "{n} envois refusés")
    return Task(words, "danger", "La plateforme attend une correction ou un nouvel essai.", "Examiner", "outbox")


def _overdue(owed: Receivables, today: date) -> Task | None:
    oldest = owed.oldest
    if oldest is None:
        return None
    days = (today - (oldest.due_date or today)).days
    since_when = plural(days, "depuis {n} jour", "depuis {n} jours")
    left = (oldest.with_vat or ZERO) - oldest.paid
    detail = f"{oldest.buyer_name} · {money(left, oldest.currency)} {since_when}"
    words = plural(owed.late_count, "{n} facture en retard", "{n} factures en retard")
    return Task(words, "warning", detail, "Voir", "invoices", "unpaid")


def _received(queries: Queries, company_id: str, count: int) -> Task | None:
    if not count:
        return None
    rows = [row for row in queries.received(company_id, limit=20).rows if not row.state]
    detail = " · ".join(f"{row.supplier_name} {money(row.with_vat, row.currency)}" for row in rows[:_NAMES])
    words = plural(count, "{n} facture reçue", "{n} factures reçues")
    return Task(words, "info", detail, "Examiner", "purchases", rows[0].id if rows else "")


def _drafts(queries: Queries, company_id: str, count: int) -> Task | None:
    if not count:
        return None
    rows = queries.invoices(company_id, only="draft", limit=1).rows
    words = plural(count, "{n} brouillon", "{n} brouillons")
    if not rows:
        return Task(words, "neutral", "", "Reprendre", "invoices", "draft")
    detail = f"dernière modification {since(rows[0].updated_at)}"
    is_one = count == 1
    return Task(
        words, "neutral", detail, "Reprendre", "editor" if is_one else "invoices", rows[0].id if is_one else "draft"
    )


def readiness(company: Company, platform: PlatformProfile | None, address_light: Light) -> tuple[Readiness, ...]:
    """« Prêt à facturer, à recevoir, à transmettre »."""
    missing = _missing(company)
    if missing:
        bill = Readiness("facturer", False, f"il manque : {', '.join(missing)}", "Compléter", "settings", "company")
    else:
        bill = Readiness("facturer", True, "société, TVA et IBAN renseignés")
    if platform is None:
        wish = ("Connecter", "settings", "platform")
        return (
            bill,
            Readiness("recevoir", False, "déposez vos fichiers, ou connectez votre plateforme", *wish),
            Readiness("transmettre", False, "aucune plateforme connectée", *wish),
        )
    receive = _receiving(company, address_light)
    if platform.is_sandbox:
        words = "bac à sable : connectez votre plateforme agréée"
        return bill, receive, Readiness("transmettre", False, words, "Connecter", "settings", "platform")
    return bill, receive, Readiness("transmettre", True, platform.label)


_ADDRESS_WORDS = {
    "ED-ADDRESS-UNKNOWN": "absente de l’annuaire",
    "ED-ADDRESS-INACTIVE": "pas encore active à l’annuaire",
    "ED-ADDRESS-OLD": "vue à l’annuaire il y a plus d’une semaine",
}


def _receiving(company: Company, light: Light) -> Readiness:
    """Ready only when the annuaire showed our own address as active: a misleading green is a bug."""
    address = identifier(company.electronic_address or company.siren)
    if light.state == GREEN:
        return Readiness("recevoir", True, f"adresse {address} active à l’annuaire")
    words = _ADDRESS_WORDS.get(light.reason, "pas encore vérifiée à l’annuaire")
    return Readiness("recevoir", False, f"adresse {address} {words}")


def _missing(company: Company) -> list[str]:
    checks = (
        (company.name, "le nom"),
        (company.siren, "le SIREN"),
        (company.address.line1 and company.address.city, "l’adresse"),
        (company.vat_number or company.is_franchise, "le numéro de TVA"),
        (is_iban(company.iban) if company.iban else False, "l’IBAN"),
    )
    return [words for value, words in checks if not value]
