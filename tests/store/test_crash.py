"""A process killed in the middle of issuing leaves no trace: same next number, a whole chain, nothing half kept."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from einvoice_desktop.ledger.chain import verify_chain
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import open_store
from tests.store.conftest import with_company
from tests.store.records import SCOPE, SERIES, issue

PROJECT = Path(__file__).resolve().parents[2]

_ISSUE_AND_STOP = """
import os, sys
from pathlib import Path
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import open_store
from tests.store.records import NOON, SCOPE, SERIES, issued, sending

def stop(at):
    if sys.argv[2] == at:
        print("there", flush=True)
        sys.stdin.read()

store = open_store(Path(sys.argv[1]), Environment.SANDBOX)
work = store.unit_of_work()
work.__enter__()
number = work.numbers.take("c1", Environment.SANDBOX, SERIES, "i2")
stop("number")
big = os.urandom(3_000_000)  # more than the cache keeps: some of it is in the journal before the commit
import hashlib
work.issued.add(issued("i2", number, pdf=big, pdf_sha256=hashlib.sha256(big).hexdigest()))
stop("document")
work.ledger.append(scope=SCOPE, kind="document_issued", subject="i2", at=NOON, payload={"number": number})
work.outbox.add(sending("o2", "i2"))
stop("entry")
work.commit()
stop("committed")
"""


def issue_until(path: Path, point: str) -> None:
    """Issue in another process, killed (SIGKILL) at ``point``."""
    command = [sys.executable, "-c", _ISSUE_AND_STOP, str(path), point]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL


@pytest.fixture
def with_one(path: Path) -> Path:
    with closing(open_store(path, Environment.SANDBOX)) as store:
        with_company(store)
        issue(store, "i1")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("point", ["number", "document", "entry"])
def test_killed_before_the_commit_there_is_no_trace(with_one: Path, point: str) -> None:
    issue_until(with_one, point)
    with closing(open_store(with_one, Environment.SANDBOX)) as store:
        with store.reading() as work:
            assert work.issued.get("i2") is None
            assert work.outbox.of("i2") == ()
            assert work.numbers.preview("c1", Environment.SANDBOX, SERIES) == "F2026-0002"
            assert verify_chain(SCOPE, work.ledger.entries(SCOPE)).head_sequence == 1
            assert work.ledger.orphans(SCOPE, "c1") == ()
        assert store.queries.counters("c1").issued == 1
        assert store.check_integrity().problems == ()
        assert issue(store, "i3") == "F2026-0002"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_after_the_commit_everything_is_there(with_one: Path) -> None:
    issue_until(with_one, "committed")
    with closing(open_store(with_one, Environment.SANDBOX)) as store, store.reading() as work:
        document = work.issued.get("i2")
        assert document is not None
        assert len(document.pdf) == 3_000_000
        assert [entry.id for entry in work.outbox.of("i2")] == ["o2"]
        report = verify_chain(SCOPE, work.ledger.entries(SCOPE))
        assert (report.head_sequence, report.is_intact) == (2, True)
        assert all(files.is_intact for files in work.ledger.frozen_files("c1"))
