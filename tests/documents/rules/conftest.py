"""One warm worker for the whole session, and invoices to give it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from einvoice_desktop.documents.rules import RulesWorker
from tests.documents.rules.samples import cii_invoice


@pytest.fixture(scope="session")
def engine() -> Iterator[RulesWorker]:
    """The engine as the program has it."""
    with RulesWorker() as worker:
        worker.warm_up()
        yield worker


@pytest.fixture(scope="session")
def invoice() -> bytes:
    """A compliant Factur-X invoice of one line."""
    return cii_invoice(lines=1)
