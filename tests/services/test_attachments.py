"""Files of a draft: known by their bytes, within limits, kept while a draft needs them, inside the document once issued."""

from __future__ import annotations

import io
import zipfile

import pytest

from einvoice_desktop.domain.limits import ATTACHMENT_BYTES
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.services import attach_file
from einvoice_desktop.services.attach_file import file_name, media_type_of
from tests.fakes.office import SELLER, Office, form

PDF = b"%PDF-1.7 plan"


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


XLSX = zipped(xl__workbook_xml=b"<workbook/>")
ODS = zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def draft_id(office: Office) -> str:
    draft = office.drafts.new(SELLER.id)
    office.drafts.save(draft.id, form())
    return draft.id


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "plan.txt", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "x", "image/png"),
        (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
        (XLSX, "x.pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODS, "x", "application/vnd.oasis.opendocument.spreadsheet"),
        (b"a;b\n1;2\n", "heures.CSV", "text/csv"),
        (b"a;b\n1;2\n", "heures.txt", ""),
        (b"a\0b;", "heures.csv", ""),
        (b"MZ\x90", "setup.pdf", ""),
        (zipped(word__document_xml=b"<w/>"), "lettre.docx", ""),
        (b"PK\x03\x04 broken", "x.xlsx", ""),
        (b"<svg/>", "x.png", ""),
        (b"", "x.pdf", ""),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, name: str, media_type: str) -> None:
    assert media_type_of(content, name) == media_type


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("C:\\Users\\moi\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("été <1>|?.pdf", "été _1___.pdf"),
        ("x" * 80 + ".pdf", "x" * 46 + ".pdf"),
        ("...", "fichier"),
    ],
)
def test_a_name_is_never_a_path(path: str, name: str) -> None:
    assert file_name(path) == name


def test_a_file_goes_from_the_draft_into_the_document(office: Office, draft_id: str) -> None:
    row = office.attachments.add(draft_id, "/tmp/plan.txt", PDF, "BON_COMMANDE")
    assert (row.filename, row.media_type, row.description) == ("plan.pdf", "application/pdf", "BON_COMMANDE")
    assert office.drafts.get(draft_id).form.attachments == (row,)
    assert office.attachments.content(row.sha256) == PDF
    document = office.issue.issue_draft(draft_id, send=False)
    (attached,) = office.view.issued(document.id).invoice.attachments
    assert (attached.content, attached.filename, attached.reference) == (PDF, "plan.pdf", "plan.pdf")
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.attachments.content(row.sha256)


def test_a_duplicate_carries_the_files_too(office: Office, draft_id: str) -> None:
    office.attachments.add(draft_id, "plan.pdf", PDF)
    twin = office.drafts.duplicate(draft_id)
    document = office.issue.issue_draft(draft_id, send=False)
    for draft in (twin, office.drafts.duplicate(document.id)):
        issued = office.issue.issue_draft(draft.id, send=False)
        assert [a.content for a in office.view.issued(issued.id).invoice.attachments] == [PDF]


def test_a_file_taken_off_is_not_sent(office: Office, draft_id: str) -> None:
    office.attachments.add(draft_id, "plan.pdf", PDF)
    other = office.attachments.add(draft_id, "rib.pdf", b"%PDF-1.7 rib", "RIB")
    office.attachments.remove(draft_id, 0)
    assert office.drafts.get(draft_id).form.attachments == (other,)
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.attachments.remove(draft_id, 1)


def test_what_cannot_be_joined_says_why_and_changes_nothing(
    office: Office, draft_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.drafts.get(draft_id)
    for content, code in (
        (b"MZ\x90", "ED-FILE-TYPE"),
        (b"", "ED-FILE-EMPTY"),
        (PDF + bytes(ATTACHMENT_BYTES), "ED-FILE-SIZE"),
    ):
        with pytest.raises(UserError, match=code):
            office.attachments.add(draft_id, "plan.pdf", content)
    assert office.drafts.get(draft_id) == before
    office.attachments.add(draft_id, "plan.pdf", PDF)
    with pytest.raises(UserError, match="ED-FILE-TWICE"):
        office.attachments.add(draft_id, "le même.pdf", PDF)
    monkeypatch.setattr(attach_file, "TOTAL_BYTES", 20)
    with pytest.raises(UserError, match="ED-FILE-SIZE"):
        office.attachments.add(draft_id, "rib.pdf", b"%PDF-1.7 rib")
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.attachments.add("gone", "plan.pdf", PDF)
