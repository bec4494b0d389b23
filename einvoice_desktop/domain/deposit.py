"""Deals paid by deposits: how far they are, what may still be asked, when a deposit is in truth the balance (R-066 to R-069)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.money import ZERO, round_half_up

_WHOLE = Decimal(100)


class DepositKind(StrEnum):
    """What a deposit asked for becomes."""

    DEPOSIT = "deposit"
    BALANCE = "balance"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class DepositProgress:
    """How far a deal is, without VAT, in its currency.

    Attributes:
        deal_total: the whole deal. deposited: deposits issued, less their credit notes.
        drafted: deposits being typed. deposits: how many are issued. has_balance: the deal is ended.
    """

    deal_total: Decimal
    deposited: Decimal = ZERO
    drafted: Decimal = ZERO
    deposits: int = 0
    has_balance: bool = False

    @property
    def remaining(self) -> Decimal:
        """What may still be asked, drafts counted."""
        return max(self.deal_total - self.deposited - self.drafted, ZERO)

    @property
    def percent(self) -> Decimal:
        """Share of the deal that deposits cover, in percent, two decimals; drafts left out."""
        if not self.deal_total:
            return ZERO
        return round_half_up(self.deposited * _WHOLE / self.deal_total, 2)


def deposit_kind(amount: Decimal, progress: DepositProgress) -> DepositKind:
    """What asking ``amount`` makes: all that remains is the balance (R-068), the whole deal at once a plain invoice."""
    if amount != progress.remaining:
        return DepositKind.DEPOSIT
    return DepositKind.BALANCE if progress.deposited or progress.drafted else DepositKind.INVOICE


def deposit_findings(amount: Decimal, progress: DepositProgress, currency: str) -> tuple[Finding, ...]:
    """What forbids a deposit of ``amount`` beside the documents of ``progress``, itself left out.

    ``ED-DEPOSIT-ABOVE`` over what remains of the deal; ``ED-DEPOSIT-WHOLE`` exactly all of it (make the balance);
    ``ED-DEPOSIT-INVOICE`` the whole deal at once (a plain invoice);
    ``ED-DEPOSIT-ENDED`` the balance is issued; ``ED-DEPOSIT-AMOUNT`` nothing.
    """
    params = {
        "deal": f"{progress.deal_total:f}",
        "deposited": f"{progress.deposited + progress.drafted:f}",
        "remaining": f"{progress.remaining:f}",
        "wanted": f"{amount:f}",
        "currency": currency,
    }
    place = "lines.0.unit_price"
    if progress.has_balance:
        return (Finding("ED-DEPOSIT-ENDED", place, params=params),)
    if amount <= 0:
        return (Finding("ED-DEPOSIT-AMOUNT", place, params=params),)
    if amount > progress.remaining:
        return (Finding("ED-DEPOSIT-ABOVE", place, suggested_value=f"{progress.remaining:f}", params=params),)
    if amount == progress.remaining:
        if deposit_kind(amount, progress) is DepositKind.INVOICE:
            return (Finding("ED-DEPOSIT-INVOICE", "type_code", suggested_value="380", params=params),)
        return (Finding("ED-DEPOSIT-WHOLE", place, params=params),)
    return ()
