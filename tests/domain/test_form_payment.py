"""How a document is to be paid: a SEPA transfer is in euros."""

from __future__ import annotations

import pytest

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.form_payment import read_payment, without_card
from einvoice_desktop.domain.parties import Address, Company

COMPANY = Company("c", "Atelier", "732829320", Address(), iban="FR7630006000011234567890189")


def said(form: DraftForm) -> list[Finding]:
    found: list[Finding] = []
    assert read_payment(form, COMPANY, None, found) is not None
    return found


def test_a_sepa_transfer_in_francs_is_doubted_and_a_plain_one_proposed() -> None:
    [finding] = said(DraftForm(currency="CHF"))
    assert (finding.code, finding.place, finding.suggested_value) == ("ED-SEPA-CURRENCY", "payment_means", "30")
    assert not finding.is_blocking


@pytest.mark.parametrize("form", [DraftForm(), DraftForm(currency="CHF", payment_means="30")])
def test_the_rest_is_not(form: DraftForm) -> None:
    assert said(form) == []


def test_a_whole_card_number_is_never_kept() -> None:
    typed = DraftForm(payment_means="48", card_number="4970 1012 3456 7890")
    assert without_card(typed).card_number == "7890"
    masked = DraftForm(payment_means="48", card_number="567890")
    assert without_card(masked) == masked
