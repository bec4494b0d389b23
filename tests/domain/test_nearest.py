"""What people type for a code, and the code they mean."""

from __future__ import annotations

import pytest

from einvoice_desktop.domain.nearest import near_country, near_currency, near_means, near_unit


@pytest.mark.parametrize(
    ("typed", "code"), [("PCE", "H87"), (" heure ", "HUR"), ("hur", "HUR"), ("m²", "MTK"), ("HUR", None), ("KTM", None)]
)
def test_a_unit(typed: str, code: str | None) -> None:
    assert near_unit(typed) == code


def test_a_unit_known_to_be_wrong_is_the_one_written_alike() -> None:
    assert near_unit("HURE") is None
    assert near_unit("HURE", is_wrong=True) == "HUR"


def test_the_others() -> None:
    assert (near_currency("euro"), near_currency("usd"), near_currency("EUR"), near_currency("?")) == (
        "EUR",
        "USD",
        None,
        None,
    )
    assert (near_country("Grèce"), near_country("be"), near_country("FR"), near_country("Atlantide")) == (
        "GR",
        "BE",
        None,
        None,
    )
    assert (near_means("Chèque"), near_means("058"), near_means("58"), near_means("troc")) == ("20", "58", None, None)
