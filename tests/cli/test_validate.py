"""``validate``: the official verdict on any file, in the shape of the validate-data answer."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from einvoice_desktop.cli.words import sentence
from tests.cli import samples
from tests.cli.terminal import Terminal, write
from tests.journeys.bodies import reference

KEYS = [
    "file",
    "format",
    "profile",
    "type_code",
    "verdict",
    "is_valid",
    "issues",
    "total_errors",
    "total_warnings",
    "en16931_compliant",
    "summary",
    "own_issues",
]
ISSUE_KEYS = ["field_path", "error_code", "error_message", "severity", "suggested_value", "origin"]
EN16931 = "urn:cen.eu:en16931:2017"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file of each kind."""
    for name, content in {
        "a.pdf": samples.factur_x(),
        "b.xml": samples.cii(),
        "c.xml": samples.ubl(),
        "d.xml": samples.cdar(),
        "e.xml": samples.EREPORT,
        "f.xml": b"<Order/>",
        "g.xml": samples.wrong_cii(),
        "h.pdf": samples.pdf_without_xml(),
    }.items():
        write(tmp_path / name, content)
    return tmp_path


def test_every_kind_is_told_in_one_object(run: Terminal, folder: Path) -> None:
    result = run("validate", *sorted(folder.glob("*.*")), "--json", "--store", folder / "any.sqlite3")
    documents = {Path(d["file"]).name: d for d in result.json["documents"]}
    assert list(result.json) == ["documents"]
    assert result.code == 2, "one of them is no document"
    assert all(list(document) == KEYS for document in documents.values())
    assert [(d["format"], d["type_code"], d["verdict"]) for d in documents.values()] == [
        ("factur-x", "380", "conforme"),
        ("cii", "380", "conforme"),
        ("ubl", "380", "conforme"),
        ("cdar", "205", "conforme"),
        ("ereport", "IN", "non_conforme"),
        ("unknown", "", "non_verifie"),
        ("cii", "380", "non_conforme"),
        ("unknown", "", "non_verifie"),
    ]
    assert documents["a.pdf"]["profile"] == documents["c.xml"]["profile"] == EN16931
    assert documents["a.pdf"]["en16931_compliant"] is True
    assert documents["g.xml"]["en16931_compliant"] is False
    for document in documents.values():
        assert document["is_valid"] is (document["verdict"] == "conforme")
        assert all(list(issue) == ISSUE_KEYS for issue in document["issues"])
        errors = [issue for issue in document["issues"] if issue["severity"] == "error"]
        assert document["total_errors"] == len(errors)
        assert document["total_warnings"] == len(document["issues"]) - len(errors)
    assert not (folder / "any.sqlite3").exists()


def test_official_identifiers_and_texts_are_kept(run: Terminal, folder: Path) -> None:
    result = run("validate", folder / "g.xml", "--json")
    assert result.code == 1
    (document,) = result.json["documents"]
    issues = {issue["error_code"]: issue for issue in document["issues"]}
    assert "BR-CO-15" in issues
    assert "Invoice total amount with VAT" in issues["BR-CO-15"]["error_message"]
    assert issues["BR-CO-15"]["field_path"] == "totals.with_vat"
    told = run("validate", folder / "g.xml")
    assert "BR-CO-15 totals.with_vat : Le total avec TVA n’est pas le total hors taxe plus la TVA" in told.out
    assert f"Valeur proposée : {issues['BR-CO-15']['suggested_value']}" in told.out
    misspelt = samples.cii().replace(b"ram:DuePayableAmount", b"ram:DuePayableAmounts")
    broken = run("validate", write(folder / "x.xml", misspelt))
    assert broken.code == 1
    assert "[error] XSD" in broken.out
    assert "DuePayableAmounts" in broken.out, "the French sentence, and what the engine says"


def test_good_files_give_zero(run: Terminal, folder: Path) -> None:
    result = run("validate", folder / "a.pdf", folder / "b.xml")
    assert (result.code, result.err) == (0, "")
    assert [line.partition(" : ")[2] for line in result.out.splitlines()] == [
        "conforme (factur-x 380)",
        "conforme (cii 380)",
    ]


def test_our_own_remarks_stand_beside_the_official_verdict(run: Terminal, folder: Path) -> None:
    """The official files accept a PMT mention that says nothing; we say so, and change no verdict."""
    notes = re.sub(rb"(<ram:Content>)[^<]*(</ram:Content>\s*<ram:SubjectCode>PMT)", rb"\1.\2", samples.cii())
    file = write(folder / "doubt.xml", notes)
    (document,) = run("validate", file, "--json").json["documents"]
    assert (document["verdict"], document["is_valid"], document["issues"]) == ("conforme", True, [])
    assert (document["total_errors"], document["total_warnings"]) == (0, 0)
    (remark,) = document["own_issues"]
    assert list(remark) == ISSUE_KEYS
    assert (remark["error_code"], remark["origin"]) == ("ED-NOTE-EMPTY", "einvoice-desktop")
    assert remark["error_message"].startswith("La mention légale PMT ne dit rien")
    assert document["summary"] == "Conforme aux règles officielles, 1 remarque de nos contrôles."
    assert remark["field_path"] == "notes.0"
    shown = run("validate", file)
    assert shown.code == 0
    assert "Conforme aux règles officielles, 1 remarque de nos contrôles." in shown.out
    assert "[error] ED-NOTE-EMPTY" in shown.out


BOMB = b'<!DOCTYPE l [<!ENTITY a "' + b"x" * 50 + b'">'
BOMB += b"".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(9))
BOMB = b'<?xml version="1.0"?>' + BOMB + b"]><l>&j;</l>"
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'


HOSTILE = {
    "nothing": (b"", "ED-FILE-EMPTY"),
    "zeros": (b"\x00" * 1000, "ED-READ-EMPTY"),
    "text": (b"hello", "ED-READ-NOT-XML"),
    "no PDF": (b"%PDF-1.7 not really", "ED-READ-PDF-BROKEN"),
    "JSON": (b'{"type_code": "380"}', "ED-READ-NOT-XML"),
    "too deep": (b"<a>" * 100_000, "ED-READ-TOO-LARGE"),
    "entity bomb": (BOMB, "ED-READ-DTD"),
    "external entity": (OUTSIDE, "ED-READ-DTD"),
    "cut XML": (samples.cii()[:-500], "ED-READ-NOT-XML"),
    "cut PDF": (samples.factur_x()[:-2000], "ED-READ-PDF-BROKEN"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_not_validated(run: Terminal, tmp_path: Path, name: str) -> None:
    content, code = HOSTILE[name]
    result = run("validate", write(tmp_path / "file", content), "--json")
    (document,) = result.json["documents"]
    (issue,) = document["issues"]
    assert result.code == 2
    assert (document["verdict"], document["is_valid"], issue["error_code"]) == ("non_verifie", False, code)
    assert (document["format"], document["total_errors"]) == ("unknown", 1)
    assert issue["error_message"] == sentence(code, {})
    assert not {"root:", "Traceback"} & set((result.out + result.err).split())


def test_hostile_files_are_not_received_and_the_good_one_is(
    run: Terminal, tmp_path: Path, store: Path, body: dict[str, object]
) -> None:
    assert run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store).code == 0
    files = [write(tmp_path / str(index), content) for index, (content, _) in enumerate(HOSTILE.values())]
    good, page = write(tmp_path / "good.pdf", samples.factur_x()), write(tmp_path / "p.pdf", samples.pdf_without_xml())
    result = run("receive", *files, good, page, good, "--store", store, "--json")
    assert result.code == 2
    *refused, received, without_xml, again = result.json["documents"]
    assert [answer["error"] for answer in refused] == [code for _, code in HOSTILE.values()]
    assert [answer["message"] for answer in refused] == [sentence(code, {}) for _, code in HOSTILE.values()]
    assert (received["number"], received["supplier"], received["verdict"]) == (
        "F-1",
        "Papeterie Lenoir SARL",
        "conforme",
    )
    assert received["remarks"] == []
    assert (without_xml["number"], without_xml["verdict"]) == ("", "non_verifie")
    assert (again["id"], again["duplicate"]) == (received["id"], True)
    assert "déjà reçue" in run("receive", good, "--store", store).out


def test_a_file_of_2_gb_is_not_read(run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "huge.xml"
    with file.open("wb") as handle:
        handle.truncate(2 * 1024**3)
    for command in (["validate", file], ["issue", file, "-o", tmp_path]):
        result = run(*command, "--json")
        assert result.code == 2
        assert "ED-FILE-TOO-LARGE" in result.out


def test_what_is_no_file_is_told(run: Terminal, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "absent.xml", tmp_path / "pipe", Path("/dev/zero")):
        result = run("validate", path, "--json")
        assert result.code == 2
        (issue,) = result.json["documents"][0]["issues"]
        assert issue["error_code"] == "ED-FILE-UNREADABLE"


def test_one_bad_file_does_not_stop_the_others(run: Terminal, folder: Path) -> None:
    result = run("validate", folder / "absent", folder / "f.xml", folder / "b.xml", "--json")
    assert [d["verdict"] for d in result.json["documents"]] == ["non_verifie", "non_verifie", "conforme"]


def test_rules_that_cannot_run_are_never_a_pass(run: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("einvoice_desktop.documents.rules.process.worker_command", lambda *_: ["/bin/false"])
    result = run("validate", folder / "b.xml", "--json")
    assert result.code == 3
    (document,) = result.json["documents"]
    assert (document["verdict"], document["is_valid"], document["en16931_compliant"]) == ("non_verifie", False, False)
    assert document["summary"].startswith("Non vérifié")


def test_a_file_name_in_no_encoding_is_printed(run: Terminal, tmp_path: Path) -> None:
    name = os.fsdecode(b"facture-\xff.xml")
    write(tmp_path / name, samples.cii())
    result = run("validate", tmp_path / name, "--json")
    assert result.code == 0
    assert json.loads(result.out)["documents"][0]["file"].endswith("facture-\udcff.xml")


def test_a_file_goes_to_the_company_it_is_addressed_to(
    run: Terminal, tmp_path: Path, store: Path, body: dict[str, object]
) -> None:
    """Two companies: the supplier's invoice is for the second one, whatever the order of their names."""
    addressed = reference(date.today())  # noqa: DTZ011
    addressed["seller"] |= {
        "name": "Zèbre SAS",
        "seller_tax_registration_identifier": "",
        "seller_vat_identifier": "FR44732829320",
        "tax_registrations": [],
    }
    for index, each in enumerate((body, addressed)):
        file = write(tmp_path / f"{index}.json", each)
        assert run("issue", file, "-o", tmp_path / str(index), "--store", store).code == 0
    assert run("receive", write(tmp_path / "s.pdf", samples.factur_x()), "--store", store).code == 0
    with closing(sqlite3.connect(store)) as connection:
        (siren,) = connection.execute(
            "SELECT c.siren FROM received_document r JOIN company c ON c.id = r.company_id"
        ).fetchone()
    assert siren == "732829320"
