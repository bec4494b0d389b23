"""What the editor computes without a window: the order of problems, mending, what deserves a reproach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from einvoice_desktop.domain.compose import compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.services.check_draft import DraftVerdict, Light, Lights
from einvoice_desktop.ui.screens.editor.cents import as_text, steps
from einvoice_desktop.ui.screens.editor.presenter import (
    EditorPresenter,
    is_untouched,
    mended,
    next_place,
    problem_places,
    shown_at_field,
)
from einvoice_desktop.ui.screens.editor.words import light_words, panel_words
from einvoice_desktop.ui.widgets.date_field import completed_day, months_later
from tests.ui.fake_services import SAMPLE_FORM, full_world, make_services

PLACES = ("buyer_id", "due_date", "lines.0.unit_price", "lines.1.name", "note")
TODAY = date(2026, 11, 21)


def test_problems_come_in_the_order_of_the_form() -> None:
    findings = [Finding("ED-REQUIRED", place) for place in reversed(PLACES)]
    assert problem_places([*findings, Finding("BR-X", "seller.name")]) == PLACES


def test_warnings_are_visited_only_when_nothing_blocks() -> None:
    warning = Finding("ED-UNIT", "lines.0.unit", Severity.WARNING)
    assert problem_places([warning]) == ("lines.0.unit",)
    assert problem_places([warning, Finding("ED-NUMBER", "note")]) == ("note",)


@pytest.mark.parametrize(
    ("current", "step", "expected"),
    [
        ("", 1, "buyer_id"),
        ("buyer_id", 1, "due_date"),
        ("note", 1, "buyer_id"),
        ("buyer_id", -1, "note"),
        ("lines.0.quantity", 1, "lines.0.unit_price"),
        ("lines.1.quantity", -1, "lines.1.name"),
        ("bic", 1, "buyer_id"),
    ],
)
def test_f8_goes_round_the_form(current: str, step: int, expected: str) -> None:
    assert next_place(PLACES, current, step) == expected


def test_f8_without_problems_goes_nowhere() -> None:
    assert next_place((), "note", 1) == ""


def test_a_suggested_value_is_put_where_it_belongs() -> None:
    form = mended(SAMPLE_FORM, "due_date", "2026-12-21")
    assert form.due_date == "2026-12-21"
    assert mended(form, "lines.1.vat", "FRANCHISE").lines[1].vat == "FRANCHISE"
    assert mended(form, "lines.9.vat", "S20") == form
    assert mended(form, "seller.name", "x") == form


def test_a_field_nobody_visited_is_not_reproached_for_being_empty() -> None:
    form = DraftForm(lines=(DraftLine("Conseil", unit_price="", vat="S20"), DraftLine("Pose", unit_price="abc")))
    findings = (
        Finding("ED-NO-BUYER", "buyer_id"),
        Finding("ED-NUMBER", "lines.0.unit_price"),
        Finding("ED-NUMBER", "lines.1.unit_price"),
    )
    shown = shown_at_field(findings, form, visited=frozenset(), current_row=0, shows_all=False)
    assert set(shown) == {"lines.1.unit_price"}, "a wrong price is told at once"
    shown = shown_at_field(findings, form, visited=frozenset({"buyer_id"}), current_row=1, shows_all=False)
    assert set(shown) == {"buyer_id", "lines.0.unit_price", "lines.1.unit_price"}
    assert len(shown_at_field(findings, form, visited=frozenset(), current_row=0, shows_all=True)) == 3


def test_blank_rows_do_not_count_as_typed() -> None:
    initial = DraftForm(lines=(DraftLine(vat="S20"),))
    assert is_untouched(DraftForm(), initial)
    assert not is_untouched(replace(initial, note="Merci"), initial)


def test_a_draft_is_opened_made_or_made_for_a_customer() -> None:
    world = full_world()
    presenter = EditorPresenter(make_services(world))
    assert presenter.open("company", "draft-0").draft.form == SAMPLE_FORM
    new = presenter.open("company", "new:381")
    assert new.draft.form.type_code == "381"
    assert new.is_new
    for_buyer = presenter.open("company", "new:380:buyer-1")
    assert for_buyer.context.buyer is not None
    assert for_buyer.context.buyer.name == "Globex SAS"


def verdict_of(form: DraftForm, *official: Finding, checked: bool = True) -> DraftVerdict:
    context = EditorPresenter(make_services()).context("company", form)
    composition = compose(form, context)
    blocked = composition.is_blocked or any(f.is_blocking for f in official)
    said = Verdict.NOT_CONFORMING if blocked else Verdict.CONFORMING
    report = RuleReport(said if checked else Verdict.NOT_CHECKED, official, elapsed=0.041)
    lights = Lights(
        Light("green"), Light("red" if blocked else "green"), Light("green"), Light("amber", "ED-ADDRESS-OLD")
    )
    return DraftVerdict(composition, report, composition.findings + official, report.verdict, lights)


def test_the_panel_says_conforming_only_when_the_rules_ran() -> None:
    assert panel_words(verdict_of(SAMPLE_FORM)).verdict == "Conforme"
    assert panel_words(verdict_of(SAMPLE_FORM, checked=False)).verdict == "Non vérifié"
    assert panel_words(verdict_of(DraftForm(buyer_id="buyer-0"))).verdict == "À compléter"


def test_an_official_rule_is_told_with_its_identifier_and_its_own_text() -> None:
    official = Finding("BR-ZZ-99", "", message="Texte officiel.", location="/rsm:x")
    words = panel_words(verdict_of(SAMPLE_FORM, official))
    assert (words.tone, words.count) == ("danger", 1)
    assert words.problems[0].badge == "BR-ZZ-99"
    assert words.problems[0].sentence == "Texte officiel."
    assert words.problems[0].place == "", "no link to a field that is not there"


def test_lights_say_their_state_in_words() -> None:
    words = light_words(verdict_of(SAMPLE_FORM, Finding("BR-ZZ-99")))
    assert words["rules"] == ("red", "1 à corriger · F8")
    assert words["address"] == ("amber", "à vérifier de nouveau")


def test_every_cent_is_explained() -> None:
    form = replace(SAMPLE_FORM, lines=(DraftLine("Vis", "3", "C62", "0,333", "S5.5", discount="10"),))
    told = {what: (how, amount) for what, how, amount in steps(verdict_of(form).composition)}
    assert "arrondi au centime" in told["Vis"][0]
    assert told["Vis"][1] == "0,90\u00a0€"
    assert told["TVA 5,5 %"][1] == "0,05\u00a0€"
    assert told["Net à payer"][1] == "0,95\u00a0€"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+30", date(2026, 12, 21)),
        ("5", date(2026, 11, 5)),
        ("5/12", date(2026, 12, 5)),
        ("31/12/2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("31/02", None),
        ("+99999", None),
        ("demain", None),
    ],
)
def test_days_are_typed_short(typed: str, expected: date | None) -> None:
    assert completed_day(typed, TODAY) == expected


def test_a_month_later_stays_in_the_month() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 1, 15), -1) == date(2025, 12, 15)


def test_the_steps_are_copied_as_rows_of_a_spreadsheet() -> None:
    rows = (("Vis", "3 × 2", "6,00 €"), ("Déjà payé", "", "-1,00 €"))
    assert as_text(rows) == "Vis\t3 × 2\t6,00 €\nDéjà payé\t\t-1,00 €"


def test_a_file_that_cannot_leave_is_not_called_conforming() -> None:
    services = make_services(full_world())
    context = services.check.context("company", "buyer-0")
    verdict = services.check.check(context, SAMPLE_FORM)
    proof = Finding("ED-PDF-AMOUNT", "totals", params={"printed": "1", "xml": "2", "term": "BT-115"})
    words = panel_words(replace(verdict, findings=(proof,)))
    assert (words.tone, words.verdict, words.count) == ("danger", "À corriger", 1)
    assert panel_words(verdict).verdict == "Conforme"


def test_totals_tell_the_vat_in_euros_and_the_rounding(qapp: object, themed: object) -> None:
    from einvoice_desktop.ui.widgets.totals_box import TotalsBox

    context = make_services(full_world()).check.context("company", "buyer-0")
    form = replace(SAMPLE_FORM, currency="USD", exchange_rate="0,5", rounding="0,02")
    box = TotalsBox()
    box.show_totals(compose(form, context).totals, "USD")
    assert box.amount_of("TVA en euros") == "100,00\u00a0€"
    assert box.amount_of("Arrondi").startswith("0,02")
