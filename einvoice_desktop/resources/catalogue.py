"""The official rules as their publishers write them: ``resources/rules/catalogue.json``, read when first asked for.

The file is made by ``packaging/catalogue.py`` from the rule files the program runs; nobody writes in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from einvoice_desktop.resources import resource


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: ``name``, ``path`` from the library that carries it, ``version`` it gives itself, ``sha256``."""

    name: str
    path: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or several rule files say of a rule.

    Attributes:
        severity: ``error``, ``warning`` or ``info``. text: the official words, « … » for a value of the document.
        contexts: XPath of the elements it is checked on. files: where it stands.
    """

    severity: str
    text: str
    contexts: tuple[str, ...]
    files: tuple[RuleFile, ...]


@dataclass(frozen=True, slots=True)
class OfficialRule:
    """A rule of the bundled files.

    Attributes:
        code: identifier. terms: business terms it speaks of (BT, BG, EXT-FR-FE, MDT, TT), in order.
        stands_for: rule of the norm it states under another identifier (``FX-SCH-A-000198`` is ``BR-S-08``), or empty.
        statements: one for each way it is said, in the order of the files.
    """

    code: str
    terms: tuple[str, ...]
    stands_for: str
    statements: tuple[Statement, ...]


def codes() -> tuple[str, ...]:
    """Every identifier of the bundled rule files."""
    return tuple(_catalogue()["rules"])


def files() -> tuple[RuleFile, ...]:
    """The rule files the catalogue was made from."""
    return tuple(RuleFile(**file) for file in _catalogue()["files"])


def official(code: str) -> OfficialRule | None:
    """The rule called ``code``, ``None`` when no bundled file has it."""
    entry = _catalogue()["rules"].get(code)
    if entry is None:
        return None
    known = files()
    statements = tuple(
        Statement(
            severity=each["severity"],
            text=each["text"],
            contexts=tuple(each["contexts"]),
            files=tuple(known[index] for index in each["files"]),
        )
        for each in entry["says"]
    )
    return OfficialRule(code, tuple(entry["terms"]), entry.get("rule", ""), statements)


@cache
def _catalogue() -> dict[str, Any]:
    with resource("rules/catalogue.json").open(encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found
