"""Every rule a document of ours can break is told in French: what is wrong, what to do, at which field."""

from __future__ import annotations

import json
import re

import pytest

from einvoice_desktop.documents.rules import places
from einvoice_desktop.resources import catalogue, phrases, resource
from einvoice_desktop.resources.phrases import NO_FIELD, Phrase
from tests.resources.paths import exists

_ENGINE = {"XSD", "DYNAMIC"}
_SHAPES = {name for _, name in phrases._SHAPES}
_FAMILIES = re.compile(
    r"BR-(\d|CO-|DEC-|CL-|S-|Z-|E-|AE-|IC-|G-|O-|AF-|AG-|B-|FR-|FREXT-|FXEXT-|FX-EN-|EXT-)|PEPPOL-|CII-SR-46|CII-SR-47"
)
"""What the French entries must name one by one; the others are told by the shape of their official text."""

_LONGEST = 140
_JARGON = re.compile(r"\b(B[TG]-\d|EXT-FR|MDT|XPath|XML|element|schemeID|UNTDID|UNCL|ISO \d|null|string)\b")
_PLAIN_SPACE = re.compile(r" [:;?!»%€]|« (?! )|(?<![\u00a0\u202f\w/0-9])[:;?!](?= )")
_BARE_MARK = re.compile(r"[^\W\d_)»][:;?!](?:\s|$)")


def _named_rules() -> dict[str, str]:
    """Identifier to the rule it stands for, of the families that must be told one by one."""
    found: dict[str, str] = {}
    for code in catalogue.codes():
        rule = catalogue.official(code)
        assert rule is not None
        if _FAMILIES.match(code) or _FAMILIES.match(rule.stands_for):
            found[code] = rule.stands_for
    return found


NAMED = _named_rules()


def test_the_families_hold_what_they_should() -> None:
    assert len(NAMED) > 700
    assert {"BR-FR-05_BT-22_PMT", "BR-CO-16", "BR-DEC-23", "BR-CL-23", "BR-IC-12", "FX-SCH-A-000198"} <= set(NAMED)
    assert {"BR-FREXT-S-08rev", "BR-FR-CDV-15_MDT-113", "BR-FR-MV-14-EXT-FR-FE-136"} <= set(NAMED)


def test_each_of_them_has_a_sentence_of_its_own_or_of_its_family() -> None:
    assert [code for code, stands_for in NAMED.items() if not (phrases.named(code) or phrases.named(stands_for))] == []


def test_every_other_rule_is_told_by_the_shape_of_its_text() -> None:
    stated = [
        (rule, statement)
        for code in catalogue.codes()
        if (rule := catalogue.official(code))
        for statement in rule.statements
    ]
    untold = [
        (rule.code, statement.text)
        for rule, statement in stated
        if phrases.phrase(rule.code, rule=rule.stands_for, message=statement.text) is None
    ]
    assert untold == []


def test_no_entry_is_for_a_rule_that_does_not_exist() -> None:
    codes = set(catalogue.codes())
    codes |= {rule.stands_for for code in codes if (rule := catalogue.official(code)) is not None and rule.stands_for}
    stray = [
        code
        for code in phrases.all_codes()
        if code not in codes | _ENGINE | _SHAPES
        and not any(known.startswith((f"{code}_", f"{code}-")) for known in codes)
    ]
    assert stray == []


def test_no_rule_is_told_twice() -> None:
    families = json.loads(resource("rules/phrases.json").read_text(encoding="utf-8"))
    written = [code for entries in families.values() for codes in entries for code in codes.split()]
    assert sorted({code for code in written if written.count(code) > 1}) == []


def test_a_sentence_is_short_french_and_says_what_to_do() -> None:
    said = {
        text for code in phrases.all_codes() if (own := phrases.own(code)) for text in (own.says, own.says_with) if text
    }
    assert {text: faults for text in sorted(said) if (faults := _faults(text))} == {}


def _faults(text: str) -> list[str]:
    checks = {
        "too long": len(text) > _LONGEST,
        "no capital": not text[0].isupper(),
        "no full stop": not text.endswith("."),
        "jargon": _JARGON.search(text),
        "English": re.search(r"\b(the|shall|must|invalid|missing|value)\b", text),
        "the apostrophe of French is ’": "'" in text,
        "an unbreakable space before : ; ? ! % € and inside « »": _PLAIN_SPACE.search(text),
        "a space before : ; ? !": _BARE_MARK.search(text),
        "what is wrong, then what to do": not re.search(r"[:,]", text),
    }
    return [name for name, is_wrong in checks.items() if is_wrong]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Le numéro manque: ajoutez-le.", "a space before : ; ? !"),
        ("Le numéro manque : ajoutez-le.", "an unbreakable space before : ; ? ! % € and inside « »"),
        ("Le « numéro » manque, ajoutez-le.", "an unbreakable space before : ; ? ! % € and inside « »"),
        ("Ajoutez l'IBAN, il manque.", "the apostrophe of French is ’"),
        ("Le BT-9 manque, ajoutez-le.", "jargon"),
        ("Le numéro manque.", "what is wrong, then what to do"),
    ],
)
def test_a_fault_is_seen(text: str, fault: str) -> None:
    assert fault in _faults(text)


def test_each_field_is_on_the_form_or_on_the_records() -> None:
    named = {own.field for code in phrases.all_codes() if (own := phrases.own(code)) and own.field}
    assert len(named) > 60
    assert [field for field in sorted(named) if field != NO_FIELD and not exists(field)] == []


def test_a_field_that_does_not_exist_is_seen() -> None:
    assert exists("lines.*.vat")
    assert exists("seller.address.country")
    assert exists("tax_representative.vat_number")
    assert not exists("lines.*.vatt")
    assert not exists("seller.addres")


def test_a_rule_whose_entry_names_no_field_names_a_term_that_has_one() -> None:
    """Unless the place in the document tells: identifiers, countries and amounts stand in many places."""
    by_place = re.compile(
        r"BR-CL-(07|10|11|14|19|20|25)|BR-CO-09|BR-FREXT-CL|BR-EXT-CL|UBL-|CII-DT|BR-FXEXT-CII-DT|BR-FR-32"
    )
    lost = []
    for code, stands_for in NAMED.items():
        said = phrases.named(code) or phrases.named(stands_for)
        rule = catalogue.official(code)
        assert said is not None
        assert rule is not None
        if said.field or by_place.match(stands_for or code) or "EXT-FR-FE" in code:
            continue
        if not any(term in places._TERM_PLACES for term in rule.terms):
            lost.append(code)
    assert sorted(lost) == ["FX-SCH-A-000372", "PEPPOL-EN16931-R008"], "an empty element may be anywhere"


def test_variants_are_told_by_their_family_unless_they_have_their_own() -> None:
    assert phrases.named("BR-FR-03_BT-26") == phrases.own("BR-FR-03")
    assert phrases.named("BR-FR-05_BT-22_PMT") != phrases.own("BR-FR-05")
    assert phrases.named("BR-FR-05_BT-22_PMT") == phrases.named("BR-FR-05_BT-22-1")
    assert phrases.named("BR-NEVER-1") is None
    assert phrases.named("") is None


def test_parameters_are_named_when_they_are_known() -> None:
    said = Phrase("Il manque.", says_with="Il manque à {name}.")
    assert said.filled({"name": "Globex"}) == "Il manque à Globex."
    assert said.filled({"rules": "x"}) == "Il manque."
    assert said.filled({"name": ""}) == "Il manque."


def test_a_code_outside_its_list_is_told_by_its_field() -> None:
    text = "Value of '@unitCode' is not allowed."
    assert phrases.phrase("FX-SCH-A-000613", message=text, place="lines.0.unit") == phrases.own("BR-CL-23")
    assert phrases.phrase("FX-SCH-A-000613", message=text, place="lines.0.note") == phrases.own("NOT-IN-LIST")


def test_reporting_rules_speak_with_their_own_french_words() -> None:
    text = "[G7.53] La date-heure doit être au format AAAAMMJJHHMMSS. | Source : Annexe 7 v1.8 G7.53"
    said = phrases.phrase("G7.53", message=text)
    assert said is not None
    assert said.says == "La date-heure doit être au format AAAAMMJJHHMMSS."
