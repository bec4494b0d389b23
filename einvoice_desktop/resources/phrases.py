"""The rules in French: ``resources/rules/phrases.json``, written by hand, read when first asked for.

Each entry may serve several rules (identifiers separated by spaces) and each rule its variants: ``BR-FR-05`` speaks for
``BR-FR-05_BT-22_PMT`` unless that one has an entry of its own.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from einvoice_desktop.resources import resource

NO_FIELD = "-"
"""Field of a rule that no form and no record of ours has a place for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rule in French.

    Attributes:
        says: what is wrong and what to do. says_with: the same naming ``{parameters}`` of the finding, when it has all.
        field: path on the form or the records (``lines.*.unit``), :data:`NO_FIELD`, or empty: the terms of the rule tell.
        title: family it stands in.
    """

    says: str
    says_with: str = ""
    field: str = ""
    title: str = ""

    def filled(self, params: Mapping[str, str]) -> str:
        """The sentence for a finding with these ``params``; a date of ISO 8601 is written as in France."""
        wanted = {name for _, name, _, _ in string.Formatter().parse(self.says_with) if name}
        if not wanted or any(not params.get(name) for name in wanted):
            return self.says
        return self.says_with.format_map({name: _in_french(value) for name, value in params.items()})


def _in_french(value: str) -> str:
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value


_SHAPES = (
    (re.compile(r"^Value of .+ is not allowed"), "NOT-IN-LIST"),
    (re.compile(r"must occur exactly|must occur at least|must exist exactly once"), "MISSING"),
    (re.compile(r"is required in this context|must be present if|must be stated|shall be 'VAT'"), "DETAIL-MISSING"),
    (
        re.compile(
            r"may occur at maximum|exist maximum once|no more than once|occur maximum once|only once|at most once"
            r"|maximum (?:once|one)|more than one|[Oo]nly (?:have )?one|Only allowances|maximum twice|one unique"
        ),
        "TOO-MANY",
    ),
    (re.compile(r"marked as not used|s(?:hould|hall) not |not contain|shall only be used for|is not used"), "NOT-USED"),
)
"""What the rules say that have no subject of their own (``FX-SCH-A-…``, ``CII-SR-…``, ``UBL-CR-…``), all built alike."""

_LISTS = {
    "unit": "BR-CL-23",
    "currency": "BR-CL-04",
    "country": "BR-CL-14",
    "delivery_country": "BR-CL-14",
    "origin_country": "BR-CL-15",
    "payment_means": "BR-CL-16",
    "type_code": "BR-CL-01",
    "tax_point": "BR-CL-06",
    "vat": "BR-CL-18",
    "electronic_address": "BR-CL-25",
}

_NAME_IN_TEXT = re.compile(r"^\[([A-Z][\w.-]*)\]")
_OFFICIAL_FRENCH = re.compile(r"^\[[A-Z]\d[\d.]*\] *(.+?)(?: *\| *Source : .*)?$", re.DOTALL)
"""The rules of e-reporting (annexe 7) speak French: their own words serve, without the mark and the source."""


def phrase(code: str, *, rule: str = "", message: str = "", place: str = "") -> Phrase | None:
    """What we say of a rule, ``None`` when we have no words for it.

    Args:
        code: identifier.
        rule: the rule of the norm it states, when it goes by another name; read in ``message`` when it is not given.
        message: official text of the finding.
        place: its field.
    """
    return named(code) or named(rule or stated_in(message)) or _by_shape(message, place)


def stated_in(message: str) -> str:
    """The rule an official text begins with (``[BR-S-08]-For each…``), empty without one."""
    found = _NAME_IN_TEXT.match(message)
    return found[1] if found else ""


def list_rule(message: str, place: str) -> str:
    """The rule of the norm behind « Value of … is not allowed », by the field it is about; empty when it is another."""
    pattern, _ = _SHAPES[0]
    return _LISTS.get(place.rpartition(".")[2], "") if pattern.search(message) else ""


def own(code: str) -> Phrase | None:
    """The entry of ``code`` itself, never one of a longer family nor one by the words of the message."""
    return _phrases().get(code)


def all_codes() -> tuple[str, ...]:
    """Every identifier with an entry of its own."""
    return tuple(_phrases())


def named(code: str) -> Phrase | None:
    """The entry of ``code``, or of the family its suffix makes it a variant of; ``None`` without one."""
    known = _phrases()
    while code and code not in known:
        code = code[: max(code.rfind("_"), code.rfind("-"), 0)]
    return known.get(code)


def _by_shape(message: str, place: str) -> Phrase | None:
    french = _OFFICIAL_FRENCH.match(message)
    if french:
        words = french[1].strip()
        return Phrase(words[0].upper() + words[1:])
    shape = next((name for pattern, name in _SHAPES if pattern.search(message)), "")
    return _phrases().get(list_rule(message, place) or shape)


@cache
def _phrases() -> dict[str, Phrase]:
    with resource("rules/phrases.json").open(encoding="utf-8") as file:
        families: dict[str, dict[str, dict[str, Any]]] = json.load(file)
    return {
        code: Phrase(**entry, title=title)
        for title, entries in families.items()
        for codes, entry in entries.items()
        for code in codes.split()
    }
