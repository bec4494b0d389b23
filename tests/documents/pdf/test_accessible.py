"""A page that can be heard: each text has its role, pictures have words, lines and colours are out of the way."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.ports.documents import Appearance
from tests.documents.pdf import samples
from tests.documents.pdf.reading import catalog, open_pdf

EVERY = samples.all_samples()


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    return [kid.get_object() for kid in kids if hasattr(kid.get_object(), "get")]


def _walk(element: Any) -> list[Any]:
    return [element, *(found for kid in _children(element) for found in _walk(kid))]


def _document(content: bytes) -> Any:
    return catalog(content)["/StructTreeRoot"]["/K"]


def _kinds(content: bytes) -> Counter[str]:
    return Counter(str(element["/S"]).lstrip("/") for element in _walk(_document(content)))


def test_the_file_says_its_language_its_title_and_that_it_is_tagged(maker: ReportlabPdf) -> None:
    root = catalog(maker.render(samples.invoice(), samples.RICH))
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_each_text_has_its_role(maker: ReportlabPdf) -> None:
    kinds = _kinds(maker.render(samples.invoice(), samples.RICH))
    assert kinds["Document"] == kinds["H1"] == 1
    assert kinds["H2"] >= 4
    assert kinds["Figure"] == 2
    assert kinds["Table"] == 2
    assert kinds["TD"] == 2 * 5 + 4


def test_the_table_is_regular_whatever_the_pages(maker: ReportlabPdf) -> None:
    content = maker.render(EVERY["many_pages"], samples.RICH)
    lines, totals = (e for e in _walk(_document(content)) if e["/S"] == "/Table")
    rows = _children(lines)
    assert len(rows) == 301
    assert {len(_children(row)) for row in rows} == {5}
    assert {cell["/S"] for cell in _children(rows[0])} == {"/TH"}
    assert {cell["/A"]["/Scope"] for cell in _children(rows[0])} == {"/Column"}
    assert {_children(row)[0]["/A"]["/Scope"] for row in _children(totals)} == {"/Row"}


def test_pictures_are_told_in_words(maker: ReportlabPdf) -> None:
    figures = [e for e in _walk(_document(maker.render(samples.invoice(), samples.RICH))) if e["/S"] == "/Figure"]
    assert figures[0]["/Alt"] == "Logo Atelier Brossard"
    assert "1\u202f200,00\u00a0€" in figures[1]["/Alt"]
    assert all(len(figure["/A"]["/BBox"]) == 4 for figure in figures)


@pytest.mark.parametrize("name", ["simple", "many_pages", "long_texts", "references", "consumer"])
def test_all_that_is_shown_is_either_content_or_artifact(maker: ReportlabPdf, name: str) -> None:
    content = maker.render(EVERY[name], samples.RICH)
    parents = catalog(content)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for index, page in enumerate(open_pdf(content).pages):
        stream: Any = page["/Contents"]
        data = re.sub(rb"\((?:[^()\\]|\\.)*\)", b"", stream.get_object().get_data(), flags=re.DOTALL)
        depth, numbers = 0, []
        for token in re.findall(rb"/MCID \d+|\bBDC\b|\bBMC\b|\bEMC\b|\bTj\b|\bf\b|\bs\b|\bDo\b", data):
            if token.startswith(b"/MCID"):
                numbers.append(int(token.split()[1]))
            elif token in {b"BDC", b"BMC"}:
                depth += 1
                assert depth == 1
            elif token == b"EMC":
                depth -= 1
            else:
                assert depth == 1, "shown outside of any marked content"
        assert depth == 0
        assert numbers == list(range(len(numbers)))
        described: Any = page
        assert described["/StructParents"] == index
        assert described["/Tabs"] == "/S"
        assert parents[2 * index] == index
        assert len(parents[2 * index + 1]) == len(numbers)


def test_what_is_heard_follows_the_page(maker: ReportlabPdf) -> None:
    """The order of the structure is that of the streams, so that copying and hearing tell the same story."""
    content = maker.render(samples.invoice(), samples.PLAIN)
    numbers = [e["/K"] for e in _walk(_document(content)) if isinstance(e.get("/K"), int)]
    assert numbers == sorted(numbers)


def test_a_page_in_two_languages_does_not_claim_what_it_does_not_keep(maker: ReportlabPdf) -> None:
    root = catalog(maker.render(samples.invoice(), Appearance(language="de")))
    assert b"pdfuaid" not in root["/Metadata"].get_object().get_data()
    assert root["/MarkInfo"]["/Marked"].value is True


def test_long_documents_have_bookmarks(maker: ReportlabPdf) -> None:
    pdf = open_pdf(maker.render(EVERY["many_pages"], samples.PLAIN))
    assert len(pdf.outline) == len(pdf.pages) > 8
