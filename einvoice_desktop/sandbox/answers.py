"""Our life-cycle messages as the practice platform takes them: about which invoice, from whom, and is it our turn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from einvoice_desktop.domain.lifecycle import STATUSES, Actor, CashedAmount, allowed_next
from einvoice_desktop.ports.documents import LifecycleMessage
from einvoice_desktop.sandbox.facts import InvoiceFacts, facts_from_json
from einvoice_desktop.sandbox.intake import Detail, error
from einvoice_desktop.sandbox.state import State, StoredFlow

CLOSING = frozenset({"212", "220"})
"""Statuses after which the other side has nothing left to say."""
COMPLETED = "209"


def invoice_of(message: LifecycleMessage, state: State) -> StoredFlow | None:
    """The latest invoice ``message`` is about: number, seller and, where it says so, year."""
    found = state.flows(
        "number = ? AND seller = ? AND facts <> '' AND verdict = 'Ok'",
        [message.invoice_number, message.seller_siren],
        newest_first=True,
    )
    year = str(message.invoice_date.year) if message.invoice_date else ""
    return next((flow for flow in found if not year or flow.year == year), None)


def remarks(message: LifecycleMessage, invoice: StoredFlow | None) -> tuple[Detail, ...]:
    """What forbids the status; empty when it may be set."""
    if invoice is None:
        about = f"Aucune facture {message.invoice_number} du vendeur {message.seller_siren}."
        return (error("MDT-87", "InvoiceLCRuleError", about),)
    code, actor = message.event.code, Actor.BUYER if invoice.type == "SupplierInvoice" else Actor.SELLER
    status = STATUSES.get(code)
    if status is None or actor not in status.actors:
        return (error("MDT-105", "InvoiceLCStatusError", f"Le statut {code} n'est pas à poser par vous."),)
    if code not in allowed_next(invoice.status, actor):
        return (
            error("MDT-105", "InvoiceLCInvalidStatus", f"Le statut {code} ne suit pas {invoice.status or 'le dépôt'}."),
        )
    return _amount_remarks(message.event.amounts, facts_from_json(invoice.facts))


def _amount_remarks(amounts: Sequence[CashedAmount], facts: InvoiceFacts) -> tuple[Detail, ...]:
    known = {_number(amount.rate) for amount in facts.amounts}
    strange = [amount.rate for amount in amounts if _number(amount.rate) not in known]
    if strange and known:
        message = f"Aucun montant de la facture n'est au taux {', '.join(strange)}."
        return (error("MDT-224", "InvoiceLCAmountError", message),)
    return ()


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
