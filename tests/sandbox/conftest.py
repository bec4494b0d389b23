"""A world per test, and no thread left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.world import World, open_world


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Whatever a test starts has ended when it ends."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    for thread in left:
        thread.join(2)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def open_worlds(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Opens worlds over one state file; all are closed at the end."""
    opened: list[World] = []

    def make(**options: Any) -> World:
        opened.append(open_world(tmp_path / "state" / "practice.sqlite3", **options))
        return opened[-1]

    yield make
    for world in opened:
        world.close()


@pytest.fixture
def world(open_worlds: Callable[..., World]) -> World:
    """The usual practice platform: two seconds between steps, on a clock that stands still."""
    return open_worlds(pace=2.0)
