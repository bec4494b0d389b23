"""Stores to test: the real one on disk and the in-memory fake."""

from __future__ import annotations

import pytest

from einvoice_desktop.ports.unit_of_work import Environment, Store
from tests.fakes.store import FakeStore


@pytest.fixture
def store() -> Store:
    return FakeStore(Environment.SANDBOX)
