"""The French sentences of every code: what went wrong, what to do, the raw text for support.

May import: ports, domain, resources. No Qt: tested without a window.
"""

from einvoice_desktop.ui.errors.failures import Explanation, code_words, explain
from einvoice_desktop.ui.errors.findings import fix_words, place_words, rule_words, sentence, value_words
from einvoice_desktop.ui.errors.rules import explain_rule, find_rules

__all__ = [
    "Explanation",
    "code_words",
    "explain",
    "explain_rule",
    "find_rules",
    "fix_words",
    "place_words",
    "rule_words",
    "sentence",
    "value_words",
]
