"""Prices typed with VAT: the prices without VAT that give the totals typed, to the cent, wherever such prices exist.

A total with VAT is not always reachable: at 20 %, one in six has no base. The base nearest to it is taken then, and the
cent that is left is told (BT-114), never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.limits import PRICE_PLACES
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, minor_units, round_half_up, to_amount
from einvoice_desktop.domain.totals import net_amount_of, percentage_off

_WHOLE = Decimal(100)
_FEW = 3


def includes_vat(form: DraftForm) -> bool:
    """Whether the prices of ``form`` are typed with VAT."""
    return form.prices_include_vat.strip() == "yes"


def without_vat(lines: tuple[Line, ...], currency: str) -> tuple[Line, ...]:
    """``lines``, whose prices, discounts and charges include VAT, as lines without; their order is kept.

    For each VAT group, the sum of the line totals is the base whose total with VAT is the one typed, when there is one.
    """
    groups: dict[tuple[str, Decimal], list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault((line.vat.category, line.vat.effective_rate), []).append(index)
    converted = list(lines)
    for (_, rate), indexes in groups.items():
        if rate:
            group = _group([lines[index] for index in indexes], rate, currency)
            for index, line in zip(indexes, group, strict=True):
                converted[index] = line
    return tuple(converted)


@dataclass(slots=True)
class _Priced:
    """A line being priced without VAT."""

    line: Line
    price: Decimal
    allowances: tuple[Allowance, ...]
    charges: tuple[Allowance, ...]
    net_amount: Decimal = ZERO

    def as_line(self) -> Line:
        return replace(
            self.line,
            net_price=self.price,
            allowances=self.allowances,
            charges=self.charges,
            net_amount=self.net_amount,
        )


def _group(lines: list[Line], rate: Decimal, currency: str) -> list[Line]:
    factor = 1 + rate / _WHOLE
    bare = [_natural(line, factor, currency) for line in lines]
    base = base_of(sum((line.net_amount for line in lines), ZERO), rate, currency)
    cent = Decimal(1).scaleb(-minor_units(currency))
    missing = int((base - sum((one.net_amount for one in bare), ZERO)) / cent)
    if missing:
        step = cent if missing > 0 else -cent
        # Cents go first to the lines whose rounding took the most away.
        order = sorted(bare, key=lambda one: (one.line.net_amount / factor - one.net_amount) * step, reverse=True)
        _hand_out(abs(missing), step, order * _FEW, currency)
    return [one.as_line() for one in bare]


def _hand_out(count: int, step: Decimal, order: list[_Priced], currency: str) -> None:
    """Move ``count`` lines by ``step``, in ``order``, those whose price can."""
    for one in order:
        if not count:
            return
        if _move(one, step, currency):
            count -= 1


def base_of(total: Decimal, rate: Decimal, currency: str) -> Decimal:
    """The base whose total with VAT at ``rate`` percent is ``total``, or the nearest there is."""
    nearest = to_amount(total / (1 + rate / _WHOLE), currency)
    cent = Decimal(1).scaleb(-minor_units(currency))
    for base in (nearest, nearest - cent, nearest + cent):
        if base + to_amount(base * rate / _WHOLE, currency) == total:
            return base
    return nearest


def _natural(line: Line, factor: Decimal, currency: str) -> _Priced:
    """The line with its price and amounts divided by ``factor``, each rounded once."""

    def bare(changes: tuple[Allowance, ...]) -> tuple[Allowance, ...]:
        return tuple(
            change
            if change.percentage is not None
            else replace(change, amount=to_amount(change.amount / factor, currency))
            for change in changes
        )

    priced = _Priced(line, ZERO, bare(line.allowances), bare(line.charges))
    _set_price(priced, round_half_up(line.net_price / factor, PRICE_PLACES), currency)
    return priced


def _set_price(one: _Priced, price: Decimal, currency: str) -> None:
    """Price the line at ``price``: its percentages and its net amount are computed again."""
    line = one.line
    gross = net_amount_of(line.quantity, price, line.base_quantity, currency=currency)
    one.price = price
    one.allowances = tuple(
        change
        if change.percentage is None
        else replace(
            change,
            amount=percentage_off(line.quantity, price, line.base_quantity, change.percentage, currency=currency),
            base_amount=gross,
        )
        for change in one.allowances
    )
    one.net_amount = net_amount_of(
        line.quantity, price, line.base_quantity, one.allowances, one.charges, currency=currency
    )


def _move(one: _Priced, step: Decimal, currency: str) -> bool:
    """Move the net amount by ``step``, with a price of six decimals; whether one does."""
    line, before = one.line, one.price
    wanted = one.net_amount + step
    gross = net_amount_of(line.quantity, before, line.base_quantity, currency=currency)
    # The price that gives it exactly first; where a long quantity rounds it away, the next gross amounts are tried too.
    tried = [_gross_of(one, wanted), *(gross + step * count for count in range(1, _FEW * 4 + 1))]
    for amount in tried:
        price = round_half_up(amount * (line.base_quantity or 1) / line.quantity, PRICE_PLACES)
        _set_price(one, price, currency)
        if one.net_amount == wanted and price >= 0:
            return True
    _set_price(one, before, currency)
    return False


def _gross_of(one: _Priced, net: Decimal) -> Decimal:
    """What the line must come to before its discounts and charges to be ``net`` after them, not rounded."""
    fixed = sum((change.amount for change in one.allowances if change.percentage is None), ZERO)
    kept = sum((change.percentage for change in one.allowances if change.percentage is not None), ZERO)
    before = net + fixed - sum((change.amount for change in one.charges), ZERO)
    return before if kept >= _WHOLE else before * _WHOLE / (_WHOLE - kept)
