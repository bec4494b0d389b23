"""Whatever goes wrong in a document, the French rules say it in French, at a field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.resources import phrases
from einvoice_desktop.services.mend_findings import with_cures
from tests.documents.invoices import complete_invoice
from tests.documents.rules.samples import cii_invoice
from tests.resources.paths import exists

CII = DocumentWriter().write_cii(complete_invoice())
UBL = DocumentWriter().write_ubl(complete_invoice())
_WRONG = ("", "é@ /x", "9" * 130, "-1.2345678", "00", "20991332")
_PLACELESS = ("BR-FR-MV", "BR-FR-BD", "BR-FR-CDV")


def mutants(xml: bytes, *, of_each: int) -> Iterator[bytes]:
    """``xml`` with one leaf or attribute gone or wrong; ``of_each`` ways for each, all in turn over the document."""
    tree = etree.fromstring(xml)
    leaves = [element for element in tree.iter(etree.Element) if len(element) == 0]
    for number, leaf in enumerate(leaves):
        kept, parent = leaf.text, leaf.getparent()
        for way in range(of_each):
            leaf.text = _WRONG[(number + way) % len(_WRONG)]
            yield etree.tostring(tree)
        leaf.text = kept
        assert parent is not None
        if number % 2 == 0:
            at = parent.index(leaf)
            parent.remove(leaf)
            yield etree.tostring(tree)
            parent.insert(at, leaf)
        for name, value in list(leaf.attrib.items()):
            leaf.set(name, "ZZ9")
            yield etree.tostring(tree)
            leaf.set(name, value)


def _untold(finding: Finding) -> bool:
    rule = finding.params.get("rule", "")
    return phrases.phrase(finding.code, rule=rule, message=finding.message, place=finding.place) is None


def _is_lost(finding: Finding) -> bool:
    """Without a field although its rule has one, or at a field that does not exist."""
    if not finding.place:
        return not finding.code.startswith(_PLACELESS)
    return not exists(_any_row(finding.place))


def _any_row(place: str) -> str:
    return ".".join("*" if part.isdecimal() else part for part in place.split("."))


def _check(engine: RulesWorker, xml: bytes, *, of_each: int) -> set[str]:
    """The French rules that spoke; each in French, at a field."""
    spoken: set[str] = set()
    for mutant in mutants(xml, of_each=of_each):
        report = engine.check(mutant)
        assert report.why_not_checked == ""
        french = [f for f in report.findings if f.code.startswith("BR-FR")]
        assert [f.code for f in report.findings if _untold(f)] == []
        assert [(f.code, f.place, f.location) for f in french if _is_lost(f)] == []
        spoken |= {f.code.partition("_")[0] for f in french}
    return spoken


def test_each_fault_of_a_cii_document_is_told_at_its_field(engine: RulesWorker) -> None:
    spoken = _check(engine, cii_invoice(lines=1), of_each=1)
    assert {"BR-FR-03", "BR-FR-04", "BR-FR-05", "BR-FR-08", "BR-FR-10", "BR-FR-16", "BR-FR-DEC-01"} <= spoken


@pytest.mark.conformance
@pytest.mark.parametrize("xml", [CII, UBL], ids=["CII", "UBL"])
def test_each_fault_of_a_full_document_is_told_at_its_field(engine: RulesWorker, xml: bytes) -> None:
    spoken = _check(engine, xml, of_each=2)
    assert len(spoken) >= 20, sorted(spoken)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("LineTotalAmount", "BR-CO-10"),
        ("TaxBasisTotalAmount", "BR-CO-13"),
        ("TaxTotalAmount", "BR-CO-14"),
        ("GrandTotalAmount", "BR-CO-15"),
        ("DuePayableAmount", "BR-CO-16"),
    ],
)
def test_a_wrong_total_is_mended_by_the_one_it_should_be(engine: RulesWorker, name: str, rule: str) -> None:
    tree = etree.fromstring(cii_invoice(lines=3))
    summation = next(
        e for e in tree.iter(etree.Element) if etree.QName(e).localname.endswith("HeaderMonetarySummation")
    )
    amount = next(e for e in summation if etree.QName(e).localname == name)
    right, amount.text = amount.text, "12345.67"
    wrong = etree.tostring(tree)
    read = DocumentReader().read(wrong)
    found = with_cures(engine.check(wrong).findings, read.invoice)
    (finding,) = [f for f in found if rule in {f.code, f.params.get("rule", "")}]
    assert Decimal(finding.suggested_value or "") == Decimal(right or "")
    amount.text = finding.suggested_value
    assert engine.check(etree.tostring(tree)).findings == ()


@pytest.mark.conformance
def test_every_finding_on_real_documents_is_told_at_a_field_that_exists(engine: RulesWorker, corpus: Path) -> None:
    found = untold = lost = cured = 0
    reader = DocumentReader()
    for path in sorted(
        path for path in corpus.rglob("*") if path.suffix in {".xml", ".pdf"} and "_specs" not in path.parts
    ):
        read = reader.read(path.read_bytes())
        if read.xml is None:
            continue
        for finding in with_cures(engine.check(read.xml).findings, read.invoice):
            found += 1
            untold += _untold(finding)
            lost += bool(finding.place) and not exists(_any_row(finding.place))
            cured += finding.suggested_value is not None
    assert (untold, lost) == (0, 0)
    assert found > 2000
    assert cured > found // 2, "most of what goes wrong in real documents can be mended by what is known"
