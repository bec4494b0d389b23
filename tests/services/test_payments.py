"""Money received: never more than is due, never tomorrow, shared by VAT rate to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.services.record_payment import cashed_by_rate
from tests.domain.strategies import invoices
from tests.fakes.office import DUE, SELLER, TODAY, Office


@given(invoices(), st.decimals(min_value=0, max_value=1, places=4))
def test_the_shares_of_the_rates_add_up_to_the_payment(invoice: Invoice, part: Decimal) -> None:
    amount = (invoice.totals.with_vat * part).quantize(Decimal("0.01"))
    assert sum(Decimal(share.amount) for share in cashed_by_rate(invoice, amount)) == amount


def test_partial_payments_add_up_until_nothing_is_due() -> None:
    office = Office()
    document = office.issued(send=False)
    office.payments.record(document.id, TODAY, Decimal("200.00"))
    assert office.view.issued(document.id).remaining == Decimal("1000.00")
    office.payments.record(document.id, TODAY, Decimal("1000.00"))
    assert office.view.issued(document.id).remaining == 0
    with pytest.raises(UserError, match="ED-PAYMENT-AMOUNT"):
        office.payments.record(document.id, TODAY, Decimal("0.01"))


@pytest.mark.parametrize("amount", ["0", "-1", "1200.01", "0.001"])
def test_an_impossible_amount_is_refused(amount: str) -> None:
    office = Office()
    document = office.issued(send=False)
    with pytest.raises(UserError, match="ED-PAYMENT-AMOUNT"):
        office.payments.record(document.id, TODAY, Decimal(amount))


def test_a_payment_of_tomorrow_is_refused() -> None:
    office = Office()
    document = office.issued(send=False)
    with pytest.raises(UserError, match="ED-PAYMENT-DATE"):
        office.payments.record(document.id, TODAY + timedelta(days=1), DUE)


def test_a_document_never_sent_tells_nobody() -> None:
    office = Office()
    document = office.issued(send=False)
    office.payments.record(document.id, TODAY, DUE)
    view = office.view.issued(document.id)
    assert (view.outbox, view.state) == ((), "212")


def test_a_payment_is_in_the_register() -> None:
    office = Office()
    document = office.issued(send=False)
    office.payments.record(document.id, TODAY, DUE)
    (report,) = office.ledger.run()
    assert (report.head_sequence, report.is_intact) == (2, True)
    answer = office.ledger.as_json((replace(report, broken_at=2),))
    assert answer["data"]["chains"][0]["tampering"] is True  # type: ignore[index]


def test_a_draft_never_keeps_a_whole_card_number() -> None:
    office = Office()
    draft = office.drafts.new(SELLER.id)
    office.drafts.save(draft.id, replace(draft.form, payment_means="48", card_number="4970 1012 3456 7890"))
    assert office.drafts.get(draft.id).form.card_number == "7890"
