"""Keeping the companies that issue and the customers they bill."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.identifiers import french_vat_number, is_iban, is_siren_shaped
from einvoice_desktop.domain.numbering import Series, is_prefix, prefixes_differ
from einvoice_desktop.domain.parties import Address, Buyer, Company, without_equal_shipping
from einvoice_desktop.domain.party_checks import check_buyer, check_french_identifiers
from einvoice_desktop.domain.text_checks import check_record
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.pdp import PracticePlatform
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork


def check_company(company: Company) -> tuple[Finding, ...]:
    """What forbids or weakens an issuing company (R-001, R-005, R-046)."""
    found: list[Finding] = []
    if not company.name.strip():
        found.append(Finding("ED-REQUIRED", "name"))
    if not is_siren_shaped(company.siren):
        found.append(Finding("BR-FR-10", "siren"))
    else:
        found += check_french_identifiers(company.siren, company.siret)
    found.extend(
        Finding("ED-REQUIRED", f"address.{field}")
        for field in ("line1", "postal_code", "city")
        if not getattr(company.address, field).strip()
    )
    if company.iban and not is_iban(company.iban):
        found.append(Finding("ED-IBAN-KEY", "iban"))
    found += check_record(company)
    found.extend(
        Finding("ED-PREFIX", field)
        for field in ("invoice_prefix", "credit_note_prefix")
        if not is_prefix(getattr(company, field))
    )
    if not prefixes_differ(company.invoice_prefix, company.credit_note_prefix):
        found.append(Finding("ED-PREFIX-SAME", "credit_note_prefix"))
    return tuple(found)


class RegisterCompany:
    """The companies of a store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def all(self) -> tuple[Company, ...]:
        """Every company, the oldest first."""
        with self._store.reading() as work:
            return work.companies.all()

    def get(self, company_id: str) -> Company:
        """One company.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            company = work.companies.get(company_id)
        if company is None:
            raise UserError("ED-NOT-FOUND", what="company")
        return company

    def new(self, siren: str = "", name: str = "") -> Company:
        """A blank company, not yet saved; its VAT number is deduced from the SIREN."""
        vat_number = french_vat_number(siren) if is_siren_shaped(siren) else ""
        return Company(id=str(uuid4()), name=name, siren=siren, address=Address(), vat_number=vat_number)

    def save(self, company: Company) -> tuple[Finding, ...]:
        """Write ``company`` unless a finding blocks; documents already issued keep what they say.

        The start of its numbers is frozen from the first number of a year to the end of that year (R-028).
        """
        found = check_company(company)
        if any(f.is_blocking for f in found):
            return found
        with self._store.unit_of_work() as work:
            before = work.companies.get(company.id)
            if before is None:
                work.companies.add(company)
            else:
                frozen = self._frozen_prefixes(work, before, company)
                if frozen:
                    return found + frozen
                work.companies.update(company)
            work.commit()
        return found

    def _frozen_prefixes(self, work: UnitOfWork, before: Company, after: Company) -> tuple[Finding, ...]:
        """Prefixes changed although numbers of this year bear them: the series would be broken."""
        year = self._clock.today().year
        found = []
        for field in ("invoice_prefix", "credit_note_prefix"):
            prefix = getattr(before, field)
            if prefix != getattr(after, field) and self._is_used(work, before, prefix, year):
                params = {"year": str(year)}
                found.append(Finding("ED-PREFIX-USED", field, suggested_value=prefix, params=params))
        return tuple(found)

    def _is_used(self, work: UnitOfWork, company: Company, prefix: str, year: int) -> bool:
        series = (Series(prefix, year), Series(f"{prefix}AF", year))
        environment = self._store.environment
        return any(work.numbers.last_issue_date(company.id, environment, one) is not None for one in series)


class RegisterBuyer:
    """The registry of customers, one for each company (R-008 to R-013)."""

    def __init__(self, store: Store, practice: PracticePlatform | None = None) -> None:
        self._store, self._practice = store, practice

    def get(self, company_id: str, buyer_id: str) -> Buyer:
        """One customer.

        Raises:
            UserError: ``ED-NOT-FOUND``, also for a customer of another company (R-013).
        """
        with self._store.reading() as work:
            buyer = work.buyers.get(company_id, buyer_id)
        if buyer is None:
            raise UserError("ED-NOT-FOUND", what="buyer")
        return buyer

    def new(self, company_id: str, name: str = "") -> Buyer:
        """A blank customer, not yet saved."""
        return Buyer(id=str(uuid4()), company_id=company_id, name=name, address=Address())

    def save(self, buyer: Buyer) -> tuple[Finding, ...]:
        """Write ``buyer`` unless a finding blocks; documents already made keep their copy (R-012)."""
        found = check_buyer(buyer)
        if any(f.is_blocking for f in found):
            return found
        kept = without_equal_shipping(buyer)
        with self._store.unit_of_work() as work:
            if work.buyers.get(kept.company_id, kept.id) is None:
                work.buyers.add(kept)
            else:
                work.buyers.update(kept)
            work.commit()
        if self._practice is not None and kept.scenario and kept.effective_siren:
            self._practice.play(kept.effective_siren, kept.scenario)
        return found

    def delete(self, company_id: str, buyer_id: str) -> None:
        """Hide a customer; its documents stay (R-012).

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        buyer = self.get(company_id, buyer_id)
        with self._store.unit_of_work() as work:
            work.buyers.update(replace(buyer, is_deleted=True))
            work.commit()
