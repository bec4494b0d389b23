"""Every code of ours has a French sentence that says what to do, and the words of the rules are about real rules."""

from __future__ import annotations

import re
import string

import pytest

from einvoice_desktop.cli import words
from einvoice_desktop.cli.output import tell_findings
from einvoice_desktop.cli.words import is_known, platform_sentence, sentence
from einvoice_desktop.domain.findings import Finding
from tests.conftest import PROJECT

PACKAGE = PROJECT / "einvoice_desktop"
LITERAL = re.compile(r'"(ED-[A-Z0-9-]*[A-Z0-9])"')


def raised_codes() -> set[str]:
    """Every code written anywhere but in the window, which has words of its own."""
    rooms = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in {"ui", "cli"}]
    rooms += [path for path in (PACKAGE / "cli").glob("*.py") if path.name != "words.py"]
    return {code for path in rooms for code in LITERAL.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_a_sentence() -> None:
    codes = raised_codes()
    assert len(codes) > 90
    assert not {code for code in codes if not is_known(code)}


def test_no_sentence_is_for_a_code_nobody_raises() -> None:
    ours = {code for code in words._SENTENCES if code.startswith("ED-")}
    assert not ours - raised_codes() - {"ED-NUMBER"}


@pytest.mark.parametrize("code", sorted(words._SENTENCES))
def test_a_sentence_is_french_and_says_what_to_do(code: str) -> None:
    text = words._SENTENCES[code]
    assert text[0].isupper() or text.startswith("{")
    assert text.endswith(".")
    assert re.search(r"[:,;]| sauf |réessayez", text), "what is wrong, then what to do"
    assert not re.search(r"\b(the|file|invalid|error|must|missing)\b", text)


def test_a_missing_parameter_never_breaks_a_sentence() -> None:
    for code, text in words._SENTENCES.items():
        assert sentence(code, {})
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        filled = sentence(code, dict.fromkeys(names, "7"))
        assert "?" not in filled, code


def test_official_rules_are_told_by_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    tell_findings(
        [
            Finding("BR-FR-05_BT-22_PMT", "notes.PMT"),
            Finding("BR-FR-11", "buyer_id", params={"name": "Globex"}),
            Finding("FX-SCH-A-000613", "lines.0.unit", message="Value of '@unitCode' is not allowed."),
            Finding("FX-SCH-A-000198", message="[BR-S-08]-For each…", params={"rule": "BR-S-08"}),
            Finding("BR-UNKNOWN-1", message="Something else."),
            Finding("BR-UNKNOWN-2"),
        ]
    )
    told = capsys.readouterr()
    lines = (told.out + told.err).splitlines()
    assert "BR-FR-05_BT-22_PMT (notes.PMT) : La mention de l’indemnité forfaitaire" in lines[0]
    assert "Globex" in lines[1]
    assert "Cette unité n’existe pas" in lines[2]
    assert "La base de la rubrique « avec TVA »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in lines[3]
    assert lines[4].endswith("Something else.")
    assert lines[5].endswith("Règle non respectée : BR-UNKNOWN-2.")


def test_a_platform_is_quoted_when_we_have_no_words() -> None:
    assert platform_sentence("network", "", must_act=False) == words._PLATFORM_CODES["network"]
    told = platform_sentence("E42", "quota", must_act=True)
    assert "E42" in told
    assert "quota" in told
