"""A whole program on fakes: one company, two customers, every service, a synchronisation without a thread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.parties import Address, Buyer, Company
from einvoice_desktop.ports.events import Happening
from einvoice_desktop.ports.unit_of_work import Environment, IssuedDocument, Store
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.attach_file import AttachFile
from einvoice_desktop.services.bonds import Bonding
from einvoice_desktop.services.cancel_replaced import CancelReplaced
from einvoice_desktop.services.check_draft import CheckDraft
from einvoice_desktop.services.connect_platform import ConnectPlatform
from einvoice_desktop.services.correct_document import CorrectDocument
from einvoice_desktop.services.issue_invoice import IssueInvoice
from einvoice_desktop.services.keep_settings import KeepSettings
from einvoice_desktop.services.keep_templates import KeepTemplates
from einvoice_desktop.services.make_balance import MakeBalance
from einvoice_desktop.services.make_credit_note import MakeCreditNote
from einvoice_desktop.services.preview_draft import PreviewDraft
from einvoice_desktop.services.prove_page import ProvePage
from einvoice_desktop.services.receive_invoice import ReceiveInvoice
from einvoice_desktop.services.record_payment import RecordPayment
from einvoice_desktop.services.registry import RegisterBuyer, RegisterCompany
from einvoice_desktop.services.remaining import Remaining
from einvoice_desktop.services.request_deposit import RequestDeposit
from einvoice_desktop.services.save_draft import SaveDraft
from einvoice_desktop.services.self_billing import SelfBilling
from einvoice_desktop.services.send_document import SendDocument
from einvoice_desktop.services.tell_platform import TellPlatform
from einvoice_desktop.services.verify_ledger import VerifyLedger
from einvoice_desktop.services.view_document import ViewDocument
from einvoice_desktop.sync.engine import SyncEngine
from tests.fakes.clock import FakeClock
from tests.fakes.documents import FakeDocuments, FakeProver, FakeRules
from tests.fakes.platform import FakePlatform, FakePractice, FakeSecrets
from tests.fakes.store import FakeStore

SELLER = Company(
    id="company-1",
    name="Atelier Brossard",
    siren="732829320",
    address=Address(line1="12 rue des Lilas", postal_code="44000", city="Nantes"),
    vat_number="FR44732829320",
    iban="FR7630006000011234567890189",
)
BUYER = Buyer(
    id="buyer-1",
    company_id=SELLER.id,
    name="Globex SAS",
    siren="552100554",
    address=Address(line1="10 place Vendôme", postal_code="75001", city="Paris"),
)
PERSON = Buyer(
    id="buyer-2",
    company_id=SELLER.id,
    name="Nadia Benali",
    is_individual=True,
    email="nadia@example.org",
    address=Address(line1="3 rue Haute", postal_code="35000", city="Rennes"),
)


def form(**changes: object) -> DraftForm:
    """A form that can be issued: 2 × 380,00 and 1 × 240,00 at 20 %, that is 1 200,00 € TTC."""
    fields: dict[str, object] = {
        "buyer_id": BUYER.id,
        "issue_date": "2026-11-21",
        "lines": (
            DraftLine("Rayonnage chêne sur mesure", "2", "C62", "380,00", "S20"),
            DraftLine("Pose (demi-journée)", "1", "LS", "=2*120", "S20"),
        ),
    }
    return DraftForm(**(fields | changes))  # type: ignore[arg-type]


class Office:
    """Everything wired; attributes carry the names of the service catalogue."""

    def __init__(self, store: Store | None = None) -> None:
        self.clock = FakeClock()
        self.store: Store = store or FakeStore(Environment.SANDBOX)
        self.papers = FakeDocuments()
        self.rules = FakeRules()
        self.far = FakePlatform()
        self.secrets = FakeSecrets()
        self.announcer = Announcer()
        self.heard: list[Happening] = []
        self.announcer.listen(self.heard.append)
        self.companies = RegisterCompany(self.store, self.clock)
        self.buyers = RegisterBuyer(self.store)
        self.drafts = SaveDraft(self.store, self.papers, self.clock)
        self.remaining = Remaining(self.papers)
        self.bonding = Bonding(self.remaining)
        self.prover = FakeProver()
        page = ProvePage(self.papers, self.prover)
        self.check = CheckDraft(self.store, self.papers, self.papers, self.rules, self.clock, self.bonding, page)
        self.preview = PreviewDraft(self.store, self.papers, self.clock)
        self.issue = IssueInvoice(
            self.store, self.check, self.papers, page, self.rules, self.bonding, self.clock, self.announcer
        )
        self.credit_notes = MakeCreditNote(self.store, self.papers, self.remaining, self.clock)
        self.corrections = CorrectDocument(self.store, self.papers, self.clock)
        self.deposits = RequestDeposit(self.store, self.remaining, self.clock)
        self.balances = MakeBalance(self.store, self.remaining, self.clock)
        self.self_billing = SelfBilling(self.store, self.clock)
        self.templates = KeepTemplates(self.store)
        self.attachments = AttachFile(self.store, self.clock)
        self.send = SendDocument(self.store, self.papers, self.clock, self.announcer)
        self.receive = ReceiveInvoice(self.store, self.papers, self.papers, self.rules, self.clock, self.announcer)
        self.payments = RecordPayment(self.store, self.papers, self.papers, self.clock, self.announcer)
        self.announcer.listen(
            CancelReplaced(self.store, self.papers, TellPlatform(self.papers), self.clock, self.announcer)
        )
        self.view = ViewDocument(self.store, self.papers)
        self.settings = KeepSettings(self.store)
        self.platform = ConnectPlatform(self.store, self.secrets, lambda _: self.far, FakePractice())
        self.ledger = VerifyLedger(self.store, self.clock)
        self.sync = self.new_sync()
        self.companies.save(SELLER)
        self.buyers.save(BUYER)
        self.buyers.save(PERSON)

    def new_sync(self) -> SyncEngine:
        """A synchronisation that starts afresh, as after a restart of the program."""
        return SyncEngine(
            self.store,
            self.platform,
            self.papers,
            self.receive,
            self.settings,
            self.clock,
            self.announcer,
            draw=lambda: 0.5,
            settle_delay=5.0,
        )

    def issued(self, *, send: bool = True, **changes: object) -> IssuedDocument:
        """Type, save and issue a document."""
        draft = self.drafts.new(SELLER.id)
        self.drafts.save(draft.id, form(**changes))
        return self.issue.issue_draft(draft.id, send=send)


DUE = Decimal("1200.00")
TODAY = date(2026, 11, 21)
