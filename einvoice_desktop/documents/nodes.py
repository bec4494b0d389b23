"""A view of an XML element through a table "business term -> XPath", so that one reader serves every syntax.

The library that writes our documents can also read, but it turns repeated groups into dictionaries (a second bank
account or identifier is lost), raises on a bad date, and takes 95 ms for a UBL invoice; this table takes two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the class
_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Syntax:
    """Where each business term lies in one XML syntax.

    Attributes:
        namespaces: prefixes used by ``paths``.
        paths: XPath of each term, relative to the group it belongs to.
        tax_points: BT-8 codes of that syntax.
    """

    namespaces: Mapping[str, str]
    paths: Mapping[str, str]
    tax_points: Mapping[str, str]
    _compiled: dict[str, etree.XPath] = field(default_factory=dict, repr=False)

    def xpath(self, term: str) -> etree.XPath | None:
        """The compiled path of ``term``; ``None`` when this syntax has no place for it."""
        compiled = self._compiled.get(term)
        if compiled is None and term in self.paths:
            compiled = etree.XPath(self.paths[term], namespaces=dict(self.namespaces), smart_strings=False)
            self._compiled[term] = compiled
        return compiled


@dataclass(frozen=True, slots=True)
class Node:
    """One group of business terms (the document, a party, a line…) in some syntax.

    Attributes:
        seen: where to note the elements that were read, so that what was not can be told; ``None`` to note nothing.
    """

    element: Element
    syntax: Syntax
    seen: set[Element] | None = field(default=None, compare=False, repr=False)

    def all(self, group: str) -> list[Node]:
        """The occurrences of ``group`` below this one, in document order."""
        found = [e for e in self._find(group) if isinstance(e, Element)]
        if self.seen is not None:
            self.seen.update(found)
        return [Node(e, self.syntax, self.seen) for e in found]

    def first(self, group: str) -> Node | None:
        """The first occurrence of ``group``, ``None`` without."""
        found = self.all(group)
        return found[0] if found else None

    def texts(self, term: str) -> list[str]:
        """The values of ``term`` that are not blank, trimmed."""
        return list(self._texts(term))

    def text(self, term: str) -> str:
        """The first value of ``term``, trimmed; empty without."""
        return next(self._texts(term), "")

    def token(self, term: str) -> str:
        """The first value of ``term`` as a code or identifier: no inner line break or run of blanks."""
        return _BLANKS.sub(" ", self.text(term))

    @property
    def own_text(self) -> str:
        """The text of the element itself, trimmed."""
        return _text(self.element)

    @property
    def raw_text(self) -> str:
        """The text of the element itself as it stands."""
        return "".join(map(str, self.element.itertext()))

    def attribute(self, name: str) -> str:
        """An attribute of the element itself, empty without."""
        return str(self.element.get(name) or "").strip()

    def _texts(self, term: str) -> Iterator[str]:
        for found in self._find(term):
            text = _text(found)
            if self.seen is not None and isinstance(found, Element):
                self.seen.add(found)
            if text:
                yield text

    def _find(self, term: str) -> Iterator[object]:
        compiled = self.syntax.xpath(term)
        if compiled is None:
            return iter(())
        found = compiled(self.element)
        return iter(found) if isinstance(found, list) else iter((found,))


def _text(found: object) -> str:
    if isinstance(found, Element):
        # A comment or a nested tag inside a value must not cut it short.
        found = "".join(map(str, found.itertext())) if len(found) else (found.text or "")
    return str(found).strip()
