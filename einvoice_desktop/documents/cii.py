"""UN/CEFACT Cross Industry Invoice (D16B, D22B): where each EN 16931 business term lies (EN 16931-3-3)."""

from __future__ import annotations

from einvoice_desktop.documents.nodes import Syntax

ROOT = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"

_NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_CONTEXT = "rsm:ExchangedDocumentContext"
_HEADER = "rsm:ExchangedDocument"
_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_DELIVERY = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_SUM = f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_MEANS = f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementPaymentMeans"
_TERMS = f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms"
_REFERENCED = f"{_AGREEMENT}/ram:AdditionalReferencedDocument"
# An xs:boolean may be written true, false, 1 or 0.
_INDICATOR = "normalize-space(ram:ChargeIndicator/udt:Indicator)"
_ALLOWANCE = f"ram:SpecifiedTradeAllowanceCharge[{_INDICATOR}='false' or {_INDICATOR}='0']"
_CHARGE = f"ram:SpecifiedTradeAllowanceCharge[{_INDICATOR}='true' or {_INDICATOR}='1']"

_DOCUMENT = {
    "BT-1": f"{_HEADER}/ram:ID",
    "BT-2": f"{_HEADER}/ram:IssueDateTime/udt:DateTimeString | {_HEADER}/ram:IssueDateTime/udt:DateTime",
    "BT-3": f"{_HEADER}/ram:TypeCode",
    "BT-5": f"{_SETTLEMENT}/ram:InvoiceCurrencyCode",
    "BT-6": f"{_SETTLEMENT}/ram:TaxCurrencyCode",
    "BT-7": f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:TaxPointDate/*",
    "BT-8": f"{_SETTLEMENT}/ram:ApplicableTradeTax/ram:DueDateTypeCode",
    "BT-9": f"{_TERMS}/ram:DueDateDateTime/*",
    "BT-10": f"{_AGREEMENT}/ram:BuyerReference",
    "BT-11": f"{_AGREEMENT}/ram:SpecifiedProcuringProject/ram:ID",
    "BT-12": f"{_AGREEMENT}/ram:ContractReferencedDocument/ram:IssuerAssignedID",
    "BT-13": f"{_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
    "BT-14": f"{_AGREEMENT}/ram:SellerOrderReferencedDocument/ram:IssuerAssignedID",
    "BT-15": f"{_DELIVERY}/ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID",
    "BT-16": f"{_DELIVERY}/ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID",
    "BT-17": f"{_REFERENCED}[normalize-space(ram:TypeCode)='50']/ram:IssuerAssignedID",
    "BT-18": f"{_REFERENCED}[normalize-space(ram:TypeCode)='130']",
    "BT-19": f"{_SETTLEMENT}/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID",
    "BT-20": f"{_TERMS}/ram:Description",
    "BT-23": f"{_CONTEXT}/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID",
    "BT-24": f"{_CONTEXT}/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
    "BT-72": f"{_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/*",
    "BT-73": f"{_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:StartDateTime/*",
    "BT-74": f"{_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime/*",
    "BT-83": f"{_SETTLEMENT}/ram:PaymentReference",
    "BT-89": f"{_TERMS}/ram:DirectDebitMandateID",
    "BT-90": f"{_SETTLEMENT}/ram:CreditorReferenceID",
    "BT-106": f"{_SUM}/ram:LineTotalAmount",
    "BT-107": f"{_SUM}/ram:AllowanceTotalAmount",
    "BT-108": f"{_SUM}/ram:ChargeTotalAmount",
    "BT-109": f"{_SUM}/ram:TaxBasisTotalAmount",
    "tax_totals": f"{_SUM}/ram:TaxTotalAmount",
    "BT-112": f"{_SUM}/ram:GrandTotalAmount",
    "BT-113": f"{_SUM}/ram:TotalPrepaidAmount",
    "BT-114": f"{_SUM}/ram:RoundingAmount",
    "BT-115": f"{_SUM}/ram:DuePayableAmount",
    "BG-1": f"{_HEADER}/ram:IncludedNote",
    "BG-3": f"{_SETTLEMENT}/ram:InvoiceReferencedDocument",
    "BG-4": f"{_AGREEMENT}/ram:SellerTradeParty",
    "BG-7": f"{_AGREEMENT}/ram:BuyerTradeParty",
    "BG-10": f"{_SETTLEMENT}/ram:PayeeTradeParty",
    "BG-11": f"{_AGREEMENT}/ram:SellerTaxRepresentativeTradeParty",
    "BG-13": f"{_DELIVERY}/ram:ShipToTradeParty",
    "BG-16": _MEANS,
    "BG-20": f"{_SETTLEMENT}/{_ALLOWANCE}",
    "BG-21": f"{_SETTLEMENT}/{_CHARGE}",
    "BG-23": f"{_SETTLEMENT}/ram:ApplicableTradeTax",
    # 916, or no code at all as in some examples of the standard: a document nobody classified is a supporting one.
    "BG-24": f"{_REFERENCED}[normalize-space(ram:TypeCode)='916' or not(ram:TypeCode)]",
    "BG-25": "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem",
}

_GROUPS = {
    # BG-1, BG-3, BT-18 and BT-128, BG-24
    "BT-21": "ram:SubjectCode",
    "BT-22": "ram:Content",
    "BT-25": "ram:IssuerAssignedID",
    "BT-26": "ram:FormattedIssueDateTime/*",
    "EXT-FR-FE-02": "ram:TypeCode",
    "object_id": "ram:IssuerAssignedID",
    "object_id_scheme": "ram:ReferenceTypeCode",
    "BT-122": "ram:IssuerAssignedID",
    "BT-123": "ram:Name",
    "BT-124": "ram:URIID",
    "BT-125": "ram:AttachmentBinaryObject",
    # BG-16 to BG-19
    "BT-81": "ram:TypeCode",
    "BT-82": "ram:Information",
    "BT-84": "ram:PayeePartyCreditorFinancialAccount/ram:IBANID"
    " | ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID",
    "BT-85": "ram:PayeePartyCreditorFinancialAccount/ram:AccountName",
    "BT-86": "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID",
    "BT-87": "ram:ApplicableTradeSettlementFinancialCard/ram:ID",
    "BT-88": "ram:ApplicableTradeSettlementFinancialCard/ram:CardholderName",
    "BT-91": "ram:PayerPartyDebtorFinancialAccount/ram:IBANID | ram:PayerPartyDebtorFinancialAccount/ram:ProprietaryID",
    # BG-20, BG-21, BG-27, BG-28
    "amount": "ram:ActualAmount",
    "base_amount": "ram:BasisAmount",
    "percentage": "ram:CalculationPercent",
    "reason": "ram:Reason",
    "reason_code": "ram:ReasonCode",
    "tax": "ram:CategoryTradeTax",
    # BG-23, BG-30 and the tax of an allowance
    "BT-116": "ram:BasisAmount",
    "BT-117": "ram:CalculatedAmount",
    "tax_currency": "ram:CalculatedAmount/@currencyID",
    "category": "ram:CategoryCode",
    "rate": "ram:RateApplicablePercent",
    "exemption_reason": "ram:ExemptionReason",
    "exemption_code": "ram:ExemptionReasonCode",
}

_PARTY = {
    "name": "ram:Name",
    "trading_name": "ram:SpecifiedLegalOrganization/ram:TradingBusinessName",
    "identifiers": "ram:ID | ram:GlobalID",
    "legal_id": "ram:SpecifiedLegalOrganization/ram:ID",
    "vat_number": "ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA' or @schemeID='VAT']",
    "tax_registration": "ram:SpecifiedTaxRegistration/ram:ID[@schemeID='FC']",
    "legal_information": "ram:Description",
    "electronic_address": "ram:URIUniversalCommunication/ram:URIID",
    "address": "ram:PostalTradeAddress",
    "line1": "ram:LineOne",
    "line2": "ram:LineTwo",
    "line3": "ram:LineThree",
    "postal_code": "ram:PostcodeCode",
    "city": "ram:CityName",
    "region": "ram:CountrySubDivisionName",
    "country": "ram:CountryID",
    "contact": "ram:DefinedTradeContact",
    "contact_name": "ram:PersonName | ram:DepartmentName",
    "phone": "ram:TelephoneUniversalCommunication/ram:CompleteNumber",
    "email": "ram:EmailURIUniversalCommunication/ram:URIID",
    "delivery_name": "ram:Name",
    "delivery_id": "ram:ID | ram:GlobalID",
    "delivery_address": "ram:PostalTradeAddress",
}

_THIRD_PARTIES = {
    "EXT-FR-FE-BG-01": f"{_AGREEMENT}/ram:BuyerAgentTradeParty",
    "EXT-FR-FE-BG-02": f"{_SETTLEMENT}/ram:PayerTradeParty",
    "EXT-FR-FE-BG-03": f"{_AGREEMENT}/ram:SalesAgentTradeParty",
    "EXT-FR-FE-BG-04": f"{_SETTLEMENT}/ram:InvoiceeTradeParty",
    "EXT-FR-FE-BG-05": f"{_SETTLEMENT}/ram:InvoicerTradeParty",
}

_PRODUCT = "ram:SpecifiedTradeProduct"
_LINE_AGREEMENT = "ram:SpecifiedLineTradeAgreement"
_LINE_SETTLEMENT = "ram:SpecifiedLineTradeSettlement"
_LINE_DELIVERY = "ram:SpecifiedLineTradeDelivery"
_NET = f"{_LINE_AGREEMENT}/ram:NetPriceProductTradePrice"
_GROSS = f"{_LINE_AGREEMENT}/ram:GrossPriceProductTradePrice"

_LINE = {
    "BT-126": "ram:AssociatedDocumentLineDocument/ram:LineID",
    "BT-127": "ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content",
    "BT-128": f"{_LINE_SETTLEMENT}/ram:AdditionalReferencedDocument[normalize-space(ram:TypeCode)='130']",
    "BT-129": "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity",
    "BT-130": "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity/@unitCode",
    "BT-131": f"{_LINE_SETTLEMENT}/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount",
    "BT-132": f"{_LINE_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:LineID",
    "BT-133": f"{_LINE_SETTLEMENT}/ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID",
    "BT-134": f"{_LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:StartDateTime/*",
    "BT-135": f"{_LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime/*",
    "BT-146": f"{_NET}/ram:ChargeAmount",
    "BT-147": f"{_GROSS}/ram:AppliedTradeAllowanceCharge/ram:ActualAmount",
    "BT-148": f"{_GROSS}/ram:ChargeAmount",
    "BT-149": f"{_NET}/ram:BasisQuantity | {_GROSS}[not(../ram:NetPriceProductTradePrice/ram:BasisQuantity)]/ram:BasisQuantity",
    "BT-150": f"{_NET}/ram:BasisQuantity/@unitCode",
    "BT-153": f"{_PRODUCT}/ram:Name",
    "BT-154": f"{_PRODUCT}/ram:Description",
    "BT-155": f"{_PRODUCT}/ram:SellerAssignedID",
    "BT-156": f"{_PRODUCT}/ram:BuyerAssignedID",
    "BT-157": f"{_PRODUCT}/ram:GlobalID",
    "BT-158": f"{_PRODUCT}/ram:DesignatedProductClassification/ram:ClassCode",
    "BT-159": f"{_PRODUCT}/ram:OriginTradeCountry/ram:ID",
    "BG-27": f"{_LINE_SETTLEMENT}/{_ALLOWANCE}",
    "BG-28": f"{_LINE_SETTLEMENT}/{_CHARGE}",
    "BG-30": f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax",
    "BG-32": f"{_PRODUCT}/ram:ApplicableProductCharacteristic",
    "BT-160": "ram:Description | ram:TypeCode[not(../ram:Description)]",
    "BT-161": "ram:Value | ram:ValueMeasure[not(../ram:Value)]",
    "EXT-FR-FE-135": f"{_LINE_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
    "EXT-FR-FE-140": f"{_LINE_DELIVERY}/ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID",
    "EXT-FR-FE-158": f"{_LINE_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/*",
    "EXT-FR-FE-162": "ram:AssociatedDocumentLineDocument/ram:ParentLineID",
    "EXT-FR-FE-163": "ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode",
    "EXT-FR-FE-BG-10": f"{_LINE_DELIVERY}/ram:ShipToTradeParty",
    "line_preceding": f"{_LINE_SETTLEMENT}/ram:InvoiceReferencedDocument",
}

CII = Syntax(
    namespaces=_NAMESPACES,
    paths={**_DOCUMENT, **_GROUPS, **_PARTY, **_THIRD_PARTIES, **_LINE},
    tax_points={"5": "invoice", "29": "delivery", "72": "payment"},
)
"""Paths of the business terms in a CII, from ``rsm:CrossIndustryInvoice``."""
