"""``convert``: the same document in another syntax or profile; what is lost is said, and the result is judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.domain.invoice import Profile
from tests.cli import samples
from tests.cli.terminal import Terminal, write

READER = DocumentReader()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A Factur-X, under a name that says otherwise."""
    return write(tmp_path / "facture.txt", samples.factur_x())


@pytest.mark.parametrize("target", ["cii", "ubl"])
def test_a_factur_x_becomes_its_xml_alone(run: Terminal, source: Path, tmp_path: Path, target: str) -> None:
    output = tmp_path / "facture.xml"
    result = run("convert", source, "--to", target, "--output", output, "--json")
    assert result.code == 0
    assert result.json == {
        "file": str(output),
        "format": target,
        "profile": Profile.EN16931,
        "left_out": [],
        "verdict": "conforme",
        "failed": [],
    }
    assert READER.read(output.read_bytes()).format == target
    assert READER.read(output.read_bytes()).invoice == READER.read(source.read_bytes()).invoice


def test_json_and_back(run: Terminal, source: Path, tmp_path: Path) -> None:
    form, again = tmp_path / "facture.json", tmp_path / "encore.xml"
    assert run("convert", source, "--to", "json", "-o", form, "--json").json["verdict"] == "conforme"
    assert json.loads(form.read_bytes())["invoice_number"]
    assert run("convert", form, "--to", "cii", "-o", again, "--json").code == 0
    assert again.read_bytes() == samples.cii()


def test_a_smaller_profile_says_what_it_leaves_out(run: Terminal, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "facture.xml"
    result = run("convert", source, "--to", "cii", "--profile", "BASIC_WL", "-o", output)
    assert result.code == 0
    assert "lignes" in result.err
    assert READER.read(output.read_bytes()).profile == Profile.BASIC_WL


def test_minimum_is_no_french_invoice(run: Terminal, source: Path, tmp_path: Path) -> None:
    result = run("convert", source, "--to", "cii", "--profile", "minimum", "-o", tmp_path / "a.xml", "--json")
    assert result.code == 1
    assert result.json["verdict"] == "non_conforme"
    assert "BR-FR-13_BT-34" in result.json["failed"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--to", "cii", "--profile", "XRECHNUNG"], "ED-PROFILE"),
        (["--to", "pdf"], "ED-USAGE"),
    ],
)
def test_what_cannot_be_asked_is_said(
    run: Terminal, source: Path, tmp_path: Path, arguments: list[str], code: str
) -> None:
    result = run("convert", source, *arguments, "-o", tmp_path / "a.xml", "--json")
    assert result.code == 2
    assert result.json["error"]["code"] == code
    assert not (tmp_path / "a.xml").exists()


def test_a_file_that_is_no_invoice_and_a_place_that_is_none(run: Terminal, source: Path, tmp_path: Path) -> None:
    order = write(tmp_path / "commande.xml", b"<Order/>")
    assert run("convert", order, "--to", "ubl", "-o", tmp_path / "a.xml", "--json").json["error"]["code"] == (
        "ED-READ-UNKNOWN"
    )
    result = run("convert", source, "--to", "ubl", "-o", tmp_path / "absent" / "a.xml", "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "ED-CONVERT-OUTPUT")
