"""Thousands of damaged documents: the program says what the official files say, whatever was done to them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.own_checks import own_remarks
from tests.documents.rules.agreement import disagreement
from tests.documents.rules.mutations import mutated
from tests.documents.rules.official import official
from tests.documents.rules.official_corpus import officially_judged
from tests.documents.rules.samples import cii_invoice, ubl_invoice

SEED = 20261128
FEW, MANY = 60, 2_000
LONGEST = 60_000
"""Bytes of a document that is mutated: attachments only make the run longer."""


def check(engine: RulesWorker, sources: list[bytes], count: int, folder: Path) -> Counter[str]:
    """``count`` mutants of ``sources`` judged twice; how many were what.

    Raises:
        AssertionError: the first disagreement, with the seed that makes the document again.
    """
    seeds = range(SEED, SEED + count)
    mutants = [mutated(sources[index * len(sources) // count], seed) for index, seed in enumerate(seeds)]
    files = [folder / f"{seed}.xml" for seed in seeds]
    for file, xml in zip(files, mutants, strict=True):
        file.write_bytes(xml)
    told: Counter[str] = Counter()
    reader = DocumentReader()
    for seed, xml, theirs in zip(seeds, mutants, official(files), strict=True):
        report = engine.check(xml)
        assert report.verdict is not Verdict.NOT_CHECKED, (seed, report.why_not_checked)
        assert disagreement(theirs, report) == "", seed
        own_remarks(reader.read(xml))  # never an exception
        told["unreadable" if theirs.unreadable else theirs.kind] += 1
        told[report.verdict.value] += 1
        told["schema broken"] += bool(theirs.xsd)
        told["rule engine stopped"] += bool(theirs.broken)
    return told


def test_damaged_documents_get_the_official_verdict(engine: RulesWorker, tmp_path: Path) -> None:
    told = check(engine, [cii_invoice(lines=2), ubl_invoice(lines=2)], FEW, tmp_path)
    assert told["conforme"] + told["non_conforme"] == FEW
    assert told["cii"] > told["rule engine stopped"]
    assert told["ubl"] > FEW / 4


@pytest.mark.conformance
def test_two_thousand_damaged_documents_get_the_official_verdict(
    engine: RulesWorker, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = sorted(officially_judged(corpus), key=lambda document: document.row["profile_BT24"])
    valid = [
        document.xml
        for document in documents
        if document.official.kind in {"cii", "ubl"} and document.official.is_conforming and len(document.xml) < LONGEST
    ]
    sources = [*dict.fromkeys(valid), cii_invoice(lines=3), ubl_invoice(lines=3)]
    told = check(engine, sources, MANY, tmp_path)
    with capsys.disabled():
        print(f"\n{MANY} mutants of {len(sources)} valid documents, verdict and identifiers equal on all: {dict(told)}")
    assert told["conforme"] + told["non_conforme"] == MANY
    assert min(told["cii"], told["ubl"]) > MANY / 5
    assert min(told["schema broken"], told["rule engine stopped"], told["conforme"]) > 0
