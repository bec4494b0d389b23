"""The list of what a syntax cannot carry is true, and complete: whatever is not in it comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from einvoice_desktop.documents.en16931.limits import LIMITS, Limit
from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Invoice, PartyRole, PaymentInstructions, Profile, ThirdParty
from einvoice_desktop.domain.lines import Classification, Line
from einvoice_desktop.domain.parties import Address, Contact, Identifier, Party
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment
from tests.documents.invoices import compliant_invoice

WRITER, READER = DocumentWriter(), DocumentReader()
BASE = replace(compliant_invoice(), profile=Profile.EXTENDED_CTC_FR)
PLAIN = replace(BASE, profile=Profile.EN16931)
IBAN = "FR7630006000011234567890189"


def seller(**changes: object) -> Invoice:
    return replace(BASE, seller=replace(BASE.seller, **changes))  # type: ignore[arg-type]


def line(**changes: object) -> Invoice:
    return with_line(replace(BASE.lines[0], **changes))  # type: ignore[arg-type]


def with_line(first: Line) -> Invoice:
    return replace(BASE, lines=(first, *BASE.lines[1:]))


def payment(instructions: PaymentInstructions | None, type_code: str = "380") -> Invoice:
    return replace(BASE, payment=instructions, type_code=type_code)


def third(*names: str) -> Invoice:
    return replace(BASE, third_parties=tuple(ThirdParty(PartyRole.PAYER, Party(name)) for name in names))


def representative(contact: Contact | None) -> Invoice:
    assert BASE.tax_representative is not None
    return replace(BASE, tax_representative=replace(BASE.tax_representative, contact=contact))


OWN = VatTreatment("E", Decimal(0), "Exonération de TVA, art. 261 D du CGI", "VATEX-FR-CGI261D-2")
ADDRESS = Address("2 quai du port", "", "", "06300", "Nice")
IDENTIFIERS = (Identifier("1", "0009"), Identifier("A"), Identifier("2", "0088"))

CASES: dict[str, tuple[Invoice, Invoice]] = {
    "BT-31": (seller(vat_number="FR 88 100 000 009"), seller(vat_number="FR88100000009")),
    "BT-84": (
        payment(PaymentInstructions("58", iban="FR76 3000 6000 0112 3456 7890 189")),
        payment(PaymentInstructions("58", iban=IBAN)),
    ),
    "BT-34": (seller(electronic_address=Identifier("a@b.fr")), seller(electronic_address=None)),
    "BT-157": (line(standard_item_id=Identifier("376")), line(standard_item_id=None)),
    "BT-158": (line(classifications=(Classification("8010", ""),)), line(classifications=())),
    "BT-158-1": (
        line(
            classifications=(
                Classification("A", "TST", "24"),
                Classification("B", "HS"),
                Classification("C", "TST", "25"),
            )
        ),
        line(
            classifications=(
                Classification("A", "TST", "24"),
                Classification("C", "TST", "25"),
                Classification("B", "HS"),
            )
        ),
    ),
    "BG-32": (line(attributes=(("Couleur", ""), ("", "Rouge"))), line(attributes=())),
    "BG-5": (seller(address=replace(ADDRESS, country="")), seller(address=None)),
    "BT-85": (payment(PaymentInstructions("58", account_name="Nom")), payment(PaymentInstructions("58"))),
    "BT-86": (payment(PaymentInstructions("58", bic="AGRIFRPP")), payment(PaymentInstructions("58"))),
    "BT-88": (payment(PaymentInstructions("48", card_holder="Nom")), payment(PaymentInstructions("48"))),
    "BT-147": (
        line(gross_price=Decimal(90), price_discount=Decimal(0)),
        line(gross_price=Decimal(90), price_discount=None),
    ),
    "BT-148": (
        line(net_price=Decimal(80), gross_price=None, price_discount=Decimal(5)),
        line(net_price=Decimal(80), gross_price=Decimal(85), price_discount=Decimal(5)),
    ),
    "BT-150": (line(base_quantity_unit=""), line(base_quantity_unit="HUR")),
    "BT-120": (
        replace(PLAIN, lines=(*PLAIN.lines[:2], replace(PLAIN.lines[2], vat=OWN))),
        PLAIN,
    ),
    "BT-70": (
        replace(BASE, delivery=Delivery("Entrepôt", address=replace(ADDRESS, name="M. Durand"))),
        replace(BASE, delivery=Delivery("Entrepôt", address=ADDRESS)),
    ),
    "BT-32": (
        replace(BASE, buyer=replace(BASE.buyer, tax_registration="123")),
        replace(BASE, buyer=replace(BASE.buyer, tax_registration="")),
    ),
    "BG-10": (replace(BASE, payee=Party("Factor", ADDRESS)), replace(BASE, payee=Party("Factor"))),
    "BG-11": (representative(Contact("Jo")), representative(None)),
    "EXT-FR-FE-BG-01": (third("Première", "Seconde"), third("Première")),
    "BT-29": (
        seller(identifiers=IDENTIFIERS),
        seller(identifiers=(Identifier("A"), Identifier("1", "0009"), Identifier("2", "0088"))),
    ),
    "BT-7": (
        replace(BASE, lines=(), totals=replace(BASE.totals, breakdown=()), tax_point_date=date(2026, 11, 1)),
        replace(BASE, lines=(), totals=replace(BASE.totals, breakdown=()), tax_point=None),
    ),
    "BT-81": (payment(PaymentInstructions("", remittance="R")), payment(PaymentInstructions("1", remittance="R"))),
    "BT-9": (payment(None, "381"), payment(PaymentInstructions("1"), "381")),
    "BT-13": (replace(BASE, purchase_order_reference="NA"), replace(BASE, purchase_order_reference="")),
    "BT-132": (
        line(order_reference="PO-1", order_line_reference="NA"),
        line(order_reference="PO-1", order_line_reference=""),
    ),
    "EXT-FR-FE-136": (line(preceding=PrecedingInvoice(BASE.number)), line(preceding=None)),
}


def test_each_limit_has_its_proof() -> None:
    assert [limit.term for limit in LIMITS] == list(CASES)
    for limit in LIMITS:
        print(f"{limit.term:16} {limit.syntax or 'both':5} {limit.case}: {limit.why}")


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.term)
@pytest.mark.parametrize(("syntax", "write"), [("CII", WRITER.write_cii), ("UBL", WRITER.write_ubl)])
def test_a_limit_is_what_the_list_says(limit: Limit, syntax: str, write: Callable[[Invoice], bytes]) -> None:
    stated, comes_back = CASES[limit.term]
    assert stated != comes_back
    assert READER.read(write(stated)).invoice == (comes_back if limit.syntax in {"", syntax} else stated)


@pytest.mark.parametrize("write", [WRITER.write_cii, WRITER.write_ubl])
def test_what_is_no_limit_comes_back_even_where_the_rules_will_refuse_it(write: Callable[[Invoice], bytes]) -> None:
    for invoice in (
        payment(PaymentInstructions("", iban=IBAN, mandate="M")),
        replace(BASE, delivery=Delivery(location_id=Identifier("4000001", "0088"))),
        line(note="#ABC# le reste"),
        line(name=""),
    ):
        assert READER.read(write(invoice)).invoice == invoice


def test_no_name_of_a_place_leaves_no_empty_element() -> None:
    invoice = replace(BASE, delivery=Delivery(date=date(2026, 10, 30), address=ADDRESS))
    for xml in (WRITER.write_cii(invoice), WRITER.write_ubl(invoice)):
        assert re.search(rb"<(\w+:Name)(/>|></\1>)", xml) is None
