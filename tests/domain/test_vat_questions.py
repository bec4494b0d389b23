"""« Pourquoi n'y a-t-il pas de TVA ? »: each way through the questions ends at an answer the official rules admit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from einvoice_desktop.domain.invoice import TaxPoint
from einvoice_desktop.domain.parties import BuyerKind
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.domain.vat_questions import (
    BuyerNeed,
    Circumstances,
    Outcome,
    Question,
    answers,
    first_question,
    follow,
    outcome_of,
)

UNKNOWN = Circumstances()
FRANCHISE = Circumstances(is_franchise=True, has_vat_number=False)
GERMAN = Circumstances(buyer_kind=BuyerKind.FOREIGN_BUSINESS, buyer_country="DE")
AMERICAN = Circumstances(buyer_kind=BuyerKind.FOREIGN_BUSINESS, buyer_country="US")
FRENCH = Circumstances(buyer_kind=BuyerKind.FRENCH_BUSINESS, buyer_country="FR")
PERSON = Circumstances(buyer_kind=BuyerKind.INDIVIDUAL, buyer_country="FR")


def ways(known: Circumstances, question: Question | None = None) -> Iterator[tuple[tuple[str, ...], Outcome]]:
    """Every way through the questions, with what it comes to."""
    here = question or first_question()
    for answer in answers(here, known):
        then = follow(here, answer, known)
        if isinstance(then, Outcome):
            yield (answer,), then
        else:
            for rest, outcome in ways(known, then):
                yield (answer, *rest), outcome


def keys(known: Circumstances) -> set[str]:
    return {outcome.vat for _, outcome in ways(known)}


@pytest.mark.parametrize("known", [UNKNOWN, FRANCHISE, GERMAN, AMERICAN, FRENCH, PERSON])
def test_no_way_ends_nowhere(known: Circumstances) -> None:
    outcomes = [outcome for _, outcome in ways(known)]
    assert outcomes
    for outcome in outcomes:
        choice = vat_choice(outcome.vat)
        assert choice is not None
        assert (outcome.reason, outcome.code) == (choice.treatment.exemption_reason, choice.treatment.exemption_code)
        assert outcome.process in {"B1", "S1", "M1"}
        assert outcome.tax_point is None


def test_each_question_is_reached_and_no_answer_repeats_another() -> None:
    reached = {way[:depth] for way, _ in ways(UNKNOWN) for depth in range(len(way))}
    assert len(reached) == len(Question)
    assert len([way for way, _ in ways(UNKNOWN)]) == len({way for way, _ in ways(UNKNOWN)})


def test_a_franchise_says_293_b_with_bt_32_when_it_has_no_vat_number() -> None:
    outcome = follow(Question.WHY, "franchise", FRANCHISE)
    assert isinstance(outcome, Outcome)
    assert (outcome.vat, outcome.needs_tax_registration, outcome.needs_vat_number) == ("FRANCHISE", True, False)
    assert outcome.reason == "TVA non applicable, art. 293 B du CGI"
    assert "franchise" not in answers(Question.WHY, FRENCH)


def test_a_german_business_is_offered_the_union_alone() -> None:
    assert answers(Question.BUYER_PLACE, GERMAN) == ("eu",)
    goods = follow(Question.SUPPLY_EU, "goods", GERMAN)
    services = follow(Question.SUPPLY_EU, "services", GERMAN)
    assert isinstance(goods, Outcome)
    assert isinstance(services, Outcome)
    assert (goods.vat, goods.process) == ("K", "B1")
    assert goods.buyer == {BuyerNeed.VAT_NUMBER, BuyerNeed.DELIVERY_COUNTRY, BuyerNeed.DELIVERY_DATE}
    assert (services.vat, services.process, services.buyer) == ("AE:UE", "S1", frozenset({BuyerNeed.VAT_NUMBER}))


def test_an_american_business_is_offered_exports_alone() -> None:
    assert answers(Question.BUYER_PLACE, AMERICAN) == ("outside",)
    assert {"G", "G:259-1"} <= keys(AMERICAN)
    assert not {"K", "AE:UE", "AE"} & keys(AMERICAN)


def test_a_french_business_may_reverse_the_charge_and_a_person_never() -> None:
    assert "AE:283-2NONIES" in keys(FRENCH)
    assert not any(key.startswith("AE") for key in keys(PERSON))
    assert not {"K", "G", "AE:UE"} & keys(FRENCH)
    outcome = follow(Question.REVERSE_CHARGE, "construction", FRENCH)
    assert isinstance(outcome, Outcome)
    assert outcome.buyer == {BuyerNeed.IDENTITY}


def test_net_of_tax_is_for_credit_notes() -> None:
    assert "net_credit" not in answers(Question.WHY, FRENCH)
    assert "net_credit" in answers(Question.WHY, Circumstances(is_credit_note=True))


def test_the_margin_scheme_is_priced_with_its_tax() -> None:
    assert all(outcome.prices_include_vat for way, outcome in ways(FRENCH) if way[0] == "margin")


def test_the_option_for_debits_only_dates_french_vat() -> None:
    known = Circumstances(on_debits=True)
    assert outcome_of("S20", known).tax_point is TaxPoint.INVOICE
    assert outcome_of("AE", known).tax_point is None
    with pytest.raises(KeyError):
        outcome_of("S99", known)
