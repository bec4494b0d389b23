"""Nothing is cut: with the widest usual system font, and one half larger, every word of every screen stands whole."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from einvoice_desktop.domain.compose import VAT_CHOICES
from einvoice_desktop.ui.app import settle
from einvoice_desktop.ui.background import Background, InlineExecutor
from einvoice_desktop.ui.screens.editor.rows import Column
from einvoice_desktop.ui.screens.editor.sections.folds import titles
from einvoice_desktop.ui.shell.window import ShellWindow
from einvoice_desktop.ui.theme import Theme
from einvoice_desktop.ui.widgets.answer_cell import AnswerEdit
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import SAMPLE_FORM, World, empty_world, make_services
from tests.ui.fitting import cut_texts, system_font, watched_elision, wide_font

SYSTEM, LARGE = 13, 20
"""Pixels: ten points on a usual screen, and half as much again."""
STOPS = (
    ("home", ""), ("invoices", ""), ("editor", "draft-0"), ("document", "FA2026-0122"), ("purchases", "R-1"),
    ("buyers", ""), ("buyers", "buyer-0"), ("outbox", ""), ("register", ""), ("settings", "company"),
    ("settings", "platform"), ("settings", "appearance"),
)  # fmt: skip
MAY_END_EARLY = (*(line.name for line in SAMPLE_FORM.lines), "BR-FR-11 : ", "La connexion n’a pas pu")
"""What a person typed or a platform answered may be longer than any column; a tool tip tells it whole."""


def open_window(world: World, company_id: str, dialogs: FakeDialogs) -> ShellWindow:
    window = ShellWindow(
        make_services(world), company_id=company_id, background=Background(InlineExecutor()), dialogs=dialogs
    )
    window.resize(1280, 800)
    window.show()
    settle(window)
    return window


def unreadable(window: ShellWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    settle(window)
    with watched_elision(monkeypatch) as shortened:
        window.grab()
    assert (window.width(), window.height()) == (1280, 800)
    return cut_texts(window) + [text for text in dict.fromkeys(shortened) if not text.startswith(MAY_END_EARLY)]


@pytest.mark.parametrize("pixels", [SYSTEM, LARGE])
def test_every_word_of_every_screen_stands_whole(
    themed: Theme,
    qapp: QApplication,
    world: World,
    dialogs: FakeDialogs,
    monkeypatch: pytest.MonkeyPatch,
    pixels: int,
) -> None:
    found: dict[str, list[str]] = {}
    with system_font(themed, qapp, wide_font(pixels)):
        window = open_window(world, "company", dialogs)
        for screen, argument in STOPS:
            window.navigator.go(screen, argument)
            found[f"{screen} {argument}"] = unreadable(window, monkeypatch)
        window.navigator.go("editor", "draft-0")
        for key, _title, _tip in titles():
            window.navigator.page.sheet.open_part(key)  # type: ignore[union-attr]
            found[f"editor {key}"] = unreadable(window, monkeypatch)
        lines = window.navigator.page.sheet.lines  # type: ignore[union-attr]
        for name in ("base_quantity", "description", "order"):
            lines.focus_place(f"lines.0.{name}")
            found[f"editor line {name}"] = unreadable(window, monkeypatch)
        window.close()
        blank = open_window(empty_world(), "", dialogs)
        found["start"] = unreadable(blank, monkeypatch)
        blank.navigator.left_frame.emit("start", "new")
        found["wizard"] = unreadable(blank, monkeypatch)
        blank.close()
    assert {screen: words for screen, words in found.items() if words} == {}


def test_a_vat_answer_is_read_whole_while_it_is_chosen(
    themed: Theme, qapp: QApplication, world: World, dialogs: FakeDialogs
) -> None:
    with system_font(themed, qapp, wide_font(SYSTEM)):
        window = open_window(world, "company", dialogs)
        window.navigator.go("editor", "draft-0")
        settle(window)
        grid = window.navigator.page.sheet.lines.grid  # type: ignore[union-attr]
        grid.open_cell(0, Column.VAT)
        (edit,) = grid.findChildren(AnswerEdit)
        for choice in VAT_CHOICES.values():
            edit.show_key(choice.key)
            assert edit.fontMetrics().horizontalAdvance(edit.text()) <= edit.width() - edit.textMargins().right()
        edit.open_list()
        assert edit.list is not None
        assert 0 <= edit.list.x() <= edit.list.geometry().right() < window.width()
        assert edit.geometry().right() <= grid.viewport().width()
        window.close()


def test_the_check_sees_what_is_cut(qapp: QApplication, themed: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    del themed
    from PySide6.QtWidgets import QWidget

    from einvoice_desktop.ui.widgets.labels import Label
    from einvoice_desktop.ui.widgets.pill import Pill

    host = QWidget()
    label, pill = Label("avant le 21/12", parent=host), Pill("Non conforme", "danger", host)
    label.setFixedWidth(30)
    pill.setFixedWidth(60)
    host.show()
    with watched_elision(monkeypatch) as shortened:
        host.grab()
    assert [words.partition(" <")[0] for words in cut_texts(host)] == ["Label: avant le 21/12 30"]
    assert [words.partition(" →")[0] for words in shortened] == ["Non conforme"]
    host.close()
