"""OASIS UBL 2.1 Invoice and CreditNote: where each EN 16931 business term lies (EN 16931-3-2)."""

from __future__ import annotations

from einvoice_desktop.documents.nodes import Syntax

INVOICE_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"
CREDIT_NOTE_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote"
PLACEHOLDER = "NA"
"""What stands for BT-13 when only BT-14 is known, and for the line of an order or delivery note (BT-132, EXT-FR-FE-141)
when only the document is: UBL cannot hold the one without the other."""

_NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_TOTAL = "cac:LegalMonetaryTotal"
# An xs:boolean may be written true, false, 1 or 0.
_INDICATOR = "normalize-space(cbc:ChargeIndicator)"
_ALLOWANCE = f"cac:AllowanceCharge[{_INDICATOR}='false' or {_INDICATOR}='0']"
_CHARGE = f"cac:AllowanceCharge[{_INDICATOR}='true' or {_INDICATOR}='1']"
_REFERENCE = "cac:AdditionalDocumentReference"

_DOCUMENT = {
    "BT-1": "cbc:ID",
    "BT-2": "cbc:IssueDate",
    "BT-3": "cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode",
    "BT-5": "cbc:DocumentCurrencyCode",
    "BT-6": "cbc:TaxCurrencyCode",
    "BT-7": "cbc:TaxPointDate",
    "BT-8": "cac:InvoicePeriod/cbc:DescriptionCode",
    "BT-9": "cbc:DueDate | cac:PaymentMeans/cbc:PaymentDueDate[not(/*/cbc:DueDate)]"
    " | cac:PaymentTerms/cbc:PaymentDueDate[not(/*/cbc:DueDate)]",
    "BT-10": "cbc:BuyerReference",
    "BT-11": f"cac:ProjectReference/cbc:ID | /*[not(cac:ProjectReference) and cbc:CreditNoteTypeCode]/{_REFERENCE}"
    "[normalize-space(cbc:DocumentTypeCode)='50']/cbc:ID",
    "BT-12": "cac:ContractDocumentReference/cbc:ID",
    "BT-13": f"cac:OrderReference/cbc:ID[not(../cbc:SalesOrderID and normalize-space()='{PLACEHOLDER}')]",
    "BT-14": "cac:OrderReference/cbc:SalesOrderID",
    "BT-15": "cac:ReceiptDocumentReference/cbc:ID",
    "BT-16": "cac:DespatchDocumentReference/cbc:ID",
    "BT-17": "cac:OriginatorDocumentReference/cbc:ID",
    "BT-18": f"{_REFERENCE}[normalize-space(cbc:DocumentTypeCode)='130']",
    "BT-19": "cbc:AccountingCost",
    "BT-20": "cac:PaymentTerms/cbc:Note",
    "BT-23": "cbc:ProfileID",
    "BT-24": "cbc:CustomizationID",
    "BT-72": "cac:Delivery/cbc:ActualDeliveryDate",
    "BT-73": "cac:InvoicePeriod/cbc:StartDate",
    "BT-74": "cac:InvoicePeriod/cbc:EndDate",
    "BT-83": "cac:PaymentMeans/cbc:PaymentID",
    "BT-89": "cac:PaymentMeans/cac:PaymentMandate/cbc:ID",
    "BT-90": "(cac:PayeeParty | cac:AccountingSupplierParty/cac:Party)/cac:PartyIdentification/cbc:ID[@schemeID='SEPA']",
    "BT-106": f"{_TOTAL}/cbc:LineExtensionAmount",
    "BT-107": f"{_TOTAL}/cbc:AllowanceTotalAmount",
    "BT-108": f"{_TOTAL}/cbc:ChargeTotalAmount",
    "BT-109": f"{_TOTAL}/cbc:TaxExclusiveAmount",
    "tax_totals": "cac:TaxTotal/cbc:TaxAmount",
    "BT-112": f"{_TOTAL}/cbc:TaxInclusiveAmount",
    "BT-113": f"{_TOTAL}/cbc:PrepaidAmount",
    "BT-114": f"{_TOTAL}/cbc:PayableRoundingAmount",
    "BT-115": f"{_TOTAL}/cbc:PayableAmount",
    "BG-1": "cbc:Note",
    "BG-3": "cac:BillingReference/cac:InvoiceDocumentReference | cac:BillingReference/cac:CreditNoteDocumentReference",
    "BG-4": "cac:AccountingSupplierParty/cac:Party",
    "BG-7": "cac:AccountingCustomerParty/cac:Party",
    "BG-10": "cac:PayeeParty",
    "BG-11": "cac:TaxRepresentativeParty",
    "BG-13": "cac:Delivery",
    "BG-16": "cac:PaymentMeans",
    "BG-20": _ALLOWANCE,
    "BG-21": _CHARGE,
    "BG-23": "cac:TaxTotal/cac:TaxSubtotal",
    "BG-24": f"{_REFERENCE}[not(normalize-space(cbc:DocumentTypeCode)='130' or normalize-space(cbc:DocumentTypeCode)='50')]",
    "BG-25": "cac:InvoiceLine | cac:CreditNoteLine",
}

_GROUPS = {
    # BG-3, BT-18 and BT-128, BG-24 (a note, BG-1, is one element: "#PMT#text")
    "BT-25": "cbc:ID",
    "BT-26": "cbc:IssueDate",
    "EXT-FR-FE-02": "cbc:DocumentTypeCode",
    "object_id": "cbc:ID",
    "object_id_scheme": "cbc:ID/@schemeID",
    "BT-122": "cbc:ID",
    "BT-123": "cbc:DocumentDescription",
    "BT-124": "cac:Attachment/cac:ExternalReference/cbc:URI",
    "BT-125": "cac:Attachment/cbc:EmbeddedDocumentBinaryObject",
    # BG-16 to BG-19
    "BT-81": "cbc:PaymentMeansCode",
    "BT-82": "cbc:PaymentMeansCode/@name",
    "BT-84": "cac:PayeeFinancialAccount/cbc:ID",
    "BT-85": "cac:PayeeFinancialAccount/cbc:Name",
    "BT-86": "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID",
    "BT-87": "cac:CardAccount/cbc:PrimaryAccountNumberID",
    "BT-88": "cac:CardAccount/cbc:HolderName",
    "BT-91": "cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID",
    # BG-20, BG-21, BG-27, BG-28
    "amount": "cbc:Amount",
    "base_amount": "cbc:BaseAmount",
    "percentage": "cbc:MultiplierFactorNumeric",
    "reason": "cbc:AllowanceChargeReason",
    "reason_code": "cbc:AllowanceChargeReasonCode",
    "tax": "cac:TaxCategory",
    # BG-23, BG-30 and the tax of an allowance: one path for a subtotal and for a category
    "BT-116": "cbc:TaxableAmount",
    "BT-117": "cbc:TaxAmount",
    "tax_currency": "cbc:TaxAmount/@currencyID",
    "category": "cac:TaxCategory/cbc:ID | self::cac:TaxCategory/cbc:ID | self::cac:ClassifiedTaxCategory/cbc:ID",
    "rate": "cac:TaxCategory/cbc:Percent | self::cac:TaxCategory/cbc:Percent | self::cac:ClassifiedTaxCategory/cbc:Percent",
    "exemption_reason": ".//cbc:TaxExemptionReason",
    "exemption_code": ".//cbc:TaxExemptionReasonCode",
}

_PARTY = {
    "name": "cac:PartyLegalEntity/cbc:RegistrationName",
    "trading_name": "cac:PartyName/cbc:Name",
    "identifiers": "cac:PartyIdentification/cbc:ID[not(@schemeID='SEPA')]",
    "legal_id": "cac:PartyLegalEntity/cbc:CompanyID",
    "vat_number": "cac:PartyTaxScheme[normalize-space(cac:TaxScheme/cbc:ID)='VAT']/cbc:CompanyID",
    "tax_registration": "cac:PartyTaxScheme[normalize-space(cac:TaxScheme/cbc:ID)!='VAT']/cbc:CompanyID",
    "legal_information": "cac:PartyLegalEntity/cbc:CompanyLegalForm",
    "electronic_address": "cbc:EndpointID",
    "address": "cac:PostalAddress",
    "line1": "cbc:StreetName",
    "line2": "cbc:AdditionalStreetName",
    "line3": "cac:AddressLine/cbc:Line",
    "postal_code": "cbc:PostalZone",
    "city": "cbc:CityName",
    "region": "cbc:CountrySubentity",
    "country": "cac:Country/cbc:IdentificationCode",
    "contact": "cac:Contact",
    "contact_name": "cbc:Name",
    "phone": "cbc:Telephone",
    "email": "cbc:ElectronicMail",
    "delivery_name": "cac:DeliveryParty/cac:PartyName/cbc:Name",
    "delivery_id": "cac:DeliveryLocation/cbc:ID",
    "delivery_address": "cac:DeliveryLocation/cac:Address",
}

_THIRD_PARTIES = {
    "EXT-FR-FE-BG-01": "cac:AccountingCustomerParty/cac:Party/cac:AgentParty",
    "EXT-FR-FE-BG-02": "cac:PaymentMeans/cac:PaymentMandate/cac:PayerParty",
    "EXT-FR-FE-BG-03": "cac:AccountingSupplierParty/cac:Party/cac:AgentParty",
    "EXT-FR-FE-BG-04": "cac:AccountingCustomerParty/cac:Party/cac:ServiceProviderParty/cac:Party",
    "EXT-FR-FE-BG-05": "cac:AccountingSupplierParty/cac:Party/cac:ServiceProviderParty/cac:Party",
}

_HIERARCHY = "cac:BillingReference[normalize-space(cac:InvoiceDocumentReference/cbc:ID)=normalize-space(/*/cbc:ID)]"
"""A line says what it details in a reference to its own document (EXTENDED-CTC-FR)."""
_EARLIER = "cac:BillingReference[normalize-space(cac:InvoiceDocumentReference/cbc:ID)!=normalize-space(/*/cbc:ID)]"

_LINE = {
    "BT-126": "cbc:ID",
    "BT-127": "cbc:Note",
    "BT-128": "cac:DocumentReference[normalize-space(cbc:DocumentTypeCode)='130']",
    "BT-129": "cbc:InvoicedQuantity | cbc:CreditedQuantity",
    "BT-130": "cbc:InvoicedQuantity/@unitCode | cbc:CreditedQuantity/@unitCode",
    "BT-131": "cbc:LineExtensionAmount",
    "BT-132": "cac:OrderLineReference/cbc:LineID[not(../cac:OrderReference/cbc:ID"
    f" and normalize-space()='{PLACEHOLDER}')]",
    "BT-133": "cbc:AccountingCost",
    "BT-134": "cac:InvoicePeriod/cbc:StartDate",
    "BT-135": "cac:InvoicePeriod/cbc:EndDate",
    "BT-146": "cac:Price/cbc:PriceAmount",
    "BT-147": "cac:Price/cac:AllowanceCharge/cbc:Amount",
    "BT-148": "cac:Price/cac:AllowanceCharge/cbc:BaseAmount",
    "BT-149": "cac:Price/cbc:BaseQuantity",
    "BT-150": "cac:Price/cbc:BaseQuantity/@unitCode",
    "BT-153": "cac:Item/cbc:Name",
    "BT-154": "cac:Item/cbc:Description",
    "BT-155": "cac:Item/cac:SellersItemIdentification/cbc:ID",
    "BT-156": "cac:Item/cac:BuyersItemIdentification/cbc:ID",
    "BT-157": "cac:Item/cac:StandardItemIdentification/cbc:ID",
    "BT-158": "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
    "BT-159": "cac:Item/cac:OriginCountry/cbc:IdentificationCode",
    "BG-27": _ALLOWANCE,
    "BG-28": _CHARGE,
    "BG-30": "cac:Item/cac:ClassifiedTaxCategory",
    "BG-32": "cac:Item/cac:AdditionalItemProperty",
    "BT-160": "cbc:Name",
    "BT-161": "cbc:Value | cbc:ValueQuantity[not(../cbc:Value)]",
    "EXT-FR-FE-135": "cac:OrderLineReference/cac:OrderReference/cbc:ID",
    "EXT-FR-FE-140": "cac:DespatchLineReference/cac:DocumentReference/cbc:ID",
    "EXT-FR-FE-158": "cac:Delivery/cbc:ActualDeliveryDate",
    "EXT-FR-FE-162": f"{_HIERARCHY}/cac:BillingReferenceLine/cbc:ID",
    "EXT-FR-FE-163": f"{_HIERARCHY}/cac:InvoiceDocumentReference/cbc:DocumentStatusCode",
    "EXT-FR-FE-BG-10": "cac:Delivery",
    "line_preceding": f"{_EARLIER}/cac:InvoiceDocumentReference | cac:BillingReference/cac:CreditNoteDocumentReference",
}

UBL = Syntax(
    namespaces=_NAMESPACES,
    paths={**_DOCUMENT, **_GROUPS, **_PARTY, **_THIRD_PARTIES, **_LINE},
    tax_points={"3": "invoice", "35": "delivery", "432": "payment"},
)
"""Paths of the business terms in a UBL Invoice or CreditNote, from its root."""
