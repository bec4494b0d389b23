"""What may follow an issued document, asked from its page: credit note, correction, further deposit, balance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.deposit import DepositProgress
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Relation
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.make_credit_note import CreditedLine
from einvoice_desktop.services.view_document import Related
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.document.credit_sheet import PARTIAL, CreditSheet
from einvoice_desktop.ui.screens.document.deposit_sheet import DepositSheet, read_amount
from einvoice_desktop.ui.screens.document.page import DocumentPage
from einvoice_desktop.ui.screens.document.related_panel import RelatedPanel
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_deals import CREDIT, DEAL
from tests.ui.fake_services import World

Settle = Callable[[], None]


@pytest.fixture
def page(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> DocumentPage:
    object.__setattr__(services.corrections, "why_not", lambda _id: "")
    object.__setattr__(services.deposits, "deal_of", lambda _id: DEAL)
    made = DocumentPage(services, tools)
    qtbot.addWidget(made)
    made.open("FA2026-0122")
    settle()
    return made


def went(page: DocumentPage) -> list[tuple[str, str]]:
    where: list[tuple[str, str]] = []
    page.navigate.connect(lambda screen, argument: where.append((screen, argument)))
    return where


def test_all_that_remains_is_credited_in_two_keys(
    page: DocumentPage, dialogs: FakeDialogs, world: World, settle: Settle
) -> None:
    where = went(page)

    def agree(sheet: QDialog) -> bool:
        assert isinstance(sheet, CreditSheet)
        assert "800,00" in sheet.go.text()
        sheet.reason.set_text("Retour")
        sheet.submit()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = agree
    page._following.credit.trigger()
    settle()
    assert world.called("credit_notes.total") == [("FA2026-0122", "Retour")]
    assert where[-1][0] == "editor"


def test_a_part_is_some_lines_and_a_quantity_never_more_than_the_document(
    page: DocumentPage, dialogs: FakeDialogs, world: World, settle: Settle
) -> None:
    def fill(sheet: QDialog) -> bool:
        assert isinstance(sheet, CreditSheet)
        sheet.choice.set_value(PARTIAL)
        sheet._show_choice(PARTIAL)
        sheet.submit()
        assert "Cochez" in sheet._problem.text()
        sheet._boxes[0].setChecked(True)
        sheet._quantities[0].set_text("1000000")
        assert sheet._quantities[0].problem
        sheet.submit()
        assert sheet.result() != QDialog.DialogCode.Accepted
        sheet._quantities[0].set_text("1")
        sheet.submit()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = fill
    page._following.credit.trigger()
    settle()
    [(document_id, lines, _reason)] = world.called("credit_notes.partial")
    assert (document_id, lines) == ("FA2026-0122", (CreditedLine(0, quantity=Decimal(1)),))


def test_what_cannot_be_credited_says_why(
    services: Services, tools: Tools, dialogs: FakeDialogs, settle: Settle, qtbot: QtBot
) -> None:
    spent = replace(CREDIT, reason="ED-CREDIT-EXHAUSTED")
    object.__setattr__(services.credit_notes, "state", lambda _id: spent)
    page = DocumentPage(services, tools)
    qtbot.addWidget(page)
    page.open("FA2026-0122")
    settle()
    page._following.credit.trigger()
    [error] = dialogs.errors
    assert isinstance(error, UserError)
    assert error.code == "ED-CREDIT-EXHAUSTED"
    assert not dialogs.sheets


def test_what_was_refused_is_cancelled_in_the_books(
    services: Services, tools: Tools, dialogs: FakeDialogs, world: World, settle: Settle, qtbot: QtBot
) -> None:
    object.__setattr__(services.credit_notes, "state", lambda _id: replace(CREDIT, reason="ED-CREDIT-REFUSED"))
    page = DocumentPage(services, tools)
    qtbot.addWidget(page)
    page.open("FA2026-0122")
    settle()
    where = went(page)
    page._following.credit.trigger()
    settle()
    assert dialogs.questions == ["Annuler FA2026-0123 dans vos comptes ?"]
    assert world.called("credit_notes.cancel_refused")
    assert where[-1][0] == "editor"


def test_a_correction_is_asked_for_then_opens_in_the_editor(
    page: DocumentPage, dialogs: FakeDialogs, world: World, settle: Settle
) -> None:
    where = went(page)
    page._following.correct.trigger()
    settle()
    assert dialogs.questions == ["Rectifier FA2026-0122 ?"]
    assert world.called("corrections.start")
    assert where[-1][0] == "editor"


def test_a_share_of_the_deal_is_an_amount() -> None:
    assert read_amount("30 %", DEAL) == Decimal("3000.00")
    assert read_amount("2 500,5", DEAL) == Decimal("2500.50")
    assert read_amount("abc", DEAL) is None


def test_all_that_remains_of_a_deal_is_its_balance_and_it_is_said_first(
    page: DocumentPage, dialogs: FakeDialogs, world: World, settle: Settle
) -> None:
    def fill(sheet: QDialog) -> bool:
        assert isinstance(sheet, DepositSheet)
        sheet.field.set_text("7 000,01")
        sheet.submit()
        assert sheet.field.problem
        sheet.field.set_text("7 000")
        assert "solde" in sheet.go.text()
        sheet.submit()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = fill
    page._following.deposit.trigger()
    settle()
    assert world.called("balances.make") == [("group-1",)]
    assert not world.called("deposits.further")


def test_a_further_deposit_is_asked_in_percent(
    page: DocumentPage, dialogs: FakeDialogs, world: World, settle: Settle
) -> None:
    def fill(sheet: QDialog) -> bool:
        assert isinstance(sheet, DepositSheet)
        sheet.field.set_text("20 %")
        sheet.submit()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = fill
    page._following.deposit.trigger()
    settle()
    assert world.called("deposits.further") == [("group-1", Decimal("2000.00"))]


def test_an_ended_deal_offers_no_deposit(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> None:
    ended = replace(DEAL, progress=DepositProgress(Decimal(10000), Decimal(3000), deposits=1, has_balance=True))
    object.__setattr__(services.deposits, "deal_of", lambda _id: ended)
    page = DocumentPage(services, tools)
    qtbot.addWidget(page)
    page.open("FA2026-0122")
    settle()
    assert not page._following.deposit.isVisible()
    assert not page._following.balance.isVisible()


def test_documents_around_are_links_in_words(qtbot: QtBot) -> None:
    panel = RelatedPanel()
    qtbot.addWidget(panel)
    asked: list[str] = []
    panel.asked.connect(asked.append)
    panel.show_related(
        (Related("note-1", "A2026-0001", "381", Relation.CREDITS, is_earlier=False, without_vat=Decimal(200)),),
        None,
        "EUR",
    )
    link = next(button for button in panel.findChildren(QPushButton) if button.text() == "A2026-0001")
    assert link.accessibleName() == "Créditée par l’avoir A2026-0001"
    link.click()
    assert asked == ["note-1"]
    panel.show_related((), None, "EUR")
    assert panel.isHidden()
