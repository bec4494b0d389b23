"""What a file may be, told by how it begins and never by its name (R-049)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

HEAD: Final = 8192
"""First bytes of a file that are enough to tell."""


class FileKind(Enum):
    """What a file is worth being opened as."""

    EMPTY = "empty"
    PDF = "pdf"
    XML = "xml"
    ZIP = "zip"
    EMAIL = "email"
    OTHER = "other"


DOCUMENTS: Final = frozenset({FileKind.PDF, FileKind.XML, FileKind.EMPTY})
"""Kinds that are read as one document; an empty file is one that says so."""

_PDF_WINDOW = 1024
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_BYTE_ORDERS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BARE_UTF_16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_WEB_PAGE = re.compile(r"(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+)?html\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[?!]?[A-Za-z_-]")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_MAILBOX_LINE = re.compile(r"From \S+ [^\n]*\n")
_MAIL_FIELDS = frozenset(
    "from to subject date message-id mime-version content-type received return-path delivered-to reply-to "
    "dkim-signature arc-seal authentication-results x-original-to".split()
)
_ENOUGH_FIELDS = 2


def kind_of(head: bytes) -> FileKind:
    """The kind of the file whose first :data:`HEAD` bytes are ``head`` (all of them, for a shorter one).

    A PDF has its header within the first KiB; an XML begins with markup, in UTF-8 or UTF-16, with or without a byte
    order mark; an e-mail (RFC 822) begins with a block of header fields. A web page is none of them.
    """
    if not head:
        return FileKind.EMPTY
    if head.startswith(_ZIPS):
        return FileKind.ZIP
    if b"%PDF-" in head[:_PDF_WINDOW]:
        return FileKind.PDF
    text = _as_text(head)
    if _MARKUP.match(text) is not None:
        return FileKind.OTHER if _WEB_PAGE.match(text) is not None else FileKind.XML
    return FileKind.EMAIL if _begins_like_an_email(text) else FileKind.OTHER


def _as_text(head: bytes) -> str:
    for mark, encoding in _BYTE_ORDERS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace").lstrip()
    for begin, encoding in _BARE_UTF_16:
        if head.startswith(begin):
            return head.decode(encoding, "replace")
    return head.decode("latin-1").lstrip()


def _begins_like_an_email(text: str) -> bool:
    text = text.replace("\r\n", "\n")
    mailbox = _MAILBOX_LINE.match(text)
    block = text[mailbox.end() if mailbox else 0 :].partition("\n\n")[0]
    if _FIELD.match(block) is None:
        return False
    return len({name.lower() for name in _FIELD.findall(block)} & _MAIL_FIELDS) >= _ENOUGH_FIELDS
