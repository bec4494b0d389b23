"""A copy of an issued document in UBL says what the frozen XML says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.services.export_document import ExportDocument
from tests.documents.invoices import complete_invoice
from tests.fakes.office import Office


def test_the_ubl_of_an_issued_document_says_the_same() -> None:
    reader, writer = DocumentReader(), DocumentWriter()
    document = replace(Office().issued(send=False), xml=writer.write_cii(complete_invoice()))
    ubl = reader.read(ExportDocument(reader, writer).ubl(document))
    assert (ubl.format, ubl.invoice) == ("ubl", complete_invoice())


def test_a_frozen_file_that_cannot_be_read_is_said() -> None:
    reader, writer = DocumentReader(), DocumentWriter()
    document = replace(Office().issued(send=False), xml=b"<Order/>")
    with pytest.raises(UserError, match="ED-READ-UNKNOWN"):
        ExportDocument(reader, writer).ubl(document)
