"""The whole corpus through the program: ``validate --json`` says what the official files say, ``receive`` keeps every cent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from einvoice_desktop.bootstrap import Programs
from einvoice_desktop.cli.bench import SELLER
from einvoice_desktop.domain.invoice import Invoice
from tests.cli.terminal import Terminal
from tests.documents.rules.official import Official
from tests.documents.rules.official_corpus import CorpusDocument, officially_judged

pytestmark = pytest.mark.conformance

UNREADABLE = {"ED-READ-NOT-XML", "ED-READ-ORDER-X", "ED-READ-ZUGFERD1", "ED-READ-UNKNOWN"}
WRONG_ENCODING = "VALENTINDML_facturx-cas-limites/XML-003/"
WITHOUT_NUMBER = "facturxapi_en16931-oracles/mutants/CII_example5.xml"


def identifiers(official: Official) -> list[str]:
    """Those of the assertions that have one, in the order of the files; a schema or a broken rule file count too."""
    named = [failed.identifier for failed in official.failed if failed.identifier]
    return ["XSD"] * len(official.xsd) + named + ["DYNAMIC"] * len(official.broken)


def test_failed_identifiers_are_those_of_the_official_files(
    run: Terminal, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = officially_judged(corpus)
    result = run("validate", *(corpus / document.file for document in documents), "--json")
    assert (result.code, result.err) == (2, "")
    compared = 0
    for document, answer in zip(documents, result.json["documents"], strict=True):
        codes = [issue["error_code"] for issue in answer["issues"]]
        if not document.has_verdict:
            _assert_unreadable(document, answer["verdict"], codes)
            continue
        unnamed = [failed for failed in document.official.failed if not failed.identifier]
        texts = {failed.text for failed in unnamed}
        named = [i["error_code"] for i in answer["issues"] if i["error_message"] not in texts]
        expected = identifiers(document.official)
        assert len(codes) == len(expected) + len(unnamed), document.file
        assert sorted(named) == sorted(expected), document.file
        assert [c for c in named if c != "DYNAMIC"] == [c for c in expected if c != "DYNAMIC"], document.file
        assert answer["is_valid"] is document.official.is_conforming, document.file
        assert answer["verdict"] == ("conforme" if answer["is_valid"] else "non_conforme"), document.file
        compared += 1
    with capsys.disabled():
        print(f"\nvalidate --json: identifiers equal on {compared} of {compared} readable documents")
    assert compared > 480


def _assert_unreadable(document: CorpusDocument, verdict: str, codes: list[str]) -> None:
    """No official file applies: that is said, and is no verdict. Only a wrong encoding is read, and condemned."""
    if document.file.startswith(WRONG_ENCODING):
        assert (verdict, codes) == ("non_conforme", ["XSD"])
    else:
        assert (verdict, len(codes)) == ("non_verifie", 1), document.file
        assert set(codes) <= UNREADABLE, (document.file, codes)


CII_SUM = "//*[local-name()='SpecifiedTradeSettlementHeaderMonetarySummation']/*[local-name()='{}']"
UBL_SUM = "/*/*[local-name()='LegalMonetaryTotal']/*[local-name()='{}']"
CII_TAX = "//*[local-name()='ApplicableHeaderTradeSettlement']/*[local-name()='ApplicableTradeTax']"
UBL_TAX = "/*/*[local-name()='TaxTotal']/*[local-name()='TaxSubtotal']"
UBL_VAT = "/*/*[local-name()='TaxTotal']/*[local-name()='TaxAmount']"
UBL_LINES = "/*/*[local-name()='InvoiceLine' or local-name()='CreditNoteLine']/*[local-name()='LineExtensionAmount']"
CII_LINES = (
    "//*[local-name()='IncludedSupplyChainTradeLineItem']/*[local-name()='SpecifiedLineTradeSettlement']"
    "/*[local-name()='SpecifiedTradeSettlementLineMonetarySummation']/*[local-name()='LineTotalAmount']"
)
TOTALS = {
    "line_net": ("LineTotalAmount", "LineExtensionAmount"),
    "allowances": ("AllowanceTotalAmount", "AllowanceTotalAmount"),
    "charges": ("ChargeTotalAmount", "ChargeTotalAmount"),
    "without_vat": ("TaxBasisTotalAmount", "TaxExclusiveAmount"),
    "with_vat": ("GrandTotalAmount", "TaxInclusiveAmount"),
    "paid": ("TotalPrepaidAmount", "PrepaidAmount"),
    "rounding": ("RoundingAmount", "PayableRoundingAmount"),
    "due": ("DuePayableAmount", "PayableAmount"),
}


class AsSent:
    """The amounts of a document, found by XPaths of this test alone."""

    def __init__(self, xml: bytes) -> None:
        self.root: Any = etree.fromstring(xml)
        self.is_ubl = "oasis" in self.root.tag

    def texts(self, path: str) -> list[str]:
        return ["".join(element.itertext()).strip() for element in self.root.xpath(path)]

    def totals(self) -> dict[str, Decimal]:
        path = UBL_SUM if self.is_ubl else CII_SUM
        texts = {term: self.texts(path.format(names[self.is_ubl])) for term, names in TOTALS.items()}
        return {term: Decimal(found[0]) if found else Decimal(0) for term, found in texts.items()}

    def currencies(self) -> tuple[str, str]:
        name = "DocumentCurrencyCode" if self.is_ubl else "InvoiceCurrencyCode"
        accounting = self.texts("//*[local-name()='TaxCurrencyCode']")
        return self.texts(f"//*[local-name()='{name}']")[0], accounting[0] if accounting else ""

    def vat(self) -> tuple[Decimal, Decimal | None]:
        """BT-110 and BT-111: a total without currency, or in the document's, is BT-110."""
        document, accounting = self.currencies()
        path = UBL_VAT if self.is_ubl else CII_SUM.format("TaxTotalAmount")
        totals = [(e.get("currencyID", document), Decimal(e.text.strip())) for e in self.root.xpath(path)]
        own = [value for currency, value in totals if currency == document or currency != accounting]
        other = [value for currency, value in totals if currency == accounting != document]
        return own[0] if own else Decimal(0), other[0] if other else None

    def breakdown(self) -> list[tuple[Decimal, Decimal]]:
        """BT-116 and BT-117 of each group in the currency of the document."""
        names = ("TaxableAmount", "TaxAmount") if self.is_ubl else ("BasisAmount", "CalculatedAmount")
        document, _ = self.currencies()
        groups = []
        for group in self.root.xpath(UBL_TAX if self.is_ubl else CII_TAX):
            base, tax = (group.find(f"{{*}}{name}") for name in names)
            if tax is None or tax.get("currencyID", document) == document:
                groups.append((_number(base), _number(tax)))
        return groups

    def lines(self) -> list[Decimal]:
        return [Decimal(text) for text in self.texts(UBL_LINES if self.is_ubl else CII_LINES)]


def _number(element: Any) -> Decimal:
    return Decimal(0) if element is None else Decimal(element.text.strip())


def test_every_document_the_schema_accepts_is_received_to_the_cent(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = {"cii", "ubl"}
    accepted = [d for d in officially_judged(corpus) if d.official.kind in kinds and not d.official.xsd]
    received = 0
    with Programs().open(tmp_path / "s.sqlite3") as program:
        program.services.companies.save(SELLER)
        for index, document in enumerate(accepted):
            content = (corpus / document.file).read_bytes()
            reception = program.services.receive.receive(SELLER.id, content, document.file, flow_id=f"flow-{index}")
            kept = reception.document
            assert (kept.original, kept.verdict) == (content, _verdict(document)), document.file
            invoice = program.services.view.received(kept.id).invoice
            if document.file == WITHOUT_NUMBER:
                assert invoice is None
                continue
            assert invoice is not None, document.file
            _assert_as_sent(invoice, AsSent(document.xml), document.file)
            received += 1
    with capsys.disabled():
        print(f"\nreceive: {received} documents kept with every total, VAT group and line amount as sent")
    assert received == len(accepted) - 1 > 320


def _verdict(document: CorpusDocument) -> str:
    return "conforme" if document.official.is_conforming else "non_conforme"


def _assert_as_sent(invoice: Invoice, sent: AsSent, file: str) -> None:
    assert {term: getattr(invoice.totals, term) for term in TOTALS} == sent.totals(), file
    assert (invoice.totals.vat, invoice.totals.vat_in_accounting_currency) == sent.vat(), file
    assert [(g.taxable_amount, g.tax_amount) for g in invoice.totals.breakdown] == sent.breakdown(), file
    assert [line.net_amount for line in invoice.lines] == sent.lines(), file
