"""Comparing what people type with what is shown: case, accents and the decimal sign do not matter."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """``text`` in lower case without accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def matches(words: str, typed: str) -> bool:
    """Whether every word typed starts a word of ``words`` or stands inside it."""
    shown = plain(words)
    return all(part in shown for part in plain(typed).split())


def rank(words: str, more: str, typed: str) -> int | None:
    """How well an answer fits what is typed: 0 begins with it, 1 holds it, 2 only its further words do; ``None`` not at all."""
    looked_for = plain(typed).replace(".", ",").strip()
    if plain(words).replace(".", ",").startswith(looked_for):
        return 0
    if matches(words.replace(".", ","), looked_for):
        return 1
    return 2 if matches(f"{words} {more}".replace(".", ","), looked_for) else None
