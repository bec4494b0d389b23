"""What a document says that nothing of ours reads: told, so that nobody takes our view of it for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from lxml import etree

from einvoice_desktop.documents.nodes import Element
from einvoice_desktop.documents.ubl import PLACEHOLDER
from einvoice_desktop.domain.findings import Finding, Severity

MOST = 8

_NO_INFORMATION: Final = frozenset({
    # What says of which kind a neighbour is, and is read with it.
    "ApplicableTradeTax/TypeCode",
    "CategoryTradeTax/TypeCode",
    "AdditionalReferencedDocument/TypeCode",
    "ChargeIndicator/Indicator",
    "AllowanceCharge/ChargeIndicator",
    "TaxScheme/ID",
    "AdditionalDocumentReference/DocumentTypeCode",
    "DocumentReference/DocumentTypeCode",
    "CardAccount/NetworkID",
    "Invoice/UBLVersionID",
    "CreditNote/UBLVersionID",
    # A name the schema wants beside the identifier of a project (BT-11).
    "SpecifiedProcuringProject/Name",
    # Other accounts repeat the means and the reference of the first.
    "SpecifiedTradeSettlementPaymentMeans/TypeCode",
    "PaymentMeans/PaymentMeansCode",
    "PaymentMeans/PaymentID",
    # The dates and codes that each VAT group repeats (BT-7, BT-8), and the base quantity of a gross price.
    "ApplicableTradeTax/DueDateTypeCode",
    "TaxPointDate/DateString",
    "GrossPriceProductTradePrice/BasisQuantity",
    # A line stands below its own document in UBL.
    "InvoiceDocumentReference/ID",
})  # fmt: skip
"""Parent and element that carry no term of their own."""


def more_than_read(root: Element, seen: Set[Element]) -> Iterator[Finding]:
    """``ED-READ-MORE`` with the ``elements`` that hold a text and are not in ``seen``, each once, :data:`MOST` at most."""
    names = list(dict.fromkeys(_names(root, seen)))[:MOST]
    if names:
        yield Finding("ED-READ-MORE", severity=Severity.INFO, params={"elements": ", ".join(names)})


def _names(root: Element, seen: Set[Element]) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if len(element) or element in seen or not (element.text or "").strip():
            continue
        parent = element.getparent()
        name = f"{etree.QName(parent).localname}/" if parent is not None else ""
        name += etree.QName(element).localname
        if name not in _NO_INFORMATION and not _is_nothing(element.text or ""):
            yield name


def _is_nothing(text: str) -> bool:
    """Zero amounts that senders write where the standard wants none (BT-107, BT-108…), and what stands for nothing."""
    return not text.strip(" \t\r\n0.") or text.strip() == PLACEHOLDER
