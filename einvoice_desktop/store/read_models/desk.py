"""The registry, the sending desk, the counters and the turnover."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.queries import BuyerRow, Counters, MonthTurnover, OutboxRow
from einvoice_desktop.store.mapping.searching import folded
from einvoice_desktop.store.read_models.searching import escaped
from einvoice_desktop.store.tables.columns import Instant, from_scaled

_OUTBOX = text("""
    SELECT o.id, o.document_id, coalesce(i.number, r.number, '') AS number, o.syntax, o.state, o.attempts,
        o.next_try_at, o.last_error, o.created_at
    FROM outbox o LEFT JOIN issued_document i ON i.id = o.document_id
        LEFT JOIN received_document r ON r.id = o.document_id
    WHERE o.company_id = :company_id ORDER BY o.created_at DESC, o.sequence DESC LIMIT :limit
""").columns(next_try_at=Instant(), created_at=Instant())

_COUNTERS = text("""
    SELECT
        (SELECT count(*) FROM draft WHERE company_id = :company_id) AS drafts,
        (SELECT count(*) FROM outbox
            WHERE company_id = :company_id AND state IN ('queued', 'sending', 'unknown')) AS waiting,
        (SELECT count(*) FROM document_state WHERE company_id = :company_id AND is_problem = 1) AS problems,
        (SELECT count(*) FROM outbox
            WHERE company_id = :company_id AND state IN ('refused', 'parked')) AS refused_sendings,
        (SELECT count(*) FROM document_state WHERE company_id = :company_id AND is_new = 1) AS received_new,
        (SELECT coalesce(sum(documents), 0) FROM month_tally WHERE company_id = :company_id) AS issued,
        (SELECT coalesce(max(sequence), 0) FROM ledger_entry WHERE scope = :sandbox)
            + (SELECT coalesce(max(sequence), 0) FROM ledger_entry WHERE scope = :production) AS ledger_entries,
        (SELECT count(*) FROM inbox_parked) AS parked
""")

_TURNOVER = text("SELECT month, without_vat FROM month_tally WHERE company_id = :company_id AND year = :year")


def outbox_rows(connection: Connection, company_id: str, limit: int) -> tuple[OutboxRow, ...]:
    """Sendings, newest first."""
    rows = connection.execute(_OUTBOX, {"company_id": company_id, "limit": limit}).mappings()
    return tuple(OutboxRow(**row) for row in rows)


def counters(connection: Connection, company_id: str, scopes: tuple[str, str]) -> Counters:
    """What waits; each number from an index of just those rows."""
    values = {"company_id": company_id, "sandbox": scopes[0], "production": scopes[1]}
    return Counters(**connection.execute(_COUNTERS, values).mappings().one())


def turnover(connection: Connection, company_id: str, year: int) -> tuple[MonthTurnover, ...]:
    """The twelve months of a civil year."""
    rows = connection.execute(_TURNOVER, {"company_id": company_id, "year": year})
    known: dict[int, Decimal] = {month: from_scaled(amount) for month, amount in rows}
    return tuple(MonthTurnover(year, month, known.get(month, ZERO)) for month in range(1, 13))


def buyer_rows(
    connection: Connection, company_id: str, *, search: str, after: tuple[str, str] | None, limit: int
) -> Sequence[RowMapping]:
    """Customers by name; ``after``: (name, id) of the last row seen."""
    conditions = ["company_id = :company_id", "is_deleted = 0"]
    values: dict[str, Any] = {"company_id": company_id, "limit": limit}
    if after is not None:
        conditions.append("(name_key, id) > (:name_key, :id)")
        values |= {"name_key": after[0], "id": after[1]}
    for index, piece in enumerate(folded(search).split()):
        conditions.append(f"search_text LIKE '%' || :piece{index} || '%' ESCAPE '!'")
        values[f"piece{index}"] = escaped(piece)
    statement = text(
        "SELECT id, name, effective_siren, siret, city, country, email, is_individual, name_key FROM buyer "  # noqa: S608
        f"WHERE {' AND '.join(conditions)} ORDER BY name_key, id LIMIT :limit"
    )
    return connection.execute(statement, values).mappings().all()


def buyer_row(row: RowMapping) -> BuyerRow:
    """A customer as a line of the registry."""
    return BuyerRow(
        id=row["id"],
        name=row["name"],
        siren=row["effective_siren"],
        siret=row["siret"],
        city=row["city"],
        country=row["country"],
        email=row["email"],
        is_individual=bool(row["is_individual"]),
    )
