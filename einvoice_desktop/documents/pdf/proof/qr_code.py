"""Reading a QR code from its squares (ISO/IEC 18004), without correcting anything, so that nothing is forgiven."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
_BYTES, _ECI, _UTF_8 = 4, 7, 26
_LEVEL_M = 0
_WITH_VERSION_SQUARES = 7
_LONG_COUNTS = 10
"""Versions from which a code says its own version, and counts its bytes on sixteen bits."""


class UnreadableCodeError(Exception):
    """The squares are not a QR code of level M with text in UTF-8."""


def read(rows: Sequence[Sequence[int]]) -> tuple[str, int]:
    """The text of a code (1 dark, 0 light, no quiet zone) and its version.

    Raises:
        UnreadableCodeError: it is not one this reader knows.
    """
    size = len(rows)
    version, rest = divmod(size - 17, 4)
    if rest or not 1 <= version <= 40 or any(len(row) != size for row in rows):
        raise UnreadableCodeError(f"{size} squares wide")
    level, mask = _format(rows)
    if level != _LEVEL_M:
        raise UnreadableCodeError("another level than M")
    wanted = _MASKS[mask]
    bits = [rows[r][c] ^ wanted(r, c) for r, c in _data_path(version)]
    words = [int("".join(map(str, bits[i : i + 8])), 2) for i in range(0, len(bits) - 7, 8)]
    try:
        return _text("".join(f"{word:08b}" for word in _in_order(words, version)), version), version
    except (ValueError, StopIteration) as error:
        raise UnreadableCodeError(str(error)) from error


def _format(rows: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Level and mask, as the fifteen squares around the first corner say."""
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    value = int("".join(str(rows[r][c]) for r, c in places), 2) ^ 0x5412
    return value >> 13, value >> 10 & 7


@lru_cache(maxsize=16)
def _data_path(version: int) -> tuple[tuple[int, int], ...]:
    """Squares that hold data, in reading order: two columns at a time, up then down, the sixth column left out."""
    size = 17 + 4 * version
    reserved = _reserved(size, version)
    found: list[tuple[int, int]] = []
    column, upwards = size - 1, True
    while column > 0:
        column -= column == 6
        order = range(size - 1, -1, -1) if upwards else range(size)
        found += [(row, column - side) for row in order for side in (0, 1) if (row, column - side) not in reserved]
        column, upwards = column - 2, not upwards
    return tuple(found)


def _reserved(size: int, version: int) -> set[tuple[int, int]]:
    """Corners with their format, timing lines, alignment marks, version."""
    found = {(r, c) for r in range(9) for c in range(9)}
    found |= {(r, c) for r in range(9) for c in range(size - 8, size)}
    found |= {(c, r) for r, c in found}
    found |= {(6, n) for n in range(size)} | {(n, 6) for n in range(size)}
    centres = _tables().ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for r, c in {(r, c) for r in centres for c in centres} - corners:
        found |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    if version >= _WITH_VERSION_SQUARES:
        block = {(r, c) for r in range(6) for c in range(size - 11, size - 8)}
        found |= block | {(c, r) for r, c in block}
    return found


def _in_order(words: list[int], version: int) -> list[int]:
    """The data words of each block one after another; they are written by turns."""
    tables = _tables()
    lengths = [b.num_data for b in tables.ECC[version][tables.ERROR_LEVEL_M] for _ in range(b.num_blocks)]
    kept: list[list[int]] = [[] for _ in lengths]
    source = iter(words)
    for index in range(max(lengths)):
        for block, length in zip(kept, lengths, strict=True):
            if index < length:
                block.append(next(source))
    return [word for block in kept for word in block]


def _text(bits: str, version: int) -> str:
    mode, at = int(bits[:4], 2), 4
    if mode == _ECI:
        if int(bits[4:12], 2) != _UTF_8:
            raise ValueError("another alphabet than UTF-8")
        mode, at = int(bits[12:16], 2), 16
    if mode != _BYTES:
        raise ValueError(f"mode {mode}")
    width = 8 if version < _LONG_COUNTS else 16
    count, start = int(bits[at : at + width], 2), at + width
    content = bytes(int(bits[start + 8 * n : start + 8 * n + 8], 2) for n in range(count))
    return content.decode()


def _tables() -> Any:
    """Where alignment marks stand and how words are shared between blocks, for each version (tables of the norm)."""
    from segno import consts

    return consts
