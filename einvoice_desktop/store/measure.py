"""How long a store takes to open, list, search, count and write, for ``bench``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median, quantiles

from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.ledger.entry import EntryKind
from einvoice_desktop.ports.unit_of_work import IssuedDocument, ledger_scope
from einvoice_desktop.store.filling import fill
from einvoice_desktop.store.opening import open_store
from einvoice_desktop.store.sqlite_store import SqliteStore

_SEARCHES = {
    "frequent word": "dupont",
    "rare text": "editions besson sete",
    "number": "F{year}-000123",
    "amount": "1 250,00",
    "two letters": "sè",
    "nothing found": "zzz qui n'existe pas",
}


def fill_for_measure(store: SqliteStore, company_id: str, count: int, *, last_day: date | None = None) -> None:
    """Add ``count`` plausible issued documents with valid register entries to an open store (seconds for 100,000).

    ``last_day``: issue date of the last one, today (UTC) when not given.
    """
    fill(store.path, company_id, store.environment, count, last_day or datetime.now(UTC).date())


def timings(act: Callable[[], object], rounds: int = 20) -> dict[str, float]:
    """``act`` repeated: median and 95th percentile, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return {"median_ms": round(median(times), 2), "p95_ms": round(quantiles(times, n=20)[-1], 2)}


def measure_reads(store: SqliteStore, company_id: str, rounds: int = 20) -> dict[str, dict[str, float]]:
    """Lists, searches and counters of ``company_id``, each in milliseconds."""
    queries = store.queries
    first = queries.invoices(company_id)
    year = first.rows[0].issue_date.year if first.rows and first.rows[0].issue_date else 2026
    acts: dict[str, Callable[[], object]] = {
        "first page": lambda: queries.invoices(company_id),
        "next page": lambda: queries.invoices(company_id, after=first.next_key),
        "counters": lambda: queries.counters(company_id),
        "turnover": lambda: queries.turnover(company_id, year),
        "outbox": lambda: queries.outbox(company_id),
    }
    for only in ("draft", "to_send", "unpaid", "rejected", "credit_note"):
        acts[f"only {only}"] = lambda only=only: queries.invoices(company_id, only=only)  # type: ignore[misc]
    for name, text in _SEARCHES.items():
        typed = text.format(year=year)
        acts[f"search {name}"] = lambda typed=typed: queries.invoices(company_id, search=typed)  # type: ignore[misc]
    acts["search within a filter"] = lambda: queries.invoices(company_id, search=f"F{str(year)[:2]}", only="to_send")
    return {name: timings(act, rounds) for name, act in acts.items()}


def measure_commit(store: SqliteStore, document: IssuedDocument, rounds: int = 20) -> dict[str, float]:
    """Issuing alone: number, frozen bytes, row and register entry, on disk (``synchronous=FULL``).

    ``document`` gives the bytes; it is written ``rounds`` times as documents of a series of its own.
    """
    series = Series("MESURE", document.summary.issue_date.year)
    names = iter(range(rounds))

    def issue() -> None:
        document_id = f"commit-{next(names)}-{document.id}"
        with store.unit_of_work() as work:
            number = work.numbers.take(document.company_id, store.environment, series, document_id)
            summary = replace(document.summary, number=number)
            work.issued.add(replace(document, id=document_id, environment=store.environment, summary=summary))
            scope = ledger_scope(document.company_id, store.environment)
            head = work.ledger.head(scope)
            at = max(document.issued_at, head.at) if head else document.issued_at
            kind = EntryKind.DOCUMENT_ISSUED
            work.ledger.append(scope=scope, kind=kind, subject=document_id, at=at, payload={"number": number})
            work.commit()

    return timings(issue, rounds)


def measure_opening(store: SqliteStore, rounds: int = 20) -> dict[str, float]:
    """Opening a store of that file, until its first read. ``store`` is closed first."""
    path, environment = store.path, store.environment
    store.close()

    def once() -> None:
        opened = open_store(path, environment)
        with opened.reading() as work:
            work.companies.all()
        times.append((time.perf_counter() - start) * 1000)
        opened.close()

    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        once()
    return {"median_ms": round(median(times), 2), "p95_ms": round(quantiles(times, n=20)[-1], 2)}
