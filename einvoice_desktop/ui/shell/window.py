"""The window: it navigates and shows what the frame says; everything else belongs to a screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from einvoice_desktop import __version__
from einvoice_desktop.ports.events import SyncChanged, SyncPhase
from einvoice_desktop.ports.settings import ACTIVE_COMPANY, WINDOW_STATE
from einvoice_desktop.ui.background import Background, Collector, Lane, Latest
from einvoice_desktop.ui.bridge import Bridge
from einvoice_desktop.ui.dialogs import Dialogs
from einvoice_desktop.ui.page import Page, Tools
from einvoice_desktop.ui.shell.actions import WindowActions
from einvoice_desktop.ui.shell.company import Frame, read_frame
from einvoice_desktop.ui.shell.drop import DropZone
from einvoice_desktop.ui.shell.header import HeaderBar
from einvoice_desktop.ui.shell.navigator import Navigator
from einvoice_desktop.ui.shell.palette import Palette, find_records, find_rule_help
from einvoice_desktop.ui.shell.preparing import Preparer
from einvoice_desktop.ui.shell.registry import SCREENS
from einvoice_desktop.ui.shell.shortcuts import shortcuts_sheet
from einvoice_desktop.ui.shell.sidebar import Sidebar
from einvoice_desktop.ui.shell.status import StatusLine
from einvoice_desktop.ui.shell.toast import Toast
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

MINIMUM = (1024, 700)
_FOLD_BELOW = 72
"""Em of window width under which the sidebar folds to icons."""


class ShellWindow(QMainWindow):
    """Sidebar, header, the page shown, status bar.

    Signals:
        theme_asked: ``system``, ``light`` or ``dark`` (chosen in the settings).
    """

    theme_asked = Signal(str)

    def __init__(
        self,
        services: Services,
        *,
        company_id: str,
        store_label: str = "",
        background: Background | None = None,
        dialogs: Dialogs | None = None,
        reopen: Callable[[Path], None] | None = None,
    ) -> None:
        super().__init__()
        self._reopen = reopen
        self._services, self._company_id, self._store_label = services, company_id, store_label
        self.setWindowTitle("einvoice-desktop")
        self.setMinimumSize(*MINIMUM)
        self._is_closing = False
        self._build_tools(background, dialogs)
        self._build_frame()
        self._connect()
        self._reload_timer = QTimer(self)
        self._reload_timer.setSingleShot(True)
        self._reload_timer.setInterval(50)
        self._reload_timer.timeout.connect(self.reload)
        if company_id:
            self._enter("home", "")
        else:
            self._show_start("")

    def _build_tools(self, background: Background | None, dialogs: Dialogs | None) -> None:
        self.background = background or Background(parent=self)
        if background is None:
            Collector.begin()
        self.bridge = Bridge(self._services.listen, self)
        self.dialogs = dialogs or Dialogs(self)
        self.dialogs.attach(self)
        again = self._open_again if self._reopen is not None else None
        self.tools = Tools(self.background, self.bridge, self.dialogs, lambda: self._company_id, again)
        self._frame_read: Latest[Frame] = Latest(self.background)
        self.navigator = Navigator(self._services, self.tools, SCREENS)
        self.preparer = Preparer(self.navigator.page_of, parent=self)

    def _build_frame(self) -> None:
        go = self.navigator.go
        self.commands = WindowActions(
            self,
            go,
            palette=self._open_palette,
            sync=self._sync_now,
            pause=self._pause_or_resume,
            files=self._choose_files,
            close=self._close_panel,
            help_=self._show_help,
        )
        self._company_menu = QMenu(self)
        self.sidebar = Sidebar(self.commands.entries, self._company_menu)
        self.header = HeaderBar(self.commands.palette)
        by_screen = {entry.screen: action for entry, action in self.commands.entries}
        self.status = StatusLine(
            platform=self.commands.platform,
            sync=(self.commands.sync, self.commands.pause),
            outbox=by_screen["outbox"],
            register=by_screen["register"],
            about=self.commands.help,
        )
        self.status.set_version(__version__, self._store_label)
        main = QWidget()
        column(self.header, self.navigator.stack, gap="", of=main)
        upper = row(self.sidebar, main, gap="")
        upper.setStretch(1, 1)
        frame = QWidget()
        body = column(upper, self.status, gap="", of=frame)
        body.setStretch(0, 1)
        self._root = QStackedWidget()
        self._root.addWidget(frame)
        self.setCentralWidget(self._root)
        self._start: Page | None = None
        self.palette_box = Palette(self, background=self.background, search=self._find, actions=self._palette_actions)
        self.toast = Toast(self)
        self.drop_zone = DropZone(self, self.import_files)

    def _connect(self) -> None:
        self.navigator.moved.connect(self._on_moved)
        self.navigator.header_changed.connect(self._show_header)
        self.navigator.primary_wanted.connect(self.header.focus_primary)
        self.navigator.left_frame.connect(self._on_left_frame)
        self.header.parent_asked.connect(self._go)
        self.background.failed.connect(self._on_failed)
        self.dialogs.told.connect(self.toast.say)
        self.bridge.sync_changed.connect(self._on_sync)
        self.bridge.data_changed.connect(self._on_data_changed)

    # ---- what the frame shows

    def reload(self) -> None:
        """Read company, counters, platform and register again."""
        company_id = self._company_id
        if company_id and not self._is_closing:
            self._frame_read.run(lambda: read_frame(self._services, company_id), self._show_frame)

    def _show_frame(self, frame: Frame) -> None:
        self.setWindowTitle(f"{frame.company.name} · einvoice-desktop")
        self.sidebar.set_company(frame.company)
        self.sidebar.set_counters(frame.counters)
        self.status.set_counters(frame.counters)
        self.status.set_platform(frame.platform)
        self.status.set_register(frame.register)
        self._show_sync(self._services.sync.status)
        self._fill_company_menu(frame)

    def _fill_company_menu(self, frame: Frame) -> None:
        self._company_menu.clear()
        for company in frame.companies:
            action = self._company_menu.addAction(company.name)
            action.setCheckable(True)
            action.setChecked(company.id == self._company_id)
            action.triggered.connect(partial(self._switch_company, company.id))
        self._company_menu.addSeparator()
        self._company_menu.addActions([self.commands.company, self.commands.new_company])

    def _on_data_changed(self, _topic: str) -> None:
        self._reload_timer.start()

    def _on_sync(self, status: Any) -> None:
        self._show_sync(status)
        self._reload_timer.start()

    def _show_sync(self, status: SyncChanged) -> None:
        self.status.set_sync(status)
        self.commands.show_paused(is_paused=status.phase is SyncPhase.PAUSED)

    def _on_failed(self, error: Exception) -> None:
        self.dialogs.error(error)

    # ---- moving

    def _go(self, screen: str, argument: str = "") -> None:
        self.navigator.go(screen, argument)

    def _on_moved(self) -> None:
        self.sidebar.set_place(self.navigator.screen, self.navigator.argument)
        page = self.navigator.page
        self.commands.give_way_to(page.actions() if page is not None else [])
        self._show_header()

    def _show_header(self) -> None:
        page = self.navigator.page
        if page is not None:
            self.header.show_header(page.header())

    def _on_left_frame(self, screen: str, argument: str) -> None:
        if screen == "appearance":
            self.theme_asked.emit(argument)
        elif screen == "started":
            company_id, _, wish = argument.partition("/")
            self._switch_company(company_id)
            if wish:
                self.navigator.go("settings", wish)
        else:
            self._show_start(argument)

    def _show_start(self, argument: str) -> None:
        if self._start is None:
            self._start = SCREENS["start"](self._services, self.tools)
            self._start.navigate.connect(self._on_start_moved)
            self._root.addWidget(self._start)
        self._set_frame_actions(is_on=False)
        self._start.open(argument)
        self._root.setCurrentWidget(self._start)

    def _on_start_moved(self, screen: str, argument: str) -> None:
        if screen == "back":
            self._set_frame_actions(is_on=True)
            self._root.setCurrentIndex(0)
        else:
            self._on_left_frame(screen, argument)

    def _switch_company(self, company_id: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt signal
        self._company_id = company_id
        self.background.run(lambda: self._services.settings.put(ACTIVE_COMPANY, company_id), lane=Lane.WRITE)
        self.navigator.forget()
        self._enter("home", "")

    def _enter(self, screen: str, argument: str) -> None:
        self._set_frame_actions(is_on=True)
        self._root.setCurrentIndex(0)
        self.navigator.go(screen, argument)
        self.reload()

    def _set_frame_actions(self, *, is_on: bool) -> None:
        """While there is no company only leaving and the list of keys make sense."""
        for action in self.actions():
            if action not in {self.commands.quit, self.commands.help}:
                action.setEnabled(is_on)

    # ---- commands

    def _palette_actions(self) -> list[QAction]:
        page = self.navigator.page
        own = [a for a in page.actions() if a.isEnabled()] if page is not None else []
        return [*own, *self.commands.all()]

    def _open_palette(self) -> None:
        self.palette_box.open()

    def _find(self, typed: str) -> list[Any]:
        found = find_records(self._services.queries, self._company_id, typed, self._go)
        return found + find_rule_help(typed, self.dialogs.explain)

    def _sync_now(self) -> None:
        if self._services.sync.status.phase is SyncPhase.PAUSED:
            self._pause_or_resume()
            return
        self._services.sync.sync_now()
        self.dialogs.tell("Synchronisation demandée", "info")

    def _pause_or_resume(self) -> None:
        sync = self._services.sync
        is_paused = sync.status.phase is SyncPhase.PAUSED
        words = "Synchronisation reprise" if is_paused else "Synchronisation suspendue : rien ne part, rien n’est perdu"
        self.background.run(
            sync.resume if is_paused else sync.pause,
            success=lambda _none: self.dialogs.tell(words, "info"),
            lane=Lane.WRITE,
        )

    def _choose_files(self) -> None:
        files = self.dialogs.choose_files(
            "Importer des factures reçues", "Factures (*.pdf *.xml *.zip *.eml);;Tout (*)"
        )
        if files:
            self.import_files(files)

    def import_files(self, paths: list[Path]) -> None:
        """Hand files and folders to the screen of purchases."""
        if not self._company_id:
            return
        self.navigator.go("purchases", "")
        page: Any = self.navigator.page_of("purchases")
        page.import_files(paths)

    def _close_panel(self) -> None:
        if self.palette_box.isVisible():
            self.palette_box.hide()
            return
        page = self.navigator.page
        if page is not None and not page.close_panel() and self.navigator.screen in {"editor", "document"}:
            self.navigator.go("back", "")

    def _show_help(self) -> None:
        page = self.navigator.page
        own = list(page.actions()) if page is not None else []
        about = f"einvoice-desktop {__version__} · {self._store_label}"
        self.dialogs.show(shortcuts_sheet([("Cet écran", own), ("Partout", self.actions())], about))

    def _open_again(self, path: Path) -> None:
        """Close, and let the program start again on ``path``; nothing happens when the closing was refused."""
        if self._reopen is not None and self.close():
            self._reopen(path)

    # ---- pages that wait

    def prepare(self) -> None:
        """Make the pages nobody asked for yet, in the pauses of the window."""
        if not self._is_closing:
            self.preparer.start()

    def lighten(self) -> None:
        """Before another theme is put on: fewer widgets to dress. Nothing is dropped while a job may come back to it."""
        self.preparer.stop()
        if not self.background.is_busy:
            self.navigator.drop_hidden()

    # ---- size and end

    def restore(self, state: str) -> None:
        """Size and place of last time (``WINDOW_STATE``), or a sensible one."""
        if not (state and self.restoreGeometry(QByteArray.fromBase64(state.encode("ascii")))):
            screen = self.screen().availableGeometry()
            self.resize(min(1440, round(screen.width() * 0.9)), min(900, round(screen.height() * 0.9)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar when room is short."""
        self.sidebar.set_folded(is_folded=self.width() < look().ems(_FOLD_BELOW))
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed, then end the work in the order it began."""
        unsaved = [] if self._is_closing else self.navigator.unsaved()
        text = f"Pas encore enregistré : {', '.join(unsaved)}."
        if unsaved and not self.dialogs.confirm("Fermer sans enregistrer ?", text, "Fermer", is_destructive=True):
            event.ignore()
            return
        if not self._is_closing:
            self._is_closing = True
            self._reload_timer.stop()
            self.preparer.stop()
            self.navigator.leave()
            state = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
            self.background.run(lambda: self._services.settings.put(WINDOW_STATE, state), lane=Lane.WRITE)
            self.bridge.close()
            self.background.close()
        super().closeEvent(event)
