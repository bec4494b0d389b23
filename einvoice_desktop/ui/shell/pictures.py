"""Pictures of every screen, for people who look at a change before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from einvoice_desktop.ui.shell.company import active_company
from einvoice_desktop.ui.shell.window import ShellWindow
from einvoice_desktop.ui.theme import Theme
from einvoice_desktop.ui.widgets.look import look

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

SIZE = (1280, 800)
_SCALE = 2
LARGE = (1440, 900)
Settle = Callable[[ShellWindow], None]
"""Waits until everything the window asked for is shown."""


class Photographer:
    """Opens the window on a store and takes each screen in light and dark."""

    def __init__(self, theme: Theme, services: Services, folder: Path, suffix: str, settle: Settle) -> None:
        self._theme, self._services = theme, services
        self._folder, self._suffix, self._settle = folder, suffix, settle
        self._written: list[Path] = []

    def take_all(self) -> list[Path]:
        """Every screen, in both themes."""
        for choice in ("light", "dark"):
            self._theme.choose(choice)
            self._take_start(choice)
            company_id = active_company(self._services)
            if company_id:
                self._take_frame(choice, company_id)
        return self._written

    def _take_start(self, choice: str) -> None:
        window = ShellWindow(self._services, company_id="")
        window.resize(*SIZE)
        window.show()
        self._shoot(window, "start", choice)
        window.navigator.left_frame.emit("start", "new")
        self._shoot(window, "wizard", choice)
        window.close()
        window.deleteLater()

    def _take_frame(self, choice: str, company_id: str) -> None:
        window = ShellWindow(self._services, company_id=company_id, store_label="")
        window.resize(*SIZE)
        window.show()
        for name, screen, argument in self._stops(company_id):
            window.navigator.go(screen, argument)
            self._shoot(window, name, choice)
            if screen == "editor":
                window.resize(*LARGE)
                self._shoot(window, f"{name}-large", choice)
                window.resize(*SIZE)
                self._take_editor(window, choice)
        window.palette_box.open()
        self._shoot(window, "palette", choice)
        window.palette_box.hide()
        window.close()
        window.deleteLater()

    def _take_editor(self, window: ShellWindow, choice: str) -> None:
        """What the editor keeps folded: the details of a line, a part of the document."""
        page = window.navigator.page
        if page is None:
            return
        for name, act in (("line", "Détails de la ligne"), ("discounts", "Remises et frais…")):
            action = next((action for action in page.actions() if action.text() == act), None)
            if action is not None:
                action.trigger()
                self._shoot(window, f"editor-{name}", choice)
                page.close_panel()

    def _stops(self, company_id: str) -> Iterator[tuple[str, str, str]]:
        queries = self._services.queries
        yield "home", "home", ""
        yield "invoices", "invoices", ""
        drafts = queries.invoices(company_id, limit=50, only="draft").rows
        if drafts:  # the one that shows most
            yield "editor", "editor", max((row.id for row in drafts), key=self._lines)
        issued = [row for row in queries.invoices(company_id, limit=50).rows if not row.is_draft]
        chosen = next((row for row in issued if row.state), issued[0] if issued else None)
        if chosen is not None:
            yield "document", "document", chosen.id
        received = queries.received(company_id, limit=1).rows
        yield "purchases", "purchases", received[0].id if received else ""
        yield "buyers", "buyers", ""
        buyers = queries.buyers(company_id, limit=1).rows
        if buyers:
            yield "buyer", "buyers", buyers[0].id
        yield "outbox", "outbox", ""
        yield "register", "register", ""
        for tab in ("company", "platform", "templates", "appearance"):
            yield f"settings-{tab}", "settings", tab

    def _lines(self, draft_id: str) -> int:
        return len(self._services.drafts.get(draft_id).form.lines)

    def _shoot(self, window: ShellWindow, name: str, choice: str) -> None:
        self._settle(window)
        path = self._folder / f"{name}-{choice}{self._suffix}.png"
        window.grab().save(str(path))
        self._written.append(path)
        if choice == "light" and not self._suffix:
            self._written.append(_save_large(window, self._folder / f"{name}-{choice}@2x.png"))


def _save_large(window: ShellWindow, path: Path) -> Path:
    """The same picture as a screen at 200 % shows it: everything drawn again with twice the pixels."""
    image = QImage(window.size() * _SCALE, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SCALE)
    image.fill(look().colour("background"))
    window.render(image)
    image.save(str(path))
    return path
