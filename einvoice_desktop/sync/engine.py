"""The synchronisation: one thread, one event it sleeps on, one turn at a time."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime

from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import NeedsAttentionError, PlatformError, RetryLaterError
from einvoice_desktop.ports.events import DocumentChanged, Happening, SyncChanged, SyncPhase
from einvoice_desktop.ports.pdp import Platform, PlatformProfile
from einvoice_desktop.ports.settings import SYNC_PAUSED
from einvoice_desktop.ports.unit_of_work import Store
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.connect_platform import ConnectPlatform
from einvoice_desktop.services.keep_settings import KeepSettings
from einvoice_desktop.services.receive_invoice import ReceiveInvoice
from einvoice_desktop.sync.directory import RefreshDirectory
from einvoice_desktop.sync.inbox import PullInbox
from einvoice_desktop.sync.outbox import DeliverOutbox
from einvoice_desktop.sync.retry import SETTLE_DELAY, delay

REST = 120.0
"""Seconds between two turns when nothing happens."""

SOON = 3.0
"""Seconds before the next turn while something is under way."""


class SyncEngine:
    """Empties the outbox, follows acknowledgements and reads the inbox of the active platform.

    The database is the queue: a turn reads what is due from it, so nothing is lost when the program stops anywhere.
    """

    def __init__(
        self,
        store: Store,
        connections: ConnectPlatform,
        reader: InvoiceReader,
        receive: ReceiveInvoice,
        settings: KeepSettings,
        clock: Clock,
        announcer: Announcer,
        *,
        draw: Callable[[], float] = random.random,
        rest: float = REST,
        soon: float = SOON,
        settle_delay: float = SETTLE_DELAY,
        report_bug: Callable[[Exception], None] | None = None,
    ) -> None:
        self._store, self._connections, self._reader = store, connections, reader
        self._receive, self._settings, self._clock = receive, settings, clock
        self._announcer, self._draw, self._rest, self._soon = announcer, draw, rest, soon
        self._settle_delay, self._report_bug = settle_delay, report_bug
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._status = SyncChanged(SyncPhase.IDLE)
        self._failures = 0
        self._turn_lock = threading.Lock()
        self._opened: tuple[PlatformProfile, Platform] | None = None
        self._retry_after: float | None = None
        self._forget = announcer.listen(self._on_happening)

    @property
    def status(self) -> SyncChanged:
        """What it is doing."""
        return self._status

    def start(self) -> None:
        """Start the thread; it does a first turn at once."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread after the request under way; nothing is lost."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._turn_lock:
            self._disconnect()
        self._forget()

    def sync_now(self) -> None:
        """Do a turn as soon as possible; returns at once."""
        self._wake.set()

    def pause(self) -> None:
        """Send and receive nothing until :meth:`resume`; remembered across restarts."""
        self._settings.put(SYNC_PAUSED, value=True)
        self._wake.set()

    def resume(self) -> None:
        """End the pause."""
        self._settings.put(SYNC_PAUSED, value=False)
        self._wake.set()

    def turn(self) -> SyncChanged:
        """One whole turn on the calling thread (the command line, tests); never raises a platform's error."""
        with self._turn_lock:
            if self._settings.get(SYNC_PAUSED):
                return self._tell(SyncPhase.PAUSED)
            try:
                opened = self._connected()
                if opened is None:
                    return self._tell(SyncPhase.NOT_CONNECTED)
                self._tell(SyncPhase.RUNNING)
                self._exchange(opened[1], opened[0].id)
            except PlatformError as error:
                self._disconnect()
                return self._failed(error)
            self._failures = 0
            return self._tell(SyncPhase.IDLE, success=self._clock.now())

    def _connected(self) -> tuple[PlatformProfile, Platform] | None:
        """The connection of the last turn while the platform is the same: opening one is slow."""
        profile = self._connections.ready()
        if self._opened is not None and self._opened[0] != profile:
            self._disconnect()
        if profile is not None and self._opened is None:
            self._opened = profile, self._connections.open(profile)
        return self._opened

    def _disconnect(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened[1].close()

    def _exchange(self, platform: Platform, platform_id: str) -> None:
        outbox = DeliverOutbox(
            self._store,
            platform,
            platform_id,
            self._clock,
            self._announcer,
            self._draw,
            settle_delay=self._settle_delay,
        )
        inbox = PullInbox(
            self._store,
            platform,
            platform_id,
            self._reader,
            self._receive,
            outbox,
            self._clock,
            self._announcer,
        )
        stopped = self._stop.is_set
        RefreshDirectory(self._store, platform, self._clock).refresh(stopped)
        outbox.deliver(stopped)
        outbox.follow(stopped)
        inbox.pull(stopped)

    def _failed(self, error: PlatformError) -> SyncChanged:
        self._failures += 1
        words = f"{error.code}: {error.message}" if error.message else error.code
        phase = SyncPhase.NEEDS_ATTENTION if isinstance(error, NeedsAttentionError) else SyncPhase.OFFLINE
        self._retry_after = error.retry_after if isinstance(error, RetryLaterError) else None
        return self._tell(phase, problem=words)

    def _tell(self, phase: SyncPhase, *, success: datetime | None = None, problem: str = "") -> SyncChanged:
        self._status = SyncChanged(phase, success or self._status.last_success, problem)
        self._announcer.tell(self._status)
        return self._status

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                status = self.turn()
            except Exception as error:  # noqa: BLE001 - the thread must outlive a bug; the bug is reported
                status = self._tell(SyncPhase.OFFLINE, problem=f"bug: {type(error).__name__}")
                self._failures += 1
                if self._report_bug is not None:
                    self._report_bug(error)
            self._wake.wait(self._next_wait(status))

    def _next_wait(self, status: SyncChanged) -> float:
        if status.phase is SyncPhase.OFFLINE:
            wait = delay(self._failures, self._draw(), retry_after=self._retry_after).total_seconds()
            return min(wait, self._rest) if self._retry_after is None else wait
        if status.phase in {SyncPhase.PAUSED, SyncPhase.NOT_CONNECTED, SyncPhase.NEEDS_ATTENTION}:
            return self._rest
        return self._soon if self._is_busy() else self._rest

    def _is_busy(self) -> bool:
        """Whether something is on its way: turns come sooner then."""
        profile = self._connections.active()
        if profile is None:
            return False
        with self._store.reading() as work:
            if work.outbox.open_flows(profile.id):
                return True
            return bool(work.outbox.due(profile.id, self._clock.now(), limit=1)) or profile.is_sandbox

    def _on_happening(self, happening: Happening) -> None:
        """A document changed on another thread: something may wait to leave."""
        if isinstance(happening, DocumentChanged) and threading.current_thread() is not self._thread:
            self._wake.set()
