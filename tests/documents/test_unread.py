"""What a document says and we do not read is told; of a plain EN 16931 document nothing is left unread."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Profile
from tests.documents.invoices import complete_invoice
from tests.documents.test_corpus import FORMATS, verdicts
from tests.documents.test_extension import extended_invoice, invoice_with_details

READER, WRITER = DocumentReader(), DocumentWriter()


def elements(content: bytes) -> str:
    remarks = [remark for remark in READER.read(content).remarks if remark.code == "ED-READ-MORE"]
    return remarks[0].params["elements"] if remarks else ""


def test_whatever_we_write_we_read_whole() -> None:
    for invoice in (complete_invoice(), extended_invoice(), invoice_with_details()):
        assert elements(WRITER.write_cii(invoice)) == ""
        assert elements(WRITER.write_ubl(invoice)) == ""


def test_what_is_not_read_is_named_with_its_parent() -> None:
    xml = WRITER.write_cii(complete_invoice())
    more = b"<ram:ReceivingAdviceReferencedDocument><ram:LineID>7</ram:LineID>"
    assert elements(xml.replace(b"<ram:ReceivingAdviceReferencedDocument>", more)) == (
        "ReceivingAdviceReferencedDocument/LineID"
    )


def test_a_remark_does_not_block() -> None:
    xml = WRITER.write_cii(complete_invoice()).replace(b"<ram:LineID>1<", b"<ram:Odd>x</ram:Odd><ram:LineID>1<")
    (remark,) = [remark for remark in READER.read(xml).remarks if remark.code == "ED-READ-MORE"]
    assert not remark.is_blocking


@pytest.mark.conformance
def test_almost_nothing_of_the_corpus_is_left_unread(corpus: Path) -> None:
    told: Counter[str] = Counter()
    plain = (Profile.MINIMUM, Profile.BASIC_WL, Profile.BASIC, Profile.EN16931)
    for row in verdicts(corpus):
        if row["xsd"] == "ok" and FORMATS.get(row["kind"]) in {"cii", "ubl", "factur-x"}:
            found = elements((corpus / row["file"]).read_bytes())
            told["whole" if not found else "not whole"] += 1
            if found and row["profile_BT24"] in plain:
                told[Path(row["file"]).name] += 1
    print(told)
    assert told.pop("whole") > 295
    assert told.pop("not whole") < 30
    assert set(told) == {
        "ubl-tc434-example5.xml",  # a second object of a line (BT-128 is one)
        "multiple-payment-means.cii.xml",  # a second text of the means (BT-82 is one)
        "F202500001_INV_20250201.pdf",  # an account number beside the IBAN (BT-84 is one)
        "F202500001_INV_20250201_CII_Commentee_EN16931.xml",
        "invalidPDF.pdf",
    }
