"""Whatever is typed, compose answers: a finding at its field, what was typed kept, never an exception."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import (
    DraftAttachment,
    DraftChange,
    DraftForm,
    DraftLine,
    DraftNote,
    DraftReference,
)
from einvoice_desktop.domain.findings import Severity
from einvoice_desktop.domain.invoice import Profile, TypeCode
from einvoice_desktop.domain.party_checks import check_buyer
from einvoice_desktop.domain.profiles import fit, is_extended
from einvoice_desktop.domain.text_checks import has_forbidden_character
from einvoice_desktop.domain.totals import compute_totals
from einvoice_desktop.domain.vat_choices import ALL_VAT_CHOICES
from tests.domain.forms import (
    AMERICAN,
    BUYER,
    FRANCHISE,
    GERMAN,
    PERSON,
    SELLER,
    TODAY,
    composed,
    form,
    found,
    line,
    read,
)

PRECEDING = {"preceding_number": "F2026-0001", "preceding_date": "2026-11-01"}


@pytest.mark.parametrize(
    ("filled", "code", "place"),
    [
        (form(line(unit_price="douze")), "ED-NUMBER", "lines.0.unit_price"),
        (form(line(unit_price="-3")), "ED-PRICE-NEGATIVE", "lines.0.unit_price"),
        (form(line(unit_price="12 €"), currency="USD", exchange_rate="1"), "ED-CURRENCY-DIFFERS", "lines.0.unit_price"),
        (form(line(quantity="0")), "ED-QUANTITY-ZERO", "lines.0.quantity"),
        (form(line(quantity="1,23456")), "ED-DECIMALS", "lines.0.quantity"),
        (form(line(base_quantity="0")), "ED-QUANTITY-ZERO", "lines.0.base_quantity"),
        (form(line(base_quantity="dix")), "ED-NUMBER", "lines.0.base_quantity"),
        (form(line(discount="101")), "ED-DISCOUNT-RANGE", "lines.0.discount"),
        (form(line(discount="-1")), "ED-DISCOUNT-RANGE", "lines.0.discount"),
        (form(line(discount_amount="200,01")), "ED-DISCOUNT-RANGE", "lines.0.discount_amount"),
        (form(line(discount_amount="-1")), "ED-AMOUNT-NEGATIVE", "lines.0.discount_amount"),
        (form(line(charge="-1")), "ED-AMOUNT-NEGATIVE", "lines.0.charge"),
        (form(global_discount="101"), "ED-DISCOUNT-RANGE", "global_discount"),
        (form(changes=(DraftChange("gift", "1"),)), "ED-CHANGE-KIND", "changes.0.kind"),
        (form(changes=(DraftChange(reason="Fidélité", vat="S20"),)), "ED-REQUIRED", "changes.0.amount"),
        (form(changes=(DraftChange(percentage="101", vat="S20"),)), "ED-DISCOUNT-RANGE", "changes.0.percentage"),
        (form(changes=(DraftChange("allowance", "1", reason_code="FC"),)), "BR-CL-19", "changes.0.reason_code"),
        (form(changes=(DraftChange("charge", "1", reason_code="95"),)), "BR-CL-20", "changes.0.reason_code"),
        (form(line(vat="S99")), "ED-VAT-CATEGORY", "lines.0.vat"),
        (form(line(vat="")), "ED-VAT-CATEGORY", "lines.0.vat"),
        (form(line(vat="FRANCHISE")), "ED-VAT-NOT-FRANCHISE", "lines.0.vat"),
        (form(line(vat="E:VATEX-FR-CNWVAT")), "ED-VAT-CREDIT-ONLY", "lines.0.vat"),
        (form(line(), line(vat="O")), "BR-O-12", "lines.1.vat"),
        (form(line(attributes="rouge")), "ED-ATTRIBUTE", "lines.0.attributes"),
        (form(line(classification="43")), "ED-REQUIRED", "lines.0.classification_list"),
        (form(line(standard_product_code="123")), "ED-GTIN", "lines.0.standard_product_code"),
        (form(line(origin_country="France")), "ED-COUNTRY", "lines.0.origin_country"),
        (form(line(period_start="2026-10-31", period_end="2026-10-01")), "BR-30", "lines.0.period_end"),
        (form(line(deposit_number="AC 1")), "BR-FR-02", "lines.0.deposit_number"),
        (form(line(name="x" * 501)), "ED-TOO-LONG", "lines.0.name"),
        (form(line(name="")), "ED-REQUIRED", "lines.0.name"),
        (form(issue_date="31/02/2026"), "ED-DATE", "issue_date"),
        (form(issue_date="2026-11-22"), "ED-DATE-FUTURE", "issue_date"),
        (form(due_date="2026-02-31"), "ED-DATE", "due_date"),
        (form(due_date="2026-11-20"), "BR-FR-CO-07", "due_date"),
        (form(delivery_date="1999-12-31"), "ED-DATE", "delivery_date"),
        (form(period_start="2026-10-31", period_end="2026-10-01"), "BR-29", "period_end"),
        (form(tax_point_date="2026-11-10", tax_point="invoice"), "BR-CO-03", "tax_point_date"),
        (form(tax_point="demain"), "ED-CHOOSE", "tax_point"),
        (form(payment_state="bientôt"), "ED-CHOOSE", "payment_state"),
        (form(nature="X"), "ED-CHOOSE", "nature"),
        (form(process="Z9"), "BR-FR-08", "process"),
        (form(type_code="386", payment_state="final"), "BR-FR-CO-08", "payment_state"),
        (form(type_code="325"), "BR-FR-04", "type_code"),
        (form(currency="XYZ"), "ED-CURRENCY", "currency"),
        (form(currency="euro"), "ED-CURRENCY", "currency"),
        (form(currency="USD"), "BR-FR-CO-12", "exchange_rate"),
        (form(currency="USD", exchange_rate="0"), "ED-EXCHANGE-RATE", "exchange_rate"),
        (form(currency="USD", exchange_rate="un"), "ED-NUMBER", "exchange_rate"),
        (form(paid="-1"), "ED-AMOUNT-NEGATIVE", "paid"),
        (form(paid="240,01"), "ED-PAID-ABOVE", "paid"),
        (form(payment_state="paid", rounding="0,10"), "ED-PAID-ROUNDING", "rounding"),
        (form(profile="gratuit"), "ED-PROFILE", "profile"),
        (form(profile="MINIMUM"), "ED-PROFILE-NOT-INVOICE", "profile"),
        (form(payment_means="virement"), "ED-PAYMENT-MEANS", "payment_means"),
        (form(iban="FR7630006000011234567890188"), "ED-IBAN-KEY", "iban"),
        (form(notes=(DraftNote("REGION", "x"),)), "ED-NOTE-SUBJECT", "notes.0.subject"),
        (form(notes=(DraftNote("PMT", ""),)), "ED-REQUIRED", "notes.0.text"),
        (form(notes=(DraftNote("TXD", "a"), DraftNote("TXD", "b"))), "BR-FR-06", "notes.1.subject"),
        (form(notes=(DraftNote("BAR", "B2X"),)), "BR-FR-20", "notes.0.text"),
        (form(type_code="381"), "BR-FR-CO-05", "preceding_number"),
        (form(type_code="381", preceding_number="F1"), "BR-FR-CO-05", "preceding_date"),
        (form(type_code="384"), "BR-FR-CO-04", "preceding_number"),
        (form(type_code="384", references=(DraftReference("F2"),), **PRECEDING), "BR-FR-CO-04", "references.0.number"),
        (form(preceding_number="F 2026.1"), "BR-FR-02", "preceding_number"),
        (form(references=(DraftReference(date="2026-11-01"),)), "ED-REQUIRED", "references.0.number"),
        (form(type_code="262"), "BR-FR-CO-03", "contract"),
        (form(object_scheme="IT"), "ED-REQUIRED", "object_id"),
        (form(delivery_country="Italie"), "ED-COUNTRY", "delivery_country"),
        (form(attachments=(DraftAttachment(url="ftp://x"),)), "ED-ATTACHMENT-URL", "attachments.0.url"),
        (
            form(attachments=(DraftAttachment(reference="a", description="PHOTO"),)),
            "BR-FR-17",
            "attachments.0.description",
        ),
        (form(line(quantity="-1"), type_code="381", **PRECEDING), "ED-CREDIT-NEGATIVE", "lines.0.quantity"),
        (form(line(quantity="-1")), "ED-TOTAL-NEGATIVE", "type_code"),
    ],
)
def test_each_mistake_is_told_at_its_field(filled: DraftForm, code: str, place: str) -> None:
    assert (code, place) in found(filled)


def test_a_mistake_is_told_once() -> None:
    assert found(form(line(discount="101"))) == [("ED-DISCOUNT-RANGE", "lines.0.discount")]
    assert found(form(type_code="381")) == [("BR-FR-CO-05", "preceding_number")]
    assert found(form(line(vat="FRANCHISE"))) == [("ED-VAT-NOT-FRANCHISE", "lines.0.vat")]


def test_the_regime_of_the_company() -> None:
    assert found(form(line(vat="S20")), company=FRANCHISE) == [("ED-VAT-FRANCHISE", "lines.0.vat")]
    assert found(form(line(vat="AE")), company=FRANCHISE) == [("ED-VAT-NUMBER-MISSING", "lines.0.vat")]
    changes = (DraftChange("charge", "5", vat="S20"),)
    assert ("ED-VAT-FRANCHISE", "changes.0.vat") in found(
        form(line(vat="FRANCHISE"), changes=changes), company=FRANCHISE
    )


def test_what_the_vat_asks_of_the_customer() -> None:
    assert ("ED-BUYER-VAT-NUMBER", "buyer_id") in found(form(line(vat="K")), buyer=replace(GERMAN, vat_number=""))
    assert ("ED-BUYER-VAT-NUMBER", "buyer_id") in found(form(line(vat="AE:UE")), buyer=AMERICAN)
    charged = form(line(), changes=(DraftChange("charge", "5", vat="K"),))
    assert ("ED-BUYER-VAT-NUMBER", "buyer_id") in found(charged, buyer=replace(GERMAN, vat_number=""))
    delivery = composed(charged, buyer=GERMAN).delivery
    assert delivery is not None
    assert delivery.address == GERMAN.address  # BR-IC-12
    assert ("ED-VAT-PERSON", "buyer_id") in found(form(line(vat="AE")), buyer=PERSON)


def test_a_vat_the_country_does_not_allow_is_warned_of() -> None:
    home = {"delivery_country": "FR"}
    assert found(form(line(vat="K"), **home), buyer=GERMAN) == [("ED-VAT-PLACE", "lines.0.vat")]
    assert found(form(line(vat="K")), buyer=GERMAN) == []
    assert found(form(line(vat="G")), buyer=GERMAN) == [("ED-VAT-PLACE", "lines.0.vat")]
    assert found(form(line(), line(vat="G"), delivery_country="CH"), buyer=BUYER) == []
    assert found(form(line(vat="AE:UE")), buyer=replace(AMERICAN, vat_number="US1")) == [
        ("ED-VAT-PLACE", "lines.0.vat")
    ]


def test_an_exempt_line_always_says_why() -> None:
    assert ("ED-EXEMPTION-REASON", "lines.0.exemption_reason") in found(form(line(vat="E")))
    assert found(form(line(vat="E", exemption_reason="x"))) == [("ED-EXEMPTION-CODE", "lines.0.vat")]
    invoice = composed(form(line(vat="E", exemption_reason="Exonération, art. 13 de la loi")))
    (group,) = invoice.totals.breakdown
    assert (group.exemption_reason, group.exemption_code) == ("Exonération, art. 13 de la loi", None)


def test_two_reasons_for_one_category_are_warned_of() -> None:
    filled = form(line(vat="E:VATEX-FR-CGI261-4"), line(vat="E:VATEX-FR-CGI261-7"))
    warned = [f for f in read(filled).findings if f.code == "ED-VAT-TWO-REASONS"]
    assert [(f.place, f.severity) for f in warned] == [("lines.1.vat", Severity.WARNING)]
    extended = composed(replace(filled, profile="EXTENDED_CTC_FR"))
    assert [(g.exemption_code, g.taxable_amount) for g in extended.totals.breakdown] == [
        ("VATEX-FR-CGI261-4", Decimal(200)),
        ("VATEX-FR-CGI261-7", Decimal(200)),
    ]
    plain = fit(extended, Profile.EN16931)
    assert [(g.exemption_code, g.taxable_amount) for g in plain.invoice.totals.breakdown] == [
        ("VATEX-FR-CGI261-4", Decimal(400))
    ]
    assert "EXT-FR-FE-179" in plain.left_out


def test_an_exempt_invoice_may_leave_the_reform() -> None:
    told = read(form(line(vat="E:VATEX-FR-CGI261-4"))).findings
    assert [(f.code, f.severity) for f in told] == [("ED-OUTSIDE-E-INVOICING", Severity.INFO)]
    assert found(form(line(vat="E:VATEX-FR-CGI261-4"), line())) == []


def test_the_currency_of_the_document_it_comes_after() -> None:
    source = replace(composed(form(currency="USD", exchange_rate="0,9")), number="F2026-0001")
    told = found(form(type_code="381", **PRECEDING), source=source)
    assert told == [("ED-CURRENCY-DIFFERS", "currency")]


def test_right_to_left_letters_and_emoji_are_welcome() -> None:
    name = "مرحبا 🎉 שלום 👩‍👧"
    assert composed(form(line(name=name))).lines[0].name == name


def test_a_control_that_turns_a_name_around_is_warned_of_and_kept() -> None:
    name = "Facture \u202egnp.exe"
    composition = read(form(line(name=name)))
    assert [(f.code, f.place, f.is_blocking) for f in composition.findings] == [("ED-INVISIBLE", "lines.0.name", False)]
    assert composition.invoice is not None
    assert composition.invoice.lines[0].name == name


def test_a_character_xml_forbids_blocks_and_never_reaches_the_document() -> None:
    composition = read(form(line(name="Pose\x00\ud800"), note="\ufffe", contract="\x0b"))
    assert {(f.code, f.place) for f in composition.findings} == {
        ("ED-CHARACTER", "lines.0.name"),
        ("ED-CHARACTER", "note"),
        ("ED-CHARACTER", "contract"),
    }
    assert composition.invoice is not None
    assert composition.invoice.lines[0].name == "Pose"


def test_a_note_of_300_kb() -> None:
    assert found(form(note="é" * 300_000)) == [("ED-TOO-LONG", "note")]
    assert found(form(line(note="é" * 300_000))) == [("ED-TOO-LONG", "lines.0.note")]
    assert found(form(notes=(DraftNote("REG", "é" * 300_000),))) == [("ED-TOO-LONG", "notes.0.text")]


def test_attachments_too_large_of_another_kind_or_twice_readable() -> None:
    contents = {hashlib.sha256(data).hexdigest(): data for data in (b"x" * 10_000_001, b"MZ", b"%PDF")}
    large, program, page = contents
    rows = (
        DraftAttachment(large, "a.pdf", "application/pdf"),
        DraftAttachment(program, "b.exe", "application/x-msdownload"),
        DraftAttachment(page, "c.pdf", "application/pdf", description="LISIBLE"),
        DraftAttachment(page, "", "application/pdf", description="LISIBLE"),
        DraftAttachment(page, "x" * 47 + ".pdf", "application/pdf"),
    )
    assert set(found(form(attachments=rows), files=contents)) == {
        ("ED-ATTACHMENT-SIZE", "attachments.0.filename"),
        ("ED-ATTACHMENT-TYPE", "attachments.1.media_type"),
        ("BR-FR-18", "attachments.3.description"),
        ("ED-REQUIRED", "attachments.3.filename"),
        ("ED-ATTACHMENT-NAME", "attachments.4.filename"),
    }


def test_a_document_always_has_a_due_date_but_a_credit_note() -> None:
    assert composed(form()).due_date is not None
    assert composed(form(due_date="  ")).due_date is not None
    far = replace(SELLER, payment_days=10**9)
    assert composed(form(), company=far).due_date is not None
    assert composed(form(type_code="381", **PRECEDING)).due_date is None


def test_a_type_or_a_currency_that_does_not_exist_makes_no_document_but_totals() -> None:
    for filled in (form(type_code="325"), form(currency="XYZ")):
        composition = read(filled)
        assert composition.invoice is None
        assert composition.totals is not None


texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "-1", "1e9", "=1/0", "=(((", "NaN", "999999999999999", "0,0001", "31/02/2026", "9999-12-31", "yes"]
    ),
    st.sampled_from([*(c.key for c in ALL_VAT_CHOICES), *TypeCode, "EUR", "USD", "JPY", "58", "59", "48"]),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
)


def records(record: type) -> st.SearchStrategy[object]:
    """Any record of texts."""
    return st.builds(record, **{f.name: texts for f in fields(record) if f.type == "str"})


lines = st.one_of(
    records(DraftLine),
    st.builds(
        line,
        quantity=texts,
        unit_price=texts,
        discount=texts,
        discount_amount=texts,
        charge=texts,
        base_quantity=texts,
        vat=st.sampled_from([c.key for c in ALL_VAT_CHOICES]),
    ),
)
repeated = {
    "lines": st.lists(lines, max_size=4).map(tuple),
    "notes": st.lists(records(DraftNote), max_size=3).map(tuple),
    "changes": st.lists(
        st.one_of(records(DraftChange), st.builds(DraftChange, st.sampled_from(["allowance", "charge"]), texts, texts)),
        max_size=3,
    ).map(tuple),
    "references": st.lists(records(DraftReference), max_size=2).map(tuple),
    "attachments": st.lists(records(DraftAttachment), max_size=2).map(tuple),
}
plain = {f.name: st.one_of(st.just(f.default), texts) for f in fields(DraftForm) if f.type == "str"}
anything = st.builds(DraftForm, **plain, **repeated)
readers = st.builds(
    ComposeContext,
    company=st.sampled_from([SELLER, FRANCHISE]),
    buyer=st.sampled_from([None, BUYER, PERSON, GERMAN, AMERICAN]),
    today=st.just(TODAY),
)


@settings(max_examples=150, deadline=None)
@given(anything, readers)
def test_no_form_whatever_raises(filled: DraftForm, context: ComposeContext) -> None:
    composition = compose(filled, context)
    assert len(composition.line_amounts) == len(filled.lines)
    invoice = composition.invoice
    if invoice is None:
        assert composition.is_blocked
        return
    totals = compute_totals(
        invoice.lines,
        allowances=invoice.allowances,
        charges=invoice.charges,
        currency=invoice.currency,
        paid=invoice.totals.paid,
        rounding=invoice.totals.rounding,
        vat_in_accounting_currency=invoice.totals.vat_in_accounting_currency,
        by_reason=is_extended(invoice.profile),
    )
    assert totals == invoice.totals
    assert not any(has_forbidden_character(told.name + told.description + told.note) for told in invoice.lines)
    assert all(told.net_price >= 0 or composition.is_blocked for told in invoice.lines)


@settings(max_examples=50, deadline=None)
@given(anything, readers)
def test_a_finding_names_a_field_of_the_form(filled: DraftForm, context: ComposeContext) -> None:
    names = {f.name for f in fields(DraftForm)}
    for finding in compose(filled, context).findings:
        head, *rest = finding.place.split(".")
        assert head in names
        if rest and filled != replace(filled, lines=()) and head == "lines" and filled.lines:
            index, field = rest
            assert hasattr(filled.lines[int(index)], field)


def test_a_registry_that_kept_a_forbidden_character_breaks_nothing() -> None:
    buyer = replace(BUYER, name="Glo\x00bex", address=replace(BUYER.address, city="Par\x0bis"))
    company = replace(SELLER, recovery_note="40\x01 €")
    composition = read(form(), company=company, buyer=buyer)
    assert [(f.code, f.place) for f in composition.findings] == [("ED-CHARACTER", "buyer_id")]
    invoice = composition.invoice
    assert invoice is not None
    assert invoice.buyer.address is not None
    assert (invoice.buyer.name, invoice.buyer.address.city) == ("Globex", "Paris")
    assert "40 €" in [note.text for note in invoice.notes]


def test_the_registry_refuses_such_characters_and_warns_of_invisible_ones() -> None:
    buyer = replace(BUYER, name="Glo\x00bex", address=replace(BUYER.address, city="Paris\u202e"))
    assert [(f.code, f.place, f.is_blocking) for f in check_buyer(buyer)] == [
        ("ED-CHARACTER", "name", True),
        ("ED-INVISIBLE", "address.city", False),
    ]
    assert check_buyer(replace(BUYER, name="شركة 🎉 שלום")) == ()


def test_a_total_no_store_could_hold_is_refused() -> None:
    filled = form(*(line(quantity="1", unit_price="999999999999999") for _ in range(3)))
    assert found(filled) == [("ED-AMOUNT-TOO-LARGE", "lines.0.unit_price")]
    assert read(filled).totals is None
