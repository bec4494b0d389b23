"""Starting the window, and taking pictures of it."""

from __future__ import annotations

import os
import sys
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


def run(services: Services, *, store_label: str, demo: bool = False) -> int:
    """Open the window on the store of ``services`` and stay until it is closed; the exit code of the program.

    ``store_label`` names the store (tool tip of the version). With ``demo`` an empty store is filled first.
    """
    app = application()
    theme = Theme(app, services.settings.get(THEME))
    company_id = active_company(services)
    if demo and not company_id:
        company_id = services.demo.fill()
    window = ShellWindow(services, company_id=company_id, store_label=store_label)
    window.theme_asked.connect(theme.choose)
    window.restore(services.settings.get(WINDOW_STATE))
    window.show()
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

    The scale is that of the process: for pictures at 200 % run it in one that has ``QT_SCALE_FACTOR=2`` and give a
    ``suffix`` for the names (Qt reads the factor once, when the application is made).
    """
    from einvoice_desktop.ui.shell.pictures import Photographer

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    directory.mkdir(parents=True, exist_ok=True)
    app = application()
    theme = Theme(app, "light", prefers_own_font=True)
    return Photographer(theme, services, directory, suffix, settle).take_all()


def settle(window: ShellWindow) -> None:
    """Turn the event loop until no job is under way, no pause after typing runs, and all is painted."""
    loop = QEventLoop()
    watch = QTimer()
    watch.setInterval(0)

    still = 0

    def look_again() -> None:
        nonlocal still
        pauses = (timer for timer in window.findChildren(QTimer) if timer.isSingleShot() and timer.isActive())
        is_waiting = any(timer.interval() < _LONG_PAUSE for timer in pauses)
        still = 0 if window.background.is_busy or is_waiting else still + 1
        if still == _STILL_TURNS:
            loop.quit()

    watch.timeout.connect(look_again)
    watch.start()
    loop.exec()
    watch.stop()


_STILL_TURNS = 5
"""Turns of the event loop without work: what was shown last is laid out and painted by then."""
_LONG_PAUSE = 1500
"""Milliseconds: longer timers (a message that goes away) are not waited for."""
