"""The lists of sales and of purchases.

The statements are written out: which table leads decides whether a page takes one millisecond or a hundred, so it is
said (``CROSS JOIN`` keeps the order written) rather than left to statistics that do not exist in a young file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, TextClause, text
from sqlalchemy.sql.selectable import TextualSelect

from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.queries import InvoiceRow, Receivables, ReceivedRow
from einvoice_desktop.store.read_models.searching import Search, escaped
from einvoice_desktop.store.tables.columns import Day, Instant, Scaled

FLAGS = {
    "to_send": "is_to_send",
    "unpaid": "is_unpaid",
    "rejected": "is_rejected",
    "credit_note": "is_credit_note",
}
"""Column behind each ``only`` of ``Queries.invoices``."""

_TYPES: dict[str, Any] = {
    "issue_date": Day(),
    "due_date": Day(),
    "with_vat": Scaled(),
    "paid": Scaled(),
    "cleared": Scaled(),
    "updated_at": Instant(),
    "received_at": Instant(),
}

_ISSUED = "d.sequence, d.id, d.number, d.type_code, d.issue_date, d.due_date, d.party_name, d.currency, d.with_vat"
_RECEIVED = f"{_ISSUED}, d.verdict, d.filename, d.received_at, s.state"
_SALES = f"{_ISSUED}, s.state, s.outbox_state, s.paid, s.cleared, s.updated_at"

_SHORT = (
    "(d.number LIKE :prefix || '%' ESCAPE '!' OR d.party_key LIKE :prefix || '%' ESCAPE '!' "
    "OR d.party_key LIKE '% ' || :prefix || '%' ESCAPE '!' OR d.with_vat = :amount)"
)


def issued_rows(
    connection: Connection, company_id: str, *, before: int, limit: int, search: Search | None, only: str
) -> Sequence[RowMapping]:
    """Issued documents, newest first, those before sequence ``before``."""
    flag = FLAGS.get(only)
    tables, conditions = _source("issued", search, flag)
    statement = _page(_SALES, tables, conditions, search)
    return _run(connection, statement, company_id, before, limit, search)


def received_rows(
    connection: Connection, company_id: str, *, before: int, limit: int, search: Search | None
) -> Sequence[RowMapping]:
    """Received documents, newest first, those before sequence ``before``."""
    tables, conditions = _source("received", search, None)
    return _run(connection, _page(_RECEIVED, tables, conditions, search), company_id, before, limit, search)


_OWED = (
    "document_state s CROSS JOIN issued_document d ON d.sequence = s.sequence "
    "WHERE s.company_id = :company_id AND s.is_unpaid = 1 AND d.currency = 'EUR'"
)
_RECEIVABLES = text(
    f"""
    SELECT
        coalesce(sum(CASE WHEN d.due_date IS NULL OR d.due_date >= :today THEN d.due - s.paid - s.cleared END), 0) AS not_due,
        coalesce(sum(CASE WHEN d.due_date < :today AND d.due_date >= :month_ago THEN d.due - s.paid - s.cleared END), 0) AS late,
        coalesce(sum(CASE WHEN d.due_date < :month_ago THEN d.due - s.paid - s.cleared END), 0) AS very_late,
        count(CASE WHEN d.due_date < :today THEN 1 END) AS late_count
    FROM {_OWED}
    """  # noqa: S608
).columns(not_due=Scaled(), late=Scaled(), very_late=Scaled())
_OLDEST = text(f"SELECT {_SALES} FROM {_OWED} AND d.due_date < :today ORDER BY d.due_date, d.sequence LIMIT 1")  # noqa: S608


def receivables(connection: Connection, company_id: str, today: date) -> Receivables:
    """Sums of what is owed, and the invoice that waits longest."""
    days = {"today": today.isoformat(), "month_ago": (today - timedelta(days=30)).isoformat()}
    values = {"company_id": company_id, **days}
    sums = connection.execute(_RECEIVABLES, values).mappings().one()
    oldest = None
    if sums["late_count"]:
        late = {"company_id": company_id, "today": days["today"]}
        oldest = invoice_row(connection.execute(typed(_OLDEST), late).mappings().one())
    return Receivables(**sums, oldest=oldest)


def _source(kind: str, search: Search | None, flag: str | None) -> tuple[str, list[str]]:
    """Tables in the order they are read, and what a row must be."""
    document, state = f"{kind}_document d", "document_state s"
    if search is not None and search.expression:
        tables = (
            f"{kind}_search f CROSS JOIN {document} ON d.sequence = f.rowid CROSS JOIN {state} ON s.document_id = d.id"
        )
        conditions = [f"{kind}_search MATCH :expression", "d.company_id = :company_id"]
        if flag:  # looked up among the few, rather than by reading each document found
            few = f"SELECT sequence FROM document_state WHERE company_id = :company_id AND {flag} = 1"  # noqa: S608
            conditions.append(f"+f.rowid IN ({few})")  # the + keeps SQLite from searching anew for each of the few
        return tables, conditions
    if flag:
        conditions = [f"s.{flag} = 1", "s.company_id = :company_id"]
        tables = f"{state} CROSS JOIN {document} ON d.sequence = s.sequence"
    else:
        conditions = ["d.company_id = :company_id"]
        tables = f"{document} CROSS JOIN {state} ON s.document_id = d.id"
    if search is not None:
        conditions.append(_SHORT)
    return tables, conditions


def _page(columns: str, tables: str, conditions: list[str], search: Search | None) -> TextClause:
    order = "d.sequence"
    if search is not None and search.expression:
        order = "f.rowid"
    elif tables.startswith("document_state"):
        order = "s.sequence"
    where = " AND ".join([*conditions, f"{order} < :before"])
    return text(f"SELECT {columns} FROM {tables} WHERE {where} ORDER BY {order} DESC LIMIT :limit")  # noqa: S608


def _run(
    connection: Connection, statement: TextClause, company_id: str, before: int, limit: int, search: Search | None
) -> Sequence[RowMapping]:
    values: dict[str, Any] = {"company_id": company_id, "before": before, "limit": limit}
    if search is not None:
        values |= {"expression": search.expression, "prefix": search.prefix, "amount": search.amount}
    used = {name: value for name, value in values.items() if f":{name}" in statement.text}
    return connection.execute(typed(statement), used).mappings().all()


def typed(statement: TextClause) -> TextualSelect:
    """``statement`` with the columns that are not plain texts or integers converted."""
    present = {name: kind for name, kind in _TYPES.items() if name in statement.text}
    return statement.columns(**present)


def draft_rows(
    connection: Connection,
    company_id: str,
    *,
    before: tuple[str, str] | None,
    limit: int,
    search: Search | None,
    only: str,
) -> Sequence[RowMapping]:
    """Drafts, last changed first; ``before``: (updated_at, id) of the last row seen."""
    conditions, values = ["d.company_id = :company_id"], {"company_id": company_id, "limit": limit}
    if before is not None:
        conditions.append("(d.updated_at, d.id) < (:updated_at, :id)")
        values |= {"updated_at": before[0], "id": before[1]}
    if only == "credit_note":
        conditions.append("d.type_code IN ('381', '396', '261', '262', '502', '503')")
    if search is not None:
        clause, more = _inside(search)
        conditions.append(clause)
        values |= more
    where = " AND ".join(conditions)
    statement = text(
        "SELECT d.id, d.type_code, d.issue_date, d.due_date, coalesce(b.name, '') AS party_name, d.currency, "  # noqa: S608
        "d.with_vat, d.updated_at, d.updated_at AS place FROM draft d LEFT JOIN buyer b ON b.id = d.buyer_id "
        f"WHERE {where} ORDER BY d.updated_at DESC, d.id DESC LIMIT :limit"
    )
    return connection.execute(typed(statement), values).mappings().all()


def _inside(search: Search) -> tuple[str, dict[str, Any]]:
    """Every piece inside the words of the draft or the name of its customer, or its amount."""
    values: dict[str, Any] = {f"piece{i}": escaped(piece) for i, piece in enumerate(search.pieces)}
    place = "(d.search_text || char(10) || coalesce(b.name_key, ''))"
    every = " AND ".join(f"{place} LIKE '%' || :{name} || '%' ESCAPE '!'" for name in values) or "1"
    if not search.amount_start:
        return f"({every})", values
    values["amount_start"] = search.amount_start
    return f"(({every}) OR d.search_text LIKE '%' || :amount_start || '%')", values


def invoice_row_of_draft(row: RowMapping) -> InvoiceRow:
    """A draft as a line of the list."""
    return InvoiceRow(
        id=row["id"],
        is_draft=True,
        number="",
        type_code=row["type_code"],
        issue_date=row["issue_date"],
        due_date=row["due_date"],
        buyer_name=row["party_name"],
        currency=row["currency"],
        with_vat=row["with_vat"],
        state="",
        outbox_state="",
        paid=ZERO,
        updated_at=row["updated_at"],
    )


def invoice_row(row: RowMapping) -> InvoiceRow:
    """An issued document as a line of the list."""
    return InvoiceRow(
        id=row["id"],
        is_draft=False,
        number=row["number"],
        type_code=row["type_code"],
        issue_date=row["issue_date"],
        due_date=row["due_date"],
        buyer_name=row["party_name"],
        currency=row["currency"],
        with_vat=row["with_vat"],
        state=row["state"],
        outbox_state=row["outbox_state"],
        paid=row["paid"],
        updated_at=row["updated_at"],
        cleared=row["cleared"],
    )


def received_row(row: RowMapping) -> ReceivedRow:
    """A received document as a line of the list."""
    return ReceivedRow(
        id=row["id"],
        number=row["number"] or "",
        type_code=row["type_code"] or "",
        issue_date=row["issue_date"],
        due_date=row["due_date"],
        supplier_name=row["party_name"] or "",
        currency=row["currency"] or "",
        with_vat=row["with_vat"],
        verdict=row["verdict"],
        state=row["state"],
        filename=row["filename"],
        received_at=row["received_at"],
    )
