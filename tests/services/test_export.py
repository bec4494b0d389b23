"""A copy of an issued document in UBL says what the frozen XML says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Profile
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


def test_a_document_without_lines_in_its_xml_has_them_in_ubl() -> None:
    reader, writer = DocumentReader(), DocumentWriter()
    whole = replace(complete_invoice(), profile=Profile.BASIC_WL)
    document = replace(Office().issued(send=False), xml=writer.write_cii(whole), json=writer.write_json(whole))
    read = reader.read(document.xml).invoice
    assert read is not None
    assert read.lines == ()
    ubl = reader.read(ExportDocument(reader, writer).ubl(document)).invoice
    assert ubl is not None
    assert ubl.profile == Profile.EN16931
    assert [line.name for line in ubl.lines] == [line.name for line in whole.lines]
    assert ubl.totals.with_vat == whole.totals.with_vat
