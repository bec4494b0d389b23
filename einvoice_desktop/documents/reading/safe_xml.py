"""Parsing XML that somebody else wrote: no DTD, no entity, no network, bounded size and depth.

A document type is refused before the first element is looked at, so that no entity is ever expanded. Two faults of
real senders are mended, with a finding: a wrong or unknown declared encoding, and blanks before the declaration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from einvoice_desktop.documents.nodes import Element
from einvoice_desktop.domain.findings import Finding, Severity

MAX_XML_BYTES = 100_000_000
MAX_TAGS = 3_000_000
_CHUNK = 65_536
_PROLOGUE = 16_384
_BLANKS = b" \t\r\n"
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*\?>")
_FALLBACK_ENCODINGS = ("utf-8", "windows-1252")


@dataclass(frozen=True, slots=True)
class ParsedXml:
    """The root of a document, or why there is none."""

    root: Element | None
    problems: tuple[Finding, ...] = ()


class _DoctypeError(Exception):
    """The document declares a type, hence perhaps entities."""


def parse(content: bytes) -> ParsedXml:
    """The root element of ``content``; never raises."""
    if len(content) > MAX_XML_BYTES:
        return _refused("ED-READ-TOO-LARGE", limit=str(MAX_XML_BYTES))
    if content.count(b"<") > MAX_TAGS:  # each element costs a hundred times its bytes in memory
        return _refused("ED-READ-TOO-LARGE", limit=str(MAX_TAGS))
    if not content.strip(b" \t\r\n\x00"):
        return _refused("ED-READ-EMPTY")
    trimmed = content.lstrip(_BLANKS)
    oddities = [_odd("ED-READ-LEADING-BLANKS")] if len(trimmed) != len(content) else []
    try:
        return ParsedXml(_root(trimmed), tuple(oddities))
    except _DoctypeError:
        return _refused("ED-READ-DTD")
    except etree.XMLSyntaxError as error:
        return _second_try(trimmed, error, oddities)


def _second_try(content: bytes, error: etree.XMLSyntaxError, oddities: list[Finding]) -> ParsedXml:
    message = str(error)
    if b"<!DOCTYPE" in content[:_PROLOGUE].replace(b"\x00", b""):
        return _refused("ED-READ-DTD", detail=message)
    if "huge" in message.lower():
        return _refused("ED-READ-TOO-LARGE", detail=message)
    if not _is_about_encoding(message):
        return _refused("ED-READ-NOT-XML", detail=message)
    for encoding in _FALLBACK_ENCODINGS:
        try:
            root = _root(_as_utf8(content, encoding))
        except _DoctypeError:
            return _refused("ED-READ-DTD")
        except (etree.XMLSyntaxError, UnicodeDecodeError):
            continue
        return ParsedXml(root, (*oddities, _odd("ED-READ-ENCODING", detail=message, encoding=encoding)))
    return _refused("ED-READ-NOT-XML", detail=message)


def _is_about_encoding(message: str) -> bool:
    lowered = message.lower()
    return any(
        word in lowered for word in ("encoding", "utf-8", "invalid bytes", "input conversion", "string not closed")
    )


def _as_utf8(content: bytes, encoding: str) -> bytes:
    """``content`` in UTF-8, without the declaration that lied."""
    return _DECLARATION.sub(b"", content.decode(encoding).encode(), count=1)


def _root(content: bytes) -> Element:
    _refuse_doctype(content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _refuse_doctype(content: bytes) -> None:
    """Read up to the first element only, and look whether a document type came before it."""
    prologue = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for start in range(0, len(content), _CHUNK):
        prologue.feed(content[start : start + _CHUNK])
        for _, element in prologue.read_events():
            document = element.getroottree().docinfo if isinstance(element, Element) else None
            if getattr(document, "doctype", ""):  # unknown to the stubs of lxml
                raise _DoctypeError
            return


def _refused(code: str, detail: str = "", **params: str) -> ParsedXml:
    return ParsedXml(None, (Finding(code, message=detail, params=params),))


def _odd(code: str, detail: str = "", **params: str) -> Finding:
    return Finding(code, severity=Severity.WARNING, message=detail, params=params)
