"""Help on a rule: what it asks in French, and below the official words, terms, paths and files for who wants them."""

from __future__ import annotations

from einvoice_desktop.resources import rule_help
from einvoice_desktop.ui.errors.failures import Explanation
from einvoice_desktop.ui.errors.findings import field_words

_SHOWN = 12
"""Official texts and paths shown at most: the grouped rules of a family have dozens, all alike."""

_SEVERITIES = {
    "error": "Cette règle bloque l’émission.",
    "warning": "Cette règle ne bloque pas : c’est un avertissement.",
}


def explain_rule(code: str, found: str = "") -> Explanation | None:
    """The help on ``code``, ``None`` for a code no rule file has; ``found``: what was found in one document."""
    told = rule_help.rule_help(code)
    if told is None or not told.texts:
        return None
    where = field_words(told.field)
    advice = [f"Champ : {where}." if where else "", _SEVERITIES.get(told.severity, "")]
    parts = {
        "Dans ce document": (found,),
        "Texte officiel": told.texts[:_SHOWN],
        "Termes": (", ".join(told.terms),),
        "Contrôlée sur": told.contexts[:_SHOWN],
        "Fichiers": told.sources,
    }
    detail = [f"{name} :\n{body}" for name, lines in parts.items() if (body := "\n".join(lines))]
    sentence = told.sentence or told.texts[0]
    return Explanation(code.partition("_")[0], sentence, " ".join(a for a in advice if a), "\n\n".join(detail))


def find_rules(typed: str, limit: int) -> list[tuple[str, str]]:
    """Rules whose identifier holds ``typed``, and their sentence; none for what is no piece of an identifier."""
    wanted = typed.strip().upper()
    if not wanted.startswith(_PREFIXES):
        return []
    return [(told.code, told.sentence) for told in rule_help.search(wanted, limit) if told.texts]


_PREFIXES = ("BR-", "CII-", "UBL-", "FX-SCH", "PEPPOL-", "G1.", "G2.", "G6.", "G7.")
