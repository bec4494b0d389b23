"""Services in memory with plausible data: what the window is tested and looked at with, no disk, no rules, no network.

Only what depends on nothing is real (composition of a form); the rest answers at once. ``make_services()`` is typed as
the real catalogue so that pages are checked against it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from typing import Any, cast

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.parties import Address, Buyer, Company
from einvoice_desktop.domain.party_checks import check_buyer
from einvoice_desktop.ledger.chain import ChainReport
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import Happening, Listener, SyncChanged, SyncPhase
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.queries import (
    BuyerRow,
    Counters,
    InvoiceRow,
    MonthTurnover,
    OutboxRow,
    Page,
    Receivables,
    ReceivedRow,
)
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.ports.settings import ACTIVE_COMPANY, Setting
from einvoice_desktop.ports.unit_of_work import (
    DocumentSummary,
    Draft,
    Environment,
    IssuedDocument,
    Payment,
    ReceivedDocument,
)
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.check_draft import DraftVerdict, Light, Lights
from einvoice_desktop.services.issue_invoice import IssueSummary
from einvoice_desktop.services.receive_invoice import Reception
from einvoice_desktop.services.registry import check_company
from einvoice_desktop.services.verify_ledger import QuickCheck
from einvoice_desktop.services.view_document import IssuedView, ReceivedView, TimelineStep
from tests.ui.fake_deals import deals

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 13, 2, tzinfo=UTC)
COMPANY = Company(
    id="company",
    name="Atelier Brossard",
    siren="552100554",
    siret="55210055400013",
    address=Address("12 rue des Lilas", postal_code="44000", city="Nantes"),
    vat_number="FR83552100554",
    legal_form="SARL",
    share_capital="8 000 €",
    registry_city="Nantes",
    email="contact@atelier-brossard.example",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    invoice_prefix="FA",
)
_NAMES = (
    ("Librairie du Port SAS", "732829320", "Nantes"),
    ("Globex SAS", "443061841", "Paris"),
    ("Studio Kermadec", "404833048", "Brest"),
    ("Garage Durand", "572015246", "Rezé"),
    ("Boulangerie Martin", "", "Nantes"),
    ("Transports Le Goff", "389058447", "Vannes"),
    ("Mairie de Rezé", "214401432", "Rezé"),
    ("Nadia Benali", "", "Lyon"),
)
BUYERS = tuple(
    Buyer(
        id=f"buyer-{index}",
        company_id="company",
        name=name,
        address=Address("10 place Vendôme", postal_code="75001", city=city),
        is_individual=name == "Nadia Benali",
        is_public=name.startswith("Mairie"),
        siren=siren,
        email=f"compta@{name.split()[0].lower()}.example",
    )
    for index, (name, siren, city) in enumerate(_NAMES)
)
_SALES = (
    # number, day, buyer, due, amount, state, outbox, paid
    ("", (11, 20), 0, (12, 20), "1200.00", "", "", "0"),
    ("FA2026-0123", (11, 19), 6, (12, 19), "3480.00", "", "queued", "0"),
    ("FA2026-0122", (11, 18), 1, (12, 18), "1200.00", "203", "accepted", "0"),
    ("FA2026-0121", (11, 14), 2, (12, 14), "2274.00", "204", "accepted", "0"),
    ("FA2026-0120", (11, 12), 3, (12, 12), "540.00", "205", "accepted", "0"),
    ("FA2026-0119", (11, 10), 4, (12, 10), "186.00", "213", "accepted", "0"),
    ("FA2026-0118", (11, 3), 1, (12, 3), "1500.00", "207", "accepted", "0"),
    ("FA2026-0117", (10, 28), 0, (11, 27), "921.00", "205", "accepted", "0"),
    ("FA2026-0116", (10, 24), 7, (10, 24), "60.00", "", "", "60.00"),
    ("FA2026-0115", (10, 21), 2, (11, 20), "4120.00", "212", "accepted", "4120.00"),
    ("FA2026-0114", (10, 15), 5, (11, 14), "775.20", "205", "accepted", "0"),
    ("FA2026-0113", (10, 9), 3, (11, 8), "330.00", "212", "accepted", "330.00"),
    ("FA2026-0112", (10, 2), 1, (11, 1), "2880.00", "212", "accepted", "2880.00"),
)


def sample_pdf(title: str = "FACTURE") -> bytes:
    """One readable A4 page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4)
    page.setFont("Helvetica-Bold", 20)
    page.drawRightString(540, 780, title)
    page.setFont("Helvetica", 11)
    for line, text in enumerate(("Atelier Brossard SARL", "12 rue des Lilas, 44000 Nantes", "SIREN 552 100 554")):
        page.drawString(56, 780 - 15 * line, text)
    page.line(56, 640, 540, 640)
    page.drawString(56, 650, "Désignation")
    page.drawRightString(540, 650, "HT")
    page.drawString(56, 620, "Rayonnage chêne sur mesure")
    page.drawRightString(540, 620, "1 000,00")
    page.setFont("Helvetica-Bold", 13)
    page.drawRightString(540, 580, "Net à payer   1 200,00 EUR")
    page.save()
    return buffer.getvalue()


SAMPLE_FORM = DraftForm(
    buyer_id="buyer-0",
    issue_date="2026-11-21",
    due_date="2026-12-21",
    purchase_order="BC-2291",
    lines=(
        DraftLine(name="Rayonnage chêne sur mesure", quantity="2", unit="H87", unit_price="380", vat="S20"),
        DraftLine(name="Pose (demi-journée)", quantity="1", unit="LS", unit_price="240", vat="S20"),
    ),
)


@dataclass
class World:
    """Everything the fakes share; tests read and change it."""

    companies: dict[str, Company] = field(default_factory=dict)
    buyers: dict[str, Buyer] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    rows: list[InvoiceRow] = field(default_factory=list)
    received: list[ReceivedRow] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)
    platform: PlatformProfile | None = None
    listeners: list[Listener] = field(default_factory=list)
    calls: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    ids: count[int] = field(default_factory=lambda: count(1))
    status: SyncChanged = field(default_factory=lambda: SyncChanged(SyncPhase.WAITING, NOW))
    entries: int = 1284

    def tell(self, happening: Happening) -> None:
        """Announce, as the services do."""
        for listener in tuple(self.listeners):
            listener(happening)

    def note(self, name: str, *args: object) -> None:
        """Remember a call."""
        self.calls.append((name, args))

    def called(self, name: str) -> list[tuple[object, ...]]:
        """Arguments of each call of ``name``."""
        return [args for called, args in self.calls if called == name]


def _row(index: int, sale: tuple[Any, ...]) -> InvoiceRow:
    number, issued, buyer, due, amount, state, outbox, paid = sale
    return InvoiceRow(
        id=number or f"draft-{index}",
        is_draft=not number,
        number=number,
        type_code="380",
        issue_date=date(2026, *issued),
        due_date=date(2026, *due),
        buyer_name=BUYERS[buyer].name,
        currency="EUR",
        with_vat=Decimal(amount),
        state=state,
        outbox_state=outbox,
        paid=Decimal(paid),
        updated_at=NOW - timedelta(minutes=4),
    )


def full_world() -> World:
    """A company in the middle of its year."""
    world = World(platform=SANDBOX)
    world.companies["company"] = COMPANY
    world.settings[ACTIVE_COMPANY.key] = "company"
    world.buyers = {buyer.id: buyer for buyer in BUYERS}
    world.rows = [_row(index, sale) for index, sale in enumerate(_SALES)]
    world.drafts["draft-0"] = Draft("draft-0", "company", SAMPLE_FORM, NOW - timedelta(minutes=4))
    purchases = (
        ("R-1", "F-2291", "OVHcloud", "25.48", "conforme", ""),
        ("R-2", "F-88412", "Papeterie Lenoir", "312.60", "conforme", ""),
        ("R-3", "118-A", "EDF Entreprises", "188.04", "conforme", "205"),
        ("R-4", "FR-55", "Free Pro", "35.99", "non_conforme", "207"),
        ("R-5", "2026/77", "Imprimerie Rezé", "640.00", "conforme", "211"),
    )
    world.received = [
        ReceivedRow(
            identifier,
            number,
            "380",
            date(2026, 11, 17),
            date(2026, 12, 17),
            name,
            "EUR",
            Decimal(amount),
            verdict,
            state,
            f"{number}.pdf",
            NOW,
        )
        for identifier, number, name, amount, verdict, state in purchases
    ]
    hour = timedelta(hours=1)
    world.outbox = [
        OutboxRow("out-3", "FA2026-0123", "FA2026-0123", "Factur-X", "queued", 1, NOW + hour, "network", NOW - hour),
        OutboxRow("out-2", "FA2026-0117", "FA2026-0117", "CDAR", "queued", 0, None, "", NOW - 2 * hour),
        OutboxRow("out-1", "FA2026-0119", "FA2026-0119", "Factur-X", "refused", 1, None, "BR-FR-11", NOW - 40 * hour),
        OutboxRow("out-0", "FA2026-0122", "FA2026-0122", "Factur-X", "accepted", 1, None, "", NOW - 60 * hour),
    ]
    return world


def empty_world() -> World:
    """A fresh store."""
    return World(status=SyncChanged(SyncPhase.NOT_CONNECTED))


SANDBOX = PlatformProfile("sandbox", "afnor", "Bac à sable", "http://127.0.0.1:8765/flow", "", "", "demo")


class _Companies:
    def __init__(self, world: World) -> None:
        self._world = world

    def all(self) -> tuple[Company, ...]:
        return tuple(self._world.companies.values())

    def get(self, company_id: str) -> Company:
        return self._world.companies[company_id]

    def new(self, siren: str = "", name: str = "") -> Company:
        return Company(id=f"company-{next(self._world.ids)}", name=name, siren=siren, address=Address())

    def save(self, company: Company) -> tuple[Finding, ...]:
        found = check_company(company)
        if not any(f.is_blocking for f in found):
            self._world.companies[company.id] = company
            self._world.note("companies.save", company)
        return found


class _Buyers:
    def __init__(self, world: World) -> None:
        self._world = world

    def get(self, _company_id: str, buyer_id: str) -> Buyer:
        if buyer_id not in self._world.buyers:
            raise UserError("ED-NOT-FOUND")
        return self._world.buyers[buyer_id]

    def new(self, company_id: str, name: str = "") -> Buyer:
        return Buyer(id=f"buyer-n{next(self._world.ids)}", company_id=company_id, name=name, address=Address())

    def save(self, buyer: Buyer) -> tuple[Finding, ...]:
        found = check_buyer(buyer)
        if not any(f.is_blocking for f in found):
            self._world.buyers[buyer.id] = buyer
            self._world.note("buyers.save", buyer)
        return found

    def delete(self, _company_id: str, buyer_id: str) -> None:
        self._world.buyers.pop(buyer_id, None)
        self._world.note("buyers.delete", buyer_id)


class _Drafts:
    def __init__(self, world: World) -> None:
        self._world = world

    def new(self, company_id: str, type_code: str = "380") -> Draft:
        form = DraftForm(type_code=type_code, issue_date=TODAY.isoformat(), lines=(DraftLine(vat="S20"),))
        draft = Draft(f"draft-n{next(self._world.ids)}", company_id, form, NOW)
        self._world.drafts[draft.id] = draft
        return draft

    def get(self, draft_id: str) -> Draft:
        if draft_id not in self._world.drafts:
            raise UserError("ED-NOT-FOUND")
        return self._world.drafts[draft_id]

    def save(self, draft_id: str, form: DraftForm) -> Draft:
        self._world.drafts[draft_id] = replace(self._world.drafts[draft_id], form=form, updated_at=NOW)
        self._world.note("drafts.save", draft_id, form)
        return self._world.drafts[draft_id]

    def delete(self, draft_id: str) -> None:
        self._world.drafts.pop(draft_id, None)
        self._world.note("drafts.delete", draft_id)

    def duplicate(self, _document_id: str) -> Draft:
        draft = self.new("company")
        return self.save(draft.id, SAMPLE_FORM)


LIGHTS = Lights(Light("green"), Light("green"), Light("green"), Light("amber", "ED-ADDRESS-NOT-CHECKED"))


class _Check:
    def __init__(self, world: World) -> None:
        self._world = world

    def context(self, company_id: str, buyer_id: str, type_code: str = "380") -> ComposeContext:
        prefix = "A" if type_code == "381" else "FA"
        buyer = self._world.buyers.get(buyer_id)
        return ComposeContext(self._world.companies[company_id], buyer, TODAY, f"{prefix}2026-0124")

    def context_for(self, company_id: str, form: DraftForm) -> ComposeContext:
        return self.context(company_id, form.buyer_id, form.type_code)

    def with_page(self, context: ComposeContext, form: DraftForm, verdict: DraftVerdict) -> DraftVerdict:
        del context, form
        return replace(verdict, lights=replace(verdict.lights, pdf=Light("green")))

    def own_address(self, company_id: str) -> Light:
        del company_id
        return Light("green")

    def check(self, context: ComposeContext, form: DraftForm) -> DraftVerdict:
        composition = compose(form, context)
        blocked = composition.is_blocked or composition.invoice is None
        verdict = Verdict.NOT_CONFORMING if blocked else Verdict.CONFORMING
        report = RuleReport(verdict, checked=("XSD", "EN 16931", "BR-FR"), elapsed=0.044)
        rules = Light("red", "findings") if blocked else Light("green")
        lights = Lights(Light("green"), rules, Light("green"), Light("amber", "not_checked"))
        return DraftVerdict(composition, report, composition.findings, verdict, lights)


class _Issue:
    def __init__(self, world: World) -> None:
        self._world = world

    def summary(self, draft_id: str) -> IssueSummary:
        draft = self._world.drafts[draft_id]
        context = _Check(self._world).context("company", draft.form.buyer_id)
        composition = compose(draft.form, context)
        buyer = context.buyer.name if context.buyer else ""
        due = composition.invoice.due_date if composition.invoice else None
        return IssueSummary(
            context.number,
            buyer,
            composition.totals,
            "EUR",
            due,
            "Bac à sable",
            "0225:732829320",
            composition.findings,
            Verdict.CONFORMING,
            LIGHTS,
        )

    def issue_draft(self, draft_id: str, *, send: bool) -> IssuedDocument:
        self._world.note("issue", draft_id, send)
        self._world.drafts.pop(draft_id, None)
        return _issued("FA2026-0124")


def _issued(number: str) -> IssuedDocument:
    pdf = sample_pdf()
    summary = DocumentSummary(
        number,
        "380",
        date(2026, 11, 18),
        date(2026, 12, 18),
        "EUR",
        Decimal("1000.00"),
        Decimal("200.00"),
        Decimal("1200.00"),
        Decimal("1200.00"),
        "Globex SAS",
        "443061841",
    )
    return IssuedDocument(
        number,
        "company",
        "buyer-1",
        Environment.SANDBOX,
        summary,
        b"<xml/>",
        pdf,
        b"{}",
        "a3f1" * 16,
        "b4e2" * 16,
        "c5d3" * 16,
        "conforme",
        ("EN 16931", "BR-FR"),
        NOW - timedelta(days=3),
    )


class _View:
    def __init__(self, world: World) -> None:
        self._world = world

    def issued(self, document_id: str) -> IssuedView:
        context = _Check(self._world).context("company", "buyer-1")
        invoice = compose(replace(SAMPLE_FORM, buyer_id="buyer-1"), context).invoice
        assert invoice is not None
        start = NOW - timedelta(days=3)
        at = [start, start, *(start + timedelta(minutes=150 + 2 * step) for step in range(4))]
        done = ("issued", "queued", "200", "201", "202", "203")
        steps = [
            TimelineStep(key if key.isdigit() else "", key, at[index], actor="votre plateforme" if index > 1 else "")
            for index, key in enumerate(done)
        ]
        steps += [
            TimelineStep("204", "204", None, kind="expected"),
            TimelineStep("205", "205", None, kind="later"),
            TimelineStep("212", "212", None, kind="later"),
        ]
        document = _issued(document_id)
        return IssuedView(document, replace(invoice, number=document_id), tuple(steps), (), (), "203", Decimal(1200))

    def received(self, document_id: str) -> ReceivedView:
        row = next(row for row in self._world.received if row.id == document_id)
        context = _Check(self._world).context("company", "buyer-1")
        invoice = compose(SAMPLE_FORM, context).invoice
        pdf = sample_pdf()
        summary = replace(
            _issued(row.number).summary, party_name=row.supplier_name, with_vat=row.with_vat or Decimal(0)
        )
        document = ReceivedDocument(
            row.id, "company", pdf, "d6" * 32, row.filename, "factur-x", "", b"<xml/>", pdf, summary, row.verdict, (), NOW
        )  # fmt: skip
        return ReceivedView(document, invoice, (TimelineStep("", "received", NOW),))


class _Receive:
    def __init__(self, world: World) -> None:
        self._world = world

    def receive(self, _company_id: str, content: bytes, filename: str, *, flow_id: str = "") -> Reception:
        self._world.note("receive", filename, flow_id)
        if not content:
            raise UserError("ED-READ-EMPTY", filename=filename)
        return Reception(_View(self._world).received("R-1").document, is_duplicate=filename.startswith("deja"))


class _Platform:
    def __init__(self, world: World) -> None:
        self._world = world

    def active(self) -> PlatformProfile | None:
        return self._world.platform

    def connect(self, profile: PlatformProfile, client_secret: str) -> PlatformProfile:
        self._world.note("platform.connect", profile, client_secret)
        self._world.platform = profile
        return profile

    def use_sandbox(self) -> PlatformProfile:
        self._world.note("platform.use_sandbox")
        return self.connect(SANDBOX, "secret")

    def disconnect(self) -> None:
        self._world.platform = None


class _Ledger:
    def __init__(self, world: World) -> None:
        self._world = world

    def quick(self, _company_id: str) -> QuickCheck:
        return QuickCheck(self._world.entries, "9f2c41d7" * 8)

    def run(self, progress: Any = None) -> tuple[ChainReport, ...]:
        if progress is not None:
            progress(self._world.entries, self._world.entries)
        return (ChainReport("company/sandbox", self._world.entries, "9f2c41d7" * 8),)


class _Settings:
    def __init__(self, world: World) -> None:
        self._world = world

    def get(self, setting: Setting[Any]) -> Any:
        return self._world.settings.get(setting.key, setting.default)

    def put(self, setting: Setting[Any], value: object) -> None:
        self._world.settings[setting.key] = value


class _Queries:
    def __init__(self, world: World) -> None:
        self._world = world

    def invoices(
        self, _company_id: str, *, after: str = "", limit: int = 100, search: str = "", only: str = ""
    ) -> Page[InvoiceRow]:
        tests = {
            "": lambda _row: True,
            "draft": lambda row: row.is_draft,
            "to_send": lambda row: row.outbox_state == "queued",
            "unpaid": lambda row: not row.is_draft and row.with_vat > row.paid and row.state != "213",
            "rejected": lambda row: row.state in {"213", "210"},
            "credit_note": lambda row: row.type_code == "381",
        }
        rows = [
            r for r in self._world.rows if tests[only](r) and search.lower() in f"{r.number} {r.buyer_name}".lower()
        ]
        start = int(after or 0)
        next_key = str(start + limit) if start + limit < len(rows) else ""
        return Page(tuple(rows[start : start + limit]), next_key)

    def received(self, _company_id: str, *, after: str = "", limit: int = 100, search: str = "") -> Page[ReceivedRow]:
        rows = [r for r in self._world.received if search.lower() in f"{r.number} {r.supplier_name}".lower()]
        return Page(tuple(rows[int(after or 0) :][:limit]))

    def buyers(self, _company_id: str, *, search: str = "", after: str = "", limit: int = 100) -> Page[BuyerRow]:
        found = [b for b in self._world.buyers.values() if search.lower() in f"{b.name} {b.siren} {b.email}".lower()]
        rows = [
            BuyerRow(b.id, b.name, b.siren, b.siret, b.address.city, b.address.country, b.email, b.is_individual)
            for b in sorted(found, key=lambda b: b.name)
        ]
        return Page(tuple(rows[int(after or 0) :][:limit]))

    def outbox(self, _company_id: str, *, limit: int = 200) -> tuple[OutboxRow, ...]:
        return tuple(self._world.outbox[:limit])

    def receivables(self, company_id: str, today: date) -> Receivables:
        rows = [r for r in self.invoices(company_id, only="unpaid", limit=1000).rows if r.type_code != "381"]
        sums = [Decimal(0), Decimal(0), Decimal(0)]
        for row in rows:
            days = (today - row.due_date).days if row.due_date else 0
            sums[0 if days <= 0 else 1 if days <= 30 else 2] += (row.with_vat or Decimal(0)) - row.paid
        late = [row for row in rows if row.due_date is not None and row.due_date < today]
        return Receivables(
            sums[0], sums[1], sums[2], len(late), min(late, key=lambda row: row.due_date or today) if late else None
        )

    def counters(self, _company_id: str) -> Counters:
        rows = self._world.rows
        return Counters(
            drafts=sum(r.is_draft for r in rows),
            waiting=sum(o.state == "queued" for o in self._world.outbox),
            problems=sum(o.state == "refused" for o in self._world.outbox),
            refused_sendings=sum(o.state == "refused" for o in self._world.outbox),
            received_new=sum(not r.state for r in self._world.received),
            issued=sum(not r.is_draft for r in rows),
            ledger_entries=self._world.entries if rows else 0,
        )

    def turnover(self, _company_id: str, year: int) -> tuple[MonthTurnover, ...]:
        amounts = (5400, 6210, 4850, 7730, 8400, 6300, 5850, 3500, 8950, 10600, 7400) if self._world.rows else ()
        return tuple(MonthTurnover(year, month, Decimal(a)) for month, a in enumerate(amounts, start=1))


class _Sync:
    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def status(self) -> SyncChanged:
        return self._world.status

    def sync_now(self) -> None:
        self._world.note("sync_now")

    def pause(self) -> None:
        self._world.note("pause")
        self._world.status = replace(self._world.status, phase=SyncPhase.PAUSED)
        self._world.tell(self._world.status)

    def resume(self) -> None:
        self._world.note("resume")
        self._world.status = replace(self._world.status, phase=SyncPhase.WAITING)
        self._world.tell(self._world.status)


def make_services(world: World | None = None) -> Services:
    """The catalogue over ``world`` (a full one by default)."""
    world = world if world is not None else full_world()

    def listen(listener: Listener) -> Any:
        world.listeners.append(listener)
        return lambda: world.listeners.remove(listener)

    def record(document_id: str, paid_on: date, amount: Decimal) -> Payment:
        world.note("payments.record", document_id, paid_on, amount)
        return Payment("payment", document_id, paid_on, amount, "EUR", NOW)

    def fill() -> str:
        filled = full_world()
        world.companies, world.buyers, world.rows = filled.companies, filled.buyers, filled.rows
        world.received, world.outbox, world.drafts = filled.received, filled.outbox, filled.drafts
        world.platform, world.status = filled.platform, filled.status
        world.note("demo.fill")
        return "company"

    return cast(
        "Services",
        SimpleNamespace(
            world=world,
            companies=_Companies(world),
            buyers=_Buyers(world),
            drafts=_Drafts(world),
            check=_Check(world),
            preview=SimpleNamespace(
                render=lambda _context, form: sample_pdf() if form.lines else None,
                sample=lambda _company_id, _template: sample_pdf(),
            ),
            issue=_Issue(world),
            send=SimpleNamespace(
                send=lambda document_id: world.note("send", document_id),
                retry=lambda outbox_id: world.note("retry", outbox_id),
                withdraw=lambda outbox_id: world.note("withdraw", outbox_id),
            ),
            receive=_Receive(world),
            payments=SimpleNamespace(record=record),
            export=SimpleNamespace(ubl=lambda document: b"<Invoice/>" + document.summary.number.encode()),
            view=_View(world),
            platform=_Platform(world),
            ledger=_Ledger(world),
            settings=_Settings(world),
            queries=_Queries(world),
            sync=_Sync(world),
            listen=listen,
            demo=SimpleNamespace(fill=fill),
            **deals(world),
        ),
    )
