"""What is written is read back the same, in each syntax, and through both.

What a syntax cannot carry is listed, with its reasons, in :mod:`einvoice_desktop.documents.en16931.limits`; the strategies
leave just that out, and ``test_limits`` proves each entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions, Profile
from einvoice_desktop.domain.lines import Classification
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.references import Period, PrecedingInvoice
from tests.documents.invoices import complete_invoice, invoices

WRITER, READER = DocumentWriter(), DocumentReader()
SYNTAXES: list[Callable[[Invoice], bytes]] = [WRITER.write_cii, WRITER.write_ubl]


def read(xml: bytes) -> Invoice:
    document = READER.read(xml)
    assert document.invoice is not None
    assert document.problems == ()
    return document.invoice


@pytest.mark.parametrize("write", SYNTAXES)
@given(invoice=invoices())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_invoice_survives_its_xml(write: Callable[[Invoice], bytes], invoice: Invoice) -> None:
    assert read(write(invoice)) == invoice


@given(invoice=invoices())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_cii_that_goes_through_ubl_comes_back_byte_for_byte(invoice: Invoice) -> None:
    first = WRITER.write_cii(invoice)
    ubl = WRITER.write_ubl(read(first))
    assert WRITER.write_cii(read(ubl)) == first
    assert WRITER.write_ubl(read(WRITER.write_cii(read(ubl)))) == ubl


@given(invoice=invoices())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_invoice_survives_its_json(invoice: Invoice) -> None:
    assert READER.read_json(WRITER.write_json(invoice)) == invoice


@pytest.mark.parametrize("write", SYNTAXES)
def test_every_term_of_the_domain_is_carried(write: Callable[[Invoice], bytes]) -> None:
    invoice = complete_invoice()
    assert read(write(invoice)) == invoice


def test_every_term_of_the_domain_is_carried_by_json() -> None:
    invoice = replace(complete_invoice(), preceding=(PrecedingInvoice("F1", date(2026, 1, 2), "386"),))
    assert READER.read_json(WRITER.write_json(invoice)) == invoice


@pytest.mark.parametrize("write", [*SYNTAXES, WRITER.write_json])
def test_the_same_invoice_gives_the_same_bytes(write: Callable[[Invoice], bytes]) -> None:
    assert write(complete_invoice()) == write(complete_invoice())


@pytest.mark.parametrize("write", SYNTAXES)
def test_the_french_extension_keeps_contacts_and_line_exemptions(write: Callable[[Invoice], bytes]) -> None:
    plain = complete_invoice()
    seller = replace(plain.seller, tax_registration="100000009")
    invoice = replace(
        plain,
        profile=Profile.EXTENDED_CTC_FR,
        seller=seller,
        preceding=(PrecedingInvoice("F1", date(2026, 1, 2), "386"),),
    )
    again = read(write(invoice))
    assert again == invoice
    assert again.profile == Profile.EXTENDED_CTC_FR


@pytest.mark.parametrize("write", SYNTAXES)
def test_a_profile_we_do_not_write_becomes_plain_en16931(write: Callable[[Invoice], bytes]) -> None:
    foreign = replace(
        complete_invoice(), profile="urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    )
    assert read(write(foreign)).profile == Profile.EN16931


@pytest.mark.parametrize("write", SYNTAXES)
def test_repeated_groups_are_all_written(write: Callable[[Invoice], bytes]) -> None:
    plain = complete_invoice()
    seller = replace(
        plain.seller, identifiers=(Identifier("A"), Identifier("B"), Identifier("1", "0088"), Identifier("2", "0088"))
    )
    line = replace(
        plain.lines[0],
        classifications=(Classification("1", "TST"), Classification("2", "TST")),
        base_quantity_unit="DAY",
    )
    invoice = replace(plain, seller=seller, lines=(line, *plain.lines[1:]))
    again = read(write(invoice))
    assert set(again.seller.identifiers) == set(seller.identifiers)
    assert replace(again, seller=seller) == invoice


@pytest.mark.parametrize("write", SYNTAXES)
def test_a_period_that_ends_before_it_starts_is_written_for_the_rules_to_see(write: Callable[[Invoice], bytes]) -> None:
    plain = complete_invoice()
    backwards = Period(date(2026, 10, 31), date(2026, 10, 1))
    assert plain.delivery is not None
    invoice = replace(
        plain,
        delivery=replace(plain.delivery, period=backwards),
        lines=(replace(plain.lines[0], period=backwards), *plain.lines[1:]),
    )
    assert read(write(invoice)) == invoice


def test_a_due_credit_note_without_means_keeps_its_due_date_in_ubl() -> None:
    invoice = replace(complete_invoice(), type_code="381", payment=None)
    again = read(WRITER.write_ubl(invoice))
    assert again.due_date == invoice.due_date
    assert again.payment == PaymentInstructions("1")


def test_amounts_keep_every_digit_the_sender_wrote() -> None:
    xml = WRITER.write_cii(complete_invoice()).replace(b">80.123456<", b">80.12345678901234567891<")
    assert read(xml).lines[0].net_price == Decimal("80.12345678901234567891")


def test_received_totals_are_never_recomputed() -> None:
    invoice = complete_invoice()
    wrong = replace(invoice, totals=replace(invoice.totals, with_vat=Decimal("1.23")))
    assert read(WRITER.write_ubl(wrong)).totals.with_vat == Decimal("1.23")
