"""Pages made ready while nobody asks for anything, so that going to one for the first time is instant.

Making a page and dressing its widgets by the style sheet takes up to a fifth of a second, all on the thread of the
window: it is done beforehand, a few milliseconds at a time, between two turns of the event loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from einvoice_desktop.ui.page import Page

ORDER = ("editor", "document", "invoices", "purchases", "buyers", "settings", "outbox", "register")
"""Most wanted first."""
_PAUSE = 15
"""Milliseconds the window has for itself between two pieces of work."""
_SLICE = 0.004
"""Seconds a piece of dressing may last."""


class Preparer(QObject):
    """Makes the pages of ``screens`` with ``make``, one after the other, in the pauses of the window."""

    def __init__(
        self, make: Callable[[str], Page], screens: Sequence[str] = ORDER, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make, self._screens = make, tuple(screens)
        self._work: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self._timer.isActive()

    def start(self) -> None:
        """Begin, or begin again: pages made meanwhile cost nothing."""
        self._work = self._pieces()
        self._timer.start()

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()

    def _go_on(self) -> None:
        end = time.perf_counter() + _SLICE
        for _ in self._work:
            if time.perf_counter() >= end:
                return
        self._timer.stop()

    def _pieces(self) -> Iterator[None]:
        for screen in self._screens:
            page = self._make(screen)
            yield
            for widget in page.findChildren(QWidget):
                if shiboken6.isValid(widget):
                    widget.ensurePolished()
                yield
