"""The annuaire of the practice platform: anybody may receive there, so that one practises with real customers' numbers."""

from __future__ import annotations

from collections.abc import Iterable

from einvoice_desktop.domain.identifiers import is_siren_shaped
from einvoice_desktop.sandbox.facts import InvoiceFacts
from einvoice_desktop.sandbox.scenarios import SCENARIOS, Resident
from einvoice_desktop.sandbox.state import State


class Annuaire:
    """Businesses that can receive; every nine digits are one, but those of ``denied``."""

    def __init__(self, state: State, denied: frozenset[str]) -> None:
        self._state = state
        self._denied = denied

    def seed(self, residents: Iterable[Resident]) -> None:
        """Write businesses; empty fields keep what is there.

        Raises:
            ValueError: no such scenario, or not a SIREN; nothing is written.
        """
        with self._state.transaction():
            for resident in residents:
                if resident.scenario and resident.scenario not in SCENARIOS:
                    raise ValueError(f"no scenario {resident.scenario!r}; there are {', '.join(SCENARIOS)}")
                if not is_siren_shaped(resident.siren):
                    raise ValueError(f"not a SIREN: {resident.siren!r}")
                self._state.put_resident(resident.siren, resident.name, resident.status, resident.scenario)

    def scenarios(self) -> dict[str, str]:
        """Scenario by SIREN, where one was chosen."""
        with self._state.transaction():
            return self._state.scenarios()

    def find(self, siren: str) -> Resident | None:
        """The business of that SIREN, ``None`` when it cannot receive at all."""
        with self._state.transaction():
            return self.look_up(siren)

    def look_up(self, siren: str) -> Resident | None:
        """The same, inside a transaction."""
        name, status, scenario = self._state.resident(siren) or ("", "", "")
        if not status and (siren in self._denied or not is_siren_shaped(siren)):
            return None
        return Resident(siren, name or f"Entreprise {siren}", status or "Enabled", scenario)

    def meet(self, facts: InvoiceFacts) -> None:
        """Names seen in documents fill the annuaire (inside a transaction)."""
        for siren, name in ((facts.seller_siren, facts.seller_name), (facts.buyer_siren, facts.buyer_name)):
            if is_siren_shaped(siren) and self._state.resident(siren) is None:
                self._state.put_resident(siren, name, "", "")
