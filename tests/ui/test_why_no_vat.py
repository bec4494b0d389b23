"""« Pourquoi n'y a-t-il pas de TVA ? »: every question has its words, every way leads to an answer that is applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.parties import BuyerKind
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.domain.vat_questions import Circumstances, Outcome, Question, answers, first_question, follow
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.page import EditorPage
from einvoice_desktop.ui.screens.editor.why_no_vat import WhyNoVatSheet
from einvoice_desktop.ui.screens.editor.why_words import ANSWERS, CATEGORIES, QUESTIONS, effects
from einvoice_desktop.ui.theme import Theme
from tests.ui.conftest import FakeDialogs

Settle = Callable[[], None]
KNOWN = [
    Circumstances(is_franchise=is_franchise, has_vat_number=not is_franchise, buyer_kind=kind, is_credit_note=is_credit)
    for is_franchise in (False, True)
    for kind in (None, *BuyerKind)
    for is_credit in (False, True)
]


def ways(
    known: Circumstances, question: Question, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Outcome]]:
    for key in answers(question, known):
        assert (question, key) in ANSWERS, "an answer without words"
        then = follow(question, key, known)
        if isinstance(then, Question):
            yield from ways(known, then, (*path, key))
        else:
            yield (*path, key), then


def test_every_question_and_every_answer_has_its_words() -> None:
    assert set(QUESTIONS) == set(Question)
    outcomes = [outcome for known in KNOWN for _path, outcome in ways(known, first_question())]
    assert len(outcomes) > 200
    for outcome in outcomes:
        choice = vat_choice(outcome.vat)
        assert choice is not None
        assert str(choice.treatment.category) in CATEGORIES
        assert all(words.endswith(".") for words in effects(outcome, Circumstances()))


def test_no_answer_says_something_for_nobody() -> None:
    said = {step for known in KNOWN for step in _asked(known, first_question())}
    assert set(ANSWERS) <= said


def _asked(known: Circumstances, question: Question) -> Iterator[tuple[Question, str]]:
    for key in answers(question, known):
        yield question, key
        then = follow(question, key, known)
        if isinstance(then, Question):
            yield from _asked(known, then)


def test_one_goes_forward_and_back(themed: Theme, qtbot: QtBot) -> None:
    del themed
    sheet = WhyNoVatSheet(Circumstances(), has_line=True)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.answer("exempt_activity")
    sheet.answer("letting")
    assert sheet.windowTitle()
    assert sheet.choices is not None
    sheet.answer("furnished")
    assert sheet.outcome is not None
    assert sheet.outcome.vat == "E:VATEX-FR-CGI261D-4"
    assert sheet.to_line.isVisible()
    sheet.go_back()
    sheet.go_back()
    sheet.go_back()
    assert not sheet.back.isVisible(), "the first question has nothing before it"
    assert not sheet.to_all.isVisible()


def test_the_keys_are_enough(themed: Theme, qtbot: QtBot) -> None:
    del themed
    sheet = WhyNoVatSheet(Circumstances(is_franchise=True), has_line=False)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitExposed(sheet)
    first = sheet.focusWidget()
    assert isinstance(first, QPushButton)
    assert first.accessibleName() == "Je suis en franchise de TVA"
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert sheet.outcome is not None
    assert sheet.outcome.vat == "FRANCHISE"
    assert not sheet.to_line.isVisible(), "no line was pointed at"
    QTest.keyClick(sheet.to_all, Qt.Key.Key_Return)
    assert sheet.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize(
    ("to_all", "vats", "nature"), [(True, ["AE:283-2NONIES"] * 2, "S"), (False, ["S20", "AE:283-2NONIES"], "S")]
)
def test_the_answer_is_applied_to_the_line_or_to_all(
    qtbot: QtBot, services: Services, tools: Tools, dialogs: FakeDialogs, settle: Settle, *, to_all: bool,
    vats: list[str], nature: str,
) -> None:  # fmt: skip
    page = EditorPage(services, tools)
    qtbot.addWidget(page)
    page.show()
    page.open("draft-0")
    settle()

    def answer(sheet: QDialog) -> bool:
        assert isinstance(sheet, WhyNoVatSheet)
        sheet.answer("reverse_charge")
        sheet.answer("construction")
        (sheet.to_all if to_all else sheet.to_line).click()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = answer
    page.sheet.why_no_vat_asked.emit(1)
    form = page.sheet.form()
    assert [line.vat for line in form.lines] == vats
    assert form.nature == nature
    page.sheet.lines.model.undo()
    assert [line.vat for line in page.sheet.form().lines] == ["S20", "S20"]


def test_goods_among_services_make_the_operation_both(
    qtbot: QtBot, services: Services, tools: Tools, dialogs: FakeDialogs, settle: Settle
) -> None:
    page = EditorPage(services, tools)
    qtbot.addWidget(page)
    page.open("draft-0")
    settle()

    def answer(sheet: QDialog) -> bool:
        assert isinstance(sheet, WhyNoVatSheet)
        sheet.answer("margin")
        sheet.answer("second_hand")
        sheet.to_line.click()
        return True

    dialogs.on_show = answer
    page.sheet.why_no_vat_asked.emit(0)
    assert page.sheet.form().nature == "M"
