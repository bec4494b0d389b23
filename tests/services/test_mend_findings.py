"""Findings with what would mend them: the rule names the cure, the document gives the value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from einvoice_desktop.domain.cures import CURES
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.vat import VatTreatment, reverse_charge
from einvoice_desktop.resources import phrases
from einvoice_desktop.services.mend_findings import with_cures
from tests.documents.invoices import complete_invoice

DOCUMENT = complete_invoice()


def mend(finding: Finding) -> Finding:
    return with_cures((finding,), DOCUMENT)[0]


def test_each_rule_that_has_a_cure_is_told_in_french() -> None:
    assert len(CURES) > 150
    assert sorted(set(CURES) - set(phrases.all_codes())) == []


def test_an_official_finding_gets_its_value() -> None:
    assert mend(Finding("BR-CO-16", "totals.due")).suggested_value == f"{DOCUMENT.totals.due:f}"
    double = Finding("FX-SCH-A-000198", "totals.breakdown", params={"rule": "BR-CO-14"})
    assert mend(double).suggested_value == f"{DOCUMENT.totals.vat:f}"
    by_text = Finding("FX-SCH-A-000613", "lines.0.unit", params={"rule": "BR-CL-23"})
    line = replace(DOCUMENT.lines[0], unit="PCE")
    (cured,) = with_cures((by_text,), replace(DOCUMENT, lines=(line, *DOCUMENT.lines[1:])))
    assert cured.suggested_value == "H87"


def test_what_is_there_already_is_kept_and_what_is_unknown_stays() -> None:
    kept = Finding("BR-FR-CO-07", "due_date", suggested_value="2027-01-01")
    assert mend(kept) is kept
    unknown = Finding("BR-NEVER-1", "due_date")
    assert mend(unknown) is unknown
    assert with_cures((unknown, kept), None) == (unknown, kept)
    assert mend(Finding("BR-16", "lines")).suggested_value is None


def test_a_rule_of_the_document_finds_the_line_it_is_about() -> None:
    lines = (*DOCUMENT.lines, replace(DOCUMENT.lines[0], id="4", vat=reverse_charge()))
    (cured,) = with_cures((Finding("BR-AE-10", "lines"),), replace(DOCUMENT, lines=lines))
    assert (cured.place, cured.suggested_value) == ("lines.3.vat", "AE")
    assert mend(Finding("BR-G-10", "lines")).place == "lines", "no line is an export, and there are several"


def test_amounts_beyond_what_money_holds_cure_nothing() -> None:
    huge = replace(DOCUMENT.totals, with_vat=Decimal("1E+40"))
    finding = Finding("BR-CO-16", "totals.due")
    assert with_cures((finding,), replace(DOCUMENT, totals=huge)) == (finding,)


def test_an_unknown_category_never_raises() -> None:
    odd = replace(DOCUMENT.lines[0], vat=VatTreatment("??", None))
    document = replace(DOCUMENT, lines=(odd,))
    findings = tuple(Finding(code, "lines.0.vat") for code in phrases.all_codes())
    assert len(with_cures(findings, document)) == len(findings)
