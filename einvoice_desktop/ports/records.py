"""What a store keeps, as plain records: no behaviour, nothing of how it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.lifecycle import LifecycleEvent


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
class VatAmount:
    """One VAT group of an issued document (BG-23), amounts positive even in a credit note.

    Attributes:
        category: BT-118. rate: BT-119 in percent, ``None`` for category O.
        base, tax: BT-116, BT-117, in the currency of the document.
        base_in_euro, tax_in_euro: the same in euros, by the rate of the document (BT-111); ``None`` when it states none.
    """

    category: str
    rate: Decimal | None
    base: Decimal
    tax: Decimal
    base_in_euro: Decimal | None = None
    tax_in_euro: Decimal | None = None


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document that was issued: nothing of it changes any more (R-031).

    Attributes:
        id: local identifier. buyer_id: registry entry it was made from, may be empty.
        xml, pdf, json: the exact bytes (CII, Factur-X PDF/A-3b, JSON form), each with its SHA-256 (hexadecimal).
        verdict: what the official rules said at issue. rules: names of the rule files that ran.
        issued_at: UTC.
        search_text: further words lists find it by (names of its lines), besides number, party and amounts.
        breakdown: its VAT by category and rate (BG-23).
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
    breakdown: tuple[VatAmount, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """A supplier's document, its original kept byte for byte.

    Attributes:
        original, sha256: the file as it came. filename: shown only, never used as a path.
        format, profile: as detected. xml: the XML inside (or the file itself), ``None`` without.
        pdf: the readable page: the original when it is a PDF, else one we rendered, ``None`` when neither exists.
        summary: ``None`` when the file holds no readable invoice. verdict: of the official rules.
        findings: what the official rules said when it came, with the values that would mend it; code and message
            alone for what came before the rest was kept.
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
    findings: tuple[Finding, ...]
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
        profile: BT-24 of the document; empty for a life-cycle message and for what was queued before it was kept.
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
    profile: str = ""


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


class Relation(StrEnum):
    """How an issued document stands to an earlier one of ours."""

    CREDITS = "credits"
    CORRECTS = "corrects"
    BALANCES = "balances"


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """``document_id`` credits, corrects or balances ``target_id``; append-only, written when ``document_id`` is issued.

    Attributes:
        without_vat: how much of the target, without VAT and in its currency, is credited, replaced or deducted.
    """

    document_id: str
    target_id: str
    relation: Relation
    without_vat: Decimal


@dataclass(frozen=True, slots=True)
class DepositGroup:
    """A deal paid by deposits, then a balance (R-066 to R-069).

    Attributes:
        id: identifier of its first deposit, draft then document. deal_total: without VAT, in ``currency``.
        reference: words that name the deal. buyer_id: whose every document of the group is.
    """

    id: str
    company_id: str
    buyer_id: str
    currency: str
    deal_total: Decimal
    created_at: datetime
    reference: str = ""


class DepositRole(StrEnum):
    """What an issued document is in its group."""

    DEPOSIT = "deposit"
    CREDIT = "credit"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class DepositMember:
    """An issued document of a group; append-only.

    Attributes:
        role: a deposit (386), the credit note of one (503), or the balance that ends the deal.
        without_vat: BT-109, positive, in the currency of the group.
    """

    group_id: str
    document_id: str
    role: DepositRole
    without_vat: Decimal


@dataclass(frozen=True, slots=True)
class BillingMandate:
    """The written mandate by which a supplier lets a company bill in its name (CGI art. 289, I-2).

    Attributes:
        supplier_id: entry of the company's registry. signed_on: day of the mandate. reference: words that name it.
    """

    company_id: str
    supplier_id: str
    signed_on: date
    reference: str = ""


class TemplateScope(StrEnum):
    """Where a page template applies, in the words of the platforms (R-054); the closest default wins (R-055)."""

    SYSTEM = "system"
    TENANT = "tenant"
    COMPANY = "sub_tenant"


@dataclass(frozen=True, slots=True)
class Template:
    """How printed pages look (R-054 to R-058).

    Attributes:
        scope: ``SYSTEM`` (shipped, read-only), ``TENANT`` (every company of the store) or ``COMPANY``.
        company_id: of a ``COMPANY`` template, else empty. is_default: at most one per scope and company.
        logo: PNG or JPEG bytes; ``None`` for the company's own. primary, secondary: ``#RRGGBB`` or empty.
        footer_html: lines at the foot of each page, a safe subset of HTML. custom_css: kept for platforms.
        columns: as :attr:`einvoice_desktop.ports.documents.Appearance.columns`. language: second language.
    """

    id: str
    name: str
    scope: TemplateScope
    company_id: str = ""
    is_default: bool = False
    logo: bytes | None = None
    primary: str = ""
    secondary: str = ""
    footer_html: str = ""
    custom_css: str = ""
    columns: tuple[str, ...] = ()
    language: str = ""


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


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """Quick look at the guards of a store: names of triggers missing, and whether counts agree."""

    missing_triggers: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())
