"""What the practice platform remembers of an invoice: enough to answer about it, and no more."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS, is_siren_shaped
from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES, Invoice
from einvoice_desktop.domain.lifecycle import CashedAmount
from einvoice_desktop.domain.money import plain, to_amount
from einvoice_desktop.domain.parties import Party
from einvoice_desktop.ports.documents import LifecycleRequest
from einvoice_desktop.sandbox.scenarios import Step

WITH_AMOUNTS = frozenset({"211", "212"})


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice as the platform sees it: BT-1, BT-2, BT-3, the parties, what is due per VAT rate."""

    number: str
    issue_date: str
    type_code: str
    seller_siren: str
    seller_name: str
    seller_address: str
    buyer_siren: str
    buyer_name: str
    treatment: str = ""
    amounts: tuple[CashedAmount, ...] = field(default=())

    @property
    def year(self) -> str:
        """Civil year of issue: a number is unique per seller and year."""
        return self.issue_date[:4]

    @property
    def is_self_billed(self) -> bool:
        """Whether the buyer wrote it (389…)."""
        return self.type_code in SELF_BILLED_TYPES

    def to_json(self) -> str:
        """For the state file."""
        return json.dumps(asdict(self), ensure_ascii=False)


def facts_from_json(text: str) -> InvoiceFacts:
    """The inverse of :meth:`InvoiceFacts.to_json`."""
    record: dict[str, Any] = json.loads(text)
    amounts = tuple(CashedAmount(**amount) for amount in record.pop("amounts"))
    return InvoiceFacts(**record, amounts=amounts)


def facts_of(invoice: Invoice) -> InvoiceFacts:
    """What to remember of ``invoice``."""
    return InvoiceFacts(
        number=invoice.number,
        issue_date=invoice.issue_date.isoformat(),
        type_code=invoice.type_code,
        seller_siren=siren_of(invoice.seller),
        seller_name=invoice.seller.name,
        seller_address=_french_address(invoice.seller) or siren_of(invoice.seller),
        buyer_siren=siren_of(invoice.buyer),
        buyer_name=invoice.buyer.name,
        treatment=invoice.treatment,
        amounts=_due_per_rate(invoice),
    )


def siren_of(party: Party) -> str:
    """SIREN of a party: its legal identifier, else its SIRET, else the start of its French address."""
    candidates = (party.siren, party.siret[:9], _french_address(party)[:9])
    return next((siren for siren in candidates if is_siren_shaped(siren)), "")


def _french_address(party: Party) -> str:
    address = party.electronic_address
    return address.value if address is not None and address.scheme == SCHEME_FR_ADDRESS else ""


def _due_per_rate(invoice: Invoice) -> tuple[CashedAmount, ...]:
    """BT-115 spread over the VAT rates in proportion of what each weighs, to the cent (BR-FR-CDV-14)."""
    totals, currency = invoice.totals, invoice.currency
    groups = [(group.rate or Decimal(0), group.taxable_amount + group.tax_amount) for group in totals.breakdown]
    whole = sum((gross for _, gross in groups), Decimal(0))
    left = totals.due
    amounts = []
    for position, (rate, gross) in enumerate(groups):
        is_last = position == len(groups) - 1
        share = left if is_last or not whole else to_amount(totals.due * gross / whole, currency)
        left -= share
        amounts.append(CashedAmount(str(to_amount(share, currency)), currency, plain(rate)))
    return tuple(amounts)


def request_for(facts: InvoiceFacts, step: Step, *, at: datetime, received_at: datetime) -> LifecycleRequest:
    """The status message the seller receives about his invoice."""
    return LifecycleRequest(
        code=step.code,
        at=at,
        invoice_number=facts.number,
        invoice_date=date.fromisoformat(facts.issue_date),
        invoice_type=facts.type_code,
        seller_siren=facts.seller_siren,
        seller_name=facts.seller_name,
        buyer_siren=facts.buyer_siren,
        buyer_name=facts.buyer_name,
        # Towards the seller, whoever set the status: his platform's messages are written in the same direction.
        is_from_seller=False,
        recipient_address=facts.seller_address,
        received_at=received_at,
        reason_code=step.reason_code,
        comment=step.comment,
        amounts=facts.amounts if step.code in WITH_AMOUNTS else (),
    )
