"""Waiting grows, never shortens what a platform asked, and never comes back all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.sync.retry import LONGEST_DELAY, delay


@given(st.integers(0, 1000), st.floats(0, 1, exclude_max=True))
def test_a_wait_is_bounded(attempts: int, chance: float) -> None:
    assert 1 <= delay(attempts, chance).total_seconds() <= LONGEST_DELAY


@given(st.integers(0, 50), st.floats(0, 1, exclude_max=True), st.floats(0, 86_400))
def test_retry_after_is_never_shortened(attempts: int, chance: float, asked: float) -> None:
    assert delay(attempts, chance, retry_after=asked).total_seconds() >= round(asked, 5) - 1e-5


@given(st.integers(1, 50), st.floats(0, 1, exclude_max=True))
def test_a_wait_never_shrinks_with_failures(attempts: int, chance: float) -> None:
    assert delay(attempts + 1, chance) >= delay(attempts, chance)
