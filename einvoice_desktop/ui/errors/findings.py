"""Findings in French: one sentence for each code of ours and for each official rule."""

from __future__ import annotations

import re
from datetime import date

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.resources import phrases
from einvoice_desktop.resources.term_names import names_of
from einvoice_desktop.ui.errors.known import KNOWN
from einvoice_desktop.ui.errors.places import field_words, place_words
from einvoice_desktop.ui.errors.sentences import OURS

__all__ = ["field_words", "fix_words", "place_words", "rule_words", "sentence", "value_words"]


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


def fix_words(finding: Finding) -> str:
    """Words of the button that applies ``suggested_value``: « Corriger : 21/12/2026 »; empty without one."""
    return "" if finding.suggested_value is None else f"Corriger : {value_words(finding)}"


def value_words(finding: Finding) -> str:
    """``suggested_value`` as people read it: « 21/12/2026 », « 1234,50 », « 20 % », « heure »; empty without one."""
    value = finding.suggested_value
    if value is None:
        return ""
    if not value:
        return "vider le champ"
    head, _, field = finding.place.rpartition(".")
    if head == "notes" and len(value) > _LONGEST_SHOWN:
        return "la mention d’usage"
    choice = vat_choice(value) if field == "vat" else None
    if choice is not None:
        return choice.label
    named = _VALUES.get(field, {}).get(value)
    if named is not None:
        return named
    if _AMOUNT.fullmatch(value) and field not in _NOT_AMOUNTS:
        return value.replace(".", ",")
    return _as_day(value) if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


_AMOUNT = re.compile(r"-?\d+\.\d+")
_NOT_AMOUNTS = frozenset({"number", "preceding_number", "deposit_number"})
_LONGEST_SHOWN = 40
_VALUES: dict[str, dict[str, str]] = {
    "unit": UNITS,
    "payment_state": {"due": "À payer", "paid": "Déjà payée", "final": "Solde après acompte"},
    "type_code": {"380": "Facture", "381": "Avoir", "384": "Facture rectificative", "386": "Facture d’acompte"},
    "payment_means": {"58": "Virement SEPA", "30": "Virement", "59": "Prélèvement SEPA", "48": "Carte", "20": "Chèque"},
}
"""What the forms say in place of a code."""


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _as_day(value: str) -> str:
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value
