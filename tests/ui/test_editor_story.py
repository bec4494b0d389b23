"""Deposits, balances and credit notes in the editor: the deal is asked, what remains is seen, nothing is made unsaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.deposit import DepositKind, DepositProgress
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.page import EditorPage
from einvoice_desktop.ui.screens.editor.story import credit_words, deducted, deposit_line, read_request
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_deals import CREDIT, DEAL
from tests.ui.fake_services import SAMPLE_FORM, World

Settle = Callable[[], None]
PROGRESS = DepositProgress(Decimal(10_000), Decimal(3_000), deposits=1)
FIRST = DraftForm(type_code="386", buyer_id="buyer-1", issue_date="2026-11-21", lines=(DraftLine(vat="S20"),))


@pytest.fixture
def page(qtbot: QtBot, services: Services, tools: Tools) -> EditorPage:
    page = EditorPage(services, tools)
    qtbot.addWidget(page)
    page.resize(1224, 804)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


def open_form(page: EditorPage, world: World, form: DraftForm, settle: Settle) -> None:
    world.drafts["draft-0"] = replace(world.drafts["draft-0"], form=form)
    page.open("draft-0")
    settle()
    QApplication.processEvents()


# -- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount", "kind", "said"),
    [
        ("2000", "2000", DepositKind.DEPOSIT, "20 % du marché"),
        ("30 %", "3000", DepositKind.DEPOSIT, "30 % du marché"),
        ("33,333 %", "3333.30", DepositKind.DEPOSIT, "33,3 % du marché"),
        ("6999,99", "6999.99", DepositKind.DEPOSIT, "70 % du marché"),
        ("7000", "7000", DepositKind.BALANCE, "facture de solde"),
        ("70 %", "7000", DepositKind.BALANCE, "facture de solde"),
    ],
)
def test_an_amount_or_a_share_is_told_before_anything_is_made(
    typed: str, amount: str, kind: DepositKind, said: str
) -> None:
    asked = read_request(typed, PROGRESS, "EUR")
    assert (asked.amount, asked.kind, asked.problem) == (Decimal(amount), kind, "")
    assert said in asked.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [("7000,01", "plus que ce qui reste"), ("0", "supérieur à zéro"), ("abc", "30 %"), ("101 %", "plus")],
)
def test_what_cannot_be_asked_is_said_in_french(typed: str, said: str) -> None:
    assert said in read_request(typed, PROGRESS, "EUR").problem


def test_a_share_needs_the_whole() -> None:
    assert "total du marché" in read_request("30 %", DepositProgress(Decimal(0)), "EUR").problem


def test_the_row_of_a_deposit_says_its_share_and_keeps_its_vat() -> None:
    asked = read_request("30 %", DepositProgress(Decimal(10_000)), "EUR")
    row = deposit_line(DraftLine(vat="S10"), asked, Decimal(10_000), "Agencement")
    assert row == DraftLine("Acompte de 30 % – Agencement", "1", "C62", "3000", "S10")


# -- the first deposit -----------------------------------------------------------------------------------------------


def test_a_first_deposit_is_typed_as_a_share_of_the_deal(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, FIRST, settle)
    story = page.sheet.story
    assert story.isVisible()
    story.reference.editor.setFocus()
    QTest.keyClicks(story.reference.editor, "Agencement")
    QTest.keyClicks(story.total.editor, "10 000")
    QTest.keyClicks(story.request.editor, "30 %")
    form = page.sheet.form()
    assert (form.deal_total, form.deal_reference) == ("10 000", "Agencement")
    assert form.lines == (DraftLine("Acompte de 30 % – Agencement", "1", "C62", "3000", "S20"),)
    assert page.sheet.totals.amount_of("Net à payer").startswith("3\u202f600,00")
    page.keeping.save_now()
    settle()
    saved = world.called("drafts.save")[-1][1]
    assert isinstance(saved, DraftForm)
    assert saved == form


def test_lines_already_typed_are_never_written_over(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, replace(SAMPLE_FORM, type_code="386", deal_total="10000"), settle)
    page.sheet.story.request.set_text("30 %")
    assert page.sheet.form().lines == SAMPLE_FORM.lines


def test_an_invoice_has_no_deal_in_sight_until_its_kind_says_so(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    assert not page.sheet.story.isVisible()
    page.sheet.head.kind.chosen.emit("386")
    settle()
    assert page.sheet.story.isVisible()
    assert page.sheet.story.request.isVisible()


# -- the next ones ---------------------------------------------------------------------------------------------------


def choose_open_deal(page: EditorPage) -> None:
    page.sheet.story._deal.set_value(DEAL.group.id)


def test_an_open_deal_shows_what_remains_and_makes_a_further_deposit(
    page: EditorPage, world: World, settle: Settle
) -> None:
    open_form(page, world, FIRST, settle)
    choose_open_deal(page)
    story = page.sheet.story
    assert story._bar.isVisible()
    assert "7\u202f000,00" in story._left.text()
    assert not story.total.isVisible()
    story.request.set_text("2000")
    assert page.sheet.form().lines == FIRST.lines[:0], "nothing is written here: the next draft has its own rows"
    story._go.click()
    settle()
    settle()
    assert world.called("deposits.further") == [("group-1", Decimal(2000))]
    assert page.keeping.draft is not None
    assert page.keeping.draft.id.startswith("deposit-")


def test_what_equals_the_rest_becomes_the_balance_once_the_user_agreed(
    page: EditorPage, world: World, dialogs: FakeDialogs, settle: Settle
) -> None:
    open_form(page, world, FIRST, settle)
    choose_open_deal(page)
    story = page.sheet.story
    story.request.set_text("7000")
    assert "facture de solde" in story.request.message.text()
    assert story._go.text() == "Préparer la facture de solde"
    dialogs.answer = False
    story._go.click()
    settle()
    assert world.called("balances.make") == []
    dialogs.answer = True
    story._go.click()
    settle()
    settle()
    assert world.called("balances.make") == [("group-1",)]
    assert page.header().title == "Nouvelle facture de solde"


def test_a_balance_shows_each_deposit_it_takes_off(page: EditorPage, world: World, settle: Settle) -> None:
    rows = (
        DraftLine("Agencement", "1", "LS", "10000", "S20"),
        DraftLine("Acompte FA2026-0101 du 03/03/2026", "-1", "C62", "3000", "S20"),
    )
    form = replace(SAMPLE_FORM, lines=rows, deposit_group_id="group-1", payment_state="final", due_date="")
    open_form(page, world, form, settle)
    assert page.sheet.story._list.isVisible()
    assert page.sheet.story._told == (("Acompte FA2026-0101 du 03/03/2026", "déduit", "-3\u202f000,00\u00a0€"),)
    assert not page.sheet.head.kind.isEnabled()
    assert page.sheet.head.buyer.isReadOnly()


def test_only_negative_rows_that_name_a_deposit_are_deposits() -> None:
    rows = (DraftLine("Acompte A", "-1"), DraftLine("Retour", "-1"), DraftLine("Acompte B", "1"))
    assert deducted(rows, (Decimal(-5), Decimal(-1), Decimal(3))) == (("Acompte A", Decimal(-5)),)


# -- credit notes ----------------------------------------------------------------------------------------------------


def test_a_credit_note_shows_what_remains_at_each_rate(page: EditorPage, world: World, settle: Settle) -> None:
    form = replace(SAMPLE_FORM, type_code="381", source_id="document-1", preceding_number=CREDIT.number)
    open_form(page, world, form, settle)
    story = page.sheet.story
    assert CREDIT.number in story._title.text()
    ((rate, told, left),) = story._told
    assert rate == "TVA 20 %"
    assert "déjà crédité 200,00" in told
    assert left.startswith("800,00")
    assert page.sheet.head.buyer.isReadOnly()


def test_the_words_of_what_remains() -> None:
    assert credit_words(CREDIT)[0][2] == "800,00\u00a0€"
