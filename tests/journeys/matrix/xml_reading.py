"""Reading a document back by own XPaths, in both syntaxes: nothing of the program looks at it here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lxml import etree

from tests.journeys.matrix.oracle import Figures, GroupKey

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
}


class Document:
    """An XML document, asked by XPath from its root."""

    def __init__(self, xml: bytes) -> None:
        self.root = etree.fromstring(xml)
        self.is_cii = etree.QName(self.root).localname == "CrossIndustryInvoice"

    def all(self, path: str, at: Any = None) -> list[str]:
        """Texts of every node of ``path``."""
        found: Any = (self.root if at is None else at).xpath(path, namespaces=NAMES)
        return [(one if isinstance(one, str) else (one.text or "")).strip() for one in found]

    def nodes(self, path: str) -> list[Any]:
        """Elements of ``path``."""
        found: Any = self.root.xpath(path, namespaces=NAMES)
        return list(found)

    def one(self, path: str, at: Any = None) -> str:
        """The text of the only node of ``path``, empty without."""
        found = self.all(path, at)
        assert len(found) <= 1, (path, found)
        return found[0] if found else ""

    def amount(self, path: str, at: Any = None) -> Decimal:
        """A number, zero when it is not said."""
        return Decimal(self.one(path, at) or "0")


def figures(xml: bytes) -> Figures:
    """Every amount of the document."""
    document = Document(xml)
    return _cii_figures(document) if document.is_cii else _ubl_figures(document)


_SUMS = "//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"


def _cii_figures(document: Document) -> Figures:
    currency = document.one("//ram:InvoiceCurrencyCode")
    lines = document.all("//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount")
    groups: dict[GroupKey, tuple[Decimal, Decimal]] = {}
    for node in document.nodes("//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"):
        key = document.one("ram:CategoryCode", node), document.amount("ram:RateApplicablePercent", node)
        assert key not in groups, f"two groups for {key}"
        groups[key] = document.amount("ram:BasisAmount", node), document.amount("ram:CalculatedAmount", node)
    in_euros = document.one(f"{_SUMS}TaxTotalAmount[@currencyID != '{currency}']")
    return Figures(
        lines=tuple(map(Decimal, lines)),
        line_net=document.amount(_SUMS + "LineTotalAmount"),
        allowances=document.amount(_SUMS + "AllowanceTotalAmount"),
        charges=document.amount(_SUMS + "ChargeTotalAmount"),
        without_vat=document.amount(_SUMS + "TaxBasisTotalAmount"),
        groups=groups,
        vat=document.amount(f"{_SUMS}TaxTotalAmount[@currencyID = '{currency}']"),
        vat_in_euros=Decimal(in_euros) if in_euros else None,
        with_vat=document.amount(_SUMS + "GrandTotalAmount"),
        paid=document.amount(_SUMS + "TotalPrepaidAmount"),
        rounding=document.amount(_SUMS + "RoundingAmount"),
        due=document.amount(_SUMS + "DuePayableAmount"),
    )


def _ubl_figures(document: Document) -> Figures:
    currency = document.one("/*/cbc:DocumentCurrencyCode")
    sums = "/*/cac:LegalMonetaryTotal/cbc:"
    groups: dict[GroupKey, tuple[Decimal, Decimal]] = {}
    for node in document.nodes("/*/cac:TaxTotal/cac:TaxSubtotal"):
        key = document.one("cac:TaxCategory/cbc:ID", node), document.amount("cac:TaxCategory/cbc:Percent", node)
        assert key not in groups, f"two groups for {key}"
        groups[key] = document.amount("cbc:TaxableAmount", node), document.amount("cbc:TaxAmount", node)
    in_euros = document.one(f"/*/cac:TaxTotal/cbc:TaxAmount[@currencyID != '{currency}']")
    lines = document.all("//cac:InvoiceLine/cbc:LineExtensionAmount | //cac:CreditNoteLine/cbc:LineExtensionAmount")
    return Figures(
        lines=tuple(map(Decimal, lines)),
        line_net=document.amount(sums + "LineExtensionAmount"),
        allowances=document.amount(sums + "AllowanceTotalAmount"),
        charges=document.amount(sums + "ChargeTotalAmount"),
        without_vat=document.amount(sums + "TaxExclusiveAmount"),
        groups=groups,
        vat=document.amount(f"/*/cac:TaxTotal/cbc:TaxAmount[@currencyID = '{currency}']"),
        vat_in_euros=Decimal(in_euros) if in_euros else None,
        with_vat=document.amount(sums + "TaxInclusiveAmount"),
        paid=document.amount(sums + "PrepaidAmount"),
        rounding=document.amount(sums + "PayableRoundingAmount"),
        due=document.amount(sums + "PayableAmount"),
    )
