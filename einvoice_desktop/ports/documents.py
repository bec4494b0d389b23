"""Making and reading documents, as needs: XML, PDF, Factur-X, the JSON form, life-cycle messages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lifecycle import CashedAmount, LifecycleEvent


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the printed page of a company looks.

    Attributes:
        logo: PNG or JPEG bytes. colour: ``#RRGGBB``. footer: line at the foot of each page.
        watermark: text across the page (``SANDBOX``, R-037; ``APERÇU`` for a preview), empty for none.
        secondary_colour: ``#RRGGBB`` of quiet marks, empty to derive it from ``colour``.
        columns: keys of the table columns in order (:data:`COLUMNS`), empty to let the document decide.
        language: ISO 639-1 code of a second language printed beside the French words, empty for none.
    """

    logo: bytes | None = None
    colour: str = "#0E7C66"
    footer: str = ""
    watermark: str = ""
    secondary_colour: str = ""
    columns: tuple[str, ...] = ()
    language: str = ""


def is_colour(text: str) -> bool:
    """Whether ``text`` is ``#RRGGBB``; anything else is refused where it is typed (R-054)."""
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", text) is not None


COLUMNS = ("reference", "name", "quantity", "unit", "unit_price", "discount", "vat", "amount")
"""Columns a page may show; ``name`` and ``amount`` always are."""

LANGUAGES = ("en", "de", "es", "it", "nl")
"""Second languages a page may carry beside French."""


@dataclass(frozen=True, slots=True)
class PdfProof:
    """What re-opening a finished file showed.

    Attributes:
        findings: errors and warnings, codes ``ED-PDF-…``; ``params`` give what is printed and what the XML says.
        why_not_checked: reason when the file could not be looked at, else empty: then nothing is proven.
    """

    findings: tuple[Finding, ...] = ()
    why_not_checked: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether everything was looked at and nothing blocks."""
        return not self.why_not_checked and not any(finding.is_blocking for finding in self.findings)


class PdfProver(Protocol):
    """Looks at a finished Factur-X file with other eyes than those that made it."""

    def prove(self, pdf: bytes, xml: bytes, invoice: Invoice) -> PdfProof:
        """Whether the file is what it claims and prints what its XML says; never raises.

        Fonts embedded, XMP, ``/AF``, output intent, one ``factur-x.xml`` equal to ``xml``; amounts, IBAN, number and names
        printed are those of ``invoice``.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file understood, or not, without ever raising.

    Attributes:
        format: ``factur-x``, ``cii``, ``ubl``, ``cdar``, ``ereport`` or ``unknown``, found from the content.
        profile: BT-24 as written. type_code: BT-3 as written.
        invoice: the document with its totals as sent; ``None`` when it is no invoice or cannot be read.
        xml: the XML (extracted from the PDF when there is one), ``None`` without.
        pdf: the PDF bytes when the file is one.
        attachment_name: name of the XML inside the PDF.
        problems: why it could not be read, or what was mended to read it; codes ``ED-READ-…``.
        remarks: what is odd in the file itself (the PDF around the XML, the XML as written) and hindered nothing.
    """

    format: str
    profile: str = ""
    type_code: str = ""
    invoice: Invoice | None = None
    xml: bytes | None = None
    pdf: bytes | None = None
    attachment_name: str = ""
    problems: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class LifecycleMessage:
    """A CDAR as read (flux 6).

    Attributes:
        invoice_number: MDT-87. invoice_date: MDT-100. invoice_type: MDT-91. seller_siren: MDT-129.
        message_id: MDT-4. event: the status it carries.
    """

    invoice_number: str
    seller_siren: str
    event: LifecycleEvent
    message_id: str = ""
    invoice_date: date | None = None
    invoice_type: str = ""


@dataclass(frozen=True, slots=True)
class LifecycleRequest:
    """A status we want to tell (input of a CDAR).

    Attributes:
        code: MDT-105. at: MDT-78. reason_code, comment, action: MDT-113, MDT-126, MDT-121.
        amounts: per VAT rate for 211 and 212 (BR-FR-CDV-14). received_at: MDT-95, constant for an invoice.
        is_from_seller: who speaks: the seller of the invoice or its buyer.
        recipient_address: MDT-73, scheme 0225; BT-34 of the received invoice first, else the SIREN.
    """

    code: str
    at: datetime
    invoice_number: str
    invoice_date: date
    invoice_type: str
    seller_siren: str
    seller_name: str
    buyer_siren: str
    buyer_name: str
    is_from_seller: bool
    recipient_address: str
    received_at: datetime
    reason_code: str = ""
    comment: str = ""
    action: str = ""
    amounts: tuple[CashedAmount, ...] = ()


class InvoiceWriter(Protocol):
    """Writes a document in its official syntaxes. Deterministic: same invoice, same bytes."""

    def write_cii(self, invoice: Invoice) -> bytes:
        """UN/CEFACT CII D22B in the profile of ``invoice`` (BT-24)."""
        ...

    def write_ubl(self, invoice: Invoice) -> bytes:
        """OASIS UBL 2.1 Invoice or CreditNote."""
        ...

    def write_json(self, invoice: Invoice) -> bytes:
        """The EN 16931-style JSON form (import and export form of a document), UTF-8."""
        ...


class InvoiceReader(Protocol):
    """Reads what comes from outside; bounded in size, depth and time; never resolves an entity."""

    def read(self, content: bytes, filename: str = "") -> ReadDocument:
        """Understand a file by its content; ``filename`` is only for messages."""
        ...

    def read_json(self, content: bytes) -> Invoice:
        """The document of an EN 16931-style JSON body, totals as stated.

        Raises:
            UserError: not JSON, or a field is missing or wrong (``ED-JSON-…`` with its path).
        """
        ...

    def read_lifecycle(self, xml: bytes) -> LifecycleMessage:
        """A CDAR message.

        Raises:
            UserError: not a CDAR that can be read (``ED-READ-CDAR``).
        """
        ...


class PdfMaker(Protocol):
    """Draws the readable page, alone or around its XML. Deterministic: same arguments, same bytes."""

    def render(self, invoice: Invoice, appearance: Appearance) -> bytes:
        """A PDF/A-3b page set of ``invoice``, without XML (the live preview)."""
        ...

    def make(self, invoice: Invoice, appearance: Appearance, xml: bytes, *, made_at: datetime) -> bytes:
        """The Factur-X file (PDF/A-3b): the page of :meth:`render` with ``xml`` inside as ``factur-x.xml``.

        ``made_at`` (with its time zone) is written as the creation date.

        Raises:
            UserError: ``ED-FACTURX-PROFILE``, no Factur-X level exists for the profile (EXTENDED-CTC-FR: send the XML).
        """
        ...

    def render_received(self, invoice: Invoice) -> bytes:
        """A readable page for a received XML that came without a PDF."""
        ...


class LifecycleWriter(Protocol):
    """Writes life-cycle messages."""

    def write_cdar(self, request: LifecycleRequest) -> bytes:
        """The CDAR D22B XML of a status (passes its XSD and Schematron).

        Raises:
            UserError: a reason is missing or not admitted for that status (``ED-CDAR-…``).
        """
        ...
