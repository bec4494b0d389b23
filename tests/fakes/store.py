"""An in-memory store: same promises as the real one (``tests/store/contract``), no disk.

``FakeStore(environment)`` is a :class:`einvoice_desktop.ports.unit_of_work.Store`.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from einvoice_desktop.ports.unit_of_work import (
    Buyers,
    Companies,
    Deposits,
    Directory,
    Drafts,
    Environment,
    Events,
    Files,
    Inbox,
    Issued,
    Ledger,
    Links,
    Mandates,
    Numbers,
    Outbox,
    Payments,
    Received,
    Settings,
    StoreCheck,
    Templates,
)
from tests.fakes.store_deals import FakeDeposits, FakeFiles, FakeLinks, FakeMandates, FakeTemplates
from tests.fakes.store_documents import FakeEvents, FakeIssued, FakeLedger, FakeNumbers, FakePayments, FakeReceived
from tests.fakes.store_registry import (
    FakeBuyers,
    FakeCompanies,
    FakeDirectory,
    FakeDrafts,
    FakeInbox,
    FakeOutbox,
    FakeSettings,
)
from tests.fakes.store_state import State


class FakeUnitOfWork:
    """Works on a snapshot; :meth:`commit` makes it the store's state."""

    companies: Companies
    buyers: Buyers
    drafts: Drafts
    files: Files
    numbers: Numbers
    issued: Issued
    links: Links
    deposits: Deposits
    templates: Templates
    mandates: Mandates
    received: Received
    events: Events
    payments: Payments
    outbox: Outbox
    inbox: Inbox
    ledger: Ledger
    directory: Directory
    settings: Settings

    def __init__(self, store: FakeStore, *, is_writable: bool) -> None:
        self._store = store
        self._is_writable = is_writable

    def __enter__(self) -> Self:
        if self._is_writable:
            self._store.lock()
        self._state = self._store.state.snapshot(is_writable=self._is_writable)
        state = self._state
        self.companies, self.buyers, self.drafts = FakeCompanies(state), FakeBuyers(state), FakeDrafts(state)
        self.numbers, self.received = FakeNumbers(state), FakeReceived(state)
        self.issued = FakeIssued(state, self._store.environment)
        self.links, self.deposits, self.files = FakeLinks(state), FakeDeposits(state), FakeFiles(state)
        self.templates, self.mandates = FakeTemplates(state), FakeMandates(state)
        self.events, self.payments, self.ledger = FakeEvents(state), FakePayments(state), FakeLedger(state)
        self.outbox, self.inbox = FakeOutbox(state), FakeInbox(state)
        self.directory, self.settings = FakeDirectory(state), FakeSettings(state)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_writable:
            self._store.unlock()

    def commit(self) -> None:
        self._state.check_writable()
        self._state.check_consistent()
        self._store.state = self._state.snapshot(is_writable=True)
        self._store.commits += 1


class FakeStore:
    """A store in memory.

    Attributes:
        state: what was committed, to look into from tests. commits: how many units of work were committed.
    """

    def __init__(self, environment: Environment = Environment.SANDBOX) -> None:
        self._environment = environment
        self._lock = threading.Lock()
        self._owner: int | None = None
        self.state = State()
        self.commits = 0

    @property
    def environment(self) -> Environment:
        return self._environment

    def unit_of_work(self) -> FakeUnitOfWork:
        return FakeUnitOfWork(self, is_writable=True)

    def reading(self) -> FakeUnitOfWork:
        return FakeUnitOfWork(self, is_writable=False)

    def check_guards(self) -> StoreCheck:
        return StoreCheck()

    def close(self) -> None:
        """Nothing to release."""

    def lock(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("this thread is inside a unit of work already")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def unlock(self) -> None:
        self._owner = None
        self._lock.release()
