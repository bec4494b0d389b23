"""A JSON body is completed with what France demands and refused when its totals do not follow from its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.ports.unit_of_work import IssuedDocument
from einvoice_desktop.services.issue_body import IssueBody, with_french_identity
from tests.domain.strategies import party
from tests.fakes.office import SELLER, Office
from tests.services.lines import LINES


def stated(**changes: object) -> Invoice:
    lines = with_net_amounts(LINES)
    invoice = Invoice(
        number="THEIRS-1",
        issue_date=date(2026, 11, 20),
        type_code="380",
        currency="EUR",
        seller=party("Atelier", SELLER.siren),
        buyer=party("Globex", "552100554"),
        lines=lines,
        totals=compute_totals(lines),
    )
    return replace(invoice, **changes)  # type: ignore[arg-type]


def issue(office: Office, invoice: Invoice) -> Invoice:
    body = IssueBody(office.store, office.papers, office.issue)
    document = body.issue(office.papers.write_json(invoice))
    return office.papers.read_json(document.json)


def test_it_gets_our_number_and_the_french_mentions() -> None:
    issued = issue(Office(), stated())
    assert issued.number == "F2026-0001"
    assert {note.subject for note in issued.notes} == {"PMT", "PMD", "AAB", "BAR"}
    assert issued.business_process == "S1"
    assert issued.buyer.electronic_address == Identifier("552100554", "0225")


def test_the_company_is_created_from_the_seller_block_once() -> None:
    office = Office()
    newcomer = party("Nouvelle SARL", "404833048")
    issue(office, stated(seller=newcomer))
    issue(office, stated(seller=newcomer))
    assert sorted(c.name for c in office.companies.all()) == ["Atelier Brossard", "Nouvelle SARL"]


@pytest.mark.parametrize("term", ["line_net", "without_vat", "vat", "with_vat", "due"])
def test_a_total_that_is_a_cent_off_is_refused_by_name(term: str) -> None:
    invoice = stated()
    wrong = replace(invoice.totals, **{term: getattr(invoice.totals, term) + Decimal("0.01")})
    with pytest.raises(NotIssuableError) as refused:
        issue(Office(), replace(invoice, totals=wrong))
    assert [f.place for f in refused.value.findings] == [f"totals.{term}"]


def test_a_line_that_is_a_cent_off_is_refused() -> None:
    invoice = stated()
    first = replace(invoice.lines[0], net_amount=invoice.lines[0].net_amount + Decimal("0.01"))
    with pytest.raises(NotIssuableError) as refused:
        issue(Office(), replace(invoice, lines=(first, *invoice.lines[1:])))
    assert refused.value.findings[0].place == "lines.0.net_amount"


def test_tomorrow_is_refused() -> None:
    with pytest.raises(NotIssuableError) as refused:
        issue(Office(), stated(issue_date=date(2026, 11, 22)))
    assert refused.value.findings[0].code == "ED-DATE-FUTURE"


@pytest.mark.parametrize(
    ("seller", "siren"),
    [
        (Party("X", Address(), vat_number="FR96552100554"), "552100554"),
        (Party("X", Address(), tax_registration="SIRET55210055400013"), "552100554"),
        (Party("X", Address(), legal_id=Identifier("55210055400013")), "552100554"),
        (Party("X", Address(), identifiers=(Identifier("55210055400013", "0009"),)), "552100554"),
        (Party("X", Address(country="DE"), vat_number="DE123456789"), ""),
        (Party("X", Address()), ""),
    ],
)
def test_the_siren_is_found_where_bodies_put_it(seller: Party, siren: str) -> None:
    assert with_french_identity(seller).siren == siren


def test_a_company_comes_with_its_first_document_or_not_at_all() -> None:
    office = Office()
    newcomer = party("Nouvelle SARL", "404833048")
    office.rules.answer = RuleReport(Verdict.NOT_CONFORMING, (Finding("BR-CO-10"),))
    with pytest.raises(NotIssuableError):
        issue(office, stated(seller=newcomer))
    assert [c.name for c in office.companies.all()] == ["Atelier Brossard"]


def test_what_keeps_the_files_may_undo_everything() -> None:
    office = Office()
    body = IssueBody(office.store, office.papers, office.issue)
    prepared = body.prepare(office.papers.write_json(stated()))

    def no_place(_document: IssuedDocument) -> None:
        raise UserError("ED-OUTPUT")

    with pytest.raises(UserError, match="ED-OUTPUT"):
        body.issue_prepared(prepared, keep=no_place)
    kept: list[str] = []
    document = body.issue_prepared(prepared, keep=lambda issued: kept.append(issued.summary.number))
    assert kept == [document.summary.number] == ["F2026-0001"]


def test_the_date_of_an_invoice_of_ours_is_found_for_its_credit_note() -> None:
    office = Office()
    first = issue(office, stated())
    credit = stated(type_code="381", preceding=(PrecedingInvoice(first.number),))
    assert issue(office, credit).preceding == (PrecedingInvoice(first.number, first.issue_date),)
    with pytest.raises(NotIssuableError) as refused:
        issue(office, stated(type_code="381", preceding=(PrecedingInvoice("AUTRE-1"),)))
    assert [(f.code, f.place) for f in refused.value.findings] == [("BR-FR-CO-05", "preceding_date")]


def test_a_self_billed_body_is_issued_by_its_buyer() -> None:
    office = Office()
    farm = party("Ferme du Bocage", "404833048")
    issued = issue(office, stated(type_code="389", seller=farm, buyer=party("Atelier", SELLER.siren)))
    assert issued.number == "FAF2026-0001"
    assert [company.siren for company in office.companies.all()] == [SELLER.siren]
    with office.store.reading() as work:
        document = work.issued.by_number(SELLER.id, office.store.environment, issued.number)
    assert document is not None
    assert document.summary.party_name == "Ferme du Bocage"


def test_a_profile_an_invoice_may_follow_is_kept() -> None:
    assert issue(Office(), stated(profile=Profile.EXTENDED)).profile == Profile.EXTENDED
    assert issue(Office(), stated(profile="urn:peppol:something")).profile == Profile.EN16931
    ordered = tuple(replace(line, order_reference=f"CDE-{line.id}") for line in stated().lines)
    assert issue(Office(), stated(lines=ordered)).profile == Profile.EXTENDED_CTC_FR
