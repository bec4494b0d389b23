"""The code a bank's application scans must hold the very payment of the page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from einvoice_desktop.documents.pdf.page.payment_code import matrix, payment_text
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.parties import Party
from tests.documents.pdf import samples


def test_the_fields_stand_in_the_order_of_the_guideline() -> None:
    assert payment_text(samples.invoice()).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "AGRIFRPP",
        "Atelier Brossard SARL",
        "FR7630006000011234567890189",
        "EUR1200.00",
        "",
        "",
        "FA2026-0122",
    ]


def test_a_draft_has_no_reference_and_no_empty_end() -> None:
    assert payment_text(samples.invoice(number="")).endswith("EUR1200.00")


def test_the_money_goes_to_the_payee() -> None:
    payment = replace(samples.TRANSFER, account_name="", bic="not a bic", remittance="R 1\nfoo")
    fields = payment_text(samples.invoice(payee=Party("Factor & Cie"), payment=payment)).split("\n")
    assert (fields[4], fields[5], fields[10]) == ("", "Factor & Cie", "R 1 foo")


@pytest.mark.parametrize(
    "invoice",
    [
        samples.invoice(payment=None),
        samples.invoice(payment=PaymentInstructions("48", iban=samples.COMPANY.iban)),
        samples.invoice(payment=replace(samples.TRANSFER, iban="FR7630006000011234567890188")),
        samples.invoice(currency="USD"),
        samples.invoice(type_code="381"),
        samples.invoice(type_code="389"),
        samples.invoice(paid=Decimal(1200)),
    ],
    ids=["no means", "card", "wrong key", "dollars", "credit note", "self-billed", "nothing due"],
)
def test_no_code_when_there_is_nothing_to_transfer(invoice: Invoice) -> None:
    assert payment_text(invoice) == ""


def test_the_squares_are_those_of_a_qr_code() -> None:
    rows = matrix(payment_text(samples.invoice()))
    assert len({len(row) for row in rows} | {len(rows)}) == 1
    finder = (1, 1, 1, 1, 1, 1, 1)
    assert rows[0][:7] == rows[0][-7:] == rows[-1][:7] == finder
    assert matrix(payment_text(samples.invoice(paid=Decimal(1)))) != rows
