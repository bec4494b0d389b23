"""Values in columns: exact both ways, sortable, and tolerant of forms typed in another version."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.store.mapping.documents import findings_of
from einvoice_desktop.store.mapping.drafts import form_from_text, form_to_text
from einvoice_desktop.store.mapping.json_text import to_text
from einvoice_desktop.store.mapping.searching import folded
from einvoice_desktop.store.tables.columns import from_scaled, to_instant, to_scaled

MILLIONTHS = st.integers(-(2**63) + 1, 2**63 - 1)
INSTANTS = st.datetimes(timezones=st.just(timezone(timedelta(hours=2)))).filter(lambda at: 1000 < at.year < 9999)
LINES = st.builds(DraftLine, name=st.text(), quantity=st.text(), unit_price=st.text(), vat=st.text())
FORMS = st.builds(DraftForm, note=st.text(), issue_date=st.text(), lines=st.lists(LINES, max_size=4).map(tuple))


@given(MILLIONTHS)
def test_every_scaled_integer_is_one_decimal(scaled: int) -> None:
    assert to_scaled(from_scaled(scaled)) == scaled


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_six_decimals_are_kept_exactly(value: Decimal) -> None:
    assert from_scaled(to_scaled(value)) == value


@pytest.mark.parametrize("value", ["1E-7", "1E+13", "-9300000000000", "NaN", "Infinity"])
def test_what_does_not_fit_is_refused_rather_than_rounded(value: str) -> None:
    with pytest.raises(ValueError, match=value.replace("+", r"\+")):
        to_scaled(Decimal(value))


@pytest.mark.parametrize(("value", "text"), [("1250", "1250.00"), ("0.1", "0.10"), ("-0.005", "-0.005000")])
def test_amounts_are_written_with_two_decimals_or_as_many_as_needed(value: str, text: str) -> None:
    assert str(from_scaled(to_scaled(Decimal(value)))) == text


@given(INSTANTS, INSTANTS)
def test_instants_sort_as_their_texts(first: datetime, second: datetime) -> None:
    assert (first < second) is (to_instant(first) < to_instant(second))
    assert datetime.fromisoformat(to_instant(first)) == first
    assert to_instant(first) == to_instant(first.astimezone(UTC))


def test_an_instant_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_instant(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


@given(FORMS)
def test_a_form_comes_back_as_typed(form: DraftForm) -> None:
    assert form_from_text(form_to_text(form)) == form


def test_half_a_character_is_kept_too() -> None:
    """A lone surrogate, as a broken paste may leave, fits in no UTF-8 column."""
    form = DraftForm(note="a\ud83d")
    assert form_from_text(form_to_text(form)) == form
    form_to_text(form).encode()
    assert folded("a\ud83d b") == "a b"


def test_a_form_of_another_version_keeps_what_is_known() -> None:
    older = {"type_code": "381", "colour_of_tie": "blue", "note": "bonjour", "lines": [{"name": "Pain", "weight": "3"}]}
    assert form_from_text(json.dumps(older)) == DraftForm("381", note="bonjour", lines=(DraftLine("Pain"),))


def test_a_form_with_odd_values_keeps_what_can_be_read() -> None:
    odd = {"note": 12, "iban": None, "bic": ["x"], "lines": [{"name": "Pain", "quantity": 3}, "not a line", None]}
    assert form_from_text(json.dumps(odd)) == DraftForm(note="12", lines=(DraftLine("Pain", "3"),))
    assert form_from_text('{"lines": "none"}') == DraftForm()


def test_json_is_canonical() -> None:
    assert to_text({"b": (1, None), "a": "é"}) == '{"a":"é","b":[1,null]}'


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("typed", "same"), [("L’Été", "l'ete"), ("ŒUVRE", "oeuvre"), ("a\u00a0\t b", "a b"), ("Straße", "strasse")]
)
def test_accents_case_and_spaces_do_not_matter(typed: str, same: str) -> None:
    assert folded(typed) == same


def test_findings_of_the_first_release_are_read_as_codes_and_messages() -> None:
    assert findings_of('[["XSD","élément inattendu"]]') == (Finding("XSD", message="élément inattendu"),)


@given(st.builds(Finding, st.text(), st.text(), st.sampled_from(Severity), suggested_value=st.none() | st.text()))
def test_a_finding_comes_back_whole(finding: Finding) -> None:
    assert findings_of(to_text((finding,))) == (finding,)
