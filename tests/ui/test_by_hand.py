"""The main job by hand: the real window over the real program, real threads, rules, files and sockets; keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from einvoice_desktop.bootstrap import Program
from einvoice_desktop.ports.unit_of_work import OutboxState
from einvoice_desktop.ui.background import Collector
from einvoice_desktop.ui.screens.document.payment_sheet import PaymentSheet
from einvoice_desktop.ui.screens.editor.issue_sheet import IssueSheet
from einvoice_desktop.ui.screens.editor.new_buyer import NewBuyerSheet
from einvoice_desktop.ui.shell.window import ShellWindow
from einvoice_desktop.ui.theme import Theme
from einvoice_desktop.ui.widgets.timeline import TimelineItem
from tests.fakes.office import BUYER, SELLER, form

Key = Qt.Key
LONG = 20_000
"""Milliseconds nothing here ever takes, even on a machine that does ten other things."""
SheetT = TypeVar("SheetT", bound=QDialog)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """An empty store; the practice platform answers at once, the synchronisation looks often."""
    monkeypatch.setenv("EINVOICE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EINVOICE_PASSPHRASE", "clé de test")
    program = Program(tmp_path / "store.sqlite3", pace=0)
    program.sync._soon = 0.2
    yield program
    program.close()
    Collector.begin().end()


class Person:
    """Someone at the keyboard; waits, as people do, until the screen shows what is expected."""

    def __init__(self, qtbot: QtBot, window: ShellWindow) -> None:
        self._qtbot, self.window = qtbot, window

    def waits(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=LONG)

    def comes_back(self) -> None:
        """After a sheet the window manager makes the window active again; without a screen there is none."""
        self.window.activateWindow()
        self.waits(self.window.isActiveWindow)

    def presses(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(focused(), key, modifier)

    def types(self, *texts: str) -> None:
        """Each text in the place that has the keys, Tab after it."""
        for text in texts:
            self.writes(text)
            self.presses(Key.Key_Tab)

    def writes(self, text: str) -> None:
        """Letter after letter, each where the keys are by then."""
        for letter in text:
            if letter.isascii():
                self._qtbot.keyClicks(focused(), letter)
            else:  # QTest knows only the keys of an American keyboard
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(focused(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def is_at(self, screen: str) -> bool:
        return self.window.navigator.screen == screen and not self.window.background.is_busy


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keys"
    return widget


@contextmanager
def answering(kind: type[SheetT], act: Callable[[SheetT], None]) -> Iterator[list[SheetT]]:
    """While a sheet of ``kind`` stops the window, do ``act`` on it once, as a person would."""
    met: list[SheetT] = []
    watch = QTimer()

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, kind) and not met and sheet.isVisible():
            met.append(sheet)
            try:
                act(sheet)
            finally:
                if failed := sheet.isVisible():
                    sheet.reject()  # never wait for an answer that will not come
            assert not failed, "the sheet is still there"

    watch.timeout.connect(look)
    watch.start(15)
    yield met
    watch.stop()


def paper_of_a_supplier(program: Program, folder: Path) -> Path:
    """A Factur-X another company of this computer issued to us."""
    services = program.services
    supplier = replace(SELLER, id="supplier", name="Papeterie Lenoir", siren="404833048", vat_number="FR83404833048")
    services.companies.save(supplier)
    services.buyers.save(replace(BUYER, company_id=supplier.id, name="Atelier Brossard"))
    draft = services.drafts.new(supplier.id)
    services.drafts.save(draft.id, form(issue_date=draft.form.issue_date))
    document = services.issue.issue_draft(draft.id, send=False)
    path = folder / "facture papeterie.pdf"
    path.write_bytes(document.pdf)
    return path


def test_from_a_blank_computer_to_cash_by_hand(program: Program, themed: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    del themed
    services = program.services
    program.sync.start()
    window = ShellWindow(services, company_id="", store_label="test")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    somebody = Person(qtbot, window)
    somebody.waits(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)
    try:
        create_the_company(somebody)
        type_the_invoice(somebody)
        issue_and_send(somebody, services_queue=lambda: services.queries.outbox(company_of(program)))
        follow_to_cash(somebody)
        receive(somebody, program, tmp_path)
    finally:
        assert window.close()


def company_of(program: Program) -> str:
    return next(company.id for company in program.services.companies.all() if company.siren == "552100554")


def create_the_company(somebody: Person) -> None:
    window = somebody.window
    somebody.presses(Key.Key_Return)
    somebody.types("552 100 554", "Atelier Brossard", "", "12 rue des Lilas", "44000", "Nantes")
    somebody.presses(Key.Key_Return)
    somebody.presses(Key.Key_Return)  # the first answer…
    somebody.presses(Key.Key_Down)  # … no: VAT every month
    somebody.presses(Key.Key_Return)
    somebody.types("FR7630006000011234567890189")
    somebody.presses(Key.Key_Return)
    somebody.presses(Key.Key_Return)  # the sandbox
    somebody.waits(lambda: somebody.is_at("home") and window.windowTitle().startswith("Atelier Brossard"))
    somebody.waits(lambda: window.status.platform.text() == "Bac à sable")


def type_the_invoice(somebody: Person) -> None:
    window = somebody.window
    somebody.presses(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    somebody.waits(lambda: somebody.is_at("editor"))
    page: object = window.navigator.page
    sheet = page.sheet  # type: ignore[attr-defined]
    somebody.waits(sheet.head.buyer.hasFocus)
    qtbot = somebody._qtbot
    somebody.writes("Librairie du Port")
    somebody.waits(sheet.head.buyer.popup.isVisible)

    def fill(new: NewBuyerSheet) -> None:
        assert new.name.value() == "Librairie du Port"
        somebody.waits(new.siren.editor.hasFocus)
        somebody.types("732 829 320")
        somebody.presses(Key.Key_Tab)  # not a private person
        somebody.types("3 quai de la Fosse", "44000")
        somebody.writes("Nantes")
        somebody.presses(Key.Key_Return)

    with answering(NewBuyerSheet, fill) as met:
        qtbot.keyClick(sheet.head.buyer.popup, Key.Key_Return)
        somebody.waits(lambda: bool(met))
    somebody.comes_back()
    grid = sheet.lines.grid
    somebody.waits(lambda: grid.isAncestorOf(QApplication.focusWidget()) and not window.background.is_busy)
    assert sheet.lines.current_place() == "lines.0.name"
    somebody.types("Rayonnage chêne sur mesure", "2", "", "380", "")
    somebody.types("Pose (demi-journée)", "1", "", "=2*120", "")
    assert sheet.totals is not None
    lights = page.bar.lights  # type: ignore[attr-defined]
    somebody.waits(lambda: lights["rules"].words == "conformes" and not window.background.is_busy)
    somebody.waits(lambda: [light.state for light in lights.values()][:3] == ["green", "green", "green"])


def issue_and_send(somebody: Person, services_queue: Callable[[], object]) -> None:
    window = somebody.window

    def confirm(sheet: IssueSheet) -> None:
        assert sheet.send.isVisible()
        somebody._qtbot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)

    with answering(IssueSheet, confirm) as met:
        somebody.presses(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        somebody.waits(lambda: bool(met) and window.navigator.screen == "document")
    somebody.comes_back()
    page = window.navigator.page
    somebody.waits(lambda: any(item.title.startswith("211") for item in done(page)))
    assert {row.state for row in services_queue()} == {OutboxState.ACCEPTED.value}  # type: ignore[attr-defined]


def done(page: object) -> list[TimelineItem]:
    return [item for item in page.timeline.items if item.kind == "done"]  # type: ignore[attr-defined]


def follow_to_cash(somebody: Person) -> None:
    window = somebody.window
    page = window.navigator.page
    pay = window.header._primary
    assert pay is not None
    assert pay.text() == "Enregistrer un paiement"
    somebody.waits(lambda: not window.background.is_busy)

    def record(sheet: PaymentSheet) -> None:
        somebody.waits(sheet.amount_field.editor.hasFocus)
        assert sheet.amount_field.value() == "1200,00"
        somebody.presses(Key.Key_Return)

    with answering(PaymentSheet, record) as met:
        pay.setFocus()
        somebody.presses(Key.Key_Space)
        somebody.waits(lambda: bool(met))
    somebody.comes_back()
    somebody.waits(lambda: any(item.title == "212 Encaissée" for item in done(page)))
    somebody.waits(lambda: window.header._pill.text == "212 Encaissée")


def receive(somebody: Person, program: Program, folder: Path) -> None:
    window = somebody.window
    window.navigator.go("register", "")
    paper = paper_of_a_supplier(program, folder)
    drop(window, paper)
    somebody.waits(lambda: somebody.is_at("purchases"))
    page: object = window.navigator.page
    somebody.waits(lambda: page._shown is not None)  # type: ignore[attr-defined]
    view = page._shown  # type: ignore[attr-defined]
    assert view.document.filename == paper.name
    assert view.document.verdict == "conforme"
    assert view.invoice.seller.name == "Papeterie Lenoir"
    assert view.document.original == paper.read_bytes()
    assert page.model.rows[0].supplier_name == "Papeterie Lenoir"  # type: ignore[attr-defined]
    somebody.waits(lambda: window.header._pill.text == "1 à examiner")


def drop(window: ShellWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, copy, left = QPointF(600, 400), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(where, copy, data, left, none)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(where, copy, data, left, none))
