"""A reader of QR codes (ISO/IEC 18004) for squares without noise: it corrects nothing, so that nothing is forgiven."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from segno import consts

_MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
_BYTES, _ECI = 4, 7
_LEVEL_M = 0


def read(rows: Sequence[Sequence[int]]) -> tuple[str, int]:
    """The text of a code of level M and its version."""
    size = len(rows)
    version = (size - 17) // 4
    level, mask = _format(rows)
    assert level == _LEVEL_M, "level M is what the guideline wants"
    function = _function_squares(size, version)
    bits = [rows[r][c] ^ int(_MASKS[mask](r, c)) for r, c in _path(size) if (r, c) not in function]
    words = [int("".join(map(str, bits[i : i + 8])), 2) for i in range(0, len(bits) - 7, 8)]
    return _text("".join(f"{word:08b}" for word in _in_order(words, version)), version), version


def _format(rows: Sequence[Sequence[int]]) -> tuple[int, int]:
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    value = int("".join(str(rows[r][c]) for r, c in places), 2) ^ 0x5412
    return value >> 13, value >> 10 & 7


def _function_squares(size: int, version: int) -> set[tuple[int, int]]:
    found = {(r, c) for r in range(9) for c in range(9)}
    found |= {(r, c) for r in range(9) for c in range(size - 8, size)}
    found |= {(c, r) for r, c in found}
    found |= {(6, n) for n in range(size)} | {(n, 6) for n in range(size)}
    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for r, c in {(r, c) for r in centres for c in centres} - corners:
        found |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    if version >= 7:
        block = {(r, c) for r in range(6) for c in range(size - 11, size - 8)}
        found |= block | {(c, r) for r, c in block}
    return found


def _path(size: int) -> list[tuple[int, int]]:
    found, upwards = [], True
    column = size - 1
    while column > 0:
        column -= column == 6
        order = range(size - 1, -1, -1) if upwards else range(size)
        found += [(row, column - side) for row in order for side in (0, 1)]
        upwards = not upwards
        column -= 2
    return found


def _in_order(words: list[int], version: int) -> list[int]:
    table: Any = consts.ECC
    blocks = [block.num_data for block in table[version][consts.ERROR_LEVEL_M] for _ in range(block.num_blocks)]
    kept: list[list[int]] = [[] for _ in blocks]
    source = iter(words)
    for index in range(max(blocks)):
        for block, length in zip(kept, blocks, strict=True):
            if index < length:
                block.append(next(source))
    return [word for block in kept for word in block]


def _text(bits: str, version: int) -> str:
    mode, at = int(bits[:4], 2), 4
    if mode == _ECI:
        assert int(bits[4:12], 2) == 26, "UTF-8"
        mode, at = int(bits[12:16], 2), 16
    assert mode == _BYTES
    width = 8 if version < 10 else 16
    count = int(bits[at : at + width], 2)
    start = at + width
    content = bytes(int(bits[start + 8 * n : start + 8 * n + 8], 2) for n in range(count))
    return content.decode()
