"""Verification of a chain: names the first broken sequence, the gaps and the orphans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from einvoice_desktop.ledger.entry import GENESIS, LedgerEntry, canonical_bytes, entry_hash


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Result of a verification (shape of Scell reference §5.12).

    Attributes:
        scope: the chain. head_sequence, head_hash: last entry read (0 and the genesis hash when empty).
        gaps: sequences missing. orphans: documents without an entry, or entries without their document.
        broken_at: first sequence whose hash is not what its content says, ``None`` when all are right.
        changed_files: documents whose frozen bytes no longer have the SHA-256 the ledger recorded.
    """

    scope: str
    head_sequence: int
    head_hash: str
    gaps: tuple[int, ...] = ()
    orphans: tuple[str, ...] = ()
    broken_at: int | None = None
    changed_files: tuple[str, ...] = field(default=())

    @property
    def is_intact(self) -> bool:
        """Whether nothing was changed, lost or added unseen."""
        return not (self.gaps or self.orphans or self.changed_files or self.broken_at is not None)


def verify_chain(scope: str, entries: Iterable[LedgerEntry]) -> ChainReport:
    """Recompute every hash of ``entries`` (in sequence order, read lazily: memory stays flat)."""
    expected_sequence, previous_hash = 1, GENESIS
    gaps: list[int] = []
    broken_at: int | None = None
    head_sequence, head_hash = 0, GENESIS
    for entry in entries:
        gaps.extend(range(expected_sequence, min(entry.sequence, expected_sequence + 1000)))
        content = canonical_bytes(
            scope=entry.scope,
            sequence=entry.sequence,
            kind=entry.kind,
            subject=entry.subject,
            at=entry.at,
            payload=entry.payload,
        )
        is_linked = entry.previous_hash == previous_hash
        is_whole = entry.hash == entry_hash(entry.previous_hash, content)
        if broken_at is None and not (is_linked and is_whole and entry.scope == scope):
            broken_at = entry.sequence
        expected_sequence, previous_hash = entry.sequence + 1, entry.hash
        head_sequence, head_hash = entry.sequence, entry.hash
    return ChainReport(scope, head_sequence, head_hash, tuple(gaps), (), broken_at)
