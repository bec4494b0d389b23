"""Looking into the files made, with a library that did not make them."""

from __future__ import annotations

import io
from typing import Any

import pypdf

SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})


def open_pdf(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content), strict=True)


def text_of(content: bytes) -> str:
    """What a reader can select on the pages, with ordinary spaces."""
    pages = [page.extract_text() for page in open_pdf(content).pages]
    return "\n\f\n".join(pages).translate(SPACES)


def flat_text(content: bytes) -> str:
    """The same on one line: where text was wrapped does not matter."""
    return " ".join(text_of(content).split())


def catalog(content: bytes) -> Any:
    return open_pdf(content).trailer["/Root"].get_object()


def identifier(content: bytes) -> bytes:
    """The first half of ``/ID``."""
    both: Any = open_pdf(content).trailer["/ID"]
    return bytes(both[0].original_bytes)


def embedded_fonts(content: bytes) -> dict[str, bool]:
    """Each face any page may use, and whether its file is inside."""
    found = {}
    for page in open_pdf(content).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            described = font.get_object()
            descriptor = described.get("/FontDescriptor")
            found[str(described["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found
