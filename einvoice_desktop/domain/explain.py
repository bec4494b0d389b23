"""Where each cent of a document comes from, as data: « D'où vient ce centime ? ».

Each step is an amount, the terms it is computed from, and what rounding did to it. No words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from einvoice_desktop.domain.compose import Composition
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.domain.vat import VatBreakdown

_WHOLE = Decimal(100)


class StepKind(StrEnum):
    """What an amount is."""

    LINE = "line"
    DEPOSIT = "deposit"
    LINES = "lines"
    ALLOWANCE = "allowance"
    CHARGE = "charge"
    WITHOUT_VAT = "without_vat"
    VAT = "vat"
    VAT_TOTAL = "vat_total"
    VAT_IN_EUROS = "vat_in_euros"
    WITH_VAT = "with_vat"
    PAID = "paid"
    ROUNDING = "rounding"
    DUE = "due"


class Role(StrEnum):
    """What a term of a step is, and how it enters: a factor, a divisor, a percentage of what comes before, or a sum."""

    QUANTITY = "quantity"
    PRICE = "price"
    BASE_QUANTITY = "base_quantity"
    DISCOUNT = "discount"
    CHARGE = "charge"
    AMOUNT = "amount"
    BASE = "base"
    RATE = "rate"
    EXCHANGE_RATE = "exchange_rate"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: quantities, prices, bases and exchange rates multiply; base quantities divide; rates are percentages.

    Amounts add with their sign (a discount is below zero). ``percentage`` is that of a discount or a charge.
    """

    role: Role
    value: Decimal
    percentage: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One amount and where it comes from; in the currency of the document, euros for ``VAT_IN_EUROS``.

    Attributes:
        amount: as the document says it. exact: the terms computed, before rounding.
        label: name of the line, reason of the allowance or charge, number of the deposit; else empty.
        place: field of the form it is typed at, empty for a total.
        vat: the group of a ``VAT`` step. by_line: what its VAT would be, rounded at each line: the cent people ask
            about; ``None`` when allowances or charges of the document are in it too.
        typed: what the row says with VAT, when prices include it.
    """

    kind: StepKind
    amount: Decimal
    exact: Decimal
    terms: tuple[Term, ...] = ()
    label: str = ""
    place: str = ""
    vat: VatBreakdown | None = None
    by_line: Decimal | None = None
    typed: Decimal | None = None

    @property
    def rounding(self) -> Decimal:
        """What rounding added (below zero: took away)."""
        return self.amount - self.exact


def explain(composition: Composition) -> tuple[Step, ...]:
    """Each amount of a form in the order it is computed; nothing while no row can be read."""
    if composition.totals is None:
        return ()
    return tuple(_steps(composition, composition.totals))


def _steps(composition: Composition, totals: Totals) -> Iterator[Step]:
    amounts, currency = composition.amounts, composition.currency
    typed = {line.id: line.net_amount for line in composition.typed_lines}
    for line in amounts.lines:
        yield _line(line, typed.get(line.id))
    if len(amounts.lines) > 1:
        yield _sum(StepKind.LINES, totals.line_net, [line.net_amount for line in amounts.lines])
    for allowance in amounts.allowances:
        yield _change(StepKind.ALLOWANCE, allowance)
    for charge in amounts.charges:
        yield _change(StepKind.CHARGE, charge)
    parts = [totals.line_net, -totals.allowances, totals.charges]
    yield _sum(StepKind.WITHOUT_VAT, totals.without_vat, [part for part in parts if part])
    for group in totals.breakdown:
        yield _vat(group, amounts.lines, currency)
    if len(totals.breakdown) > 1:
        yield _sum(StepKind.VAT_TOTAL, totals.vat, [group.tax_amount for group in totals.breakdown])
    if composition.exchange_rate is not None and totals.vat_in_accounting_currency is not None:
        yield Step(
            StepKind.VAT_IN_EUROS,
            totals.vat_in_accounting_currency,
            totals.vat * composition.exchange_rate,
            (Term(Role.BASE, totals.vat), Term(Role.EXCHANGE_RATE, composition.exchange_rate)),
        )
    yield _sum(StepKind.WITH_VAT, totals.with_vat, [totals.without_vat, totals.vat])
    yield from _to_pay(totals, amounts.typed_with_vat)


def _to_pay(totals: Totals, typed: Decimal | None) -> Iterator[Step]:
    if totals.paid:
        yield Step(StepKind.PAID, totals.paid, totals.paid, place="paid")
    if totals.rounding:
        # Typed, or what prices with VAT leave: the total typed less the nearest one that can be.
        terms = (Term(Role.AMOUNT, typed), Term(Role.AMOUNT, -totals.with_vat)) if typed is not None else ()
        is_left = typed is not None and typed - totals.with_vat == totals.rounding
        yield Step(
            StepKind.ROUNDING,
            totals.rounding,
            totals.rounding,
            terms if is_left else (),
            place="rounding",
            typed=typed if is_left else None,
        )
    parts = [totals.with_vat, -totals.paid, totals.rounding]
    yield _sum(StepKind.DUE, totals.due, [part for part in parts if part])


def _sum(kind: StepKind, amount: Decimal, parts: list[Decimal]) -> Step:
    return Step(kind, amount, sum(parts, ZERO), tuple(Term(Role.AMOUNT, part) for part in parts))


def _line(line: Line, typed: Decimal | None) -> Step:
    terms = [Term(Role.QUANTITY, line.quantity), Term(Role.PRICE, line.net_price)]
    exact = line.quantity * line.net_price
    if line.base_quantity is not None:
        terms.append(Term(Role.BASE_QUANTITY, line.base_quantity))
        exact /= line.base_quantity
    terms += [Term(Role.DISCOUNT, -change.amount, change.percentage) for change in line.allowances]
    terms += [Term(Role.CHARGE, change.amount, change.percentage) for change in line.charges]
    exact += sum((term.value for term in terms if term.role in {Role.DISCOUNT, Role.CHARGE}), ZERO)
    deposit = line.preceding
    return Step(
        StepKind.DEPOSIT if deposit is not None else StepKind.LINE,
        line.net_amount,
        exact,
        tuple(terms),
        label=line.name or (deposit.number if deposit is not None else ""),
        place=f"lines.{int(line.id) - 1}",
        typed=typed,
    )


def _change(kind: StepKind, change: Allowance) -> Step:
    amount = -change.amount if kind is StepKind.ALLOWANCE else change.amount
    if change.percentage is None or change.base_amount is None:
        return Step(kind, amount, amount, label=change.reason)
    exact = change.base_amount * change.percentage / _WHOLE
    terms = (Term(Role.BASE, change.base_amount), Term(Role.RATE, change.percentage))
    return Step(kind, amount, -exact if kind is StepKind.ALLOWANCE else exact, terms, label=change.reason)


def _vat(group: VatBreakdown, lines: tuple[Line, ...], currency: str) -> Step:
    rate = group.rate or ZERO
    nets = [
        line.net_amount for line in lines if line.vat.category == group.category and line.vat.effective_rate == rate
    ]
    base = sum(nets, ZERO)
    mine = [to_amount(net * rate / _WHOLE, currency) for net in nets]
    return Step(
        StepKind.VAT,
        group.tax_amount,
        group.taxable_amount * rate / _WHOLE,
        (Term(Role.BASE, group.taxable_amount), Term(Role.RATE, rate)),
        vat=group,
        by_line=sum(mine, ZERO) if base == group.taxable_amount else None,
    )
