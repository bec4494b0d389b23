"""Companies and their customers."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.store.mapping.companies import buyer_of, buyer_row, company_of, company_row
from einvoice_desktop.store.tables import buyer as buyers
from einvoice_desktop.store.tables import company as companies

_NEXT_SAVED = select(func.coalesce(func.max(buyers.c.saved), 0) + 1)


class SqlCompanies:
    """The companies that issue."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, company: Company) -> None:
        """Insert."""
        self._connection.execute(insert(companies), company_row(company))

    def update(self, company: Company) -> None:
        """Replace what is known of a company."""
        statement = update(companies).where(companies.c.id == company.id).values(company_row(company))
        if self._connection.execute(statement).rowcount != 1:
            raise StoreConflictError(f"no company {company.id}")

    def get(self, company_id: str) -> Company | None:
        """By identifier."""
        row = self._connection.execute(select(companies).where(companies.c.id == company_id)).mappings().first()
        return company_of(row) if row else None

    def by_siren(self, siren: str) -> Company | None:
        """The first company (by name) of that SIREN."""
        statement = select(companies).where(companies.c.siren == siren).order_by(companies.c.name, companies.c.id)
        row = self._connection.execute(statement.limit(1)).mappings().first()
        return company_of(row) if row else None

    def all(self) -> tuple[Company, ...]:
        """By name."""
        statement = select(companies).order_by(companies.c.name, companies.c.id)
        return tuple(company_of(row) for row in self._connection.execute(statement).mappings())


class SqlBuyers:
    """The registry of customers of each company."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, buyer: Buyer) -> None:
        """Insert."""
        self._connection.execute(insert(buyers), {**buyer_row(buyer), "saved": self._next_saved()})

    def update(self, buyer: Buyer) -> None:
        """Replace what is known of a customer of that company."""
        is_theirs = (buyers.c.id == buyer.id) & (buyers.c.company_id == buyer.company_id)
        statement = update(buyers).where(is_theirs).values({**buyer_row(buyer), "saved": self._next_saved()})
        if self._connection.execute(statement).rowcount != 1:
            raise StoreConflictError(f"no buyer {buyer.id} in that company")

    def get(self, company_id: str, buyer_id: str) -> Buyer | None:
        """By identifier, within a company (R-013)."""
        statement = select(buyers).where(buyers.c.id == buyer_id, buyers.c.company_id == company_id)
        row = self._connection.execute(statement).mappings().first()
        return buyer_of(row) if row else None

    def by_siren(self, company_id: str, siren: str) -> Buyer | None:
        """The first customer (by name) of that SIREN, deleted ones left out."""
        if not siren:
            return None
        is_wanted = (buyers.c.company_id == company_id) & (buyers.c.effective_siren == siren)
        statement = select(buyers).where(is_wanted, buyers.c.is_deleted.is_(False)).order_by(buyers.c.name, buyers.c.id)
        row = self._connection.execute(statement.limit(1)).mappings().first()
        return buyer_of(row) if row else None

    def recent(self, company_id: str, limit: int = 20) -> tuple[Buyer, ...]:
        """Those saved last, newest first."""
        statement = select(buyers).where(buyers.c.company_id == company_id, buyers.c.is_deleted.is_(False))
        rows = self._connection.execute(statement.order_by(buyers.c.saved.desc()).limit(limit)).mappings()
        return tuple(buyer_of(row) for row in rows)

    def _next_saved(self) -> int:
        return int(self._connection.execute(_NEXT_SAVED).scalar_one())
