"""Help on a rule: from an identifier to our sentence, the official words, the terms, the field and the files."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.resources import catalogue, phrases

_RANKS = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class RuleHelp:
    """All that is known of a rule.

    Attributes:
        code: identifier. family: what it belongs to, in French. sentence: what is wrong and what to do, in French.
        field: path on the form or the records, empty when it has none or when the place in the document tells.
        severity: the gravest of the rule files. terms: business terms. texts: official words, each once.
        contexts: XPaths it is checked on. sources: « file (version) », each once.
    """

    code: str
    family: str
    sentence: str
    field: str
    severity: str
    terms: tuple[str, ...]
    texts: tuple[str, ...]
    contexts: tuple[str, ...]
    sources: tuple[str, ...]


def rule_help(code: str) -> RuleHelp | None:
    """Help on ``code``, ``None`` when neither the rule files nor we know it.

    A family alone (``BR-FR-05``) is answered with what all its rules say.
    """
    variants = (
        [code] if catalogue.official(code) else [c for c in catalogue.codes() if c.startswith((f"{code}_", f"{code}-"))]
    )
    rules = [rule for variant in variants if (rule := catalogue.official(variant)) is not None]
    statements = [statement for rule in rules for statement in rule.statements]
    text = statements[0].text if statements else ""
    said = phrases.phrase(code, rule=rules[0].stands_for if rules else "", message=text)
    if said is None and not rules:
        return None
    return RuleHelp(
        code=code,
        family=said.title if said else "",
        sentence=said.says if said else "",
        field=said.field if said and said.field != phrases.NO_FIELD else "",
        severity=min((s.severity for s in statements), key=_RANKS.__getitem__, default="error"),
        terms=tuple(dict.fromkeys(term for rule in rules for term in rule.terms)),
        texts=tuple(dict.fromkeys(s.text for s in statements)),
        contexts=tuple(dict.fromkeys(context for s in statements for context in s.contexts)),
        sources=tuple(dict.fromkeys(f"{f.name} ({f.version})" for s in statements for f in s.files)),
    )


def search(words: str, limit: int = 20) -> tuple[RuleHelp, ...]:
    """The rules whose identifier holds ``words`` (any case), those that begin with them first; for a palette."""
    wanted = words.strip().upper()
    if not wanted:
        return ()
    known = dict.fromkeys((*phrases.all_codes(), *catalogue.codes()))
    found = [code for code in known if wanted in code]
    found.sort(key=lambda code: (not code.startswith(wanted), len(code), code))
    return tuple(told for code in found[:limit] if (told := rule_help(code)) is not None)
