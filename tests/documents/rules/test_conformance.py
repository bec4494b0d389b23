"""The verdicts on real documents: those of the official files, and beside them those their publishers' older files gave.

VERDICTS.tsv was computed with France_RFE 1.4.0.02 and the CEN's 1.3.16. Where the files installed here say otherwise,
the document is listed with the reason: a difference that comes or goes fails.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.ports.rules import RuleReport
from tests.documents.rules.agreement import disagreement
from tests.documents.rules.official import Failed, Official
from tests.documents.rules.official_corpus import CorpusDocument, officially_judged

pytestmark = pytest.mark.conformance

UNNUMBERED = "unnumbered"
OLD_ENGINE_ERROR = (
    "The older file stopped there (ENGINE-ERROR: a sequence where one value was expected); this one does not."
)
BT_128 = "1.4.0.02 looked at BT-128 where it meant EXT-FR-FE-136; 1.4.0.03 no longer does."
FOREIGN = (
    "BR-FR-05_BT-22_AAB BR-FR-05_BT-22_PMD BR-FR-05_BT-22_PMT BR-FR-08_BT-23 BR-FR-10_BT-30 BR-FR-12_BT-49 "
    "BR-FR-13_BT-34 BR-FR-16_BT-119 BR-FR-16_BT-152"
)
MUSTANG = "ZUGFeRD_mustangproject/library/src/test/resources/subinvoicelines"
ORACLES = "facturxapi_en16931-oracles/brfr"
FRENCH_DIFFERENCES = {
    f"{MUSTANG}/Extended_SubInvoiceLines_Hardware_Bsp2.xml": (FOREIGN, "", OLD_ENGINE_ERROR),
    f"{MUSTANG}/Extended___SubInvoiceLines_Buero_Material_Bsp3__.xml": (FOREIGN, "", OLD_ENGINE_ERROR),
    f"{MUSTANG}/ZUGFeRD_Extended__Abschlagsrechnung_SubInvoiceLine_u_LV_Nr_.xml": (
        f"BR-FR-02_BT-1 BR-FR-04_BT-3 {FOREIGN}",
        "",
        OLD_ENGINE_ERROR,
    ),
    f"{MUSTANG}/invalidSubInvoiceLineHierarchy.xml": (FOREIGN, "", OLD_ENGINE_ERROR),
    "ZUGFeRD_mustangproject/validator/src/test/resources/invalidSubInvoiceLineHierarchy.xml": (
        FOREIGN,
        "",
        OLD_ENGINE_ERROR,
    ),
    f"{ORACLES}/gaps-fr/ubl-bt128-espace.xml": ("", "BR-FR-02_EXT-FR-FE-136", BT_128),
    f"{ORACLES}/objective-a/ubl-bt128-espace.xml": ("", "BR-FR-02_EXT-FR-FE-136", BT_128),
}
"""Identifiers only here, only in VERDICTS.tsv, and why."""

Differences = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def documents(corpus: Path) -> list[CorpusDocument]:
    """Every document an official file applies to: CII, UBL, alone or in a PDF, CDAR, e-report."""
    return [document for document in officially_judged(corpus) if document.has_verdict]


@pytest.fixture(scope="module")
def reports(engine: RulesWorker, documents: list[CorpusDocument]) -> list[RuleReport]:
    return [engine.check(document.xml) for document in documents]


def test_every_document_is_judged_as_the_official_files_alone_do(
    documents: list[CorpusDocument], reports: list[RuleReport], capsys: pytest.CaptureFixture[str]
) -> None:
    """Verdict, identifiers, texts and severities, in their order; 100 %, no tolerance."""
    for document, report in zip(documents, reports, strict=True):
        assert disagreement(document.official, report) == "", document.file
    kinds = [document.official.kind for document in documents]
    with capsys.disabled():
        print(f"\n{len(documents)} documents as the official files alone:", end=" ")
        print(*(f"{kind} {kinds.count(kind)}" for kind in sorted(set(kinds))), sep=", ")
    assert len(documents) > 480
    assert set(kinds) == {"cii", "ubl", "cdar", "ereport"}


def test_every_verdict_rests_on_all_its_files(documents: list[CorpusDocument], reports: list[RuleReport]) -> None:
    for document, report in zip(documents, reports, strict=True):
        files = 3 if document.official.kind in {"cii", "ubl"} else 2
        assert (report.why_not_checked, len(report.checked)) == ("", files), document.file


def test_french_rules_are_those_of_verdicts(documents: list[CorpusDocument]) -> None:
    found: Differences = {}
    for document in documents:
        theirs = {rule for rule in document.row["br_fr_failed"].split() if rule.startswith("BR-FR-")}
        ours = {f.identifier for f in french(document.official)}
        if document.row["type"] and ours != theirs:
            found[document.file] = told(ours - theirs), told(theirs - ours)
    assert found == listed(FRENCH_DIFFERENCES)


def test_en16931_passes_and_fails_as_in_verdicts(documents: list[CorpusDocument]) -> None:
    found: Differences = {}
    without = []
    for document in documents:
        said = document.row["en16931_failed"]
        if said == "n/a":
            without.append(document.row["profile_BT24"])
        elif document.row["type"] and document.official.kind in {"cii", "ubl"}:
            theirs = {rule for rule in said.split() if not rule.endswith("(w)")}
            ours = base_errors(document.official)
            if bool(ours) != bool(theirs):
                found[document.file] = told(ours), told(theirs)
    with (Path(__file__).parent / "data" / "en16931_differences.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert all(row["reason"] for row in rows)
    assert found == {row["file"]: (row["here"], row["verdicts"]) for row in rows}
    assert without == ["urn:factur-x.eu:1p0:minimum"] * 12, "the CEN has no rule file for that profile"


def french(official: Official) -> Iterable[Failed]:
    return (f for f in official.failed if f.rules != official.base or official.kind in {"cdar", "ereport"})


def base_errors(official: Official) -> set[str]:
    stopped = {"DYNAMIC" for broken in official.broken if broken.startswith(official.base)}
    return stopped | {f.identifier or UNNUMBERED for f in official.failed if f.rules == official.base and f.is_error}


def told(identifiers: Iterable[str]) -> str:
    return " ".join(sorted(identifiers))


def listed(differences: dict[str, tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    assert all(reason for _, _, reason in differences.values())
    return {file: (here, there) for file, (here, there, _) in differences.items()}
