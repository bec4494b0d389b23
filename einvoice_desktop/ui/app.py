"""Starting the window, and taking pictures of it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from einvoice_desktop import __version__
from einvoice_desktop.ports.settings import THEME, WINDOW_STATE
from einvoice_desktop.ui.shell.company import active_company
from einvoice_desktop.ui.shell.window import ShellWindow
from einvoice_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services


def run(
    services: Services,
    *,
    store_label: str,
    demo: bool = False,
    started: Callable[[], None] | None = None,
    closes_at_once: bool = False,
    reopen: Callable[[Path], None] | None = None,
) -> int:
    """Open the window on the store of ``services`` and stay until it is closed; the exit code of the program.

    ``store_label`` names the store (tool tip of the version). With ``demo`` an empty store is filled first. ``started``
    is called once the window is painted, shows its data and answers; with ``closes_at_once`` it closes then (measures).
    ``reopen`` is told of another file of data the user wants instead, once the window is closed; without it the start
    screen does not offer one.
    """
    app = application()
    theme = Theme(app, services.settings.get(THEME))
    company_id = active_company(services)
    if demo and not company_id:
        company_id = services.demo.fill()
    window = ShellWindow(services, company_id=company_id, store_label=store_label, reopen=reopen)
    window.theme_asked.connect(theme.choose)
    theme.changing.connect(window.lighten)
    theme.changed.connect(window.prepare)
    window.restore(services.settings.get(WINDOW_STATE))
    window.show()
    if closes_at_once:
        settle(window)
    if started is not None:
        QTimer.singleShot(0, app, started)
    if closes_at_once:
        QTimer.singleShot(0, app, window.close)
    else:
        QTimer.singleShot(_PREPARE_AFTER, window, window.prepare)
    return app.exec()


def application() -> QApplication:
    """The one application, in French."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("einvoice-desktop")
    app.setApplicationVersion(__version__)
    return app


def take_screenshots(services: Services, directory: Path, *, suffix: str = "") -> list[Path]:
    """Render every screen in light and dark into ``directory``, offscreen; the files written.

    The light ones are written at 200 % too (``…@2x.png``). With a ``suffix`` for the names only the scale of the
    process is taken (``QT_SCALE_FACTOR``, which Qt reads once).
    """
    from einvoice_desktop.ui.shell.pictures import Photographer

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    directory.mkdir(parents=True, exist_ok=True)
    app = application()
    theme = Theme(app, "light", prefers_own_font=True)
    return Photographer(theme, services, directory, suffix, settle).take_all()


def settle(window: ShellWindow) -> None:
    """Turn the event loop until no job is under way, no pause after typing runs, and all is painted."""
    from einvoice_desktop.ui.widgets.pdf_view import PdfView

    loop = QEventLoop()
    watch = QTimer()
    watch.setInterval(0)

    still = 0

    def look_again() -> None:
        nonlocal still
        pauses = (timer for timer in window.findChildren(QTimer) if timer.isSingleShot() and timer.isActive())
        is_waiting = any(timer.interval() < _LONG_PAUSE for timer in pauses)
        is_drawing = any(not view.is_settled for view in window.findChildren(PdfView))
        still = 0 if window.background.is_busy or is_waiting or is_drawing else still + 1
        if still == _STILL_TURNS:
            loop.quit()

    watch.timeout.connect(look_again)
    watch.start()
    loop.exec()
    watch.stop()


def late_ticks(job: Callable[[], object]) -> list[float]:
    """Seconds the event loop came late to each of its millisecond ticks while ``job`` ran on another thread."""
    app = application()
    late: list[float] = []
    last = time.perf_counter()
    loop = QEventLoop(app)
    worker = threading.Thread(target=job)

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, now - last - _TICK / 1000))
        last = now
        if not worker.is_alive():
            loop.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    worker.start()
    timer.start(_TICK)
    loop.exec()
    timer.stop()
    worker.join()
    return late


_PREPARE_AFTER = 1200
"""Milliseconds after the window is there: what is slow to load comes first."""
_TICK = 1
"""Milliseconds between two ticks."""
_STILL_TURNS = 5
"""Turns of the event loop without work: what was shown last is laid out and painted by then."""
_LONG_PAUSE = 1500
"""Milliseconds: longer timers (a message that goes away) are not waited for."""
