"""Stores to test: the real one on disk and the in-memory fake, under the same contract."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from einvoice_desktop.ports.unit_of_work import Environment, Store
from einvoice_desktop.store import SqliteStore, open_store
from tests.fakes.store import FakeStore
from tests.store.records import company


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store's file, made once: tests copy it."""
    path = tmp_path_factory.mktemp("empty") / "store.sqlite"
    open_store(path, Environment.SANDBOX).close()
    return path


@pytest.fixture
def path(tmp_path: Path, empty_file: Path) -> Path:
    """A store's file of this test's own."""
    return Path(shutil.copy(empty_file, tmp_path / "store.sqlite"))


@pytest.fixture
def real(path: Path) -> Iterator[SqliteStore]:
    """The real store, with the company ``c1``."""
    store = open_store(path, Environment.SANDBOX)
    with_company(store)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "fake"])
def store(request: pytest.FixtureRequest) -> Store:
    """Both stores, with the company ``c1``."""
    if request.param == "sqlite":
        found: Store = request.getfixturevalue("real")
        return found
    fake = FakeStore(Environment.SANDBOX)
    with_company(fake)
    return fake


def with_company(store: Store) -> None:
    with store.unit_of_work() as work:
        work.companies.add(company())
        work.commit()
