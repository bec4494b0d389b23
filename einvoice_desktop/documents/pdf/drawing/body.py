"""The bytes of a file around its objects: plain ones first, small ones packed together, then where each one is.

ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams): the structure of a page of forty lines takes
five kilobytes instead of fifty.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACK = 200
"""Objects in one stream: readers open the whole of it for any one of them."""


def assemble(plain: Sequence[bytes], packed: Sequence[bytes], *, root: int, info: int, identifier: bytes) -> bytes:
    """A file of ``plain`` objects (with ``obj`` and ``endobj``), numbered from 1, then of ``packed`` ones (bare)."""
    parts, offset = [_HEADER], len(_HEADER)
    entries: list[tuple[int, int, int]] = [(0, 0, 65535)]
    for written in plain:
        entries.append((1, offset, 0))
        parts.append(written)
        offset += len(written)
    first = len(plain) + 1
    streams = first + len(packed)
    for start in range(0, len(packed), _PACK):
        number = streams + start // _PACK
        group = packed[start : start + _PACK]
        entries += [(2, number, index) for index in range(len(group))]
    for start in range(0, len(packed), _PACK):
        written = _object_stream(streams + start // _PACK, first + start, packed[start : start + _PACK])
        entries.append((1, offset, 0))
        parts.append(written)
        offset += len(written)
    own = len(entries)
    entries.append((1, offset, 0))
    table = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(4, "big") + more.to_bytes(2, "big") for kind, at, more in entries
    )
    described = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[%s%s]" % (
        own + 1,
        root,
        info,
        identifier,
        identifier,
    )
    parts.append(_stream(own, described, table))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % offset)
    return b"".join(parts)


def _object_stream(number: int, first: int, objects: Sequence[bytes]) -> bytes:
    index, at = [], 0
    for place, written in enumerate(objects):
        index.append(b"%d %d" % (first + place, at))
        at += len(written) + 1
    head = b" ".join(index) + b"\n"
    return _stream(number, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), head + b"\n".join(objects))


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    data = zlib.compress(content, 9)
    return b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        entries,
        len(data),
        data,
    )
