"""A terminal, a home of its own, and a body that can be issued."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from einvoice_desktop.bootstrap import main
from tests.cli.terminal import Body, Result, Terminal
from tests.journeys.bodies import reference


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    monkeypatch.setenv("EINVOICE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EINVOICE_PASSPHRASE", "clé de test")
    monkeypatch.delenv("EINVOICE_CLIENT_SECRET", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command in this process."""

    def command(*arguments: object) -> Result:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return command


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "données.sqlite3"


@pytest.fixture
def body() -> Body:
    """The reference's own example, for a French customer, dated today."""
    return reference(date.today())  # noqa: DTZ011 - the day of the person at the terminal


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    folder = tmp_path / "disque"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk can only be mounted by root on Linux: {error}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
