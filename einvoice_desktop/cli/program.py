"""What the command line asks of the program; bootstrap stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from einvoice_desktop.ports.documents import InvoiceReader, InvoiceWriter
from einvoice_desktop.ports.rules import RulesEngine

if TYPE_CHECKING:
    from einvoice_desktop.ports.events import SyncChanged
    from einvoice_desktop.services.catalogue import Services


class StartableRules(RulesEngine, Protocol):
    """Rules whose process can come up while the program still reads its files."""

    def start(self) -> None:
        """Start the process in the background; returns at once."""
        ...


class Tools(Protocol):
    """What needs no store: reading, writing and judging files."""

    @property
    def reader(self) -> InvoiceReader: ...
    @property
    def writer(self) -> InvoiceWriter: ...
    @property
    def rules(self) -> StartableRules: ...


class Program(Protocol):
    """An open store with everything around it, without a synchronisation thread."""

    @property
    def services(self) -> Services: ...
    @property
    def is_sandbox(self) -> bool:
        """Whether the documents of this store have no value."""
        ...

    @property
    def keeps_secrets(self) -> bool:
        """Whether a secret put aside now is still there next time."""
        ...

    def turn(self) -> SyncChanged:
        """One synchronisation turn on this thread."""
        ...


class Programs(Protocol):
    """Opens programs; ``store`` is ``None`` for the usual place of this computer."""

    def open(
        self, store: Path | None, *, pace: float = 2.0, must_exist: bool = False
    ) -> AbstractContextManager[Program]:
        """A program over ``store``, made when absent unless it ``must_exist``.

        Raises:
            UserError: ``ED-STORE-…``.
        """
        ...

    def read_file(self, path: Path, limit: int) -> bytes:
        """The bytes of a regular file of 1 to ``limit`` bytes.

        Raises:
            UserError: ``ED-FILE-TOO-LARGE``, ``ED-FILE-EMPTY``, ``ED-FILE-UNREADABLE``.
        """
        ...

    def tools(self) -> AbstractContextManager[Tools]: ...
    def window(self, store: Path | None) -> int:
        """Open the window; the exit code when it closes."""
        ...

    def screenshots(self, program: Program, directory: Path) -> list[Path]:
        """Pictures of every screen, light and dark."""
        ...

    def serve_sandbox(self, state: Path | None, port: int, ready: Callable[[dict[str, str]], None]) -> None:
        """Serve the practice platform until interrupted; ``ready`` is told its addresses and account."""
        ...

    def bench(self, *, quick: bool) -> dict[str, object]:
        """Measure the program against its limits, in this run."""
        ...
