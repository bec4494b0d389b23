"""An issued document in the other syntax, for whoever cannot read the one it was issued in."""

from __future__ import annotations

from einvoice_desktop.ports.documents import InvoiceReader, InvoiceWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.unit_of_work import IssuedDocument


class ExportDocument:
    """Writes copies of issued documents; the frozen CII remains the original, and nothing is kept of a copy."""

    def __init__(self, reader: InvoiceReader, writer: InvoiceWriter) -> None:
        self._reader, self._writer = reader, writer

    def ubl(self, document: IssuedDocument) -> bytes:
        """The UBL that says what the frozen XML says: the same terms, the same amounts.

        A frozen XML without lines (BASIC WL) is no UBL: what it leaves out is taken from the frozen JSON.

        Raises:
            UserError: the frozen XML cannot be read (``ED-READ-…``).
        """
        found = self._reader.read(document.xml)
        if found.invoice is None:
            problem = found.problems[0] if found.problems else None
            raise UserError(problem.code if problem else "ED-READ-UNKNOWN", problem.message if problem else "")
        if found.invoice.lines:
            return self._writer.write_ubl(found.invoice)
        return self._writer.write_ubl(self._reader.read_json(document.json))
