"""What mends a fault is computed from the rest of the document, or nothing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from einvoice_desktop.domain.cures import CURES, Fault, cure_of
from einvoice_desktop.domain.identifiers import has_siren_key, is_vat_number
from einvoice_desktop.domain.invoice import Attachment, Invoice, Note, PaymentInstructions
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment, standard
from einvoice_desktop.domain.vat_choices import vat_choice
from tests.documents.invoices import complete_invoice
from tests.domain.strategies import invoices

DOCUMENT = complete_invoice()
BY_NAME = {function.__name__: function for function in CURES.values()}
TAX_2 = "/*:CrossIndustryInvoice[1]/*:ApplicableHeaderTradeSettlement[1]/*:ApplicableTradeTax[2]/*:CategoryCode[1]"


def cure(name: str, place: str = "", invoice: Invoice = DOCUMENT, *, rule: str = "", location: str = "") -> str | None:
    return BY_NAME[name](Fault(rule, place, location, invoice))


def with_line(**changes: Any) -> Invoice:
    return replace(DOCUMENT, lines=(replace(DOCUMENT.lines[0], **changes), *DOCUMENT.lines[1:]))


def with_totals(**changes: Any) -> Invoice:
    return replace(DOCUMENT, totals=replace(DOCUMENT.totals, **changes))


def with_seller(**changes: Any) -> Invoice:
    return replace(DOCUMENT, seller=replace(DOCUMENT.seller, **changes))


TOTALS = {
    "line_total": "line_net",
    "allowance_total": "allowances",
    "charge_total": "charges",
    "total_without_vat": "without_vat",
    "vat_total": "vat",
    "total_with_vat": "with_vat",
    "amount_due": "due",
}


@given(invoices())
def test_a_wrong_total_is_mended_by_the_right_one(invoice: Invoice) -> None:
    for name, field in TOTALS.items():
        right = getattr(invoice.totals, field)
        wrong = replace(invoice, totals=replace(invoice.totals, **{field: right + 1}))
        assert Decimal(cure(name, f"totals.{field}", wrong) or "") == right


@given(invoices())
def test_a_wrong_vat_or_base_is_mended_by_the_right_one(invoice: Invoice) -> None:
    for index, group in enumerate(invoice.totals.breakdown):
        bad = replace(group, taxable_amount=group.taxable_amount + 1, tax_amount=group.tax_amount + 1)
        groups = (*invoice.totals.breakdown[:index], bad, *invoice.totals.breakdown[index + 1 :])
        wrong = replace(invoice, totals=replace(invoice.totals, breakdown=groups))
        location = f"/*:Invoice[1]/*:TaxTotal[1]/*:TaxSubtotal[{index + 1}]"
        base = cure("vat_base", "totals.breakdown", wrong, location=location)
        assert Decimal(base or "") == group.taxable_amount
        mended = replace(bad, taxable_amount=group.taxable_amount)
        groups = (*invoice.totals.breakdown[:index], mended, *invoice.totals.breakdown[index + 1 :])
        wrong = replace(invoice, totals=replace(invoice.totals, breakdown=groups))
        assert Decimal(cure("vat_of_rate", "totals.breakdown", wrong, location=location) or "") == group.tax_amount


def test_the_group_is_the_one_of_the_location_else_the_only_one_of_the_category() -> None:
    second = DOCUMENT.totals.breakdown[1]
    assert cure("vat_of_rate", location=TAX_2) == f"{second.tax_amount:f}"
    assert cure("vat_of_rate", rule="BR-E-09") == "0.00"
    assert cure("vat_of_rate", rule="BR-S-09") is None, "20 % and 5.5 %: which of them is not said"
    assert cure("vat_base", rule="BR-FREXT-E-08rev") == "99.99"
    assert cure("vat_base") is None


def test_amounts_are_rounded_half_up_where_there_are_too_many_decimals() -> None:
    assert cure("rounded_amount", "paid", with_totals(paid=Decimal("50.005"))) == "50.01"
    assert cure("rounded_amount", "totals.line_net", with_totals(line_net=Decimal("1.2345"))) == "1.23"
    change = Allowance(Decimal("10.126"), Decimal(100), Decimal(10), "Remise")
    assert cure("rounded_amount", "lines.0.discount_amount", with_line(allowances=(change,))) == "10.13"
    assert cure("rounded_amount", "lines.0.charge", with_line(charges=(change,))) == "10.13"
    assert cure("rounded_amount", "lines.0.discount_amount") is None, "nothing there is too precise"
    assert cure("rounded_amount", "changes", replace(DOCUMENT, charges=(change,))) == "10.13"
    assert cure("rounded_quantity", "lines.0.quantity", with_line(quantity=Decimal("1.234567"))) == "1.2346"
    assert cure("rounded_price", "lines.0.unit_price", with_line(net_price=Decimal("80.12345678"))) == "80.123457"
    assert cure("rounded_price", "lines.0.unit_price", with_line(net_price=Decimal(-1))) is None
    assert cure("line_amount", "lines.1.net_amount") == f"{DOCUMENT.lines[1].net_amount:f}"
    assert cure("line_amount", "totals.due") is None
    assert cure("already_paid", "paid") == f"{DOCUMENT.totals.with_vat:f}"


def test_a_siren_comes_from_what_else_is_known() -> None:
    bare = Party("X", Address(), legal_id=Identifier("552 100 554", "0002"))
    assert cure("siren", "seller.siren", replace(DOCUMENT, seller=bare)) == "552100554"
    by_siret = Party("X", Address(), identifiers=(Identifier("55210055400013", "0009"),))
    assert cure("siren", "buyer_id", replace(DOCUMENT, buyer=by_siret)) == "552100554"
    two = replace(by_siret, vat_number="FR88100000009")
    assert cure("siren", "buyer.siren", replace(DOCUMENT, buyer=two)) is None, "two companies: not for us to choose"
    assert cure("siren", "buyer.siren", replace(DOCUMENT, buyer=Party("X", Address()))) is None
    assert cure("siren", "number") is None


def test_a_siret_follows_its_siren_when_the_whole_has_the_right_key() -> None:
    swapped = with_seller(identifiers=(Identifier("55210055500013", "0009"),), legal_id=Identifier("552100554", "0002"))
    assert cure("siret", "seller.siret", swapped) == "55210055400013"
    spaced = with_seller(
        identifiers=(Identifier("552 100 554 00013", "0009"),), legal_id=Identifier("552100554", "0002")
    )
    assert cure("siret", "seller.siret", spaced) == "55210055400013"
    hopeless = with_seller(identifiers=(Identifier("12", "0009"),), legal_id=Identifier("552100554", "0002"))
    assert cure("siret", "seller.siret", hopeless) is None


def test_a_vat_number_gets_the_letters_of_its_country() -> None:
    assert cure("vat_number", "seller.vat_number", with_seller(vat_number="88100000009")) == "FR88100000009"
    german = with_seller(address=Address(country="DE"), vat_number="136 695 976", legal_id=None, identifiers=())
    assert cure("vat_number", "seller.vat_number", german) == "DE136695976"
    told = cure("seller_vat_number", "seller.vat_number", with_seller(vat_number="")) or ""
    assert is_vat_number(told)
    assert has_siren_key(told[4:])


def test_an_address_loses_what_it_may_not_hold_or_is_the_siren() -> None:
    dirty = with_seller(electronic_address=Identifier("100000009 STATUTS!", "0225"))
    assert cure("electronic_address", "seller.electronic_address", dirty) == "100000009STATUTS"
    missing = with_seller(electronic_address=None)
    assert cure("electronic_address", "seller.electronic_address", missing) == "100000009"
    assert cure("electronic_address", "seller.electronic_address") is None, "nothing to clean"
    unknown = replace(DOCUMENT, buyer=Party("X", Address(), electronic_address=Identifier("x@y.fr")))
    assert cure("address_scheme", "buyer.electronic_address", unknown) == "EM"
    assert cure("address_scheme", "seller.electronic_address") == "0225"


def test_a_country_is_read_from_its_name_or_from_the_identifiers() -> None:
    assert cure("country", "seller.address.country", with_seller(address=Address(country="France"))) == "FR"
    assert cure("country", "seller.address.country", with_seller(address=Address(country=""))) == "FR"
    assert cure("origin_country", "lines.0.origin_country", with_line(origin_country="Allemagne")) == "DE"
    assert cure("origin_country", "lines.0.origin_country") is None
    assert cure("delivery_country", "delivery_country", replace(DOCUMENT, delivery=None)) == "FR"


@pytest.mark.parametrize(
    ("typed", "code"), [("PCE", "H87"), ("heures", "HUR"), ("hur", "HUR"), ("m²", "MTK"), ("", "C62"), ("@@", None)]
)
def test_the_unit_people_mean(typed: str, code: str | None) -> None:
    assert cure("unit", "lines.0.unit", with_line(unit=typed)) == code


@pytest.mark.parametrize(("typed", "code"), [("eur", "EUR"), ("€", "EUR"), ("", "EUR"), ("EUR", None), ("ZZZ", None)])
def test_the_currency_people_mean(typed: str, code: str | None) -> None:
    assert cure("currency", "currency", replace(DOCUMENT, currency=typed)) == code


def test_the_nearest_admitted_rate_as_an_answer_or_as_a_number() -> None:
    assert cure("french_rate", "lines.0.vat", with_line(vat=standard("19"))) == "S20"
    assert cure("french_rate", "lines.0.vat", with_line(vat=standard("21"))) == "S20"
    assert cure("french_rate", "lines.0.vat", with_line(vat=standard("5"))) == "S5.5"
    assert cure("french_rate", "lines.2.vat") is None, "an exempt line has no rate to mend"
    group = replace(DOCUMENT.totals.breakdown[0], category="S", rate=Decimal("19.99"))
    assert cure("french_rate", "totals.breakdown", with_totals(breakdown=(group,)), rule="BR-S-05") == "20"


def test_the_vat_answer_of_a_category() -> None:
    for category in ("AE", "K", "G", "O"):
        family = "IC" if category == "K" else category
        wrong = with_line(vat=VatTreatment(category, Decimal(20)))
        assert cure("vat_answer", "lines.0.vat", wrong, rule=f"BR-{family}-05") == category
        assert cure("exemption", "lines.0.vat", rule=f"BR-{family}-10") == category
        assert vat_choice(category) is not None
    assert cure("vat_answer", "lines.0.vat", with_line(vat=VatTreatment("s", Decimal(20))), rule="BR-CL-18") == "S20"
    assert cure("vat_answer", "lines.0.vat", with_line(vat=VatTreatment("X", Decimal(20))), rule="BR-CL-18") is None
    assert cure("exemption", "lines.2.vat", rule="BR-E-10") is None, "many reasons: only the user knows"
    assert cure("exemption", "lines.2.vat", with_seller(vat_number=""), rule="BR-E-10") == "FRANCHISE"


def test_the_exemption_whose_code_is_nearest() -> None:
    wrong = replace(DOCUMENT.totals.breakdown[0], exemption_code="VATEX-FR-FRANCHIZE")
    assert cure("exemption_code", "lines.2.vat", with_totals(breakdown=(wrong,))) == "FRANCHISE"
    assert cure("exemption_code", "lines.2.vat") is None


def test_other_codes_near_to_what_was_typed() -> None:
    assert cure("document_type", "type_code", replace(DOCUMENT, type_code="325")) == "380"
    assert cure("document_type", "type_code", replace(DOCUMENT, type_code="83")) == "381"
    assert cure("document_type", "type_code") is None
    assert cure("payment_means", "payment_means", replace(DOCUMENT, payment=None)) == "58"
    assert cure("payment_means", "payment_means", replace(DOCUMENT, payment=PaymentInstructions("virement"))) == "58"
    assert cure("payment_means", "payment_means", replace(DOCUMENT, payment=PaymentInstructions("58"))) is None
    assert cure("profile", "profile") == "urn:cen.eu:en16931:2017"
    attached = replace(DOCUMENT, attachments=(Attachment("1", description="Bon de commande"),))
    assert cure("attachment_kind", "attachments", attached) == "BON_COMMANDE"
    assert cure("attachment_kind", "attachments", replace(DOCUMENT, attachments=())) is None
    assert cure("object_scheme", "object_id", replace(DOCUMENT, invoiced_object=Identifier("1", "afl"))) == "AFL"
    assert cure("gtin_scheme", "lines.0.standard_product_code") == "0160"


def test_a_number_without_what_it_may_not_hold() -> None:
    assert cure("clean_number", "number", replace(DOCUMENT, number="Facturé n° 12")) == "Facture-n-12"
    assert cure("clean_number", "number") is None
    before = replace(DOCUMENT, preceding=(PrecedingInvoice("F 2026/1"),))
    assert cure("clean_number", "preceding_number", before) == "F-2026/1"
    assert cure("clean_number", "number", replace(DOCUMENT, number="x" * 36)) is None, "cut, it would be another number"


def test_mentions_and_dates() -> None:
    assert "40" in (cure("standard_mention", "notes.PMT") or "")
    consumer = replace(DOCUMENT, notes=(Note("B2C", "BAR"),))
    assert (cure("standard_mention", "notes.PMD", consumer) or "").startswith("Sans objet")
    assert cure("standard_mention", "notes") is None
    assert cure("treatment", "notes.BAR") == "B2B"
    assert cure("group_mention", "notes.TXD") == "MEMBRE_ASSUJETTI_UNIQUE"
    assert cure("business_process", "process", replace(DOCUMENT, business_process="b1")) == "B1"
    assert cure("business_process", "process", replace(DOCUMENT, business_process="Z9")) == "S1"
    assert cure("business_process", "process") is None
    assert cure("payment_state", "payment_state", replace(DOCUMENT, type_code="386")) == "due"
    assert cure("due_date", "due_date") == date(2026, 12, 2).isoformat()
    assert cure("delivery_date", "delivery_date") == cure("payment_day", "due_date") == "2026-11-02"
    assert cure("discount_reason", "lines.0.discount_reason") == "Remise"
    assert cure("charge_reason", "lines.0.charge_reason") == "Frais"
    card = replace(DOCUMENT, payment=PaymentInstructions("48", card_number="4970 1012 3456 7890"))
    assert cure("masked_card", "card_number", card) == "497010******7890"
    assert cure("masked_card", "card_number") is None


def test_a_rule_speaks_for_its_variants() -> None:
    assert cure_of("BR-FR-09_BT-29") is cure_of("BR-FR-09") is BY_NAME["siret"]
    assert cure_of("BR-FR-05_BT-22_PMT") is BY_NAME["standard_mention"]
    assert cure_of("BR-16") is None
    assert cure_of("") is None


@given(invoices())
def test_no_cure_ever_raises_wherever_it_is_asked(invoice: Invoice) -> None:
    for name in BY_NAME:
        for place in ("", "lines", "lines.0.vat", "lines.99.unit", "buyer_id", "seller.siren", "totals.due", "changes"):
            told = cure(name, place, invoice)
            assert told is None or isinstance(told, str)
