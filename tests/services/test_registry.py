"""Who may be written in the registry, and what a later change never touches (R-008 to R-013)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.domain.parties import Address, Buyer
from einvoice_desktop.domain.party_checks import check_buyer
from einvoice_desktop.ports.errors import UserError
from tests.fakes.office import BUYER, PERSON, SELLER, Office

PLACE = Address(line1="1 rue de la Paix", postal_code="75002", city="Paris")
BERLIN = replace(PLACE, city="Berlin", country="DE")


@pytest.fixture
def office() -> Office:
    return Office()


def buyer(**changes: object) -> Buyer:
    return replace(Buyer(id="b", company_id=SELLER.id, name="X", address=PLACE), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "entry",
    [
        buyer(siret="55210055400013"),
        buyer(vat_number="FR96552100554"),
        buyer(legal_id="552100554", legal_id_scheme="0002"),
        buyer(address=BERLIN, vat_number="DE123456789"),
        buyer(is_individual=True),
        buyer(siren="123456789"),  # a wrong key is a warning: sandboxes of platforms use such numbers
        buyer(siret="12345678901234"),
    ],
)
def test_a_customer_with_one_identity_is_kept(entry: Buyer) -> None:
    office = Office()
    office.buyers.save(entry)
    assert office.buyers.get(SELLER.id, "b").name == "X"


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        (buyer(), "ED-BUYER-IDENTITY-FR", "siren"),
        (buyer(address=BERLIN, siret="55210055400013"), "ED-BUYER-IDENTITY-FOREIGN", "vat_number"),
        (buyer(name=" "), "ED-REQUIRED", "name"),
        (buyer(siren="5521"), "ED-SIREN-SHAPE", "siren"),
        (buyer(siret="552"), "ED-SIRET-SHAPE", "siret"),
        (buyer(siren="732829320", siret="55210055400013"), "BR-FR-09", "siret"),
        (buyer(is_individual=True, address=replace(PLACE, city="")), "ED-REQUIRED", "address.city"),
    ],
)
def test_a_customer_without_identity_is_refused_before_any_request(entry: Buyer, code: str, place: str) -> None:
    office = Office()
    assert (code, place) in [(f.code, f.place) for f in office.buyers.save(entry)]
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.buyers.get(SELLER.id, "b")


@pytest.mark.parametrize(("field", "limit"), [("name", 255), ("email", 255), ("phone", 50), ("notes", 5000)])
def test_limits_hold_at_n_and_break_at_n_plus_one(field: str, limit: int) -> None:
    def too_long(length: int) -> list[str]:
        entry = buyer(siren="552100554", **{field: "x" * length})
        return [f.place for f in check_buyer(entry) if f.code == "ED-TOO-LONG"]

    assert too_long(limit) == []
    assert too_long(limit + 1) == [field]


def test_a_shipping_address_equal_to_the_billing_one_is_not_kept() -> None:
    office = Office()
    office.buyers.save(buyer(siren="552100554", shipping_address=PLACE))
    assert office.buyers.get(SELLER.id, "b").shipping_address is None
    other = replace(PLACE, city="Paris ")
    office.buyers.save(buyer(siren="552100554", shipping_address=other))
    assert office.buyers.get(SELLER.id, "b").shipping_address == other


def test_a_customer_of_another_company_does_not_exist_here() -> None:
    office = Office()
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.buyers.get("another-company", BUYER.id)


def test_a_person_has_no_fiscal_identifier_on_paper() -> None:
    party = replace(PERSON, siren="552100554", vat_number="FR96552100554").as_party()
    assert (party.legal_id, party.vat_number, party.identifiers) == (None, "", ())


def test_a_deleted_customer_can_still_be_opened_for_old_documents() -> None:
    office = Office()
    office.buyers.delete(SELLER.id, BUYER.id)
    assert office.buyers.get(SELLER.id, BUYER.id).is_deleted


def test_a_french_company_without_siren_is_refused() -> None:
    found = Office().companies.save(replace(SELLER, id="c2", siren=""))
    assert [f.code for f in found] == ["BR-FR-10"]


def test_the_start_of_numbers_is_frozen_in_its_year(office: Office) -> None:
    changed = replace(SELLER, invoice_prefix="FA")
    assert office.companies.save(changed) == ()
    assert office.issued(send=False).summary.number == "FA2026-0001"
    (finding,) = office.companies.save(replace(changed, invoice_prefix="X"))
    assert (finding.code, finding.place, finding.suggested_value) == ("ED-PREFIX-USED", "invoice_prefix", "FA")
    assert office.companies.get(SELLER.id).invoice_prefix == "FA"
    assert office.companies.save(replace(changed, credit_note_prefix="AV")) == ()
    office.clock.advance(86400 * 60)
    assert office.companies.save(replace(changed, invoice_prefix="X")) == ()


@pytest.mark.parametrize(
    ("invoice_prefix", "credit_note_prefix", "code"),
    [("", "A", "ED-PREFIX"), ("2026", "A", "ED-PREFIX"), ("F é", "A", "ED-PREFIX"), ("F" * 17, "A", "ED-PREFIX"),
     ("F", "F", "ED-PREFIX-SAME"), ("F", "FAF", "ED-PREFIX-SAME")],
)  # fmt: skip
def test_invoices_and_credit_notes_have_series_of_their_own(
    office: Office, invoice_prefix: str, credit_note_prefix: str, code: str
) -> None:
    changed = replace(SELLER, invoice_prefix=invoice_prefix, credit_note_prefix=credit_note_prefix)
    assert [f.code for f in office.companies.save(changed) if f.is_blocking] == [code]
