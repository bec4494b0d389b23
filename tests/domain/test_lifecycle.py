"""The life-cycle table, and the one state that follows from events in any order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.lifecycle import (
    REASONS,
    REASONS_FOR,
    STATUSES,
    Actor,
    LifecycleEvent,
    allowed_next,
    label_of,
    state_after,
)

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def events(*codes: str) -> tuple[LifecycleEvent, ...]:
    return tuple(LifecycleEvent(code, START + timedelta(minutes=rank)) for rank, code in enumerate(codes))


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        ((), ""),
        (("200", "201", "202", "203"), "203"),
        (("200", "203", "202"), "203"),  # a platform stamped 202 late
        (("200", "204", "205", "203"), "205"),  # transmission never overrides processing
        (("200", "207", "205"), "205"),  # a dispute can end well
        (("200", "210", "205"), "210"),  # a refusal is final
        (("200", "212", "204", "205", "211"), "212"),  # cash came before the buyer's clicks
        (("200", "212", "213"), "213"),
        (("200", "999"), "999"),  # unknown codes are shown
        (("501",), "501"),
    ],
)
def test_the_state_of_a_document(codes: tuple[str, ...], state: str) -> None:
    assert state_after(events(*codes)) == state


@given(st.lists(st.sampled_from([*STATUSES, "777"]), max_size=12), st.randoms())
def test_the_order_of_delivery_changes_nothing(codes: list[str], random: object) -> None:
    told = list(events(*codes))
    shuffled = told.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert state_after(tuple(shuffled)) == state_after(tuple(told))


@given(st.lists(st.sampled_from(list(STATUSES)), max_size=12))
def test_the_same_event_twice_changes_nothing(codes: list[str]) -> None:
    once = events(*codes)
    assert state_after(once + once) == state_after(once)


def test_the_table_holds_together() -> None:
    for code in STATUSES:
        for actor in (Actor.SELLER, Actor.BUYER):
            for following in allowed_next(code, actor):
                assert actor in STATUSES[following].actors, (code, following)
    for code, reasons in REASONS_FOR.items():
        assert set(reasons) <= set(REASONS)
        assert STATUSES[code].needs_reason
    for final in ("210", "213", "220", "501"):
        assert allowed_next(final, Actor.SELLER) == allowed_next(final, Actor.BUYER) == ()


def test_unknown_codes_have_a_label() -> None:
    assert label_of("299") == "Statut 299"
    assert label_of("212") == "Encaissée"
