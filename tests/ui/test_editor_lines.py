"""A line said in full: VAT found by a few letters, and the details under the grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.vat_choices import ALL_VAT_CHOICES
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.line_details import DETAILS, IN_CELLS, held_details
from einvoice_desktop.ui.screens.editor.page import EditorPage
from einvoice_desktop.ui.screens.editor.rows import DETAIL_ROLE, Column
from einvoice_desktop.ui.screens.editor.vat_answers import long_words, short_words, vat_answers
from einvoice_desktop.ui.widgets.answer_cell import AnswerEdit
from tests.ui.fake_services import SAMPLE_FORM, World

Settle = Callable[[], None]
RICH = DraftLine(**{entry.name: f"v-{entry.name}" for entry in fields(DraftLine)})
"""A line of which every field says something."""


@pytest.fixture
def page(qtbot: QtBot, services: Services, tools: Tools, settle: Settle) -> EditorPage:
    page = EditorPage(services, tools)
    qtbot.addWidget(page)
    page.resize(1224, 804)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.open("draft-0")
    settle()
    QApplication.processEvents()
    return page


def vat_cell(page: EditorPage, row: int = 0) -> AnswerEdit:
    page.sheet.lines.focus_place(f"lines.{row}.vat")
    edit = QApplication.focusWidget()
    assert isinstance(edit, AnswerEdit)
    return edit


def vat_of(page: EditorPage, row: int = 0) -> str:
    return page.sheet.lines.model.line(row).vat


# -- VAT -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("10", "S10"),
        ("5,5", "S5.5"),
        ("5.5", "S5.5"),
        ("fran", "FRANCHISE"),
        ("sante", "E:VATEX-FR-CGI261-4"),
        ("261c-2", "E:VATEX-FR-CGI261C-2"),
        ("corse", "S0.9"),
        ("nonies", "AE:283-2NONIES"),
    ],
)
def test_an_answer_is_found_by_a_few_letters(page: EditorPage, typed: str, key: str) -> None:
    edit = vat_cell(page)
    QTest.keyClicks(edit, typed)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert vat_of(page) == key


def test_passing_through_the_cell_changes_nothing(page: EditorPage) -> None:
    edit = vat_cell(page)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert vat_of(page) == "S20"
    assert page.sheet.current_place() == "lines.1.name", "Tab goes on"


def test_what_is_no_answer_is_kept_as_typed_and_told(page: EditorPage) -> None:
    edit = vat_cell(page)
    QTest.keyClicks(edit, "xyz")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert vat_of(page) == "xyz"
    assert "TVA" in str(page.sheet.lines.model.index(0, Column.VAT).data(Qt.ItemDataRole.ToolTipRole))


def test_arrows_choose_and_escape_gives_up(page: EditorPage) -> None:
    edit = vat_cell(page)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.list is not None
    assert edit.list.isVisible()
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.list.isVisible()
    assert vat_of(page) == "S20"
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert vat_of(page) == "S10"


def test_the_last_row_leads_to_the_questions(page: EditorPage, qtbot: QtBot) -> None:
    edit = vat_cell(page, 1)
    asked: list[int] = []
    page.sheet.why_no_vat_asked.connect(asked.append)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Up)  # round the list: the last row
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == [1])
    assert vat_of(page, 1) == "S20", "asking answers nothing yet"


def test_every_answer_has_words_that_fit_a_cell_and_a_whole_sentence() -> None:
    keys = [answer.key for answer in vat_answers(for_credit_note=True)]
    assert keys == [*(choice.key for choice in ALL_VAT_CHOICES), "?"]
    assert all(len(short_words(choice.key)) <= len("Franchise (293 B)") for choice in ALL_VAT_CHOICES)
    assert "art. 261, 4" in long_words("E:VATEX-FR-CGI261-4")
    assert "E:VATEX-FR-CNWVAT" not in [answer.key for answer in vat_answers()], "only a credit note is net of tax"


# -- details -------------------------------------------------------------------------------------------------------


def test_every_field_of_a_line_has_its_place(page: EditorPage) -> None:
    assert IN_CELLS | set(DETAILS) == {entry.name for entry in fields(DraftLine)}
    assert set(page.sheet.lines.details.fields) == set(DETAILS)


@pytest.mark.parametrize(
    "keys", [(Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)]
)
def test_details_open_and_close_with_the_keyboard_and_are_kept(
    page: EditorPage, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    lines = page.sheet.lines
    lines.focus_place("lines.1.name")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, *keys)
    assert lines.shows_details
    assert page.sheet.current_place() == "lines.1.base_quantity"
    base = QApplication.focusWidget()
    assert base is not None
    QTest.keyClicks(base, "100")
    assert page.sheet.form().lines[1].base_quantity == "100"
    assert lines.model.index(1, Column.RANK).data(DETAIL_ROLE) == "held"
    assert lines.model.index(0, Column.RANK).data(DETAIL_ROLE) == ""
    QTest.keyClick(base, *keys)
    assert not page.sheet.lines.shows_details
    assert page.sheet.current_place() == "lines.1.name", "back where one was"


def test_escape_puts_the_details_away_before_it_leaves_the_document(page: EditorPage) -> None:
    page.sheet.lines.toggle_details(0)
    assert page.close_panel()
    assert not page.sheet.lines.shows_details
    page.sheet.open_part("delivery")
    assert page.close_panel(), "the part one is in"
    assert not page.sheet.folds._folds["delivery"].is_open
    page.sheet.common.note.line.setFocus()
    assert not page.close_panel(), "nothing is open: the window may leave"


def test_the_details_are_those_of_the_row_one_is_in(page: EditorPage, world: World, settle: Settle) -> None:
    form = replace(SAMPLE_FORM, lines=(RICH, SAMPLE_FORM.lines[1]))
    world.drafts["draft-0"] = replace(world.drafts["draft-0"], form=form)
    page.keeping.release()
    page.open("draft-0")
    settle()
    lines = page.sheet.lines
    lines.open_details(0)
    assert page.sheet.form() == form, "looking changes nothing"
    assert lines.details.fields["charge"].text() == "v-charge"  # type: ignore[attr-defined]
    lines.focus_place("lines.1.name")
    assert lines.details.fields["charge"].text() == ""  # type: ignore[attr-defined]
    lines.focus_place("lines.2.name")
    assert not page.sheet.lines.shows_details, "the row that waits has none"
    assert page.sheet.form() == form


def test_typing_a_detail_is_one_step_to_undo(page: EditorPage) -> None:
    lines = page.sheet.lines
    lines.toggle_details(0)
    base = QApplication.focusWidget()
    assert base is not None
    QTest.keyClicks(base, "1000")
    lines.model.undo()
    assert page.sheet.form() == SAMPLE_FORM
    assert lines.details.fields["base_quantity"].text() == ""  # type: ignore[attr-defined]
    lines.model.redo()
    assert page.sheet.form().lines[0].base_quantity == "1000"


def test_a_problem_of_a_detail_marks_its_row_and_f8_goes_there(page: EditorPage, world: World, settle: Settle) -> None:
    odd = replace(SAMPLE_FORM.lines[1], description="é" * 600)
    world.drafts["draft-0"] = replace(
        world.drafts["draft-0"], form=replace(SAMPLE_FORM, lines=(SAMPLE_FORM.lines[0], odd))
    )
    page.keeping.release()
    page.open("draft-0")
    settle()
    rank = page.sheet.lines.model.index(1, Column.RANK)
    assert rank.data(DETAIL_ROLE) == "wrong"
    assert "trop long" in str(rank.data(Qt.ItemDataRole.ToolTipRole))
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_F8)
    assert page.sheet.current_place() == "lines.1.description"
    assert "trop long" in page.sheet.lines.details.fields["description"].problem


def test_one_answer_is_given_to_several_rows_in_one_step(page: EditorPage) -> None:
    model = page.sheet.lines.model
    model.set_vat((0, 1, 2), "AE")
    assert [line.vat for line in model.lines()] == ["AE", "AE"]
    model.undo()
    assert [line.vat for line in model.lines()] == ["S20", "S20"]


def test_held_details_are_named() -> None:
    assert held_details(SAMPLE_FORM.lines[0]) == ()
    assert set(held_details(RICH)) == set(DETAILS)
