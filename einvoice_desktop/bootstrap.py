"""The only place that knows every room: explicit constructor calls, readable top to bottom.

Doors are imported where they are built, so that a command pays only for what it uses.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from einvoice_desktop import __version__

if TYPE_CHECKING:
    from einvoice_desktop.cli.bench import BenchProgram
    from einvoice_desktop.cli.program import Program as AnyProgram
    from einvoice_desktop.documents.cdar import CdarWriter
    from einvoice_desktop.documents.pdf.maker import ReportlabPdf as PdfMaker
    from einvoice_desktop.documents.pdf.proof import PypdfProver
    from einvoice_desktop.documents.reading.reader import DocumentReader
    from einvoice_desktop.documents.rules import RulesWorker
    from einvoice_desktop.documents.writing import DocumentWriter
    from einvoice_desktop.ports.clock import Clock
    from einvoice_desktop.ports.documents import InvoiceReader
    from einvoice_desktop.ports.events import SyncChanged
    from einvoice_desktop.ports.pdp import Platform, PlatformProfile
    from einvoice_desktop.sandbox import EmbeddedPractice
    from einvoice_desktop.services.catalogue import Services
    from einvoice_desktop.services.demonstration import DealServices
    from einvoice_desktop.services.export_document import ExportDocument
    from einvoice_desktop.services.remaining import Remaining
    from einvoice_desktop.store import SqliteStore
    from einvoice_desktop.system.paths import Places
    from einvoice_desktop.system.vault import Vault


STORE_ID = "store.id"
"""Setting that names a store, made with it."""

START_VARIABLE = "EINVOICE_MEASURE_START"
"""Instant of launching (seconds since 1970): the window prints how long it took to answer, and closes."""


MadeT = TypeVar("MadeT")


class _Later(Generic[MadeT]):
    """Stands for a door that is slow to load, and makes it at the first use: the window opens before."""

    def __init__(self, make: Callable[[], MadeT]) -> None:
        self._make = make
        self._made: MadeT | None = None
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> object:
        with self._lock:
            if self._made is None:
                self._made = self._make()
        return getattr(self._made, name)

    def is_unused_door(self) -> bool:
        """Whether it was never needed."""
        return self._made is None


def later(make: Callable[[], MadeT]) -> MadeT:
    """What ``make`` makes, made at its first use, from any thread."""
    return cast("MadeT", _Later(make))


def is_unused(door: object) -> bool:
    """Whether a door of :func:`later` was never needed: nothing is to be closed."""
    return isinstance(door, _Later) and door.is_unused_door()


def _make_pdf() -> PdfMaker:
    from einvoice_desktop.documents.pdf.maker import ReportlabPdf

    return ReportlabPdf()


def _make_prover() -> PypdfProver:
    from einvoice_desktop.documents.pdf.proof import PypdfProver

    return PypdfProver()


def _make_writer() -> DocumentWriter:
    from einvoice_desktop.documents.writing import DocumentWriter

    return DocumentWriter()


def _make_reader() -> DocumentReader:
    from einvoice_desktop.documents.reading.reader import DocumentReader

    return DocumentReader()


def _make_export(reader: DocumentReader, writer: DocumentWriter) -> ExportDocument:
    from einvoice_desktop.services.export_document import ExportDocument

    return ExportDocument(reader, writer)


def _make_cdar() -> CdarWriter:
    from einvoice_desktop.documents.cdar import CdarWriter

    return CdarWriter()


class Tools:
    """Reading, writing and judging files, without a store."""

    def __init__(self) -> None:
        from einvoice_desktop.documents.rules import RulesWorker

        self.reader: DocumentReader = later(_make_reader)
        self.writer: DocumentWriter = later(_make_writer)
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
        writer, pdf, cdar = later(_make_writer), later(_make_pdf), later(_make_cdar)
        self.pdf, self._writer = pdf, writer
        self.practice = later(lambda: _practice(store_file, self.tools, pace))
        secrets = _open_secrets(self.store)
        self.keeps_secrets = secrets.is_lasting
        settings = KeepSettings(self.store)
        remaining = Remaining(reader)
        bonding, page = Bonding(remaining), ProvePage(pdf, later(_make_prover))
        check = CheckDraft(self.store, writer, reader, rules, clock, bonding, page)
        issue = IssueInvoice(self.store, check, writer, page, rules, bonding, clock, announcer)
        receive = ReceiveInvoice(self.store, reader, pdf, rules, clock, announcer)
        platform = ConnectPlatform(self.store, secrets, _connecting(secrets), self.practice)
        companies, buyers = RegisterCompany(self.store, clock), RegisterBuyer(self.store, self.practice)
        drafts = SaveDraft(self.store, reader, clock)
        payments = RecordPayment(self.store, reader, cdar, clock, announcer)
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
            export=_make_export(reader, writer),
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


class Programs:
    """What the command line opens."""

    @contextmanager
    def open(self, store: Path | None, *, pace: float = 2.0, must_exist: bool = False) -> Iterator[Program]:
        """A program over ``store``, closed at the end; the store is made when absent unless it ``must_exist``."""
        path = store or _usual_store()
        if must_exist and not path.exists():
            from einvoice_desktop.ports.errors import UserError

            raise UserError("ED-STORE-MISSING", path=str(path))
        program = Program(path, pace=pace)
        try:
            yield program
        finally:
            program.close()

    @staticmethod
    def read_file(path: Path, limit: int) -> bytes:
        """The bytes of a regular file of 1 to ``limit`` bytes."""
        from einvoice_desktop.system.files import read_bounded

        return read_bounded(path, limit)

    @contextmanager
    def tools(self) -> Iterator[Tools]:
        """Reading and judging, without a store."""
        tools = Tools()
        try:
            yield tools
        finally:
            tools.close()

    def window(self, store: Path | None) -> int:
        """The window, with its synchronisation thread."""
        import os
        import subprocess

        from einvoice_desktop.system.logs import Logs
        from einvoice_desktop.system.paths import find_places
        from einvoice_desktop.ui.app import run

        launched = os.environ.get(START_VARIABLE)
        wanted: list[Path] = []
        with Logs(find_places().logs), self.open(store) as program:
            code = run(
                program.services,
                store_label=str(program.store_file),
                started=(lambda: _print_elapsed(launched)) if launched else (lambda: self._warm(program)),
                closes_at_once=bool(launched),
                reopen=wanted.append,
            )
        for path in wanted:  # a process of its own: this one has let go of its store
            subprocess.Popen([sys.executable, "-m", "einvoice_desktop", "--store", str(path)])
        return code

    @staticmethod
    def _warm(program: Program) -> None:
        """Once the window is there: what is slow to load is loaded, and the synchronisation begins."""
        threading.Thread(target=program.warm_up, name="warm-up", daemon=True).start()
        program.sync.start()

    def screenshots(self, program: AnyProgram, directory: Path) -> list[Path]:
        """Pictures of every screen."""
        from einvoice_desktop.ui.app import take_screenshots

        return take_screenshots(program.services, directory)

    def serve_sandbox(self, state: Path | None, port: int, ready: Callable[[dict[str, str]], None]) -> None:
        """The practice platform, until Ctrl+C or a request to end."""
        from einvoice_desktop.documents.cdar import CdarWriter
        from einvoice_desktop.sandbox import SandboxServer
        from einvoice_desktop.system.paths import find_places

        if state is None:
            state = _prepared(find_places()).data / "plateforme.sqlite3"
        with _until_asked_to_stop() as wait, self.tools() as tools:
            server = SandboxServer(state, tools.rules, tools.reader, CdarWriter(), port=port)
            with server:
                profile = server.profile()
                ready(
                    {
                        "base_url": server.base_url,
                        "console_url": server.console_url,
                        "flow_url": profile.flow_url,
                        "directory_url": profile.directory_url,
                        "token_url": profile.token_url,
                        "client_id": profile.client_id,
                        "client_secret": server.CLIENT_SECRET,
                    }
                )
                wait()

    def bench(self, *, quick: bool) -> dict[str, object]:
        """Measures beside their limits."""
        from einvoice_desktop.cli.bench import measure

        return measure(Yardstick(self), quick=quick)


class Yardstick:
    """What ``bench`` measures with."""

    def __init__(self, programs: Programs) -> None:
        self._programs = programs

    def open(self, store: Path) -> AbstractContextManager[Program]:
        """A program over ``store``."""
        return self._programs.open(store)

    def bare_rules(self, xml: bytes, rounds: int) -> list[float]:
        """Seconds of the two Schematron runs alone, in a process of their own."""
        from einvoice_desktop.documents.rules.bare import measure_apart

        return measure_apart(xml, rounds)

    def fill(self, store: Path, count: int) -> None:
        """A store of one company and ``count`` issued invoices, made by a process apart: memory is measured in this one."""
        import subprocess

        code = "import sys; from einvoice_desktop import bootstrap; bootstrap.fill_store(sys.argv[1], int(sys.argv[2]))"
        subprocess.run([sys.executable, "-c", code, str(store), str(count)], check=True)

    def start_window(self, store: Path) -> float:
        """Seconds from launching the program to a window that answers, in a process of its own, without a display."""
        import os
        import subprocess
        import time

        environment = os.environ | {START_VARIABLE: repr(time.time()), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, "-m", "einvoice_desktop", "--store", str(store)],
            env=environment,
            capture_output=True,
            check=True,
            timeout=60,
        )
        return float(done.stdout.decode().split()[-1])

    def typing_stalls(self, program: BenchProgram, job: Callable[[], object]) -> list[float]:
        """Seconds the event loop of a window was late while ``job`` ran on another thread."""
        del program
        from einvoice_desktop.ui.app import late_ticks

        return late_ticks(job)


def _print_elapsed(launched: str) -> None:
    """Seconds from ``launched`` to now, for the process that measures."""
    import time

    sys.stdout.write(f"{time.time() - float(launched):.4f}\n")
    sys.stdout.flush()


def fill_store(store: str, count: int) -> None:
    """A store of one company and ``count`` issued invoices, for measures."""
    from einvoice_desktop.cli.bench import SELLER
    from einvoice_desktop.store.measure import fill_for_measure

    with Programs().open(Path(store)) as program:
        program.services.companies.save(SELLER)
        fill_for_measure(program.store, SELLER.id, count)


def _usual_store() -> Path:
    """Production when this computer has one, else the sandbox: a first try never has value by accident."""
    from einvoice_desktop.ports.unit_of_work import Environment
    from einvoice_desktop.system.paths import find_places

    places = _prepared(find_places())
    production = places.store(Environment.PRODUCTION)
    return production if production.exists() else places.store(Environment.SANDBOX)


def _prepared(places: Places) -> Places:
    """``places`` with their folders made."""
    from einvoice_desktop.ports.errors import UserError

    try:
        places.prepare()
    except OSError as error:
        raise UserError("ED-STORE-READONLY", str(error), path=str(places.data)) from error
    return places


@contextmanager
def _until_asked_to_stop() -> Iterator[Callable[[], None]]:
    """A function that waits for Ctrl+C or SIGTERM, whichever comes and even if it came before."""
    import signal

    asked = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, lambda *_: asked.set()) for kind in kinds}

    def wait() -> None:
        while not asked.wait(1.0):  # bounded: elsewhere than on Linux a wait without end cannot be interrupted
            pass

    try:
        yield wait
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


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


def _window_only(arguments: list[str]) -> Path | bool | None:
    """The store of a plain start of the window (``False`` for any other command): the parser is slow to load."""
    if not arguments:
        return None
    is_store = len(arguments) == len(("--store", "FILE")) and arguments[0] == "--store"
    return Path(arguments[1]) if is_store else False


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    store = _window_only(given)
    if not isinstance(store, bool):
        return _open_window(store)
    from einvoice_desktop.cli.app import build, run

    return run(build(Programs(), __version__), given)


def _open_window(store: Path | None) -> int:
    """The window, or the sentence that says why it does not open."""
    from einvoice_desktop.ports.errors import UserError

    try:
        return Programs().window(store)
    except UserError as error:
        from einvoice_desktop.cli.words import sentence

        sys.stderr.write(f"{sentence(error.code, error.params)} [{error.code}]\n")
        return 2
