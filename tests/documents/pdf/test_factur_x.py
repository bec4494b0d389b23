"""The file that leaves: a PDF/A-3b with exactly one XML inside, the same bytes each time it is made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from einvoice_desktop.documents.facturx import conformance_level, relationship
from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ports.documents import Appearance, PdfMaker
from einvoice_desktop.ports.errors import UserError
from tests.documents.pdf import samples
from tests.documents.pdf.reading import catalog, embedded_fonts, identifier, open_pdf


@pytest.fixture(scope="module")
def file(maker: ReportlabPdf) -> bytes:
    return maker.make(samples.invoice(), samples.PLAIN, samples.XML, made_at=samples.MADE_AT)


def test_the_maker_keeps_its_promise(maker: ReportlabPdf) -> None:
    port: PdfMaker = maker
    assert port.render(samples.invoice(), Appearance()).startswith(b"%PDF-1.7")


def test_two_libraries_read_the_xml_back(file: bytes) -> None:
    import facturx

    name, xml = facturx.get_xml_from_pdf(file, check_xsd=False, check_schematron=False)
    assert (name, xml) == ("factur-x.xml", samples.XML)
    attachments = open_pdf(file).attachments
    assert {key: list(value) for key, value in attachments.items()} == {"factur-x.xml": [samples.XML]}


def test_the_catalog_says_what_the_file_is(file: bytes) -> None:
    root = catalog(file)
    (attached,) = root["/AF"]
    described = attached.get_object()
    assert described["/AFRelationship"] == "/Alternative"
    assert described["/UF"] == "factur-x.xml"
    assert described["/EF"]["/F"].get_object()["/Subtype"] == "/text/xml"
    assert root["/Lang"] == "fr-FR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3


def test_the_metadata_agree_with_the_document_information(file: bytes) -> None:
    xmp = catalog(file)["/Metadata"].get_object().get_data().decode()
    for expected in (
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
        "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
        "<xmp:CreateDate>2026-11-18T09:12:30+00:00</xmp:CreateDate>",
        "Facture FA2026-0122",
    ):
        assert expected in xmp
    information = open_pdf(file).metadata
    assert information is not None
    assert information.title == "Facture FA2026-0122"
    assert information.author == "Atelier Brossard"
    assert information.creation_date == samples.MADE_AT


def test_every_face_is_embedded_and_none_is_helvetica(maker: ReportlabPdf) -> None:
    for invoice in (samples.invoice(), samples.all_samples()["foreign_names"]):
        fonts = embedded_fonts(maker.make(invoice, samples.RICH, samples.XML, made_at=samples.MADE_AT))
        assert fonts
        assert all(fonts.values())
        assert not [name for name in fonts if "SourceSansPro" not in name]


def test_same_document_same_bytes_even_from_many_threads(maker: ReportlabPdf) -> None:
    kinds = list(samples.all_samples().values())[:12]

    def make(index: int) -> bytes:
        return maker.make(kinds[index % 12], samples.RICH, samples.XML, made_at=samples.MADE_AT)

    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(make, range(36)))
    assert files[:12] == files[12:24] == files[24:]
    assert files[:12] == [
        ReportlabPdf().make(kind, samples.RICH, samples.XML, made_at=samples.MADE_AT) for kind in kinds
    ]


def test_another_xml_or_moment_changes_the_identifier(maker: ReportlabPdf, file: bytes) -> None:
    other = maker.make(samples.invoice(), samples.PLAIN, samples.XML + b" ", made_at=samples.MADE_AT)
    later = maker.make(samples.invoice(), samples.PLAIN, samples.XML, made_at=samples.MADE_AT.replace(hour=10))
    assert len({identifier(one) for one in (file, other, later)}) == 3


def test_the_size_of_a_one_page_file_is_bounded(maker: ReportlabPdf) -> None:
    heavy = replace(samples.RICH, logo=samples.noise_jpeg())
    made = maker.make(samples.invoice(), heavy, samples.XML * 60, made_at=samples.MADE_AT)
    assert len(open_pdf(made).pages) == 1
    assert len(made) <= 80_000


@pytest.mark.parametrize(
    ("profile", "level", "related"),
    [
        (Profile.MINIMUM, "MINIMUM", "Data"),
        (Profile.BASIC_WL, "BASIC WL", "Data"),
        (Profile.BASIC, "BASIC", "Alternative"),
        (Profile.EN16931, "EN 16931", "Alternative"),
        (Profile.EXTENDED, "EXTENDED", "Alternative"),
    ],
)
def test_each_profile_has_its_level(profile: Profile, level: str, related: str) -> None:
    assert (conformance_level(profile), relationship(profile)) == (level, related)


def test_a_profile_without_a_level_is_refused_not_disguised(maker: ReportlabPdf) -> None:
    invoice = replace(samples.invoice(), profile=Profile.EXTENDED_CTC_FR)
    with pytest.raises(UserError) as refusal:
        maker.make(invoice, samples.PLAIN, samples.XML, made_at=samples.MADE_AT)
    assert refusal.value.code == "ED-FACTURX-PROFILE"
    assert maker.render(invoice, samples.PLAIN).startswith(b"%PDF-")


def test_a_moment_without_a_zone_is_a_bug(maker: ReportlabPdf) -> None:
    naive = datetime(2026, 11, 18)  # noqa: DTZ001 - the very mistake
    with pytest.raises(ValueError, match="time zone"):
        maker.make(samples.invoice(), samples.PLAIN, samples.XML, made_at=naive)
