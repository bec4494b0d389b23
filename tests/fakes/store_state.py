"""What the in-memory store remembers: plain dictionaries of frozen records, copied shallowly per unit of work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from datetime import datetime

from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.ledger.entry import LedgerEntry
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile
from einvoice_desktop.ports.records import BillingMandate, DepositGroup, DepositMember, DocumentLink, Template
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    Draft,
    IssuedDocument,
    OutboxEntry,
    ParkedMessage,
    Payment,
    ReceivedDocument,
)

SeriesId = tuple[str, str, str]
Taken = tuple[str, str]


@dataclass
class State:
    """Everything of one store; records are frozen, so a shallow copy of each dictionary is a snapshot."""

    companies: dict[str, Company] = field(default_factory=dict)
    buyers: dict[str, Buyer] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    numbers: dict[SeriesId, tuple[Taken, ...]] = field(default_factory=dict)
    issued: dict[str, IssuedDocument] = field(default_factory=dict)
    received: dict[str, ReceivedDocument] = field(default_factory=dict)
    events: dict[str, tuple[DocumentEvent, ...]] = field(default_factory=dict)
    payments: dict[str, tuple[Payment, ...]] = field(default_factory=dict)
    outbox: dict[str, OutboxEntry] = field(default_factory=dict)
    cursors: dict[str, datetime] = field(default_factory=dict)
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    parked: dict[tuple[str, str], ParkedMessage] = field(default_factory=dict)
    ledger: dict[str, tuple[LedgerEntry, ...]] = field(default_factory=dict)
    directory: dict[str, tuple[tuple[DirectoryLine, ...], datetime]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    platforms: dict[str, PlatformProfile] = field(default_factory=dict)
    links: dict[tuple[str, str], DocumentLink] = field(default_factory=dict)
    groups: dict[str, DepositGroup] = field(default_factory=dict)
    members: dict[str, DepositMember] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    mandates: dict[tuple[str, str], BillingMandate] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    carried: dict[str, frozenset[str]] = field(default_factory=dict)
    is_writable: bool = True

    def snapshot(self, *, is_writable: bool) -> State:
        copies = {f.name: dict(getattr(self, f.name)) for f in fields(self) if f.name != "is_writable"}
        return State(**copies, is_writable=is_writable)

    def check_writable(self) -> None:
        if not self.is_writable:
            raise StoreConflictError("attempt to write in a unit of work for reading")

    def check_company(self, company_id: str) -> None:
        if company_id not in self.companies:
            raise StoreConflictError(f"no company {company_id}")

    def check_document(self, document_id: str) -> None:
        if document_id not in self.issued and document_id not in self.received:
            raise StoreConflictError(f"no document {document_id}")

    def check_consistent(self) -> None:
        """What the real store checks when it commits: no number without its document."""
        for taken in self.numbers.values():
            for number, document_id in taken:
                if document_id not in self.issued:
                    raise StoreConflictError(f"number {number} was taken for no document")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check_hash(content: bytes, stated: str) -> None:
    if sha256(content) != stated:
        raise StoreConflictError("the bytes do not have the SHA-256 stated")
