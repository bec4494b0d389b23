"""Names of the plain text fields: attribute of the domain -> key of the JSON, shared by the reader and the writer."""

from __future__ import annotations

from einvoice_desktop.domain.invoice import PartyRole

DOCUMENT = {
    "accounting_currency": "vat_accounting_currency_code",
    "business_process": "business_process_type",
    "buyer_reference": "buyer_reference",
    "project_reference": "project_reference",
    "contract_reference": "contract_reference",
    "purchase_order_reference": "purchase_order_reference",
    "sales_order_reference": "sales_order_reference",
    "receiving_advice_reference": "receiving_advice_reference",
    "despatch_advice_reference": "despatch_advice_reference",
    "tender_or_lot_reference": "tender_or_lot_reference",
    "buyer_accounting_reference": "buyer_accounting_reference",
}

ADDRESS = {
    "line1": "street_name",
    "line2": "additional_street_name",
    "line3": "address_line",
    "postal_code": "postal_zone",
    "city": "city_name",
    "region": "country_subdivision",
    "country": "country_code",
    "name": "recipient_name",
}

CONTACT = {"name": "name", "phone": "phone", "email": "email"}

LINE = {
    "description": "item_description",
    "note": "line_note",
    "base_quantity_unit": "price_base_quantity_unit",
    "order_line_reference": "order_line_reference",
    "accounting_reference": "buyer_accounting_reference",
    "seller_item_id": "seller_item_identifier",
    "buyer_item_id": "buyer_item_identifier",
    "origin_country": "country_of_origin",
    "order_reference": "purchase_order_reference",
    "despatch_advice_reference": "despatch_advice_reference",
    "parent_id": "parent_line_id",
    "status": "line_status",
}

PAYMENT = {
    "means_code": "means_code",
    "means_text": "means_text",
    "remittance": "remittance_information",
    "iban": "iban",
    "account_name": "account_name",
    "bic": "bic",
    "card_number": "card_number",
    "card_holder": "card_holder",
    "mandate": "mandate_reference",
    "creditor_id": "creditor_identifier",
    "debited_account": "debited_account",
}

ACCOUNT = {"iban": "iban", "bic": "bic", "name": "account_name"}

ATTACHMENT = {
    "reference": "reference",
    "description": "description",
    "url": "url",
    "media_type": "media_type",
    "filename": "filename",
}

TOTALS_REQUIRED = {
    "line_net": "sum_of_line_net_amounts",
    "without_vat": "invoice_total_without_vat",
    "vat": "invoice_total_vat_amount",
    "with_vat": "invoice_total_with_vat",
    "due": "amount_due_for_payment",
}

TOTALS_OPTIONAL = {
    "allowances": "sum_of_allowances",
    "charges": "sum_of_charges",
    "paid": "paid_amount",
    "rounding": "rounding_amount",
}

ROLES = {
    PartyRole.BUYER_AGENT: "buyer_agent",
    PartyRole.PAYER: "payer",
    PartyRole.SELLER_AGENT: "seller_agent",
    PartyRole.INVOICEE: "invoicee",
    PartyRole.INVOICER: "invoicer",
}

VAT_IN_ACCOUNTING_CURRENCY = "invoice_total_vat_amount_in_accounting_currency"
