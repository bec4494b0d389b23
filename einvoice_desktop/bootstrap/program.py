"""One program over one store: every room, built by explicit constructor calls, readable top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from einvoice_desktop.bootstrap.doors import (
    is_unused,
    later,
    make_cdar,
    make_export,
    make_pdf,
    make_prover,
    make_reader,
    make_writer,
)

if TYPE_CHECKING:
    from einvoice_desktop.documents.reading.reader import DocumentReader
    from einvoice_desktop.documents.rules import RulesWorker
    from einvoice_desktop.documents.writing import DocumentWriter
    from einvoice_desktop.ports.clock import Clock
    from einvoice_desktop.ports.documents import InvoiceReader, LifecycleWriter
    from einvoice_desktop.ports.events import Listener, SyncChanged
    from einvoice_desktop.ports.pdp import Platform, PlatformProfile
    from einvoice_desktop.sandbox import EmbeddedPractice
    from einvoice_desktop.services.announcer import Announcer
    from einvoice_desktop.services.catalogue import Services
    from einvoice_desktop.services.demonstration import DealServices
    from einvoice_desktop.services.remaining import Remaining
    from einvoice_desktop.store import SqliteStore
    from einvoice_desktop.system.vault import Vault

STORE_ID = "store.id"
"""Setting that names a store, made with it."""


class Tools:
    """Reading, writing and judging files, without a store."""

    def __init__(self) -> None:
        from einvoice_desktop.documents.rules import RulesWorker

        self.reader: DocumentReader = later(make_reader)
        self.writer: DocumentWriter = later(make_writer)
        self.rules: RulesWorker = RulesWorker()

    def close(self) -> None:
        """Stop the rules worker."""
        self.rules.close()


class Program:
    """An open store and everything around it; :meth:`close` ends it in order."""

    def __init__(self, store_file: Path, *, pace: float = 2.0) -> None:
        from einvoice_desktop.services.announcer import Announcer
        from einvoice_desktop.services.attach_file import AttachFile
        from einvoice_desktop.services.bonds import Bonding
        from einvoice_desktop.services.catalogue import Services
        from einvoice_desktop.services.check_draft import CheckDraft
        from einvoice_desktop.services.connect_platform import ConnectPlatform
        from einvoice_desktop.services.correct_document import CorrectDocument
        from einvoice_desktop.services.demonstration import Demonstration
        from einvoice_desktop.services.issue_body import IssueBody
        from einvoice_desktop.services.issue_invoice import IssueInvoice
        from einvoice_desktop.services.keep_settings import KeepSettings
        from einvoice_desktop.services.keep_templates import KeepTemplates
        from einvoice_desktop.services.preview_draft import PreviewDraft
        from einvoice_desktop.services.prove_page import ProvePage
        from einvoice_desktop.services.receive_invoice import ReceiveInvoice
        from einvoice_desktop.services.record_payment import RecordPayment
        from einvoice_desktop.services.registry import RegisterBuyer, RegisterCompany
        from einvoice_desktop.services.remaining import Remaining
        from einvoice_desktop.services.save_draft import SaveDraft
        from einvoice_desktop.services.self_billing import SelfBilling
        from einvoice_desktop.services.send_document import SendDocument
        from einvoice_desktop.services.verify_ledger import VerifyLedger
        from einvoice_desktop.services.view_document import ViewDocument
        from einvoice_desktop.sync.engine import SyncEngine
        from einvoice_desktop.system.clock import SystemClock

        self.store_file = store_file
        self.store = _open_any(store_file)
        self.tools = Tools()
        clock, announcer = SystemClock(), Announcer()
        reader, rules = self.tools.reader, self.tools.rules
        writer, pdf, cdar = later(make_writer), later(make_pdf), later(make_cdar)
        self.pdf, self._writer = pdf, writer
        self.practice = later(lambda: _practice(store_file, self.tools, pace))
        secrets = _open_secrets(self.store)
        self.keeps_secrets = secrets.is_lasting
        settings = KeepSettings(self.store)
        remaining = Remaining(reader)
        bonding, page = Bonding(remaining), ProvePage(pdf, later(make_prover))
        check = CheckDraft(self.store, writer, reader, rules, clock, bonding, page)
        issue = IssueInvoice(self.store, check, writer, page, rules, bonding, clock, announcer)
        receive = ReceiveInvoice(self.store, reader, pdf, rules, clock, announcer)
        platform = ConnectPlatform(self.store, secrets, _connecting(secrets), self.practice)
        companies, buyers = RegisterCompany(self.store, clock), RegisterBuyer(self.store, self.practice)
        drafts = SaveDraft(self.store, reader, clock)
        payments = RecordPayment(self.store, reader, cdar, clock, announcer)
        announcer.listen(_cancelling(self.store, reader, cdar, clock, announcer))
        self.sync = SyncEngine(self.store, platform, reader, receive, settings, clock, announcer)
        deals = _deals(self.store, reader, remaining, clock)
        self.services: Services = Services(
            companies=companies,
            buyers=buyers,
            drafts=drafts,
            check=check,
            preview=PreviewDraft(self.store, pdf, clock),
            issue=issue,
            issue_body=IssueBody(self.store, reader, issue),
            send=SendDocument(self.store, reader, clock, announcer),
            receive=receive,
            payments=payments,
            view=ViewDocument(self.store, reader),
            platform=platform,
            ledger=VerifyLedger(self.store, clock),
            settings=settings,
            queries=self.store.queries,
            sync=self.sync,
            announcer=announcer,
            credit_notes=deals.credit_notes,
            corrections=CorrectDocument(self.store, reader, clock),
            deposits=deals.deposits,
            balances=deals.balances,
            self_billing=SelfBilling(self.store, clock),
            templates=KeepTemplates(self.store),
            attachments=AttachFile(self.store, clock),
            export=make_export(reader, writer),
            demo=Demonstration(
                self.store,
                companies,
                buyers,
                drafts,
                issue,
                payments,
                platform,
                self.practice,
                writer,
                pdf,
                self.sync.turn,
                clock,
                deals,
            ),
        )

    @property
    def is_sandbox(self) -> bool:
        """Whether the documents of this store have no value."""
        return self.store.environment.value == "sandbox"

    def turn(self) -> SyncChanged:
        """One synchronisation turn on the calling thread."""
        return self.sync.turn()

    def warm_up(self) -> None:
        """Load what the first verdict and the first page need; takes a second, for a thread of its own."""
        self.tools.rules.warm_up()
        self._writer.warm_up()
        self.pdf.warm_up()
        self.tools.rules.check(b"<warm/>")

    def memory(self) -> int:
        """Bytes of this process and of the rules worker together, shared pages counted once."""
        from einvoice_desktop.system.memory import resident

        worker = self.tools.rules.pid
        return resident() + (resident(worker) if worker is not None else 0)

    def close(self) -> None:
        """Stop the synchronisation, the practice platform, the rules and the store, in that order."""
        self.sync.stop()
        if not is_unused(self.practice):
            self.practice.stop()
        self.tools.close()
        self.store.close()


def _deals(store: SqliteStore, reader: InvoiceReader, remaining: Remaining, clock: Clock) -> DealServices:
    """What makes credit notes, deposits and balances."""
    from einvoice_desktop.services.demonstration import DealServices
    from einvoice_desktop.services.make_balance import MakeBalance
    from einvoice_desktop.services.make_credit_note import MakeCreditNote
    from einvoice_desktop.services.request_deposit import RequestDeposit

    return DealServices(
        MakeCreditNote(store, reader, remaining, clock),
        RequestDeposit(store, remaining, clock),
        MakeBalance(store, remaining, clock),
    )


def _cancelling(
    store: SqliteStore, reader: InvoiceReader, cdar: LifecycleWriter, clock: Clock, announcer: Announcer
) -> Listener:
    """What cancels an invoice once the one that replaces it is delivered."""
    from einvoice_desktop.services.cancel_replaced import CancelReplaced
    from einvoice_desktop.services.tell_platform import TellPlatform

    return CancelReplaced(store, reader, TellPlatform(cdar), clock, announcer)


def _open_secrets(store: SqliteStore) -> Vault:
    """Where the secrets of ``store`` are kept."""
    from einvoice_desktop.system.paths import find_places
    from einvoice_desktop.system.vault import open_vault

    places = find_places()
    places.prepare()
    return open_vault(_store_id(store), places.config)


def _connecting(secrets: Vault) -> Callable[[PlatformProfile], Platform]:
    """How platforms are connected to."""

    def connect(profile: PlatformProfile) -> Platform:
        from einvoice_desktop.connectors import registry

        return registry.connect(profile, secrets)

    return connect


def _store_id(store: SqliteStore) -> str:
    """What the secrets of a store are kept under: its own identifier, whatever its file is called."""
    from uuid import uuid4

    with store.reading() as work:
        known = work.settings.get(STORE_ID)
    if known:
        return known
    made = str(uuid4())
    with store.unit_of_work() as work:
        work.settings.put(STORE_ID, made)
        work.commit()
    return made


def _open_any(path: Path) -> SqliteStore:
    """The store of ``path``, of whichever environment it is; a new one is a sandbox unless named ``production``."""
    from einvoice_desktop.ports.errors import UserError
    from einvoice_desktop.ports.unit_of_work import Environment
    from einvoice_desktop.store import open_store

    first, second = Environment.SANDBOX, Environment.PRODUCTION
    if path.stem == Environment.PRODUCTION.value:
        first, second = second, first
    try:
        return open_store(path, first)
    except UserError as error:
        if error.code != "ED-STORE-ENVIRONMENT":
            raise
        return open_store(path, second)


def _practice(store_file: Path, tools: Tools, pace: float) -> EmbeddedPractice:
    from einvoice_desktop.documents.cdar import CdarWriter
    from einvoice_desktop.sandbox import EmbeddedPractice, SandboxServer

    state = store_file.with_name(f"{store_file.stem}.plateforme.sqlite3")
    return EmbeddedPractice(SandboxServer(state, tools.rules, tools.reader, CdarWriter(), pace=pace))
