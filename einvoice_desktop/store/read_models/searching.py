"""What was typed in a search box, as a condition: words of any part of a text, or an amount however it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.store.mapping.searching import folded, marked
from einvoice_desktop.store.tables.columns import to_scaled

_SHORTEST = 3
"""A trigram index knows nothing shorter."""

_AMOUNT = re.compile(r"[0-9 .,]*[0-9](?: ?€)?")


@dataclass(frozen=True, slots=True)
class Search:
    """One search.

    Attributes:
        expression: for the trigram index (FTS5), empty when the text is too short for it.
        prefix: for short texts, the start of a number or of a word of a name, escaped for ``LIKE``.
        amount: the amount meant, in millionths, when the text is one. amount_start: it as the index writes it.
        pieces: texts that must all be inside, for small tables without an index; the whole text is also tried as one.
    """

    expression: str
    prefix: str
    amount: int | None
    amount_start: str
    pieces: tuple[str, ...]


def search_for(text: str) -> Search:
    """Understand ``text``; never fails, whatever was typed."""
    typed = folded(text)
    words = typed.split()
    # Short words have no trigram: the text is then looked for as one piece, spaces included.
    pieces = words if all(len(word) >= _SHORTEST for word in words) else [typed]
    amount = _amount(typed)
    start = "" if amount is None else _amount_start(typed, amount)
    alternatives = [" AND ".join(_quoted(piece) for piece in pieces), *([_quoted(start)] if start else [])]
    return Search(
        expression=" OR ".join(f"({one})" for one in alternatives) if len(typed) >= _SHORTEST else "",
        prefix=escaped(typed),
        amount=None if amount is None else to_scaled(amount),
        amount_start=start,
        pieces=tuple(pieces),
    )


def escaped(text: str) -> str:
    """``text`` for a ``LIKE … ESCAPE '!'``."""
    return re.sub(r"([!%_])", r"!\1", text)


def _amount(typed: str) -> Decimal | None:
    """``1250``, ``1 250,00``, ``1.250,00`` or ``1250.5 €`` as a number, ``None`` for anything else."""
    if not _AMOUNT.fullmatch(typed):
        return None
    value = parse_decimal(typed)
    is_exact = value is not None and value == round(value, 2)
    return value if is_exact else None


def _amount_start(typed: str, amount: Decimal) -> str:
    """The marked start of the amounts meant: ``1250`` is any 1250.xx, ``1250,5`` any 1250.5x."""
    decimals = re.search(r"[.,]([0-9]{1,2})\D*$", typed)
    places = len(decimals.group(1)) if decimals else 0
    return marked(f"{amount:.{places}f}" + ("" if places else "."))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
