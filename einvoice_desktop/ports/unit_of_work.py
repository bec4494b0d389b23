"""Storage, as a need: plain records, and one unit of work that commits everything or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.lifecycle import LifecycleEvent
from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.ledger.entry import Json, LedgerEntry
from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile


class Environment(StrEnum):
    """Sandbox and production never share a file (R-037, R-181)."""

    SANDBOX = "sandbox"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document being typed.

    Attributes:
        form: exactly as it stands. updated_at: UTC.
        with_vat: BT-112 as last computed, in the form's currency, for lists; ``None`` while it cannot be.
    """

    id: str
    company_id: str
    form: DraftForm
    updated_at: datetime
    with_vat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What lists, exports and matching need of a document; amounts in ``currency``.

    Attributes:
        number: BT-1. type_code: BT-3. issue_date: BT-2. due_date: BT-9. currency: BT-5.
        without_vat, vat, with_vat, due: BT-109, BT-110, BT-112, BT-115, as in the document.
        party_name, party_siren: the other side: buyer of a sale, supplier of a purchase.
    """

    number: str
    type_code: str
    issue_date: date
    due_date: date | None
    currency: str
    without_vat: Decimal
    vat: Decimal
    with_vat: Decimal
    due: Decimal
    party_name: str
    party_siren: str = ""


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document that was issued: nothing of it changes any more (R-031).

    Attributes:
        id: local identifier. buyer_id: registry entry it was made from, may be empty.
        xml, pdf, json: the exact bytes (CII, Factur-X PDF/A-3b, JSON form), each with its SHA-256 (hexadecimal).
        verdict: what the official rules said at issue. rules: names of the rule files that ran.
        issued_at: UTC.
        search_text: further words lists find it by (names of its lines), besides number, party and amounts.
    """

    id: str
    company_id: str
    buyer_id: str
    environment: Environment
    summary: DocumentSummary
    xml: bytes
    pdf: bytes
    json: bytes
    xml_sha256: str
    pdf_sha256: str
    json_sha256: str
    verdict: str
    rules: tuple[str, ...]
    issued_at: datetime
    search_text: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A supplier's document, its original kept byte for byte.

    Attributes:
        original, sha256: the file as it came. filename: shown only, never used as a path.
        format, profile: as detected. xml: the XML inside (or the file itself), ``None`` without.
        pdf: the readable page: the original when it is a PDF, else one we rendered, ``None`` when neither exists.
        summary: ``None`` when the file holds no readable invoice. verdict: of the official rules.
        findings: identifiers and messages that failed, as JSON-ready pairs (code, message).
        flow_id: flow it came by, empty when dropped by hand. received_at: UTC.
        seller_address: BT-34 of the document, where answers go (scheme 0225), may be empty.
        search_text: further words lists find it by (names of its lines).
    """

    id: str
    company_id: str
    original: bytes
    sha256: str
    filename: str
    format: str
    profile: str
    xml: bytes | None
    pdf: bytes | None
    summary: DocumentSummary | None
    verdict: str
    findings: tuple[tuple[str, str], ...]
    received_at: datetime
    flow_id: str = ""
    seller_address: str = ""
    problem: str = ""
    search_text: str = ""


class OutboxState(StrEnum):
    """queued -> sending -> accepted | refused | unknown; unknown is settled by asking, never by a blind retry."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """Something to tell the platform, its bytes frozen in the same transaction as the act.

    Attributes:
        id: local identifier. company_id: whose. document_id: issued or received document concerned.
        tracking_id: sent at each try, unique. syntax: ``Factur-X``, ``CDAR``… processing_rule: of the flow.
        name: file name. content, sha256: exact bytes. platform_id: profile it goes to; never re-sent to another.
        state: where it stands. flow_id: the platform's identifier once known.
        attempts: tries so far. next_try_at: not before that instant. last_error: code and message of the last failure.
        created_at, updated_at: UTC.
    """

    id: str
    company_id: str
    document_id: str
    platform_id: str
    tracking_id: str
    name: str
    syntax: str
    processing_rule: str
    content: bytes
    sha256: str
    created_at: datetime
    updated_at: datetime
    state: OutboxState = OutboxState.QUEUED
    flow_id: str = ""
    attempts: int = 0
    next_try_at: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEvent:
    """A life-cycle event of one document.

    Attributes:
        document_id: issued or received. event: the status. raw: the message as it came (CDAR XML), may be empty.
        recorded_at: when we learnt it, UTC.
    """

    document_id: str
    event: LifecycleEvent
    recorded_at: datetime
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received for an issued document.

    Attributes:
        id: local identifier. paid_on: day of the payment. amount: incl. VAT. currency: ISO 4217. method: free word.
    """

    id: str
    document_id: str
    paid_on: date
    amount: Decimal
    currency: str
    recorded_at: datetime
    method: str = "virement"


@dataclass(frozen=True, slots=True)
class FrozenFiles:
    """The frozen files of one issued document, for verification; hashes are SHA-256, hexadecimal.

    Attributes:
        document_id: whose. number: BT-1.
        xml_sha256, pdf_sha256, json_sha256: what the document's row says (to compare with the ledger).
        xml_actual, pdf_actual, json_actual: recomputed from the bytes kept; empty when the bytes are gone.
    """

    document_id: str
    number: str
    xml_sha256: str
    pdf_sha256: str
    json_sha256: str
    xml_actual: str
    pdf_actual: str
    json_actual: str

    @property
    def is_intact(self) -> bool:
        """Whether every byte is what the row says."""
        return (self.xml_sha256, self.pdf_sha256, self.json_sha256) == (
            self.xml_actual,
            self.pdf_actual,
            self.json_actual,
        )


@dataclass(frozen=True, slots=True)
class ParkedMessage:
    """An incoming flow that could not be understood; the rest went on.

    Attributes:
        flow_id: the platform's identifier. reason: code of the problem. content: its bytes when they came.
    """

    flow_id: str
    platform_id: str
    flow_type: str
    reason: str
    detail: str
    parked_at: datetime
    content: bytes = b""


def ledger_scope(company_id: str, environment: Environment) -> str:
    """Name of the fiscal chain of a company: one per company and environment (C-30)."""
    return f"{company_id}/{environment.value}"


class Companies(Protocol):
    """The companies that issue."""

    def add(self, company: Company) -> None: ...
    def update(self, company: Company) -> None: ...
    def get(self, company_id: str) -> Company | None: ...
    def by_siren(self, siren: str) -> Company | None: ...
    def all(self) -> tuple[Company, ...]: ...


class Buyers(Protocol):
    """The registry; every look-up is within one company (R-013)."""

    def add(self, buyer: Buyer) -> None: ...
    def update(self, buyer: Buyer) -> None: ...
    def get(self, company_id: str, buyer_id: str) -> Buyer | None: ...
    def by_siren(self, company_id: str, siren: str) -> Buyer | None: ...
    def recent(self, company_id: str, limit: int = 20) -> tuple[Buyer, ...]:
        """The customers saved last, not deleted, newest first: those whose directory line is worth asking for."""
        ...


class Drafts(Protocol):
    """Documents being typed."""

    def save(self, draft: Draft) -> None:
        """Insert or replace."""
        ...

    def get(self, draft_id: str) -> Draft | None: ...
    def delete(self, draft_id: str) -> None: ...


class Numbers(Protocol):
    """The number register."""

    def take(self, company_id: str, environment: Environment, series: Series, document_id: str) -> str:
        """The next number, taken for good when the transaction commits; no gap if it does not."""
        ...

    def preview(self, company_id: str, environment: Environment, series: Series) -> str:
        """The number the next document would get; consumes nothing."""
        ...

    def last_issue_date(self, company_id: str, environment: Environment, series: Series) -> date | None:
        """Issue date of the last document of the series: numbers are chronological."""
        ...


class Issued(Protocol):
    """Documents issued, frozen by triggers."""

    def add(self, document: IssuedDocument) -> None: ...
    def get(self, document_id: str) -> IssuedDocument | None: ...
    def by_number(self, company_id: str, environment: Environment, number: str) -> IssuedDocument | None:
        """The latest document of that number (a number is unique per civil year)."""
        ...


class Received(Protocol):
    """Suppliers' documents."""

    def add(self, document: ReceivedDocument) -> None: ...
    def get(self, document_id: str) -> ReceivedDocument | None: ...
    def by_sha256(self, company_id: str, sha256: str) -> ReceivedDocument | None: ...
    def by_supplier_number(self, company_id: str, siren: str, number: str, year: int) -> ReceivedDocument | None: ...


class Events(Protocol):
    """Life-cycle events, append-only."""

    def add(self, event: DocumentEvent) -> bool:
        """Record it once; ``False`` when an event of the same ``source_id`` is there already."""
        ...

    def of(self, document_id: str) -> tuple[DocumentEvent, ...]:
        """All events of a document, by time."""
        ...


class Payments(Protocol):
    """Payments, append-only."""

    def add(self, payment: Payment) -> None: ...
    def of(self, document_id: str) -> tuple[Payment, ...]: ...


class Outbox(Protocol):
    """What waits to leave."""

    def add(self, entry: OutboxEntry) -> None: ...
    def update(self, entry: OutboxEntry) -> None:
        """Change state, tries, error and flow identifier; the bytes never change."""
        ...

    def get(self, entry_id: str) -> OutboxEntry | None: ...
    def of(self, document_id: str) -> tuple[OutboxEntry, ...]: ...
    def by_flow(self, flow_id: str) -> OutboxEntry | None: ...
    def due(self, platform_id: str, now: datetime, limit: int = 50) -> tuple[OutboxEntry, ...]:
        """Entries queued, sending or unknown whose time has come, oldest first."""
        ...

    def open_flows(self, platform_id: str) -> tuple[OutboxEntry, ...]:
        """Entries sent whose acknowledgement is still awaited."""
        ...


class Inbox(Protocol):
    """How far we have read, and what was put aside."""

    def cursor(self, platform_id: str) -> datetime | None: ...
    def move_cursor(self, platform_id: str, to: datetime) -> None: ...
    def is_seen(self, platform_id: str, flow_id: str) -> bool: ...
    def mark_seen(self, platform_id: str, flow_id: str, at: datetime) -> None: ...
    def park(self, message: ParkedMessage) -> None: ...
    def parked(self, platform_id: str) -> tuple[ParkedMessage, ...]: ...


class Ledger(Protocol):
    """The fiscal register of one store."""

    def append(self, *, scope: str, kind: str, subject: str, at: datetime, payload: dict[str, Json]) -> LedgerEntry:
        """Write the next entry of the chain ``scope`` in this transaction."""
        ...

    def head(self, scope: str) -> LedgerEntry | None: ...
    def entries(self, scope: str) -> Iterator[LedgerEntry]:
        """All entries in sequence order, read lazily."""
        ...

    def scopes(self) -> tuple[str, ...]: ...
    def frozen_files(self, company_id: str) -> Iterator[FrozenFiles]:
        """Files of every issued document of a company in order of issue, hashed anew, read lazily."""
        ...

    def orphans(self, scope: str, company_id: str) -> tuple[str, ...]:
        """Issued documents of ``company_id`` without their ``document_issued`` entry in ``scope``, and the reverse.

        Identifiers of documents, sorted (``ChainReport.orphans``).
        """
        ...


class Directory(Protocol):
    """Directory lines seen, with the day they were."""

    def save(self, siren: str, lines: tuple[DirectoryLine, ...], seen_at: datetime) -> None: ...
    def get(self, siren: str) -> tuple[tuple[DirectoryLine, ...], datetime] | None: ...


class Settings(Protocol):
    """Values of declared settings (``ports.settings``) and chosen platforms; never a secret."""

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str) -> None: ...
    def platforms(self) -> tuple[PlatformProfile, ...]: ...
    def save_platform(self, profile: PlatformProfile) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the ``with`` block without :meth:`commit` undoes everything.

    Writing what is there already, what names a company or document that is not there, or what is frozen, raises
    ``ports.errors.StoreConflictError``; a number taken without its issued document is refused at :meth:`commit`.
    """

    companies: Companies
    buyers: Buyers
    drafts: Drafts
    numbers: Numbers
    issued: Issued
    received: Received
    events: Events
    payments: Payments
    outbox: Outbox
    inbox: Inbox
    ledger: Ledger
    directory: Directory
    settings: Settings

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Make it last (``synchronous=FULL``): after this returns, a power cut loses nothing."""
        ...


class Store(Protocol):
    """An open store: hands out units of work, from any thread."""

    @property
    def environment(self) -> Environment:
        """What this file is for."""
        ...

    def unit_of_work(self) -> UnitOfWork:
        """A new writing transaction; entering it takes the store's write lock (``BEGIN IMMEDIATE``).

        Entered twice by one thread, it raises ``RuntimeError`` rather than wait for itself.
        """
        ...

    def reading(self) -> UnitOfWork:
        """One stable snapshot for reading, however long: holds no lock; writing in it raises StoreConflictError."""
        ...

    def check_guards(self) -> StoreCheck:
        """Whether every trigger that keeps issued things frozen is there, unchanged. Takes milliseconds."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """Quick look at the guards of a store: names of triggers missing, and whether counts agree."""

    missing_triggers: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())
