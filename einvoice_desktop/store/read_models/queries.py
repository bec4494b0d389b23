"""``ports.queries.Queries`` on SQLite: each call is one short snapshot of its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from einvoice_desktop.ports.queries import (
    BuyerRow,
    Counters,
    InvoiceRow,
    MonthTurnover,
    OutboxRow,
    Page,
    Receivables,
    ReceivedRow,
    RowT,
    VatMonth,
)
from einvoice_desktop.ports.unit_of_work import Environment, ledger_scope
from einvoice_desktop.store.mapping.searching import folded
from einvoice_desktop.store.read_models import desk, documents
from einvoice_desktop.store.read_models.keys import key_of, values_of
from einvoice_desktop.store.read_models.searching import Search, search_for
from einvoice_desktop.store.read_models.vat import vat_month

_NEWEST = 2**62
_WITH_DRAFTS = frozenset({"", "draft", "credit_note"})


class SqliteQueries:
    """Flat reads, from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def invoices(
        self, company_id: str, *, after: str = "", limit: int = 100, search: str = "", only: str = ""
    ) -> Page[InvoiceRow]:
        """Drafts first, then issued documents, newest first."""
        wanted, place = _search(search), values_of(after)
        rows: list[tuple[InvoiceRow, str]] = []
        with self._engine.connect() as connection:
            if only in _WITH_DRAFTS and (not place or place[0] == "draft"):
                before = (str(place[1]), str(place[2])) if place else None
                found = documents.draft_rows(
                    connection, company_id, before=before, limit=limit + 1, search=wanted, only=only
                )
                rows += [(documents.invoice_row_of_draft(r), key_of("draft", r["place"], r["id"])) for r in found]
            if len(rows) <= limit and only != "draft":
                sequence = int(place[1]) if place and place[0] == "issued" else _NEWEST
                issued = documents.issued_rows(
                    connection, company_id, before=sequence, limit=limit + 1 - len(rows), search=wanted, only=only
                )
                rows += [(documents.invoice_row(r), key_of("issued", r["sequence"])) for r in issued]
        return _page(rows, limit)

    def received(self, company_id: str, *, after: str = "", limit: int = 100, search: str = "") -> Page[ReceivedRow]:
        """Newest first."""
        place = values_of(after)
        sequence = int(place[0]) if place else _NEWEST
        with self._engine.connect() as connection:
            found = documents.received_rows(
                connection, company_id, before=sequence, limit=limit + 1, search=_search(search)
            )
        return _page([(documents.received_row(row), key_of(row["sequence"])) for row in found], limit)

    def buyers(self, company_id: str, *, search: str = "", after: str = "", limit: int = 100) -> Page[BuyerRow]:
        """By name."""
        place = values_of(after)
        last = (str(place[0]), str(place[1])) if place else None
        with self._engine.connect() as connection:
            found = desk.buyer_rows(connection, company_id, search=search, after=last, limit=limit + 1)
        return _page([(desk.buyer_row(row), key_of(row["name_key"], row["id"])) for row in found], limit)

    def outbox(self, company_id: str, *, limit: int = 200) -> tuple[OutboxRow, ...]:
        """Newest first."""
        with self._engine.connect() as connection:
            return desk.outbox_rows(connection, company_id, limit)

    def receivables(self, company_id: str, today: date) -> Receivables:
        """What customers owe."""
        with self._engine.connect() as connection:
            return documents.receivables(connection, company_id, today)

    def counters(self, company_id: str) -> Counters:
        """What waits for the person."""
        scopes = (ledger_scope(company_id, Environment.SANDBOX), ledger_scope(company_id, Environment.PRODUCTION))
        with self._engine.connect() as connection:
            return desk.counters(connection, company_id, scopes)

    def turnover(self, company_id: str, year: int) -> tuple[MonthTurnover, ...]:
        """The twelve months of ``year``."""
        with self._engine.connect() as connection:
            return desk.turnover(connection, company_id, year)

    def vat(self, company_id: str, year: int, month: int) -> VatMonth:
        """VAT charged in a month."""
        with self._engine.connect() as connection:
            return vat_month(connection, company_id, year, month)


def _search(text: str) -> Search | None:
    return search_for(text) if folded(text) else None


def _page(rows: list[tuple[RowT, str]], limit: int) -> Page[RowT]:
    """The first ``limit`` rows; the key of the last of them when there are more."""
    kept = rows[:limit]
    return Page(tuple(row for row, _ in kept), kept[-1][1] if len(rows) > limit else "")
