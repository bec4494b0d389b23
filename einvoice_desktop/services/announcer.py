"""Who wants to know what happened, and telling them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from einvoice_desktop.ports.events import Happening, Listener


class Announcer:
    """Tells every listener of every happening, on the thread where it happened."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell ``listener`` from now on; call the result to stop."""
        with self._lock:
            self._listeners.append(listener)

        def forget() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return forget

    def tell(self, happening: Happening) -> None:
        """Announce ``happening``."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(happening)
