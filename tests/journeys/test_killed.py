"""Killed at twenty points between « Émettre et envoyer » and the answer: one number, one entry, one flow, no gap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from einvoice_desktop.bootstrap import Program, Tools
from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.ledger.entry import EntryKind
from einvoice_desktop.ports.unit_of_work import OutboxState, ledger_scope
from einvoice_desktop.sandbox import SandboxServer
from tests.conftest import PROJECT
from tests.fakes.office import BUYER, SELLER, form
from tests.journeys.killed_program import POINTS

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def tools() -> Iterator[Tools]:
    """One rules worker for every platform of this module."""
    tools = Tools()
    tools.rules.warm_up()
    yield tools
    tools.close()


@pytest.mark.parametrize("point", POINTS)
def test_one_number_one_entry_one_flow(
    point: str, tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EINVOICE_PASSPHRASE", "clé de test")
    store = tmp_path / "store.sqlite3"
    with SandboxServer(tmp_path / "platform.sqlite3", tools.rules, tools.reader, CdarWriter(), pace=0) as server:
        draft = _prepare(store, server)
        died = subprocess.run(
            [sys.executable, "-m", "tests.journeys.killed_program", str(store), draft, point],
            cwd=PROJECT,
            env=os.environ | {"EINVOICE_PASSPHRASE": "clé de test"},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert died.returncode == -signal.SIGKILL, died.stderr.decode()
        _finish(store, draft)
        _check(store, server)


def _prepare(store: Path, server: SandboxServer) -> str:
    program = Program(store)
    try:
        program.services.companies.save(SELLER)
        program.services.buyers.save(replace(BUYER, scenario=""))
        program.services.platform.connect(server.profile("external"), server.CLIENT_SECRET)
        draft = program.services.drafts.new(SELLER.id)
        today = draft.form.issue_date
        program.services.drafts.save(draft.id, form(issue_date=today))
        return draft.id
    finally:
        program.close()


def _finish(store: Path, draft_id: str) -> None:
    """What the user does after a crash: opens the program again and, if his draft is still there, issues it."""
    program = Program(store)
    try:
        with program.store.reading() as work:
            is_draft = work.drafts.get(draft_id) is not None
        if is_draft:
            program.services.issue.issue_draft(draft_id, send=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            program.turn()
            with program.store.reading() as work:
                document = work.issued.by_number(SELLER.id, program.store.environment, _number(program))
                assert document is not None
                if all(e.state is OutboxState.ACCEPTED for e in work.outbox.of(document.id)):
                    return
            time.sleep(0.25)
        pytest.fail("never acknowledged")
    finally:
        program.close()


def _number(program: Program) -> str:
    return f"F{program.services.drafts._clock.today().year}-0001"


def _check(store: Path, server: SandboxServer) -> None:
    program = Program(store)
    try:
        with program.store.reading() as work:
            scope = ledger_scope(SELLER.id, program.store.environment)
            entries = [e for e in work.ledger.entries(scope) if e.kind == EntryKind.DOCUMENT_ISSUED]
        assert [e.payload["number"] for e in entries] == [_number(program)]
        (report,) = program.services.ledger.run()
        assert report.is_intact
        context = program.services.check.context(SELLER.id, BUYER.id)
        assert context.number.endswith("-0002")
        profile = program.services.platform.ready()
        assert profile is not None
        platform = program.services.platform.open(profile)
        flows = [
            flow
            for flow in platform.changes(entries[0].at.replace(year=2000)).flows
            if flow.flow_type == "CustomerInvoice"
        ]
        platform.close()
        assert len(flows) == 1
    finally:
        program.close()
