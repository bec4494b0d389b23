"""A practice platform at hand, real documents to send it, and rules that say what a test wants."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.connectors.http import HttpClient
from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.identifiers import french_vat_number
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.lifecycle import CashedAmount
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.domain.vat import standard
from einvoice_desktop.ports.documents import LifecycleMessage, LifecycleRequest
from einvoice_desktop.ports.pdp import Flow, Submission
from einvoice_desktop.ports.rules import PendingReport, RuleReport, Verdict
from einvoice_desktop.sandbox import SandboxServer
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakeSecrets

BUYER = "732829320"
SELLER = "404833048"
DAY = date(2026, 11, 20)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class SayRules:
    """Rules that say ``report``, or what is in ``findings``."""

    def __init__(self) -> None:
        self.findings: tuple[Finding, ...] = ()
        self.verdict: Verdict | None = None
        self.checked: list[bytes] = []

    def check(self, xml: bytes) -> RuleReport:
        self.checked.append(xml)
        wrong = any(finding.is_blocking for finding in self.findings)
        verdict = self.verdict or (Verdict.NOT_CONFORMING if wrong else Verdict.CONFORMING)
        return RuleReport(verdict, self.findings, why_not_checked="worker is away")

    def check_later(self, xml: bytes) -> PendingReport:
        report = self.check(xml)

        class Done:
            def result(self) -> RuleReport:
                return report

        return Done()

    def warm_up(self) -> None:
        return None

    def close(self) -> None:
        return None


def an_invoice(number: str = "F-1", buyer: str = BUYER, *, day: date = DAY, name: str = "Globex SAS") -> Invoice:
    """An invoice of ours to ``buyer``: 260.50 € of paper, 20 % VAT."""
    lines = with_net_amounts(
        (
            Line("1", "Ramettes A4 80 g (carton)", Decimal(10), "XBX", Decimal("19.50"), standard("20"), ZERO),
            Line("2", "Classeurs dos 70", Decimal(5), "C62", Decimal("13.10"), standard("20"), ZERO),
        )
    )
    invoice = Invoice(
        number=number,
        issue_date=day,
        type_code="380",
        currency="EUR",
        seller=a_party(SELLER, "Papeterie Lenoir SARL"),
        buyer=a_party(buyer, name),
        lines=lines,
        totals=compute_totals(lines),
        due_date=day + timedelta(days=30),
        delivery=Delivery(date=day),
        payment=PaymentInstructions("58", iban="FR7630004000031234567890143"),
    )
    notes = {
        "recovery": "Indemnité forfaitaire de 40 €.",
        "penalty": "Trois fois le taux légal.",
        "discount": "Pas d'escompte.",
    }
    return with_french_mentions(invoice, nature="B", **notes)


def a_party(siren: str, name: str) -> Party:
    """A French business."""
    return Party(
        name=name,
        address=Address(line1="8 rue Crébillon", postal_code="44000", city="Nantes"),
        legal_id=Identifier(siren, "0002"),
        vat_number=french_vat_number(siren),
        electronic_address=Identifier(siren, "0225"),
    )


def cii(invoice: Invoice) -> bytes:
    """Its XML."""
    return DocumentWriter().write_cii(invoice)


def submission(content: bytes, tracking_id: str = "t-1", syntax: str = "CII", **more: Any) -> Submission:
    """``content`` on its way out."""
    name = f"{tracking_id}.{'pdf' if content.startswith(b'%PDF') else 'xml'}"
    return Submission(tracking_id, name, content, hashlib.sha256(content).hexdigest(), syntax, **more)


def our_status(
    code: str,
    invoice: Invoice,
    at: datetime,
    *,
    is_from_seller: bool = True,
    reason: str = "",
    rates: Iterable[str] = ("20",),
) -> bytes:
    """A status we set on ``invoice``."""
    amounts = tuple(CashedAmount("313.20", "EUR", rate) for rate in rates) if code == "212" else ()
    return CdarWriter().write_cdar(
        LifecycleRequest(
            code=code,
            at=at,
            invoice_number=invoice.number,
            invoice_date=invoice.issue_date,
            invoice_type=invoice.type_code,
            seller_siren=invoice.seller.siren,
            seller_name=invoice.seller.name,
            buyer_siren=invoice.buyer.siren,
            buyer_name=invoice.buyer.name,
            is_from_seller=is_from_seller,
            recipient_address=invoice.buyer.siren,
            received_at=at,
            reason_code=reason,
            amounts=amounts,
        )
    )


@dataclass
class World:
    """One practice platform over one file, a clock one moves, and a connected client."""

    file: Path
    clock: FakeClock
    rules: SayRules
    server: SandboxServer
    platform: AfnorPlatform
    console: httpx.Client

    def send(self, invoice: Invoice, tracking_id: str = "", **more: Any) -> Flow:
        """Send an invoice; the tracking identifier is its number by default."""
        return self.platform.submit(submission(cii(invoice), tracking_id or invoice.number, **more))

    def set(self, code: str, invoice: Invoice, *, is_from_seller: bool = True, reason: str = "", **more: Any) -> Flow:
        """Send a status of ours, and read what the platform says of it."""
        xml = our_status(code, invoice, self.clock.now(), is_from_seller=is_from_seller, reason=reason, **more)
        taken = self.platform.submit(submission(xml, f"cdar-{code}-{invoice.number}", "CDAR"))
        return self.platform.get(taken.flow_id)

    def flows(self, since: datetime = LONG_AGO) -> list[Flow]:
        """Every flow, walked page after page."""
        found: list[Flow] = []
        cursor = ""
        while True:
            page = self.platform.changes(since, cursor)
            found += page.flows
            cursor = page.next_cursor
            if not cursor:
                return found

    def statuses(self) -> list[LifecycleMessage]:
        """Statuses received from the other side, in order."""
        received = [flow for flow in self.flows() if flow.syntax == "CDAR" and flow.direction == "In"]
        return [DocumentReader().read_lifecycle(self.platform.download(flow.flow_id)) for flow in received]

    def codes(self) -> list[str]:
        """Codes of the statuses received."""
        return [message.event.code for message in self.statuses()]

    def pass_time(self, seconds: float = 3600) -> None:
        """Let what was planned happen."""
        self.clock.advance(seconds)

    def close(self) -> None:
        """Stop everything."""
        self.platform.close()
        self.console.close()
        self.server.stop()


def open_world(file: Path, clock: FakeClock | None = None, rules: SayRules | None = None, **options: Any) -> World:
    """A started practice platform and its client."""
    clock, rules = clock or FakeClock(datetime.now(UTC) - timedelta(days=1)), rules or SayRules()
    server = SandboxServer(file, rules, DocumentReader(), CdarWriter(), now=clock.now, **options)
    base = server.start()
    secrets = FakeSecrets()
    secrets.put("platform:sandbox:client_secret", SandboxServer.CLIENT_SECRET)
    platform = AfnorPlatform(server.profile(), secrets, HttpClient(read_seconds=5))
    return World(file, clock, rules, server, platform, httpx.Client(base_url=base, timeout=10, verify=False))
