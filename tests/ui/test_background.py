"""Jobs leave the window free and come back to it: in order, once, or not at all."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from einvoice_desktop.ports.errors import Cancelled
from einvoice_desktop.ui.background import Background, Collector, InlineExecutor, Lane, Latest


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    runner = Background()
    yield runner
    runner.close()


def test_a_result_comes_back_on_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    background.run(lambda: current_thread() is main_thread(), success=lambda r: seen.append((r, _here())))
    assert background.is_busy
    qtbot.waitUntil(lambda: not background.is_busy)
    assert seen == [(False, True)]


def test_even_a_job_done_at_once_answers_after_the_call(qtbot: QtBot) -> None:
    background = Background(InlineExecutor())
    seen: list[str] = []
    background.run(lambda: "late", success=seen.append)
    assert seen == []
    qtbot.waitUntil(lambda: seen == ["late"])


def test_an_error_reaches_its_handler_or_the_shell(background: Background, qtbot: QtBot) -> None:
    own: list[Exception] = []
    shell: list[Exception] = []
    background.failed.connect(shell.append)
    background.run(_fail, failure=own.append)
    background.run(_fail)
    qtbot.waitUntil(lambda: not background.is_busy)
    assert [type(e) for e in own + shell] == [KeyError, KeyError]


def test_cancelling_is_silence(background: Background, qtbot: QtBot) -> None:
    started = Event()
    seen: list[object] = []
    stop = Event()

    def work() -> None:
        started.set()
        stop.wait(5)
        raise Cancelled

    job = background.run(work, success=seen.append, failure=seen.append, stop=stop)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not background.is_busy)
    assert seen == []


def test_writes_never_overlap(background: Background, qtbot: QtBot) -> None:
    order: list[str] = []
    go = Event()

    def first() -> None:
        go.wait(5)
        order.append("first")

    background.run(first, lane=Lane.WRITE)
    background.run(lambda: order.append("second"), lane=Lane.WRITE)
    go.set()
    qtbot.waitUntil(lambda: not background.is_busy)
    assert order == ["first", "second"]


def test_newest_wins(background: Background, qtbot: QtBot) -> None:
    latest: Latest[str] = Latest(background)
    go = Event()
    ran: list[str] = []
    shown: list[str] = []

    def work(name: str) -> str:
        go.wait(5)
        ran.append(name)
        return name

    for name in ("a", "ab", "abc"):
        latest.run(lambda name=name: work(name), shown.append)  # type: ignore[misc]
    go.set()
    qtbot.waitUntil(lambda: shown == ["abc"])
    assert ran == ["a", "abc"]
    assert not latest.is_busy


def test_progress_is_told_on_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, bool]] = []
    tell = background.progress(lambda done, total: seen.append((done, total, _here())))
    background.run(lambda: tell(1, 2))
    qtbot.waitUntil(lambda: seen == [(1, 2, True)])


def test_closing_waits_and_takes_no_more(background: Background) -> None:
    ended = Event()
    background.run(ended.set)
    background.close()
    assert ended.is_set()
    background.run(_fail)
    assert not background.is_busy


def _fail() -> None:
    raise KeyError("lost")


def _here() -> bool:
    return current_thread() is main_thread()


class _Cycle:
    """Knows itself, and remembers the thread that ended it."""

    def __init__(self, ended_on: list[int]) -> None:
        self.me = self
        self._ended_on = ended_on

    def __del__(self) -> None:
        self._ended_on.append(threading.get_ident())


def test_cycles_end_on_the_thread_of_the_window_alone(qtbot: QtBot) -> None:
    ended_on: list[int] = []
    background = Background()
    collector = Collector.begin()
    try:

        def work() -> int:
            kept = [[] for _ in range(200_000)]  # type: ignore[var-annotated] # enough to be due on any thread
            return len(kept)

        for _ in range(50):
            _Cycle(ended_on)
        done: list[int] = []
        for _ in range(3):
            background.run(work, success=done.append)
        qtbot.waitUntil(lambda: len(done) == 3, timeout=20_000)
        assert set(ended_on) <= {threading.get_ident()}
        gc.collect()
        assert len(ended_on) == 50
        for _ in range(50):
            _Cycle(ended_on)
        kept = [[] for _ in range(2_000)]  # type: ignore[var-annotated] # due here: the timer sees to it
        qtbot.waitUntil(lambda: len(ended_on) == 100, timeout=5_000)
        del kept
    finally:
        collector.end()
        background.close()
    assert set(ended_on) == {threading.get_ident()}
    assert gc.isenabled()
