"""Time, as a need: inner rooms never look at a clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The current instant, timezone-aware, UTC."""
        ...

    def today(self) -> date:
        """The civil day in Europe/Paris, the one invoices are dated in."""
        ...
