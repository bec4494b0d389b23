"""What the official syntaxes demand of our bytes, and the traps of the library that writes them."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from einvoice_desktop.documents.en16931.terms import terms_of
from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules.rulebook import identify
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Account, Invoice, Note, PaymentInstructions, Profile
from einvoice_desktop.domain.lines import Classification
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.vat import VatTreatment
from tests.documents.invoices import complete_invoice, compliant_invoice

WRITER = DocumentWriter()


def check_xsd(xml: bytes) -> None:
    import facturx

    facturx.xml_check_xsd(xml)


def test_the_complete_document_is_valid_against_both_schemas() -> None:
    check_xsd(WRITER.write_cii(complete_invoice()))
    check_xsd(WRITER.write_ubl(complete_invoice()))
    check_xsd(WRITER.write_ubl(replace(complete_invoice(), type_code="381")))


def test_an_invoice_without_delivery_has_no_nil_element() -> None:
    invoice = replace(complete_invoice(), delivery=None, despatch_advice_reference="", receiving_advice_reference="")
    xml = WRITER.write_cii(invoice)
    assert b"nil" not in xml
    check_xsd(xml)


def test_a_delivery_address_without_a_name_leaves_no_empty_name() -> None:
    delivery = Delivery(date=date(2026, 10, 30), address=Address("2 quai", "", "", "06300", "Nice"))
    xml = WRITER.write_cii(replace(complete_invoice(), delivery=delivery))
    assert b"<ram:Name/>" not in xml
    assert b"<ram:Name></ram:Name>" not in xml
    check_xsd(xml)


def test_tags_follow_one_another_and_texts_keep_their_spaces() -> None:
    """A sixth less for the official rules to walk through, and not a letter of what was written."""
    text = "Deux  espaces,\nune ligne > une autre < la suite"
    invoice = replace(compliant_invoice(), notes=(*compliant_invoice().notes, Note(text)))
    for xml in (WRITER.write_cii(invoice), WRITER.write_ubl(invoice)):
        assert not re.search(rb">\s+<", xml.partition(b"?>")[2].strip())
        read = DocumentReader().read(xml).invoice
        assert read is not None
        assert text in [note.text for note in read.notes]


@pytest.mark.parametrize(("rate", "text"), [("20.000", b">20<"), ("5.50", b">5.5<"), ("0", b">0<")])
def test_rates_are_written_as_the_french_rules_list_them(rate: str, text: bytes) -> None:
    invoice = complete_invoice()
    line = replace(invoice.lines[0], vat=VatTreatment("S", Decimal(rate)))
    xml = WRITER.write_cii(replace(invoice, lines=(line,)))
    assert b"<ram:RateApplicablePercent" + text in xml


def test_the_tax_point_date_is_written_in_each_vat_group() -> None:
    xml = WRITER.write_cii(replace(complete_invoice(), tax_point=None, tax_point_date=date(2026, 11, 1)))
    assert xml.count(b"<ram:TaxPointDate>") == len(complete_invoice().totals.breakdown)


def test_an_iban_is_written_without_spaces() -> None:
    payment = PaymentInstructions("58", iban="FR76 3000 6000 0112 3456 7890 189")
    xml = WRITER.write_cii(replace(complete_invoice(), payment=payment))
    assert b"<ram:IBANID>FR7630006000011234567890189</ram:IBANID>" in xml


def test_the_rounding_amount_of_ubl_is_in_the_currency_of_the_invoice() -> None:
    root = etree.fromstring(WRITER.write_ubl(replace(complete_invoice(), currency="USD")))
    assert root.xpath("string(//*[local-name()='PayableRoundingAmount']/@currencyID)") == "USD"


def test_zero_yen_have_no_decimals() -> None:
    invoice = replace(complete_invoice(), currency="JPY", lines=(), allowances=(), charges=())
    assert b">1234<" in WRITER.write_cii(replace(invoice, totals=replace(invoice.totals, due=Decimal(1234))))


def test_characters_xml_cannot_hold_are_left_out() -> None:
    invoice = replace(complete_invoice(), notes=(Note("a\x00b\x0bc\ud800d"),))
    again = DocumentReader().read(WRITER.write_cii(invoice)).invoice
    assert again is not None
    assert again.notes == (Note("abcd"),)


def test_an_unfinished_draft_is_written_for_the_verdict_to_name_what_is_missing() -> None:
    invoice = complete_invoice()
    draft = replace(
        invoice,
        number="",
        buyer=Party(name=""),
        notes=(Note("", "PMT"),),
        lines=(replace(invoice.lines[0], id="", name="", unit="", vat=VatTreatment("")),),
    )
    for xml in (WRITER.write_cii(draft), WRITER.write_ubl(draft)):
        assert etree.fromstring(xml) is not None
        assert "\u2063" not in xml.decode()
    document = DocumentReader().read(WRITER.write_cii(draft))
    assert [problem.params["term"] for problem in document.problems] == ["BT-1"]


def test_blanks_and_forbidden_characters_in_repeated_groups_are_no_crash() -> None:
    invoice = complete_invoice()
    assert invoice.payment is not None
    odd = replace(
        invoice,
        seller=replace(invoice.seller, identifiers=(Identifier("a\x00"), Identifier("b\x0b"), Identifier(" "))),
        buyer=replace(invoice.buyer, identifiers=(Identifier(" "), Identifier(""))),
        payment=PaymentInstructions("", other_accounts=(Account("12\x003"),)),
        lines=(
            replace(
                invoice.lines[0],
                classifications=(Classification("1", ""), Classification("2", ""), Classification(" ", "TST")),
            ),
        ),
    )
    for xml in (WRITER.write_cii(odd), WRITER.write_ubl(odd)):
        again = DocumentReader().read(xml).invoice
        assert again is not None
        assert again.seller.identifiers == (Identifier("a"), Identifier("b"))
        assert again.buyer.identifiers == ()
        assert again.payment == PaymentInstructions("", iban="123")


def test_the_french_extension_does_not_change_later_documents() -> None:
    before = WRITER.write_cii(complete_invoice())
    WRITER.write_cii(
        replace(complete_invoice(), profile="urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended")
    )
    assert WRITER.write_cii(complete_invoice()) == before


def test_documents_may_be_written_from_several_threads() -> None:
    WRITER.warm_up()
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(WRITER.write_ubl, [complete_invoice()] * 20))
    assert set(written) == {WRITER.write_ubl(complete_invoice())}


def invoice_of(lines: int) -> Invoice:
    """A plain invoice, long enough to time."""
    invoice = complete_invoice()
    plain = replace(invoice.lines[2], vat=invoice.lines[0].vat)
    payment = replace(invoice.payment, other_accounts=()) if invoice.payment else None
    return replace(invoice, lines=tuple(replace(plain, id=str(n)) for n in range(lines)), payment=payment)


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Median of the processor time ``work`` takes."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken) * 1000


@pytest.mark.bench
@pytest.mark.parametrize(("lines", "limit"), [(10, 6), (300, 120)])
def test_writing_costs_little_more_than_the_library_alone(lines: int, limit: float) -> None:
    import facturx

    invoice = invoice_of(lines)
    WRITER.write_cii(invoice)
    times = 100 if lines == 10 else 15

    def library() -> None:
        facturx.generate_xml(terms_of(invoice), level="en16931", check_xsd=False, check_schematron=False)

    bare = milliseconds(library, times) - milliseconds(lambda: terms_of(invoice), times)
    cii = milliseconds(lambda: WRITER.write_cii(invoice), times)
    ubl = milliseconds(lambda: WRITER.write_ubl(invoice), times)
    print(f"{lines} lines: CII {cii:.2f} ms, UBL {ubl:.2f} ms, library alone {bare:.2f} ms, ratio {cii / bare:.2f}")
    assert cii < limit
    assert cii < 2 * bare


@pytest.mark.parametrize("type_code", ["380", "381"])
@pytest.mark.parametrize("notes", [(), (Note("Une note"), Note("Une autre", "REG"))])
def test_the_date_vat_falls_due_stands_where_each_ubl_document_wants_it(
    type_code: str, notes: tuple[Note, ...]
) -> None:
    day = date(2026, 10, 31)
    invoice = replace(
        compliant_invoice(),
        type_code=type_code,
        tax_point_date=day,
        tax_point=None,
        notes=notes,
        profile=Profile.EN16931,
    )
    xml = DocumentWriter().write_ubl(invoice)
    root = etree.fromstring(xml)
    rules = identify(root).rules
    checker = etree.XMLSchema(etree.parse(str(rules.file(rules.xsd))))
    assert checker.validate(root), checker.error_log
    assert xml.count(b"<cbc:TaxPointDate>2026-10-31<") == 1
    read = DocumentReader().read(xml).invoice
    assert read is not None
    assert (read.tax_point_date, read.notes) == (day, notes)
