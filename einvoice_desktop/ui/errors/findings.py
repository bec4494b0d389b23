"""Findings in French: one sentence for each code of ours and for the official rules people meet most."""

from __future__ import annotations

from datetime import date

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ui.errors.known import KNOWN
from einvoice_desktop.ui.errors.sentences import OFFICIAL, OURS, PLACES


def sentence(finding: Finding) -> str:
    """What is wrong, in one French sentence; the official text for a rule we have no words for."""
    template = OURS.get(finding.code) or _official(finding.code)
    if template is None and finding.code in KNOWN:
        template = KNOWN[finding.code][1]
    if template is None:
        return finding.message or f"Règle {finding.code} non respectée."
    return _filled(template, finding)


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


def _official(code: str) -> str | None:
    found = OFFICIAL.get(code)
    while found is None and any(mark in code for mark in "_-"):
        code = code[: max(code.rfind("_"), code.rfind("-"))]
        found = OFFICIAL.get(code)
    return found


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _filled(template: str, finding: Finding) -> str:
    if finding.code == "BR-FR-CO-07" and not {"due", "issue"} <= set(finding.params):
        return "L’échéance ne peut pas précéder la date de facture."
    return template.format_map(_Params({key: _as_day(value) for key, value in finding.params.items()}))


def _as_day(value: str) -> str:
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value
