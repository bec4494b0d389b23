"""A clock that stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


class FakeClock:
    """Noon UTC of 21 November 2026 until told otherwise."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._now

    def today(self) -> date:
        """The day it stands at."""
        return self._now.date()

    def advance(self, seconds: float) -> None:
        """Move on (or back, with a negative number)."""
        self._now += timedelta(seconds=seconds)
