"""Where on the form a failed rule belongs, as data: the field its French entry names, its terms, the place in the XML.

Paths are those of the document form where it has the field (``lines.0.unit_price``, ``iban``, ``preceding_number``)
and of :class:`einvoice_desktop.domain.invoice.Invoice` elsewhere (``totals.due``). What is not known stays empty:
a wrong place is worse than none.
"""

from __future__ import annotations

import re

from einvoice_desktop.resources import phrases

LINE = "lines.*"
"""Stands for the line of the finding; its index comes from the XPath."""


def _numbered(first: str, *places: str) -> dict[str, str]:
    """``places`` for consecutive BT numbers starting at ``first``."""
    start = int(first.removeprefix("BT-"))
    return {f"BT-{start + offset}": place for offset, place in enumerate(places)}


_TERM_PLACES: dict[str, str] = {
    **_numbered("BT-1", "number", "issue_date", "type_code"),
    **_numbered("BT-5", "currency", "currency", "tax_point_date", "tax_point", "due_date"),
    **_numbered("BT-10", "buyer_reference", "project", "contract", "purchase_order", "sales_order"),
    **_numbered("BT-15", "receiving_advice", "despatch_advice", "tender", "object_id", "accounting_reference"),
    **_numbered("BT-20", "payment_terms", "notes", "notes"),
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
    **_numbered("BT-70", "delivery_name", "delivery.location_id", "delivery_date", "period_start", "period_end"),
    **_numbered("BT-75", *(f"delivery_{part}" for part in "line1 line2 city postal_code".split())),
    **_numbered("BT-79", "delivery.address.region", "delivery_country"),
    **_numbered("BT-81", "payment_means", "payment_means", "remittance", "iban", "payment.account_name", "bic"),
    **_numbered("BT-87", "card_number", "card_holder", "mandate", "creditor_id", "debited_account"),
    **_numbered("BT-92", *["changes"] * 14),
    **_numbered("BT-106", "totals.line_net", "totals.allowances", "totals.charges", "totals.without_vat"),
    **_numbered("BT-110", "totals.vat", "exchange_rate", "totals.with_vat", "paid", "rounding", "totals.due"),
    **_numbered("BT-116", *["totals.breakdown"] * 6),
    **_numbered("BT-122", *["attachments"] * 4),
    **_numbered("BT-126", *(f"{LINE}.{part}" for part in "id note object_id quantity unit net_amount".split())),
    **_numbered("BT-132", f"{LINE}.order_line", f"{LINE}.accounting_reference"),
    **_numbered("BT-134", f"{LINE}.period_start", f"{LINE}.period_end"),
    **_numbered("BT-136", *[f"{LINE}.discount_amount"] * 2, f"{LINE}.discount", *[f"{LINE}.discount_reason"] * 2),
    **_numbered("BT-141", *[f"{LINE}.charge"] * 3, *[f"{LINE}.charge_reason"] * 2),
    **_numbered("BT-146", f"{LINE}.unit_price", f"{LINE}.price_discount", f"{LINE}.gross_price"),
    **_numbered("BT-149", f"{LINE}.base_quantity", f"{LINE}.base_quantity", f"{LINE}.vat", f"{LINE}.vat"),
    **_numbered("BT-153", f"{LINE}.name", f"{LINE}.description", f"{LINE}.product_code", f"{LINE}.buyer_product_code"),
    **_numbered("BT-157", f"{LINE}.standard_product_code", f"{LINE}.classification", f"{LINE}.origin_country"),
    **_numbered("BT-160", f"{LINE}.attributes", f"{LINE}.attributes"),
    **_numbered("BT-162", "seller.address.line3", "buyer.address.line3", "tax_representative.address.line3"),
    "BT-165": "delivery.address.line3",
    "EXT-FR-FE-135": f"{LINE}.order",
    "EXT-FR-FE-136": f"{LINE}.deposit_number",
    "EXT-FR-FE-138": f"{LINE}.deposit_date",
    "EXT-FR-FE-140": f"{LINE}.despatch_advice",
    "EXT-FR-FE-159": f"{LINE}.attributes",
    "EXT-FR-FE-160": f"{LINE}.attributes",
}
"""Field of each business term: of the form where it has one, else of the document."""

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
    "SpecifiedTradeProduct/BuyerAssignedID": "buyer_product_code",
    "SpecifiedTradeProduct/GlobalID": "standard_product_code",
    "SpecifiedTradeProduct/DesignatedProductClassification": "classification",
    "SpecifiedTradeProduct/OriginTradeCountry": "origin_country",
    "SpecifiedTradeProduct/ApplicableProductCharacteristic": "attributes",
    "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount": "unit_price",
    "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity": "base_quantity",
    "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/ChargeAmount": "gross_price",
    "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/AppliedTradeAllowanceCharge": "price_discount",
    "SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument": "order_line",
    "SpecifiedLineTradeDelivery/BilledQuantity": "quantity",
    "SpecifiedLineTradeDelivery/BilledQuantity/@unitCode": "unit",
    "SpecifiedLineTradeSettlement/ApplicableTradeTax": "vat",
    "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod": "period_start",
    "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod/EndDateTime": "period_end",
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
    "InvoicePeriod": "period_start",
    "InvoicePeriod/EndDate": "period_end",
    "OrderLineReference": "order_line",
    "DocumentReference": "object_id",
    "Item/Name": "name",
    "Item/Description": "description",
    "Item/SellersItemIdentification": "product_code",
    "Item/BuyersItemIdentification": "buyer_product_code",
    "Item/StandardItemIdentification": "standard_product_code",
    "Item/CommodityClassification": "classification",
    "Item/OriginCountry": "origin_country",
    "Item/ClassifiedTaxCategory": "vat",
    "Item/AdditionalItemProperty": "attributes",
    "Price/PriceAmount": "unit_price",
    "Price/BaseQuantity": "base_quantity",
}
_CII_DELIVERY = {
    "Name": "delivery_name",
    "PostalTradeAddress/LineOne": "delivery_line1",
    "PostalTradeAddress/LineTwo": "delivery_line2",
    "PostalTradeAddress/PostcodeCode": "delivery_postal_code",
    "PostalTradeAddress/CityName": "delivery_city",
    "PostalTradeAddress/CountryID": "delivery_country",
}
_UBL_DELIVERY = {
    "DeliveryParty/PartyName": "delivery_name",
    "DeliveryLocation/Address/StreetName": "delivery_line1",
    "DeliveryLocation/Address/AdditionalStreetName": "delivery_line2",
    "DeliveryLocation/Address/PostalZone": "delivery_postal_code",
    "DeliveryLocation/Address/CityName": "delivery_city",
    "DeliveryLocation/Address/Country": "delivery_country",
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
    f"{_AGREEMENT}/SellerOrderReferencedDocument": "sales_order",
    f"{_AGREEMENT}/ContractReferencedDocument": "contract",
    f"{_AGREEMENT}/SpecifiedProcuringProject": "project",
    f"{_AGREEMENT}/AdditionalReferencedDocument": "attachments",
    f"{_DELIVERY}/ShipToTradeParty": "delivery",
    **{f"{_DELIVERY}/ShipToTradeParty/{path}": leaf for path, leaf in _CII_DELIVERY.items()},
    f"{_DELIVERY}/ActualDeliverySupplyChainEvent": "delivery_date",
    f"{_DELIVERY}/DespatchAdviceReferencedDocument": "despatch_advice",
    f"{_DELIVERY}/ReceivingAdviceReferencedDocument": "receiving_advice",
    f"{_SETTLEMENT}/InvoiceCurrencyCode": "currency",
    f"{_SETTLEMENT}/TaxCurrencyCode": "currency",
    f"{_SETTLEMENT}/PaymentReference": "remittance",
    f"{_SETTLEMENT}/CreditorReferenceID": "creditor_id",
    **_under(f"{_SETTLEMENT}/PayeeTradeParty", "payee", _PARTY),
    f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/TypeCode": "payment_means",
    f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount": "iban",
    f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/PayeeSpecifiedCreditorFinancialInstitution": "bic",
    f"{_SETTLEMENT}/ApplicableTradeTax": "totals.breakdown",
    f"{_SETTLEMENT}/BillingSpecifiedPeriod": "period_start",
    f"{_SETTLEMENT}/BillingSpecifiedPeriod/EndDateTime": "period_end",
    f"{_SETTLEMENT}/SpecifiedTradeAllowanceCharge": "changes",
    f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description": "payment_terms",
    f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime": "due_date",
    **_under(f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation", "totals", _CII_AMOUNTS),
    f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation/TotalPrepaidAmount": "paid",
    f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation/RoundingAmount": "rounding",
    f"{_SETTLEMENT}/InvoiceReferencedDocument/IssuerAssignedID": "preceding_number",
    f"{_SETTLEMENT}/InvoiceReferencedDocument/FormattedIssueDateTime": "preceding_date",
    f"{_SETTLEMENT}/ReceivableSpecifiedTradeAccountingAccount": "accounting_reference",
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
    "TaxCurrencyCode": "currency",
    "AccountingCost": "accounting_reference",
    "BuyerReference": "buyer_reference",
    "InvoicePeriod": "period_start",
    "InvoicePeriod/EndDate": "period_end",
    "OrderReference/ID": "purchase_order",
    "OrderReference/SalesOrderID": "sales_order",
    "BillingReference/InvoiceDocumentReference/ID": "preceding_number",
    "BillingReference/InvoiceDocumentReference/IssueDate": "preceding_date",
    "DespatchDocumentReference": "despatch_advice",
    "ReceiptDocumentReference": "receiving_advice",
    "OriginatorDocumentReference": "tender",
    "ContractDocumentReference": "contract",
    "ProjectReference": "project",
    "AdditionalDocumentReference": "attachments",
    **_under("AccountingSupplierParty", "seller", {f"Party/{path}": leaf for path, leaf in _UBL_PARTY.items()}),
    **_under("AccountingCustomerParty", "buyer", {f"Party/{path}": leaf for path, leaf in _UBL_PARTY.items()}),
    **_under("PayeeParty", "payee", _UBL_PARTY),
    **_under("TaxRepresentativeParty", "tax_representative", _UBL_PARTY),
    "Delivery": "delivery",
    **{f"Delivery/{path}": leaf for path, leaf in _UBL_DELIVERY.items()},
    "Delivery/ActualDeliveryDate": "delivery_date",
    "PaymentMeans/PaymentMeansCode": "payment_means",
    "PaymentMeans/PaymentID": "remittance",
    "PaymentMeans/PayeeFinancialAccount": "iban",
    "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch": "bic",
    "PaymentTerms": "payment_terms",
    "TaxTotal/TaxAmount": "totals.vat",
    "TaxTotal/TaxSubtotal": "totals.breakdown",
    **_under("LegalMonetaryTotal", "totals", _UBL_AMOUNTS),
    "LegalMonetaryTotal/PrepaidAmount": "paid",
    "LegalMonetaryTotal/PayableRoundingAmount": "rounding",
    "AllowanceCharge": "changes",
    **_under("InvoiceLine", LINE, _UBL_LINE),
    **_under("CreditNoteLine", LINE, _UBL_LINE),
}
_TABLES = {"CrossIndustryInvoice": _CII_PLACES, "Invoice": _UBL_PLACES, "CreditNote": _UBL_PLACES}
_LINE_STEPS = {"IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine"}
_GROUPS = {"seller", "buyer", "payee", "tax_representative", "delivery", "totals", LINE}

_STEP = re.compile(r"/(?:[*\w]+:)?(@?[\w-]+)(?:\[(\d+)\])?")
_TERM = re.compile(r"(?<![A-Za-z-])(BT-\d+|EXT-FR-FE-\d+)(?!\d)")
_ATTRIBUTE = re.compile(r"'(@\w+)'")


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
    field = _field_in_french(code, message)
    if field == phrases.NO_FIELD:
        return ""
    found = field or _from_rule(code, message, place)
    if LINE not in found:
        return found
    line = next((int(index or 1) - 1 for name, index in steps if name in _LINE_STEPS), None)
    return "lines" if line is None else found.replace(LINE, f"lines.{line}")


def _field_in_french(code: str, message: str) -> str:
    """The field the French entry of the rule names; a rule told only by the shape of its text names none."""
    said = phrases.named(code) or phrases.named(phrases.stated_in(message.strip()))
    return said.field if said is not None else ""


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
    in_code = _known_places(_TERM.findall(code))
    if len(in_code) == 1 and _is_inside(in_code[0], place):
        return in_code[0]
    if place and not _is_group(place):
        return place
    candidates = in_code + _known_places(_TERM.findall(message))
    return next((candidate for candidate in candidates if _is_inside(candidate, place)), place)


def _known_places(terms: list[str]) -> list[str]:
    return [place for term in terms if (place := _TERM_PLACES.get(term))]


def _is_group(place: str) -> bool:
    return place in _GROUPS or place.endswith((".address", ".contact"))


def _is_inside(candidate: str, group: str) -> bool:
    """Whether a field may be the subject of a rule whose context is ``group`` (the whole document when empty)."""
    if _is_group(group):
        return candidate.startswith(f"{group}.") or (group == "delivery" and candidate.startswith("delivery_"))
    if group:
        return True
    return LINE not in candidate
