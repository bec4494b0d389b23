"""Texts as search compares them: no accents, no case, one space; amounts so that ``1250`` finds 1250.00."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

_SAME_LETTERS = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'"})
_AMOUNT_MARK = "="
_OTHER_DIGITS = str.maketrans("0123456789", "αβγδεζηθικ")


def folded(text: str) -> str:
    """``text`` without accents or case, spaces made one."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_SAME_LETTERS))
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        text = bare.encode("utf-8", "ignore").decode()  # half a character has no place in an index
    return " ".join(text.replace("\0", " ").casefold().split())


def marked(amount: str) -> str:
    """An amount as the index writes it: in digits of its own, so that ``250`` typed as text is not inside 1250.00."""
    return f"{_AMOUNT_MARK}{amount}".translate(_OTHER_DIGITS)


def words_for_search(texts: Iterable[str], amounts: Iterable[Decimal] = ()) -> str:
    """What the trigram index keeps of a document: its texts, and its amounts marked."""
    parts = [folded(text) for text in texts if text]
    parts += sorted({marked(f"{abs(amount):.2f}") for amount in amounts})
    return "\n".join(parts)
