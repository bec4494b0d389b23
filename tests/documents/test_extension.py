"""What only EXTENDED and EXTENDED-CTC-FR can say: written where XP Z12-012 puts it, read back, accepted by its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from einvoice_desktop.documents.cii import CII
from einvoice_desktop.documents.nodes import Element, Syntax
from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.documents.ubl import UBL
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Invoice, PartyRole, PaymentInstructions, Profile, ThirdParty
from einvoice_desktop.domain.parties import Address, Contact, Identifier, Party
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import Verdict
from tests.documents.invoices import complete_invoice, compliant_invoice, extended_invoices
from tests.documents.test_profiles import schema_errors

WRITER, READER = DocumentWriter(), DocumentReader()
SYNTAXES: list[Callable[[Invoice], bytes]] = [WRITER.write_cii, WRITER.write_ubl]
DEPOSIT = PrecedingInvoice("F2026-0000", date(2026, 10, 1), "386")


def third_parties() -> tuple[ThirdParty, ...]:
    return tuple(
        ThirdParty(
            role,
            Party(
                name=f"Tiers {role.name}",
                address=Address("1 rue de la Paix", "", "", "75002", "Paris"),
                trading_name="Le tiers",
                identifiers=(Identifier("30000000700014", "0009"),),
                legal_id=Identifier("300000007", "0002"),
                vat_number="FR00300000007",
                electronic_address=Identifier("300000007", "0225"),
                contact=Contact("Jo Tiers", "+33 1 00 00 00 00", "jo@tiers.example"),
            ),
        )
        for role in PartyRole
    )


def extended_invoice() -> Invoice:
    """Two orders, two places of delivery, a deposit on one line, and every third party."""
    invoice = compliant_invoice()
    depot = Delivery(
        "Dépôt", Identifier("4000002", "0088"), date(2026, 10, 29), None, Address("3 quai", "", "", "59000", "Lille")
    )
    first, second, third = invoice.lines
    return replace(
        invoice,
        profile=Profile.EXTENDED_CTC_FR,
        lines=(
            replace(
                first,
                order_line_reference="",
                order_reference="PO-1",
                despatch_advice_reference="BL-9",
                delivery=depot,
            ),
            replace(second, order_reference="PO-2", preceding=DEPOSIT),
            replace(third, despatch_advice_reference="BL-7", delivery=Delivery(date=date(2026, 10, 28))),
        ),
        preceding=(DEPOSIT,),
        third_parties=third_parties(),
    )


def invoice_with_details() -> Invoice:
    """A line that two others detail: one counts, one only informs and deducts a deposit."""
    invoice = compliant_invoice()
    line = invoice.lines[2]
    return replace(
        invoice,
        profile=Profile.EXTENDED_CTC_FR,
        lines=(
            *invoice.lines[:2],
            replace(line, status="GROUP"),
            replace(line, id="3.1", status="DETAIL", parent_id="3"),
            replace(line, id="3.2", status="INFORMATION", parent_id="3", preceding=DEPOSIT),
        ),
    )


def invoice_with_two_exemptions() -> Invoice:
    """Two reasons of category E, each in its own group and on its own line."""
    invoice = compliant_invoice()
    franchise = invoice.lines[2]
    rent = VatTreatment("E", Decimal(0), "Exonération de TVA, art. 261 D du CGI", "VATEX-FR-CGI261D-2")
    other = replace(franchise, id="4", vat=rent)
    totals = invoice.totals
    (group,) = [group for group in totals.breakdown if group.category == "E"]
    rent_group = replace(group, exemption_reason=rent.exemption_reason, exemption_code=rent.exemption_code)
    more = other.net_amount
    return replace(
        invoice,
        profile=Profile.EXTENDED_CTC_FR,
        lines=(*invoice.lines, other),
        totals=replace(
            totals,
            line_net=totals.line_net + more,
            without_vat=totals.without_vat + more,
            with_vat=totals.with_vat + more,
            due=totals.due + more,
            breakdown=(*totals.breakdown, rent_group),
        ),
    )


DOCUMENTS = [extended_invoice, invoice_with_details, invoice_with_two_exemptions]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("profile", [Profile.EXTENDED, Profile.EXTENDED_CTC_FR])
def test_every_extended_term_is_read_back(document: Callable[[], Invoice], profile: Profile) -> None:
    invoice = replace(document(), profile=profile)
    assert READER.read(WRITER.write_cii(invoice)).invoice == invoice
    assert READER.read(WRITER.write_ubl(invoice)).invoice == replace(invoice, profile=Profile.EXTENDED_CTC_FR)
    assert READER.read_json(WRITER.write_json(invoice)) == invoice


@given(invoice=extended_invoices())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_extended_invoice_survives_all_its_forms(invoice: Invoice) -> None:
    assert READER.read(WRITER.write_cii(invoice)).invoice == invoice
    assert READER.read(WRITER.write_ubl(invoice)).invoice == replace(invoice, profile=Profile.EXTENDED_CTC_FR)
    assert READER.read_json(WRITER.write_json(invoice)) == invoice


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("type_code", ["380", "381"])
def test_extended_documents_are_valid_against_their_schemas(document: Callable[[], Invoice], type_code: str) -> None:
    for write in SYNTAXES:
        assert schema_errors(write(replace(document(), type_code=type_code))) == []


def test_ubl_says_the_hierarchy_in_a_reference_of_the_line_to_its_own_document() -> None:
    root = etree.fromstring(WRITER.write_ubl(invoice_with_details()))
    found = root.findall(".//{*}InvoiceLine/{*}BillingReference")
    told = [
        tuple(
            reference.findtext(f".//{{*}}{tag}") for tag in ("ID", "DocumentStatusCode", "BillingReferenceLine/{*}ID")
        )
        for reference in found
    ]
    assert told == [
        ("F2026-0001", "GROUP", None),
        ("F2026-0001", "DETAIL", "3"),
        ("F2026-0000", None, None),
        ("F2026-0001", "INFORMATION", "3"),
    ]


def test_an_order_without_its_line_stands_beside_a_placeholder_in_ubl() -> None:
    xml = WRITER.write_ubl(extended_invoice())
    root = etree.fromstring(xml)
    assert root.findtext(".//{*}OrderLineReference/{*}LineID") == "NA"
    again = READER.read(xml).invoice
    assert again is not None
    assert again.lines[0].order_line_reference == ""


def test_a_payer_is_named_even_where_nothing_is_debited() -> None:
    payer = next(third for third in third_parties() if third.role is PartyRole.PAYER)
    invoice = replace(extended_invoice(), third_parties=(payer,), payment=PaymentInstructions("30"))
    assert READER.read(WRITER.write_ubl(invoice)).invoice == invoice


def test_the_extension_is_never_written_into_plain_en16931() -> None:
    for document in DOCUMENTS:
        for write in SYNTAXES:
            again = READER.read(write(replace(document(), profile=Profile.EN16931))).invoice
            assert again is not None
            assert not again.is_extended


def test_an_unknown_role_of_the_json_form_is_refused_at_its_place() -> None:
    body = WRITER.write_json(extended_invoice()).replace(b'"role": "payer"', b'"role": "banker"')
    with pytest.raises(UserError) as caught:
        READER.read_json(body)
    assert caught.value.params["path"] == "third_parties.1.role"


@pytest.fixture(scope="module")
def rules() -> Iterator[RulesWorker]:
    with RulesWorker(timeout=60) as worker:
        yield worker


@pytest.mark.conformance
@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("profile", [Profile.EXTENDED, Profile.EXTENDED_CTC_FR])
@pytest.mark.parametrize("type_code", ["380", "381"])
def test_the_rules_of_the_extension_accept_it(
    rules: RulesWorker, document: Callable[[], Invoice], profile: Profile, type_code: str
) -> None:
    for write in SYNTAXES:
        report = rules.check(write(replace(document(), profile=profile, type_code=type_code)))
        assert report.verdict is Verdict.CONFORMING, report
        # The rules of July 2026 want the groups per reason, those of before per category: both are checked, as warnings.
        assert {finding.code.removeprefix("BR-FXEXT-").removeprefix("BR-FREXT-") for finding in report.findings} <= {
            "E-08ini"
        }


@pytest.mark.parametrize(("syntax", "write"), [(CII, WRITER.write_cii), (UBL, WRITER.write_ubl)])
def test_our_samples_say_every_term_the_tables_know(syntax: Syntax, write: Callable[[Invoice], bytes]) -> None:
    plain = complete_invoice()
    in_dollars = replace(
        plain,
        currency="USD",
        accounting_currency="EUR",
        tax_point=None,
        tax_point_date=date(2026, 11, 1),
        totals=replace(plain.totals, vat_in_accounting_currency=Decimal("10.00")),
        seller=replace(plain.seller, tax_registration="100000009"),
    )
    samples = [plain, in_dollars, extended_invoice(), invoice_with_details()]
    elements = [element for sample in samples for element in etree.fromstring(write(sample)).iter()]
    silent = {term for term in syntax.paths if not any(_finds(syntax, term, element) for element in elements)}
    # A CII never states the currency of the amounts of its VAT groups: one currency may stand there only.
    assert silent == ({"tax_currency"} if syntax is CII else set())


def _finds(syntax: Syntax, term: str, element: Element) -> bool:
    path = syntax.xpath(term)
    return path is not None and bool(path(element))
