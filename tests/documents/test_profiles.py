"""Every profile is written as asked: its own identifier, its own schema and rules, and only the terms it can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.documents.rules.rulebook import identify
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.findings import Severity
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.profiles import fit
from tests.documents.invoices import complete_invoice, compliant_invoice, invoices

WRITER, READER = DocumentWriter(), DocumentReader()
UBL_PROFILES = {
    Profile.MINIMUM: Profile.EN16931,
    Profile.BASIC_WL: Profile.EN16931,
    Profile.BASIC: Profile.EN16931,
    Profile.EN16931: Profile.EN16931,
    Profile.EXTENDED: Profile.EXTENDED_CTC_FR,
    Profile.EXTENDED_CTC_FR: Profile.EXTENDED_CTC_FR,
}
NOT_ADMITTED_IN_MINIMUM = {
    "BR-FR-05_BT-22_PMT",
    "BR-FR-05_BT-22_PMD",
    "BR-FR-05_BT-22_AAB",
    "BR-FR-12_BT-49",
    "BR-FR-13_BT-34",
}
"""MINIMUM has no place for notes nor electronic addresses: France does not admit it as an invoice (R-047)."""


@cache
def schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))


def schema_errors(xml: bytes) -> list[str]:
    root = etree.fromstring(xml)
    rules = identify(root).rules
    checker = schema(str(rules.file(rules.xsd)))
    checker.validate(root)
    return [line.split(":", 6)[-1] for line in str(checker.error_log).splitlines()]


@pytest.fixture(scope="module")
def rules() -> Iterator[RulesWorker]:
    with RulesWorker(timeout=60) as worker:
        yield worker


@pytest.mark.parametrize("profile", Profile)
def test_a_cii_is_written_in_the_profile_asked(profile: Profile) -> None:
    xml = WRITER.write_cii(replace(complete_invoice(), profile=profile))
    assert READER.read(xml).profile == profile
    assert xml.count(f">{profile}<".encode()) == 1
    assert schema_errors(xml) == []


@pytest.mark.parametrize("profile", Profile)
def test_a_ubl_is_written_in_the_profile_that_holds_as_much(profile: Profile) -> None:
    for type_code in ("380", "381"):
        xml = WRITER.write_ubl(replace(complete_invoice(), profile=profile, type_code=type_code))
        assert READER.read(xml).profile == UBL_PROFILES[profile]
        assert schema_errors(xml) == []


@pytest.mark.parametrize("profile", Profile)
def test_exactly_the_terms_the_profile_cannot_hold_are_missing(profile: Profile) -> None:
    invoice = replace(complete_invoice(), profile=profile)
    document = READER.read(WRITER.write_cii(invoice))
    assert document.problems == ()
    assert document.invoice == fit(invoice).invoice


@given(invoice=invoices(), profile=st.sampled_from(Profile))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_invoice_is_valid_against_the_schema_of_any_profile(invoice: Invoice, profile: Profile) -> None:
    invoice = replace(invoice, profile=profile)
    xml = WRITER.write_cii(invoice)
    assert READER.read(xml).invoice == fit(invoice).invoice
    assert {
        message for message in schema_errors(xml) if "not expected" in message or "Missing child" in message
    } == set()


def test_a_small_profile_never_changes_what_is_written_after_it() -> None:
    before = WRITER.write_cii(complete_invoice())
    assert b"<ram:TradingBusinessName>Client Nice<" in before
    for profile in Profile:
        WRITER.write_cii(replace(complete_invoice(), profile=profile))
    assert WRITER.write_cii(complete_invoice()) == before


@pytest.mark.conformance
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("type_code", ["380", "381"])
def test_each_profile_passes_its_own_rules_and_the_french_ones(
    rules: RulesWorker, profile: Profile, type_code: str
) -> None:
    report = rules.check(WRITER.write_cii(replace(compliant_invoice(), profile=profile, type_code=type_code)))
    assert report.why_not_checked == ""
    assert report.profile == profile
    expected = NOT_ADMITTED_IN_MINIMUM if profile is Profile.MINIMUM else set()
    assert {finding.code for finding in report.findings} == expected


@pytest.mark.conformance
@pytest.mark.parametrize("profile", [Profile.EN16931, Profile.EXTENDED_CTC_FR])
@pytest.mark.parametrize("type_code", ["380", "381"])
def test_both_profiles_of_ubl_pass_their_own_rules_and_the_french_ones(
    rules: RulesWorker, profile: Profile, type_code: str
) -> None:
    report = rules.check(WRITER.write_ubl(replace(compliant_invoice(), profile=profile, type_code=type_code)))
    assert report.why_not_checked == ""
    assert report.profile == profile
    assert [finding for finding in report.findings if finding.severity is Severity.ERROR] == []


@pytest.mark.conformance
@pytest.mark.parametrize("profile", [Profile.BASIC_WL, Profile.BASIC])
def test_a_rounding_amount_that_is_left_out_shows_in_the_verdict(rules: RulesWorker, profile: Profile) -> None:
    # BT-115 no longer follows from BT-112 and BT-113: such a document must not pass in silence.
    compliant, rounded = compliant_invoice(), complete_invoice()
    invoice = replace(compliant, totals=rounded.totals, profile=profile)
    report = rules.check(WRITER.write_cii(invoice))
    assert "BT-114" in fit(invoice).left_out
    assert any("BR-CO-16" in finding.code + finding.message for finding in report.findings)
