"""A file is told by its first bytes, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.services.file_kinds import HEAD, FileKind, kind_of


def an_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("facture.pdf", "%PDF-1.7")
    return file.getvalue()


def an_email() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "compta@example.org", "Facture"
    mail.set_content("Bonjour")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b"%PDF-1.7", FileKind.PDF),
        (b"\0" * 1000 + b"%PDF-1.4", FileKind.PDF),
        (b"\0" * 1020 + b"%PDF-1.4", FileKind.OTHER),
        (b"<?xml version='1.0'?><Invoice/>", FileKind.XML),
        (b"\xef\xbb\xbf\r\n<rsm:Invoice/>", FileKind.XML),
        (b"\n<!-- comment --><Invoice/>", FileKind.XML),
        ("\ufeff<Invoice/>".encode("utf-16-le"), FileKind.XML),
        ("\ufeff<Invoice/>".encode("utf-16-be"), FileKind.XML),
        ("<Invoice/>".encode("utf-16-le"), FileKind.XML),
        ("<Invoice/>".encode("utf-16-be"), FileKind.XML),
        (b"<!---->" * 1000 + b"<Invoice/>", FileKind.XML),
        (b"<!-- page --><!DOCTYPE html><html>", FileKind.OTHER),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", FileKind.OTHER),
        (an_archive(), FileKind.ZIP),
        (an_email(), FileKind.EMAIL),
        (an_email().replace(b"\n", b"\r\n"), FileKind.EMAIL),
        (b"From compta@example.org Sat Nov 21\n" + an_email(), FileKind.EMAIL),
        (b"Subject: only one field\n\nwords", FileKind.OTHER),
        (b"Bonjour, voici ma facture.", FileKind.OTHER),
        (b"\x89PNG\r\n\x1a\n", FileKind.OTHER),
        (b"<3 du texte", FileKind.OTHER),
    ],
)
def test_the_first_bytes_tell(head: bytes, kind: FileKind) -> None:
    assert kind_of(head) is kind


@given(st.binary(max_size=200))
def test_no_bytes_are_beyond_telling(head: bytes) -> None:
    assert isinstance(kind_of(head), FileKind)


def test_every_real_document_is_told(corpus: Path) -> None:
    files = [path for path in sorted(corpus.rglob("*")) if path.suffix.lower() in {".pdf", ".xml"} and path.is_file()]
    assert files
    missed = []
    for path in files:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
        if kind is not (FileKind.PDF if path.suffix.lower() == ".pdf" else FileKind.XML):
            missed.append(f"{path.name}: {kind}")
    assert missed == []
