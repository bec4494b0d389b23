"""Recording money received: a payment, its register entry, and « 212 Encaissée » told to the platform, in one transaction."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lifecycle import CashedAmount, LifecycleEvent
from einvoice_desktop.domain.money import ZERO, plain, to_amount
from einvoice_desktop.ledger.entry import EntryKind
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader, LifecycleRequest, LifecycleWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    IssuedDocument,
    OutboxEntry,
    OutboxState,
    Payment,
    Store,
    UnitOfWork,
    ledger_scope,
)
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.remaining import cleared

CASHED = "212"
_AT_PLATFORM = frozenset({OutboxState.SENT, OutboxState.ACCEPTED})


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
        self._store, self._reader, self._lifecycle = store, reader, lifecycle
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
            raw = self._tell_platform(work, document, invoice, event)
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

    def _tell_platform(
        self, work: UnitOfWork, document: IssuedDocument, invoice: Invoice, event: LifecycleEvent
    ) -> bytes:
        """Queue the CDAR when the platform has the invoice; its bytes, empty when there is nobody to tell."""
        sent = [e for e in work.outbox.of(document.id) if e.syntax != "CDAR" and e.state in _AT_PLATFORM]
        if not sent:
            return b""
        cdar = self._lifecycle.write_cdar(self._request(work, document, invoice, event))
        identifier = str(uuid4())
        work.outbox.add(
            OutboxEntry(
                id=identifier,
                company_id=document.company_id,
                document_id=document.id,
                platform_id=sent[-1].platform_id,
                tracking_id=identifier,
                name=f"CDAR_{document.summary.number.replace('/', '_')}_{event.code}.xml",
                syntax="CDAR",
                processing_rule=sent[-1].processing_rule,
                content=cdar,
                sha256=hashlib.sha256(cdar).hexdigest(),
                created_at=event.at,
                updated_at=event.at,
            )
        )
        return cdar

    @staticmethod
    def _request(
        work: UnitOfWork, document: IssuedDocument, invoice: Invoice, event: LifecycleEvent
    ) -> LifecycleRequest:
        address = invoice.buyer.electronic_address
        is_french = address is not None and address.scheme == SCHEME_FR_ADDRESS
        submitted = next((e.event.at for e in work.events.of(document.id) if e.event.code == "200"), None)
        return LifecycleRequest(
            code=event.code,
            at=event.at,
            invoice_number=invoice.number,
            invoice_date=invoice.issue_date,
            invoice_type=str(invoice.type_code),
            seller_siren=invoice.seller.siren,
            seller_name=invoice.seller.name,
            buyer_siren=invoice.buyer.siren,
            buyer_name=invoice.buyer.name,
            is_from_seller=True,
            recipient_address=address.value if address is not None and is_french else invoice.buyer.siren,
            received_at=submitted or document.issued_at,
            amounts=event.amounts,
        )
