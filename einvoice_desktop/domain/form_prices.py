"""Prices typed with VAT: the prices without VAT that give the totals typed, to the cent, wherever such prices exist.

A total with VAT is not always reachable: at 20 %, one in six has no base. The base nearest to it is taken then, and the
cent that is left is told (BT-114), never hidden.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.limits import PRICE_PLACES
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, minor_units, round_half_up, to_amount
from einvoice_desktop.domain.totals import line_net_amount

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


def _group(lines: list[Line], rate: Decimal, currency: str) -> list[Line]:
    factor = 1 + rate / _WHOLE
    bare = [_natural(line, factor, currency) for line in lines]
    typed = sum((line.net_amount for line in lines), ZERO)
    base = base_of(typed, rate, currency)
    cent = Decimal(1).scaleb(-minor_units(currency))
    missing = int((base - sum((line.net_amount for line in bare), ZERO)) / cent)
    if not missing:
        return bare
    step = cent if missing > 0 else -cent
    # Cents go first to the lines whose rounding took the most away.
    order = sorted(
        range(len(lines)), key=lambda i: (lines[i].net_amount / factor - bare[i].net_amount) * step, reverse=True
    )
    for _ in range(_FEW):
        for index in order:
            if not missing:
                return bare
            moved = _moved(bare[index], bare[index].net_amount + step, currency)
            if moved is not None:
                bare[index] = moved
                missing -= 1 if step > 0 else -1
    return bare


def base_of(total: Decimal, rate: Decimal, currency: str) -> Decimal:
    """The base whose total with VAT at ``rate`` percent is ``total``, or the nearest there is."""
    nearest = to_amount(total / (1 + rate / _WHOLE), currency)
    cent = Decimal(1).scaleb(-minor_units(currency))
    for base in (nearest, nearest - cent, nearest + cent):
        if base + to_amount(base * rate / _WHOLE, currency) == total:
            return base
    return nearest


def _natural(line: Line, factor: Decimal, currency: str) -> Line:
    """The line with its price and amounts divided by ``factor``, each rounded once."""

    def bare(changes: tuple[Allowance, ...]) -> tuple[Allowance, ...]:
        return tuple(
            change
            if change.percentage is not None
            else replace(change, amount=to_amount(change.amount / factor, currency))
            for change in changes
        )

    price = round_half_up(line.net_price / factor, PRICE_PLACES)
    return _priced(replace(line, allowances=bare(line.allowances), charges=bare(line.charges)), price, currency)


def _priced(line: Line, price: Decimal, currency: str) -> Line:
    """The line at ``price``, its percentages and its net amount computed again."""
    gross = to_amount(line.quantity * price / (line.base_quantity or 1), currency)
    allowances = tuple(
        change
        if change.percentage is None
        else replace(change, amount=to_amount(gross * change.percentage / _WHOLE, currency), base_amount=gross)
        for change in line.allowances
    )
    priced = replace(line, net_price=price, allowances=allowances)
    return replace(priced, net_amount=line_net_amount(priced, currency))


def _moved(line: Line, net_amount: Decimal, currency: str) -> Line | None:
    """The line at the price, six decimals, that makes its net amount ``net_amount``; ``None`` when none does."""
    cent = Decimal(1).scaleb(-minor_units(currency))
    base_quantity = line.base_quantity or Decimal(1)
    gross = to_amount(line.quantity * line.net_price / base_quantity, currency)
    step = cent if net_amount > line.net_amount else -cent
    # A percentage off may swallow a cent of the gross amount: the next ones are tried too.
    for _ in range(_FEW * 4):
        gross += step
        price = round_half_up(gross * base_quantity / line.quantity, PRICE_PLACES)
        moved = _priced(line, price, currency)
        if moved.net_amount == net_amount and price >= 0:
            return moved
    return None
