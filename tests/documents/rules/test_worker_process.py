"""The worker dies, hangs, is asked by many and is left behind: the program always gets a report."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import einvoice_desktop
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.documents.rules.engine import report_of
from einvoice_desktop.documents.rules.judge import empty_reply
from einvoice_desktop.ports.rules import RulesEngine, Verdict
from tests.documents.rules.samples import cii_invoice

PROJECT = Path(einvoice_desktop.__file__).resolve().parent.parent
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stops a process with POSIX signals")


@pytest.fixture
def worker() -> Iterator[RulesWorker]:
    """A worker of this test alone; whatever happens to it, its process and its thread are gone afterwards."""
    with RulesWorker() as worker:
        yield worker


def pid_of(worker: RulesWorker) -> int:
    worker.check(b"<a/>")
    assert worker.pid is not None
    return worker.pid


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        threading.Event().wait(0.01)
    return condition()


def ticks(pid: int) -> int:
    """Processor time a process has used, in ticks of the system (a hundredth of a second)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_it_is_the_engine_the_program_asks_for() -> None:
    engine: RulesEngine = RulesWorker()
    engine.close()


def test_nothing_starts_before_it_is_needed() -> None:
    before = threading.active_count()
    worker = RulesWorker()

    assert worker.pid is None
    assert threading.active_count() == before
    worker.close()


@posix_only
def test_killed_in_the_middle_of_a_check(worker: RulesWorker, invoice: bytes) -> None:
    first = pid_of(worker)
    worker.check(invoice)
    at_rest = ticks(first)
    pending = worker.check_later(cii_invoice(lines=2000))
    assert within(10, lambda: ticks(first) > at_rest + 10)
    os.kill(first, signal.SIGKILL)

    report = pending.result()
    assert report.verdict is Verdict.NOT_CHECKED
    assert "signal 9" in report.why_not_checked
    assert not report.en16931_compliant

    assert worker.check(invoice).verdict is Verdict.CONFORMING
    assert worker.pid not in {None, first}


@posix_only
def test_killed_while_idle_costs_nothing(worker: RulesWorker, invoice: bytes) -> None:
    first = pid_of(worker)
    os.kill(first, signal.SIGKILL)
    assert within(5, lambda: not is_running(first))

    assert worker.check(invoice).verdict is Verdict.CONFORMING


@posix_only
def test_too_late_is_not_checked_and_the_next_one_is(invoice: bytes) -> None:
    with RulesWorker(timeout=0.3) as worker:
        first = pid_of(worker)
        os.kill(first, signal.SIGSTOP)
        started = time.monotonic()
        report = worker.check(invoice)

        assert report.verdict is Verdict.NOT_CHECKED
        assert report.why_not_checked == "no verdict within 0.3 s"
        assert 0.3 <= time.monotonic() - started < 5
        assert not is_running(first)
        assert worker.check(b"<a/>").verdict is Verdict.NOT_CONFORMING, "a new worker answers"


@posix_only
def test_a_worker_that_never_comes_up_is_not_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, invoice: bytes
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 7\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with RulesWorker() as worker:
        worker.warm_up()
        assert "exit code 7" in worker.check(invoice).why_not_checked

        monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
        report = worker.check(invoice)
        assert report.verdict is Verdict.NOT_CHECKED
        assert "cannot start" in report.why_not_checked


def test_four_threads_ask_at_once(engine: RulesWorker, invoice: bytes) -> None:
    broken = invoice.replace(b">PMT<", b">REG<")
    documents = [invoice, broken, b"<a/>", b""] * 6
    with ThreadPoolExecutor(4) as threads:
        reports = list(threads.map(engine.check, documents))

    for position, report in enumerate(reports):
        expected = [[], ["BR-FR-05_BT-22_PMT"], ["XSD"], ["XSD"]][position % 4]
        assert [finding.code for finding in report.findings] == expected


def test_other_work_goes_on_meanwhile_and_stale_checks_are_dropped(engine: RulesWorker, invoice: bytes) -> None:
    pending = [engine.check_later(invoice) for _ in range(4)]
    assert not pending[-1].is_done

    dropped = pending[-2].cancel()
    assert dropped
    assert pending[-2].result().verdict is Verdict.NOT_CHECKED
    assert pending[-1].result().verdict is Verdict.CONFORMING


def test_a_large_document_passes_the_pipe_both_ways(engine: RulesWorker) -> None:
    xml = b"<a>" + b"x" * 30_000_000 + b"</a>"

    assert [finding.code for finding in engine.check(xml).findings] == ["XSD"]


def test_closed_means_not_checked(invoice: bytes) -> None:
    worker = RulesWorker()
    pid = pid_of(worker)
    pending = [worker.check_later(invoice) for _ in range(5)]
    worker.close()
    worker.close()

    assert worker.check(invoice).why_not_checked == "the rules are closed"
    assert all(report.result().verdict in set(Verdict) for report in pending)
    assert pending[-1].result().verdict is Verdict.NOT_CHECKED
    worker.warm_up()
    assert worker.pid is None
    assert not Path(f"/proc/{pid}").exists(), "not even a zombie is left"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files in /proc")
def test_nothing_leaks() -> None:
    def count() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    RulesWorker().close()
    before = count()
    for _ in range(3):
        with RulesWorker() as worker:
            os.kill(pid_of(worker), signal.SIGKILL)
            worker.check(b"<a/>")

    assert count() == before


PROGRAM = """
import sys
from einvoice_desktop.documents.rules import RulesWorker

worker = RulesWorker()
print(worker.check(b"<a/>").verdict.value, worker.pid, flush=True)
sys.stdin.read()
"""


@posix_only
def test_it_dies_with_a_program_that_is_killed(tmp_path: Path) -> None:
    """The program is a script without a main guard, run from a folder that holds nothing of ours."""
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        verdict, pid = program.stdout.readline().split()
        assert verdict == "non_conforme"
        assert is_running(int(pid))
        program.kill()

        assert within(10, lambda: not is_running(int(pid)))


@posix_only
def test_a_program_that_forgets_to_close_still_ends(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert within(10, lambda: not is_running(int(done.stdout.split()[1])))
    assert done.stderr == ""


WINDOW = """
from PySide6.QtCore import QCoreApplication, QRunnable, QThreadPool
from einvoice_desktop.documents.rules import RulesWorker

class Check(QRunnable):
    def run(self):
        verdicts.append(worker.check(b"<a/>").verdict.value)

app = QCoreApplication([])
worker, verdicts = RulesWorker(), []
worker.warm_up()
for _ in range(8):
    QThreadPool.globalInstance().start(Check())
QThreadPool.globalInstance().waitForDone()
worker.close()
print(*verdicts)
"""


def test_threads_of_a_window_ask(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WINDOW],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["non_conforme"] * 8
    assert done.stderr == ""


HEAVY = """
import sys
import einvoice_desktop.documents.rules.worker, einvoice_desktop.documents.rules.judge
heavy = {"PySide6", "sqlalchemy", "httpx", "facturx", "pydantic", "reportlab", "pypdf"}
print(*heavy.intersection(name.split(".")[0] for name in sys.modules))
"""


def test_the_worker_carries_neither_window_nor_store() -> None:
    done = subprocess.run([sys.executable, "-c", HEAVY], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


@pytest.mark.parametrize("content", [None, "<no-schema/>"])
def test_a_missing_or_broken_rule_file_is_never_a_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    """The worker finds another package of that name first, without (usable) rule files inside."""
    (tmp_path / "pyfrctc" / "frr-xsd").mkdir(parents=True)
    (tmp_path / "pyfrctc" / "__init__.py").touch()
    if content is not None:
        (tmp_path / "pyfrctc" / "frr-xsd" / "ereporting.xsd").write_text(content)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with RulesWorker() as worker:
        report = worker.check(b"<Report/>")

    assert report.verdict is Verdict.NOT_CHECKED
    assert "ereporting.xsd" in report.why_not_checked


def test_without_the_rule_engine_nothing_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "saxonche.py").write_text("raise ImportError('no such engine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with RulesWorker() as worker:
        report = worker.check(b"<Report/>")

    assert report.verdict is Verdict.NOT_CHECKED
    assert "no such engine" in report.why_not_checked


def test_an_answer_that_could_not_check_is_never_a_pass() -> None:
    reply = empty_reply()
    reply["why_not_checked"] = "something broke"

    assert report_of(reply).verdict is Verdict.NOT_CHECKED
