"""``bench``: each figure of the program beside its limit, both measured in this run."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.parties import Address, Buyer, Company
from einvoice_desktop.services.catalogue import Services

_KIB = 1024
_LINES = 10
_ISSUES_PER_ROUND = 5

SELLER = Company(
    id="bench",
    name="Atelier Brossard",
    siren="552100554",
    address=Address(line1="12 rue des Lilas", postal_code="44000", city="Nantes"),
    vat_number="FR96552100554",
    iban="FR7630006000011234567890189",
)
BUYER = Buyer(
    id="bench-buyer",
    company_id=SELLER.id,
    name="Globex SAS",
    siren="732829320",
    address=Address(line1="10 place Vendôme", postal_code="75001", city="Paris"),
)


class BenchProgram(Protocol):
    """An open program, as the measures see it."""

    @property
    def services(self) -> Services: ...
    def warm_up(self) -> None:
        """Return once the rules are compiled."""
        ...

    def memory(self) -> int:
        """Bytes of this process and of the rules worker together (resident, shared pages once)."""
        ...


class Yardstick(Protocol):
    """What the figures are measured with; bootstrap stands behind it."""

    def open(self, store: Path) -> AbstractContextManager[BenchProgram]: ...
    def bare_rules(self, xml: bytes, rounds: int) -> list[float]:
        """Seconds of the two Schematron runs alone, in a process of their own."""
        ...

    def fill(self, store: Path, count: int) -> None:
        """A store of one company and ``count`` issued invoices."""
        ...

    def start_window(self, store: Path) -> float:
        """Seconds from launching the program to a window that answers (no display needed)."""
        ...

    def typing_stalls(self, program: BenchProgram, job: Callable[[], object]) -> list[float]:
        """Seconds the event loop was late while ``job`` ran in the background."""
        ...


def form(count: int = _LINES) -> DraftForm:
    """A form of ``count`` lines at two rates."""
    rows = tuple(
        DraftLine(f"Prestation numéro {index + 1}", "2", "HUR", f"{45 + index},50", "S20" if index % 3 else "S10")
        for index in range(count)
    )
    return DraftForm(buyer_id=BUYER.id, lines=rows, due_date=(date.today() + timedelta(days=30)).isoformat())  # noqa: DTZ011


def measure(yardstick: Yardstick, *, quick: bool) -> dict[str, object]:
    """Every figure; ``holds`` says whether it is within its limit."""
    rounds = 20 if quick else 100
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        figures += _starts(yardstick, folder, 2_000 if quick else 100_000, 2 if quick else 5)
        with yardstick.open(folder / "bench.sqlite3") as program:
            program.services.companies.save(SELLER)
            program.services.buyers.save(BUYER)
            program.warm_up()
            figures += _verdict(yardstick, program, rounds)
            figures += _issues(yardstick, program, rounds)
    return {"rounds": rounds, "figures": figures, "holds": all(bool(f["holds"]) for f in figures)}


def _figure(what: str, value: float, limit: float, unit: str, **details: object) -> dict[str, object]:
    return {"what": what, "value": round(value, 4), "limit": limit, "unit": unit, "holds": value <= limit, **details}


def _starts(yardstick: Yardstick, folder: Path, count: int, rounds: int) -> list[dict[str, object]]:
    empty, full = folder / "empty.sqlite3", folder / "full.sqlite3"
    yardstick.fill(full, count)
    yardstick.start_window(empty)
    small = [yardstick.start_window(empty) for _ in range(rounds)]
    large = [yardstick.start_window(full) for _ in range(rounds)]
    return [
        _figure("window usable, empty store", statistics.median(small), 1.5, "s", runs=small),
        _figure(f"window usable, {count} invoices", statistics.median(large), 2.0, "s", runs=large),
    ]


def _verdict(yardstick: Yardstick, program: BenchProgram, rounds: int) -> list[dict[str, object]]:
    services = program.services
    context = services.check.context(SELLER.id, BUYER.id)
    typed = [replace(form(), note=f"frappe {index}") for index in range(rounds)]
    services.check.check(context, typed[0])
    times = []

    def type_on() -> None:
        for one in typed:
            started = time.perf_counter()
            services.check.check(context, one)
            times.append(time.perf_counter() - started)

    stalls = yardstick.typing_stalls(program, type_on)
    return [
        _figure("verdict p95, 10 lines", _p95(times), 0.120, "s", median=statistics.median(times)),
        _figure("window late during verdicts, worst", max(stalls, default=0.0), 0.016, "s", p95=_p95(stalls)),
    ]


def _issues(yardstick: Yardstick, program: BenchProgram, rounds: int) -> list[dict[str, object]]:
    services = program.services
    times: list[float] = []
    memory: list[int] = []
    for index in range(_ISSUES_PER_ROUND * rounds):
        draft = services.drafts.new(SELLER.id)
        services.drafts.save(draft.id, form())
        started = time.perf_counter()
        document = services.issue.issue_draft(draft.id, send=False)
        times.append(time.perf_counter() - started)
        if index % 10 == 0:
            memory.append(program.memory())
    bare = yardstick.bare_rules(document.xml, rounds)
    third = len(memory) // 3
    # The rules engine's heap rises and falls like a saw: its teeth are compared, not two instants.
    growth = max(memory[-third:]) / max(memory[2 : third + 2]) - 1
    return [
        _figure(
            "issue / bare Schematron runs, 10 lines",
            statistics.median(times[5:]) / statistics.median(bare),
            1.6,
            "ratio",
            issue_median=statistics.median(times[5:]),
            issue_p95=_p95(times[5:]),
            bare_median=statistics.median(bare),
        ),
        _figure("one-page Factur-X", len(document.pdf) / _KIB, 80, "KiB"),
        _figure(
            f"memory after {len(times)} issues, program and worker, highest",
            max(memory) / _KIB / _KIB,
            450,
            "MiB",
            runs=[round(size / _KIB / _KIB) for size in memory],
        ),
        _figure("memory growth, last third of the issues over the first", max(0.0, growth), 0.05, "ratio"),
    ]


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)] if times else 0.0
