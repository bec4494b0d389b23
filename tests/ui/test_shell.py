"""The window: where keys and clicks lead, what the frame says, what is kept when it closes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from einvoice_desktop.ports.events import DocumentReceived, SyncChanged, SyncPhase
from einvoice_desktop.ports.settings import ACTIVE_COMPANY, WINDOW_STATE
from einvoice_desktop.ui.app import settle
from einvoice_desktop.ui.background import Background, InlineExecutor
from einvoice_desktop.ui.shell.company import active_company
from einvoice_desktop.ui.shell.registry import ENTRIES, SCREENS
from einvoice_desktop.ui.shell.window import ShellWindow
from einvoice_desktop.ui.theme import Theme
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import World, empty_world, make_services

Open = Callable[..., ShellWindow]


@pytest.fixture
def open_window(themed: Theme, dialogs: FakeDialogs, qtbot: QtBot) -> Iterator[Open]:
    del themed
    opened: list[ShellWindow] = []

    def show(world: World, company_id: str = "company") -> ShellWindow:
        window = ShellWindow(
            make_services(world), company_id=company_id, background=Background(InlineExecutor()), dialogs=dialogs
        )
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        settle(window)
        return window

    yield show
    for window in opened:
        window.close()


def test_the_frame_says_company_counters_platform_and_register(open_window: Open, world: World) -> None:
    window = open_window(world)
    assert window.windowTitle().startswith("Atelier Brossard")
    assert window.status.platform.text() == "Bac à sable"
    assert window.status.waiting.text() == "2 documents en attente d’envoi"
    assert window.status.register.text() == "Registre intègre · 1\u202f284 écritures"
    assert window.status.sync.text().startswith("Synchronisé à ")


def test_every_entry_opens_by_its_key(open_window: Open, world: World, qtbot: QtBot) -> None:
    window = open_window(world)
    for position, entry in enumerate(ENTRIES, start=1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{position}"), Qt.KeyboardModifier.AltModifier)
        settle(window)
        assert (window.navigator.screen, window.navigator.argument) == (entry.screen, entry.argument)
        assert window.header._title.text()


def test_pages_are_made_when_first_shown(open_window: Open, world: World) -> None:
    window = open_window(world)
    assert set(window.navigator._pages) == {"home"}
    assert set(SCREENS) >= {entry.screen for entry in ENTRIES}


def test_the_other_pages_are_made_ready_in_the_pauses_of_the_window(
    open_window: Open, world: World, qtbot: QtBot
) -> None:
    window = open_window(world)
    window.prepare()
    qtbot.waitUntil(lambda: window.preparer.is_done, timeout=10_000)
    assert set(window.navigator._pages) == set(SCREENS) - {"start"}
    assert window.navigator.screen == "home"
    assert world.called("drafts.save") == []
    assert not any(page.isVisible() for name, page in window.navigator._pages.items() if name != "home")


def test_another_theme_dresses_only_what_would_be_lost(
    open_window: Open, world: World, qtbot: QtBot, themed: Theme
) -> None:
    window = open_window(world)
    themed.changing.connect(window.lighten)
    themed.changed.connect(window.prepare)
    try:
        window.navigator.go("editor", "draft-0")
        settle(window)
        window.navigator.go("buyers", "new")
        window.navigator.page.form.name.set_text("Librairie Neuve")  # type: ignore[union-attr]
        window.navigator.go("settings", "appearance")
        settle(window)
        kept = {name: window.navigator._pages[name] for name in ("editor", "buyers", "settings")}
        themed.choose("dark")
        assert window.navigator._pages == kept
        qtbot.waitUntil(lambda: window.preparer.is_done, timeout=10_000)
        window.navigator.go("buyers", "")
        assert window.navigator.page.unsaved() == "Librairie Neuve"  # type: ignore[union-attr]
        window.navigator.go("home", "")
        settle(window)
        assert window.header._title.text() == "Accueil"
    finally:
        themed.changing.disconnect(window.lighten)
        themed.changed.disconnect(window.prepare)
        themed.choose("light")


def test_one_may_go_back_and_escape_closes_a_document(open_window: Open, world: World, qtbot: QtBot) -> None:
    window = open_window(world)
    window.navigator.go("invoices", "")
    window.navigator.go("document", "FA2026-0122")
    settle(window)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(window)
    assert window.navigator.screen == "invoices"


def test_the_palette_finds_documents_customers_and_actions(
    open_window: Open, world: World, qtbot: QtBot, dialogs: FakeDialogs
) -> None:
    window = open_window(world)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.palette_box
    assert box.isVisible()
    box.line.setText("globex")
    settle(window)
    assert [box.list.item(i).text() for i in range(4)] == ["FA2026-0122", "FA2026-0118", "FA2026-0112", "Globex SAS"]
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    settle(window)
    assert (window.navigator.screen, window.navigator.argument) == ("document", "FA2026-0118")
    window.commands.palette.trigger()
    box.line.setText("synchro")
    settle(window)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert world.called("sync_now") == [()]
    assert dialogs.said[-1] == ("Synchronisation demandée", "info")


def test_the_palette_explains_a_rule(open_window: Open, world: World, qtbot: QtBot, dialogs: FakeDialogs) -> None:
    window = open_window(world)
    window.commands.palette.trigger()
    window.palette_box.line.setText("br-co-16")
    settle(window)
    assert window.palette_box.list.item(0).text().startswith("BR-CO-16 · Le net à payer")
    qtbot.keyClick(window.palette_box.line, Qt.Key.Key_Return)
    assert [sheet.windowTitle() for sheet in dialogs.sheets] == ["BR-CO-16"]


def test_files_dropped_anywhere_reach_the_purchases(open_window: Open, world: World, tmp_path: Path) -> None:
    window = open_window(world)
    paper = tmp_path / "facture.pdf"
    paper.write_bytes(b"%PDF-1.7")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPointF(9, 9), copy, data, left, none))
    assert window.drop_zone.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, left, none))
    settle(window)
    assert not window.drop_zone.isVisible()
    assert window.navigator.screen == "purchases"
    assert [name for name, _flow in world.called("receive")] == ["facture.pdf"]


@pytest.mark.parametrize(
    ("phase", "problem", "words", "tone"),
    [
        (SyncPhase.PAUSED, "", "Synchronisation en pause", "amber"),
        (SyncPhase.OFFLINE, "network", "Hors ligne · reprise automatique", "amber"),
        (SyncPhase.NEEDS_ATTENTION, "unauthorized", "À vérifier : L’identifiant ou le secret est refusé.", "danger"),
        (SyncPhase.RUNNING, "", "Synchronisation en cours…", ""),
    ],
)
def test_the_bar_says_in_words_and_colour_what_the_synchronisation_does(
    open_window: Open, world: World, phase: SyncPhase, problem: str, words: str, tone: str
) -> None:
    window = open_window(world)
    world.status = SyncChanged(phase, None, problem)
    world.tell(world.status)
    settle(window)
    link = window.status.sync
    assert (link.text(), link._tone, link.isVisible()) == (words, tone, True)
    assert window.status.waiting.text() == "2 documents en attente d’envoi"


def test_the_synchronisation_is_suspended_and_resumed_from_the_bar_and_the_palette(
    open_window: Open, world: World, qtbot: QtBot, dialogs: FakeDialogs
) -> None:
    window = open_window(world)
    window.status.sync.click()
    menu = window.status.sync_menu
    assert menu.isVisible()
    assert [a.text() for a in menu.actions()] == ["Synchroniser maintenant", "Suspendre la synchronisation"]
    menu.actions()[1].trigger()
    menu.hide()
    settle(window)
    assert world.called("pause") == [()]
    assert dialogs.said[-1][0].startswith("Synchronisation suspendue")
    assert window.status.sync.text() == "Synchronisation en pause"
    window.commands.palette.trigger()
    window.palette_box.line.setText("reprendre")
    settle(window)
    qtbot.keyClick(window.palette_box.line, Qt.Key.Key_Return)
    settle(window)
    assert world.called("resume") == [()]
    assert window.commands.pause.text() == "Suspendre la synchronisation"


def test_f5_ends_a_pause(open_window: Open, world: World, qtbot: QtBot) -> None:
    window = open_window(world)
    window.commands.pause.trigger()
    settle(window)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    settle(window)
    assert world.called("resume") == [()]
    assert world.called("sync_now") == []
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert world.called("sync_now") == [()]


def test_actions_that_do_not_fit_wait_in_a_menu(open_window: Open, world: World) -> None:
    window = open_window(world)
    window.resize(1024, 700)
    window.navigator.go("document", "FA2026-0122")
    settle(window)
    header = window.header
    shown = [button.text() for _action, button in header._quiet if button.isVisible()]
    kept = [action.text() for action in header._menu.actions()]
    assert [*shown, *kept] == [action.text() for action, _button in header._quiet]
    assert header._more.isVisible() == bool(kept)
    assert header._primary is not None
    assert header._primary.geometry().right() <= header._holder.width()
    window.resize(1900, 900)
    settle(window)
    assert not header._more.isVisible()


def test_an_issued_document_gives_the_keys_to_the_one_thing_to_do(open_window: Open, world: World) -> None:
    window = open_window(world)
    window.navigator.go("document", "FA2026-0122")
    settle(window)
    page = window.navigator.page
    focused = QApplication.focusWidget()
    assert focused in {page.pinned.button, window.header._primary}  # type: ignore[union-attr]
    window._show_header()
    assert QApplication.focusWidget() is focused


def test_no_field_takes_a_file_dropped_on_it(open_window: Open, world: World) -> None:
    window = open_window(world)
    for screen in SCREENS:
        if screen != "start":
            window.navigator.go(screen, {"editor": "draft-0", "document": "FA2026-0122"}.get(screen, ""))
            settle(window)
            page = window.navigator.page
            assert page is not None
            takers = [w for w in page.findChildren(QWidget) if w.acceptDrops() and w.isVisible()]
            assert takers == [], screen


def test_text_dropped_on_the_window_is_left_alone(open_window: Open, world: World) -> None:
    window = open_window(world)
    data = QMimeData()
    data.setText("hello")
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPointF(9, 9), *args))
    assert not window.drop_zone.isVisible()


def test_what_happens_elsewhere_reaches_the_frame(open_window: Open, world: World) -> None:
    window = open_window(world)
    world.received = []
    world.tell(DocumentReceived("R-9"))
    world.tell(SyncChanged(SyncPhase.OFFLINE))
    settle(window)
    assert window.status.sync.text() == "Hors ligne · reprise automatique" or world.status.phase is SyncPhase.WAITING
    achats = next(item for entry, item in window.sidebar._items if entry.screen == "purchases")
    assert achats.accessibleName() == "Achats"


def test_no_two_actions_share_keys_on_any_screen(open_window: Open, world: World) -> None:
    window = open_window(world)
    for screen in ("home", "invoices", "buyers", "outbox", "register", "settings", "purchases", "editor", "document"):
        window.navigator.go(screen, {"editor": "draft-0", "document": "FA2026-0122"}.get(screen, ""))
        settle(window)
        page = window.navigator.page
        assert page is not None
        keys = [a.shortcut().toString() for a in (*window.actions(), *page.actions()) if not a.shortcut().isEmpty()]
        assert len(keys) == len(set(keys)), (screen, sorted(keys))


class _Flashes(QObject):
    """Remembers every widget that was shown as a window of its own."""

    def __init__(self, window: ShellWindow) -> None:
        super().__init__()
        self._window = window
        self.seen: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        is_window = isinstance(watched, QWidget) and watched.isWindow() and watched is not self._window
        if event.type() == QEvent.Type.Show and is_window:
            assert isinstance(watched, QWidget)
            self.seen.append(watched)
        return False


def test_no_part_of_a_screen_flashes_as_a_window(open_window: Open, world: World, qapp: QApplication) -> None:
    window = open_window(world)
    flashes = _Flashes(window)
    qapp.installEventFilter(flashes)
    try:
        for screen in SCREENS:
            window.navigator.go(screen, {"editor": "draft-0", "document": "FA2026-0122"}.get(screen, ""))
            settle(window)
    finally:
        qapp.removeEventFilter(flashes)
    assert [type(widget).__name__ for widget in flashes.seen] == []


def test_every_action_says_what_it_does(open_window: Open, world: World) -> None:
    window = open_window(world)
    for screen in ("home", "invoices", "buyers", "outbox", "register", "settings"):
        window.navigator.go(screen, "")
        page = window.navigator.page
        assert page is not None
        assert all(action.text() and action.statusTip() for action in (*window.actions(), *page.actions()))


def test_help_lists_the_keys(open_window: Open, world: World, dialogs: FakeDialogs, qtbot: QtBot) -> None:
    window = open_window(world)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = dialogs.sheets
    assert isinstance(sheet, QDialog)
    sheet.deleteLater()


def test_an_error_nobody_handles_is_shown(open_window: Open, world: World, dialogs: FakeDialogs) -> None:
    window = open_window(world)
    window.navigator.go("buyers", "nobody")
    settle(window)
    assert [str(error) for error in dialogs.errors] == ["ED-NOT-FOUND"]


def test_a_narrow_window_folds_the_sidebar(open_window: Open, world: World) -> None:
    window = open_window(world)
    wide = window.sidebar.width()
    window.resize(1024, 700)
    settle(window)
    assert window.sidebar.width() < wide
    assert window.minimumWidth() == 1024
    assert window.width() == 1024


def test_closing_keeps_the_place_and_ends_the_work(open_window: Open, world: World) -> None:
    window = open_window(world)
    window.close()
    assert world.settings[WINDOW_STATE.key]
    assert world.listeners == []


def test_a_form_being_typed_survives_a_detour_and_stops_the_closing(
    open_window: Open, world: World, dialogs: FakeDialogs
) -> None:
    window = open_window(world)
    window.navigator.go("buyers", "new")
    window.navigator.page.form.name.set_text("Librairie Neuve")  # type: ignore[union-attr]
    window.navigator.go("home", "")
    window.navigator.go("buyers", "")
    settle(window)
    assert window.header._title.text() == "Nouveau client"
    dialogs.answer = False
    assert not window.close()
    assert window.isVisible()
    assert dialogs.questions == ["Fermer sans enregistrer ?"]
    window.navigator.go("buyers", "")
    assert window.navigator.page.unsaved() == "Librairie Neuve"  # type: ignore[union-attr]
    dialogs.answer = True
    assert window.close()


def test_without_a_company_the_wizard_makes_one(open_window: Open, qtbot: QtBot) -> None:
    world = empty_world()
    window = open_window(world, "")
    assert window._start is not None
    start = window._start
    start.ways.chosen.emit("new")  # type: ignore[attr-defined]
    wizard = start.wizard  # type: ignore[attr-defined]
    texts = {"siren": "552 100 554", "name": "Atelier", "line1": "1 rue", "postal_code": "44000", "city": "Nantes"}
    wizard.go_on()
    assert wizard.company.fields["siren"].problem == "Un SIREN compte 9 chiffres."
    for name, text in texts.items():
        wizard.company.fields[name].set_text(text)
    qtbot.keyClick(wizard.company.fields["city"].editor, Qt.Key.Key_Return)
    wizard.go_on()
    assert wizard.vat.problem.isVisible()
    wizard.vat.regime._answers["real_normal_monthly"].click()
    assert wizard.vat.vat_number.value() == "FR96552100554"
    for _step in range(3):
        wizard.go_on()
    settle(window)
    (company,) = world.companies.values()
    assert (company.siren, company.vat_number) == ("552100554", "FR96552100554")
    assert world.called("platform.use_sandbox") == [()]
    assert window.navigator.screen == "home"
    assert world.settings[ACTIVE_COMPANY.key] == company.id


def test_the_wizard_goes_by_enter_alone(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(empty_world(), "")
    start = window._start
    assert start is not None
    enter = Qt.Key.Key_Return
    qtbot.keyClick(start.ways._answers["new"], enter)  # type: ignore[attr-defined] # « Nouvelle entreprise » has the keys
    wizard = start.wizard  # type: ignore[attr-defined]
    texts = {"siren": "552 100 554", "name": "Atelier", "line1": "1 rue", "postal_code": "44000", "city": "Nantes"}
    for name, text in texts.items():
        wizard.company.fields[name].set_text(text)
    qtbot.keyClick(wizard.company.fields["city"].editor, enter)
    answers = wizard.vat.regime._answers
    assert answers["franchise"].hasFocus()
    assert wizard.vat.vat_number._hint.startswith("Déduit de votre SIREN")
    qtbot.keyClick(answers["franchise"], enter)
    assert answers["franchise"].isChecked()
    assert not wizard.vat.problem.isVisible()
    assert wizard.vat.isVisible()
    qtbot.keyClick(answers["franchise"], Qt.Key.Key_Down)
    assert answers["real_normal_monthly"].hasFocus()
    wizard.vat.vat_number.set_text("FR96552100555")
    assert wizard.vat.vat_number._hint == ""
    wizard.vat.vat_number.set_text("FR96552100554")
    qtbot.keyClick(answers["real_normal_monthly"], enter)
    assert wizard.payment.isVisible()


def test_another_file_of_data_is_opened_only_when_it_is_one(
    themed: Theme, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    del themed
    wanted: list[Path] = []
    services = make_services(empty_world())
    window = ShellWindow(
        services, company_id="", background=Background(InlineExecutor()), dialogs=dialogs, reopen=wanted.append
    )
    qtbot.addWidget(window)
    window.show()
    start = window._start
    assert start is not None
    dialogs.files = [tmp_path / "note.sqlite3"]
    dialogs.files[0].write_text("pas une base")
    start.ways.chosen.emit("open")  # type: ignore[attr-defined]
    settle(window)
    assert [str(error) for error in dialogs.errors] == ["ED-STORE-NOT-ONE"]
    assert wanted == []
    dialogs.files[0].write_bytes(b"SQLite format 3\0" + bytes(100))
    start.ways.chosen.emit("open")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == dialogs.files
    assert not window.isVisible()


def test_the_entry_is_absent_where_the_program_cannot_start_again(open_window: Open) -> None:
    window = open_window(empty_world(), "")
    assert list(window._start.ways._answers) == ["new", "demo"]  # type: ignore[union-attr]


def test_the_demonstration_fills_the_store(open_window: Open) -> None:
    world = empty_world()
    window = open_window(world, "")
    assert window._start is not None
    window._start.ways.chosen.emit("demo")  # type: ignore[attr-defined]
    settle(window)
    assert world.called("demo.fill") == [()]
    assert window.navigator.screen == "home"


def test_the_company_of_last_time_is_shown(world: World) -> None:
    services = make_services(world)
    assert active_company(services) == "company"
    world.settings[ACTIVE_COMPANY.key] = "gone"
    assert active_company(services) == "company"
    assert active_company(make_services(empty_world())) == ""
