"""What each drawn thing is, for those who hear a page: the structure tree (ISO 32000-1, 14.7 and 14.8).

A tag is made while a page is composed and finds its place in the tree when it is first drawn; what is drawn outside of
any tag is an artifact (lines, colours, foot and heading of the pages, watermark).

What PDF/UA-1 (ISO 14289-1) still lacks: words of a second language are not marked with it, so that a page in two
languages does not claim the standard; a box drawn for a character the faces lack is heard as a box; that a page is a
sandbox one is only seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol


class Reference(Protocol):
    """Gives the number of the object a page is."""

    def __call__(self, page: int) -> int:
        """The object number of the page of this index."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """Content of one page: its marked-content identifier."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Tag:
    """A structure element.

    Attributes:
        kind: standard structure type (``P``, ``H1``, ``Table``, ``TR``, ``TH``, ``TD``, ``Figure``…).
        scope: ``Row`` or ``Column`` of a header cell.
        alternate: what a picture shows, in words. box: its place (left, low, right, high), in points.
        language: of a text that is not French.
        content: elements and marks, in reading order.
    """

    kind: str
    scope: str = ""
    alternate: str = ""
    box: tuple[float, float, float, float] | None = None
    language: str = ""
    parent: Tag | None = None
    content: list[Tag | Mark] = field(default_factory=list)

    def add(self, item: Tag | Mark) -> None:
        """``item`` at the end of this element, unless it already has a place."""
        if isinstance(item, Tag):
            if item.parent is not None:
                return
            item.parent = self
        self.content.append(item)

    def walk(self) -> Iterator[Tag]:
        """This element and all below, in reading order."""
        yield self
        for item in self.content:
            if isinstance(item, Tag):
                yield from item.walk()


def encode_tree(root: Tag, first: int, page_number: Reference, pages: int) -> list[bytes]:
    """The objects of the tree, numbered from ``first``: the tree root, the parent tree, then each element."""
    tags = list(root.walk())
    numbers = {id(tag): first + 2 + index for index, tag in enumerate(tags)}
    owners: list[dict[int, int]] = [{} for _ in range(pages)]
    for tag in tags:
        for item in tag.content:
            if isinstance(item, Mark):
                owners[item.page][item.number] = numbers[id(tag)]
    tree = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
    parents = b" ".join(
        b"%d [%s]" % (page, b" ".join(b"%d 0 R" % marks[number] for number in sorted(marks)))
        for page, marks in enumerate(owners)
    )
    objects = [tree % (first + 2, first + 1, pages), b"<</Nums [%s]>>" % parents]
    for tag in tags:
        parent = numbers[id(tag.parent)] if tag.parent is not None else first
        objects.append(_element(tag, parent, numbers, page_number))
    return objects


def _element(tag: Tag, parent: int, numbers: dict[int, int], page_number: Reference) -> bytes:
    marks = [item for item in tag.content if isinstance(item, Mark)]
    home = marks[0].page if marks else None
    kids = [_kid(item, home, numbers, page_number) for item in tag.content]
    parts = [b"/S/%s/P %d 0 R" % (tag.kind.encode(), parent)]
    if home is not None:
        parts.append(b"/Pg %d 0 R" % page_number(home))
    if kids:
        parts.append(b"/K %s" % kids[0] if len(kids) == 1 else b"/K [%s]" % b" ".join(kids))
    if tag.scope:
        parts.append(b"/A<</O/Table/Scope/%s>>" % tag.scope.encode())
    if tag.box is not None:
        parts.append(b"/A<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % tag.box)
    if tag.alternate:
        parts.append(b"/Alt<%s>" % ("\ufeff" + tag.alternate).encode("utf-16-be").hex().upper().encode())
    if tag.language:
        parts.append(b"/Lang(%s)" % tag.language.encode())
    return b"<<%s>>" % b"".join(parts)


def _kid(item: Tag | Mark, home: int | None, numbers: dict[int, int], page_number: Reference) -> bytes:
    if isinstance(item, Tag):
        return b"%d 0 R" % numbers[id(item)]
    if item.page == home:
        return b"%d" % item.number
    return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page_number(item.page), item.number)
