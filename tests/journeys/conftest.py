"""A whole program on a store of its own, the practice platform included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from einvoice_desktop.bootstrap import Program


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    monkeypatch.setenv("EINVOICE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EINVOICE_PASSPHRASE", "clé de test")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """An empty sandbox store; the other side answers at once."""
    program = Program(tmp_path / "store.sqlite3", pace=0)
    yield program
    program.close()
