"""XML that came from anywhere, parsed without trusting it: no DTD, no entity, no network, bounded depth."""

from __future__ import annotations

import re
from typing import cast
from xml.parsers import expat

from lxml import etree

_CHUNK = 1 << 16
_POSITION = re.compile(r", line \d+, column \d+$")
_HUGE = 10_000_000
"""Above this size libxml2's limit of one text node is lifted: an attachment (BT-125) may be larger."""


class UnreadableXmlError(Exception):
    """The bytes are not XML we accept.

    Attributes:
        line: where, 1 for the first; 0 when unknown.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _PrologReadError(Exception):
    """Stops the reading of the prolog; says whether a DOCTYPE was met."""

    def __init__(self, *, has_doctype: bool) -> None:
        super().__init__()
        self.has_doctype = has_doctype


def parse(xml: bytes) -> etree._Element:
    """The root of ``xml``.

    Raises:
        UnreadableXmlError: not well-formed, or carries a document type declaration (the door of entity bombs and of
            external entities; no e-invoice syntax needs one).
    """
    if _has_doctype(xml):
        raise UnreadableXmlError("document type declarations (DTD, entities) are refused", 1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(xml) > _HUGE)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableXmlError(_POSITION.sub("", str(error.msg)), error.lineno or 0) from error
    except (ValueError, LookupError) as error:
        raise UnreadableXmlError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableXmlError("document type declarations (DTD, entities) are refused", 1)
    return root


def _has_doctype(xml: bytes) -> bool:
    """Whether a DOCTYPE stands before the root, seen before any of its entities is looked at."""
    parser = expat.ParserCreate()

    def on_doctype(*_: object) -> None:
        raise _PrologReadError(has_doctype=True)

    def on_element(*_: object) -> None:
        raise _PrologReadError(has_doctype=False)

    parser.StartDoctypeDeclHandler = on_doctype
    parser.StartElementHandler = on_element
    try:
        for start in range(0, len(xml), _CHUNK):
            parser.Parse(xml[start : start + _CHUNK])
    except _PrologReadError as prolog:
        return prolog.has_doctype
    except (expat.ExpatError, ValueError, LookupError):
        return False  # the real parser says what is wrong, with its line
    return False


def line_of(element: etree._Element) -> int:
    """Line where ``element`` starts, 0 when unknown."""
    return cast("int | None", element.sourceline) or 0


def path_of(element: etree._Element) -> str:
    """XPath 2.0 of ``element``, every step with its index: ``/*:Invoice[1]/*:InvoiceLine[2]``."""
    steps: list[str] = []
    here: etree._Element | None = element
    while here is not None:
        index = 1 + sum(1 for _ in here.itersiblings(here.tag, preceding=True))
        steps.append(f"*:{etree.QName(here).localname}[{index}]")
        here = here.getparent()
    return "/" + "/".join(reversed(steps))
