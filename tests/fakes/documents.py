"""Documents without XML or PDF: bytes that say what they are, read back from memory."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.lifecycle import LifecycleEvent
from einvoice_desktop.ports.documents import Appearance, LifecycleMessage, LifecycleRequest, PdfProof, ReadDocument
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RuleReport, Verdict


class FakeDocuments:
    """Writer, reader, page maker and life-cycle writer at once; what it wrote it can read."""

    def __init__(self) -> None:
        self._written: dict[bytes, Invoice] = {}

    def _keep(self, kind: str, invoice: Invoice) -> bytes:
        digest = hashlib.sha256(repr(invoice).encode()).hexdigest()
        content = f"{kind} {invoice.number} {digest}".encode()
        self._written[content] = invoice
        return content

    def write_cii(self, invoice: Invoice) -> bytes:
        return self._keep("cii", invoice)

    def write_ubl(self, invoice: Invoice) -> bytes:
        return self._keep("ubl", invoice)

    def write_json(self, invoice: Invoice) -> bytes:
        return self._keep("json", invoice)

    def render(self, invoice: Invoice, appearance: Appearance) -> bytes:
        return self._keep(f"page {look(appearance)}", invoice)

    def make(self, invoice: Invoice, appearance: Appearance, xml: bytes, *, made_at: datetime) -> bytes:
        if invoice.profile == Profile.EXTENDED_CTC_FR:
            raise UserError("ED-FACTURX-PROFILE")
        return self._keep(f"factur-x {look(appearance)} {made_at.isoformat()} {len(xml)}", invoice)

    def render_received(self, invoice: Invoice) -> bytes:
        return self._keep("received page", invoice)

    def read(self, content: bytes, filename: str = "") -> ReadDocument:
        invoice = self._written.get(content)
        if invoice is None:
            return ReadDocument("unknown", problems=(Finding("ED-READ-UNKNOWN", message=filename),))
        return ReadDocument("factur-x", invoice.profile, str(invoice.type_code), invoice, b"<xml/>" + content, content)

    def read_json(self, content: bytes) -> Invoice:
        try:
            return self._written[content]
        except KeyError:
            raise UserError("ED-JSON-SYNTAX") from None

    def write_cdar(self, request: LifecycleRequest) -> bytes:
        amounts = "+".join(f"{a.amount}@{a.rate}" for a in request.amounts)
        return cdar(request.invoice_number, request.seller_siren, request.code, at=request.at, comment=amounts)

    def read_lifecycle(self, xml: bytes) -> LifecycleMessage:
        try:
            kind, number, siren, code, at, comment = xml.decode().split("|")
        except ValueError:
            raise UserError("ED-READ-CDAR") from None
        if kind != "cdar":
            raise UserError("ED-READ-CDAR")
        event = LifecycleEvent(code, datetime.fromisoformat(at), actor="BY", comment=comment)
        return LifecycleMessage(number, siren, event, invoice_date=date(2026, 11, 21))


def look(appearance: Appearance) -> str:
    """What a page shows of its appearance."""
    return f"{appearance.watermark} {appearance.colour} {appearance.footer} {appearance.language}"


def cdar(number: str, seller: str, code: str, *, at: datetime | None = None, comment: str = "") -> bytes:
    """A life-cycle message :class:`FakeDocuments` can read."""
    instant = at or datetime(2026, 11, 21, 12, tzinfo=UTC)
    return "|".join(["cdar", number, seller, code, instant.isoformat(), comment]).encode()


class FakeRules:
    """Rules that say what they are told to; conforme until then."""

    def __init__(self) -> None:
        self.answer = RuleReport(Verdict.CONFORMING, en16931_compliant=True, format="cii", checked=("fake",))
        self.checked: list[bytes] = []

    def check(self, xml: bytes) -> RuleReport:
        self.checked.append(xml)
        return self.answer

    def check_later(self, xml: bytes) -> FakePending:
        return FakePending(self.check(xml))

    def warm_up(self) -> None:
        return None

    def close(self) -> None:
        return None


class FakeProver:
    """Finds every file good until told otherwise.

    Attributes:
        answer: what it says. proven: the bytes it was shown, in order.
    """

    def __init__(self) -> None:
        self.answer = PdfProof()
        self.proven: list[bytes] = []

    def prove(self, pdf: bytes, xml: bytes, invoice: Invoice) -> PdfProof:
        self.proven.append(pdf)
        return self.answer


class FakePending:
    def __init__(self, report: RuleReport) -> None:
        self._report = report

    def result(self) -> RuleReport:
        return self._report
