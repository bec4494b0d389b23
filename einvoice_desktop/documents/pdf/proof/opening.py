"""A PDF opened with pypdf: its catalog, pages, fonts and embedded files, each reached once."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from einvoice_desktop.documents.pdf.proof.scanning import Font, Piece, UnreadableError, pieces_of, unicode_map

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_OBJECTS = 20_000
_UNVISITED = frozenset({"/Parent", "/StructTreeRoot", "/P", "/Pg", "/Prev", "/Dest"})
"""Ways back, and the structure tree: it holds no stream, no file and no action."""


@dataclass(frozen=True)
class OpenFile:
    """A file and everything its catalog leads to.

    Attributes:
        dictionaries: every dictionary and stream reached, once each.
    """

    reader: PdfReader
    root: dict[str, Any]
    dictionaries: tuple[dict[str, Any], ...] = field(repr=False)

    def fonts(self) -> list[dict[str, Any]]:
        """Every font, descendants included."""
        return [d for d in self.dictionaries if d.get("/Type") == "/Font"]

    def embedded(self) -> list[dict[str, Any]]:
        """Every file specification that holds a file."""
        return [d for d in self.dictionaries if isinstance(resolved(d.get("/EF")), dict)]

    def contents(self) -> list[bytes]:
        """The content stream of each page."""
        return [_content(page) for page in self.reader.pages]

    def pieces(self) -> list[Piece]:
        """The text of all pages in drawing order.

        Raises:
            UnreadableError: a page cannot be read whole.
        """
        found: list[Piece] = []
        fonts: dict[int, Font] = {}
        for number, page in enumerate(self.reader.pages):
            resources = dictionary(page.get("/Resources"))
            for item in dictionary(resources.get("/XObject")).values():
                if dictionary(item).get("/Subtype") == "/Form":
                    raise UnreadableError("text may be inside a form")
            named = {str(name): _font(item, fonts) for name, item in dictionary(resources.get("/Font")).items()}
            box = page.mediabox
            size = (float(box.width), float(box.height))
            found += pieces_of(_content(page), number, size, named)
        return found


def open_file(content: bytes) -> OpenFile:
    """``content`` opened; whatever the library raises on a damaged file goes up."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = PdfReader(io.BytesIO(content), strict=True)
    root = dictionary(reader.trailer["/Root"])
    return OpenFile(reader, root, () if reader.is_encrypted else tuple(_walk(root)))


def resolved(value: Any) -> Any:
    """The object behind a reference."""
    return value.get_object() if hasattr(value, "get_object") else value


def dictionary(value: Any) -> dict[str, Any]:
    """The dictionary behind ``value``, empty when it is something else."""
    found = resolved(value)
    return found if isinstance(found, dict) else {}


def array(value: Any) -> list[Any]:
    """The array behind ``value``, empty when it is something else."""
    found = resolved(value)
    return found if isinstance(found, list) else []


def _walk(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        item = resolved(waiting.pop())
        if not isinstance(item, dict | list) or id(item) in seen:
            continue
        seen.add(id(item))
        if len(seen) > _MOST_OBJECTS:
            raise UnreadableError("too many objects")
        if isinstance(item, list):
            waiting += [value for value in item if hasattr(value, "get_object")]
            continue
        yield item
        waiting += [value for key, value in item.items() if key not in _UNVISITED and hasattr(value, "get_object")]


def _content(page: Any) -> bytes:
    contents = resolved(page.get("/Contents"))
    parts = contents if isinstance(contents, list) else [contents]
    return b"\n".join(resolved(part).get_data() for part in parts if part is not None)


def _font(reference: Any, known: dict[int, Font]) -> Font:
    described = dictionary(reference)
    if id(described) not in known:
        stream = resolved(described.get("/ToUnicode"))
        texts, length = unicode_map(stream.get_data()) if hasattr(stream, "get_data") else ({}, 1)
        first = int(described.get("/FirstChar", 0))
        widths = {first + n: float(w) for n, w in enumerate(array(described.get("/Widths")))}
        known[id(described)] = Font(texts, widths, length)
    return known[id(described)]
