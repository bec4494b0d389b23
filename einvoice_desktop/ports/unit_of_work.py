"""Storage, as a need: repositories of records, in one unit of work that commits everything or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.ledger.entry import Json, LedgerEntry
from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile
from einvoice_desktop.ports.records import (
    BillingMandate,
    DepositGroup,
    DepositMember,
    DocumentEvent,
    DocumentLink,
    DocumentSummary,
    Draft,
    Environment,
    FrozenFiles,
    IssuedDocument,
    OutboxEntry,
    OutboxState,
    ParkedMessage,
    Payment,
    ReceivedDocument,
    StoreCheck,
    Template,
    ledger_scope,
)

__all__ = [
    "Buyers",
    "Companies",
    "Deposits",
    "Directory",
    "DocumentEvent",
    "DocumentSummary",
    "Draft",
    "Drafts",
    "Environment",
    "Events",
    "Files",
    "FrozenFiles",
    "Inbox",
    "Issued",
    "IssuedDocument",
    "Ledger",
    "Links",
    "Mandates",
    "Numbers",
    "Outbox",
    "OutboxEntry",
    "OutboxState",
    "ParkedMessage",
    "Payment",
    "Payments",
    "Received",
    "ReceivedDocument",
    "Settings",
    "Store",
    "StoreCheck",
    "Templates",
    "UnitOfWork",
    "ledger_scope",
]


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
    def delete(self, draft_id: str) -> None:
        """Forget it, with the files no other draft carries; nothing happens when there is none."""
        ...

    def from_source(self, source_id: str) -> tuple[Draft, ...]:
        """Those whose form credits or corrects that issued document (``DraftForm.source_id``), oldest change first."""
        ...

    def of_group(self, group_id: str) -> tuple[Draft, ...]:
        """Those whose form belongs to that group (``DraftForm.deposit_group_id``), oldest change first."""
        ...


class Files(Protocol):
    """Files drafts carry (BG-24), by SHA-256; once issued, a file is inside the frozen XML."""

    def keep(self, draft_id: str, content: bytes) -> str:
        """Keep the bytes as long as that draft, or another whose form names them, is there; their SHA-256."""
        ...

    def get(self, sha256: str) -> bytes | None: ...


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


class Links(Protocol):
    """What issued documents credit, correct or balance; append-only, one relation between two documents."""

    def add(self, link: DocumentLink) -> None:
        """Record it; what is owed on the target and the turnover of the month follow."""
        ...

    def of(self, document_id: str) -> tuple[DocumentLink, ...]:
        """What a document credits, corrects or balances."""
        ...

    def to(self, target_id: str) -> tuple[DocumentLink, ...]:
        """What credits, corrects or balances a document, in order of issue."""
        ...


class Deposits(Protocol):
    """Deals paid by deposits; append-only."""

    def add(self, group: DepositGroup) -> None: ...
    def get(self, group_id: str) -> DepositGroup | None: ...
    def of_company(self, company_id: str) -> tuple[DepositGroup, ...]:
        """Every deal, newest first."""
        ...

    def add_member(self, member: DepositMember) -> None:
        """Put an issued document in its deal; a document is in one deal at most."""
        ...

    def members(self, group_id: str) -> tuple[DepositMember, ...]:
        """Documents of a deal, in order of issue."""
        ...

    def member(self, document_id: str) -> DepositMember | None: ...


class Templates(Protocol):
    """Page templates of the store; those shipped with the program are not in it."""

    def save(self, template: Template) -> None:
        """Insert or replace; a default takes the place of the one before it in its scope (R-054)."""
        ...

    def get(self, template_id: str) -> Template | None: ...
    def of_company(self, company_id: str) -> tuple[Template, ...]:
        """Those a company may use: its own, then those of every company, by name."""
        ...

    def delete(self, template_id: str) -> None: ...


class Mandates(Protocol):
    """Mandates to bill in the name of suppliers."""

    def save(self, mandate: BillingMandate) -> None:
        """Insert or replace."""
        ...

    def get(self, company_id: str, supplier_id: str) -> BillingMandate | None: ...
    def delete(self, company_id: str, supplier_id: str) -> None: ...


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
    files: Files
    numbers: Numbers
    issued: Issued
    links: Links
    deposits: Deposits
    templates: Templates
    mandates: Mandates
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
