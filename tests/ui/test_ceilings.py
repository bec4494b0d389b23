"""The coach of the franchise: how near its ceiling a turnover is, in words that say they are to be checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from einvoice_desktop.domain.parties import VatRegime
from einvoice_desktop.domain.thresholds import Ceiling, Position, Turnover, advise
from einvoice_desktop.ui.screens.home.presenter import ceilings, read_home
from einvoice_desktop.ui.theme import Theme
from einvoice_desktop.ui.widgets.ceiling_card import CeilingCard, meaning_words, source_words, title_words
from tests.ui.fake_services import COMPANY, World, make_services

IN_2026 = date(2026, 11, 21)
FREELANCER = replace(COMPANY, vat_regime=VatRegime.FRANCHISE, vat_number="", nature="S")


def test_a_company_that_charges_vat_has_no_ceiling_to_watch() -> None:
    assert ceilings(COMPANY, Decimal(10_000), IN_2026) == ()


@pytest.mark.parametrize(
    ("sold", "position", "said"),
    [
        (10_000, Position.UNDER, "Il reste 27"),
        (31_200, Position.NEAR, "Plus que 6"),
        (38_000, Position.OVER_BASE, "1er janvier"),
        (42_000, Position.OVER_RAISED, "date du dépassement"),
    ],
)
def test_services_are_read_against_their_own_ceiling(sold: int, position: Position, said: str) -> None:
    (advice,) = ceilings(FREELANCER, Decimal(sold), IN_2026)
    assert advice.position is position
    assert said in meaning_words(advice)
    shown = title_words(advice).replace("\u202f", " ").replace("\u00a0", " ")
    assert shown == f"Franchise de TVA, services : {sold // 1000} {sold % 1000:03} € sur 37 500 €"


def test_goods_are_read_against_the_general_ceiling() -> None:
    (advice,) = ceilings(replace(FREELANCER, nature="B"), Decimal(31_200), IN_2026)
    assert advice.base == 85_000


def test_the_figures_say_they_are_to_be_checked() -> None:
    now = ceilings(FREELANCER, Decimal(1), IN_2026)[0]
    later = ceilings(FREELANCER, Decimal(1), date(2028, 3, 1))[0]
    assert "à vérifier chaque année" in source_words(now)
    assert "293 B" in source_words(now)
    assert "seulement : à vérifier" in source_words(later)


def test_the_micro_ceiling_has_words_too() -> None:
    told = advise(Turnover(services=Decimal(90_000)), IN_2026, Ceiling.MICRO)
    assert all(meaning_words(advice).endswith(".") for advice in told)


def test_the_home_screen_of_a_freelancer_shows_it(themed: Theme, qtbot: QtBot, world: World) -> None:
    del themed
    world.companies["company"] = FREELANCER
    view = read_home(make_services(world), "company", IN_2026)
    assert view.ceilings
    card = CeilingCard()
    qtbot.addWidget(card)
    card.show_advice(view.ceilings)
    assert not card.isHidden()
    card.show_advice(())
    assert card.isHidden()
