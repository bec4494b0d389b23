"""Work away from the window: jobs run in executors, their results come back on the thread of the window.

Background code is plain Python and only calls ``emit``; the signal lives on the GUI thread and its connection is queued,
so a result never arrives inside the call that asked for it, and never twice.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from enum import Enum
from threading import Event
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from einvoice_desktop.ports.errors import Cancelled

ResultT = TypeVar("ResultT")


class Collector(QObject):
    """Ends cycles of Python objects on the thread of the window, and nowhere else.

    Left alone, Python collects on whichever thread allocates next. A closed sheet is a cycle that holds Qt objects:
    collected by a worker or by the synchronisation, it crashes the program.
    """

    _only: Collector | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY)
        self._timer.timeout.connect(self.collect)

    @classmethod
    def begin(cls) -> Collector:
        """From now on only here (to be called on the thread of the window); until :meth:`end`, usually for good."""
        if cls._only is None:
            cls._only = cls()
        cls._only.start()
        return cls._only

    def start(self) -> None:
        """Take collecting from Python."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()

    @staticmethod
    def collect() -> None:
        """The generations that are due by Python's own counts."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return


class Lane(Enum):
    """Which worker does it: reads may overlap, writes never do, the network waits for nobody."""

    READ = "read"
    WRITE = "write"
    NETWORK = "network"


_COLLECT_EVERY = 500
"""Milliseconds."""
_WORKERS = {Lane.READ: 2, Lane.WRITE: 1, Lane.NETWORK: 1}


class InlineExecutor(Executor):
    """Does the job at once, in the calling thread (tests)."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future


class Job:
    """One piece of work under way. ``stop`` is the event a long piece of work looks at."""

    def __init__(self, lane: Lane, stop: Event | None = None) -> None:
        self.lane = lane
        self.stop = stop or Event()
        self.success: Callable[[Any], None] | None = None
        self.failure: Callable[[Exception], None] | None = None

    def cancel(self) -> None:
        """Nobody wants the result any more: it reaches the user as silence."""
        self.stop.set()


class Background(QObject):
    """Runs jobs away from the GUI thread and brings their results back to it.

    Signals:
        failed: an error nobody asked for (the shell shows it). busy_changed: whether anything is under way.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)
    _ended = Signal(object, object, object)
    _moved = Signal(object, int, int)

    def __init__(self, executor: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shared = executor
        self._executors: dict[Lane, Executor] = {}
        self._jobs: set[Job] = set()
        self._is_closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way or its result not yet delivered."""
        return bool(self._jobs)

    def run(
        self,
        work: Callable[[], ResultT],
        *,
        success: Callable[[ResultT], None] | None = None,
        failure: Callable[[Exception], None] | None = None,
        lane: Lane = Lane.READ,
        stop: Event | None = None,
    ) -> Job:
        """Do ``work`` on another thread, then call ``success`` or ``failure`` on this one.

        Without ``failure`` an error reaches the user through :attr:`failed`. A callback that is a method of a deleted
        page is not called. ``stop``: the event ``work`` itself looks at, set by :meth:`Job.cancel`.
        """
        job = Job(lane, stop)
        job.success, job.failure = success, failure
        if self._is_closed:
            return job
        self._jobs.add(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._executor(lane).submit(self._work, job, work)
        return job

    def progress(self, tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """A function any thread may call with (done, total); ``tell`` is then called on the GUI thread."""

        def from_worker(done: int, total: int) -> None:
            self._moved.emit(tell, done, total)

        return from_worker

    def close(self) -> None:
        """Take no more work, cancel what only reads, and wait until every write asked for is done."""
        self._is_closed = True
        for job in self._jobs:
            if job.lane is not Lane.WRITE:
                job.cancel()
        for lane, executor in self._executors.items():
            executor.shutdown(wait=True, cancel_futures=lane is not Lane.WRITE)
        self._jobs.clear()

    def _executor(self, lane: Lane) -> Executor:
        if self._shared is not None:
            return self._shared
        if lane not in self._executors:
            self._executors[lane] = ThreadPoolExecutor(_WORKERS[lane], thread_name_prefix=f"ui-{lane.value}")
        return self._executors[lane]

    def _work(self, job: Job, work: Callable[[], object]) -> None:
        result: object = None
        error: Exception | None = None
        if not job.stop.is_set():
            try:
                result = work()
            except Exception as caught:  # noqa: BLE001 - brought to the GUI thread, never lost
                error = caught
        if not self._is_closed:
            self._ended.emit(job, result, error)

    def _deliver(self, job: Job, result: object, error: Exception | None) -> None:
        self._jobs.discard(job)
        try:
            self._call(job, result, error)
        finally:
            if not self._jobs:
                self.busy_changed.emit(False)

    def _call(self, job: Job, result: object, error: Exception | None) -> None:
        if job.stop.is_set() or isinstance(error, Cancelled):
            return
        if error is None:
            if job.success is not None and _is_alive(job.success):
                job.success(result)
        elif job.failure is None:
            self.failed.emit(error)
        elif _is_alive(job.failure):
            job.failure(error)

    def _tell_progress(self, tell: Callable[[int, int], None], done: int, total: int) -> None:
        if _is_alive(tell):
            tell(done, total)


def _is_alive(callback: Callable[..., None]) -> bool:
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Latest(Generic[ResultT]):
    """Newest wins: while one job runs only the newest asked for waits; results of older ones are dropped."""

    def __init__(self, background: Background, *, lane: Lane = Lane.READ) -> None:
        self._background = background
        self._lane = lane
        self._running: Job | None = None
        self._next: tuple[Callable[[], ResultT], Callable[[ResultT], None], Callable[[Exception], None] | None] | None
        self._next = None

    @property
    def is_busy(self) -> bool:
        """Whether something runs or waits."""
        return self._running is not None

    def run(
        self,
        work: Callable[[], ResultT],
        success: Callable[[ResultT], None],
        failure: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do ``work`` as soon as the one under way has ended, unless a newer one is asked for meanwhile."""
        self._next = (work, success, failure)
        if self._running is None:
            self._start()

    def cancel(self) -> None:
        """Forget what waits and drop the result of what runs."""
        self._next = None
        if self._running is not None:
            self._running.success = self._ignore
            self._running.failure = self._ignore

    def _ignore(self, _outcome: object) -> None:
        self._end()

    def _start(self) -> None:
        if self._next is None:
            return
        work, success, failure = self._next
        self._next = None

        def succeeded(result: ResultT) -> None:
            if not self._end() and _is_alive(success):
                success(result)

        def failed(error: Exception) -> None:
            if self._end():
                return
            if failure is None:
                self._background.failed.emit(error)
            elif _is_alive(failure):
                failure(error)

        self._running = self._background.run(work, success=succeeded, failure=failed, lane=self._lane)

    def _end(self) -> bool:
        """The job under way is over; whether a newer one was started in its place."""
        self._running = None
        has_next = self._next is not None
        self._start()
        return has_next
