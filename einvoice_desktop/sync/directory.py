"""Where customers really receive: the annuaire asked for those about to be sent to, its answer kept with its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from einvoice_desktop.domain.parties import BuyerKind
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import RefusedError
from einvoice_desktop.ports.pdp import Capability, Platform
from einvoice_desktop.ports.unit_of_work import Store

FRESH = timedelta(days=1)


class RefreshDirectory:
    """Refreshes the directory lines of our companies and of the French customers in use."""

    def __init__(self, store: Store, platform: Platform, clock: Clock) -> None:
        self._store, self._platform, self._clock = store, platform, clock

    def refresh(self, is_stopped: Callable[[], bool], *, limit: int = 20) -> None:
        """Ask for customers whose answer is missing or older than a day, at most ``limit`` a turn."""
        if Capability.DIRECTORY not in self._platform.capabilities:
            return
        for siren in self._wanted()[:limit]:
            if is_stopped():
                return
            try:
                lines = self._platform.directory_lines(siren)
            except RefusedError:
                continue
            with self._store.unit_of_work() as work:
                work.directory.save(siren, lines, self._clock.now())
                work.commit()

    def _wanted(self) -> list[str]:
        now = self._clock.now()
        wanted: list[str] = []
        with self._store.reading() as work:
            for company in work.companies.all():
                buyers = work.buyers.recent(company.id)
                french = [b for b in buyers if b.kind in {BuyerKind.FRENCH_BUSINESS, BuyerKind.PUBLIC}]
                for siren in (company.siren, *(b.effective_siren for b in french)):
                    if not siren or siren in wanted:
                        continue
                    seen = work.directory.get(siren)
                    if seen is None or now - seen[1] > FRESH:
                        wanted.append(siren)
        return wanted
