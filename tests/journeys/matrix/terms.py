"""Every field of the form in both syntaxes: what was typed must be read there, by own XPaths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from tests.journeys.matrix.vat import GROUPS
from tests.journeys.matrix.xml_reading import Document

_AGREEMENT = "//ram:ApplicableHeaderTradeAgreement/ram:"
_DELIVERY = "//ram:ApplicableHeaderTradeDelivery/ram:"
_SETTLEMENT = "//ram:ApplicableHeaderTradeSettlement/ram:"
_MEANS = _SETTLEMENT + "SpecifiedTradeSettlementPaymentMeans/ram:"
_TERMS = _SETTLEMENT + "SpecifiedTradePaymentTerms/ram:"
_SHIP_TO = _DELIVERY + "ShipToTradeParty/ram:"
_DAY = "/*[local-name()='DateTimeString' or local-name()='DateString']"
_UBL_PAY = "/*/cac:PaymentMeans/"
_PLACE = "/*/cac:Delivery/cac:DeliveryLocation/cac:Address/"


def _reference(kind: str, code: str = "") -> str:
    return f"{_AGREEMENT}{kind}ReferencedDocument{code}/ram:IssuerAssignedID"


PATHS: dict[str, tuple[str, str]] = {
    "type_code": (
        "/*/rsm:ExchangedDocument/ram:TypeCode",
        "/*/cbc:InvoiceTypeCode | /*/cbc:CreditNoteTypeCode",
    ),
    "issue_date": ("/*/rsm:ExchangedDocument/ram:IssueDateTime" + _DAY, "/*/cbc:IssueDate"),
    "due_date": (
        _TERMS + "DueDateDateTime" + _DAY,
        "/*/cbc:DueDate | /*/cac:PaymentMeans/cbc:PaymentDueDate",
    ),
    "delivery_date": (
        _DELIVERY + "ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime" + _DAY,
        "/*/cac:Delivery/cbc:ActualDeliveryDate",
    ),
    "currency": (_SETTLEMENT + "InvoiceCurrencyCode", "/*/cbc:DocumentCurrencyCode"),
    "purchase_order": (_reference("BuyerOrder"), "/*/cac:OrderReference/cbc:ID"),
    "contract": (_reference("Contract"), "/*/cac:ContractDocumentReference/cbc:ID"),
    "buyer_reference": (_AGREEMENT + "BuyerReference", "/*/cbc:BuyerReference"),
    "project": (
        _AGREEMENT + "SpecifiedProcuringProject/ram:ID",
        "/*/cac:ProjectReference/cbc:ID | /*/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='50']/cbc:ID",
    ),
    "payment_terms": (_TERMS + "Description", "/*/cac:PaymentTerms/cbc:Note"),
    "payment_means": (_MEANS + "TypeCode", _UBL_PAY + "cbc:PaymentMeansCode"),
    "iban": (
        _MEANS + "PayeePartyCreditorFinancialAccount/ram:IBANID",
        _UBL_PAY + "cac:PayeeFinancialAccount/cbc:ID",
    ),
    "bic": (
        _MEANS + "PayeeSpecifiedCreditorFinancialInstitution/ram:BICID",
        _UBL_PAY + "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID",
    ),
    "profile": (
        "//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        "",
    ),
    "process": ("//ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID", "/*/cbc:ProfileID"),
    "preceding_number": (
        _SETTLEMENT + "InvoiceReferencedDocument/ram:IssuerAssignedID",
        "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID",
    ),
    "preceding_date": (
        _SETTLEMENT + "InvoiceReferencedDocument/ram:FormattedIssueDateTime" + _DAY,
        "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate",
    ),
    "tax_point_date": (_SETTLEMENT + "ApplicableTradeTax/ram:TaxPointDate" + _DAY, "/*/cbc:TaxPointDate"),
    "period_start": (
        _SETTLEMENT + "BillingSpecifiedPeriod/ram:StartDateTime" + _DAY,
        "/*/cac:InvoicePeriod/cbc:StartDate",
    ),
    "period_end": (
        _SETTLEMENT + "BillingSpecifiedPeriod/ram:EndDateTime" + _DAY,
        "/*/cac:InvoicePeriod/cbc:EndDate",
    ),
    "delivery_name": (_SHIP_TO + "Name", "/*/cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name"),
    "delivery_line1": (_SHIP_TO + "PostalTradeAddress/ram:LineOne", _PLACE + "cbc:StreetName"),
    "delivery_line2": (_SHIP_TO + "PostalTradeAddress/ram:LineTwo", _PLACE + "cbc:AdditionalStreetName"),
    "delivery_postal_code": (_SHIP_TO + "PostalTradeAddress/ram:PostcodeCode", _PLACE + "cbc:PostalZone"),
    "delivery_city": (_SHIP_TO + "PostalTradeAddress/ram:CityName", _PLACE + "cbc:CityName"),
    "delivery_country": (
        _SHIP_TO + "PostalTradeAddress/ram:CountryID",
        _PLACE + "cac:Country/cbc:IdentificationCode",
    ),
    "sales_order": (_reference("SellerOrder"), "/*/cac:OrderReference/cbc:SalesOrderID"),
    "receiving_advice": (
        _DELIVERY + "ReceivingAdviceReferencedDocument/ram:IssuerAssignedID",
        "/*/cac:ReceiptDocumentReference/cbc:ID",
    ),
    "despatch_advice": (
        _DELIVERY + "DespatchAdviceReferencedDocument/ram:IssuerAssignedID",
        "/*/cac:DespatchDocumentReference/cbc:ID",
    ),
    "tender": (
        _reference("Additional", "[ram:TypeCode='50']"),
        "/*/cac:OriginatorDocumentReference/cbc:ID",
    ),
    "object_id": (
        _reference("Additional", "[ram:TypeCode='130']"),
        "/*/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='130']/cbc:ID",
    ),
    "object_scheme": (
        _AGREEMENT + "AdditionalReferencedDocument[ram:TypeCode='130']/ram:ReferenceTypeCode",
        "/*/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='130']/cbc:ID/@schemeID",
    ),
    "accounting_reference": (
        _SETTLEMENT + "ReceivableSpecifiedTradeAccountingAccount/ram:ID",
        "/*/cbc:AccountingCost",
    ),
    "remittance": (_SETTLEMENT + "PaymentReference", _UBL_PAY + "cbc:PaymentID"),
    "mandate": (_TERMS + "DirectDebitMandateID", _UBL_PAY + "cac:PaymentMandate/cbc:ID"),
    "creditor_id": (
        _SETTLEMENT + "CreditorReferenceID",
        "/*/cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID[@schemeID='SEPA']",
    ),
    "debited_account": (
        _MEANS + "PayerPartyDebtorFinancialAccount/ram:IBANID",
        _UBL_PAY + "cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID",
    ),
    "card_number": (
        _MEANS + "ApplicableTradeSettlementFinancialCard/ram:ID",
        _UBL_PAY + "cac:CardAccount/cbc:PrimaryAccountNumberID",
    ),
    "card_holder": (
        _MEANS + "ApplicableTradeSettlementFinancialCard/ram:CardholderName",
        _UBL_PAY + "cac:CardAccount/cbc:HolderName",
    ),
}
"""Where each field of the form is said, in CII and in UBL."""

ELSEWHERE = frozenset(
    "buyer_id nature payment_state prices_include_vat exchange_rate paid rounding global_discount changes source_id "
    "deposit_group_id deal_total deal_reference language template_id tax_point note notes references attachments lines".split()
)
"""Fields that are no single text of the XML: amounts (the oracle), lists (below), what only the program keeps."""

_DATES = frozenset("issue_date due_date delivery_date preceding_date tax_point_date period_start period_end".split())


def missing(form: DraftForm, xml: bytes) -> list[str]:
    """What was typed and is not said, or is said otherwise; for profiles that hold all of EN 16931."""
    document = Document(xml)
    return [*_header(form, document), *_notes(form, document), *_vat(form, document), *_lines(form, document)]


def _header(form: DraftForm, document: Document) -> Iterator[str]:
    for field in fields(form):
        if field.name in ELSEWHERE:
            continue
        typed = str(getattr(form, field.name)).strip()
        path = PATHS[field.name][0 if document.is_cii else 1]
        if not typed or not path:
            continue
        said = document.all(path)
        wanted = typed.replace("-", "") if field.name in _DATES and document.is_cii else typed
        if wanted not in said:
            yield f"{field.name}: {typed!r} typed, {said} said"


def _notes(form: DraftForm, document: Document) -> Iterator[str]:
    wanted = [("", form.note.strip())] if form.note.strip() else []
    wanted += [(note.subject, note.text.strip()) for note in form.notes]
    for subject, text in wanted:
        if document.is_cii:
            at = f"[ram:SubjectCode='{subject}']" if subject else "[not(ram:SubjectCode)]"
            said = document.all(f"/*/rsm:ExchangedDocument/ram:IncludedNote{at}/ram:Content")
        else:
            marker = f"#{subject}#" if subject else ""
            said = [note.removeprefix(marker) for note in document.all("/*/cbc:Note") if note.startswith(marker)]
        if text not in said:
            yield f"note {subject}: {text!r} typed, {said} said"


def _vat(form: DraftForm, document: Document) -> Iterator[str]:
    """The reason of each exemption (BT-120, BT-121) and when VAT falls due (BT-8)."""
    codes = set(
        document.all(
            _SETTLEMENT + "ApplicableTradeTax/ram:ExemptionReasonCode"
            if document.is_cii
            else "/*/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReasonCode"
        )
    )
    wanted = {GROUPS[row.vat].vatex for row in form.lines if row.vat} - {""}
    if codes != wanted:
        yield f"VATEX: {sorted(wanted)} answered, {sorted(codes)} said"
    if form.tax_point:
        cii = {"invoice": "5", "delivery": "29", "payment": "72"}[form.tax_point]
        ubl = {"invoice": "3", "delivery": "35", "payment": "432"}[form.tax_point]
        if document.is_cii:
            said, due = set(document.all(_SETTLEMENT + "ApplicableTradeTax/ram:DueDateTypeCode")), cii
        else:
            said, due = set(document.all("/*/cac:InvoicePeriod/cbc:DescriptionCode")), ubl
        if said != {due}:
            yield f"tax_point: {form.tax_point!r} typed, {said} said"


_Line = Callable[[DraftLine], str]
_PRODUCT = "ram:SpecifiedTradeProduct/ram:"
_LINE_SETTLEMENT = "ram:SpecifiedLineTradeSettlement/ram:"
LINE_PATHS: dict[str, tuple[str, str]] = {
    "name": (_PRODUCT + "Name", "cac:Item/cbc:Name"),
    "description": (_PRODUCT + "Description", "cac:Item/cbc:Description"),
    "note": ("ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content", "cbc:Note"),
    "unit": (
        "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity/@unitCode",
        "cbc:InvoicedQuantity/@unitCode | cbc:CreditedQuantity/@unitCode",
    ),
    "product_code": (_PRODUCT + "SellerAssignedID", "cac:Item/cac:SellersItemIdentification/cbc:ID"),
    "buyer_product_code": (_PRODUCT + "BuyerAssignedID", "cac:Item/cac:BuyersItemIdentification/cbc:ID"),
    "standard_product_code": (_PRODUCT + "GlobalID", "cac:Item/cac:StandardItemIdentification/cbc:ID"),
    "classification": (
        _PRODUCT + "DesignatedProductClassification/ram:ClassCode",
        "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
    ),
    "classification_list": (
        _PRODUCT + "DesignatedProductClassification/ram:ClassCode/@listID",
        "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode/@listID",
    ),
    "origin_country": (_PRODUCT + "OriginTradeCountry/ram:ID", "cac:Item/cac:OriginCountry/cbc:IdentificationCode"),
    "order_line": (
        "ram:SpecifiedLineTradeAgreement/ram:BuyerOrderReferencedDocument/ram:LineID",
        "cac:OrderLineReference/cbc:LineID",
    ),
    "accounting_reference": (
        _LINE_SETTLEMENT + "ReceivableSpecifiedTradeAccountingAccount/ram:ID",
        "cbc:AccountingCost",
    ),
    "object_id": (
        _LINE_SETTLEMENT + "AdditionalReferencedDocument/ram:IssuerAssignedID",
        "cac:DocumentReference/cbc:ID",
    ),
    "object_scheme": (
        _LINE_SETTLEMENT + "AdditionalReferencedDocument/ram:ReferenceTypeCode",
        "cac:DocumentReference/cbc:ID/@schemeID",
    ),
    "period_start": (
        _LINE_SETTLEMENT + "BillingSpecifiedPeriod/ram:StartDateTime" + _DAY,
        "cac:InvoicePeriod/cbc:StartDate",
    ),
    "period_end": (
        _LINE_SETTLEMENT + "BillingSpecifiedPeriod/ram:EndDateTime" + _DAY,
        "cac:InvoicePeriod/cbc:EndDate",
    ),
}
"""Where each field of a row is said, from its line."""


def _lines(form: DraftForm, document: Document) -> Iterator[str]:
    nodes = document.nodes(
        "//ram:IncludedSupplyChainTradeLineItem" if document.is_cii else "/*/cac:InvoiceLine | /*/cac:CreditNoteLine"
    )
    rows = [row for row in form.lines if row.name]
    if len(nodes) < len(rows):
        yield f"{len(rows)} rows typed, {len(nodes)} lines said"
        return
    for number, (row, node) in enumerate(zip(rows, nodes, strict=False), start=1):
        for name, paths in LINE_PATHS.items():
            typed = str(getattr(row, name)).strip()
            said = document.all(paths[0 if document.is_cii else 1], node)
            wanted = typed.replace("-", "") if name.startswith("period_") and document.is_cii else typed
            if typed and wanted not in said:
                yield f"line {number} {name}: {typed!r} typed, {said} said"
        pairs = [tuple(map(str.strip, pair.split(":", 1))) for pair in row.attributes.splitlines() if ":" in pair]
        names = (
            _PRODUCT + "ApplicableProductCharacteristic/ram:"
            if document.is_cii
            else "cac:Item/cac:AdditionalItemProperty/cbc:"
        )
        said_pairs = list(
            zip(
                document.all(names + ("Description" if document.is_cii else "Name"), node),
                document.all(names + "Value", node),
                strict=True,
            )
        )
        if pairs != said_pairs:
            yield f"line {number} attributes: {pairs} typed, {said_pairs} said"
