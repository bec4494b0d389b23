"""Starts and stops the practice platform: a real server on 127.0.0.1, in a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from einvoice_desktop.ports.documents import InvoiceReader, LifecycleWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.rules import RulesEngine
from einvoice_desktop.sandbox.accounts import Accounts
from einvoice_desktop.sandbox.faults import Faults, fault_from
from einvoice_desktop.sandbox.intake import LARGEST_FLOW
from einvoice_desktop.sandbox.practice import House, PracticePlatform
from einvoice_desktop.sandbox.scenarios import Resident
from einvoice_desktop.sandbox.state import State

if TYPE_CHECKING:
    import asyncio

    import uvicorn

HOST = "127.0.0.1"
WORKERS = 4
STOP_SECONDS = 10.0


class SandboxServer:
    """The practice platform over one state file. Also a context manager.

    Attributes:
        CLIENT_ID, CLIENT_SECRET: the only account. They open nothing but this server, so they are no secret.
    """

    CLIENT_ID: ClassVar[str] = "entrainement"
    CLIENT_SECRET: ClassVar[str] = "entrainement-sans-valeur"  # noqa: S105 - opens nothing but this machine's server

    def __init__(
        self,
        state_file: Path,
        rules: RulesEngine,
        reader: InvoiceReader,
        writer: LifecycleWriter,
        *,
        port: int = 0,
        pace: float = 2.0,
        directory: Iterable[Resident] = (),
        scenarios: Mapping[str, str] | None = None,
        denied: Iterable[str] = ("000000000",),
        largest: int = LARGEST_FLOW,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Nothing starts yet.

        Args:
            state_file: SQLite file, made when absent.
            rules: the official rules, which check what arrives.
            reader: understands what arrives.
            writer: writes the statuses the other side sets.
            port: 0 for any free one.
            pace: seconds between two steps the other side takes; 0 for all at once.
            directory: businesses of the annuaire.
            scenarios: scenario by SIREN.
            denied: SIRENs absent from the annuaire.
            largest: bytes a flow may have.
            now: the clock, UTC.
        """
        self._state_file = state_file
        self._house = House(rules, reader, writer, pace, frozenset(denied), largest, now)
        self._port = port
        named = (Resident(siren, status="", scenario=name) for siren, name in (scenarios or {}).items())
        self._residents = (*directory, *named)
        self._faults = Faults()
        self._running: _Running | None = None

    def start(self) -> str:
        """Serve; the base address, such as ``http://127.0.0.1:49152``.

        Raises:
            UserError: the port is taken (``ED-SANDBOX-PORT``).
            ValueError: the directory names a scenario that does not exist, or something that is no SIREN.
        """
        if self._running is None:
            self._running = _start(self._state_file, self._house, self._residents, self._faults, self._port)
        return self.base_url

    def stop(self) -> None:
        """Stop serving; what was taken stays in the state file. Nothing happens when it does not run."""
        running, self._running = self._running, None
        if running is not None:
            running.stop()

    @property
    def base_url(self) -> str:
        """Where it serves.

        Raises:
            RuntimeError: it does not run.
        """
        return f"http://{HOST}:{self._run().port}"

    @property
    def console_url(self) -> str:
        """The page where one makes the other side act."""
        return f"{self.base_url}/console"

    def profile(self, platform_id: str = "sandbox", label: str = "Plateforme d'entraînement") -> PlatformProfile:
        """How to connect to it; its secret goes to the keyring under ``platform:<id>:client_secret``."""
        base = self.base_url
        return PlatformProfile(
            id=platform_id,
            kind="afnor",
            label=label,
            flow_url=f"{base}/flow-service",
            directory_url=f"{base}/directory-service",
            token_url=f"{base}/oauth/token",
            client_id=self.CLIENT_ID,
            is_sandbox=True,
        )

    def register(self, resident: Resident) -> None:
        """Write a business into the annuaire, whether or not the server runs; empty fields keep what is there.

        Raises:
            ValueError: no such scenario, or not a SIREN.
        """
        if self._running is not None:
            self._running.platform.annuaire.seed([resident])
            return
        state = State(self._state_file)
        try:
            PracticePlatform(state, self._house).annuaire.seed([resident])
        finally:
            state.close()

    def set_scenario(self, siren: str, scenario: str) -> None:
        """What that customer plays from its next invoice on.

        Raises:
            ValueError: no such scenario, or not a SIREN.
        """
        self.register(Resident(siren, status="", scenario=scenario))

    def deliver(self, content: bytes, syntax: str = "", name: str = "") -> str:
        """A supplier sends us ``content``; the identifier of its flow."""
        return self._run().platform.deliver(content, syntax, name).id

    def push(self, flow_id: str, code: str, reason_code: str = "", comment: str = "") -> None:
        """The other side sets a status on that invoice now."""
        self._run().platform.push(flow_id, code, reason_code, comment)

    def order_fault(self, **fault: Any) -> None:
        """Misbehave: ``kind``, ``on``, ``times``, ``retry_after``, ``seconds``, ``after`` (see ``sandbox.faults``).

        Raises:
            ValueError: no such kind or operation.
        """
        self._faults.order(fault_from(fault))

    def _run(self) -> _Running:
        if self._running is None:
            raise RuntimeError("the practice platform does not run")
        return self._running

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Running:
    """A started server and everything that must end with it."""

    def __init__(
        self,
        server: uvicorn.Server,
        listener: socket.socket,
        platform: PracticePlatform,
        state: State,
        workers: ThreadPoolExecutor,
    ) -> None:
        self.platform = platform
        self.port: int = listener.getsockname()[1]
        self._server = server
        self._state = state
        self._workers = workers
        self._thread = threading.Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(STOP_SECONDS)
        self._workers.shutdown(wait=True)
        self._state.close()


def _start(state_file: Path, house: House, residents: Iterable[Resident], faults: Faults, port: int) -> _Running:
    # Here and not at the top: the program starts without a web server.
    from einvoice_desktop.sandbox.web.app import build  # noqa: PLC0415
    from einvoice_desktop.sandbox.web.door import Door  # noqa: PLC0415

    listener = _listen(port)
    state = None
    try:
        state = State(state_file)
        platform = PracticePlatform(state, house)
        platform.annuaire.seed(residents)
    except BaseException:
        listener.close()
        if state is not None:
            state.close()
        raise
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="sandbox")
    accounts = Accounts(state, (SandboxServer.CLIENT_ID, SandboxServer.CLIENT_SECRET), house.now)
    lines: dict[tuple[str, int], asyncio.Transport] = {}
    application = build(Door(platform, accounts, faults, workers), house.largest, lines)
    return _Running(_server(application, lines), listener, platform, state, workers)


def _listen(port: int) -> socket.socket:
    # The protocol is named for asyncio to switch Nagle's delay off: 40 ms per answer otherwise.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        # Listening before the loop runs: a client that is early waits instead of being refused.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UserError("ED-SANDBOX-PORT", str(error), port=str(port)) from error
    return listener


def _server(application: Any, lines: dict[tuple[str, int], asyncio.Transport]) -> uvicorn.Server:
    import uvicorn  # noqa: PLC0415 - heavy
    from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415 - heavy

    class Line(H11Protocol):
        """Remembers its transport by client address, so that a fault can cut it."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if self.client is not None:
                lines[self.client] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            if self.client is not None:
                lines.pop(self.client, None)
            super().connection_lost(exc)

    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=Line,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            # Faults cut lines on purpose; what really goes wrong is logged by the door.
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
    )
