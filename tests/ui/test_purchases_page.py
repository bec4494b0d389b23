"""Purchases: what is dropped is received file by file, what cannot be read is put aside with its reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.purchases import sources as reading
from einvoice_desktop.ui.screens.purchases.page import PurchasesPage
from einvoice_desktop.ui.screens.purchases.presenter import (
    ImportLine,
    PurchasesPresenter,
    facts,
    honest_notice,
    import_summary,
    left_out_words,
    verdict_pill,
    where_words,
)
from einvoice_desktop.ui.screens.purchases.sources import sources
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.pill import Pill
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import World, make_services

Settle = Callable[[], None]


def test_folders_archives_and_emails_are_opened_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\n%PDF-1.7 a")
    (tmp_path / "b").write_bytes("\ufeff<?xml version='1.0'?><Invoice/>".encode("utf-16-le"))
    (tmp_path / "notes.pdf").write_bytes(b"no invoice")
    with zipfile.ZipFile(tmp_path / "lot.dat", "w") as archive:
        archive.writestr("../../avoir.txt", "<x/>")
        archive.writestr("facture.pdf", "%PDF-1.4 kept as it is, its header within the first bytes of the archive")
        archive.writestr("lisez-moi.xml", "Bonjour")
    forwarded = EmailMessage()
    forwarded["Subject"] = "Facture"
    forwarded.set_content("Ci-joint")
    forwarded.add_attachment(b"<z/>", maintype="application", subtype="octet-stream")
    mail = EmailMessage()
    mail.set_content("Bonjour")
    mail.add_attachment(b"<y/>", maintype="application", subtype="octet-stream", filename="facture")
    mail.add_attachment((tmp_path / "lot.dat").read_bytes(), maintype="application", subtype="zip", filename="joint")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    mail.add_attachment(forwarded)
    (tmp_path / "mail").write_bytes(mail.as_bytes())
    gathered = sources([tmp_path])
    assert [source.name for source in gathered.sources] == [
        "a.bin",
        "b",
        "lot.dat › avoir.txt",
        "lot.dat › facture.pdf",
        "mail › facture",
        "mail › joint › avoir.txt",
        "mail › joint › facture.pdf",
        "mail › pièce jointe 4",
    ]
    assert [source.read()[-4:] for source in gathered.sources][2:7:2] == [b"<x/>", b"<y/>", b"hive"]
    assert gathered.left_out == (
        "lot.dat › lisez-moi.xml",
        "mail › joint › lisez-moi.xml",
        "mail › logo.png",
        "notes.pdf",
    )


def test_a_file_given_by_itself_is_always_tried_and_an_office_document_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"no invoice")
    with zipfile.ZipFile(tmp_path / "lettre.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    gathered = sources([tmp_path / "notes.txt", tmp_path / "lettre.docx"])
    assert ([source.name for source in gathered.sources], gathered.left_out) == (["notes.txt"], ("lettre.docx",))


def test_a_remark_says_whom_it_is_about_in_a_document_of_somebody_else() -> None:
    assert (where_words("seller"), where_words("seller.address.country")) == ("Vendeur", "Vendeur")
    assert where_words("buyer.siren") == "Client"
    assert where_words("totals.net") == "Totaux"
    assert where_words("lines.1.vat") == "Ligne 2, TVA"
    assert where_words("") == ""


def test_what_is_left_out_is_counted_and_named() -> None:
    assert left_out_words(()) == ""
    assert left_out_words(("a.png",)) == "1 fichier laissé de côté, sans PDF ni XML à recevoir : a.png."
    many = left_out_words([f"{n}.png" for n in range(11)], is_cut=True)
    assert many.startswith("Limite d’un import atteinte (5000 documents)")
    assert many.endswith(
        "11 fichiers laissés de côté, sans PDF ni XML à recevoir : "
        + ", ".join(f"{n}.png" for n in range(8))
        + " et 3 autres."
    )


def test_a_broken_archive_is_one_unreadable_document(tmp_path: Path) -> None:
    (tmp_path / "lot.zip").write_bytes(b"not a zip")
    assert [source.name for source in sources([tmp_path / "lot.zip"]).sources] == ["lot.zip"]


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(UserError, match="ED-READ-TOO-LARGE"):
        sources([huge]).sources[0].read()
    monkeypatch.setattr(reading, "LARGEST", 10)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", "<" + "a" * 1000)
    with pytest.raises(UserError, match="ED-READ-TOO-LARGE"):
        sources([tmp_path / "bomb.zip"]).sources[0].read()


def test_an_import_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 3)
    for index in range(6):
        (tmp_path / f"{index}.xml").write_bytes(b"<x/>")
    gathered = sources([tmp_path])
    assert (len(gathered.sources), gathered.is_cut) == (3, True)


def test_a_file_that_is_gone_is_put_aside_with_its_reason(tmp_path: Path) -> None:
    presenter = PurchasesPresenter(make_services())
    source = sources([tmp_path / "gone.pdf"]).sources[0]
    line = presenter.receive("company", source)
    assert line.outcome == "parked"
    assert line.words == "Le fichier n’a pas pu être lu ou écrit"


def test_the_end_of_an_import_is_told_in_one_sentence() -> None:
    lines = [ImportLine("a", "new", ""), ImportLine("b", "new", ""), ImportLine("c", "parked", "")]
    assert import_summary(lines) == "2 reçues, 1 mise de côté"
    assert import_summary(()) == "rien à importer"


def test_a_pdf_without_data_says_so_honestly() -> None:
    view = make_services().view.received("R-1")
    plain = replace(
        view, invoice=None, document=replace(view.document, xml=None, verdict="non_verifie", format="unknown")
    )
    assert verdict_pill(plain.document) == ("PDF sans données", "neutral")
    assert "ne contient pas de facture électronique" in honest_notice(plain)[0]
    assert dict(facts(plain))["Format"] == "PDF"
    assert honest_notice(view) == ("", "info")


def test_a_broken_rule_is_counted_once() -> None:
    document = make_services().view.received("R-4").document
    broken = replace(document, findings=tuple(map(Finding, ("BR-FR-11", "BR-FR-11", "BR-CO-10"))))
    assert verdict_pill(broken) == ("Non conforme · 2", "danger")


@pytest.fixture
def page(qtbot: QtBot, services: Services, tools: Tools, settle: Settle) -> PurchasesPage:
    page = PurchasesPage(services, tools)
    qtbot.addWidget(page)
    page.resize(1224, 804)
    page.show()
    page.open("")
    settle()
    return page


def test_the_first_document_stands_beside_its_page(page: PurchasesPage) -> None:
    assert page.model.rowCount() == 5
    assert page._shown is not None
    assert page._shown.document.id == "R-1"
    assert page.pdf.content == page._shown.document.pdf
    assert page.header().pill == ("2 à examiner", "info")


def test_a_broken_rule_shows_its_field_and_the_value_that_mends_it(page: PurchasesPage, services: Services) -> None:
    broken = Finding("BR-CO-10", "lines.1.quantity", message="official", suggested_value="12.50", location="/x[1]")
    advice = Finding("BR-FR-11", severity=Severity.WARNING, message="advice")
    view = services.view.received("R-4")
    document = replace(view.document, verdict="non_conforme", findings=(advice, broken))
    assert verdict_pill(document) == ("Non conforme · 1", "danger"), "an advice is no broken rule"
    page.data.show_view(replace(view, document=document))
    pills = [(pill.text, pill.tone) for pill in page.data.findChildren(Pill)]
    assert pills[-2:] == [("BR-CO-10", "danger"), ("BR-FR-11", "warning")], "what is broken comes first"
    labels = {label.text(): label.toolTip() for label in page.data.findChildren(Label)}
    assert "Ligne 2, quantité · Valeur proposée : 12,50" in labels
    assert "BR-CO-10\nofficial\n/x[1]\nValeur proposée : 12.50" in labels.values()


def test_a_document_is_opened_by_its_identifier(page: PurchasesPage, settle: Settle) -> None:
    page.open("R-4")
    settle()
    assert page._shown is not None
    assert page._shown.document.id == "R-4"
    assert page.list.currentIndex().row() == 3


def test_dropped_files_are_received_one_by_one(
    page: PurchasesPage, world: World, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a.pdf", "deja.xml"):
        (tmp_path / name).write_bytes(b"<x/>")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / "vide.pdf").write_bytes(b"")
    page.import_files([tmp_path])
    qtbot.waitUntil(lambda: not page._is_importing and bool(page.imports.lines), timeout=3000)
    settle()
    assert [(line.name, line.outcome) for line in page.imports.lines] == [
        ("a.pdf", "new"),
        ("deja.xml", "known"),
        ("vide.pdf", "parked"),
    ]
    assert page.imports.lines[2].words == "Ce fichier est vide"
    assert [args[0] for args in world.called("receive")] == ["a.pdf", "deja.xml"]
    assert page.imports._summary.text() == "Import terminé : 1 reçue, 1 déjà là, 1 mise de côté."
    notes = [page.imports._list.item(index).text() for index in range(3, page.imports._list.count())]
    assert notes == ["1 fichier laissé de côté, sans PDF ni XML à recevoir : logo.png."]
    assert page.close_panel(), "Échap puts the list of the import away"


def test_an_import_can_be_stopped(page: PurchasesPage, settle: Settle, tmp_path: Path, qtbot: QtBot) -> None:
    for index in range(5):
        (tmp_path / f"{index}.xml").write_bytes(b"<x/>")
    page._presenter.receive = _stopping(page)  # type: ignore[method-assign]
    page.import_files([tmp_path])
    qtbot.waitUntil(lambda: not page._is_importing and bool(page.imports.lines), timeout=3000)
    assert len(page.imports.lines) == 2, "the file under way is finished, the others are left"
    assert page.imports._summary.text().startswith("Import arrêté")


def _stopping(page: PurchasesPage) -> Callable[..., ImportLine]:
    done: list[str] = []

    def receive(_company: str, source: reading.Source) -> ImportLine:
        done.append(source.name)
        if len(done) == 2:
            page.imports.cancelled.emit()
        return ImportLine(source.name, "new", "Conforme", "R-1")

    return receive


def test_nothing_to_import_is_said(page: PurchasesPage, dialogs: FakeDialogs, settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    page.import_files([tmp_path])
    settle()
    assert dialogs.said[-1][1] == "warning"
    assert "logo.png" in dialogs.said[-1][0]


def test_the_original_is_saved_byte_for_byte(
    page: PurchasesPage, dialogs: FakeDialogs, settle: Settle, tmp_path: Path
) -> None:
    dialogs.files = [tmp_path / "original.pdf"]
    page._save_action.trigger()
    settle()
    assert page._shown is not None
    assert (tmp_path / "original.pdf").read_bytes() == page._shown.document.original


def test_our_own_remarks_stand_below_the_official_verdict(page: PurchasesPage) -> None:
    """They are told apart: the pill above keeps the official verdict."""
    view = make_services().view.received("R-1")
    remarks = (
        Finding("ED-NOTE-EMPTY", "notes.0"),
        Finding("ED-VAT-NUMBER-KEY", "seller.vat_number", Severity.WARNING, params={"typed": "DE37"}),
    )
    page.data.show_view(replace(view, remarks=remarks))
    shown = [label.text() for label in page.data.findChildren(QLabel)]
    assert "Remarques de nos contrôles" in shown
    assert sentence(remarks[0]) in shown
    assert "Vendeur" in [pill.text for pill in page.data.findChildren(Pill)]
    assert verdict_pill(view.document) == ("Conforme", "success")
