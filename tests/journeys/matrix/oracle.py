"""What a typed document must amount to, computed apart from the program: own parsing, own arithmetic, own table of VAT."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from tests.journeys.matrix.vat import GROUPS

GroupKey = tuple[str, Decimal]


@dataclass(frozen=True)
class Figures:
    """The amounts of a document, as computed or as read; groups by category and rate, each with base and tax."""

    lines: tuple[Decimal, ...]
    line_net: Decimal
    allowances: Decimal
    charges: Decimal
    without_vat: Decimal
    groups: dict[GroupKey, tuple[Decimal, Decimal]]
    vat: Decimal
    vat_in_euros: Decimal | None
    with_vat: Decimal
    paid: Decimal
    rounding: Decimal
    due: Decimal


def number(text: str) -> Decimal:
    """The number a person typed: ``1 500``, ``7,5``; nothing typed is zero."""
    cleaned = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace(",", ".")
    return Decimal(cleaned) if cleaned else Decimal(0)


def rounded(value: Decimal, currency: str) -> Decimal:
    """Half-up at the smallest coin of ``currency``."""
    return value.quantize(Decimal(1) if currency == "JPY" else Decimal("0.01"), ROUND_HALF_UP)


def line_net(row: DraftLine, currency: str) -> Decimal:
    """BT-131 (R-018): quantity × price ÷ base, less its discounts, plus its charge, rounded once."""
    gross = number(row.quantity) * number(row.unit_price) / (number(row.base_quantity) or Decimal(1))
    after = gross * (1 - number(row.discount) / 100)
    return rounded(after - number(row.discount_amount) + number(row.charge), currency)


def expected(form: DraftForm) -> Figures:
    """The figures of ``form`` typed without VAT."""
    currency = form.currency
    rows = [row for row in form.lines if row.name]
    nets = [line_net(row, currency) for row in rows]
    bases: dict[GroupKey, Decimal] = {}
    for row, net in zip(rows, nets, strict=True):
        _add(bases, row.vat, net)
    total = sum(nets, Decimal(0))
    percent = number(form.global_discount)
    allowances = [(key, rounded(base * percent / 100, currency)) for key, base in bases.items()] if percent else []
    charges: list[tuple[GroupKey, Decimal]] = []
    for change in form.changes:
        # A percentage of the document is one of what bears the same VAT.
        base = bases.get(_group(change.vat), Decimal(0))
        amount = number(change.amount) or rounded(base * number(change.percentage) / 100, currency)
        if amount:  # a percentage of a rate nothing bears is no change
            (allowances if change.kind == "allowance" else charges).append((_group(change.vat), amount))
    for key, amount in allowances:
        bases[key] = bases.get(key, Decimal(0)) - amount
    for key, amount in charges:
        bases[key] = bases.get(key, Decimal(0)) + amount
    groups = {key: (base, rounded(base * key[1] / 100, currency)) for key, base in bases.items()}
    off, on = _sum(amount for _, amount in allowances), _sum(amount for _, amount in charges)
    without_vat = total - off + on
    vat = _sum(tax for _, tax in groups.values())
    with_vat = without_vat + vat
    paid = with_vat if form.payment_state == "paid" else number(form.paid)
    rounding = number(form.rounding)
    in_euros = None if currency == "EUR" else rounded(vat * number(form.exchange_rate), "EUR")
    return Figures(
        lines=tuple(nets),
        line_net=total,
        allowances=off,
        charges=on,
        without_vat=without_vat,
        groups=groups,
        vat=vat,
        vat_in_euros=in_euros,
        with_vat=with_vat,
        paid=paid,
        rounding=rounding,
        due=with_vat - paid + rounding,
    )


def _group(key: str) -> GroupKey:
    group = GROUPS[key]
    return group.category, group.effective_rate


def _add(bases: dict[GroupKey, Decimal], key: str, amount: Decimal) -> None:
    group = _group(key)
    bases[group] = bases.get(group, Decimal(0)) + amount


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def inconsistencies(read: Figures) -> list[str]:
    """Laws any document obeys (BR-CO-10, 11 to 17), checked to the cent on what its XML says."""
    laws = {
        "BT-106 is the sum of BT-131": read.line_net == _sum(read.lines) or not read.lines,
        "BT-109 is BT-106 - BT-107 + BT-108": read.without_vat == read.line_net - read.allowances + read.charges,
        "BT-109 is the sum of BT-116": read.without_vat == _sum(base for base, _ in read.groups.values()),
        "BT-110 is the sum of BT-117": read.vat == _sum(tax for _, tax in read.groups.values()),
        "BT-112 is BT-109 + BT-110": read.with_vat == read.without_vat + read.vat,
        "BT-115 is BT-112 - BT-113 + BT-114": read.due == read.with_vat - read.paid + read.rounding,
        "no amount due below zero": read.due >= 0,
    }
    return [law for law, holds in laws.items() if not holds]


def differences_of(form: DraftForm, read: Figures, profile: str = "") -> list[str]:
    """Each figure that is not what ``form`` must give; BASIC WL has no lines."""
    wanted = expected(form)
    found = []
    for name in Figures.__dataclass_fields__:
        one, other = getattr(wanted, name), getattr(read, name)
        has_no_lines = name == "lines" and not other and profile == "BASIC_WL"
        if one != other and not has_no_lines:
            found.append(f"{name}: {_shown(other)} in the XML, {_shown(one)} by the oracle")
    return found


def gaps_with_vat(form: DraftForm, read: Figures, profile: str = "") -> list[str]:
    """Prices typed with VAT: what is to pay is what they add up to, the cent no price can reach being in BT-114.

    BASIC and BASIC WL have no BT-114: a cent for each VAT rate may be left there.
    """
    typed = _sum(number(row.quantity) * number(row.unit_price) for row in form.lines if row.name)
    said = read.with_vat + read.rounding
    left = Decimal("0.01") * len(read.groups) if profile.startswith("BASIC") else Decimal(0)
    return [] if abs(said - typed) <= left else [f"{typed} typed with VAT, {said} said"]


def typed_with_vat(form: DraftForm) -> Decimal:
    """BT-112 of a form, whichever way its prices are typed."""
    if form.prices_include_vat:
        return _sum(number(row.quantity) * number(row.unit_price) for row in form.lines if row.name)
    return expected(form).with_vat


def gaps_in_story(read: Figures, before: list[Figures], deal: DraftForm | None, form: DraftForm) -> list[str]:
    """What a document must add up to with those it follows.

    A total credit note gives back all of its invoice, a partial one less; deposits and balance make the deal, but for
    a coin of each VAT rate that each document rounds by itself.
    """
    if deal is not None and form.payment_state == "final":
        whole = typed_with_vat(deal)
        paid = _sum(one.with_vat for one in before) + read.with_vat
        coin = Decimal(1) if form.currency == "JPY" else Decimal("0.01")
        left = coin * len(read.groups) * (len(before) + 1)
        return [] if abs(paid - whole) <= left else [f"deposits and balance make {paid}, the deal {whole}"]
    return []


def gaps_in_credit(read: Figures, source: Figures, *, is_total: bool) -> list[str]:
    """A credit note against its invoice; VAT rate by VAT rate when it gives back all."""
    if is_total and read.groups != source.groups:
        return [f"{_shown(read.groups)} credited of {_shown(source.groups)}"]
    return [] if 0 < read.with_vat <= source.with_vat else [f"{read.with_vat} credited of {source.with_vat}"]


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value[:6]))
    if isinstance(value, dict):
        return " ".join(f"{key[0]}{key[1]}={base}/{tax}" for key, (base, tax) in sorted(value.items()))
    return str(value)
