"""Bodies of other programs issued from the command line, then judged by everybody but us: rules, veraPDF, a PDF reader."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from einvoice_desktop.bootstrap import main
from einvoice_desktop.documents.json_form import read_invoice
from einvoice_desktop.documents.writing import DocumentWriter
from tests.conftest import PROJECT
from tests.journeys.bodies import CHANGES, bodies

pytestmark = pytest.mark.conformance


@dataclass(frozen=True)
class Issued:
    """One body, issued."""

    name: str
    number: str
    type_code: str
    total: str
    pdf: Path
    xml: Path
    ubl: Path


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> list[Issued]:
    """Every body through ``issue --json``, each in a store of its own, and the same document in UBL."""
    folder = tmp_path_factory.mktemp("bodies")
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EINVOICE_HOME", str(folder / "home"))
        for name, body in bodies(date.today()).items():  # noqa: DTZ011 - the day of the person at the terminal
            made.append(issue(folder / name, name, json.dumps(body), patch))
    return made


def issue(folder: Path, name: str, body: str, patch: pytest.MonkeyPatch) -> Issued:
    folder.mkdir()
    file, said = folder / "body.json", io.StringIO()
    file.write_text(body)
    patch.setattr("sys.stdout", said)
    code = main(["issue", str(file), "--output", str(folder), "--store", str(folder / "store.sqlite3"), "--json"])
    assert code == 0, (name, said.getvalue())
    answer = json.loads(said.getvalue())
    assert answer["verdict"] == "conforme"
    ubl = folder / "document.ubl.xml"
    ubl.write_bytes(DocumentWriter().write_ubl(read_invoice(Path(answer["document"]).read_bytes())))
    number, total = answer["number"], answer["totals"]["ttc"]
    return Issued(name, number, answer["type_code"], total, Path(answer["pdf"]), Path(answer["xml"]), ubl)


def judge(paths: list[Path]) -> list[list[str]]:
    """What XSD, EN 16931 and BR-FR find in each file, in a process that knows nothing of the program."""
    done = subprocess.run(
        [sys.executable, "-I", PROJECT / "tests" / "journeys" / "official.py"],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_there_are_enough_bodies() -> None:
    assert len(CHANGES) >= 21


def test_official_rules_find_no_error_in_either_syntax(
    issued: list[Issued], capsys: pytest.CaptureFixture[str]
) -> None:
    cii, ubl = judge([one.xml for one in issued]), judge([one.ubl for one in issued])
    with capsys.disabled():
        print(f"\n{'body':32} {'number':12} type {'TTC':>10}  PDF KiB  CII        UBL")
        for one, first, second in zip(issued, cii, ubl, strict=True):
            size = one.pdf.stat().st_size / 1024
            words = [" ".join(found) or "no error" for found in (first, second)]
            print(
                f"{one.name:32} {one.number:12} {one.type_code}  {one.total:>10}  {size:7.1f}  {words[0]:9}  {words[1]}"
            )
    assert [(one.name, found) for one, found in zip(issued, cii, strict=True) if found] == []
    assert [(one.name, found) for one, found in zip(issued, ubl, strict=True) if found] == []


def test_the_judge_does_find_errors(issued: list[Issued], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xml"
    content = issued[0].xml.read_bytes()
    wrong.write_bytes(content.replace(b">1800.00<", b">1900.00<", 1).replace(b">S1<", b">Z9<"))
    other = tmp_path / "other.xml"
    other.write_bytes(content.replace(b"ram:DuePayableAmount", b"ram:DuePayable"))
    first, second = judge([wrong, other])
    assert {"BR-CO-15", "BR-FR-08_BT-23"} <= set(first)
    assert any(found.startswith("XSD") for found in second)


def test_the_xml_is_in_the_pdf_byte_for_byte(issued: list[Issued]) -> None:
    from pypdf import PdfReader

    for one in issued:
        assert PdfReader(one.pdf).attachments == {"factur-x.xml": [one.xml.read_bytes()]}


def test_every_pdf_is_pdf_a_3b_by_verapdf(issued: list[Issued]) -> None:
    runner = PROJECT / "packaging" / "conformance" / "verapdf.py"
    done = subprocess.run(
        [sys.executable, runner, *(one.pdf for one in issued)], capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("conforme PDF/A-3b") == len(issued)
