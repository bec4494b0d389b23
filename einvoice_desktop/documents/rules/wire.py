"""Frames between the program and its worker: four bytes of length, big-endian, then the bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO, TypedDict

_LENGTH = struct.Struct(">I")

CHECK = b"C"
"""First byte of a request: check the document that follows."""

WARM = b"W"
"""First byte of a request: load what a first invoice needs."""

PING = b"P"
"""First byte of a request: answer, and nothing else."""

LONGEST = 2**32 - 2
"""Longest body a request can carry, in bytes."""


class FindingReply(TypedDict):
    """A finding on its way back; the fields of :class:`einvoice_desktop.domain.findings.Finding`."""

    code: str
    place: str
    severity: str
    message: str
    location: str
    params: dict[str, str]


class Reply(TypedDict):
    """What the worker answers.

    Attributes:
        why_not_checked: reason why the rules could not run, else empty.
        others: the fields of the same name of :class:`einvoice_desktop.ports.rules.RuleReport`.
    """

    findings: list[FindingReply]
    en16931_compliant: bool
    format: str
    profile: str
    type_code: str
    checked: list[str]
    why_not_checked: str
    elapsed: float


def write_frame(stream: BinaryIO, *parts: bytes) -> None:
    """Send one frame made of ``parts`` and flush.

    Raises:
        OSError: nobody reads at the other end.
    """
    stream.write(_LENGTH.pack(sum(map(len, parts))))
    stream.writelines(parts)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, ``None`` when the other end is gone (even in the middle of a frame)."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None
