"""Which company the window shows, and what the frame says of its store: counters, platform, register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.queries import Counters
from einvoice_desktop.ports.settings import ACTIVE_COMPANY
from einvoice_desktop.services.verify_ledger import QuickCheck

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sidebar and the status bar show."""

    company: Company
    companies: tuple[Company, ...]
    counters: Counters
    platform: PlatformProfile | None
    register: QuickCheck


def active_company(services: Services) -> str:
    """Identifier of the company to show at start; empty while there is none."""
    companies = services.companies.all()
    chosen = services.settings.get(ACTIVE_COMPANY)
    if any(company.id == chosen for company in companies):
        return chosen
    return companies[0].id if companies else ""


def read_frame(services: Services, company_id: str) -> Frame:
    """Everything the frame shows, in one go (reads the store)."""
    companies = services.companies.all()
    return Frame(
        company=next(company for company in companies if company.id == company_id),
        companies=companies,
        counters=services.queries.counters(company_id),
        platform=services.platform.active(),
        register=services.ledger.quick(company_id),
    )
