"""Five hundred real documents: each is understood, none crashes, and amounts equal what an independent XPath finds."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from lxml import etree

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.ports.documents import ReadDocument

READER = DocumentReader()
FORMATS = {
    "CII": "cii",
    "UBL-INV": "ubl",
    "UBL-CN": "ubl",
    "CDAR": "cdar",
    "PDF+CII": "factur-x",
    "OTHER:Report": "ereport",
}
TOTALS = {
    "line_net": ("LineTotalAmount", "LineExtensionAmount"),
    "without_vat": ("TaxBasisTotalAmount", "TaxExclusiveAmount"),
    "with_vat": ("GrandTotalAmount", "TaxInclusiveAmount"),
    "paid": ("TotalPrepaidAmount", "PrepaidAmount"),
    "due": ("DuePayableAmount", "PayableAmount"),
    "allowances": ("AllowanceTotalAmount", "AllowanceTotalAmount"),
    "charges": ("ChargeTotalAmount", "ChargeTotalAmount"),
    "rounding": ("RoundingAmount", "PayableRoundingAmount"),
}
IMPOSSIBLE_DAYS = ("20260231", "20260431")


def verdicts(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "VERDICTS.tsv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if (corpus / row["file"]).is_file()]


def value(root: etree._Element, *steps: str) -> str:
    path = "/" + "".join(f"/*[local-name()='{step}']" for step in steps)
    return str(root.xpath(f"normalize-space({path})"))


def test_every_document_is_recognised_by_its_content(corpus: Path) -> None:
    rows = verdicts(corpus)
    assert len(rows) > 500
    for row in rows:
        found = READER.read((corpus / row["file"]).read_bytes())
        if row["kind"] in FORMATS:
            assert found.format == FORMATS[row["kind"]], row["file"]
        if row["kind"] in FORMATS and found.format != "ereport":
            assert (found.profile, found.type_code) == (row["profile_BT24"], row["type"]), row["file"]
        if row["kind"] not in FORMATS and found.invoice is None:
            assert found.problems, row["file"]


def test_what_cannot_be_read_says_why(corpus: Path) -> None:
    def codes(name: str) -> list[str]:
        return [problem.code for problem in READER.read((corpus / name).read_bytes()).problems]

    assert codes("akretion_factur-x/xml/order-x-basic.xml") == ["ED-READ-ORDER-X"]
    assert codes("akretion_factur-x/xml/zugferd-comfort.xml") == ["ED-READ-ZUGFERD1"]
    assert codes("reformock-recordings/docs/incoming-ReadableView.pdf") == ["ED-READ-PDF-NO-XML"]
    assert codes("VALENTINDML_facturx-cas-limites/XML-001/factur-x.xml") == ["ED-READ-NOT-XML"]
    assert codes("VALENTINDML_facturx-cas-limites/XML-003/facture.pdf") == ["ED-READ-ENCODING"]
    assert codes("lunatech-pa/fixtures/annuaire/F14_demo.xml") == ["ED-READ-UNKNOWN"]


def test_invoices_with_a_valid_schema_are_read_to_the_cent(corpus: Path) -> None:
    checked = 0
    for row in verdicts(corpus):
        if row["xsd"] != "ok" or FORMATS.get(row["kind"]) not in {"cii", "ubl", "factur-x"}:
            continue
        found = READER.read((corpus / row["file"]).read_bytes())
        if found.invoice is None:
            assert row["file"].endswith("mutants/CII_example5.xml"), row["file"]  # it has no number
            continue
        _assert_same(found, row["file"])
        checked += 1
    assert checked > 300


def _assert_same(found: ReadDocument, name: str) -> None:
    assert found.xml is not None
    assert found.invoice is not None
    root, invoice = etree.fromstring(found.xml), found.invoice
    is_ubl = "oasis" in root.tag
    if is_ubl:
        number, issued = value(root, "ID"), value(root, "IssueDate")
        lines = root.xpath("count(/*/*[local-name()='InvoiceLine' or local-name()='CreditNoteLine'])")
        summation = ["LegalMonetaryTotal"]
    else:
        number = value(root, "ExchangedDocument", "ID")
        issued = value(root, "ExchangedDocument", "IssueDateTime")
        lines = root.xpath("count(//*[local-name()='IncludedSupplyChainTradeLineItem'])")
        summation = [
            "SupplyChainTradeTransaction",
            "ApplicableHeaderTradeSettlement",
            "SpecifiedTradeSettlementHeaderMonetarySummation",
        ]
    assert invoice.number == number, name
    assert f"{invoice.issue_date:%Y%m%d}" == issued.replace("-", "")[:8] or issued in IMPOSSIBLE_DAYS, name
    assert len(invoice.lines) == lines, name
    for attribute, tags in TOTALS.items():
        text = value(root, *summation, tags[is_ubl])
        assert getattr(invoice.totals, attribute) == Decimal(text or 0), (name, attribute)


def test_amounts_are_not_floats(corpus: Path) -> None:
    for row in verdicts(corpus):
        invoice = (
            READER.read((corpus / row["file"]).read_bytes()).invoice if row["kind"] in {"CII", "UBL-INV"} else None
        )
        for line in invoice.lines if invoice else ():
            assert isinstance(line.quantity, Decimal)
            assert isinstance(line.net_price, Decimal)


def test_every_lifecycle_message_is_read(corpus: Path) -> None:
    rows = [row for row in verdicts(corpus) if row["kind"] == "CDAR"]
    assert len(rows) > 130
    for row in rows:
        message = READER.read_lifecycle((corpus / row["file"]).read_bytes())
        assert message.event.code == row["type"], row["file"]
        assert message.invoice_number, row["file"]
        assert message.seller_siren, row["file"]
        assert message.event.actor, row["file"]
        assert message.event.at.utcoffset() is not None
