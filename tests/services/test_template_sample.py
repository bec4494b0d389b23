"""The page shown while a template is being changed: what is on the screen, saved or not, on a made-up invoice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.domain.parties import VatRegime
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.services.preview_draft import SAMPLE_MARK
from tests.fakes.office import Office


def test_an_unsaved_template_is_seen_at_once() -> None:
    office = Office()
    [company] = office.companies.all()
    plain = office.templates.new(company.id)
    page = office.preview.sample(
        company.id, replace(plain, primary="#A63D2F", footer_html="<b>A</b><script>x</script>")
    )
    assert b"#A63D2F" in page
    assert SAMPLE_MARK.encode() in page
    assert b"script" not in page
    assert office.templates.all(company.id) == office.templates.all("")


def test_a_company_in_franchise_sees_its_own_kind_of_invoice() -> None:
    office = Office()
    [company] = office.companies.all()
    office.companies.save(replace(company, vat_regime=VatRegime.FRANCHISE, vat_number=""))
    assert office.preview.sample(company.id, office.templates.new(company.id))


def test_no_company_no_page() -> None:
    office = Office()
    with pytest.raises(UserError, match="ED-NO-COMPANY"):
        office.preview.sample("nobody", office.templates.new("nobody"))
