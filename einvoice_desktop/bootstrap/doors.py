"""Doors that are slow to load, made at their first use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from einvoice_desktop.documents.cdar import CdarWriter
    from einvoice_desktop.documents.pdf.maker import ReportlabPdf as PdfMaker
    from einvoice_desktop.documents.pdf.proof import PypdfProver
    from einvoice_desktop.documents.reading.reader import DocumentReader
    from einvoice_desktop.documents.writing import DocumentWriter
    from einvoice_desktop.services.export_document import ExportDocument

MadeT = TypeVar("MadeT")


class _Later(Generic[MadeT]):
    """Stands for a door that is slow to load, and makes it at the first use: the window opens before."""

    def __init__(self, make: Callable[[], MadeT]) -> None:
        self._make = make
        self._made: MadeT | None = None
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> object:
        with self._lock:
            if self._made is None:
                self._made = self._make()
        return getattr(self._made, name)

    def is_unused_door(self) -> bool:
        """Whether it was never needed."""
        return self._made is None


def later(make: Callable[[], MadeT]) -> MadeT:
    """What ``make`` makes, made at its first use, from any thread."""
    return cast("MadeT", _Later(make))


def is_unused(door: object) -> bool:
    """Whether a door of :func:`later` was never needed: nothing is to be closed."""
    return isinstance(door, _Later) and door.is_unused_door()


def make_pdf() -> PdfMaker:
    """The maker of pages."""
    from einvoice_desktop.documents.pdf.maker import ReportlabPdf

    return ReportlabPdf()


def make_prover() -> PypdfProver:
    """The prover of finished files."""
    from einvoice_desktop.documents.pdf.proof import PypdfProver

    return PypdfProver()


def make_writer() -> DocumentWriter:
    """The writer of documents."""
    from einvoice_desktop.documents.writing import DocumentWriter

    return DocumentWriter()


def make_reader() -> DocumentReader:
    """The reader of documents."""
    from einvoice_desktop.documents.reading.reader import DocumentReader

    return DocumentReader()


def make_export(reader: DocumentReader, writer: DocumentWriter) -> ExportDocument:
    """The export of documents."""
    from einvoice_desktop.services.export_document import ExportDocument

    return ExportDocument(reader, writer)


def make_cdar() -> CdarWriter:
    """The writer of life-cycle messages."""
    from einvoice_desktop.documents.cdar import CdarWriter

    return CdarWriter()
