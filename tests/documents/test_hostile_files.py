"""Files made to hurt: each gives a finding, quickly, and nothing of this machine leaks into it."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from einvoice_desktop.documents.reading import DocumentReader, containers, safe_xml
from einvoice_desktop.documents.writing import DocumentWriter
from tests.documents.invoices import complete_invoice

READER = DocumentReader()


def codes(content: bytes) -> list[str]:
    return [problem.code for problem in READER.read(content, "../../etc/passwd").problems]


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 5


def xml() -> bytes:
    return DocumentWriter().write_cii(complete_invoice())


def pdf(name: str = "factur-x.xml", content: bytes | None = None, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(name, xml() if content is None else content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\x00" * 64, b"\xef\xbb\xbf"])
def test_a_file_with_nothing_in_it(content: bytes) -> None:
    assert codes(content) in (["ED-READ-EMPTY"], ["ED-READ-NOT-XML"])


@pytest.mark.parametrize("content", [b'{"a": 1}', b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"<a", b"<a></b>", b"\xff" * 9])
def test_a_file_that_is_no_xml(content: bytes) -> None:
    assert codes(content) == ["ED-READ-NOT-XML"]


def test_an_entity_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 15))
    bomb = f'<!DOCTYPE b [<!ENTITY e0 "boom">{entities}]><b x="&e14;">&e14;</b>'
    assert codes(bomb.encode()) == ["ED-READ-DTD"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_external_entity_is_refused(tmp_path: Path, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET")
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'
    document = READER.read(text.encode(encoding))
    assert [problem.code for problem in document.problems] == ["ED-READ-DTD"]
    assert "TOP-SECRET" not in repr(document)


def test_a_document_type_inside_a_comment_or_a_note_is_no_document_type() -> None:
    harmless = xml().replace(b"B2B<", b"&lt;!DOCTYPE html&gt;<").replace(b"?>", b"?><!-- <!DOCTYPE x> -->", 1)
    assert READER.read(harmless).invoice is not None


def test_deep_and_wide_trees_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(b"<a>" * 100_000 + b"</a>" * 100_000) == ["ED-READ-TOO-LARGE"]
    monkeypatch.setattr(safe_xml, "MAX_TAGS", 1_000)
    assert codes(b"<a>" + b"<b/>" * 1_000 + b"</a>") == ["ED-READ-TOO-LARGE"]


def test_files_above_the_limits_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_XML_BYTES", 1_000)
    monkeypatch.setattr(containers, "MAX_PDF_BYTES", 1_000)
    assert codes(b"<a>" + b" " * 1_000 + b"</a>") == ["ED-READ-TOO-LARGE"]
    assert codes(b"%PDF-1.7\n" + b" " * 1_000) == ["ED-READ-TOO-LARGE"]


def test_a_byte_order_mark_and_other_encodings_are_read() -> None:
    plain = READER.read(xml())
    text = xml().decode().replace("<?xml version='1.0' encoding='UTF-8'?>", "")
    for content in (b"\xef\xbb\xbf" + xml(), text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        assert READER.read(content).invoice == plain.invoice
        assert READER.read(content).problems == ()


def test_blanks_before_the_declaration_are_told() -> None:
    document = READER.read(b"\r\n  " + xml())
    assert [problem.code for problem in document.problems] == ["ED-READ-LEADING-BLANKS"]
    assert document.invoice == complete_invoice()


def test_a_lie_about_the_encoding_is_mended_and_told() -> None:
    text = xml().decode()
    lying = text.encode("windows-1252", "xmlcharrefreplace")
    unknown = text.replace("UTF-8", "UTF-8_W/O_BOM", 1).encode()
    for content in (lying, unknown):
        document = READER.read(content)
        assert [problem.code for problem in document.problems] == ["ED-READ-ENCODING"]
        assert document.invoice is not None
        assert document.invoice.seller.name == "Atelier Lefèvre EI"


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml", "facture.xml"])
def test_a_pdf_is_read_whatever_the_name_of_its_xml(name: str) -> None:
    document = READER.read(pdf(name))
    assert document.format == "factur-x"
    assert document.attachment_name == name
    assert document.invoice == complete_invoice()
    assert document.pdf is not None


def test_the_invoice_is_found_among_other_xml_files() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in (("a.xml", b"<a/>"), ("bl.pdf", b"%PDF"), ("invoice.xml", xml()), ("z.xml", b"<z>")):
        writer.add_attachment(name, content)
    buffer = io.BytesIO()
    writer.write(buffer)
    assert READER.read(buffer.getvalue()).attachment_name == "invoice.xml"


def test_a_pdf_without_an_invoice_says_so() -> None:
    assert codes(pdf("notes.txt", b"hello")) == ["ED-READ-PDF-NO-XML"]
    assert codes(pdf("other.xml", b"<other/>")) == ["ED-READ-UNKNOWN"]


def test_an_encrypted_pdf_says_so() -> None:
    assert codes(pdf(password="secret")) == ["ED-READ-PDF-ENCRYPTED"]


def test_a_damaged_pdf_is_no_crash() -> None:
    whole = pdf()
    assert codes(whole[: len(whole) // 2]) == ["ED-READ-PDF-BROKEN"]
    assert codes(b"%PDF-1.7\nnothing") == ["ED-READ-PDF-BROKEN"]
    shuffle = random.Random(7)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(20):
            damaged[shuffle.randrange(len(damaged))] = shuffle.randrange(256)
        READER.read(bytes(damaged))


def test_a_name_tree_that_points_at_itself_ends() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    node = DictionaryObject()
    reference = writer._add_object(node)
    node[NameObject("/Kids")] = ArrayObject([reference, reference])
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): reference})
    buffer = io.BytesIO()
    writer.write(buffer)
    assert codes(buffer.getvalue()) == ["ED-READ-PDF-NO-XML"]


def test_an_attachment_that_inflates_without_end_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream._data = b"<a>" + b" " * 200_000_000
    embedded = writer._add_object(stream.flate_encode())
    specification = DictionaryObject(
        {
            NameObject("/F"): TextStringObject("factur-x.xml"),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): embedded}),
        }
    )
    tree = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("x"), writer._add_object(specification)])}
    )
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): tree})
    buffer = io.BytesIO()
    writer.write(buffer)
    assert len(buffer.getvalue()) < 1_000_000
    assert codes(buffer.getvalue()) == ["ED-READ-PDF-BROKEN"]


def test_random_damage_to_an_invoice_never_raises() -> None:
    shuffle = random.Random(3)
    whole = xml()
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[shuffle.randrange(len(damaged))] = shuffle.randrange(256)
        READER.read(bytes(damaged))


def test_an_invoice_with_nonsense_in_every_number_and_date_is_still_read() -> None:
    nonsense = xml().replace(b">20261102<", b">20260231<").replace(b">7.5<", b">NaN<").replace(b">50.00<", b">1e9<")
    document = READER.read(nonsense)
    assert document.invoice is not None
    terms = {problem.params["term"] for problem in document.problems}
    assert {"BT-2", "BT-129", "BT-113"} <= terms
    assert {problem.code for problem in document.problems} == {"ED-READ-INCOMPLETE"}


def test_an_invoice_without_number_or_seller_cannot_be_told() -> None:
    document = READER.read(xml().replace(b"<ram:ID>F2026-0001</ram:ID>", b"<ram:ID/>"))
    assert document.format == "cii"
    assert document.invoice is None
    assert [problem.params["term"] for problem in document.problems] == ["BT-1"]
