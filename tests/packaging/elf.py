"""Just enough of ELF to read which shared libraries a 64-bit little-endian file asks for."""

from __future__ import annotations

import struct
from pathlib import Path

_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_NULL, _DT_NEEDED, _DT_STRTAB = 0, 1, 5


def needed(path: Path) -> set[str]:
    """The sonames in the dynamic section of ``path``."""
    content = path.read_bytes()
    assert content[:6] == b"\x7fELF\x02\x01", path
    (table,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    loads: list[tuple[int, int, int]] = []
    dynamic = 0
    for index in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", content, table + index * size)
        if kind == _PT_LOAD:
            loads.append((address, offset, length))
        elif kind == _PT_DYNAMIC:
            dynamic = offset
    entries = _entries(content, dynamic)
    (strings,) = (value for tag, value in entries if tag == _DT_STRTAB)
    start = next(
        offset + strings - address for address, offset, length in loads if address <= strings < address + length
    )
    return {_text(content, start + value) for tag, value in entries if tag == _DT_NEEDED}


def _entries(content: bytes, offset: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while True:
        tag, value = struct.unpack_from("<QQ", content, offset)
        if tag == _DT_NULL:
            return found
        found.append((tag, value))
        offset += 16


def _text(content: bytes, start: int) -> str:
    return content[start : content.index(b"\0", start)].decode()
