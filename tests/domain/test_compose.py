"""What a form says becomes the right document: each field at its business term, each amount to the cent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import DraftAttachment, DraftChange, DraftNote, DraftReference
from einvoice_desktop.domain.invoice import Note, Profile, TaxPoint
from einvoice_desktop.domain.lines import Classification
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.domain.references import Period, PrecedingInvoice
from tests.domain.forms import (
    AMERICAN,
    BUYER,
    FRANCHISE,
    GERMAN,
    PERSON,
    SELLER,
    composed,
    form,
    found,
    line,
    read,
)

PDF = b"%PDF-1.4 annexe"
SHA = hashlib.sha256(PDF).hexdigest()


def test_a_price_for_a_hundred() -> None:
    invoice = composed(form(line(quantity="250", unit_price="12,80", base_quantity="100")))
    (told,) = invoice.lines
    assert (told.net_amount, told.base_quantity, told.base_quantity_unit) == (Decimal("32.00"), Decimal(100), "HUR")


def test_a_line_has_a_percentage_an_amount_and_a_charge() -> None:
    invoice = composed(form(line(discount="10", discount_amount="5", discount_reason="Fidélité", charge="2,50")))
    (told,) = invoice.lines
    assert [(a.amount, a.percentage, a.reason) for a in told.allowances] == [
        (Decimal("20.00"), Decimal(10), "Fidélité"),
        (Decimal("5.00"), None, "Fidélité"),
    ]
    assert [c.amount for c in told.charges] == [Decimal("2.50")]
    assert told.net_amount == Decimal("177.50")


def test_allowances_and_charges_of_the_document_have_their_vat() -> None:
    changes = (
        DraftChange("allowance", "10", reason="Fidélité", vat="S20"),
        DraftChange("charge", percentage="2", reason="Port", reason_code="FC", vat="S5.5"),
    )
    invoice = composed(form(line(), line(vat="S5.5"), changes=changes, global_discount="5"))
    assert [(a.amount, str(a.vat.rate)) for a in invoice.allowances if a.vat] == [
        (Decimal("10.00"), "20"),
        (Decimal("10.00"), "5.5"),
        (Decimal("10.00"), "20"),
    ]
    assert [(c.amount, c.base_amount, c.reason_code) for c in invoice.charges] == [
        (Decimal("4.00"), Decimal("200.00"), "FC")
    ]
    assert invoice.totals.without_vat == Decimal("374.00")
    assert invoice.totals.vat == Decimal("46.67")  # 180 × 20 % + 194 × 5,5 %


def test_a_change_takes_the_vat_all_lines_share() -> None:
    invoice = composed(form(changes=(DraftChange("charge", "12"),)))
    assert invoice.totals.vat == Decimal("42.40")
    assert ("ED-VAT-CATEGORY", "changes.0.vat") in found(
        form(line(), line(vat="S10"), changes=(DraftChange("charge", "12"),))
    )


def test_another_currency_says_its_vat_in_euros() -> None:
    invoice = composed(form(currency="USD", exchange_rate="0,9225"))
    assert (invoice.currency, invoice.accounting_currency) == ("USD", "EUR")
    assert (invoice.totals.vat, invoice.totals.vat_in_accounting_currency) == (Decimal("40.00"), Decimal("36.90"))
    assert ("BR-FR-CO-12", "exchange_rate") in found(form(currency="USD"))
    untaxed = composed(form(line(vat="G"), currency="USD"), buyer=AMERICAN)
    assert untaxed.totals.vat_in_accounting_currency == 0


def test_yen_have_no_cents() -> None:
    invoice = composed(form(line(quantity="1", unit_price="1000,4"), currency="JPY", exchange_rate="0,0061"))
    assert (invoice.totals.with_vat, invoice.totals.vat_in_accounting_currency) == (Decimal(1200), Decimal("1.22"))


def test_partly_paid_and_rounded() -> None:
    totals = composed(form(paid="100", rounding="-0,40")).totals
    assert (totals.with_vat, totals.paid, totals.rounding, totals.due) == (
        Decimal("240.00"),
        Decimal("100.00"),
        Decimal("-0.40"),
        Decimal("139.60"),
    )


def test_already_paid_owes_nothing_and_dates_its_payment() -> None:
    invoice = composed(form(payment_state="paid", payment_means="48", card_number="1234", due_date="2026-11-19"))
    assert (invoice.business_process, invoice.totals.due, invoice.due_date) == ("S2", Decimal(0), date(2026, 11, 19))
    assert composed(form(payment_state="paid")).due_date == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("changes", "process"),
    [
        ({}, "S1"),
        ({"nature": "M", "payment_state": "final"}, "M4"),
        ({"nature": "B", "payment_state": "reported"}, "B7"),
        ({"process": "s3"}, "S3"),
        ({"process": "B2", "nature": "S"}, "B2"),
    ],
)
def test_the_frame_of_billing(changes: dict[str, str], process: str) -> None:
    assert composed(form(**changes)).business_process == process


def test_every_reference_stands_at_its_term() -> None:
    invoice = composed(
        form(
            buyer_reference="SERVICE",
            project="PROJET",
            contract="CONTRAT",
            purchase_order="BC-1",
            sales_order="CV-1",
            receiving_advice="BR-1",
            despatch_advice="BL-1",
            tender="AO-1",
            object_id="CLIENT-42",
            object_scheme="IT",
            accounting_reference="607",
            remittance="VIR-1",
            payment_terms="À réception",
            references=(DraftReference("F2025-0001", "2025-12-31", "380"),),
            preceding_number="F2026-0001",
            preceding_date="01/11/2026",
        )
    )
    assert (
        invoice.buyer_reference,
        invoice.project_reference,
        invoice.contract_reference,
        invoice.purchase_order_reference,
        invoice.sales_order_reference,
        invoice.receiving_advice_reference,
        invoice.despatch_advice_reference,
        invoice.tender_or_lot_reference,
        invoice.invoiced_object,
        invoice.buyer_accounting_reference,
        invoice.payment_terms,
    ) == (
        "SERVICE",
        "PROJET",
        "CONTRAT",
        "BC-1",
        "CV-1",
        "BR-1",
        "BL-1",
        "AO-1",
        Identifier("CLIENT-42", "IT"),
        "607",
        "À réception",
    )
    assert invoice.payment is not None
    assert invoice.payment.remittance == "VIR-1"
    assert invoice.preceding == (
        PrecedingInvoice("F2026-0001", date(2026, 11, 1)),
        PrecedingInvoice("F2025-0001", date(2025, 12, 31), "380"),
    )


def test_every_detail_of_a_line_stands_at_its_term() -> None:
    (told,) = composed(
        form(
            line(
                note="Note",
                period_start="2026-10-01",
                period_end="2026-10-31",
                product_code="REF",
                buyer_product_code="REF-CLIENT",
                standard_product_code="9782000000007",
                classification="43211503",
                classification_list="TST",
                origin_country="fr",
                attributes="Couleur : rouge\nTaille:XL",
                order_line="10",
                accounting_reference="607",
                object_id="X",
                object_scheme="IT",
            )
        )
    ).lines
    assert (told.note, told.period) == ("Note", Period(date(2026, 10, 1), date(2026, 10, 31)))
    assert (told.seller_item_id, told.buyer_item_id) == ("REF", "REF-CLIENT")
    assert told.standard_item_id == Identifier("9782000000007", "0160")
    assert told.classifications == (Classification("43211503", "TST"),)
    assert told.origin_country == "FR"
    assert told.attributes == (("Couleur", "rouge"), ("Taille", "XL"))
    assert (told.order_line_reference, told.accounting_reference) == ("10", "607")
    assert told.object_id == Identifier("X", "IT")


def test_where_and_when_it_was_delivered() -> None:
    elsewhere = composed(
        form(
            delivery_date="2026-11-18", delivery_name="Entrepôt", delivery_line1="2 quai du port", delivery_city="Nice"
        )
    ).delivery
    assert elsewhere is not None
    assert elsewhere.address is not None
    assert (elsewhere.name, elsewhere.date) == ("Entrepôt", date(2026, 11, 18))
    assert (elsewhere.address.city, elsewhere.address.country) == ("Nice", "FR")
    month = composed(form(period_start="2026-10-01", period_end="2026-10-31")).delivery
    assert month is not None
    assert (month.period, month.date) == (Period(date(2026, 10, 1), date(2026, 10, 31)), date(2026, 10, 31))
    usual = composed(form()).delivery
    assert usual is not None
    assert usual.date == date(2026, 11, 21)
    deposit = composed(form(type_code="386", deal_total="1000"))
    assert deposit.delivery is None


def test_notes_keep_their_subject_and_replace_the_usual_words() -> None:
    invoice = composed(
        form(note="#PMT# n’est pas un sujet", notes=(DraftNote("reg", "SARL"), DraftNote("PMT", "Indemnité : 60 €")))
    )
    assert Note("SARL", "REG") in invoice.notes
    assert [n.text for n in invoice.notes if n.subject == "PMT"] == ["Indemnité : 60 €"]
    assert [n.subject for n in invoice.notes].count("PMD") == 1
    assert not invoice.notes[0].text.startswith("#")
    assert "#PMT# n’est pas un sujet" in invoice.notes[0].text


@pytest.mark.parametrize(
    ("buyer", "treatment"),
    [
        (BUYER, "B2B"),
        (replace(BUYER, siren="", siret=""), "B2B"),
        (replace(BUYER, is_public=True), "B2B"),
        (GERMAN, "B2BINT"),
        (AMERICAN, "B2BINT"),
        (PERSON, "B2C"),
    ],
)
def test_who_the_customer_is(buyer: object, treatment: str) -> None:
    composition = read(form(line(vat="S20")), buyer=buyer)  # type: ignore[arg-type]
    assert composition.invoice is not None
    assert composition.invoice.treatment == treatment
    kept = read(form(notes=(DraftNote("BAR", "ARCHIVEONLY"),)), buyer=buyer).invoice  # type: ignore[arg-type]
    assert kept is not None
    assert kept.treatment == "ARCHIVEONLY"


def test_a_person_is_told_of_no_indemnity() -> None:
    notes = {n.subject: n.text for n in composed(form(), buyer=PERSON).notes}
    assert notes["PMT"] == notes["PMD"] == "Sans objet (client non professionnel)."
    business = composed(form(), buyer=BUYER)
    assert "40 €" in {n.subject: n.text for n in business.notes}["PMT"]


def test_the_option_for_debits_dates_french_vat_alone() -> None:
    company = replace(SELLER, vat_on_debits=True)
    assert composed(form(), company=company).tax_point is TaxPoint.INVOICE
    assert composed(form(line(vat="AE:UE")), company=company, buyer=GERMAN).tax_point is None
    assert composed(form(type_code="386", deal_total="1000"), company=company).tax_point is None
    dated = composed(form(tax_point_date="2026-11-10"), company=company)
    assert (dated.tax_point_date, dated.tax_point) == (date(2026, 11, 10), None)
    assert composed(form(tax_point="payment"), company=company).tax_point is TaxPoint.PAYMENT


def test_a_franchise_has_bt_32_for_want_of_a_vat_number() -> None:
    invoice = composed(form(line(vat="FRANCHISE")), company=FRANCHISE)
    assert (invoice.seller.vat_number, invoice.seller.tax_registration) == ("", FRANCHISE.siren)
    (group,) = invoice.totals.breakdown
    assert (group.category, group.exemption_code) == ("E", "VATEX-FR-FRANCHISE")


def test_out_of_scope_bears_no_vat_number() -> None:
    invoice = composed(form(line(vat="O")), buyer=replace(BUYER, vat_number="FR05552100554"))
    assert (invoice.seller.vat_number, invoice.buyer.vat_number) == ("", "")  # BR-O-02
    assert invoice.lines[0].vat.rate is None


def test_a_reason_in_other_words() -> None:
    invoice = composed(form(line(vat="E:VATEX-FR-CGI261-4", exemption_reason="Formation, art. 261, 4, 4° a du CGI")))
    (group,) = invoice.totals.breakdown
    assert (group.exemption_code, group.exemption_reason) == (
        "VATEX-FR-CGI261-4",
        "Formation, art. 261, 4, 4° a du CGI",
    )


def test_self_billing_swaps_the_parties() -> None:
    supplier = replace(BUYER, vat_number="FR05552100554")
    invoice = composed(form(type_code="389", iban="FR1420041010050500013M02606"), buyer=supplier)
    assert (invoice.seller.name, invoice.buyer.name) == (supplier.name, SELLER.name)
    assert invoice.seller.vat_number == "FR05552100554"
    assert invoice.payment is not None
    assert (invoice.payment.iban, invoice.payment.account_name) == ("FR1420041010050500013M02606", supplier.name)
    # The money never goes to the account of who pays.
    assert composed(form(type_code="389"), buyer=supplier).payment is None


def test_self_billing_a_supplier_in_franchise() -> None:
    supplier = replace(BUYER, vat_number="")
    invoice = composed(form(line(vat="FRANCHISE"), type_code="389"), buyer=supplier)
    assert (invoice.seller.tax_registration, invoice.buyer.tax_registration) == ("552100554", "")
    assert ("ED-BUYER-VAT-NUMBER", "buyer_id") in found(form(type_code="389"), buyer=supplier)
    assert ("ED-SUPPLIER-SIREN", "buyer_id") in found(form(type_code="389"), buyer=replace(supplier, siren=""))


def test_one_order_for_all_lines_is_the_order_of_the_document() -> None:
    invoice = composed(form(line(order="BC-1", order_line="1"), line(order="BC-1", order_line="2")))
    assert (invoice.purchase_order_reference, invoice.profile) == ("BC-1", Profile.EN16931)
    assert not invoice.is_extended


def test_several_orders_make_the_document_an_extended_one() -> None:
    invoice = composed(form(line(order="BC-1"), line(order="BC-2", despatch_advice="BL-7")))
    assert invoice.profile == Profile.EXTENDED_CTC_FR
    assert [told.order_reference for told in invoice.lines] == ["BC-1", "BC-2"]
    asked = form(line(order="BC-1"), line(order="BC-2"), profile=Profile.EN16931.value)
    assert ("ED-PROFILE-TOO-SMALL", "profile") in found(asked)


def test_a_balance_stays_plain_and_takes_back_each_deposit_with_its_vat() -> None:
    lines = (
        line(name="Rayonnages posés", quantity="1", unit_price="10000"),
        line(
            name="Reprise de l’acompte",
            quantity="-1",
            unit_price="3000",
            deposit_number="AC2026-0001",
            deposit_date="2026-11-02",
        ),
    )
    invoice = composed(form(*lines, payment_state="final"))
    assert (invoice.business_process, invoice.profile, invoice.is_extended) == ("S4", Profile.EN16931, False)
    assert invoice.preceding == (PrecedingInvoice("AC2026-0001", date(2026, 11, 2), "386"),)
    assert (invoice.totals.due, invoice.totals.vat, invoice.totals.paid) == (
        Decimal("8400.00"),
        Decimal("1400.00"),
        Decimal(0),
    )
    extended = composed(form(*lines, payment_state="final", profile="EXTENDED_CTC_FR"))
    assert extended.lines[1].preceding == PrecedingInvoice("AC2026-0001", date(2026, 11, 2), "386")


def test_a_direct_debit_names_mandate_creditor_and_account() -> None:
    filled = form(
        payment_means="59",
        mandate="MANDAT-1",
        creditor_id="FR72ZZZ123456",
        debited_account="FR76 3000 6000 0112 3456 7890 189",
    )
    payment = composed(filled).payment
    assert payment is not None
    assert (payment.mandate, payment.creditor_id, payment.debited_account, payment.iban) == (
        "MANDAT-1",
        "FR72ZZZ123456",
        "FR7630006000011234567890189",
        "",
    )
    assert {place for code, place in found(form(payment_means="59")) if code == "ED-REQUIRED"} == {
        "mandate",
        "creditor_id",
        "debited_account",
    }


def test_a_whole_card_number_never_reaches_the_document() -> None:
    composition = read(form(payment_means="48", card_number="4111 1111 1111 1234"))
    assert composition.invoice is not None
    assert composition.invoice.payment is not None
    assert composition.invoice.payment.card_number == "1234"
    assert [(f.code, f.suggested_value, f.is_blocking) for f in composition.findings] == [
        ("ED-CARD-MASKED", "1234", False)
    ]


def test_attachments_bring_their_bytes() -> None:
    rows = (
        DraftAttachment(SHA, "annexe.pdf", "application/pdf", "ANNEXE-1", "BON_COMMANDE"),
        DraftAttachment(reference="LIEN", url="https://example.org/doc"),
    )
    told = composed(form(attachments=rows), files={SHA: PDF}).attachments
    assert [(a.reference, a.description, a.content, a.url) for a in told] == [
        ("ANNEXE-1", "BON_COMMANDE", PDF, ""),
        ("LIEN", "DOCUMENT_ANNEXE", None, "https://example.org/doc"),
    ]
    lost = found(form(attachments=rows))
    assert ("ED-ATTACHMENT-LOST", "attachments.0.filename") in lost


def test_a_negative_line_takes_off_with_its_discount() -> None:
    totals = composed(form(line(), line(quantity="-1", discount="10"))).totals
    assert (totals.without_vat, totals.with_vat) == (Decimal("110.00"), Decimal("132.00"))


def test_the_row_of_an_amount_is_its_own_even_after_a_blank_one() -> None:
    composition = read(form(line(), line(name="", unit_price=""), line(quantity="3")))
    assert composition.line_amounts == (Decimal("200.00"), None, Decimal("300.00"))


@given(
    st.decimals("-999", "999", places=2).filter(bool),
    st.decimals("0", "9999", places=4),
    st.decimals("0", "100", places=2),
    st.sampled_from(["", "10", "1000"]),
)
@example(Decimal(1), Decimal("10.05"), Decimal(10), "")
@example(Decimal(5), Decimal("100.05"), Decimal(10), "")
@settings(max_examples=500)
def test_a_discounted_line_is_rounded_once(quantity: Decimal, price: Decimal, discount: Decimal, base: str) -> None:
    """Quantity × price × (1 − discount), half-up (R-018): 5 × 100,05 less 10 % are 450,23."""
    typed = line(quantity=str(quantity), unit_price=str(price), discount=str(discount), base_quantity=base)
    whole = quantity * price / Decimal(base or 1)
    assume(abs(whole) >= Decimal("0.01"))  # half a cent less anything cannot be stated as a price and a discount
    raw = whole * (1 - discount / 100)
    assert read(form(typed)).line_amounts == (raw.quantize(Decimal("0.01"), ROUND_HALF_UP),)
