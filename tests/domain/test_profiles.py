"""What a profile leaves out of a document is told, term by term, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from einvoice_desktop.domain import profile_names, profiles
from einvoice_desktop.domain.invoice import Invoice, PartyRole, Profile, ThirdParty
from einvoice_desktop.domain.parties import Party
from einvoice_desktop.domain.profile_names import profile_named
from einvoice_desktop.domain.profiles import check_profile, fit, is_full_invoice, written_profile
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.resources.term_names import TERM_NAMES, names_of
from tests.documents.invoices import complete_invoice, invoices


def test_only_the_profiles_with_lines_are_invoices_by_themselves() -> None:
    assert [profile.name for profile in Profile if not is_full_invoice(profile)] == ["MINIMUM", "BASIC_WL"]


def test_en16931_holds_the_whole_standard() -> None:
    invoice = complete_invoice()
    assert fit(invoice).invoice is invoice
    assert fit(invoice).left_out == ()


def test_minimum_keeps_who_bills_whom_how_much_and_tells_all_it_leaves_out() -> None:
    fitted = fit(complete_invoice(), Profile.MINIMUM)
    left_out = " ".join(fitted.left_out)
    assert left_out == (
        "BT-8 BT-9 BT-11 BT-12 BT-14 BT-15 BT-16 BT-17 BT-18 BT-19 BT-20 BG-1 BG-3 BT-28 BT-29 BT-33 BT-34 BT-35 BT-36 "
        "BT-37 BT-38 BT-39 BT-162 BG-6 BT-45 BT-46 BT-48 BT-49 BG-8 BG-9 BG-10 BG-11 BT-70 BT-71 BT-72 BG-14 BG-15 "
        "BG-16 BG-20 BG-21 BT-107 BT-108 BT-113 BT-114 BG-23 BG-24 BG-25 BT-106"
    )
    kept = fitted.invoice
    assert (kept.number, kept.seller.name, kept.seller.vat_number) == (
        "F2026-0001",
        "Atelier Lefèvre EI",
        "FR88100000009",
    )
    assert kept.totals.with_vat == complete_invoice().totals.with_vat
    assert kept.lines == ()
    assert kept.profile == Profile.MINIMUM


def test_basic_wl_leaves_out_the_lines_and_basic_their_details() -> None:
    header = "BT-11 BT-14 BT-15 BT-17 BT-18 BT-33 BG-6 BT-45 BG-9 BT-82 BT-85 BT-86 BT-87 BT-88 BT-114 BG-24"
    details = "BT-128 BT-132 BT-133 BT-137 BT-138 BT-154 BT-155 BT-156 BT-158 BT-159 BG-32"
    assert " ".join(fit(complete_invoice(), Profile.BASIC_WL).left_out) == f"{header} BG-25"
    assert " ".join(fit(complete_invoice(), Profile.BASIC).left_out) == f"{header} {details}"


def test_what_is_not_in_the_document_is_not_missed() -> None:
    invoice = complete_invoice()
    plain = replace(invoice, attachments=(), totals=replace(invoice.totals, rounding=Decimal(0)))
    assert not {"BG-24", "BT-114"} & set(fit(plain, Profile.BASIC).left_out)


def test_an_extended_document_loses_its_extension_in_en16931() -> None:
    invoice = complete_invoice()
    line = replace(
        invoice.lines[0], order_reference="PO-1", preceding=PrecedingInvoice("A1"), status="DETAIL", parent_id="9"
    )
    extended = replace(
        invoice,
        profile=Profile.EXTENDED_CTC_FR,
        lines=(line, *invoice.lines[1:]),
        preceding=(PrecedingInvoice("A1", type_code="386"),),
        third_parties=(ThirdParty(PartyRole.PAYER, Party("Holding")),),
    )
    assert fit(extended).left_out == ()
    fitted = fit(extended, Profile.EN16931)
    assert fitted.left_out == (
        "EXT-FR-FE-02",
        "EXT-FR-FE-135",
        "EXT-FR-FE-136",
        "EXT-FR-FE-162",
        "EXT-FR-FE-163",
        "EXT-FR-FE-BG-02",
    )
    assert not fitted.invoice.is_extended


def test_two_reasons_of_one_category_fit_only_the_extended_profiles() -> None:
    invoice = complete_invoice()
    rent = VatTreatment("E", Decimal(0), "Exonération de TVA, art. 261 D du CGI", "VATEX-FR-CGI261D-2")
    mixed = replace(invoice, lines=(*invoice.lines, replace(invoice.lines[2], id="4", vat=rent)))
    assert fit(mixed).left_out == ("EXT-FR-FE-178", "EXT-FR-FE-179")
    assert fit(mixed, Profile.EXTENDED).left_out == ()


def test_a_foreign_usage_specification_is_written_as_en16931() -> None:
    assert written_profile("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0") == Profile.EN16931


@given(invoice=invoices())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_larger_profile_never_leaves_out_more(invoice: Invoice) -> None:
    order = (Profile.MINIMUM, Profile.BASIC_WL, Profile.BASIC, Profile.EN16931, Profile.EXTENDED)
    fitted = [fit(invoice, profile) for profile in order]
    # A group left out whole (BG-25) stands for its terms, so what is compared is what remains to be left out.
    for smaller, larger in pairwise(fitted):
        assert fit(larger.invoice, smaller.invoice.profile).invoice == smaller.invoice
    for each in fitted:
        assert fit(each.invoice).invoice == each.invoice
    assert fitted[-1].left_out == ()


@pytest.mark.parametrize("names", [profile_names.SCELL, profile_names.FACTPULSE])
def test_the_name_a_platform_gives_a_profile_is_understood_back(names: dict[Profile, str]) -> None:
    assert {profile: profile_named(name) for profile, name in names.items()} == {profile: profile for profile in names}


@pytest.mark.parametrize("text", ["EN_16931", "EN16931", "EN 16931", "en-16931", "CIUS", "urn:cen.eu:en16931:2017"])
def test_en16931_goes_by_many_names(text: str) -> None:
    assert profile_named(text) is Profile.EN16931


def test_a_name_that_is_none_of_ours_is_not_guessed() -> None:
    assert profile_named("XRECHNUNG") is None
    assert profile_named("") is None


def test_a_form_is_warned_of_what_its_profile_leaves_out() -> None:
    (told,) = check_profile(replace(complete_invoice(), profile=Profile.BASIC))
    assert (told.code, told.place, told.is_blocking) == ("ED-PROFILE-LEAVES-OUT", "profile", False)
    assert told.params["terms"].split()[:2] == ["BT-11", "BT-14"]
    assert list(check_profile(complete_invoice())) == []


def test_the_type_of_an_earlier_document_is_left_out_without_a_word() -> None:
    invoice = replace(complete_invoice(), preceding=(PrecedingInvoice("A1", type_code="386"),))
    assert fit(invoice).left_out == ("EXT-FR-FE-02",)
    assert list(check_profile(invoice)) == []


def test_every_term_that_may_be_left_out_has_a_french_name() -> None:
    known = {term for term, _, _ in profiles._TERMS}
    known |= {"BT-106", "EXT-FR-FE-178", "EXT-FR-FE-179", *PartyRole}
    assert known <= set(TERM_NAMES)
    assert names_of(["BT-35", "BT-36", "BG-25"]) == "adresse du vendeur, lignes"
    assert names_of(fit(complete_invoice(), Profile.MINIMUM).left_out).endswith("autres")
