"""Verifying the fiscal register: every hash recomputed, every frozen byte compared, gaps and orphans named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from einvoice_desktop.ledger.chain import ChainReport, verify_chain
from einvoice_desktop.ledger.entry import GENESIS, EntryKind, LedgerEntry
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.unit_of_work import FrozenFiles, Store, ledger_scope


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """What the status bar says: entries counted, head, guards missing and other problems (none is good)."""

    head_sequence: int
    head_hash: str
    missing_guards: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether every guard is in place and nothing odd was seen."""
        return not (self.missing_guards or self.problems)


class VerifyLedger:
    """Verifies the chains of a store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def quick(self, company_id: str) -> QuickCheck:
        """Head of the company's chain and presence of the guards (milliseconds)."""
        with self._store.reading() as work:
            head = work.ledger.head(ledger_scope(company_id, self._store.environment))
        guards = self._store.check_guards()
        return QuickCheck(
            head.sequence if head else 0,
            head.hash if head else GENESIS,
            guards.missing_triggers,
            guards.problems,
        )

    def run(self, progress: Callable[[int, int], None] | None = None) -> tuple[ChainReport, ...]:
        """Verify every chain in full; ``progress`` is told (done, total)."""
        with self._store.reading() as work:
            reports = []
            companies = work.companies.all()
            for company in companies:
                scope = ledger_scope(company.id, self._store.environment)
                head = work.ledger.head(scope)
                entries = _counted(work.ledger.entries(scope), head.sequence if head else 0, progress)
                report = verify_chain(scope, entries)
                changed = changed_files(work.ledger.entries(scope), work.ledger.frozen_files(company.id))
                orphans = work.ledger.orphans(scope, company.id)
                reports.append(replace(report, orphans=orphans, changed_files=changed))
        return tuple(reports)

    def as_json(self, reports: tuple[ChainReport, ...]) -> dict[str, object]:
        """The answer in the shape of Scell reference §5.12, with what it leaves out added beside."""
        return {
            "data": {
                "as_of": self._clock.now().isoformat(timespec="seconds"),
                "chains": [_chain_json(report) for report in reports],
            }
        }


def changed_files(entries: Iterator[LedgerEntry], files: Iterator[FrozenFiles]) -> tuple[str, ...]:
    """Documents whose bytes are not those the chain recorded at issue, whatever their own row says.

    Both come in order of issue, so that only what does not pair waits in memory.
    """
    issued = (entry for entry in entries if entry.kind == EntryKind.DOCUMENT_ISSUED)
    recorded: dict[str, LedgerEntry] = {}
    kept: dict[str, FrozenFiles] = {}
    changed: list[str] = []
    for entry, file in zip_longest(issued, files):
        if entry is not None:
            recorded[entry.subject] = entry
        if file is not None:
            kept[file.document_id] = file
        for document_id in {entry.subject if entry else "", file.document_id if file else ""}:
            if document_id in recorded and document_id in kept:
                is_same = _is_recorded(kept.pop(document_id), recorded.pop(document_id))
                changed.extend(() if is_same else (document_id,))
    changed.extend(file.document_id for file in kept.values() if not file.is_intact)
    return tuple(changed)


def _is_recorded(file: FrozenFiles, entry: LedgerEntry) -> bool:
    hashes = (file.xml_sha256, file.pdf_sha256, file.json_sha256)
    return file.is_intact and hashes == tuple(entry.payload.get(f"{kind}_sha256") for kind in ("xml", "pdf", "json"))


def _chain_json(report: ChainReport) -> dict[str, object]:
    company, _, environment = report.scope.partition("/")
    return {
        "scope": {"tenant_id": company, "sub_tenant_id": None, "environment": environment},
        "head_sequence": report.head_sequence,
        "head_hash": report.head_hash,
        "gaps": list(report.gaps),
        "orphan_entities": list(report.orphans),
        "tampering": report.broken_at is not None or bool(report.changed_files),
        "first_broken_sequence": report.broken_at,
        "changed_files": list(report.changed_files),
    }


def _counted(
    entries: Iterator[LedgerEntry], total: int, progress: Callable[[int, int], None] | None
) -> Iterator[LedgerEntry]:
    for done, entry in enumerate(entries, start=1):
        if progress is not None and done % 1000 == 0:
            progress(done, total)
        yield entry
    if progress is not None:
        progress(total, total)
