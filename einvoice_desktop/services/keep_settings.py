"""Reading and keeping settings, and which platform is in use."""

from __future__ import annotations

from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.settings import ACTIVE_PLATFORM, Setting, ValueT
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork


def active_platform(work: UnitOfWork) -> PlatformProfile | None:
    """The platform documents go to, ``None`` when none was chosen."""
    chosen = work.settings.get(ACTIVE_PLATFORM.key)
    return next((p for p in work.settings.platforms() if p.id == chosen), None)


class KeepSettings:
    """Declared settings of a store (``ports.settings``)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, setting: Setting[ValueT]) -> ValueT:
        """The value kept, or the default."""
        with self._store.reading() as work:
            text = work.settings.get(setting.key)
        if text is None:
            return setting.default
        return setting.read(text)

    def put(self, setting: Setting[ValueT], value: ValueT) -> None:
        """Keep ``value``."""
        with self._store.unit_of_work() as work:
            work.settings.put(setting.key, setting.write(value))
            work.commit()
