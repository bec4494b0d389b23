"""A program that issues and sends a draft, and dies by SIGKILL at a chosen point: run by ``test_killed``.

Arguments: store file, draft identifier, name of the point.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from einvoice_desktop.bootstrap import Program

POINTS = (
    "before_rules",
    "after_rules",
    "after_pdf",
    "before_transaction",
    "after_number",
    "after_document",
    "after_ledger",
    "after_outbox",
    "after_draft_deleted",
    "before_commit",
    "after_commit",
    "before_sending_mark",
    "after_sending_mark_written",
    "after_sending_mark_committed",
    "before_directory",
    "before_request",
    "after_request_sent",
    "after_answer",
    "before_accepted_commit",
    "after_accepted_commit",
)
"""Twenty points between « Émettre et envoyer » and the platform's answer being recorded."""


def die() -> None:
    """SIGKILL: no handler, no flush, no farewell."""
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, *, call: int = 1) -> None:
    """Die when ``owner.name`` is called for the ``call``-th time."""
    _wrap(owner, name, call, is_after=False)


def after(owner: Any, name: str, *, call: int = 1) -> None:
    """Die when ``owner.name`` has returned for the ``call``-th time."""
    _wrap(owner, name, call, is_after=True)


def _wrap(owner: Any, name: str, call: int, *, is_after: bool) -> None:
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def wrapper(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if not is_after and calls == call:
            die()
        result = original(*arguments, **named)
        if is_after and calls == call:
            die()
        return result

    setattr(owner, name, wrapper)


def arm(program: Program, point: str) -> None:
    """Set the trap of ``point``."""
    from einvoice_desktop.connectors.afnor.connector import AfnorPlatform
    from einvoice_desktop.documents.pdf.maker import ReportlabPdf
    from einvoice_desktop.documents.rules import PendingCheck, RulesWorker
    from einvoice_desktop.services.issue_invoice import IssueInvoice
    from einvoice_desktop.store import unit_of_work
    from einvoice_desktop.store.repositories import documents, keeping, messages, register

    kind = unit_of_work.SqliteUnitOfWork
    traps: dict[str, Callable[[], None]] = {
        "before_rules": lambda: before(RulesWorker, "check_later"),
        "after_rules": lambda: after(PendingCheck, "result"),
        "after_pdf": lambda: after(ReportlabPdf, "make"),
        "before_transaction": lambda: before(IssueInvoice, "_commit"),
        "after_number": lambda: after(documents.SqlNumbers, "take"),
        "after_document": lambda: after(documents.SqlIssued, "add"),
        "after_ledger": lambda: after(register.SqlLedger, "append"),
        "after_outbox": lambda: after(messages.SqlOutbox, "add"),
        "after_draft_deleted": lambda: after(keeping.SqlDrafts, "delete"),
        "before_commit": lambda: before(kind, "commit"),
        "after_commit": lambda: after(kind, "commit"),
        "before_sending_mark": lambda: before(messages.SqlOutbox, "update"),
        "after_sending_mark_written": lambda: after(messages.SqlOutbox, "update"),
        "after_sending_mark_committed": lambda: before(AfnorPlatform, "submit"),
        "before_directory": lambda: _on_url("/directory-line/search", is_after=False),
        "before_request": lambda: _on_url("/v1/flows", is_after=False),
        "after_request_sent": _cut_after_sending,
        "after_answer": lambda: after(AfnorPlatform, "submit"),
        "before_accepted_commit": lambda: before(messages.SqlOutbox, "update", call=2),
        "after_accepted_commit": lambda: after(messages.SqlOutbox, "update", call=2),
    }
    traps[point]()


def _on_url(end: str, *, is_after: bool) -> None:
    import httpx

    original = httpx.HTTPTransport.handle_request

    def handle(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        is_it = request.url.path.endswith(end) and request.method == "POST"
        if is_it and not is_after:
            die()
        response = original(self, request)
        if is_it and is_after:
            die()
        return response

    httpx.HTTPTransport.handle_request = handle  # type: ignore[method-assign]


def _cut_after_sending() -> None:
    """The platform has answered; its answer is never read."""
    _on_url("/v1/flows", is_after=True)


def main() -> None:
    """Issue, send, and die on the way."""
    store, draft, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    program = Program(store)
    arm(program, point)
    program.services.issue.issue_draft(draft, send=True)
    program.turn()
    program.close()


if __name__ == "__main__":
    main()
