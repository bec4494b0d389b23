"""What the Mustang runner makes of its reports: nothing is let pass but what is on its list."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

CONFORMANCE = PROJECT / "packaging" / "conformance"
READ = """
import sys
sys.path.insert(0, sys.argv[1])
import mustang
for _, report in mustang._read(sys.stdin.read()):
    print(report.path, report.profile, report.is_conform, [one.rule for one in report.unexpected])
"""
REPORT = """@@ {path}
<?xml version="1.0" encoding="UTF-8"?>

<validation filename="one.pdf" datetime="2026-11-28 01:05:32">
  <pdf>ValidationResult [flavour=3b, isCompliant=true]<summary status="{pdf}"/></pdf>
  <xml><info><profile>{profile}</profile></info><messages>{messages}</messages><summary status="valid"/></xml>
  <messages></messages>
  <summary status="valid"/>
</validation>

"""
GERMAN = '<notice type="27">[BR-DE-21] Kennung [ID BR-DE-21] from /xslt/XR_30/XRechnung-CII-validation.xslt)</notice>'
WRONG = '<error type="4">[BR-CO-15]-Invoice total [ID BR-CO-15] from /xslt/ZF_250/FACTUR-X_EN16931.xslt)</error>'
YEN = '<warning type="10">Payable total in XML is 1183.00, but calculated total is 1183.20 with</warning>'
CENTS = '<warning type="10">Payable total in XML is 1183.10, but calculated total is 1183.20 with</warning>'


def read(*reports: str) -> list[str]:
    """One line for each report: path, profile, verdict, rules that were not expected."""
    done = subprocess.run(
        [sys.executable, "-c", READ, CONFORMANCE], input="".join(reports), capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def report(messages: str = "", *, path: str = "a.pdf", pdf: str = "valid", profile: str = "en") -> str:
    return REPORT.format(path=path, pdf=pdf, profile=profile, messages=messages)


def test_only_what_is_expected_is_let_pass() -> None:
    assert read(report(), report(GERMAN + YEN, path="b.pdf"), report(GERMAN + WRONG, path="c.pdf")) == [
        "a.pdf en True []",
        "b.pdf en True []",
        "c.pdf en False ['BR-CO-15']",
    ]


@pytest.mark.parametrize(
    "messages", [CENTS, GERMAN.replace("notice", "error"), "<exception type='17'>Oups</exception>"]
)
def test_the_same_words_in_another_place_are_not(messages: str) -> None:
    assert read(report(messages))[0].startswith("a.pdf en False")


def test_a_file_without_xml_or_with_a_bad_page_does_not_pass() -> None:
    assert read(report(profile=""), report(pdf="invalid")) == ["a.pdf  False []", "a.pdf en False []"]


@pytest.mark.parametrize("runner", ["mustang.py", "verapdf.py"])
def test_nothing_to_check_is_no_success(runner: str, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.pdf"):
        done = subprocess.run([sys.executable, CONFORMANCE / runner, path], capture_output=True, text=True, check=False)
        assert done.returncode == 2, done.stdout
        assert done.stderr
