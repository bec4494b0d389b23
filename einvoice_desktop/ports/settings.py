"""Every setting once: key, type, default and the sentence shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT", str, int, bool)

_TRUE, _FALSE = "true", "false"


@dataclass(frozen=True, slots=True)
class Setting(Generic[ValueT]):
    """One setting: ``key`` in the store, its default and the French sentence that explains it."""

    key: str
    default: ValueT
    sentence: str

    def read(self, text: str) -> ValueT:
        """The value of a stored ``text``."""
        kind = type(self.default)
        return kind(text == _TRUE) if text in {_TRUE, _FALSE} else kind(text)

    def write(self, value: ValueT) -> str:
        """The text stored for ``value``."""
        return {"True": _TRUE, "False": _FALSE}.get(str(value), str(value))


THEME = Setting("appearance.theme", "system", "Apparence : comme le système, claire ou sombre.")
ACTIVE_COMPANY = Setting("company.active", "", "Entreprise ouverte au démarrage.")
ACTIVE_PLATFORM = Setting("platform.active", "", "Plateforme à laquelle les documents sont envoyés.")
SYNC_INTERVAL = Setting("sync.interval_seconds", 120, "Secondes entre deux synchronisations.")
SYNC_PAUSED = Setting("sync.paused", default=False, sentence="Ne rien envoyer ni recevoir tant que la pause dure.")
WINDOW_STATE = Setting("window.state", "", "Taille et panneaux de la fenêtre.")

ALL: tuple[Setting[str] | Setting[int] | Setting[bool], ...] = (
    THEME,
    ACTIVE_COMPANY,
    ACTIVE_PLATFORM,
    SYNC_INTERVAL,
    SYNC_PAUSED,
    WINDOW_STATE,
)
