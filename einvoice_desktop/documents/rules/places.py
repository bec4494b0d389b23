"""Where on the form a failed rule belongs, as data: by BT number of the rule, and by the place in the XML.

Paths are those of the document form where it has the field (``lines.0.unit_price``, ``iban``, ``preceding_number``)
and of :class:`einvoice_desktop.domain.invoice.Invoice` elsewhere (``totals.due``). What is not known stays empty:
a wrong place is worse than none.
"""

from __future__ import annotations

import re

LINE = "lines.*"
"""Stands for the line of the finding; its index comes from the XPath."""

_RULE_PLACES = {
    **{f"BR-{category}-01": "totals.breakdown" for category in "S Z E AE IC G O AF AG".split()},
    "BR-CO-18": "totals.breakdown",
    "BR-CO-25": "due_date",
    "BR-CO-26": "seller.siren",
    "BR-S-02": "seller.vat_number",
    "BR-S-03": "seller.vat_number",
    "BR-S-04": "seller.vat_number",
    "BR-Z-02": "seller.vat_number",
    "BR-E-02": "seller.vat_number",
    "BR-AE-02": "buyer.vat_number",
    "BR-IC-02": "buyer.vat_number",
    "BR-IC-11": "delivery_date",
    "BR-IC-12": "delivery.address.country",
    "BR-G-02": "seller.vat_number",
    "BR-50": "iban",
    "BR-61": "iban",
    "BR-16": "lines",
    "BR-CL-23": f"{LINE}.unit",
    "BR-FR-CO-07_BT-9": "due_date",
}
"""Rules whose first BT number is not the field to mend."""


def _numbered(first: str, *places: str) -> dict[str, str]:
    """``places`` for consecutive BT numbers starting at ``first``."""
    start = int(first.removeprefix("BT-"))
    return {f"BT-{start + offset}": place for offset, place in enumerate(places)}


_BT_PLACES: dict[str, str] = {
    **_numbered("BT-1", "number", "issue_date", "type_code"),
    **_numbered("BT-5", "currency", "accounting_currency", "tax_point_date", "tax_point", "due_date"),
    **_numbered("BT-10", "buyer_reference", "project", "contract", "purchase_order", "sales_order_reference"),
    **_numbered("BT-15", "receiving_advice_reference", "despatch_advice_reference", "tender_or_lot_reference"),
    **_numbered("BT-18", "invoiced_object", "buyer_accounting_reference", "payment_terms", "notes", "notes"),
    **_numbered("BT-23", "nature", "profile", "preceding_number", "preceding_date"),
    **_numbered("BT-27", "seller.name", "seller.trading_name", "seller.siret", "seller.siren", "seller.vat_number"),
    **_numbered("BT-32", "seller.tax_registration", "seller.legal_information", "seller.electronic_address"),
    **_numbered("BT-35", "seller.address.line1", "seller.address.line2", "seller.address.city"),
    **_numbered("BT-38", "seller.address.postal_code", "seller.address.region", "seller.address.country"),
    **_numbered("BT-41", "seller.contact.name", "seller.contact.phone", "seller.contact.email"),
    **_numbered("BT-44", "buyer.name", "buyer.trading_name", "buyer.siret", "buyer.siren", "buyer.vat_number"),
    **_numbered("BT-49", "buyer.electronic_address", "buyer.address.line1", "buyer.address.line2"),
    **_numbered("BT-52", "buyer.address.city", "buyer.address.postal_code", "buyer.address.region"),
    **_numbered("BT-55", "buyer.address.country", "buyer.contact.name", "buyer.contact.phone", "buyer.contact.email"),
    **_numbered("BT-59", "payee.name", "payee.siret", "payee.siren"),
    **_numbered("BT-62", "tax_representative.name", "tax_representative.vat_number"),
    **_numbered("BT-64", *(f"tax_representative.address.{part}" for part in "line1 line2 city postal_code".split())),
    **_numbered("BT-68", "tax_representative.address.region", "tax_representative.address.country"),
    **_numbered("BT-70", "delivery.name", "delivery.location_id", "delivery_date"),
    **_numbered("BT-73", "delivery.period.start", "delivery.period.end"),
    **_numbered(
        "BT-75", *(f"delivery.address.{part}" for part in "line1 line2 city postal_code region country".split())
    ),
    **_numbered("BT-81", "payment_means", "payment_means", "payment.remittance", "iban", "payment.account_name", "bic"),
    **_numbered("BT-87", "payment.card_number", "payment.card_holder", "payment.mandate", "payment.creditor_id"),
    "BT-91": "payment.debited_account",
    **_numbered("BT-92", *["allowances"] * 7),
    **_numbered("BT-99", *["charges"] * 7),
    **_numbered("BT-106", "totals.line_net", "totals.allowances", "totals.charges", "totals.without_vat"),
    **_numbered("BT-110", "totals.vat", "totals.vat_in_accounting_currency", "totals.with_vat", "totals.paid"),
    **_numbered("BT-114", "totals.rounding", "totals.due"),
    **_numbered("BT-116", *["totals.breakdown"] * 6),
    **_numbered("BT-122", *["attachments"] * 4),
    **_numbered("BT-126", *(f"{LINE}.{part}" for part in "id note object_id quantity unit net_amount".split())),
    **_numbered("BT-132", f"{LINE}.order_line_reference", f"{LINE}.accounting_reference"),
    **_numbered("BT-134", f"{LINE}.period.start", f"{LINE}.period.end"),
    **_numbered("BT-136", *[f"{LINE}.discount"] * 5),
    **_numbered("BT-141", *[f"{LINE}.charges"] * 5),
    **_numbered("BT-146", f"{LINE}.unit_price", f"{LINE}.price_discount", f"{LINE}.gross_price"),
    **_numbered("BT-149", f"{LINE}.base_quantity", f"{LINE}.base_quantity_unit", f"{LINE}.vat", f"{LINE}.vat"),
    **_numbered("BT-153", f"{LINE}.name", f"{LINE}.description", f"{LINE}.product_code", f"{LINE}.buyer_item_id"),
    **_numbered("BT-157", f"{LINE}.standard_item_id", f"{LINE}.classifications", f"{LINE}.origin_country"),
    **_numbered("BT-160", f"{LINE}.attributes", f"{LINE}.attributes"),
    **_numbered("BT-162", "seller.address.line3", "buyer.address.line3", "tax_representative.address.line3"),
    "BT-165": "delivery.address.line3",
}

_PARTY = {
    "Name": "name",
    "ID": "siret",
    "GlobalID": "siret",
    "SpecifiedLegalOrganization": "siren",
    "SpecifiedLegalOrganization/TradingBusinessName": "trading_name",
    "SpecifiedTaxRegistration": "vat_number",
    "Description": "legal_information",
    "URIUniversalCommunication": "electronic_address",
    "DefinedTradeContact": "contact",
    "DefinedTradeContact/PersonName": "contact.name",
    "DefinedTradeContact/TelephoneUniversalCommunication": "contact.phone",
    "DefinedTradeContact/EmailURIUniversalCommunication": "contact.email",
    "PostalTradeAddress": "address",
    "PostalTradeAddress/PostcodeCode": "address.postal_code",
    "PostalTradeAddress/LineOne": "address.line1",
    "PostalTradeAddress/LineTwo": "address.line2",
    "PostalTradeAddress/LineThree": "address.line3",
    "PostalTradeAddress/CityName": "address.city",
    "PostalTradeAddress/CountryID": "address.country",
    "PostalTradeAddress/CountrySubDivisionName": "address.region",
}
_UBL_PARTY = {
    "EndpointID": "electronic_address",
    "PartyIdentification": "siret",
    "PartyName": "trading_name",
    "PartyLegalEntity/RegistrationName": "name",
    "PartyLegalEntity/CompanyID": "siren",
    "PartyLegalEntity/CompanyLegalForm": "legal_information",
    "PartyTaxScheme": "vat_number",
    "Contact": "contact",
    "Contact/Name": "contact.name",
    "Contact/Telephone": "contact.phone",
    "Contact/ElectronicMail": "contact.email",
    "PostalAddress": "address",
    "PostalAddress/PostalZone": "address.postal_code",
    "PostalAddress/StreetName": "address.line1",
    "PostalAddress/AdditionalStreetName": "address.line2",
    "PostalAddress/CityName": "address.city",
    "PostalAddress/Country": "address.country",
    "PostalAddress/CountrySubentity": "address.region",
}


def _under(step: str, place: str, table: dict[str, str]) -> dict[str, str]:
    """``table`` moved below ``step`` in the XML and ``place`` on the form; the step itself is a group."""
    return {step: place} | {f"{step}/{path}": f"{place}.{leaf}" for path, leaf in table.items()}


_CII_LINE = {
    "AssociatedDocumentLineDocument/LineID": "id",
    "AssociatedDocumentLineDocument/IncludedNote": "note",
    "SpecifiedTradeProduct/Name": "name",
    "SpecifiedTradeProduct/Description": "description",
    "SpecifiedTradeProduct/SellerAssignedID": "product_code",
    "SpecifiedTradeProduct/BuyerAssignedID": "buyer_item_id",
    "SpecifiedTradeProduct/GlobalID": "standard_item_id",
    "SpecifiedTradeProduct/DesignatedProductClassification": "classifications",
    "SpecifiedTradeProduct/OriginTradeCountry": "origin_country",
    "SpecifiedTradeProduct/ApplicableProductCharacteristic": "attributes",
    "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount": "unit_price",
    "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity": "base_quantity",
    "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/ChargeAmount": "gross_price",
    "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/AppliedTradeAllowanceCharge": "price_discount",
    "SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument": "order_line_reference",
    "SpecifiedLineTradeDelivery/BilledQuantity": "quantity",
    "SpecifiedLineTradeDelivery/BilledQuantity/@unitCode": "unit",
    "SpecifiedLineTradeSettlement/ApplicableTradeTax": "vat",
    "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod": "period",
    "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount": "net_amount",
    "SpecifiedLineTradeSettlement/AdditionalReferencedDocument": "object_id",
}
_UBL_LINE = {
    "ID": "id",
    "Note": "note",
    "InvoicedQuantity": "quantity",
    "CreditedQuantity": "quantity",
    "InvoicedQuantity/@unitCode": "unit",
    "CreditedQuantity/@unitCode": "unit",
    "LineExtensionAmount": "net_amount",
    "InvoicePeriod": "period",
    "OrderLineReference": "order_line_reference",
    "DocumentReference": "object_id",
    "Item/Name": "name",
    "Item/Description": "description",
    "Item/SellersItemIdentification": "product_code",
    "Item/BuyersItemIdentification": "buyer_item_id",
    "Item/StandardItemIdentification": "standard_item_id",
    "Item/CommodityClassification": "classifications",
    "Item/OriginCountry": "origin_country",
    "Item/ClassifiedTaxCategory": "vat",
    "Item/AdditionalItemProperty": "attributes",
    "Price/PriceAmount": "unit_price",
    "Price/BaseQuantity": "base_quantity",
}
_CII_AMOUNTS = {
    "LineTotalAmount": "line_net",
    "AllowanceTotalAmount": "allowances",
    "ChargeTotalAmount": "charges",
    "TaxBasisTotalAmount": "without_vat",
    "TaxTotalAmount": "vat",
    "GrandTotalAmount": "with_vat",
    "TotalPrepaidAmount": "paid",
    "RoundingAmount": "rounding",
    "DuePayableAmount": "due",
}
_UBL_AMOUNTS = {
    "LineExtensionAmount": "line_net",
    "AllowanceTotalAmount": "allowances",
    "ChargeTotalAmount": "charges",
    "TaxExclusiveAmount": "without_vat",
    "TaxInclusiveAmount": "with_vat",
    "PrepaidAmount": "paid",
    "PayableRoundingAmount": "rounding",
    "PayableAmount": "due",
}
_AGREEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"
_DELIVERY = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery"
_SETTLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
_CII_PLACES: dict[str, str] = {
    "ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter": "nature",
    "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter": "profile",
    "ExchangedDocument/ID": "number",
    "ExchangedDocument/TypeCode": "type_code",
    "ExchangedDocument/IssueDateTime": "issue_date",
    "ExchangedDocument/IncludedNote": "notes",
    **_under(f"{_AGREEMENT}/SellerTradeParty", "seller", _PARTY),
    **_under(f"{_AGREEMENT}/BuyerTradeParty", "buyer", _PARTY),
    **_under(f"{_AGREEMENT}/SellerTaxRepresentativeTradeParty", "tax_representative", _PARTY),
    f"{_AGREEMENT}/BuyerReference": "buyer_reference",
    f"{_AGREEMENT}/BuyerOrderReferencedDocument": "purchase_order",
    f"{_AGREEMENT}/SellerOrderReferencedDocument": "sales_order_reference",
    f"{_AGREEMENT}/ContractReferencedDocument": "contract",
    f"{_AGREEMENT}/SpecifiedProcuringProject": "project",
    f"{_AGREEMENT}/AdditionalReferencedDocument": "attachments",
    f"{_DELIVERY}/ShipToTradeParty": "delivery",
    f"{_DELIVERY}/ActualDeliverySupplyChainEvent": "delivery_date",
    f"{_DELIVERY}/DespatchAdviceReferencedDocument": "despatch_advice_reference",
    f"{_DELIVERY}/ReceivingAdviceReferencedDocument": "receiving_advice_reference",
    f"{_SETTLEMENT}/InvoiceCurrencyCode": "currency",
    f"{_SETTLEMENT}/TaxCurrencyCode": "accounting_currency",
    f"{_SETTLEMENT}/PaymentReference": "payment.remittance",
    f"{_SETTLEMENT}/CreditorReferenceID": "payment.creditor_id",
    **_under(f"{_SETTLEMENT}/PayeeTradeParty", "payee", _PARTY),
    f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/TypeCode": "payment_means",
    f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount": "iban",
    f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/PayeeSpecifiedCreditorFinancialInstitution": "bic",
    f"{_SETTLEMENT}/ApplicableTradeTax": "totals.breakdown",
    f"{_SETTLEMENT}/BillingSpecifiedPeriod": "delivery.period",
    f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description": "payment_terms",
    f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime": "due_date",
    **_under(f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation", "totals", _CII_AMOUNTS),
    f"{_SETTLEMENT}/InvoiceReferencedDocument/IssuerAssignedID": "preceding_number",
    f"{_SETTLEMENT}/InvoiceReferencedDocument/FormattedIssueDateTime": "preceding_date",
    f"{_SETTLEMENT}/ReceivableSpecifiedTradeAccountingAccount": "buyer_accounting_reference",
    **_under("SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem", LINE, _CII_LINE),
}
_UBL_PLACES: dict[str, str] = {
    "CustomizationID": "profile",
    "ProfileID": "nature",
    "ID": "number",
    "IssueDate": "issue_date",
    "DueDate": "due_date",
    "InvoiceTypeCode": "type_code",
    "CreditNoteTypeCode": "type_code",
    "Note": "notes",
    "TaxPointDate": "tax_point_date",
    "DocumentCurrencyCode": "currency",
    "TaxCurrencyCode": "accounting_currency",
    "AccountingCost": "buyer_accounting_reference",
    "BuyerReference": "buyer_reference",
    "InvoicePeriod": "delivery.period",
    "OrderReference/ID": "purchase_order",
    "OrderReference/SalesOrderID": "sales_order_reference",
    "BillingReference/InvoiceDocumentReference/ID": "preceding_number",
    "BillingReference/InvoiceDocumentReference/IssueDate": "preceding_date",
    "DespatchDocumentReference": "despatch_advice_reference",
    "ReceiptDocumentReference": "receiving_advice_reference",
    "OriginatorDocumentReference": "tender_or_lot_reference",
    "ContractDocumentReference": "contract",
    "ProjectReference": "project",
    "AdditionalDocumentReference": "attachments",
    **_under("AccountingSupplierParty", "seller", {f"Party/{path}": leaf for path, leaf in _UBL_PARTY.items()}),
    **_under("AccountingCustomerParty", "buyer", {f"Party/{path}": leaf for path, leaf in _UBL_PARTY.items()}),
    **_under("PayeeParty", "payee", _UBL_PARTY),
    **_under("TaxRepresentativeParty", "tax_representative", _UBL_PARTY),
    "Delivery": "delivery",
    "Delivery/ActualDeliveryDate": "delivery_date",
    "PaymentMeans/PaymentMeansCode": "payment_means",
    "PaymentMeans/PaymentID": "payment.remittance",
    "PaymentMeans/PayeeFinancialAccount": "iban",
    "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch": "bic",
    "PaymentTerms": "payment_terms",
    "TaxTotal/TaxAmount": "totals.vat",
    "TaxTotal/TaxSubtotal": "totals.breakdown",
    **_under("LegalMonetaryTotal", "totals", _UBL_AMOUNTS),
    **_under("InvoiceLine", LINE, _UBL_LINE),
    **_under("CreditNoteLine", LINE, _UBL_LINE),
}
_TABLES = {"CrossIndustryInvoice": _CII_PLACES, "Invoice": _UBL_PLACES, "CreditNote": _UBL_PLACES}
_LINE_STEPS = {"IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine"}
_GROUPS = {"seller", "buyer", "payee", "tax_representative", "delivery", "totals", LINE}

_STEP = re.compile(r"/(?:[*\w]+:)?(@?[\w-]+)(?:\[(\d+)\])?")
_BT = re.compile(r"(?<![A-Za-z])BT-(\d+)(?!\d)")
_ATTRIBUTE = re.compile(r"'(@\w+)'")
_NAME_IN_TEXT = re.compile(r"^\s*\[([A-Z][A-Z0-9-]+)\]")


def place_of(code: str, message: str, location: str) -> str:
    """Path of the field a failed rule speaks of, empty when it cannot be told.

    Args:
        code: official identifier (``BR-FR-05_BT-22_PMT``).
        message: its text.
        location: XPath of the context, in this package's short form (``/*:Invoice[1]/*:InvoiceLine[2]``).
    """
    steps = _STEP.findall(location)
    if steps and (attribute := _ATTRIBUTE.search(message)):
        steps.append((attribute[1], ""))
    place = _place_in_xml(steps)
    found = _special(code, message) or _from_rule(code, message, place)
    if LINE not in found:
        return found
    line = next((int(index or 1) - 1 for name, index in steps if name in _LINE_STEPS), None)
    return "lines" if line is None else found.replace(LINE, f"lines.{line}")


def _special(code: str, message: str) -> str:
    named = _NAME_IN_TEXT.match(message)
    return _RULE_PLACES.get(code) or (_RULE_PLACES.get(named[1], "") if named else "")


def _place_in_xml(steps: list[tuple[str, str]]) -> str:
    """Place of the deepest known ancestor of the context."""
    if not steps or steps[0][0] not in _TABLES:
        return ""
    table = _TABLES[steps[0][0]]
    names = [name for name, _ in steps[1:]]
    for length in range(len(names), 0, -1):
        if place := table.get("/".join(names[:length])):
            return place
    return ""


def _from_rule(code: str, message: str, place: str) -> str:
    """The field: the only BT of the identifier, else the context when it is a field, else a BT inside the context."""
    in_code = _known_places(_BT.findall(code))
    if len(in_code) == 1 and _is_inside(in_code[0], place):
        return in_code[0]
    if place and not _is_group(place):
        return place
    candidates = in_code + _known_places(_BT.findall(message))
    return next((candidate for candidate in candidates if _is_inside(candidate, place)), place)


def _known_places(numbers: list[str]) -> list[str]:
    return [place for number in numbers if (place := _BT_PLACES.get(f"BT-{number}"))]


def _is_group(place: str) -> bool:
    return place in _GROUPS or place.endswith((".address", ".contact"))


def _is_inside(candidate: str, group: str) -> bool:
    """Whether a field may be the subject of a rule whose context is ``group`` (the whole document when empty)."""
    if _is_group(group):
        return candidate.startswith(f"{group}.") or (group == "delivery" and candidate == "delivery_date")
    if group:
        return True
    return LINE not in candidate
