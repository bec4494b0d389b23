"""A document becomes a form again, and the form the same document: nothing is lost on the way."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import (
    DraftAttachment,
    DraftChange,
    DraftForm,
    DraftLine,
    DraftNote,
    DraftReference,
)
from einvoice_desktop.domain.form_of import contents_of, form_of
from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.domain.vat_choices import ALL_VAT_CHOICES
from tests.domain.forms import AMERICAN, BUYER, FRANCHISE, GERMAN, PERSON, SELLER, form, line, read

PDF = b"%PDF-1.4 annexe"
FILES = {hashlib.sha256(PDF).hexdigest(): PDF}
SUPPLIER = replace(BUYER, vat_number="FR05552100554")


def again(filled: DraftForm, company: Company, buyer: Buyer) -> tuple[object, object]:
    """The document of a form, and that of the form made from it."""
    first = read(filled, company=company, buyer=buyer, files=FILES).invoice
    assert first is not None
    back = form_of(first, buyer.id, company)
    return first, read(back, company=company, buyer=buyer, files=contents_of(first)).invoice


@pytest.mark.parametrize("choice", ALL_VAT_CHOICES, ids=lambda c: c.key)
def test_every_vat_answer(choice: object) -> None:
    key = choice.key  # type: ignore[attr-defined]
    first, second = again(form(line(vat=key, exemption_reason="Motif" if key == "E" else "")), SELLER, GERMAN)
    assert first == second


one = st.just("")


def perhaps(*values: str) -> st.SearchStrategy[str]:
    """One of ``values``, or nothing."""
    return st.sampled_from(["", *values])


rows = st.builds(
    DraftLine,
    name=st.sampled_from(["Conseil", "Éclair au café", "مرحبا"]),
    quantity=st.sampled_from(["1", "2,5", "-1", "120"]),
    unit=st.sampled_from(["C62", "HUR"]),
    unit_price=st.sampled_from(["100", "19,99", "0,333333", "1234,5"]),
    vat=st.sampled_from(["S20", "S10", "S5.5", "AE", "K", "E:VATEX-FR-CGI261-4", "E"]),
    exemption_reason=perhaps("Motif à nous"),
    discount=perhaps("10", "33,3"),
    discount_amount=perhaps("1,50"),
    discount_reason=perhaps("Fidélité"),
    charge=perhaps("3"),
    charge_reason=perhaps("Port"),
    description=perhaps("Description"),
    product_code=perhaps("REF"),
    base_quantity=perhaps("100"),
    note=perhaps("Note"),
    period_start=perhaps("2026-10-01"),
    period_end=perhaps("2026-10-31"),
    buyer_product_code=perhaps("R2"),
    standard_product_code=perhaps("9782000000007"),
    classification=perhaps("43211503"),
    classification_list=perhaps("TST"),
    origin_country=perhaps("IT"),
    attributes=perhaps("Couleur : rouge\nTaille : XL"),
    order_line=perhaps("10"),
    accounting_reference=perhaps("607"),
    object_id=perhaps("X"),
    object_scheme=perhaps("IT"),
    order=perhaps("BC-1", "BC-2"),
    despatch_advice=perhaps("BL-1", "BL-2"),
    deposit_number=perhaps("AC1"),
    deposit_date=perhaps("2026-11-02"),
)
changes = st.builds(
    DraftChange,
    kind=st.sampled_from(["allowance", "charge"]),
    amount=perhaps("12,34"),
    percentage=perhaps("7"),
    reason=perhaps("Fidélité"),
    reason_code=perhaps("FC"),
    vat=st.sampled_from(["S20", "S5.5"]),
)
notes = st.builds(
    DraftNote, perhaps("REG", "PMT", "PMD", "BAR"), st.sampled_from(["Texte", "#TXD#texte", "ARCHIVEONLY"])
)
references = st.builds(DraftReference, st.sampled_from(["F1", "F2"]), perhaps("2026-10-01"), perhaps("380", "386"))
attachments = st.sampled_from(
    [
        DraftAttachment(next(iter(FILES)), "a.pdf", "application/pdf", "REF", "BON_COMMANDE"),
        DraftAttachment(reference="LIEN", url="https://example.org"),
    ]
)
forms = st.builds(
    DraftForm,
    buyer_id=st.just("b"),
    issue_date=perhaps("2026-11-20"),
    due_date=perhaps("2026-12-31"),
    delivery_date=perhaps("2026-11-18"),
    type_code=st.sampled_from(["380", "380", "381", "384", "386", "389", "393", "261", "503"]),
    nature=st.sampled_from(["B", "S", "M"]),
    payment_state=st.sampled_from(["due", "paid", "final"]),
    process=perhaps("S3"),
    profile=perhaps("EXTENDED_CTC_FR", "BASIC"),
    currency=st.sampled_from(["EUR", "EUR", "USD", "JPY"]),
    exchange_rate=perhaps("0,9225", "163,123456"),
    prices_include_vat=perhaps("yes"),
    paid=perhaps("5,25"),
    rounding=perhaps("-0,02"),
    tax_point=perhaps("payment", "delivery"),
    tax_point_date=perhaps("2026-11-01"),
    global_discount=perhaps("5"),
    preceding_number=perhaps("F0"),
    preceding_date=perhaps("2026-09-01"),
    purchase_order=perhaps("BC-1"),
    despatch_advice=perhaps("BL-1"),
    contract=perhaps("C"),
    buyer_reference=perhaps("S"),
    project=perhaps("P"),
    sales_order=perhaps("SO"),
    receiving_advice=perhaps("RA"),
    tender=perhaps("T"),
    object_id=perhaps("O"),
    object_scheme=perhaps("IT"),
    accounting_reference=perhaps("A"),
    note=perhaps("Merci", "#REG# à lire"),
    payment_terms=perhaps("À réception"),
    payment_means=st.sampled_from(["58", "30", "59", "48", "10"]),
    iban=perhaps("FR1420041010050500013M02606"),
    bic=perhaps("PSSTFRPP"),
    remittance=perhaps("VIR"),
    mandate=perhaps("M"),
    creditor_id=perhaps("FR72ZZZ123456"),
    debited_account=perhaps("FR7630006000011234567890189"),
    card_number=perhaps("1234"),
    card_holder=perhaps("N. Benali"),
    period_start=perhaps("2026-10-01"),
    period_end=perhaps("2026-10-31"),
    delivery_name=perhaps("Entrepôt"),
    delivery_line1=perhaps("2 quai"),
    delivery_city=perhaps("Nice"),
    delivery_country=perhaps("IT"),
    lines=st.lists(rows, min_size=1, max_size=3).map(tuple),
    changes=st.lists(changes, max_size=2).map(tuple),
    notes=st.lists(notes, max_size=3).map(tuple),
    references=st.lists(references, max_size=2).map(tuple),
    attachments=st.lists(attachments, max_size=2).map(tuple),
)
readers = st.sampled_from(
    [(SELLER, BUYER), (SELLER, SUPPLIER), (SELLER, PERSON), (SELLER, GERMAN), (SELLER, AMERICAN), (FRANCHISE, BUYER)]
)


@settings(max_examples=200, deadline=None)
@given(forms, readers)
def test_every_term_survives(filled: DraftForm, reader: tuple[Company, Buyer]) -> None:
    first, second = again(filled, *reader)
    assert first == second


def test_prices_with_vat_come_back_without_to_the_cent() -> None:
    filled = form(line(quantity="3", unit_price="19,99"), prices_include_vat="yes")
    first = read(filled).invoice
    assert first is not None
    assert form_of(first, BUYER.id).prices_include_vat == ""
    assert first.totals.due == Decimal("59.97")
    assert again(filled, SELLER, BUYER)[0] == again(filled, SELLER, BUYER)[1]


def test_the_account_of_the_company_is_left_to_the_company() -> None:
    first = read(form()).invoice
    assert first is not None
    assert form_of(first, BUYER.id, SELLER).iban == ""
    moved = replace(SELLER, iban="FR1420041010050500013M02606")
    assert form_of(first, BUYER.id, moved).iban == SELLER.iban
