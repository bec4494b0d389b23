"""Flat rows for lists, read by keyset pages off the GUI thread: never aggregates, never OFFSET."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """A line of the list of sales.

    Attributes:
        id: of the draft or the issued document. is_draft: which of the two.
        number: empty for a draft. with_vat: BT-112, ``None`` while a draft cannot be computed.
        state: life-cycle code (``203``…), empty while none. outbox_state: of the last sending, empty when none.
        paid: sum of payments. cleared: what credit notes took off, or all that was due once it is replaced.
    """

    id: str
    is_draft: bool
    number: str
    type_code: str
    issue_date: date | None
    due_date: date | None
    buyer_name: str
    currency: str
    with_vat: Decimal | None
    state: str
    outbox_state: str
    paid: Decimal
    updated_at: datetime
    cleared: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A line of the list of purchases."""

    id: str
    number: str
    type_code: str
    issue_date: date | None
    due_date: date | None
    supplier_name: str
    currency: str
    with_vat: Decimal | None
    verdict: str
    state: str
    filename: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """A line of the registry."""

    id: str
    name: str
    siren: str
    siret: str
    city: str
    country: str
    email: str
    is_individual: bool


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A line of the sending desk."""

    id: str
    document_id: str
    number: str
    syntax: str
    state: str
    attempts: int
    next_try_at: datetime | None
    last_error: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """Some rows and where the next page starts (empty at the end)."""

    rows: tuple[RowT, ...]
    next_key: str = ""


@dataclass(frozen=True, slots=True)
class Counters:
    """What waits for the person, for the sidebar and the status bar.

    Attributes:
        drafts: being typed. waiting: sendings still to leave or whose outcome is awaited.
        problems: documents refused, rejected or whose sending is refused or parked.
        refused_sendings: sendings the platform refused or that were put aside, of documents or of statuses.
        received_new: received documents nobody took in charge yet. issued: documents issued.
        ledger_entries: entries of the company's chains. parked: incoming messages put aside, all companies together.
    """

    drafts: int = 0
    waiting: int = 0
    problems: int = 0
    refused_sendings: int = 0
    received_new: int = 0
    issued: int = 0
    ledger_entries: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class MonthTurnover:
    """Turnover of one month: ``without_vat`` (BT-109) of sales less credit notes, documents in euros only.

    Deposits (386) are not turnover until their final invoice, which counts the whole deal: what it deducts is added
    back. A corrected invoice counts less the one it replaces. Self-billed documents are purchases.
    """

    year: int
    month: int
    without_vat: Decimal


@dataclass(frozen=True, slots=True)
class VatRow:
    """VAT of one category and rate over a month, in euros: sales less credit notes.

    Attributes:
        category: BT-118. rate: percent, ``None`` for category O. base, tax: BT-116 and BT-117.
    """

    category: str
    rate: Decimal | None
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class VatMonth:
    """VAT charged by the documents dated in one month.

    A deposit counts in its own month (R-070) and its balance for the rest alone; a corrected invoice counts less the
    one it replaces; self-billed documents are purchases. Documents in another currency count by their rate (BT-111).

    Attributes:
        rows: by category, then rate, the highest first.
        left_out: documents without their VAT in euros, to be added by hand.
    """

    year: int
    month: int
    rows: tuple[VatRow, ...]
    left_out: int = 0

    @property
    def tax(self) -> Decimal:
        """All of it."""
        return sum((row.tax for row in self.rows), Decimal(0))


@dataclass(frozen=True, slots=True)
class Receivables:
    """What customers owe on unpaid invoices in euros, by age of the due date.

    Attributes:
        not_due, late, very_late: sums still due: not due yet (or without a due date), up to 30 days late, more.
        late_count: invoices past their due date. oldest: the one that waits longest, ``None`` without any.
    """

    not_due: Decimal = Decimal(0)
    late: Decimal = Decimal(0)
    very_late: Decimal = Decimal(0)
    late_count: int = 0
    oldest: InvoiceRow | None = None

    @property
    def total(self) -> Decimal:
        """Everything owed."""
        return self.not_due + self.late + self.very_late


class Queries(Protocol):
    """Reads for lists; every method opens and closes its own short read."""

    def invoices(
        self, company_id: str, *, after: str = "", limit: int = 100, search: str = "", only: str = ""
    ) -> Page[InvoiceRow]:
        """Drafts first, then issued documents, newest first.

        ``only``: ``""`` all; ``draft``; ``to_send`` (issued, never sent, withdrawn or parked); ``unpaid`` (invoices
        neither cashed nor paid in full, refused or cancelled); ``rejected`` (210, 213, 501, or the sending refused);
        ``credit_note``. ``search`` looks into number, buyer, words of the lines and amounts (``1250``, ``1 250,00``).
        """
        ...

    def received(self, company_id: str, *, after: str = "", limit: int = 100, search: str = "") -> Page[ReceivedRow]:
        """Newest first."""
        ...

    def buyers(self, company_id: str, *, search: str = "", after: str = "", limit: int = 100) -> Page[BuyerRow]:
        """By name; ``search`` is partial on name, SIREN, SIRET and e-mail (R-011)."""
        ...

    def outbox(self, company_id: str, *, limit: int = 200) -> tuple[OutboxRow, ...]:
        """Newest first."""
        ...

    def counters(self, company_id: str) -> Counters: ...

    def receivables(self, company_id: str, today: date) -> Receivables:
        """What customers owe on ``today``, summed by the store."""
        ...

    def turnover(self, company_id: str, year: int) -> tuple[MonthTurnover, ...]: ...

    def vat(self, company_id: str, year: int, month: int) -> VatMonth:
        """VAT charged in a month, summed by the store."""
        ...
