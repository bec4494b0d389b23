"""The XML files embedded in a PDF, whatever their names (Factur-X 1.0, ZUGFeRD 1 and 2, XRechnung, Order-X).

The PDF library is bounded by its own limits on decompressed size; the name tree is walked here, with limits of ours,
because a tree that points at itself is an old trick.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from einvoice_desktop.documents.reading.container_checks import Envelope, read_envelope
from einvoice_desktop.domain.findings import Finding

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PDF_BYTES = 200_000_000
_MAX_NODES = 2_000
_MAX_FILES = 50
_MAX_NAME = 255
_TAIL = 1_000_000
_LARGEST_IN_DISGUISE = 5_000_000
_BEFORE_THE_FIRST_TAG = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside a PDF: its name as stated (never trusted as a path) and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Container:
    """What a PDF holds and what it says of it, or why it could not be opened."""

    files: tuple[EmbeddedFile, ...] = ()
    problems: tuple[Finding, ...] = ()
    envelope: Envelope | None = None


def open_pdf(content: bytes) -> Container:
    """The XML files in a PDF; never raises."""
    if len(content) > MAX_PDF_BYTES:
        return Container(problems=(Finding("ED-READ-TOO-LARGE", params={"limit": str(MAX_PDF_BYTES)}),))
    if b"startxref" not in content[-_TAIL:]:
        # Without it the library walks back through the whole file, line by line.
        return _refused("ED-READ-PDF-BROKEN", "no startxref at the end: the file is cut short")
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        pdf = PdfReader(io.BytesIO(content))
        if pdf.is_encrypted and not pdf.decrypt(""):
            return _refused("ED-READ-PDF-ENCRYPTED")
        return Container(tuple(_xml_files(pdf)), envelope=_envelope(pdf))
    except (DependencyError, FileNotDecryptedError) as error:
        return _refused("ED-READ-PDF-ENCRYPTED", str(error))
    except Exception as error:  # noqa: BLE001 - a damaged PDF makes the library raise almost anything
        return _refused("ED-READ-PDF-BROKEN", f"{type(error).__name__}: {error}")


def _refused(code: str, detail: str = "") -> Container:
    return Container(problems=(Finding(code, message=detail[:500]),))


def _envelope(pdf: PdfReader) -> Envelope:
    specifications = [(_name(tree_name, each), each) for tree_name, each in _named(pdf)]
    associated = [_name("", each) for each in _associated(pdf)]
    return read_envelope(pdf, specifications, associated)


def _xml_files(pdf: PdfReader) -> Iterator[EmbeddedFile]:
    seen: set[str] = set()
    for tree_name, specification in _specifications(pdf):
        embedded = _dictionary(specification.get("/EF"))
        stream = _resolved(embedded.get("/UF") or embedded.get("/F"))
        name = _name(tree_name, specification)
        if name in seen or not hasattr(stream, "get_data"):
            continue
        content = stream.get_data() if _claims_to_be_xml(name, stream) else _xml_in_disguise(stream)
        if content is None:
            continue
        seen.add(name)
        yield EmbeddedFile(name, content)
        if len(seen) >= _MAX_FILES:
            return


def _name(tree_name: str, specification: dict[str, Any]) -> str:
    return str(specification.get("/UF") or specification.get("/F") or tree_name)[:_MAX_NAME]


def _claims_to_be_xml(name: str, stream: Any) -> bool:
    return name.lower().endswith(".xml") or "xml" in str(stream.get("/Subtype", "")).lower()


def _xml_in_disguise(stream: Any) -> bytes | None:
    """The bytes of a file that says nothing of XML and yet begins like one; ``None`` for any other, readable or not."""
    if stream.get("/Length", 0) > _LARGEST_IN_DISGUISE:
        return None
    try:
        content: bytes = stream.get_data()
    except Exception:  # noqa: BLE001 - a photo that cannot be inflated must not hide the invoice beside it
        return None
    return content if content[:64].lstrip(_BEFORE_THE_FIRST_TAG).startswith(b"<") else None


def _specifications(pdf: PdfReader) -> Iterator[tuple[str, dict[str, Any]]]:
    """File specifications of the name tree, then of the associated files (/AF) of the document."""
    yield from _named(pdf)
    for specification in _associated(pdf):
        yield "", specification


def _named(pdf: PdfReader) -> Iterator[tuple[str, dict[str, Any]]]:
    root = _dictionary(pdf.trailer["/Root"])
    tree = _dictionary(_dictionary(root.get("/Names")).get("/EmbeddedFiles"))
    waiting, visited = [tree], 0
    while waiting and visited < _MAX_NODES:
        node, visited = waiting.pop(), visited + 1
        names = _array(node.get("/Names"))[:_MAX_NODES]
        for name, specification in zip(names[::2], names[1::2], strict=False):
            yield str(_resolved(name)), _dictionary(specification)
        waiting += [_dictionary(kid) for kid in reversed(_array(node.get("/Kids"))[:_MAX_NODES])]


def _associated(pdf: PdfReader) -> Iterator[dict[str, Any]]:
    for specification in _array(_dictionary(pdf.trailer["/Root"]).get("/AF"))[:_MAX_NODES]:
        yield _dictionary(specification)


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> dict[str, Any]:
    resolved = _resolved(value)
    return resolved if isinstance(resolved, dict) else {}


def _array(value: Any) -> list[Any]:
    resolved = _resolved(value)
    return resolved if isinstance(resolved, list) else []
