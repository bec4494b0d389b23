"""Numbers and words as a French reader writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.domain.vat import VatTreatment
from tests.documents.pdf.reading import SPACES


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("1234.5", "EUR", "1 234,50 €"),
        ("-0.07", "EUR", "−0,07 €"),
        ("1234567.891234", "USD", "1 234 567,891234 USD"),
        ("180000", "JPY", "180 000 JPY"),
        ("0", "EUR", "0,00 €"),
        ("1E+3", "EUR", "1 000,00 €"),
    ],
)
def test_money(value: str, currency: str, text: str) -> None:
    assert figures.money(Decimal(value), currency).translate(SPACES) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_printed_number_is_never_rounded(value: Decimal) -> None:
    text = figures.amount(value).replace(figures.NARROW, "").replace(",", ".").replace(figures.MINUS, "-")
    assert Decimal(text) == value


@pytest.mark.parametrize(
    ("vat", "text"),
    [
        (VatTreatment("S", Decimal("5.50")), "5,5 %"),
        (VatTreatment("AE", Decimal(0)), "Autoliq."),
        (VatTreatment("E", Decimal(0)), "Exonéré"),
        (VatTreatment("O"), "—"),
        (VatTreatment("Z", Decimal(0)), "0 %"),
    ],
)
def test_rates(vat: VatTreatment, text: str) -> None:
    assert figures.rate(vat).translate(SPACES) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("552100554", "552 100 554"), ("552 100 554 00013", "552 100 554 00013"), ("HRB 1", "HRB 1")],
)
def test_registration_numbers(value: str, text: str) -> None:
    assert figures.siren(value).translate(SPACES) == text


def test_periods() -> None:
    start, end = date(2026, 1, 1), date(2026, 1, 31)
    assert figures.span(start, end) == "du 01/01/2026 au 31/01/2026"
    assert figures.span(start, None) == "à partir du 01/01/2026"
    assert figures.span(None, end) == "jusqu’au 31/01/2026"
    assert figures.span(None, None) == ""


@pytest.mark.parametrize(
    ("code", "quantity", "text"),
    [
        ("HUR", "2", "heures"),
        ("HUR", "1.5", "heure"),
        ("MON", "6", "mois"),
        ("KGM", "12", "kg"),
        ("ANN", "3", "ans"),
        ("XYZ", "3", "XYZ"),
        ("EA", "3", "unités"),
        ("CMT", "3", "cm"),
    ],
)
def test_units_agree_with_quantities(code: str, quantity: str, text: str) -> None:
    assert wording.unit(code, Decimal(quantity)) == text


def test_countries_have_french_names() -> None:
    assert wording.country("DE") == "Allemagne"
    assert wording.country("??") == "??"
