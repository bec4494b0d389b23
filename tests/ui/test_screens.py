"""Lists, forms and settings under the fingers: what keys and buttons do to the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.parties import BuyerKind
from einvoice_desktop.ports.errors import NeedsAttentionError
from einvoice_desktop.ports.queries import Page
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.background import Background, InlineExecutor
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.buyers.page import BuyersPage
from einvoice_desktop.ui.screens.home.page import HomePage
from einvoice_desktop.ui.screens.invoices.page import InvoicesPage
from einvoice_desktop.ui.screens.outbox.page import OutboxPage
from einvoice_desktop.ui.screens.register.page import RegisterPage
from einvoice_desktop.ui.screens.settings.page import SettingsPage
from einvoice_desktop.ui.tables import Column, PagedModel
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import SANDBOX, World

Settle = Callable[[], None]


def _went(page: object) -> list[tuple[str, str]]:
    places: list[tuple[str, str]] = []
    page.navigate.connect(lambda screen, argument: places.append((screen, argument)))  # type: ignore[attr-defined]
    return places


@pytest.fixture
def invoices(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> InvoicesPage:
    page = InvoicesPage(services, tools)
    qtbot.addWidget(page)
    page.show()
    page.open("")
    settle()
    return page


def test_a_list_reads_page_after_page(tools: Tools, settle: Settle) -> None:
    asked: list[str] = []

    def fetch(after: str) -> Page[int]:
        asked.append(after)
        start = int(after or 0)
        return Page(tuple(range(start, start + 10)), str(start + 10) if start < 20 else "")

    model: PagedModel[int] = PagedModel(tools.background, (Column("N", str),))
    model.load(fetch)
    settle()
    assert len(model.rows) == 10
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
        assert not model.canFetchMore(QModelIndex())
        settle()
    assert list(model.rows) == list(range(30))
    assert asked == ["", "10", "20"]
    assert model.is_complete


def test_an_answer_to_an_older_question_is_dropped(settle: Settle, tools: Tools) -> None:
    model: PagedModel[str] = PagedModel(tools.background, (Column("N", str),))
    model.load(lambda _after: Page(("old",)))
    model.load(lambda _after: Page(("new",)))
    settle()
    assert list(model.rows) == ["new"]


def test_the_list_shows_drafts_first_and_enter_opens(invoices: InvoicesPage, qtbot: QtBot) -> None:
    went = _went(invoices)
    assert invoices.model.index(0, 0).data() == "sans numéro"
    invoices.table.setCurrentIndex(invoices.model.index(0, 0))
    qtbot.keyClick(invoices.table, Qt.Key.Key_Return)
    invoices.table.setCurrentIndex(invoices.model.index(2, 0))
    qtbot.keyClick(invoices.table, Qt.Key.Key_Return)
    assert went == [("editor", "draft-0"), ("document", "FA2026-0122")]


def test_a_filter_is_a_place_one_can_come_back_to(invoices: InvoicesPage, settle: Settle) -> None:
    went = _went(invoices)
    invoices.chips.chosen.emit("unpaid")
    assert went == [("invoices", "unpaid")]
    invoices.open("rejected")
    settle()
    assert [row.number for row in invoices.model.rows] == ["FA2026-0119"]


def test_searching_waits_for_a_pause(invoices: InvoicesPage, settle: Settle, qtbot: QtBot) -> None:
    qtbot.keyClicks(invoices.search, "globex")
    assert len(invoices.model.rows) == 13
    qtbot.keyClick(invoices.search, Qt.Key.Key_Return)
    settle()
    assert {row.buyer_name for row in invoices.model.rows} == {"Globex SAS"}
    assert invoices.close_panel()
    qtbot.waitUntil(lambda: len(invoices.model.rows) == 13)


def test_a_selection_shows_its_total_and_escape_drops_it(invoices: InvoicesPage) -> None:
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for line in (7, 10):
        invoices.table.selectionModel().select(invoices.model.index(line, 0), flags)
    assert invoices.bar.isVisible()
    assert invoices._total.text() == "1\u202f696,20\xa0€ TTC"
    assert not invoices.delete.isEnabled()
    assert invoices.close_panel()
    assert not invoices.bar.isVisible()


def test_drafts_are_deleted_after_a_question(
    invoices: InvoicesPage, world: World, settle: Settle, dialogs: FakeDialogs
) -> None:
    invoices.table.selectRow(0)
    dialogs.answer = False
    invoices.delete.trigger()
    settle()
    assert world.called("drafts.delete") == []
    dialogs.answer = True
    invoices.delete.trigger()
    settle()
    assert world.called("drafts.delete") == [("draft-0",)]
    assert dialogs.questions == ["Supprimer ce brouillon ?"] * 2


def test_what_is_chosen_is_exported(
    invoices: InvoicesPage, settle: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.files = [tmp_path / "out.csv"]
    invoices.table.selectRow(2)
    invoices.export.trigger()
    settle()
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("FA2026-0122;380;18/11/2026;")
    assert dialogs.said == [("1 ligne exportée", "success")]


def test_an_empty_list_offers_the_first_thing_to_do(
    services: Services, world: World, tools: Tools, settle: Settle, qtbot: QtBot
) -> None:
    world.rows = []
    page = InvoicesPage(services, tools)
    qtbot.addWidget(page)
    went = _went(page)
    page.show()
    page.open("")
    settle()
    assert page.empty.isVisible()
    assert page.empty.action is not None
    page.empty.action.click()
    assert went == [("editor", "new:380")]


def test_home_leads_to_what_it_names(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> None:
    page = HomePage(services, tools)
    qtbot.addWidget(page)
    went = _went(page)
    page.open("")
    settle()
    assert page.tasks.count() == 5
    item = page.tasks.itemAt(0)
    assert item is not None
    item.widget().button.click()  # type: ignore[union-attr]
    assert went == [("document", "FA2026-0119")]


@pytest.fixture
def buyers(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> BuyersPage:
    page = BuyersPage(services, tools)
    qtbot.addWidget(page)
    page.navigate.connect(lambda screen, argument: page.open(argument) if screen == "buyers" else None)
    page.show()
    page.open("")
    settle()
    return page


def test_a_new_customer_is_checked_and_kept(
    buyers: BuyersPage, world: World, settle: Settle, dialogs: FakeDialogs
) -> None:
    buyers.new.trigger()
    buyers.save.trigger()
    settle()
    assert buyers.form.name.problem == "Ce champ est obligatoire."
    assert "SIREN" in buyers.form.siren.problem
    buyers.form.name.set_text("Librairie Neuve")
    assert buyers.form.name.problem == ""
    buyers.form.siren.set_text("404 833 048")
    for field, text in ((buyers.form.line1, "1 quai"), (buyers.form.postal, "44000"), (buyers.form.city, "Nantes")):
        field.set_text(text)
    assert buyers.header().pill == ("Modifié", "info")
    buyers.save.trigger()
    settle()
    ((kept,),) = world.called("buyers.save")
    assert (kept.name, kept.siren) == ("Librairie Neuve", "404833048")  # type: ignore[attr-defined]
    assert buyers.header().pill == ("", "neutral")
    assert dialogs.said == [("Librairie Neuve est enregistré", "success")]


def test_a_private_person_is_asked_for_no_identifier(buyers: BuyersPage) -> None:
    buyers.open("new:Nadia")
    assert buyers.form.name.value() == "Nadia"
    buyers.form.kind.set_value(BuyerKind.INDIVIDUAL)
    assert not buyers.form.siren.isVisible()
    assert not buyers.form.vat.isVisible()


def test_leaving_a_changed_form_asks_first(buyers: BuyersPage, settle: Settle, dialogs: FakeDialogs) -> None:
    buyers.open("buyer-1")
    settle()
    assert buyers.header().title == "Globex SAS"
    buyers.form.name.set_text("Globex")
    dialogs.answer = False
    assert buyers.close_panel()
    assert buyers.header().title == "Globex SAS"
    dialogs.answer = True
    assert buyers.close_panel()
    settle()
    assert buyers.header().title == "Clients"


def test_a_customer_is_billed_or_removed_from_its_form(buyers: BuyersPage, world: World, settle: Settle) -> None:
    went = _went(buyers)
    buyers.open("buyer-1")
    settle()
    buyers.bill.trigger()
    buyers.delete.trigger()
    settle()
    assert went[0] == ("editor", "new:380:buyer-1")
    assert world.called("buyers.delete") == [("buyer-1",)]
    assert buyers.header().title == "Clients"


def test_what_the_practice_platform_plays_is_asked_in_the_sandbox_alone(
    buyers: BuyersPage, world: World, settle: Settle
) -> None:
    buyers.open("buyer-0")
    settle()
    scenario = buyers.form.scenario
    assert scenario.isVisible()
    assert scenario.label.text() == "Au bac à sable, ce client…"
    assert scenario.value() == "approve_and_pay"
    keys = [scenario.combo.itemData(i) for i in range(scenario.combo.count())]
    assert keys == ["approve_and_pay", "refuse", "dispute", "reject", "suspend", "silent", "inadmissible"]
    scenario.set_value("inadmissible")
    buyers.save.trigger()
    settle()
    assert world.buyers["buyer-0"].scenario == "inadmissible"
    world.platform = replace(SANDBOX, id="afnor-pa", label="PA de test", is_sandbox=True)
    buyers.open("buyer-1")
    settle()
    assert not scenario.isVisible()


def test_a_refused_sending_may_go_again(
    services: Services, world: World, tools: Tools, settle: Settle, qtbot: QtBot
) -> None:
    page = OutboxPage(services, tools)
    qtbot.addWidget(page)
    page.open("")
    settle()
    assert not page.retry.isEnabled()
    page.table.selectRow(2)
    assert page.retry.isEnabled()
    page.retry.trigger()
    settle()
    assert world.called("retry") == [("out-1",)]
    page.table.selectRow(3)
    assert not page.retry.isEnabled()
    assert not page.withdraw.isEnabled()


def test_the_register_is_verified_to_the_last_entry(
    services: Services, tools: Tools, settle: Settle, qtbot: QtBot
) -> None:
    page = RegisterPage(services, tools)
    qtbot.addWidget(page)
    page.show()
    page.open("")
    settle()
    assert page._count.text() == "1\u202f284 écritures"
    page.verify.trigger()
    assert not page.verify.isEnabled()
    settle()
    assert page.verify.isEnabled()
    assert page._report.startswith("company/sandbox : 1284 écritures")


def test_a_verification_can_be_stopped(services: Services, qtbot: QtBot, tools: Tools, dialogs: FakeDialogs) -> None:
    background = Background()
    page = RegisterPage(services, Tools(background, tools.bridge, dialogs, lambda: "company"))
    qtbot.addWidget(page)
    page.verify.trigger()
    assert page.close_panel()
    qtbot.waitUntil(lambda: not background.is_busy)
    assert page.verify.isEnabled()
    assert page._report == ""
    assert dialogs.errors == []
    background.close()


@pytest.fixture
def settings_page(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(services, tools)
    qtbot.addWidget(page)
    page.show()
    page.open("platform")
    settle()
    return page


def test_a_platform_is_tried_before_it_is_kept(settings_page: SettingsPage, world: World, settle: Settle) -> None:
    form = settings_page.platform
    form.connect_button.click()
    settle()
    assert world.called("platform.connect") == []
    assert form.secret.problem == "Ce champ est obligatoire."
    texts = {
        "label": "Ma PA",
        "flow_url": "https://pa.example/flow",
        "token_url": "https://pa.example/token",
        "client_id": "me",
    }
    for name, text in texts.items():
        form.fields[name].set_text(text)
    form.secret.set_text("s3cret")
    form.connect_button.click()
    settle()
    ((profile, secret),) = world.called("platform.connect")
    assert (profile.label, profile.is_sandbox, secret) == ("Ma PA", False, "s3cret")  # type: ignore[attr-defined]
    assert form.secret.text() == ""
    assert form._name.text() == "Ma PA"


def test_a_platform_that_does_not_know_us_is_said_in_the_form(
    settings_page: SettingsPage, settle: Settle, dialogs: FakeDialogs
) -> None:
    def refuse() -> object:
        raise NeedsAttentionError("unauthorized", status=401)

    settings_page._try(refuse)  # type: ignore[arg-type]
    settle()
    assert settings_page.platform.notice.isVisible()
    assert "secret est refusé" in settings_page.platform.notice.label.text()
    assert settings_page.platform.connect_button.isEnabled()
    assert dialogs.errors == []


def test_the_company_is_kept_when_it_is_right(settings_page: SettingsPage, world: World, settle: Settle) -> None:
    settings_page.open("company")
    settle()
    iban = settings_page.company._text("iban")
    iban.set_text("FR76 3000 6000 0112 3456 7890 188")
    settings_page.save.trigger()
    settle()
    assert iban.problem.startswith("Cet IBAN est faux")
    iban.set_text("FR76 3000 6000 0112 3456 7890 189")
    settings_page.company.vat_on_debits.set_value(True)
    settings_page.save.trigger()
    settle()
    ((company,),) = world.called("companies.save")
    assert company.vat_on_debits  # type: ignore[attr-defined]
    assert settings_page.header().pill == ("", "neutral")


def test_the_appearance_is_chosen_and_kept(settings_page: SettingsPage, world: World, settle: Settle) -> None:
    went = _went(settings_page)
    settings_page.open("appearance")
    settings_page.theme.chosen.emit("dark")
    settle()
    assert went == [("appearance", "dark")]
    assert world.settings["appearance.theme"] == "dark"


def test_inline_jobs_are_no_threads(tools: Tools) -> None:
    assert isinstance(tools.background._shared, InlineExecutor)
