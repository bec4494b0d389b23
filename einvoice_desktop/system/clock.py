"""The clock of this computer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class SystemClock:
    """Implements :class:`einvoice_desktop.ports.clock.Clock`; zone data come from the system or from ``tzdata``."""

    def now(self) -> datetime:
        """The current instant, UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The civil day in Paris, wherever the computer is: invoices are dated there."""
        return datetime.now(PARIS).date()
