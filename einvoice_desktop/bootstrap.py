"""The only place that knows every room: explicit constructor calls, readable top to bottom.

Doors are imported where they are built, so that a command pays only for what it uses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from einvoice_desktop import __version__

if TYPE_CHECKING:
    from einvoice_desktop.cli.bench import BenchProgram
    from einvoice_desktop.cli.program import Program as AnyProgram
    from einvoice_desktop.documents.reading.reader import DocumentReader
    from einvoice_desktop.documents.rules import RulesWorker
    from einvoice_desktop.ports.events import SyncChanged
    from einvoice_desktop.ports.pdp import Platform, PlatformProfile
    from einvoice_desktop.sandbox import SandboxServer
    from einvoice_desktop.services.catalogue import Services
    from einvoice_desktop.store import SqliteStore


START_VARIABLE = "EINVOICE_MEASURE_START"
"""Instant of launching (seconds since 1970): the window prints how long it took to answer, and closes."""


class Practice:
    """The practice platform of one store: its server starts the first time it is needed."""

    def __init__(self, make: Callable[[], SandboxServer]) -> None:
        self._make = make
        self._server: SandboxServer | None = None

    def start(self) -> tuple[PlatformProfile, str]:
        """Serve; the profile to connect with and the secret of the only account."""
        server = self._running()
        return server.profile(), server.CLIENT_SECRET

    def stop(self) -> None:
        """Stop serving; what was taken is kept."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def play(self, siren: str, scenario: str) -> None:
        """What that customer will do from its next invoice on."""
        self._running().set_scenario(siren, scenario)

    def deliver(self, content: bytes, syntax: str, name: str) -> None:
        """A supplier sends us ``content``."""
        self._running().deliver(content, syntax, name)

    def _running(self) -> SandboxServer:
        if self._server is None:
            server = self._make()
            server.start()
            self._server = server
        return self._server


class Tools:
    """Reading and judging files, without a store."""

    def __init__(self) -> None:
        from einvoice_desktop.documents.reading.reader import DocumentReader
        from einvoice_desktop.documents.rules import RulesWorker

        self.reader: DocumentReader = DocumentReader()
        self.rules: RulesWorker = RulesWorker()

    def close(self) -> None:
        """Stop the rules worker."""
        self.rules.close()


class Program:
    """An open store and everything around it; :meth:`close` ends it in order."""

    def __init__(self, store_file: Path, *, pace: float = 2.0) -> None:
        from einvoice_desktop.documents.cdar import CdarWriter
        from einvoice_desktop.documents.pdf.maker import ReportlabPdf
        from einvoice_desktop.documents.writing import DocumentWriter
        from einvoice_desktop.services.announcer import Announcer
        from einvoice_desktop.services.catalogue import Services
        from einvoice_desktop.services.check_draft import CheckDraft
        from einvoice_desktop.services.connect_platform import ConnectPlatform
        from einvoice_desktop.services.demonstration import Demonstration
        from einvoice_desktop.services.issue_body import IssueBody
        from einvoice_desktop.services.issue_invoice import IssueInvoice
        from einvoice_desktop.services.keep_settings import KeepSettings
        from einvoice_desktop.services.preview_draft import PreviewDraft
        from einvoice_desktop.services.receive_invoice import ReceiveInvoice
        from einvoice_desktop.services.record_payment import RecordPayment
        from einvoice_desktop.services.registry import RegisterBuyer, RegisterCompany
        from einvoice_desktop.services.save_draft import SaveDraft
        from einvoice_desktop.services.send_document import SendDocument
        from einvoice_desktop.services.verify_ledger import VerifyLedger
        from einvoice_desktop.services.view_document import ViewDocument
        from einvoice_desktop.sync.engine import SyncEngine
        from einvoice_desktop.system.clock import SystemClock
        from einvoice_desktop.system.vault import open_vault

        self.store_file = store_file
        self.store = _open_any(store_file)
        self.tools = Tools()
        clock, announcer = SystemClock(), Announcer()
        reader, rules = self.tools.reader, self.tools.rules
        writer, pdf, cdar = DocumentWriter(), ReportlabPdf(), CdarWriter()
        self.pdf, self._writer = pdf, writer
        self.practice = Practice(lambda: _sandbox(store_file, self.tools, pace))
        secrets = open_vault(store_file.stem, store_file.parent)

        def connect(profile: PlatformProfile) -> Platform:
            from einvoice_desktop.connectors import registry

            return registry.connect(profile, secrets)

        settings = KeepSettings(self.store)
        check = CheckDraft(self.store, writer, rules, clock)
        issue = IssueInvoice(self.store, check, writer, pdf, rules, clock, announcer)
        receive = ReceiveInvoice(self.store, reader, pdf, rules, clock, announcer)
        platform = ConnectPlatform(self.store, secrets, connect, self.practice)
        companies, buyers = RegisterCompany(self.store), RegisterBuyer(self.store, self.practice)
        drafts = SaveDraft(self.store, reader, clock)
        payments = RecordPayment(self.store, reader, cdar, clock, announcer)
        self.sync = SyncEngine(self.store, platform, reader, receive, settings, clock, announcer)
        self.services: Services = Services(
            companies=companies,
            buyers=buyers,
            drafts=drafts,
            check=check,
            preview=PreviewDraft(self.store, pdf),
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
            ),
        )

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
        self.practice.stop()
        self.tools.close()
        self.store.close()


class Programs:
    """What the command line opens."""

    @contextmanager
    def open(self, store: Path | None, *, pace: float = 2.0) -> Iterator[Program]:
        """A program over ``store`` (made when absent), closed at the end."""
        program = Program(store or _usual_store(), pace=pace)
        try:
            yield program
        finally:
            program.close()

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
        from einvoice_desktop.system.logs import Logs
        from einvoice_desktop.system.paths import find_places
        from einvoice_desktop.ui.app import run

        with Logs(find_places().logs), self.open(store) as program:
            return run(
                program.services,
                store_label=str(program.store_file),
                started=lambda: self._warm(program),
            )

    @staticmethod
    def _warm(program: Program) -> None:
        """Once the window is there: what is slow to load is loaded, and the synchronisation begins."""
        import threading

        threading.Thread(target=program.warm_up, name="warm-up", daemon=True).start()
        program.sync.start()

    def screenshots(self, program: AnyProgram, directory: Path) -> list[Path]:
        """Pictures of every screen."""
        from einvoice_desktop.ui.app import take_screenshots

        return take_screenshots(program.services, directory)

    def serve_sandbox(self, state: Path | None, port: int, ready: Callable[[dict[str, str]], None]) -> None:
        """The practice platform, until Ctrl+C."""
        import threading

        from einvoice_desktop.documents.cdar import CdarWriter
        from einvoice_desktop.sandbox import SandboxServer
        from einvoice_desktop.system.paths import find_places

        places = find_places()
        places.prepare()
        with self.tools() as tools:
            server = SandboxServer(
                state or places.data / "plateforme.sqlite3", tools.rules, tools.reader, CdarWriter(), port=port
            )
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
                sys.stdout.flush()
                try:
                    threading.Event().wait()
                except KeyboardInterrupt:
                    return

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
        """A store of one company and ``count`` issued invoices."""
        from einvoice_desktop.cli.bench import SELLER
        from einvoice_desktop.store.measure import fill_for_measure

        with self._programs.open(store) as program:
            program.services.companies.save(SELLER)
            fill_for_measure(program.store, SELLER.id, count)

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


def _usual_store() -> Path:
    """Production when this computer has one, else the sandbox: a first try never has value by accident."""
    from einvoice_desktop.ports.unit_of_work import Environment
    from einvoice_desktop.system.paths import find_places

    places = find_places()
    places.prepare()
    production = places.store(Environment.PRODUCTION)
    return production if production.exists() else places.store(Environment.SANDBOX)


def _open_any(path: Path) -> SqliteStore:
    """The store of ``path``, of whichever environment it is; a new one is a sandbox unless named ``production``."""
    from einvoice_desktop.ports.errors import UserError
    from einvoice_desktop.ports.unit_of_work import Environment
    from einvoice_desktop.store import open_store

    path.parent.mkdir(parents=True, exist_ok=True)
    first, second = Environment.SANDBOX, Environment.PRODUCTION
    if path.stem == Environment.PRODUCTION.value:
        first, second = second, first
    try:
        return open_store(path, first)
    except UserError as error:
        if error.code != "ED-STORE-ENVIRONMENT":
            raise
        return open_store(path, second)


def _sandbox(store_file: Path, tools: Tools, pace: float) -> SandboxServer:
    from einvoice_desktop.documents.cdar import CdarWriter
    from einvoice_desktop.sandbox import SandboxServer

    state = store_file.with_name(f"{store_file.stem}.plateforme.sqlite3")
    return SandboxServer(state, tools.rules, tools.reader, CdarWriter(), pace=pace)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    from einvoice_desktop.cli.app import build

    application = build(Programs(), __version__)
    try:
        application(args=arguments if arguments is not None else sys.argv[1:], prog_name="einvoice-desktop")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0
