"""A PDF/A-3b file: embedded subsets, sRGB intent, XMP, and the file attached to it, if any.

The bytes depend on the arguments alone: dates are given, the identifier is a digest of the content, characters of
a face are numbered in their own order. Objects are written by reportlab's document; its canvas is not used.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from einvoice_desktop.documents.pdf.drawing.body import assemble
from einvoice_desktop.documents.pdf.drawing.fonts import Face, Fonts
from einvoice_desktop.documents.pdf.drawing.pictures import Picture
from einvoice_desktop.documents.pdf.drawing.sheet import HEIGHT, WIDTH, Sheet
from einvoice_desktop.documents.pdf.drawing.tags import Tag, encode_tree
from einvoice_desktop.documents.pdf.drawing.xmp import Properties, packet

_VERSION = (1, 7)
_TREE = b"@StructTreeRoot@"
"""Stands in the catalog until the number of the structure tree is known."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF; ``relationship`` is its ``AFRelationship`` (ISO 32000-2, 7.11.3)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its text and the index of its page."""

    title: str
    page: int


class Archive:
    """A PDF/A-3b file in the making; :meth:`encode` is what the sheets draw text through."""

    def __init__(self, fonts: Fonts) -> None:
        from reportlab.pdfbase import pdfdoc

        self._pdf: Any = pdfdoc
        self._stream_type = _stream_type()
        self._document: Any = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=_VERSION)
        self._fonts = fonts
        self._seen: dict[str, list[tuple[str, bytes]]] = {}

    def encode(self, face: Face, text: str) -> list[tuple[str, bytes]]:
        """Runs of ``text``, each in one subset of ``face``."""
        key = face.name + text
        found = self._seen.get(key)
        if found is None:
            font, document = face.ttf, self._document
            parts = font.splitString(text, document)
            found = [(font.getSubsetInternalName(subset, document), codes) for subset, codes in parts]
            self._seen[key] = found
        return found

    def finish(
        self,
        sheets: Sequence[Sheet],
        tree: Tag,
        properties: Properties,
        *,
        pictures: Mapping[str, Picture],
        attached: Attached | None = None,
        bookmarks: Sequence[Bookmark] = (),
    ) -> bytes:
        """The file. To be called once."""
        pdf, document = self._pdf, self._document
        images = {name: self._image(picture) for name, picture in pictures.items()}
        pages = [self._page(index, sheet, images) for index, sheet in enumerate(sheets)]
        kids = [document.Reference(page, f"Page{index}") for index, page in enumerate(pages, 1)]
        node = pdf.PDFDictionary({"Type": pdf.PDFName("Pages"), "Count": len(kids), "Kids": pdf.PDFArray(kids)})
        node_reference = document.Reference(node, "PageTree")
        for page in pages:
            page["Parent"] = node_reference
        for font in document.delayedFonts:
            font.addObjects(document)
        self._end_streams()
        document.Reference(self._info(properties), "Info")
        catalog = self._catalog(node_reference, kids, properties, attached, bookmarks)
        document.Reference(catalog, "Catalog")
        digest = hashlib.md5(usedforsecurity=False)
        for sheet in sheets:
            digest.update(sheet.content())
        digest.update(packet(properties) + (attached.content if attached else b""))
        return self._written(tree, len(sheets), b"<%s>" % digest.hexdigest().encode())

    def _written(self, tree: Tag, pages: int, identifier: bytes) -> bytes:
        """All objects, the catalog told where the structure tree is, which comes after them."""
        plain = self._plain_objects()
        first = len(plain) + 1
        catalog = self._number("Catalog") - 1
        plain[catalog] = plain[catalog].replace(_TREE, b"%d 0 R" % first)
        packed = encode_tree(tree, first, lambda page: self._number(f"Page{page + 1}"), pages)
        return assemble(plain, packed, root=self._number("Catalog"), info=self._number("Info"), identifier=identifier)

    def _plain_objects(self) -> list[bytes]:
        """Each object in the order of its number; writing one may make another."""
        document = self._document
        written: list[bytes] = []
        document.encrypt.prepare(document)
        while len(written) + 1 in document.numberToId:
            name = document.numberToId[len(written) + 1]
            item = self._pdf.PDFIndirectObject(name, document.idToObject[name])
            written.append(bytes(item.format(document)))
        return written

    def _number(self, name: str) -> int:
        return int(self._document.idToObjectNumberAndVersion[name][0])

    def _page(self, index: int, sheet: Sheet, images: Mapping[str, Any]) -> Any:
        pdf = self._pdf
        resources = {"Font": self._document.Reference(self._document.idToObject["BasicFonts"], "BasicFonts")}
        used = {name: images[name] for name in sorted(sheet.pictures)}
        if used:
            resources["XObject"] = pdf.PDFDictionary(used)
        return pdf.PDFDictionary(
            {
                "Type": pdf.PDFName("Page"),
                "MediaBox": pdf.PDFArray([0, 0, WIDTH, HEIGHT]),
                "Resources": pdf.PDFDictionary(resources),
                "Contents": self._stream(sheet.content(), {}),
                "StructParents": index,
                "Tabs": pdf.PDFName("S"),
            }
        )

    def _image(self, picture: Picture) -> Any:
        pdf = self._pdf
        entries = {
            "Type": pdf.PDFName("XObject"),
            "Subtype": pdf.PDFName("Image"),
            "Width": picture.width,
            "Height": picture.height,
            "ColorSpace": pdf.PDFName("DeviceRGB"),
            "BitsPerComponent": 8,
            "Filter": pdf.PDFName(picture.filter),
        }
        return self._stream(picture.data, entries, is_packed=True)

    def _stream(self, content: bytes, entries: dict[str, Any], *, is_packed: bool = False) -> Any:
        """A reference to a new stream, deflated unless it says otherwise."""
        pdf = self._pdf
        if not is_packed:
            entries = {**entries, "Filter": pdf.PDFName("FlateDecode")}
            content = zlib.compress(content, 9)
        return self._document.Reference(self._stream_type(pdf.PDFDictionary(entries), content))

    def _end_streams(self) -> None:
        """Give the streams of the faces the end of line that PDF/A wants before ``endstream``."""
        objects = self._document.idToObject
        for key, item in objects.items():
            if type(item) is self._pdf.PDFStream:
                objects[key] = self._stream_type(item.dictionary, item.content, item.filters)

    def _info(self, properties: Properties) -> Any:
        pdf = self._pdf
        made = pdf.PDFString(f"D:{_utc(properties.made_at):%Y%m%d%H%M%S}+00'00'")
        entries = {
            "Title": properties.title,
            "Author": properties.author,
            "Subject": properties.subject,
            "Creator": properties.producer,
            "Producer": properties.producer,
        }
        texts = {name: pdf.PDFString(text) for name, text in entries.items() if text}
        return pdf.PDFDictionary({**texts, "CreationDate": made, "ModDate": made})

    def _catalog(
        self,
        pages: Any,
        kids: Sequence[Any],
        properties: Properties,
        attached: Attached | None,
        bookmarks: Sequence[Bookmark],
    ) -> Any:
        pdf = self._pdf
        metadata = pdf.PDFDictionary({"Type": pdf.PDFName("Metadata"), "Subtype": pdf.PDFName("XML")})
        entries: dict[str, Any] = {
            "Type": pdf.PDFName("Catalog"),
            "Pages": pages,
            "Lang": pdf.PDFString(properties.language),
            "ViewerPreferences": pdf.PDFDictionary({"DisplayDocTitle": "true"}),
            "Metadata": self._document.Reference(self._stream_type(metadata, packet(properties))),
            "OutputIntents": pdf.PDFArray([self._intent()]),
            "PageMode": pdf.PDFName("UseOutlines" if bookmarks else "UseNone"),
            "MarkInfo": pdf.PDFDictionary({"Marked": "true"}),
            "StructTreeRoot": _TREE.decode(),
        }
        if bookmarks:
            entries["Outlines"] = self._outline(bookmarks, kids)
        if attached is not None:
            file = self._attach(attached, properties)
            entries["AF"] = pdf.PDFArray([file])
            names = pdf.PDFArray([pdf.PDFString(attached.name), file])
            entries["Names"] = pdf.PDFDictionary({"EmbeddedFiles": pdf.PDFDictionary({"Names": names})})
        return pdf.PDFDictionary(entries)

    def _intent(self) -> Any:
        pdf = self._pdf
        profile = self._stream(srgb_profile(), {"N": 3})
        return pdf.PDFDictionary(
            {
                "Type": pdf.PDFName("OutputIntent"),
                "S": pdf.PDFName("GTS_PDFA1"),
                "OutputConditionIdentifier": pdf.PDFString("sRGB"),
                "Info": pdf.PDFString("sRGB IEC61966-2.1"),
                "DestOutputProfile": profile,
            }
        )

    def _attach(self, attached: Attached, properties: Properties) -> Any:
        pdf = self._pdf
        made = pdf.PDFString(f"D:{_utc(properties.made_at):%Y%m%d%H%M%S}+00'00'")
        parameters = {"Size": len(attached.content), "ModDate": made, "CreationDate": made}
        kind = {"Type": pdf.PDFName("EmbeddedFile"), "Subtype": "/" + attached.media_type.replace("/", "#2F")}
        stream = self._stream(attached.content, {**kind, "Params": pdf.PDFDictionary(parameters)})
        name = pdf.PDFString(attached.name)
        entries = {
            "Type": pdf.PDFName("Filespec"),
            "F": name,
            "UF": name,
            "Desc": pdf.PDFString(attached.description),
            "AFRelationship": pdf.PDFName(attached.relationship),
            "EF": pdf.PDFDictionary({"F": stream, "UF": stream}),
        }
        return self._document.Reference(pdf.PDFDictionary(entries), "Attached")

    def _outline(self, bookmarks: Sequence[Bookmark], kids: Sequence[Any]) -> Any:
        pdf, document = self._pdf, self._document
        root = pdf.PDFDictionary({"Type": pdf.PDFName("Outlines"), "Count": len(bookmarks)})
        parent = document.Reference(root, "Outline")
        items = [
            pdf.PDFDictionary(
                {
                    "Title": pdf.PDFString(bookmark.title),
                    "Parent": parent,
                    "Dest": pdf.PDFArray([kids[bookmark.page], pdf.PDFName("Fit")]),
                }
            )
            for bookmark in bookmarks
        ]
        references = [document.Reference(item, f"Outline{index}") for index, item in enumerate(items)]
        for item, before in zip(items[1:], references, strict=False):
            item["Prev"] = before
        for item, after in zip(items, references[1:], strict=False):
            item["Next"] = after
        root["First"], root["Last"] = references[0], references[-1]
        return parent


@lru_cache(maxsize=1)
def _stream_type() -> Any:
    """A reportlab stream that ends as ISO 19005-3, 6.1.7.1 wants."""
    from reportlab.pdfbase import pdfdoc

    class EndedStream(pdfdoc.PDFStream):
        def format(self, document: Any) -> bytes:
            written = bytes(super().format(document))
            return written.removesuffix(b"endstream\n") + b"\nendstream\n"

    return EndedStream


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The sRGB ICC profile Little CMS builds (free of rights), its date fixed so that files can be compared."""
    from PIL import ImageCms

    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    content[24:36] = bytes.fromhex("07e8000100010000 00000000".replace(" ", ""))
    content[84:100] = bytes(16)
    return bytes(content)
