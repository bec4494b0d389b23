"""Each case of two published collections ends as its authors say, or as this table says why not.

« facturx-cas-limites » gives an expected outcome to 32 files; the « oracles » give the official identifiers of mutants,
and probes that the official files accept although they should not: those are caught by checks of our own.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.own_checks import own_remarks
from tests.documents.rules.published_cases import (
    LIMITS,
    NOT_HERE,
    REMADE,
    XML_CHANGES,
    changed,
    limit_case,
    oracle,
    oracle_source,
    receipts,
    sha256,
)


@dataclass(frozen=True)
class Outcome:
    """What the program says of a file.

    Attributes:
        verdict: the official one, ``None`` when there is nothing to judge. official: identifiers, those of EN 16931 too
            where the Factur-X file has its own. ours: codes with their severity. unreadable: why it could not be read.
    """

    verdict: Verdict | None
    official: frozenset[str]
    ours: Counter[tuple[str, str]]
    unreadable: tuple[str, ...]


def outcome(engine: RulesWorker, content: bytes) -> Outcome:
    read = DocumentReader().read(content)
    remarks = Counter((f.code, f.severity.value) for f in own_remarks(read))
    if read.format == "unknown" or read.xml is None:
        return Outcome(None, frozenset(), remarks, tuple(problem.code for problem in read.problems))
    report = engine.check(read.xml)
    assert report.verdict is not Verdict.NOT_CHECKED
    return Outcome(report.verdict, frozenset(n for f in report.findings for n in names(f)), remarks, ())


def names(finding: Finding) -> set[str]:
    """Its identifier, and the rule of EN 16931 that an assertion of the Factur-X file states under its own."""
    return {finding.code, finding.params.get("rule", finding.code)}


LIMIT_CASES = (
    "OK-001 PDF-001 PDF-002 PDF-003 PDF-004 PDF-005 PDF-006 PDF-007 PDF-008 XML-001 XML-002 XML-003 XML-004 CALC-001 "
    "CALC-002 CALC-003 CALC-004 CALC-005 CALC-006 IDENT-001 IDENT-002 IDENT-003 DATA-001 DATA-002 DATA-003 DATA-004 "
    "DATA-005 DATA-006 PRF-001 PRF-002 RBT-001 RBT-002"
).split()
ONLY_IN_THE_CEN_FILE = {"CII-DT-097": {"DATA-001"}, "BR-S-08": {"CALC-004"}}
"""Assertions the sheet names that the Factur-X file of the profile does not make: the other ones still fire."""

STRICTER = {"PRF-001": "The schema of MINIMUM has no lines: the official files refuse what the sheet lets pass."}
OURS_ALONE = {
    "PDF-002": {("ED-READ-PDF-NAME", "error")},
    "PDF-003": {("ED-READ-PDF-RELATION", "error")},
    "PDF-004": {("ED-READ-PDF-RELATION", "warning")},
    "PDF-005": {("ED-READ-PDF-XMP", "error"), ("ED-READ-PDF-A", "error")},
    "PDF-006": {("ED-READ-PDF-LEVEL", "error")},
    "PDF-007": {("ED-READ-PDF-A", "error")},
    "PDF-008": {("ED-READ-PDF-AF", "error")},
    "IDENT-002": {("ED-VAT-NUMBER-KEY", "warning")},
}
"""What no official file looks at: refused or remarked by checks of ours alone."""

UNREADABLE = {
    "PDF-001": "ED-READ-PDF-NO-XML",
    "XML-001": "ED-READ-NOT-XML",
    "XML-002": "ED-READ-UNKNOWN",
    "RBT-002": "ED-READ-NOT-XML",
}


@pytest.fixture(scope="module")
def sheets(corpus: Path) -> dict[str, dict[str, Any]]:
    """What the authors say of each case."""
    told = json.loads((corpus / LIMITS / "manifeste.json").read_text(encoding="utf-8"))["cas"]
    return {sheet["ref"]: sheet for sheet in told}


def test_no_case_is_forgotten(sheets: dict[str, dict[str, Any]]) -> None:
    assert list(sheets) == LIMIT_CASES


@pytest.mark.parametrize("reference", LIMIT_CASES)
def test_a_limit_case_ends_as_expected(
    engine: RulesWorker, corpus: Path, sheets: dict[str, dict[str, Any]], reference: str
) -> None:
    sheet = sheets[reference]
    content = limit_case(corpus, reference)
    if reference in XML_CHANGES and reference != "CALC-004":
        assert sha256(content).startswith(sheet["sha256_xml"]), "made again to the byte"
    witness = outcome(engine, mended_witness(corpus) if reference == "IDENT-002" else limit_case(corpus, "OK-001"))
    found = outcome(engine, content)
    added = set(found.ours - witness.ours)
    assert witness.verdict is Verdict.CONFORMING
    assert found.unreadable == ((UNREADABLE[reference],) if reference in UNREADABLE else ())
    for assertion in named_in(sheet):
        assert assertion in found.official or reference in ONLY_IN_THE_CEN_FILE[assertion], assertion
    if reference in OURS_ALONE:
        assert (found.verdict, added) == (Verdict.CONFORMING, OURS_ALONE[reference])
    expected = "rejet" if reference in STRICTER else sheet["attendu"]
    assert ending(found, added) == expected


def mended_witness(corpus: Path) -> bytes:
    """The key of the VAT number of the witness is wrong already (31 is right): a right one to compare IDENT-002 with."""
    xml = (corpus / LIMITS / "OK-001" / "factur-x.xml").read_bytes()
    return changed(xml, ((b"FR40392809137", b"FR31392809137"),))


def ending(found: Outcome, added: set[tuple[str, str]]) -> str:
    """Refused, remarked or accepted, beyond what is said of the witness already."""
    if found.verdict is not Verdict.CONFORMING or any(severity == "error" for _, severity in added):
        return "rejet"
    return "avertissement" if added else "acceptation"


def named_in(sheet: dict[str, Any]) -> list[str]:
    text = sheet["assertions_declenchees"].replace("puis ", "").replace(" (deux fois)", "")
    return [name.strip() for name in text.split(",") if name.strip()]


KEY, PREFIX = ("ED-VAT-NUMBER-KEY", "warning"), ("ED-VAT-NUMBER-PREFIX", "error")
NO_DAY, EMPTY = ("ED-READ-DATE", "error"), ("ED-NOTE-EMPTY", "error")
SHORT, BLANKS = ("ED-IDENTIFIER-SHORT", "warning"), ("ED-NUMBER-BLANKS", "error")
SHAPE, WRONG_KEY = ("ED-SIREN-SHAPE", "error"), ("ED-SIREN-KEY", "warning")

Code = tuple[str, str]
FRENCH_PROBES: dict[str, tuple[str, set[Code]]] = {
    "cii-date-suffix.xml": ("", {NO_DAY}),
    "ubl-pmt-vide.xml": ("", {EMPTY}),
    "ubl-pmd-ws.xml": ("", {EMPTY}),
    "cii-pmt-vide.xml": ("", {EMPTY}),
    "ubl-siren-espaces.xml": ("", {("ED-IDENTIFIER-BLANKS", "error")}),
    "ubl-siren-123456789.xml": ("", {WRONG_KEY}),
    "cii-siren-123456789.xml": ("", {WRONG_KEY}),
    "ubl-pmt-dot.xml": ("", {EMPTY}),
    "ubl-pmt-na.xml": ("", {("ED-NOTE-EMPTY", "warning")}),
    "cii-pmt-dot.xml": ("", {EMPTY}),
    "cii-pmt-na.xml": ("", {("ED-NOTE-EMPTY", "warning")}),
    "ubl-bt128-espace.xml": ("", set()),
    "ubl-bt24-garbage.xml": ("", {("ED-PROFILE-UNKNOWN", "error")}),
    "ubl-id-hyphen.xml": ("", set()),
    "ubl-s1-type-381.xml": ("", {("ED-ROOT-TYPE", "error")}),
    "ubl-siren-meme.xml": ("", {("ED-SAME-SIREN", "warning")}),
    "ubl-vat-z-20.xml": ("", {("ED-VAT-RATE-CATEGORY", "error")}),
    "ubl-siren-court.xml": ("BR-FR-10_BT-30 BR-FR-32-LEGALID", {SHAPE}),
    "ubl-siren-lettres.xml": ("BR-FR-10_BT-30 BR-FR-32-LEGALID", {SHAPE}),
    "cii-siren-lettres.xml": ("BR-FR-10_BT-30 BR-FR-32-LEGALID", {SHAPE}),
    "ubl-id-lead-space.xml": ("BR-FR-01_BT-1-2 BR-FR-02_BT-1", {BLANKS}),
    "ubl-id-trail-space.xml": ("BR-FR-01_BT-1-2 BR-FR-02_BT-1", {BLANKS}),
    "ubl-id-nbsp.xml": ("BR-FR-01_BT-1-2 BR-FR-02_BT-1", {BLANKS}),
    "ubl-id-long.xml": ("BR-FR-01_BT-1-1", set()),
    "ubl-date-2026-02-31.xml": ("BR-FR-03_BT-2", {NO_DAY}),
    "cii-date-20260231.xml": ("BR-FR-03_BT-2", {NO_DAY}),
    "cii-date-20260431.xml": ("BR-FR-03_BT-9 BR-FR-CO-07_BT-9", {NO_DAY, ("ED-DUE-MISSING", "warning")}),
    "ubl-date-order.xml": ("BR-FR-CO-07_BT-9", set()),
    "ubl-b4-acompte.xml": ("BR-FR-CO-08_BT-23", set()),
    "ubl-vat-20-000.xml": ("BR-FR-16_BT-119 BR-FR-DEC-04_BT-119", set()),
}
"""Thirty probes of the French files: what they say of each, and what we add."""


@pytest.mark.parametrize("name", FRENCH_PROBES)
def test_a_french_probe_gets_its_official_identifiers_and_our_remark(
    engine: RulesWorker, corpus: Path, name: str
) -> None:
    content, published = oracle(corpus, f"brfr/gaps-fr/{name}"), receipts(corpus, "brfr/gaps-fr")
    assert set(published) == set(FRENCH_PROBES)
    assert sha256(content) == published[name]["sha256"]
    identifiers, ours = FRENCH_PROBES[name]
    source = outcome(engine, oracle_source(corpus, "cii" if name.startswith("cii") else "ubl"))
    found = outcome(engine, content)
    assert french(found) == set(identifiers.split()) == set(published[name]["ids"])
    assert set(found.ours - source.ours) == ours


FRENCH_MUTANTS = (
    "ubl-id-espace ubl-date-annee ubl-type-invalide ubl-note-pmt-absent ubl-profile-invalide ubl-siren-vendeur-court "
    "ubl-tva-taux cii-id-espace"
).split()


@pytest.mark.parametrize("name", FRENCH_MUTANTS)
def test_a_french_mutant_fires_its_rule(engine: RulesWorker, corpus: Path, name: str) -> None:
    content, published = oracle(corpus, f"brfr/mutants/{name}.xml"), receipts(corpus, "brfr/mutants")
    assert sha256(content) == published[f"{name}.xml"]["sha256"]
    assert set(published) == {f"{each}.xml" for each in FRENCH_MUTANTS}
    found = outcome(engine, content)
    assert found.verdict is Verdict.NOT_CONFORMING
    assert french(found) == set(published[f"{name}.xml"]["ids"])


def french(found: Outcome) -> set[str]:
    return {code for code in found.official if code.startswith("BR-FR-")}


PROBES: dict[str, tuple[str, str, Code | None]] = {
    "CII_business_example_Z-bt31-DE37.xml": ("z", "", KEY),
    "CII_example5-bt31-NL1.xml": ("example5", "", KEY),
    "CII_example5-bt48-DK1.xml": ("example5", "", KEY),
    "ubl-tc434-creditnote1-bt31-BE00.xml": ("credit note", "", KEY),
    "ubl-tc434-creditnote1-bt31-A.xml": ("credit note", "", PREFIX),
    "CII_business_example_Z-date-20260231.xml": ("z", "", NO_DAY),
    "CII_business_example_Z-date-20260431.xml": ("z", "", NO_DAY),
    "CII_business_example_Z-dec-0.000.xml": ("z", "", ("ED-READ-DECIMALS", "warning")),
    "CII_business_example_Z-iban-badcheck.xml": ("z", "", ("ED-IBAN-KEY", "error")),
    "ubl-tc434-creditnote1-iban-bad.xml": ("credit note", "", ("ED-IBAN-KEY", "error")),
    "CII_example5-bt32-FC-XX.xml": ("example5", "", ("ED-TAX-REGISTRATION", "warning")),
    "CII_business_example_Z-bt30-X.xml": ("z", "", SHORT),
    "CII_example5-bt29-gln1.xml": ("example5", "", ("ED-GLN-KEY", "warning")),
    "CII_business_example_Z-bt46-X.xml": ("z", "", SHORT),
    "CII_business_example_Z-type-381.xml": ("z", "BR-FR-CO-05_BT-3", None),
    "ubl-tc434-creditnote1-date-2026-02-31.xml": ("credit note", "XSD", NO_DAY),
    "CII_business_example_Z-bt31-A.xml": ("z", "BR-CO-09", PREFIX),
    "CII_business_example_Z-date-20151399.xml": ("z", "BR-FR-03_BT-2", NO_DAY),
    "CII_business_example_Z-dec-3frac.xml": ("z", "BR-DEC-14", None),
    "CII_business_example_Z-dec-0.001.xml": ("z", "BR-DEC-13 BR-CO-14", None),
    "ubl-tc434-creditnote1-type-380.xml": ("credit note", "BR-CL-01", ("ED-ROOT-TYPE", "error")),
}
"""The document it was made of, what the official files add (here the French one too, and CII-DT-097 is the CEN's alone),
and the remark of ours."""


@pytest.mark.parametrize("name", PROBES)
def test_a_blind_spot_of_en16931_is_seen_by_us(engine: RulesWorker, corpus: Path, name: str) -> None:
    content, published = oracle(corpus, f"gaps/{name}"), receipts(corpus, "gaps")
    assert set(published) == set(PROBES)
    assert sha256(content) == published[name]["sha256"]
    source, identifiers, ours = PROBES[name]
    before, found = outcome(engine, oracle_source(corpus, source)), outcome(engine, content)
    assert set(identifiers.split()) <= found.official - before.official
    if not identifiers:
        assert {code for code in found.official - before.official if not code.startswith("BR-FR-")} == set()
    if ours is not None:
        assert found.ours[ours] > 0
        assert ours == KEY or found.ours[ours] > before.ours[ours], "the German number of Z was wrong before"


@pytest.mark.parametrize("name", ["dec-1E100", "dec-sci"])
def test_a_number_the_rule_engine_cannot_read_is_refused_and_named(
    engine: RulesWorker, corpus: Path, name: str
) -> None:
    found = outcome(engine, oracle(corpus, f"gaps/engine-errors/CII_business_example_Z-{name}.xml"))
    assert found.verdict is Verdict.NOT_CONFORMING
    assert {"XSD", "DYNAMIC"} <= found.official


MUTANTS = {
    "CII_example1.xml": "BR-CO-15 BR-CO-16",
    "CII_example3.xml": "BR-S-09 BR-CO-14",
    "CII_example5.xml": "BR-02",
    "CII_business_example_02.xml": "FX-SCH-A-000555",
    "CII_business_example_Z.xml": "BR-CO-09",
    "ubl-tc434-creditnote1.xml": "BR-CO-16",
    "huf_example_cii.xml": "BR-CO-17 BR-S-08 BR-S-09",
}
"""Identifiers of MUTANTS.md; the list of type codes (BR-CL-01) has another one in the Factur-X file."""


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_of_en16931_fires_its_rule(engine: RulesWorker, corpus: Path, name: str) -> None:
    content, published = oracle(corpus, f"mutants/{name}"), receipts(corpus, "mutants")
    assert set(published) == set(MUTANTS) | NOT_HERE
    assert sha256(content) == published[name]["sha256"]
    found = outcome(engine, content)
    assert found.verdict is Verdict.NOT_CONFORMING
    assert set(MUTANTS[name].split()) <= found.official


def test_every_case_made_again_is_asked_for() -> None:
    asked = {f"brfr/gaps-fr/{name}" for name in FRENCH_PROBES} | {f"brfr/mutants/{name}.xml" for name in FRENCH_MUTANTS}
    asked |= {f"gaps/{name}" for name in PROBES} | {f"mutants/{name}" for name in MUTANTS}
    errors = {f"gaps/engine-errors/CII_business_example_Z-{name}.xml" for name in ("dec-1E100", "dec-sci")}
    assert set(REMADE) <= asked | errors
