"""One entry of the fiscal register and its canonical bytes (RFC 8785)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

import rfc8785

GENESIS = "0" * 64
"""``previous_hash`` of the first entry of a chain."""

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


class EntryKind(StrEnum):
    """What an entry records."""

    DOCUMENT_ISSUED = "document_issued"
    LIFECYCLE_STATUS = "lifecycle_status"
    PAYMENT = "payment"
    CLOSING = "closing"
    EXPORT = "export"
    RESTORE = "restore"
    PROGRAM_VERSION = "program_version"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry of a chain.

    Attributes:
        scope: chain it belongs to: company and environment (C-30).
        sequence: from 1, without gaps.
        kind: what happened. subject: identifier of the document or act concerned.
        at: when it was written, UTC.
        payload: the facts, amounts as text (``"1200.00"``), hashes as hexadecimal.
        previous_hash, hash: SHA-256, hexadecimal, lower case.
    """

    scope: str
    sequence: int
    kind: str
    subject: str
    at: datetime
    payload: Mapping[str, Json]
    previous_hash: str
    hash: str


def canonical_bytes(
    *, scope: str, sequence: int, kind: str, subject: str, at: datetime, payload: Mapping[str, Json]
) -> bytes:
    """The bytes that are hashed: RFC 8785 JSON of every field but the hashes."""
    return rfc8785.dumps(
        {
            "scope": scope,
            "sequence": sequence,
            "kind": kind,
            "subject": subject,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "payload": dict(payload),
        }
    )


def entry_hash(previous_hash: str, content: bytes) -> str:
    """SHA-256 of the previous hash (hexadecimal, ASCII) followed by the canonical bytes."""
    return hashlib.sha256(previous_hash.encode("ascii") + content).hexdigest()


def next_entry(
    previous: LedgerEntry | None,
    *,
    scope: str,
    kind: str,
    subject: str,
    at: datetime,
    payload: Mapping[str, Json],
) -> LedgerEntry:
    """The entry that follows ``previous`` (``None`` for the first of a chain).

    Raises:
        ValueError: ``previous`` belongs to another chain, or ``at`` is earlier than it (the clock went backwards).
    """
    if previous is not None and previous.scope != scope:
        raise ValueError("an entry follows one of its own chain")
    if previous is not None and at < previous.at:
        raise ValueError("the clock went backwards since the last entry")
    sequence = 1 if previous is None else previous.sequence + 1
    previous_hash = GENESIS if previous is None else previous.hash
    content = canonical_bytes(scope=scope, sequence=sequence, kind=kind, subject=subject, at=at, payload=payload)
    return LedgerEntry(scope, sequence, kind, subject, at, payload, previous_hash, entry_hash(previous_hash, content))
