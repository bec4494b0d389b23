"""A public buyer: the service that pays is named on each document (BT-10, Chorus Pro)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.parties import Address, Buyer, Company

HERE = Address("1 rue du Port", "", "", "44000", "Nantes")
COMPANY = Company("c", "Atelier", "732829320", HERE, vat_number="FR44732829320", iban="FR7630006000011234567890189")
TOWN = Buyer("b", "c", "Ville de Nantes", HERE, is_public=True, siren="214401093", routing_code="SERVICE-7")
FORM = DraftForm(buyer_id="b", lines=(DraftLine("Étagère", unit_price="100", vat="S20"),))


def reference_of(form: DraftForm, buyer: Buyer = TOWN) -> str:
    invoice = compose(form, ComposeContext(COMPANY, buyer, date(2026, 11, 28))).invoice
    assert invoice is not None
    return invoice.buyer_reference


def test_the_service_of_the_registry_is_written_when_the_form_names_none() -> None:
    assert reference_of(FORM) == "SERVICE-7"


def test_what_the_form_names_wins() -> None:
    assert reference_of(replace(FORM, buyer_reference="SERVICE-9")) == "SERVICE-9"


def test_a_private_customer_has_no_service() -> None:
    assert reference_of(FORM, replace(TOWN, is_public=False)) == ""
