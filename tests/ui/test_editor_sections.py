"""The rare things of a document: folded until asked for, told when they hold something, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.draft import DraftAttachment, DraftChange, DraftForm, DraftLine, DraftNote, DraftReference
from einvoice_desktop.domain.form_attachments import QUALIFIERS as ADMITTED
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.page import EditorPage
from einvoice_desktop.ui.screens.editor.presenter import FORM_ORDER
from einvoice_desktop.ui.screens.editor.rows import Column
from einvoice_desktop.ui.screens.editor.sections.attachments import QUALIFIERS, AttachmentsSection, size_words
from einvoice_desktop.ui.screens.editor.sections.discounts import change_of, row_of
from einvoice_desktop.ui.screens.editor.sections.folds import titles
from einvoice_desktop.ui.screens.editor.sections.held import PARTS, held, part_of
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, NoteField, TextField
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import SAMPLE_FORM, World

Settle = Callable[[], None]

FULL = replace(
    SAMPLE_FORM,
    global_discount="10",
    changes=(
        DraftChange("charge", "12,50", "", "Colis", "FC", "S20"),
        DraftChange("allowance", "", "5", "", "95", "S20"),
        DraftChange("allowance", "1", "", "Inconnue ici", "41", "S10"),
    ),
    contract="C-12",
    buyer_reference="SERVICE-7",
    project="Villa",
    sales_order="SO-1",
    despatch_advice="BL-3",
    receiving_advice="BR-4",
    tender="LOT-2",
    accounting_reference="6135",
    object_id="12345",
    object_scheme="MG",
    references=(DraftReference("F2026-0001", "2026-05-04", "386"),),
    payment_means="97",
    payment_terms="à réception",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    remittance="LIB",
    mandate="RUM1",
    creditor_id="FR12ZZZ123456",
    debited_account="FR7630006000011234567890189",
    card_number="1234",
    card_holder="A. Brossard",
    paid="100",
    rounding="0,02",
    tax_point="payment",
    tax_point_date="2026-11-30",
    process="S3",
    prices_include_vat="yes",
    currency="BRL",
    exchange_rate="0,16",
    notes=(DraftNote("INS", "MAAF\n123456"), DraftNote("ZZZ", "objet inconnu d’ici")),
    language="pt",
    template_id="template-9",
    profile="urn:cen.eu:en16931:2017",
    period_start="2026-11-01",
    period_end="31/02/2026",
    delivery_name="Entrepôt",
    delivery_line1="1 quai",
    delivery_line2="Porte 3",
    delivery_postal_code="44000",
    delivery_city="Nantes",
    delivery_country="FR",
    attachments=(DraftAttachment("ab" * 32, "bon.pdf", "application/pdf", "BC-1", "BON_COMMANDE"),),
    deal_total="1000",
    note="Merci",
    preceding_number="F2026-0001",
)
"""Every field says something, some of it nothing a form of ours offers."""


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


def field(page: EditorPage, place: str) -> Field:
    found = page.sheet._fields[place]
    assert isinstance(found, Field)
    return found


def test_every_field_of_the_form_has_its_place_on_the_sheet() -> None:
    apart = {"source_id", "deposit_group_id"}
    assert {entry.name for entry in fields(DraftForm)} - apart == set(FORM_ORDER)
    names = [name for part in PARTS for name in part.names]
    assert len(names) == len(set(names)), "a field is in one part only"
    assert set(names) <= set(FORM_ORDER)


def test_a_common_invoice_shows_no_part_at_all(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    assert not page.sheet.folds.isVisible()
    assert all(held(SAMPLE_FORM, part) == () for part in PARTS)


def test_nothing_a_form_holds_is_lost_by_being_looked_at(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, FULL, settle)
    assert page.sheet.form() == FULL, "folded"
    for key, _title, _tip in titles():
        page.sheet.open_part(key)
    assert page.sheet.form() == FULL, "unfolded"
    open_form(page, world, replace(SAMPLE_FORM, note="autre"), settle)
    page.open("new:380")
    settle()
    page.open("draft-0")
    settle()
    assert page.sheet.form() == replace(SAMPLE_FORM, note="autre"), "another draft does not inherit anything"


def test_a_folded_part_tells_what_it_holds(page: EditorPage, world: World, settle: Settle) -> None:
    form = replace(FULL, payment_means="59", currency="USD", exchange_rate="0,92", language="en")
    open_form(page, world, form, settle)
    told = {part.key: held(form, part) for part in PARTS}
    assert told["discounts"] == ("remise 10 %", "Colis 12,50", "Remise 5 %", "Inconnue ici 1")
    assert told["currency"] == ("Dollar américain (USD)", "taux 0,92")
    assert told["payment"][0] == "Prélèvement SEPA"
    assert told["mentions"][0] == "Assurance"
    assert told["delivery"][:2] == ("du 01/11/2026", "au 31/02/2026"), "an impossible day is told as it was typed"
    fold = page.sheet.folds._folds["discounts"]
    assert fold.isVisible()
    assert not fold.is_open
    assert fold.line.count == 4


def test_ten_per_cent_and_twelve_euros_are_typed_in_the_same_field() -> None:
    assert (
        row_of(change_of({"nature": "allowance:95", "amount": "10 %", "reason": "", "vat": "S20"}))["amount"] == "10 %"
    )
    change = change_of({"nature": "charge:FC", "amount": "12,50", "reason": "Port", "vat": "S10"})
    assert change == DraftChange("charge", "12,50", "", "Port", "FC", "S10")


def test_a_charge_is_added_with_the_keyboard_and_kept(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    page.sheet.open_part("discounts")
    section = page.sheet.folds.section("discounts")
    add = section.changes.add  # type: ignore[attr-defined]
    add.setFocus()
    QTest.keyClick(add, Qt.Key.Key_Space)
    assert page.sheet.form().changes == (), "a blank row is for the eye only"
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, "5 %")
    page.keeping.save_now()
    settle()
    saved = world.called("drafts.save")[-1][1]
    assert isinstance(saved, DraftForm)
    assert saved.changes == (DraftChange("allowance", "", "5", "", "95", "S20"),), "with the VAT of the first line"
    section.changes.entries()[0].remove.click()  # type: ignore[attr-defined]
    assert page.sheet.form().changes == ()


def test_the_reason_follows_what_is_chosen_until_somebody_writes_another(
    page: EditorPage, world: World, settle: Settle
) -> None:
    open_form(page, world, replace(SAMPLE_FORM, changes=(DraftChange("allowance", "5", "", "", "95", "S20"),)), settle)
    page.sheet.open_part("discounts")
    nature, reason = field(page, "changes.0.kind"), field(page, "changes.0.reason")
    assert isinstance(nature, ChoiceField)
    assert isinstance(reason, TextField)
    nature.set_value("charge:FC")
    assert page.sheet.form().changes == (DraftChange("charge", "5", "", "Frais de port", "FC", "S20"),)
    nature.set_value("allowance:95")
    assert page.sheet.form().changes[0].reason == ""
    reason.set_text("Fidélité")
    nature.set_value("allowance:100")
    assert page.sheet.form().changes[0].reason == "Fidélité"


def test_only_the_fields_a_means_of_payment_needs_are_asked(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    page.sheet.open_part("payment")
    means = page.sheet.folds.section("payment").fields["payment_means"]

    def asked() -> set[str]:
        names = ("iban", "bic", "mandate", "creditor_id", "debited_account", "card_number", "card_holder")
        return {name for name in names if field(page, name).isVisible()}

    assert asked() == {"iban", "bic"}
    means.set_value("59")  # type: ignore[attr-defined]
    assert asked() == {"mandate", "creditor_id", "debited_account"}
    means.set_value("20")  # type: ignore[attr-defined]
    assert asked() == set()
    field(page, "paid").set_text("50")  # type: ignore[attr-defined]
    assert page.sheet.form().payment_means == "20"
    assert page.sheet.form().paid == "50"


def test_a_problem_in_a_folded_part_unfolds_it_and_f8_goes_there(
    page: EditorPage, world: World, settle: Settle
) -> None:
    open_form(page, world, replace(SAMPLE_FORM, iban="FR7630006000011234567890188"), settle)
    assert field(page, "iban").isVisible()
    assert "faux" in field(page, "iban").problem
    page.sheet.common.note.line.setFocus()
    QTest.keyClick(page.sheet.common.note.line, Qt.Key.Key_F8)
    assert page.sheet.current_place() == "iban"


def test_the_kind_changes_the_words_and_what_is_asked(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    head = page.sheet.head
    assert head.kind.text() == "Facture ▾"
    head.kind.chosen.emit("389")
    settle()
    assert (head.buyer_field.label.text(), page.header().title) == ("Fournisseur", "Nouvelle autofacture")
    head.kind.chosen.emit("384")
    settle()
    assert head.preceding_number.isVisible()
    assert head.preceding_number.label.text() == "Facture à remplacer"
    head.kind.chosen.emit("381")
    settle()
    assert head.preceding_number.label.text() == "Facture d’origine"
    assert not page.sheet.common.payment_state.isVisible()
    assert page.header().parent == ("Avoirs", "invoices")
    assert page.sheet.form() == replace(SAMPLE_FORM, type_code="381")
    page.keeping.save_now()
    settle()
    saved = world.called("drafts.save")[-1][1]
    assert isinstance(saved, DraftForm)
    assert saved.type_code == "381"


def test_a_document_made_from_another_one_keeps_its_kind_and_its_customer(
    page: EditorPage, world: World, settle: Settle
) -> None:
    form = replace(SAMPLE_FORM, type_code="381", source_id="FA2026-0122", preceding_number="FA2026-0122")
    open_form(page, world, form, settle)
    assert not page.sheet.head.kind.isEnabled()
    page.sheet.head.kind.chosen.emit("380")
    settle()
    assert page.sheet.form().type_code == "381"
    assert page.sheet.head.buyer.isReadOnly()
    assert page.sheet.head.preceding_number.line.isReadOnly()


def test_every_part_is_in_the_palette_and_in_the_menu(page: EditorPage) -> None:
    words = {action.text() for action in page.actions()}
    assert {f"{title}…" for _key, title, _tip in titles()} <= words
    menu = page.sheet.folds.menu(page)
    assert [action.text() for action in menu.actions()] == [title for _key, title, _tip in titles()]


def test_each_field_of_each_part_says_its_name(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, FULL, settle)
    for key, _title, _tip in titles():
        page.sheet.open_part(key)
    for place, found in page.sheet._fields.items():
        assert found.editor.accessibleName(), place
        if isinstance(found, (TextField, NoteField)):
            assert not found.editor.acceptDrops(), place


def test_a_key_in_an_invoice_with_every_part_open_costs_less_than_a_frame(
    page: EditorPage, world: World, settle: Settle
) -> None:
    from time import thread_time

    lines = tuple(DraftLine(f"Ligne {n}", "2", "C62", "45,50", "S20") for n in range(10))
    usual = replace(FULL, currency="EUR", exchange_rate="", period_end="2026-11-30", payment_means="58", profile="")
    open_form(page, world, replace(usual, lines=lines), settle)
    for key, _title, _tip in titles():
        page.sheet.open_part(key)
    line = field(page, "contract").editor
    line.setFocus()
    times = []
    for letter in "abcdefghij" * 2:
        start = thread_time()
        QTest.keyClicks(line, letter)
        QApplication.sendPostedEvents()
        times.append(thread_time() - start)
    assert sorted(times)[len(times) // 2] < 0.016


def test_a_place_knows_its_part() -> None:
    place = part_of("changes.0.amount")
    assert place is not None
    assert place.key == "discounts"
    assert part_of("lines.0.name") is None


# -- files -----------------------------------------------------------------------------------------------------------


def files_of(page: EditorPage) -> AttachmentsSection:
    page.sheet.open_part("attachments")
    section = page.sheet.folds.section("attachments")
    assert isinstance(section, AttachmentsSection)
    return section


def test_a_file_is_attached_by_its_button_and_said_what_it_is(
    page: EditorPage, world: World, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    order = tmp_path / "commande.pdf"
    order.write_bytes(b"%PDF-1.7 bon de commande")
    dialogs.files = [order]
    section = files_of(page)
    section.add.click()
    settle()
    (attached,) = page.sheet.form().attachments
    assert (attached.filename, attached.media_type) == ("commande.pdf", "application/pdf")
    field(page, "attachments.0.description").set_value("BON_COMMANDE")  # type: ignore[attr-defined]
    assert page.sheet.form().attachments[0].description == "BON_COMMANDE"
    page.keeping.save_now()
    settle()
    saved = world.called("drafts.save")[-1][1]
    assert isinstance(saved, DraftForm)
    assert len(saved.attachments) == 1
    fold = page.sheet.folds._folds["attachments"]
    assert fold.line.count == 1


def test_files_are_dropped_and_pictures_pasted_on_the_card(
    page: EditorPage, world: World, settle: Settle, tmp_path: Path
) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    section = files_of(page)
    plan = tmp_path / "plan.png"
    plan.write_bytes(b"\x89PNG\r\n\x1a\n plan")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(plan))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    section.dropEvent(drop)
    settle()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(1)
    QGuiApplication.clipboard().setImage(image)
    section.paste()
    settle()
    assert [attached.media_type for attached in page.sheet.form().attachments] == ["image/png", "image/png"]
    assert page.sheet.form().attachments[1].filename == "image collée.png"


def test_what_cannot_be_attached_is_said_and_nothing_else_is_lost(
    page: EditorPage, world: World, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    open_form(page, world, replace(SAMPLE_FORM, note="déjà là"), settle)
    dialogs.files = [tmp_path / "absent.pdf"]
    files_of(page).add.click()
    settle()
    assert len(dialogs.errors) == 1
    assert page.sheet.form() == replace(SAMPLE_FORM, note="déjà là")


def test_a_link_is_attached_by_its_address(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    section = files_of(page)
    section.link.click()
    assert page.sheet.form().attachments == (), "a link without an address is for the eye only"
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "https://exemple.fr/plan")
    (attached,) = page.sheet.form().attachments
    assert attached.url == "https://exemple.fr/plan"


def test_sizes_are_read_as_people_say_them() -> None:
    assert [size_words(size) for size in (12, 48_200, 1_240_000)] == ["12 octets", "48 Ko", "1,2 Mo"]


def test_the_kinds_of_files_are_those_the_rules_admit() -> None:
    assert {key for key, _words in QUALIFIERS} == set(ADMITTED)


def test_prices_typed_with_vat_say_so_in_their_columns(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    model = page.sheet.lines.model
    title = model.headerData(Column.PRICE, Qt.Orientation.Horizontal)
    assert title == "PU HT"
    page.sheet.open_part("tax")
    field(page, "prices_include_vat").set_value(True)  # type: ignore[attr-defined]
    assert model.headerData(Column.PRICE, Qt.Orientation.Horizontal) == "PU TTC"
    assert model.index(0, Column.TOTAL).data() == "760,00\u00a0€"
    assert page.sheet.totals.amount_of("Net à payer") == "1\u202f000,00\u00a0€"


def test_a_mended_line_can_be_undone(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    mended = replace(SAMPLE_FORM, lines=(replace(SAMPLE_FORM.lines[0], vat="S10"), SAMPLE_FORM.lines[1]))
    page._problems.mended.emit(mended, "lines.0.vat")
    assert page.sheet.form() == mended
    page.sheet.lines.model.undo()
    assert page.sheet.form() == SAMPLE_FORM


def test_page_templates_are_offered_by_name(page: EditorPage, world: World, settle: Settle) -> None:
    open_form(page, world, SAMPLE_FORM, settle)
    page.sheet.open_part("presentation")
    settle()
    choice = field(page, "template_id")
    assert isinstance(choice, ChoiceField)
    names = [choice.combo.itemText(index) for index in range(choice.combo.count())]
    assert names == ["celui de l’entreprise", "Classique", "Sobre", "Détaillé"]
