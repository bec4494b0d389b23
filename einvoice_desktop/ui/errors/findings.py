"""Findings in French: one sentence for each code of ours and for each official rule."""

from __future__ import annotations

from datetime import date

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.resources import phrases
from einvoice_desktop.resources.term_names import names_of
from einvoice_desktop.ui.errors.known import KNOWN
from einvoice_desktop.ui.errors.sentences import OURS, PLACES


def sentence(finding: Finding) -> str:
    """What is wrong, in one French sentence; the official text for a rule we have no words for."""
    params = {key: _as_day(value) for key, value in finding.params.items()}
    if "terms" in params:
        params["terms"] = names_of(params["terms"].split())
    template = OURS.get(finding.code) or (KNOWN[finding.code][1] if finding.code in KNOWN else None)
    if template is not None:
        return template.format_map(_Params(params))
    said = phrases.phrase(
        finding.code, rule=finding.params.get("rule", ""), message=finding.message, place=finding.place
    )
    if said is not None:
        return said.filled(params)
    return finding.message or f"Règle {finding.code} non respectée."


def rule_words(code: str) -> str:
    """What goes on the pill of a finding: the official identifier, or « Saisie » for a code of ours."""
    return "Saisie" if code.startswith("ED-") else code.partition("_")[0]


def place_words(place: str) -> str:
    """Where it is, for people: ``lines.1.unit_price`` → « Ligne 2, prix unitaire »."""
    if place.startswith("lines."):
        parts = place.split(".")
        row = f"Ligne {int(parts[1]) + 1}" if len(parts) > 1 and parts[1].isdigit() else "Lignes"
        column = PLACES.get(parts[2], "") if len(parts) > 2 else ""  # noqa: PLR2004 - lines, row, column
        return f"{row}, {column}" if column else row
    return PLACES.get(place, "")


def fix_words(finding: Finding) -> str:
    """Words of the button that applies ``suggested_value``: « Corriger : 21/12/2026 »; empty without one."""
    if finding.suggested_value is None:
        return ""
    return f"Corriger : {_as_day(finding.suggested_value)}"


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _as_day(value: str) -> str:
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value
