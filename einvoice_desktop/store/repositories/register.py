"""The fiscal register, and what its verification compares it with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select, text

from einvoice_desktop.ledger.entry import EntryKind, Json, LedgerEntry, next_entry
from einvoice_desktop.ports.unit_of_work import FrozenFiles
from einvoice_desktop.store.mapping.lifecycle import entry_of, entry_row
from einvoice_desktop.store.tables import blob, issued_document, ledger_entry

_CHUNK = 500
_FEW = 8

_SCOPES = text("""
    WITH RECURSIVE found (scope) AS (
        SELECT min(scope) FROM ledger_entry
        UNION ALL
        SELECT (SELECT min(scope) FROM ledger_entry WHERE scope > found.scope) FROM found WHERE found.scope IS NOT NULL
    )
    SELECT scope FROM found WHERE scope IS NOT NULL
""")

_ORPHANS = text("""
    SELECT d.id FROM issued_document d
    WHERE d.company_id = :company_id AND NOT EXISTS
        (SELECT 1 FROM ledger_entry e WHERE e.scope = :scope AND e.kind = :kind AND e.subject = d.id)
    UNION
    SELECT e.subject FROM ledger_entry e
    WHERE e.scope = :scope AND e.kind = :kind AND NOT EXISTS
        (SELECT 1 FROM issued_document d WHERE d.id = e.subject AND d.company_id = :company_id)
    ORDER BY 1
""")


class SqlLedger:
    """The chains of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, *, scope: str, kind: str, subject: str, at: datetime, payload: dict[str, Json]) -> LedgerEntry:
        """The next entry of the chain, in this transaction.

        Raises:
            ValueError: ``at`` is earlier than the last entry.
        """
        entry = next_entry(self.head(scope), scope=scope, kind=kind, subject=subject, at=at, payload=payload)
        self._connection.execute(insert(ledger_entry), entry_row(entry))
        return entry

    def head(self, scope: str) -> LedgerEntry | None:
        """The last entry."""
        statement = select(ledger_entry).where(ledger_entry.c.scope == scope)
        row = self._connection.execute(statement.order_by(ledger_entry.c.sequence.desc()).limit(1)).mappings().first()
        return entry_of(row) if row else None

    def entries(self, scope: str) -> Iterator[LedgerEntry]:
        """In order, some hundreds at a time."""
        statement = select(ledger_entry).where(ledger_entry.c.scope == scope).order_by(ledger_entry.c.sequence)
        last = -(2**63)
        while (
            rows := self._connection.execute(statement.where(ledger_entry.c.sequence > last).limit(_CHUNK))
            .mappings()
            .all()
        ):
            yield from map(entry_of, rows)
            last = rows[-1]["sequence"]

    def scopes(self) -> tuple[str, ...]:
        """Names of the chains, found by jumping from one to the next."""
        return tuple(self._connection.execute(_SCOPES).scalars())

    def frozen_files(self, company_id: str) -> Iterator[FrozenFiles]:
        """Every issued document of a company, its bytes hashed anew."""
        c = issued_document.c
        columns = select(c.sequence, c.id, c.number, c.xml_sha256, c.pdf_sha256, c.json_sha256)
        statement = columns.where(c.company_id == company_id).order_by(c.sequence).limit(_CHUNK)
        last = -1
        while rows := self._connection.execute(statement.where(c.sequence > last)).all():
            actual = self._hashed_anew({sha256 for row in rows for sha256 in row[3:]})
            for row in rows:
                stated = (row.xml_sha256, row.pdf_sha256, row.json_sha256)
                yield FrozenFiles(row.id, row.number, *stated, *(actual.get(sha256, "") for sha256 in stated))
            last = rows[-1].sequence

    def orphans(self, scope: str, company_id: str) -> tuple[str, ...]:
        """Documents without their entry and entries without their document, sorted."""
        values = {"scope": scope, "company_id": company_id, "kind": EntryKind.DOCUMENT_ISSUED.value}
        return tuple(self._connection.execute(_ORPHANS, values).scalars())

    def _hashed_anew(self, wanted: set[str]) -> dict[str, str]:
        """The hash each kept content has now, by the hash it is kept under; few contents in memory at a time."""
        statement = select(blob.c.sha256, blob.c.content).where(blob.c.sha256.in_(wanted))
        contents = self._connection.execute(statement.execution_options(yield_per=_FEW))
        return {sha256: hashlib.sha256(content).hexdigest() for sha256, content in contents}
