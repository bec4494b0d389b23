"""What the program is measured with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from einvoice_desktop.bootstrap.program import Program
    from einvoice_desktop.cli.bench import BenchProgram

START_VARIABLE = "EINVOICE_MEASURE_START"
"""Instant of launching (seconds since 1970): the window prints how long it took to answer, and closes."""


class Opening(Protocol):
    """Who opens programs."""

    def open(self, store: Path | None) -> AbstractContextManager[Program]:
        """A program over ``store``, closed at the end."""
        ...


class Yardstick:
    """What ``bench`` measures with."""

    def __init__(self, programs: Opening) -> None:
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

        code = (
            "import sys; from einvoice_desktop.bootstrap import Programs, yardstick; "
            "yardstick.fill_store(Programs(), sys.argv[1], int(sys.argv[2]))"
        )
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


def print_elapsed(launched: str) -> None:
    """Seconds from ``launched`` to now, for the process that measures."""
    import time

    sys.stdout.write(f"{time.time() - float(launched):.4f}\n")
    sys.stdout.flush()


def fill_store(programs: Opening, store: str, count: int) -> None:
    """A store of one company and ``count`` issued invoices, for measures."""
    from einvoice_desktop.cli.bench import SELLER
    from einvoice_desktop.store.measure import fill_for_measure

    with programs.open(Path(store)) as program:
        program.services.companies.save(SELLER)
        fill_for_measure(program.store, SELLER.id, count)
