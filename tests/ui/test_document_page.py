"""An issued document on the screen: its exact bytes, its story in words, the one thing to do, payments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.unit_of_work import OutboxEntry, OutboxState
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.view_document import IssuedView, TimelineStep
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.document.page import DocumentPage
from einvoice_desktop.ui.screens.document.payment_sheet import PaymentSheet
from einvoice_desktop.ui.screens.document.presenter import can_pay, can_send, timeline_items, where_it_stands
from einvoice_desktop.ui.screens.document.words import state_pill, step_item
from einvoice_desktop.ui.widgets.timeline import Timeline, TimelineItem, _Step
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import World, make_services

NOW = datetime(2026, 11, 18, 8, 12, tzinfo=UTC)
Settle = Callable[[], None]


@pytest.fixture
def view() -> IssuedView:
    return make_services().view.issued("FA2026-0122")


def sending(state: OutboxState, error: str = "") -> OutboxEntry:
    return OutboxEntry(
        "out-1", "company", "FA2026-0122", "sandbox", "out-1", "f.pdf", "Factur-X", "B2B", b"", "", NOW, NOW,
        state=state, last_error=error, attempts=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "entry", "act"),
    [
        ("", None, "send"),
        ("", sending(OutboxState.QUEUED, "network: refused"), "retry"),
        ("", sending(OutboxState.UNKNOWN), "retry"),
        ("", sending(OutboxState.REFUSED, "BR-FR-11: SIREN"), "retry"),
        ("", sending(OutboxState.WITHDRAWN), "send"),
        ("", sending(OutboxState.ACCEPTED), ""),
        ("203", sending(OutboxState.ACCEPTED), ""),
        ("205", sending(OutboxState.ACCEPTED), "pay"),
        ("210", sending(OutboxState.ACCEPTED), "duplicate"),
        ("213", sending(OutboxState.ACCEPTED), "duplicate"),
        ("999", sending(OutboxState.ACCEPTED), ""),
    ],
)
def test_each_state_has_one_sentence_and_at_most_one_act(
    view: IssuedView, state: str, entry: OutboxEntry | None, act: str
) -> None:
    now = where_it_stands(replace(view, state=state, outbox=(entry,) if entry else ()))
    assert now.act == act
    assert now.title
    assert now.detail


def test_a_paid_document_asks_for_nothing(view: IssuedView) -> None:
    paid = replace(view, state="212", remaining=Decimal(0))
    assert where_it_stands(paid).tone == "success"
    assert not can_pay(paid)
    partly = replace(view, state="212", remaining=Decimal(200), outbox=(sending(OutboxState.ACCEPTED),))
    assert can_pay(partly)


def test_what_a_platform_has_is_never_offered_for_sending_again(view: IssuedView) -> None:
    assert can_send(replace(view, state=""))
    assert not can_send(replace(view, state="", outbox=(sending(OutboxState.UNKNOWN),)))
    assert not can_send(view)


def test_steps_are_told_with_the_official_labels_and_an_unknown_code_is_shown() -> None:
    assert step_item(TimelineStep("203", "203", NOW, actor="buyer_platform")).title == "203 Mise à disposition"
    assert step_item(TimelineStep("742", "742", NOW)).title == "742 Statut 742"
    assert step_item(TimelineStep("", "someday", NOW)).title == "someday"
    assert state_pill("213") == ("213 Rejetée", "danger")
    offline = step_item(TimelineStep("", "retrying", NOW, detail="network: connection refused", kind="expected"))
    assert offline.detail.endswith("La connexion n’a pas pu être établie.")


def test_the_expected_payment_stands_beside_the_due_date(view: IssuedView) -> None:
    assert timeline_items(view)[-1].when == "avant le 18/12"


def test_a_step_unfolds_its_raw_message(qtbot: QtBot, themed: object) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_items((TimelineItem("203 Mise à disposition", raw="<CDAR/>", raw_title="Message reçu (CDAR)"),))
    step = timeline.findChild(_Step)
    assert step is not None
    step.toggle()
    assert step._raw is not None
    assert step._raw.toPlainText() == "<CDAR/>"
    assert not step._raw.isHidden()
    step.toggle()
    assert step._raw.isHidden()


@pytest.fixture
def page(qtbot: QtBot, services: Services, tools: Tools, settle: Settle) -> DocumentPage:
    page = DocumentPage(services, tools)
    qtbot.addWidget(page)
    page.resize(1224, 804)
    page.show()
    page.open("FA2026-0122")
    settle()
    return page


def test_the_page_shows_the_exact_bytes_and_draws_them(page: DocumentPage, qtbot: QtBot) -> None:
    assert page._view is not None
    assert page.pdf.content == page._view.document.pdf
    qtbot.waitUntil(lambda: page.pdf.is_drawn, timeout=5000)
    header = page.header()
    assert header.title == "FA2026-0122"
    assert header.pill == ("203 Mise à disposition", "info")
    assert header.primary is not None
    assert header.primary.text() == "Enregistrer un paiement"


def test_a_payment_is_recorded(page: DocumentPage, world: World, dialogs: FakeDialogs, settle: Settle) -> None:
    def fill(sheet: QDialog) -> bool:
        assert isinstance(sheet, PaymentSheet)
        sheet.amount_field.set_text("5000")
        sheet.submit()
        assert "reste" in sheet.amount_field.problem
        sheet.date_edit.set_value("31/12/2099")
        sheet.amount_field.set_text("=2*250,50")
        sheet.submit()
        assert sheet.date_field.problem
        sheet.date_edit.set_value("2026-01-15")
        sheet.submit()
        return sheet.result() == QDialog.DialogCode.Accepted

    dialogs.on_show = fill
    page._pay_action.trigger()
    settle()
    assert world.called("payments.record") == [("FA2026-0122", date(2026, 1, 15), Decimal("501.00"))]
    assert dialogs.said[-1] == ("Paiement de 501,00\u00a0€ enregistré.", "success")


def test_the_page_follows_what_happens_to_its_document(
    page: DocumentPage, world: World, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    real = services.view.issued
    changed = replace(real("FA2026-0122"), state="205")
    object.__setattr__(services.view, "issued", lambda _id: changed)
    world.tell(DocumentChanged("another"))
    world.tell(DocumentChanged("FA2026-0122"))
    qtbot.waitUntil(lambda: page.header().pill[0] == "205 Approuvée", timeout=3000)
    assert page.pinned.button.text() == "Enregistrer un paiement"


def test_the_pdf_is_saved_byte_for_byte(
    page: DocumentPage, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialogs.files = [tmp_path / "facture.pdf"]
    page._save_action.trigger()
    settle()
    assert page._view is not None
    assert (tmp_path / "facture.pdf").read_bytes() == page._view.document.pdf


def test_printing_sends_every_page(page: DocumentPage, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from einvoice_desktop.ui.widgets.pdf_print import paint_pages

    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "print.pdf"))
    assert page._view is not None
    assert paint_pages(page._view.document.pdf, printer)
    assert (tmp_path / "print.pdf").read_bytes().startswith(b"%PDF")
    assert not paint_pages(b"no pdf", printer)


def test_duplicating_opens_the_copy(page: DocumentPage, settle: Settle) -> None:
    went: list[tuple[str, str]] = []
    page.navigate.connect(lambda screen, argument: went.append((screen, argument)))
    page._duplicate_action.trigger()
    settle()
    assert went[0][0] == "editor"
    assert went[0][1].startswith("draft-")


@pytest.mark.parametrize(
    ("action", "content"),
    [
        ("_save_action", lambda view: view.document.pdf),
        ("_save_cii_action", lambda view: view.document.xml),
        ("_save_ubl_action", lambda _view: b"<Invoice/>FA2026-0122"),
    ],
)
def test_each_file_of_the_document_can_be_saved(
    page: DocumentPage,
    dialogs: FakeDialogs,
    settle: Settle,
    tmp_path: Path,
    action: str,
    content: Callable[[IssuedView], bytes],
) -> None:
    dialogs.files = [tmp_path / "fichier"]
    getattr(page, action).trigger()
    settle()
    assert page._view is not None
    assert (tmp_path / "fichier").read_bytes() == content(page._view)
    assert dialogs.errors == []


def test_a_place_that_cannot_be_written_is_said(
    page: DocumentPage, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialogs.files = [tmp_path / "absent" / "fichier.xml"]
    page._save_ubl_action.trigger()
    settle()
    assert [type(error) for error in dialogs.errors] == [FileNotFoundError]
