"""The window without a screen: offscreen platform, theme applied, jobs done at once, results delivered by events."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.background import Background, InlineExecutor
from einvoice_desktop.ui.bridge import Bridge
from einvoice_desktop.ui.dialogs import Dialogs
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.theme import Theme
from tests.ui.fake_services import World, full_world, make_services


class FakeDialogs(Dialogs):
    """Never stops: remembers what it was asked, answers what the test set (``answer``, ``files``)."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = True
        self.files: list[Path] = []
        self.said: list[tuple[str, str]] = []
        self.errors: list[Exception] = []
        self.questions: list[str] = []
        self.sheets: list[QDialog] = []
        self.on_show: Callable[[QDialog], bool] | None = None
        self.told.connect(lambda words, tone: self.said.append((words, tone)))

    def show(self, sheet: QDialog) -> bool:
        self.sheets.append(sheet)
        return self.on_show(sheet) if self.on_show is not None else self.answer

    def confirm(self, title: str, text: str, action: str, *, is_destructive: bool = False) -> bool:
        self.questions.append(title)
        return self.answer

    def error(self, error: Exception) -> None:
        self.errors.append(error)

    def choose_files(self, title: str, kinds: str = "") -> list[Path]:
        return self.files

    def save_file(self, title: str, name: str, kinds: str = "") -> Path | None:
        return self.files[0] if self.files else None


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> Theme:
    """The light theme on the application, with our own font."""
    return Theme(qapp, "light", prefers_own_font=True)


@pytest.fixture
def world() -> World:
    """What the fake services hold."""
    return full_world()


@pytest.fixture
def services(world: World) -> Services:
    """The fake services over ``world``."""
    return make_services(world)


@pytest.fixture
def dialogs(themed: Theme) -> FakeDialogs:
    """Boxes that never stop."""
    return FakeDialogs()


@pytest.fixture
def tools(themed: Theme, services: Services, dialogs: FakeDialogs) -> Iterator[Tools]:
    """Plumbing with an inline executor; an error nobody expected lands in ``dialogs.errors``."""
    background = Background(InlineExecutor())
    background.failed.connect(dialogs.error)
    bridge = Bridge(services.listen)
    yield Tools(background, bridge, dialogs, lambda: "company")
    bridge.close()
    background.close()


@pytest.fixture
def settle(qtbot: QtBot, tools: Tools) -> Callable[[], None]:
    """Call it after an action: waits, by events, until every job is done and delivered."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not tools.background.is_busy, timeout=5000)

    return wait
