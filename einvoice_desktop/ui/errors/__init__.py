"""The French sentences of every code: what went wrong, what to do, the raw text for support.

May import: ports, domain. No Qt: tested without a window.
"""

from einvoice_desktop.ui.errors.failures import Explanation, code_words, explain
from einvoice_desktop.ui.errors.findings import fix_words, place_words, rule_words, sentence, value_words

__all__ = ["Explanation", "code_words", "explain", "fix_words", "place_words", "rule_words", "sentence", "value_words"]
