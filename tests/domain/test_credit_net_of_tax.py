"""« Avoir net de taxe »: given on the whole of an invoice without touching its VAT, never above what remains of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from einvoice_desktop.domain.credit import Creditable, credit_findings, creditable
from einvoice_desktop.domain.exemptions import CREDIT_NET_OF_TAX
from einvoice_desktop.domain.invoice import Invoice, TypeCode
from einvoice_desktop.domain.totals import compute_totals
from einvoice_desktop.domain.vat import VatCategory, VatTreatment
from tests.documents.invoices import compliant_invoice

S20, S10, NET = ("S", Decimal(20)), ("S", Decimal(10)), ("E", Decimal(0))
NET_OF_TAX = VatTreatment(VatCategory.EXEMPT, Decimal(0), "Avoir net de taxe", CREDIT_NET_OF_TAX)


def credit_note(amount: str, vat: VatTreatment = NET_OF_TAX) -> Invoice:
    base = compliant_invoice()
    line = replace(base.lines[0], id="1", vat=vat, net_amount=Decimal(amount), allowances=(), charges=())
    totals = compute_totals((line,))
    return replace(base, type_code=TypeCode.CREDIT_NOTE, lines=(line,), totals=totals, allowances=(), charges=())


def groups(**credited: str) -> tuple[Creditable, ...]:
    taken = {NET: Decimal(credited["net"])} if credited else {}
    return creditable({S20: Decimal(100), S10: Decimal(50)}, taken, {})


def test_all_that_remains_of_every_rate_may_be_given() -> None:
    assert credit_findings(credit_note("150.00"), groups()) == ()
    (found,) = credit_findings(credit_note("150.01"), groups())
    assert (found.code, found.place, found.params["remaining"]) == ("ED-CREDIT-ABOVE", "lines.0.unit_price", "150")


def test_what_was_given_is_gone_for_every_credit_note_after() -> None:
    left = groups(net="120")
    assert [group.remaining for group in left] == [0, 30]
    assert credit_findings(credit_note("30.00"), left) == ()
    assert [found.code for found in credit_findings(credit_note("30.01"), left)] == ["ED-CREDIT-ABOVE"]


def test_another_exemption_than_that_one_is_refused() -> None:
    exempt = replace(NET_OF_TAX, exemption_code="VATEX-FR-CGI261-4")
    assert [found.code for found in credit_findings(credit_note("1.00", exempt), groups())] == ["ED-CREDIT-ABOVE"]
