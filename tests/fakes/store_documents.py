"""In-memory repositories of documents: issued, received, their events, payments, numbers and register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.ledger.entry import EntryKind, Json, LedgerEntry, next_entry
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    Environment,
    FrozenFiles,
    IssuedDocument,
    Payment,
    ReceivedDocument,
)
from tests.fakes.store_state import State, check_hash, sha256


class FakeNumbers:
    def __init__(self, state: State) -> None:
        self._state = state

    def take(self, company_id: str, environment: Environment, series: Series, document_id: str) -> str:
        self._state.check_writable()
        self._state.check_company(company_id)
        number = self.preview(company_id, environment, series)
        key = (company_id, environment.value, series.key)
        self._state.numbers[key] = (*self._state.numbers.get(key, ()), (number, document_id))
        return number

    def preview(self, company_id: str, environment: Environment, series: Series) -> str:
        taken = self._state.numbers.get((company_id, environment.value, series.key), ())
        return series.number(len(taken) + 1)

    def last_issue_date(self, company_id: str, environment: Environment, series: Series) -> date | None:
        taken = self._state.numbers.get((company_id, environment.value, series.key), ())
        last = self._state.issued.get(taken[-1][1]) if taken else None
        return last.summary.issue_date if last else None


class FakeIssued:
    def __init__(self, state: State, environment: Environment) -> None:
        self._state = state
        self._environment = environment

    def add(self, document: IssuedDocument) -> None:
        self._state.check_writable()
        self._state.check_company(document.company_id)
        if document.environment is not self._environment:
            raise StoreConflictError(f"a {document.environment} document in a {self._environment} store")
        for content, stated in (
            (document.xml, document.xml_sha256),
            (document.pdf, document.pdf_sha256),
            (document.json, document.json_sha256),
        ):
            check_hash(content, stated)
        same = self.by_number(document.company_id, document.environment, document.summary.number)
        is_taken = same is not None and same.summary.issue_date.year == document.summary.issue_date.year
        if is_taken or document.id in self._state.issued or document.id in self._state.received:
            raise StoreConflictError(f"document {document.summary.number} is there already")
        self._state.issued[document.id] = document

    def get(self, document_id: str) -> IssuedDocument | None:
        return self._state.issued.get(document_id)

    def by_number(self, company_id: str, environment: Environment, number: str) -> IssuedDocument | None:
        wanted = (company_id, environment, number)
        found = [d for d in self._state.issued.values() if (d.company_id, d.environment, d.summary.number) == wanted]
        return max(found, key=lambda d: d.summary.issue_date, default=None)


class FakeReceived:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, document: ReceivedDocument) -> None:
        self._state.check_writable()
        self._state.check_company(document.company_id)
        check_hash(document.original, document.sha256)
        is_known = document.id in self._state.received or document.id in self._state.issued
        if is_known or self.by_sha256(document.company_id, document.sha256):
            raise StoreConflictError("that document is there already")
        self._state.received[document.id] = document

    def get(self, document_id: str) -> ReceivedDocument | None:
        return self._state.received.get(document_id)

    def by_sha256(self, company_id: str, sha256: str) -> ReceivedDocument | None:
        found = (d for d in self._state.received.values() if (d.company_id, d.sha256) == (company_id, sha256))
        return next(found, None)

    def by_supplier_number(self, company_id: str, siren: str, number: str, year: int) -> ReceivedDocument | None:
        for document in reversed(self._state.received.values()):
            summary = document.summary
            if summary is None or document.company_id != company_id:
                continue
            if (summary.party_siren, summary.number, summary.issue_date.year) == (siren, number, year):
                return document
        return None


class FakeEvents:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, event: DocumentEvent) -> bool:
        self._state.check_writable()
        self._state.check_document(event.document_id)
        known = self._state.events.get(event.document_id, ())
        if event.event.source_id and any(e.event.source_id == event.event.source_id for e in known):
            return False
        self._state.events[event.document_id] = (*known, event)
        return True

    def of(self, document_id: str) -> tuple[DocumentEvent, ...]:
        return tuple(sorted(self._state.events.get(document_id, ()), key=lambda e: e.event.at))


class FakePayments:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, payment: Payment) -> None:
        self._state.check_writable()
        if payment.document_id not in self._state.issued:
            raise StoreConflictError(f"no issued document {payment.document_id}")
        if any(p.id == payment.id for paid in self._state.payments.values() for p in paid):
            raise StoreConflictError(f"payment {payment.id} is there already")
        self._state.payments[payment.document_id] = (*self._state.payments.get(payment.document_id, ()), payment)

    def of(self, document_id: str) -> tuple[Payment, ...]:
        return tuple(sorted(self._state.payments.get(document_id, ()), key=lambda p: p.paid_on))


class FakeLedger:
    def __init__(self, state: State) -> None:
        self._state = state

    def append(self, *, scope: str, kind: str, subject: str, at: datetime, payload: dict[str, Json]) -> LedgerEntry:
        self._state.check_writable()
        entry = next_entry(self.head(scope), scope=scope, kind=kind, subject=subject, at=at, payload=payload)
        self._state.ledger[scope] = (*self._state.ledger.get(scope, ()), entry)
        return entry

    def head(self, scope: str) -> LedgerEntry | None:
        return self._state.ledger.get(scope, (None,))[-1]

    def entries(self, scope: str) -> Iterator[LedgerEntry]:
        return iter(self._state.ledger.get(scope, ()))

    def scopes(self) -> tuple[str, ...]:
        return tuple(sorted(self._state.ledger))

    def frozen_files(self, company_id: str) -> Iterator[FrozenFiles]:
        for document in self._state.issued.values():
            if document.company_id == company_id:
                yield FrozenFiles(
                    document.id,
                    document.summary.number,
                    document.xml_sha256,
                    document.pdf_sha256,
                    document.json_sha256,
                    sha256(document.xml),
                    sha256(document.pdf),
                    sha256(document.json),
                )

    def orphans(self, scope: str, company_id: str) -> tuple[str, ...]:
        documents = {d.id for d in self._state.issued.values() if d.company_id == company_id}
        entries = self._state.ledger.get(scope, ())
        written = {e.subject for e in entries if e.kind == EntryKind.DOCUMENT_ISSUED}
        return tuple(sorted(documents ^ written))
