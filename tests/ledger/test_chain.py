"""The chain: whatever is changed, removed, moved or added is named at the right place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.ledger.chain import verify_chain
from einvoice_desktop.ledger.entry import GENESIS, EntryKind, Json, LedgerEntry, canonical_bytes, next_entry

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SCOPE = "c1/sandbox"

JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
PAYLOADS = st.dictionaries(st.text(), JSON, max_size=4)


def chain_of(payloads: list[dict[str, Json]], scope: str = SCOPE) -> list[LedgerEntry]:
    entries: list[LedgerEntry] = []
    for index, payload in enumerate(payloads):
        previous = entries[-1] if entries else None
        at = NOON + timedelta(minutes=index)
        entries.append(
            next_entry(previous, scope=scope, kind=EntryKind.PAYMENT, subject=f"d{index}", at=at, payload=payload)
        )
    return entries


def ten() -> list[LedgerEntry]:
    return chain_of([{"amount": f"{n}.00"} for n in range(10)])


@given(st.lists(PAYLOADS, max_size=5))
def test_a_chain_as_written_is_intact(payloads: list[dict[str, Json]]) -> None:
    entries = chain_of(payloads)
    report = verify_chain(SCOPE, entries)
    assert report.is_intact
    assert report.head_sequence == len(entries)
    assert report.head_hash == (entries[-1].hash if entries else GENESIS)


def test_the_hash_is_the_one_an_auditor_computes_by_hand() -> None:
    first = next_entry(
        None, scope=SCOPE, kind="payment", subject="d1", at=NOON, payload={"b": "é", "a": [1, True, None]}
    )
    content = (
        '{"at":"2026-11-21T12:00:00.000000+00:00","kind":"payment","payload":{"a":[1,true,null],"b":"é"},'
        '"scope":"c1/sandbox","sequence":1,"subject":"d1"}'
    )
    assert first.hash == hashlib.sha256(("0" * 64 + content).encode()).hexdigest()
    assert first.previous_hash == GENESIS


def test_the_same_instant_in_another_zone_is_the_same_entry() -> None:
    paris = NOON.astimezone(timezone(timedelta(hours=1)))
    facts: dict[str, Any] = {"scope": SCOPE, "sequence": 1, "kind": "payment", "subject": "d", "payload": {}}
    assert canonical_bytes(at=NOON, **facts) == canonical_bytes(at=paris, **facts)


@given(PAYLOADS)
def test_the_order_of_keys_does_not_matter(payload: dict[str, Json]) -> None:
    reversed_payload = dict(reversed(payload.items()))
    assert chain_of([payload])[0].hash == chain_of([reversed_payload])[0].hash


CHANGES: dict[str, Callable[[LedgerEntry], LedgerEntry]] = {
    "payload": lambda entry: replace(entry, payload={"amount": "9999.00"}),
    "kind": lambda entry: replace(entry, kind=EntryKind.EXPORT.value),
    "subject": lambda entry: replace(entry, subject="other"),
    "instant": lambda entry: replace(entry, at=entry.at + timedelta(microseconds=1)),
    "scope": lambda entry: replace(entry, scope="c2/sandbox"),
    "hash": lambda entry: replace(entry, hash="f" * 64),
    "link": lambda entry: replace(entry, previous_hash="f" * 64),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("place", [0, 4, 9])
def test_any_change_is_named_where_it_was_made(change: Callable[[LedgerEntry], LedgerEntry], place: int) -> None:
    entries = ten()
    entries[place] = change(entries[place])
    report = verify_chain(SCOPE, entries)
    assert report.broken_at == place + 1
    assert not report.is_intact
    assert report.gaps == ()


def test_an_entry_rewritten_with_its_own_hash_breaks_the_next() -> None:
    entries = ten()
    forged = next_entry(
        entries[3], scope=SCOPE, kind="payment", subject="d4", at=entries[4].at, payload={"amount": "0.01"}
    )
    report = verify_chain(SCOPE, [*entries[:4], forged, *entries[5:]])
    assert report.broken_at == 6


def test_a_removed_entry_is_a_gap_and_breaks_the_next() -> None:
    entries = ten()
    report = verify_chain(SCOPE, [*entries[:4], *entries[7:]])
    assert report.gaps == (5, 6, 7)
    assert report.broken_at == 8
    assert report.head_sequence == 10


def test_a_missing_beginning_is_a_gap() -> None:
    report = verify_chain(SCOPE, ten()[2:])
    assert report.gaps == (1, 2)
    assert report.broken_at == 3


def test_a_jump_to_an_absurd_sequence_does_not_fill_the_memory() -> None:
    entries = ten()
    report = verify_chain(SCOPE, [*entries, replace(entries[9], sequence=10**15)])
    assert len(report.gaps) == 1000
    assert not report.is_intact


def test_two_entries_of_one_sequence_are_broken() -> None:
    entries = ten()
    report = verify_chain(SCOPE, [*entries[:5], entries[4], *entries[5:]])
    assert report.broken_at == 5


def test_an_entry_of_another_chain_is_broken() -> None:
    other = chain_of([{"amount": f"{n}.00"} for n in range(10)], scope="c2/sandbox")
    entries = ten()
    assert verify_chain(SCOPE, other).broken_at == 1
    assert verify_chain(SCOPE, [*entries[:5], *other[5:]]).broken_at == 6


def test_orphans_and_changed_files_are_not_intact() -> None:
    report = verify_chain(SCOPE, ten())
    assert report.is_intact
    assert not replace(report, orphans=("d1",)).is_intact
    assert not replace(report, changed_files=("d1",)).is_intact


def test_a_clock_that_went_backwards_is_refused_and_the_same_instant_is_not() -> None:
    (first,) = chain_of([{}])
    with pytest.raises(ValueError, match="clock"):
        next_entry(first, scope=SCOPE, kind="payment", subject="d", at=NOON - timedelta(seconds=1), payload={})
    assert next_entry(first, scope=SCOPE, kind="payment", subject="d", at=NOON, payload={}).sequence == 2


def test_an_entry_follows_one_of_its_own_chain() -> None:
    (first,) = chain_of([{}])
    with pytest.raises(ValueError, match="own chain"):
        next_entry(first, scope="c2/sandbox", kind="payment", subject="d", at=NOON, payload={})
