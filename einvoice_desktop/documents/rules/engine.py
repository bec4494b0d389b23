"""The rules as the rest of the program sees them: ask from any thread, always get a report."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from einvoice_desktop.documents.rules.process import WorkerFailedError, WorkerProcess
from einvoice_desktop.documents.rules.wire import CHECK, LONGEST, PING, WARM
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.rules import RuleReport, Verdict

_CLOSED = "the rules are closed"


class PendingCheck:
    """A check under way (``ports.rules.PendingReport``)."""

    def __init__(self, future: Future[RuleReport]) -> None:
        self._future = future

    @property
    def is_done(self) -> bool:
        """Whether :meth:`result` would come back at once."""
        return self._future.done()

    def cancel(self) -> bool:
        """Drop the check if it has not begun (the document changed meanwhile); its result is then « non vérifié »."""
        return self._future.cancel()

    def result(self) -> RuleReport:
        """Wait for the verdict: at most the engine's time-out once the checks asked before are over."""
        try:
            return self._future.result()
        except CancelledError:
            return not_checked("dropped before it began")


class RulesWorker:
    """The official rules in a warm process of their own (``ports.rules.RulesEngine``). Safe to call from any thread.

    One thread owns the worker process and asks it one document after the other. Nothing starts before the first
    check or :meth:`warm_up`. A worker that dies or is late costs the check under way, and is replaced at once.

    Args:
        timeout: seconds one check may take. start_timeout: seconds the process may take to come up.
    """

    def __init__(self, *, timeout: float = 10.0, start_timeout: float = 60.0) -> None:
        self._timeout = timeout
        self._start_timeout = start_timeout
        self._lock = threading.Lock()
        self._is_closed = False
        self._process: WorkerProcess | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rules")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process identifier of the worker, ``None`` while there is none (to measure its memory)."""
        with self._lock:
            return None if self._process is None else self._process.pid

    def check(self, xml: bytes) -> RuleReport:
        """The verdict on ``xml``; never raises."""
        return self.check_later(xml).result()

    def check_later(self, xml: bytes) -> PendingCheck:
        """Start a check and come back at once."""
        future = self._submit(xml)
        if future is None:
            future = Future()
            future.set_result(not_checked(_CLOSED))
        return PendingCheck(future)

    def start(self) -> None:
        """Start the worker in the background, no rule loaded yet; returns at once. A first check then comes sooner."""
        with self._lock:
            if not self._is_closed:
                self._thread.submit(self._start)

    def warm_up(self) -> None:
        """Start the worker and load the rules of a Factur-X invoice in the background; returns at once."""
        with self._lock:
            if not self._is_closed:
                self._thread.submit(self._warm)

    def close(self) -> None:
        """Stop the worker, even in the middle of a check; later checks say « non vérifié »."""
        with self._lock:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._drop()

    def _submit(self, xml: bytes) -> Future[RuleReport] | None:
        with self._lock:
            if self._is_closed:
                return None
            try:
                return self._thread.submit(self._check, xml)
            except RuntimeError:  # the interpreter is shutting down
                return None

    def _check(self, xml: bytes) -> RuleReport:
        started = time.perf_counter()
        if len(xml) > LONGEST:
            return not_checked("the document is too large")
        try:
            answer = self._running().ask(CHECK, xml, self._timeout)
        except WorkerFailedError as error:
            self._drop()
            self.warm_up()
            return not_checked(_CLOSED if self._is_closed else str(error), time.perf_counter() - started)
        return report_of(answer)

    def _start(self) -> None:
        with suppress(WorkerFailedError):  # the first check tries again and says why it failed
            self._running()

    def _warm(self) -> None:
        try:
            self._running().ask(WARM, b"", self._start_timeout)
        except WorkerFailedError:
            self._drop()  # the next check tries again and says why it failed

    def _running(self) -> WorkerProcess:
        """The live worker, a new one when the last is gone."""
        if self._process is not None and not self._answers(self._process):
            self._drop()
        process = self._process
        if process is None:
            process = WorkerProcess(self._timeout)
            with self._lock:
                self._process = process  # known at once, so that close() can end it while it comes up
                if self._is_closed:
                    process.kill()
            process.wait_until_ready(self._start_timeout)
        return process

    def _answers(self, process: WorkerProcess) -> bool:
        """Whether it is there to be asked. A killed process may look alive while its threads end: only a word proves it.

        Raises:
            WorkerFailedError: it hangs: that is a check not made, not a worker to replace unseen.
        """
        if not process.is_alive:
            return False
        try:
            process.ask(PING, b"", self._timeout)
        except WorkerFailedError:
            if process.is_late or self._is_closed:
                raise
            return False
        return True

    def _drop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.stop()


def not_checked(why: str, elapsed: float = 0.0) -> RuleReport:
    """The report of a document whose rules could not run."""
    return RuleReport(Verdict.NOT_CHECKED, why_not_checked=why, elapsed=elapsed)


def report_of(answer: Mapping[str, Any]) -> RuleReport:
    """The worker's answer (:class:`einvoice_desktop.documents.rules.wire.Reply`) as a report."""
    findings = tuple(
        Finding(
            code=item["code"],
            place=item["place"],
            severity=Severity(item["severity"]),
            message=item["message"],
            location=item["location"],
            params=item["params"],
        )
        for item in answer["findings"]
    )
    return RuleReport(
        verdict=_verdict(findings, answer["why_not_checked"]),
        findings=findings,
        en16931_compliant=answer["en16931_compliant"],
        format=answer["format"],
        profile=answer["profile"],
        type_code=answer["type_code"],
        checked=tuple(answer["checked"]),
        why_not_checked=answer["why_not_checked"],
        elapsed=answer["elapsed"],
    )


def _verdict(findings: tuple[Finding, ...], why_not_checked: str) -> Verdict:
    if why_not_checked:
        return Verdict.NOT_CHECKED
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Verdict.NOT_CONFORMING
    return Verdict.CONFORMING
