"""The table of the matrix: every kind of document with every VAT case, the other dimensions spread pair by pair.

Deterministic: the same table, the same names, at each run.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from tests.journeys.matrix.kinds import BY_NAME, KINDS, Kind, kinds_of
from tests.journeys.matrix.vat import CASES, VatCase

LINES = ("one", "three", "base", "returned", "discounted", "charged", "with-vat", "rich", "thirty")
CHANGES = ("none", "percent", "allowance", "charge", "both", "rounding")
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY")
PROFILES = ("", "BASIC_WL", "BASIC", "EXTENDED", "EXTENDED_CTC_FR")
PAYMENTS = ("transfer", "part", "paid", "debit", "card", "cheque", "cash")
EXTRAS = ("none", "references", "place", "period", "attachment", "notes", "tax-point", "tax-date", "names")

DIMENSIONS: dict[str, tuple[str, ...]] = {
    "lines": LINES,
    "changes": CHANGES,
    "currency": CURRENCIES,
    "profile": PROFILES,
    "payment": PAYMENTS,
    "extra": EXTRAS,
}
_SALT = 12
"""Chosen so that every pair of values that may stand together does (a test looks)."""

_TRIES = 60
"""Combinations looked at for each document, the one with the most new pairs wins."""


@dataclass(frozen=True)
class Case:
    """One document of the matrix; ``sources`` are the names of the cases it follows."""

    name: str
    kind: Kind
    vat: VatCase
    buyer: str
    lines: str
    changes: str
    currency: str
    profile: str
    payment: str
    extra: str
    sources: tuple[str, ...] = ()

    @property
    def has_page_apart(self) -> bool:
        """Whether no Factur-X level exists for its profile: the XML goes alone, the page beside it."""
        return self.profile == "EXTENDED_CTC_FR"

    @property
    def values(self) -> dict[str, str]:
        """Its value in each dimension."""
        spread = {name: getattr(self, name) for name in DIMENSIONS}
        return {"kind": self.kind.name, "vat": self.vat.name, "buyer": self.buyer, **spread}

    @property
    def pairs(self) -> frozenset[tuple[str, str, str, str]]:
        """Every pair of values it tries together."""
        items = sorted(self.values.items())
        return frozenset((*one, *other) for one, other in combinations(items, 2))


def is_possible(case: Case) -> bool:
    """Whether such a document may exist at all; what the program cannot do yet is no reason here."""
    kind, vat = case.kind, case.vat
    return not any(
        (
            case.payment in {"part", "paid"} and (kind.is_credit or kind.digit),  # nothing to pay, or paid by deposits
            case.payment in {"debit", "card"} and (kind.is_credit or kind.is_self_billed),
            case.changes == "rounding" and (kind.is_credit or case.payment == "paid" or case.currency == "JPY"),
            case.extra in {"place", "period"} and kind.is_deposit,  # nothing was supplied yet
            case.extra.startswith("tax-") and (kind.is_deposit or not is_taxed(vat) or vat.company == "debits"),
            case.lines == "with-vat" and (kind.is_self_billed or case.currency == "JPY"),
            case.lines == "with-vat" and (case.changes != "none" or "net-of-tax" in case.name),  # credited without VAT
            case.lines == "one" and len(vat.keys) > 1,
            case.changes == "rounding" and case.profile.startswith("BASIC"),  # no place for BT-114,
            case.lines == "with-vat" and case.profile.startswith("BASIC"),  # which a total with VAT may need
            # EXTENDED wants each VAT within a cent of base × rate: whole yens never are
            case.currency == "JPY" and case.profile.startswith("EXTENDED") and is_taxed(vat),
            kind.type_code == "500" and case.lines in {"returned", "thirty"},
            case.extra == "names" and case.profile == "EXTENDED_CTC_FR",
        )
    )


def is_taxed(vat: VatCase) -> bool:
    """Whether VAT is charged: only then can it fall due."""
    return any(key.startswith("S") for key in vat.keys)


@cache
def plan() -> tuple[Case, ...]:
    """Every case, sources before what follows them."""
    seen: set[tuple[str, str, str, str]] = set()
    table: dict[str, Case] = {}
    for vat, kind in _rows():
        for case in _with_sources(vat, kind, table, seen):
            table[case.name] = case
            seen |= case.pairs
    return tuple(table.values())


def _rows() -> Iterator[tuple[VatCase, Kind]]:
    for vat in CASES:
        index = [case.name for case in CASES if case.is_code].index(vat.name) if vat.is_code else 0
        for kind in kinds_of(vat, index):
            yield vat, kind


def _with_sources(vat: VatCase, kind: Kind, table: dict[str, Case], seen: set[tuple[str, str, str, str]]) -> list[Case]:
    """The case of ``kind``, after the documents it follows when the table has not enough of them."""
    added: list[Case] = []
    sources: list[Case] = []
    for number in range(1, kind.sources + 1):
        source_vat = _taxed_as(vat)
        # A document is credited, corrected or deducted once: each follower gets sources of its own.
        name = f"{kind.source}.{vat.name}.for-{kind.name}" + (f"-{number}" if kind.sources > 1 else "")
        like = sources[0] if sources else None
        source = _choose(name, BY_NAME[kind.source], source_vat, (), seen, like, kind)
        sources.append(source)
        added.append(source)
    first = sources[0] if sources else None
    names = tuple(source.name for source in sources)
    added.append(_choose(f"{kind.name}.{vat.name}", kind, vat, names, seen, first))
    del table
    return added


def _taxed_as(vat: VatCase) -> VatCase:
    """What a credit note net of tax credits was taxed."""
    return next(case for case in CASES if case.name == "20") if vat.name == "net-of-tax" else vat


def _choose(
    name: str,
    kind: Kind,
    vat: VatCase,
    sources: tuple[str, ...],
    seen: set[tuple[str, str, str, str]],
    like: Case | None,
    follower: Kind | None = None,
) -> Case:
    """The possible combination that tries the most new pairs, with its currency in its ``follower`` too.

    What follows a document keeps what that one says.
    """
    draw = random.Random(f"{_SALT}{name}")
    found: list[Case] = []
    while len(found) < _TRIES:
        values = {dimension: draw.choice(options) for dimension, options in DIMENSIONS.items()}
        buyer = _supplier(vat) if kind.is_self_billed else draw.choice(vat.buyers)
        if like is not None:
            buyer, values["currency"] = like.buyer, like.currency
            if not kind.is_free:
                values |= {"lines": like.lines, "changes": like.changes, "profile": like.profile}
        case = Case(name, kind, vat, buyer, **values, sources=sources)
        if is_possible(case) or (like is not None and not kind.is_free and is_possible_follower(case)):
            found.append(case)

    def worth(case: Case) -> tuple[int, bool]:
        inherited = ("currency", case.currency, "kind", follower.name if follower else "")
        is_new_there = follower is not None and inherited not in seen
        return len(case.pairs - seen) + 2 * is_new_there, case.currency == "EUR"

    return max(found, key=worth)


def _supplier(vat: VatCase) -> str:
    """Whose document a customer issues: a supplier that charges VAT, or one in franchise."""
    return "small-supplier" if vat.company.startswith("franchise") else "supplier"


def is_possible_follower(case: Case) -> bool:
    """The same, for what takes its content from another document."""
    kind = case.kind
    return not any(
        (
            case.payment in {"part", "paid"} and (kind.is_credit or kind.digit),
            case.payment in {"debit", "card"} and (kind.is_credit or kind.is_self_billed),
            case.extra in {"place", "period"} and kind.is_deposit,
            case.extra.startswith("tax-")
            and (kind.is_deposit or not is_taxed(case.vat) or case.vat.company == "debits"),
        )
    )


def possible_pairs() -> frozenset[tuple[str, str, str, str]]:
    """Pairs of kinds and dimensions that some possible document has, found by drawing many whose content is typed."""
    draw = random.Random(_SALT)
    found: set[tuple[str, str, str, str]] = set()
    for kind in (kind for kind in KINDS if kind.is_free):
        for _ in range(4000):
            vat = draw.choice(CASES)
            values = {dimension: draw.choice(options) for dimension, options in DIMENSIONS.items()}
            case = Case("", kind, vat, "", **values, sources=())
            if is_possible(case):
                found |= {pair for pair in case.pairs if not {"vat", "buyer"} & {pair[0], pair[2]}}
    return frozenset(found)


def spread() -> dict[str, int]:
    """How many documents each kind has."""
    return {kind.name: sum(case.kind is kind for case in plan()) for kind in KINDS}
