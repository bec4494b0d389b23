"""R-057: whatever the XML says, the page says, term by term; and what a page must bear at its limits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.proof import PypdfProver
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Profile
from tests.documents.pdf import samples
from tests.documents.pdf.extremes import everything, extremes
from tests.documents.pdf.reading import flat_text, open_pdf, text_of

GOLDEN = Path(__file__).parent / "data"
EXTREMES = extremes()
TERMS = [line.split("\t") for line in (GOLDEN / "terms.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("term", "text"), TERMS, ids=[term for term, _ in TERMS])
def test_each_business_term_is_printed(maker: ReportlabPdf, term: str, text: str) -> None:
    assert text in _page(maker), term


_PAGES: dict[str, str] = {}


def _page(maker: ReportlabPdf) -> str:
    if not _PAGES:
        _PAGES["everything"] = flat_text(maker.render(everything(), samples.PLAIN))
    return _PAGES["everything"]


def test_the_list_of_terms_is_long_and_each_is_there_once() -> None:
    names = [term for term, _ in TERMS]
    assert len(names) == len(set(names)) > 110


@pytest.mark.parametrize("name", sorted(EXTREMES))
def test_the_text_at_the_limits_is_the_golden_one(maker: ReportlabPdf, update_golden: bool, name: str) -> None:
    found = text_of(maker.render(EXTREMES[name], samples.RICH))
    golden = GOLDEN / f"extreme_{name}.txt"
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(EXTREMES) - {"everything"}))
def test_what_is_printed_at_the_limits_is_proven(maker: ReportlabPdf, name: str) -> None:
    invoice = EXTREMES[name]
    xml = DocumentWriter().write_cii(invoice)
    proof = PypdfProver().prove(maker.make(invoice, samples.RICH, xml, made_at=samples.MADE_AT), xml, invoice)
    assert proof.is_proven, proof
    replaced = {finding.place for finding in proof.findings}
    assert replaced == ({"buyer.name", "lines.0.name", "lines.1.name"} if name == "right_to_left" else set())


def test_everything_is_proven_in_the_extended_profile(maker: ReportlabPdf) -> None:
    invoice = replace(everything(), profile=Profile.EXTENDED)
    xml = DocumentWriter().write_cii(invoice)
    proof = PypdfProver().prove(maker.make(invoice, samples.RICH, xml, made_at=samples.MADE_AT), xml, invoice)
    assert proof.is_proven, proof


def test_a_tall_line_is_cut_rather_than_leaving_an_empty_page(maker: ReportlabPdf) -> None:
    pages = text_of(maker.render(EXTREMES["long_name"], samples.PLAIN)).split("\f")
    assert "10,00" in pages[0]
    assert "À reporter" not in pages[0]
    assert "Net à payer" in pages[1]


def test_a_short_line_is_never_cut(maker: ReportlabPdf) -> None:
    lines = [samples.line(f"Article {n}", "1", "10", description="Ligne un.\nLigne deux.") for n in range(1, 60)]
    for page in text_of(maker.render(samples.invoice(lines), samples.PLAIN)).split("\f"):
        assert page.count("Article") == page.count("Ligne un.") == page.count("Ligne deux.")


def test_each_page_names_its_document(maker: ReportlabPdf) -> None:
    content = maker.render(samples.many_lines(90), samples.PLAIN)
    pages = text_of(content).split("\f")
    assert len(pages) == len(open_pdf(content).pages) > 2
    for number, page in enumerate(pages, 1):
        assert "FA2026-0122" in page
        assert "Atelier Brossard" in page
        assert f"Page {number} / {len(pages)}" in page
