"""A document is known by what it holds: its name, its extension and the name of its attachment say nothing (R-049)."""

from __future__ import annotations

from pathlib import Path

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from tests.documents.test_hostile_files import pdf, xml

READER = DocumentReader()
FLUX_10 = "generated-by-pypi/flux10-by-mcp-facture-electronique-fr-0.9.1/flux10.1_intra-EU_credit-note.xml"
SWAPPED = {
    "facture.xml": ("akretion_factur-x/pdf/invoice_EN16931.pdf", "factur-x"),
    "facture.pdf": ("akretion_factur-x/xml/factur-x-en16931.xml", "cii"),
    "facture.jpg": ("akretion_factur-x/xml/ubl-21-extended-ctc-fr.xml", "ubl"),
    "avoir.eml": ("**/UC5b_F202500011_00-CN_20250703_UBL.xml", "ubl"),
    "statut.pdf": ("**/UC1_F202500003_01-CDV-200_Deposee.xml", "cdar"),
    "declaration.zip": (FLUX_10, "ereport"),
}


def bytes_of(corpus: Path, pattern: str) -> bytes:
    return min(corpus.glob(pattern)).read_bytes()


@pytest.mark.parametrize("name", SWAPPED)
def test_six_files_with_swapped_extensions_are_classified_right(corpus: Path, name: str) -> None:
    pattern, expected = SWAPPED[name]
    assert READER.read(bytes_of(corpus, pattern), name).format == expected


@pytest.mark.parametrize(
    "name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "facture", "données.dat", "photo.jpg", "x.pdf"]
)
def test_a_factur_x_is_found_under_any_attachment_name(name: str) -> None:
    found = READER.read(pdf(name))
    assert found.format == "factur-x"
    assert found.attachment_name == name
    assert found.xml == xml()


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\r\n  "])
def test_what_stands_before_the_first_tag_of_an_attachment_does_not_hide_it(bom: bytes) -> None:
    assert READER.read(pdf("piece.bin", bom + xml())).format == "factur-x"


def test_an_attachment_that_is_no_xml_is_not_taken_for_one() -> None:
    assert READER.read(pdf("facture.bin", b"\x89PNG")).problems[0].code == "ED-READ-PDF-NO-XML"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("akretion_factur-x/xml/order-x-basic.xml", "ED-READ-ORDER-X"),
        ("akretion_factur-x/xml/zugferd-comfort.xml", "ED-READ-ZUGFERD1"),
    ],
)
def test_relatives_that_are_no_invoice_of_today_are_refused_by_name(corpus: Path, pattern: str, code: str) -> None:
    content = bytes_of(corpus, pattern)
    for file in (content, pdf("factur-x.xml", content)):
        found = READER.read(file, "facture.xml")
        assert found.format == "unknown"
        assert [problem.code for problem in found.problems] == [code]
