"""The code a bank's application scans must hold the very payment of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.page.payment_code import matrix, payment_text
from einvoice_desktop.documents.pdf.proof.qr_code import read
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.parties import Party
from tests.documents.pdf import samples
from tests.documents.pdf.reading import open_pdf


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


ACCENTS = replace(
    samples.TRANSFER, account_name="Société d’Étanchéité & Œuvre" * 3, remittance="Facture n° 12 — été " * 9
)


@pytest.mark.parametrize("payment", [samples.TRANSFER, ACCENTS, replace(samples.TRANSFER, bic="")])
def test_the_code_drawn_on_the_page_says_the_payment(maker: ReportlabPdf, payment: PaymentInstructions) -> None:
    """The squares are read back from the finished file and decoded."""
    invoice = samples.invoice(payment=payment)
    text, version = read(_drawn_squares(maker.render(invoice, samples.PLAIN)))
    assert text == payment_text(invoice)
    assert version <= 13
    fields = text.split("\n")
    assert fields[7] == "EUR1200.00"
    assert fields[8] == "", "the purpose line is empty and present"
    assert len(fields[5]) <= 70
    assert len(fields[10]) <= 140


def _drawn_squares(content: bytes) -> list[list[int]]:
    """The dark squares of the only figure of the page, as a matrix."""
    stream: Any = open_pdf(content).pages[0]["/Contents"]
    data = stream.get_object().get_data().decode("latin-1")
    figure = data.split("/Figure")[1].split("EMC")[0]
    boxes = [tuple(map(float, found)) for found in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", figure)]
    unit = min(height for _, _, _, height in boxes)
    left, high = min(x for x, _, _, _ in boxes), max(y for _, y, _, _ in boxes)
    size = round((max(x + width for x, _, width, _ in boxes) - left) / unit)
    rows = [[0] * size for _ in range(size)]
    for x, y, width, _ in boxes:
        start, row = round((x - left) / unit), round((high - y) / unit)
        rows[row][start : start + round(width / unit)] = [1] * round(width / unit)
    return rows


@given(st.text(max_size=200), st.text(max_size=300), st.decimals("0.01", "999999999.99", places=2))
def test_whatever_is_written_the_content_keeps_its_form(name: str, remittance: str, due: Decimal) -> None:
    payment = replace(samples.TRANSFER, account_name=name, remittance=remittance)
    invoice = samples.invoice(payment=payment)
    text = payment_text(replace(invoice, totals=replace(invoice.totals, due=due)))
    fields = text.split("\n")
    assert len(text.encode("utf-8", "replace")) <= 331
    assert fields[:4] == ["BCD", "002", "1", "SCT"]
    assert fields[6] == samples.COMPANY.iban
    assert Decimal(fields[7].removeprefix("EUR")) == due
    assert 8 <= len(fields) <= 11


def test_an_account_no_sepa_transfer_reaches_has_no_code() -> None:
    brazilian = replace(samples.TRANSFER, iban="BR1800360305000010009795493C1")
    assert payment_text(samples.invoice(payment=brazilian)) == ""
