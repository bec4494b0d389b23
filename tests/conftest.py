"""What every test may use: where the corpus lies, and golden files with an update flag."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """``../shared`` beside the project (or ``EINVOICE_SHARED``), ``None`` where it is absent."""
    folder = Path(os.environ.get("EINVOICE_SHARED", PROJECT.parent / "shared"))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared reference material; the test is skipped, with this reason, where it is absent."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the reference material (../shared) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """Real e-invoices and life-cycle messages with the official verdict of each."""
    return Path(os.environ.get("EINVOICE_CORPUS", shared / "corpus"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files under tests/data")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
