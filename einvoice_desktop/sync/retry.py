"""When to try again: pure functions, no clock and no dice of their own."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_DELAY = 2.0
LONGEST_DELAY = 900.0
SETTLE_DELAY = 5.0
"""Seconds an unknown outcome waits before the platform is asked: it may still be writing."""


def delay(attempts: int, chance: float, *, retry_after: float | None = None) -> timedelta:
    """How long to wait after ``attempts`` failures: doubling, at most a quarter of an hour, with jitter.

    ``chance`` is drawn in [0, 1): the wait lies between half and the whole of the step, so that many programs
    do not come back together. A platform's Retry-After is never shortened.
    """
    step = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(max(attempts - 1, 0), 30))
    seconds = step * (0.5 + chance / 2)
    return timedelta(seconds=max(seconds, retry_after or 0.0))


def next_try(now: datetime, attempts: int, chance: float, *, retry_after: float | None = None) -> datetime:
    """The instant before which nothing is tried again."""
    return now + delay(attempts, chance, retry_after=retry_after)
