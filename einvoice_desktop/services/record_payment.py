"""Recording money received: a payment, its register entry, and « 212 Encaissée » told to the platform, in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lifecycle import CashedAmount, LifecycleEvent
from einvoice_desktop.domain.money import ZERO, plain, to_amount
from einvoice_desktop.ledger.entry import EntryKind
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader, LifecycleWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    IssuedDocument,
    Payment,
    Store,
    UnitOfWork,
    ledger_scope,
)
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.remaining import cleared
from einvoice_desktop.services.tell_platform import TellPlatform

CASHED = "212"


def cashed_by_rate(invoice: Invoice, amount: Decimal) -> tuple[CashedAmount, ...]:
    """``amount`` (incl. VAT) shared between the VAT rates of ``invoice`` (BR-FR-CDV-14), the last rate taking the odd cent."""
    groups = invoice.totals.breakdown
    whole = sum((g.taxable_amount + g.tax_amount for g in groups), ZERO)
    shares: list[CashedAmount] = []
    left = amount
    for index, group in enumerate(groups):
        gross = group.taxable_amount + group.tax_amount
        is_last = index == len(groups) - 1
        share = left if is_last or not whole else to_amount(amount * gross / whole, invoice.currency)
        left -= share
        shares.append(
            CashedAmount(f"{share:f}", invoice.currency, plain(group.rate if group.rate is not None else ZERO))
        )
    return tuple(shares)


class RecordPayment:
    """Records payments of issued documents."""

    def __init__(
        self, store: Store, reader: InvoiceReader, lifecycle: LifecycleWriter, clock: Clock, announcer: Announcer
    ) -> None:
        self._store, self._reader, self._teller = store, reader, TellPlatform(lifecycle)
        self._clock, self._announcer = clock, announcer

    def record(self, document_id: str, paid_on: date, amount: Decimal) -> Payment:
        """Record ``amount`` (incl. VAT, currency of the document) received on ``paid_on``.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-PAYMENT-AMOUNT``: nothing, or more than what remains due;
                ``ED-PAYMENT-DATE``: in the future; ``ED-CLOCK-BACK``.
        """
        now = self._clock.now()
        with self._store.unit_of_work() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            self._check(work, document, paid_on, amount)
            invoice = self._reader.read_json(document.json)
            payment = Payment(str(uuid4()), document_id, paid_on, amount, invoice.currency, now)
            work.payments.add(payment)
            self._write_ledger(work, document, payment, now)
            shares = cashed_by_rate(invoice, amount)
            event = LifecycleEvent(CASHED, now, actor="seller", amounts=shares, source_id=f"payment:{payment.id}")
            raw = self._teller.tell(work, document, invoice, event)
            work.events.add(DocumentEvent(document_id, event, now, raw))
            work.commit()
        self._announcer.tell(DocumentChanged(document_id))
        return payment

    def _check(self, work: UnitOfWork, document: IssuedDocument, paid_on: date, amount: Decimal) -> None:
        paid = sum((p.amount for p in work.payments.of(document.id)), ZERO)
        remaining = max(document.summary.due - paid - cleared(work, document), ZERO)
        if amount <= 0 or amount > remaining or amount != to_amount(amount, document.summary.currency):
            raise UserError("ED-PAYMENT-AMOUNT", remaining=f"{remaining:f}", currency=document.summary.currency)
        if paid_on > self._clock.today():
            raise UserError("ED-PAYMENT-DATE")

    def _write_ledger(self, work: UnitOfWork, document: IssuedDocument, payment: Payment, now: datetime) -> None:
        scope = ledger_scope(document.company_id, self._store.environment)
        head = work.ledger.head(scope)
        if head is not None and now < head.at:
            raise UserError("ED-CLOCK-BACK", last=head.at.isoformat())
        work.ledger.append(
            scope=scope,
            kind=EntryKind.PAYMENT,
            subject=payment.id,
            at=now,
            payload={
                "document": document.id,
                "number": document.summary.number,
                "paid_on": payment.paid_on.isoformat(),
                "amount": f"{payment.amount:f}",
                "currency": payment.currency,
                "method": payment.method,
            },
        )
