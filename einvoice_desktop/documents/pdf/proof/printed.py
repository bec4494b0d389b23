"""What the pages say, made comparable: rows of pieces, amounts as numbers, texts without spaces or presentation forms."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from einvoice_desktop.documents.pdf.proof.scanning import Piece

REPLACED = "☐"
"""Drawn where the faces lack a character."""

COMPARED = 1_000
"""Characters of a long text that are looked for."""

_NAMES, _AMOUNTS = "Désignation", "Total HT"
_RIGHT_HALF = 250.0
"""The customer stands right of this, where the window of an envelope shows him."""

_SAME_ROW = 1.0
_DROPPED = frozenset("Cc Cf Mn Me Zs Zl Zp".split())
_AMOUNT = re.compile(r"([+\u2212-]?)\s?(\d{1,3}(?:[\u202f\u00a0 ]\d{3})+|\d+)(,\d+)?(?:[\u202f\u00a0 ](€|[A-Z]{3}))?")


class Presence(StrEnum):
    """How a text stands on the pages."""

    WHOLE = "whole"
    REPLACED = "replaced"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed; ``currency`` is ``€``, an ISO 4217 code or empty."""

    value: Decimal
    currency: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one baseline of a page, from left to right."""

    page: int
    pieces: tuple[Piece, ...]

    def after(self, left: float) -> list[Piece]:
        """The pieces that start right of ``left``."""
        return [piece for piece in self.pieces if piece.left >= left]


@dataclass(frozen=True)
class Printed:
    """The text of a whole file."""

    pieces: Sequence[Piece] = field(repr=False)

    @cached_property
    def rows(self) -> list[Row]:
        """Every row, from the top of the first page to the foot of the last; the watermark is in none."""
        level = sorted((p for p in self.pieces if p.is_level), key=lambda p: (p.page, p.baseline, p.left))
        found: list[list[Piece]] = []
        for piece in level:
            first = found[-1][0] if found else None
            if first is not None and first.page == piece.page and piece.baseline - first.baseline <= _SAME_ROW:
                found[-1].append(piece)
            else:
                found.append([piece])
        return [Row(row[0].page, tuple(sorted(row, key=lambda p: p.left))) for row in found]

    def furniture(self) -> Printed:
        """What stands at the head and foot of pages."""
        return Printed([replace(piece, is_artifact=False) for piece in self.pieces if piece.is_artifact])

    def replaced(self) -> list[Piece]:
        """Pieces in which a box stands for a character."""
        return [piece for piece in self.pieces if REPLACED in piece.text]

    def seller_place(self) -> Printed:
        """What stands at the top left of the first page, above and left of the customer."""
        label = self._customer_label
        if label is None:
            return Printed(())
        return Printed(
            [p for p in self.pieces if p.page == 0 and p.baseline < label.baseline and p.left < label.left - 1]
        )

    def buyer_place(self) -> Printed:
        """What stands under « Client », above the table."""
        label = self._customer_label
        if label is None:
            return Printed(())
        heads = (row.pieces[0].baseline for row in self.rows if row.page == 0 and table_head(row) is not None)
        end = next(heads, float("inf"))
        return Printed(
            [p for p in self.pieces if p.page == 0 and label.baseline <= p.baseline < end and p.left > label.left - 1]
        )

    @cached_property
    def _customer_label(self) -> Piece | None:
        labels = (p for p in self.pieces if p.page == 0 and p.left > _RIGHT_HALF)
        return next((p for p in labels if p.text.split(" / ")[0] == "Client"), None)

    def labelled(self, label: re.Pattern[str]) -> Iterator[tuple[Piece, list[Piece]]]:
        """Each piece that begins with ``label``, and what stands at its right on the same row."""
        for row in self.rows:
            for piece in row.pieces:
                if label.match(piece.text):
                    yield piece, row.after(piece.right - 0.5)

    def presence(self, text: str, *, before: str = "") -> Presence:
        """How ``text`` stands on the pages, wherever it was wrapped, over the foot and heading of pages too.

        ``before`` is a label that must come just before it. A text never matches inside a longer word or number;
        of a long one only the start is looked for.
        """
        wanted = fold(text[:COMPARED])
        is_cut = len(text) > COMPARED
        if not wanted:
            return Presence.WHOLE
        pattern = re.escape(fold(before) + wanted)
        if _stands(pattern, *self._folded, is_labelled=bool(before), is_cut=is_cut):
            return Presence.WHOLE
        loose = re.escape(_without_accents(fold(before))) + "".join(map(_loose, _without_accents(wanted)))
        if _stands(loose, *self._bare, is_labelled=bool(before), is_cut=is_cut):
            return Presence.REPLACED
        return Presence.ABSENT

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return _joined(self.pieces, fold)

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        return _joined(self.pieces, lambda word: _without_accents(fold(word)))


def _joined(pieces: Sequence[Piece], form: Callable[[str], str]) -> tuple[str, list[int]]:
    """All words in the same ``form``, one after another in drawing order, and where each begins."""
    parts: list[str] = []
    bounds: list[int] = []
    length = 0
    for piece in pieces:
        if piece.is_artifact:
            continue
        for word in piece.text.split():
            bounds.append(length)
            parts.append(form(word))
            length += len(parts[-1])
    return "".join(parts), [*bounds, length]


def _stands(pattern: str, stream: str, bounds: list[int], *, is_labelled: bool, is_cut: bool) -> bool:
    for found in re.finditer(pattern, stream):
        start, end = found.span()
        starts = is_labelled or _is_bound(stream, bounds, start)
        if starts and (is_cut or _is_bound(stream, bounds, end)):
            return True
    return False


def _is_bound(stream: str, bounds: list[int], place: int) -> bool:
    """Whether a word begins or ends at ``place``."""
    index = bisect_left(bounds, place)
    if index < len(bounds) and bounds[index] == place:
        return True
    around = stream[max(0, place - 1) : place + 1]
    return len(around) < 2 or not (around[0].isalnum() and around[1].isalnum())


def table_head(row: Row) -> tuple[float, float] | None:
    """Left of the names and right edge of the amounts, when ``row`` is the head of the table of lines."""
    names = [piece for piece in row.pieces if piece.text.startswith(_NAMES)]
    amounts = [piece for piece in row.pieces if piece.text.startswith(_AMOUNTS)]
    return (names[0].left, amounts[-1].right) if names and amounts else None


def fold(text: str) -> str:
    """``text`` without what cannot be seen or only changes the presentation (NFKC, spaces, marks, kinds of hyphen)."""
    if text.isascii():
        return "".join(text.split())
    kept = [c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in _DROPPED]
    return "".join(kept).replace("\u2010", "-").replace("\u2212", "-")


def _without_accents(folded: str) -> str:
    """Letters without their accents."""
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) not in _DROPPED)


def _loose(character: str) -> str:
    """A pattern for ``character``, or for the box drawn in its place when it is not of the Latin alphabet."""
    return character if character.isascii() and character.isalnum() else f"(?:{re.escape(character)}|{REPLACED})"


def amount(text: str) -> Amount | None:
    """The amount ``text`` is, with the signs and spaces of a French reader; ``None`` when it is no amount."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, decimals, currency = found.groups()
    digits = re.sub(r"\D", "", whole) + (decimals or "").replace(",", ".")
    value = Decimal(digits)
    return Amount(-value if sign in {"-", "\u2212"} else value, currency or "", text)


def first_amount(pieces: Sequence[Piece]) -> Amount | None:
    """The first amount among ``pieces``, from left to right."""
    return next((found for found in (amount(piece.text) for piece in pieces) if found is not None), None)
