"""Texts as search compares them: no accents, no case, one space; amounts marked so that ``1250`` finds 1250.00."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

AMOUNT_MARK = "="


def folded(text: str) -> str:
    """``text`` without accents or case, spaces made one."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def words_for_search(texts: Iterable[str], amounts: Iterable[Decimal] = ()) -> str:
    """What the trigram index keeps of a document: its texts, and its amounts as ``=1250.00``."""
    parts = [folded(text) for text in texts if text]
    parts += sorted({f"{AMOUNT_MARK}{abs(amount):.2f}" for amount in amounts})
    return "\n".join(parts)
