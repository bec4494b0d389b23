"""Parsing XML that somebody else wrote: no DTD, no entity, no network, bounded size and depth.

A document type is refused before the first element is looked at, so that no entity is ever expanded. Two faults of
real senders are mended, with a finding: a wrong or unknown declared encoding, and blanks before the declaration.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from einvoice_desktop.documents.en16931.nodes import Element
from einvoice_desktop.domain.findings import Finding, Severity

MAX_XML_BYTES = 100_000_000
_CHUNK = 65_536
_BLANKS = b" \t\r\n"
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
    if "huge" in message.lower():
        return _refused("ED-READ-TOO-LARGE", detail=message)
    if not _is_about_encoding(message):
        return _refused("ED-READ-NOT-XML", detail=message)
    for encoding in _FALLBACK_ENCODINGS:
        try:
            root = _root(content, encoding)
        except _DoctypeError:
            return _refused("ED-READ-DTD")
        except etree.XMLSyntaxError:
            continue
        return ParsedXml(root, (*oddities, _odd("ED-READ-ENCODING", detail=message, encoding=encoding)))
    return _refused("ED-READ-NOT-XML", detail=message)


def _is_about_encoding(message: str) -> bool:
    lowered = message.lower()
    return any(word in lowered for word in ("encoding", "utf-8", "invalid bytes", "input conversion", "invalid char"))


def _root(content: bytes, encoding: str | None = None) -> Element:
    _refuse_doctype(content, encoding)
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _refuse_doctype(content: bytes, encoding: str | None) -> None:
    """Read up to the first element only, and look whether a document type came before it."""
    prologue = etree.XMLPullParser(
        events=("start",), encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for start in range(0, len(content), _CHUNK):
        prologue.feed(content[start : start + _CHUNK])
        for _, element in prologue.read_events():
            if isinstance(element, Element):
                document = element.getroottree().docinfo
                if document.internalDTD is not None or document.doctype:
                    raise _DoctypeError
            return


def _refused(code: str, detail: str = "", **params: str) -> ParsedXml:
    return ParsedXml(None, (Finding(code, message=detail, params=params),))


def _odd(code: str, detail: str = "", **params: str) -> Finding:
    return Finding(code, severity=Severity.WARNING, message=detail, params=params)
