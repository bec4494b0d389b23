"""Billing in the name of a supplier: his mandate is noted on his form, then his invoices can be made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.buyers.mandate_sheet import MandateSheet
from einvoice_desktop.ui.screens.buyers.page import BuyersPage
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import BUYERS, World

Settle = Callable[[], None]


@pytest.fixture
def page(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> BuyersPage:
    made = BuyersPage(services, tools)
    qtbot.addWidget(made)
    made.open(BUYERS[0].id)
    settle()
    return made


def test_a_mandate_opens_the_way_to_self_billing_and_its_end_closes_it(
    page: BuyersPage, services: Services, dialogs: FakeDialogs, world: World, settle: Settle
) -> None:
    assert not page.self_bill.isEnabled()

    def sign(sheet: QDialog) -> bool:
        assert isinstance(sheet, MandateSheet)
        sheet.submit()
        assert sheet.date.problem
        sheet.date.set_value("31/12/2199")
        sheet.submit()
        assert "après aujourd’hui" in sheet.date.problem
        sheet.date.set_value("2026-01-15")
        sheet.reference.set_text("Contrat 12")
        sheet.submit()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = sign
    page.mandate.trigger()
    settle()
    mandate = services.self_billing.mandate("company", BUYERS[0].id)
    assert mandate is not None
    assert (mandate.signed_on, mandate.reference) == (date(2026, 1, 15), "Contrat 12")
    assert page.self_bill.isEnabled()

    went: list[tuple[str, str]] = []
    page.navigate.connect(lambda screen, argument: went.append((screen, argument)))
    page.self_bill.trigger()
    settle()
    assert went[0][0] == "editor"
    assert world.called("self_billing.new")

    def end(sheet: QDialog) -> bool:
        assert isinstance(sheet, MandateSheet)
        assert sheet.reference.value() == "Contrat 12"
        sheet._end()
        return True

    dialogs.on_show = end
    page.mandate.trigger()
    settle()
    assert services.self_billing.mandate("company", BUYERS[0].id) is None
    assert not page.self_bill.isEnabled()
