"""One transaction on SQLite, as ``ports.unit_of_work.UnitOfWork``."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from einvoice_desktop.ports.errors import StoreConflictError, UserError
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
    Templates,
)
from einvoice_desktop.store.repositories.deals import SqlDeposits, SqlLinks
from einvoice_desktop.store.repositories.documents import SqlIssued, SqlNumbers, SqlReceived
from einvoice_desktop.store.repositories.files import SqlFiles
from einvoice_desktop.store.repositories.keeping import SqlDirectory, SqlDrafts, SqlSettings
from einvoice_desktop.store.repositories.lifecycle import SqlEvents, SqlPayments
from einvoice_desktop.store.repositories.messages import SqlInbox, SqlOutbox
from einvoice_desktop.store.repositories.register import SqlLedger
from einvoice_desktop.store.repositories.registry import SqlBuyers, SqlCompanies
from einvoice_desktop.store.repositories.templates import SqlMandates, SqlTemplates

_WRITE_SECONDS = 30.0


class WriteLock:
    """Threads of this program write in turn; SQLite's own lock then never has to be waited for by polling."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def acquire(self) -> None:
        """Wait for the turn.

        Raises:
            RuntimeError: this thread has it already and would wait for itself.
            UserError: ``ED-STORE-BUSY``, another thread kept it too long.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("this thread is inside a unit of work already")
        if not self._lock.acquire(timeout=_WRITE_SECONDS):
            raise UserError("ED-STORE-BUSY", "a unit of work has been open for too long")
        self._owner = threading.get_ident()

    def release(self) -> None:
        """Give the turn to the next thread."""
        self._owner = None
        self._lock.release()


class SqliteUnitOfWork:
    """One transaction: with ``write_lock`` it writes, without it only reads."""

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

    def __init__(self, engine: Engine, environment: Environment, write_lock: WriteLock | None) -> None:
        self._engine, self._environment, self._write_lock = engine, environment, write_lock

    def __enter__(self) -> Self:
        """Begin: take the write lock, or fix the snapshot that is read."""
        if self._write_lock is not None:
            self._write_lock.acquire()
        try:
            self._connection = self._engine.connect()
            try:
                self._begin(self._connection)
            except BaseException:
                self._connection.close()
                raise
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo what was not committed."""
        try:
            self._connection.close()
        finally:
            self._release()

    def commit(self) -> None:
        """Make it last; what follows in the same block is a new transaction.

        Raises:
            StoreConflictError: this unit of work only reads, or a number was taken for no document.
            UserError: ``ED-STORE-FULL``… the disk refused; nothing was written.
        """
        if self._write_lock is None:
            raise StoreConflictError("this unit of work only reads")
        driver = self._connection.connection
        try:
            self._connection.commit()
        except BaseException:
            driver.rollback()  # SQLite leaves a transaction whose commit it refused open
            raise

    def _begin(self, connection: Connection) -> None:
        connection.begin()
        self.companies, self.buyers = SqlCompanies(connection), SqlBuyers(connection)
        self.drafts, self.numbers = SqlDrafts(connection), SqlNumbers(connection)
        self.issued, self.received = SqlIssued(connection, self._environment), SqlReceived(connection)
        self.links, self.deposits = SqlLinks(connection), SqlDeposits(connection)
        self.files, self.mandates = SqlFiles(connection), SqlMandates(connection)
        self.templates = SqlTemplates(connection)
        self.events, self.payments = SqlEvents(connection), SqlPayments(connection)
        self.outbox, self.inbox = SqlOutbox(connection), SqlInbox(connection)
        self.ledger, self.directory = SqlLedger(connection), SqlDirectory(connection)
        self.settings = SqlSettings(connection)

    def _release(self) -> None:
        if self._write_lock is not None:
            self._write_lock.release()
