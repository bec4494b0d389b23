"""What the command line asks of the program; bootstrap stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.events import SyncChanged
from einvoice_desktop.ports.rules import RulesEngine
from einvoice_desktop.services.catalogue import Services


class Tools(Protocol):
    """What needs no store: reading and judging files."""

    @property
    def reader(self) -> InvoiceReader: ...
    @property
    def rules(self) -> RulesEngine: ...


class Program(Protocol):
    """An open store with everything around it, without a synchronisation thread."""

    @property
    def services(self) -> Services: ...
    def turn(self) -> SyncChanged:
        """One synchronisation turn on this thread."""
        ...


class Programs(Protocol):
    """Opens programs; ``store`` is ``None`` for the usual place of this computer."""

    def open(self, store: Path | None, *, pace: float = 2.0) -> AbstractContextManager[Program]: ...
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
