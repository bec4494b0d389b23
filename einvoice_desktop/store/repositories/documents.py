"""Numbers, issued documents and received ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, column, func, insert, select, table

from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.records import VatAmount
from einvoice_desktop.ports.unit_of_work import Environment, IssuedDocument, ReceivedDocument
from einvoice_desktop.store.mapping.documents import (
    document_words,
    issued_of,
    issued_row,
    received_of,
    received_row,
)
from einvoice_desktop.store.mapping.json_text import flat, record
from einvoice_desktop.store.repositories.blobs import Blobs
from einvoice_desktop.store.repositories.states import Standing, States
from einvoice_desktop.store.tables import document_vat, issued_document, number_taken, received_document

issued_search = table("issued_search", column("rowid"), column("words"))
received_search = table("received_search", column("rowid"), column("words"))


class SqlNumbers:
    """The number register; the store's write lock makes « the last number plus one » exact."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, company_id: str, environment: Environment, series: Series, document_id: str) -> str:
        """The next number of the series, for good when the transaction commits."""
        counter = self._last(company_id, environment, series) + 1
        row = {
            "company_id": company_id,
            "environment": environment.value,
            "series_key": series.key,
            "counter": counter,
            "number": series.number(counter),
            "document_id": document_id,
        }
        self._connection.execute(insert(number_taken), row)
        return series.number(counter)

    def preview(self, company_id: str, environment: Environment, series: Series) -> str:
        """The number the next document would get."""
        return series.number(self._last(company_id, environment, series) + 1)

    def last_issue_date(self, company_id: str, environment: Environment, series: Series) -> date | None:
        """Issue date of the last document of the series."""
        last = _of_series(select(number_taken.c.document_id), company_id, environment, series)
        newest = last.order_by(number_taken.c.counter.desc()).limit(1).scalar_subquery()
        statement = select(issued_document.c.issue_date).where(issued_document.c.id == newest)
        return self._connection.execute(statement).scalar()

    def _last(self, company_id: str, environment: Environment, series: Series) -> int:
        statement = _of_series(select(func.max(number_taken.c.counter)), company_id, environment, series)
        return int(self._connection.execute(statement).scalar() or 0)


def _of_series(statement: Select[Any], company_id: str, environment: Environment, series: Series) -> Select[Any]:
    return statement.where(
        number_taken.c.company_id == company_id,
        number_taken.c.environment == environment.value,
        number_taken.c.series_key == series.key,
    )


class SqlIssued:
    """Documents issued."""

    def __init__(self, connection: Connection, environment: Environment) -> None:
        self._connection, self._environment = connection, environment
        self._blobs, self._states = Blobs(connection), States(connection)

    def add(self, document: IssuedDocument) -> None:
        """Freeze it: bytes, row, search words, standing and tally."""
        if document.environment is not self._environment:
            raise StoreConflictError(f"a {document.environment} document in a {self._environment} store")
        self._blobs.keep(document.xml, document.xml_sha256)
        self._blobs.keep(document.pdf, document.pdf_sha256)
        self._blobs.keep(document.json, document.json_sha256)
        summary = document.summary
        sequence = _insert(self._connection, issued_document, issued_row(document))
        words = document_words(summary, document.search_text)
        self._connection.execute(insert(issued_search), {"rowid": sequence, "words": words})
        standing = Standing(kind="issued", type_code=summary.type_code, due=summary.due)
        self._states.start(document.id, document.company_id, sequence, standing, document.issued_at)
        self._states.count(document.company_id, summary)
        rows = [
            {**flat(group), "document_id": document.id, "position": position}
            for position, group in enumerate(document.breakdown)
        ]
        if rows:
            self._connection.execute(insert(document_vat), rows)

    def get(self, document_id: str) -> IssuedDocument | None:
        """By identifier."""
        return self._first(select(issued_document).where(issued_document.c.id == document_id))

    def by_number(self, company_id: str, environment: Environment, number: str) -> IssuedDocument | None:
        """The latest of that number."""
        statement = select(issued_document).where(
            issued_document.c.company_id == company_id,
            issued_document.c.environment == environment.value,
            issued_document.c.number == number,
        )
        return self._first(statement.order_by(issued_document.c.issue_date.desc()).limit(1))

    def _first(self, statement: Select[Any]) -> IssuedDocument | None:
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        contents = self._blobs.read(row["xml_sha256"], row["pdf_sha256"], row["json_sha256"])
        return issued_of(row, contents, self._breakdown(row["id"]))

    def _breakdown(self, document_id: str) -> tuple[VatAmount, ...]:
        statement = select(document_vat).where(document_vat.c.document_id == document_id)
        rows = self._connection.execute(statement.order_by(document_vat.c.position)).mappings()
        return tuple(record(VatAmount, dict(row)) for row in rows)


class SqlReceived:
    """Suppliers' documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs, self._states = Blobs(connection), States(connection)

    def add(self, document: ReceivedDocument) -> None:
        """Keep it with its original, byte for byte."""
        self._blobs.keep(document.original, document.sha256)
        files = {
            "xml_sha256": self._blobs.keep(document.xml) if document.xml is not None else None,
            "pdf_sha256": self._blobs.keep(document.pdf) if document.pdf is not None else None,
        }
        sequence = _insert(self._connection, received_document, {**received_row(document), **files})
        words = document_words(document.summary, document.search_text, document.filename)
        self._connection.execute(insert(received_search), {"rowid": sequence, "words": words})
        standing = Standing(kind="received")
        self._states.start(document.id, document.company_id, sequence, standing, document.received_at)

    def get(self, document_id: str) -> ReceivedDocument | None:
        """By identifier."""
        return self._first(select(received_document).where(received_document.c.id == document_id))

    def by_sha256(self, company_id: str, sha256: str) -> ReceivedDocument | None:
        """The document whose original has that hash."""
        is_same = (received_document.c.company_id == company_id) & (received_document.c.original_sha256 == sha256)
        return self._first(select(received_document).where(is_same))

    def by_supplier_number(self, company_id: str, siren: str, number: str, year: int) -> ReceivedDocument | None:
        """The document of that supplier and number in that civil year; the last received of several."""
        statement = select(received_document).where(
            received_document.c.company_id == company_id,
            received_document.c.party_siren == siren,
            received_document.c.number == number,
            received_document.c.issue_date.between(date(year, 1, 1), date(year, 12, 31)),
        )
        return self._first(statement.order_by(received_document.c.sequence.desc()).limit(1))

    def _first(self, statement: Select[Any]) -> ReceivedDocument | None:
        row = self._connection.execute(statement).mappings().first()
        return received_of(row, self._contents(row)) if row else None

    def _contents(self, row: RowMapping) -> dict[str, bytes]:
        return self._blobs.read(row["original_sha256"], row["xml_sha256"], row["pdf_sha256"])


def _insert(connection: Connection, into: Table, row: dict[str, Any]) -> int:
    """Insert and return the sequence given."""
    sequence: int = connection.execute(insert(into).returning(into.c.sequence), row).scalar_one()
    return sequence
