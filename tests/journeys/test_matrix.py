"""Hundreds of documents of every kind, made through the services and judged by everybody but the program."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ports.documents import Appearance
from tests.journeys.matrix import judges
from tests.journeys.matrix.harvesting import harvested, speed_of
from tests.journeys.matrix.kinds import KINDS
from tests.journeys.matrix.making import Made, Refused
from tests.journeys.matrix.oracle import (
    differences_of,
    gaps_in_credit,
    gaps_in_story,
    gaps_with_vat,
    inconsistencies,
)
from tests.journeys.matrix.plan import DIMENSIONS, Case, plan, possible_pairs
from tests.journeys.matrix.table import Row, render
from tests.journeys.matrix.terms import missing
from tests.journeys.matrix.xml_reading import figures

pytestmark = pytest.mark.conformance

TABLE_VARIABLE = "EINVOICE_MATRIX_TABLE"
"""Where the table is written too, followed by every unexpected finding."""


@dataclass(frozen=True)
class Matrix:
    """Everything made, where its files are, and how fast it went."""

    folder: Path
    made: list[Made]
    refused: list[Refused]
    speed: str

    def files(self, suffix: str) -> list[Path]:
        """The files of that kind, in the order of the documents."""
        return [self.folder / f"{one.case.name}{suffix}" for one in self.made]

    def page(self, case: Case) -> Path:
        """The PDF of a case: a Factur-X file, or a page apart."""
        return self.folder / f"{case.name}{'.page' if case.has_page_apart else ''}.pdf"


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """Every case of the plan made once."""
    folder = tmp_path_factory.mktemp("matrix")
    harvests = harvested(folder)
    made = [one for harvest in harvests for one in harvest.made]
    refused = [one for harvest in harvests for one in harvest.refused]
    return Matrix(folder, made, refused, speed_of(harvests))


def test_the_table_tries_every_pair_of_values() -> None:
    """Each value of a dimension stands at least once beside each value of another that it may stand beside."""
    tried = {pair for case in plan() for pair in case.pairs}
    assert len(plan()) >= 400
    assert len({case.name for case in plan()}) == len(plan())
    possible = possible_pairs()
    assert len(possible) > 500
    assert possible - tried == set()
    for kind in KINDS:  # what follows a document takes its content from it, its currency with it
        currencies = {case.currency for case in plan() if case.kind is kind}
        assert currencies == set(DIMENSIONS["currency"]), kind.name


def test_every_case_can_be_made(matrix: Matrix) -> None:
    assert sorted(f"{one.case.name}: {one.why}" for one in matrix.refused) == []


def test_nobody_finds_anything_unexpected(matrix: Matrix, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [Row(one.case) for one in matrix.made]
    started = time.perf_counter()
    verdicts = {
        "amounts": [_amounts(matrix.folder, one) for one in matrix.made],
        "story": [_story(matrix.folder, one) for one in matrix.made],
        "terms": [_terms(matrix.folder, one) for one in matrix.made],
        "CII": judges.official(matrix.files(".cii.xml")),
        "UBL": judges.official(matrix.files(".ubl.xml")),
    }
    for judge, found in verdicts.items():
        for row, one in zip(rows, found, strict=True):
            row.verdicts[judge] = one
    with_xml = [row for row in rows if not row.case.has_page_apart]
    for row, one in zip(with_xml, judges.mustang([matrix.page(row.case) for row in with_xml]), strict=True):
        row.verdicts["Mustang"] = one
    for row, one in zip(rows, judges.verapdf([matrix.page(row.case) for row in rows]), strict=True):
        row.verdicts["veraPDF"] = one
    table = render(rows, [one.case for one in matrix.refused])
    with capsys.disabled():
        print(f"\n{table}")
        print(f"{len(rows)} documents, {matrix.speed}; judged in {time.perf_counter() - started:.0f} s")
    unexpected = [
        f"{row.case.name} {judge}: {' | '.join(found[:5])}"
        for row in rows
        for judge, found in row.verdicts.items()
        if found
    ]
    if TABLE_VARIABLE in os.environ:
        Path(os.environ[TABLE_VARIABLE]).write_text("\n".join([table, *unexpected, ""]), encoding="utf-8")
    assert unexpected == []


def _amounts(folder: Path, made: Made) -> list[str]:
    found = []
    for suffix in (".cii.xml", ".ubl.xml"):
        read = figures((folder / f"{made.case.name}{suffix}").read_bytes())
        found += inconsistencies(read)
        compare = gaps_with_vat if made.form.prices_include_vat else differences_of
        found += compare(made.form, read, made.case.profile)
    return found


def _story(folder: Path, made: Made) -> list[str]:
    """What the document adds up to with those it follows."""
    if not made.sources:
        return []
    read, *before = [figures((folder / f"{name}.cii.xml").read_bytes()) for name in (made.case.name, *made.sources)]
    if made.case.kind.is_credit and made.case.vat.name != "net-of-tax":
        return gaps_in_credit(read, before[0], is_total=made.case.kind.name != "381-partial")
    return gaps_in_story(read, before, made.deal, made.form)


def _terms(folder: Path, made: Made) -> list[str]:
    found = []
    for suffix in (".cii.xml", ".ubl.xml"):
        if not made.case.profile.startswith("BASIC"):
            found += missing(made.form, (folder / f"{made.case.name}{suffix}").read_bytes())
    return found


NOT_ADMITTED_IN_MINIMUM = {
    "BR-FR-05_BT-22_PMT",
    "BR-FR-05_BT-22_PMD",
    "BR-FR-05_BT-22_AAB",
    "BR-FR-12_BT-49",
    "BR-FR-13_BT-34",
}
"""MINIMUM has no place for notes nor electronic addresses: France does not admit it as an invoice (R-047)."""


def test_minimum_accompanies_any_document_and_lacks_but_what_it_has_no_place_for(
    matrix: Matrix, tmp_path: Path
) -> None:
    """The program warns before, and the French rules refuse it: nothing else may be wrong with such a file."""
    reader, writer, pages = DocumentReader(), DocumentWriter(), ReportlabPdf()
    cases = [one for one in matrix.made if not one.case.sources]  # MINIMUM names no earlier document, no payment either
    some = [one for one in cases if one.case.currency == "EUR" and one.case.payment != "paid"][::5]
    assert len(some) >= 20
    xmls, pdfs = [], []
    for one in some:
        invoice = replace(reader.read_json(one.document.json), profile=Profile.MINIMUM)
        xml, pdf = tmp_path / f"{one.case.name}.xml", tmp_path / f"{one.case.name}.pdf"
        xml.write_bytes(writer.write_cii(invoice))
        pdf.write_bytes(pages.make(invoice, Appearance(), xml.read_bytes(), made_at=one.document.issued_at))
        xmls.append(xml)
        pdfs.append(pdf)
    names = [one.case.name for one in some]
    found = dict(zip(names, judges.official(xmls), strict=True))
    assert {name: codes for name, codes in found.items() if set(codes) != NOT_ADMITTED_IN_MINIMUM} == {}
    assert {name: told for name, told in zip(names, judges.mustang(pdfs), strict=True) if told} == {}
    assert {name: told for name, told in zip(names, judges.verapdf(pdfs), strict=True) if told} == {}
