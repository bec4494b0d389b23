"""JSON bodies another program could send: the reference's example and two dozen of our own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Body = dict[str, Any]


def reference(today: date) -> Body:
    """The Seqino reference's own example body, with a French buyer and the dates moved."""
    return {
        "specification_identifier": "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "issue_date": today.isoformat(),
        "type_code": "380",
        "currency_code": "EUR",
        "seller": {
            "name": "Seqino",
            "postal_address": {
                "street_name": "123 Rue de la République",
                "city_name": "Paris",
                "postal_zone": "75001",
                "country_code": "FR",
            },
            "electronic_address": {"scheme_id": 88, "value": "1234567890123"},
            "tax_registrations": [{"scheme_id": "VAT", "value": "FR12345678901"}],
            "legal_registration_name": "Seqino",
            "trading_name": "Seqino Corp",
            "seller_identifier": "SELLER123",
            "seller_identifier_scheme": "GLN",
            "seller_vat_identifier": "FR12345678901",
            "seller_tax_registration_identifier": "SIRET12345678901234",
            "seller_additional_legal_information": "Société par actions simplifiée au capital de 100 000 EUR",
        },
        "buyer": {
            "name": "Acheteur SAS",
            "postal_address": {
                "street_name": "10 place Vendôme",
                "city_name": "Paris",
                "postal_zone": "75001",
                "country_code": "FR",
            },
            "tax_registrations": [{"scheme_id": "VAT", "value": "FR96552100554"}],
            "legal_registration_name": "Acheteur SAS",
            "buyer_identifier": "BUYER456",
            "buyer_identifier_scheme": "GLN",
            "buyer_legal_registration_identifier": "552100554",
            "buyer_vat_identifier": "FR96552100554",
        },
        "invoice_lines": [
            _line("1", 10, "PCE", 1000, "Software License", 100),
            _line("2", 5, "HUR", 500, "Consulting Services", 100),
        ],
        "vat_breakdowns": [{"category_code": "S", "rate": 20, "taxable_amount": 1500, "tax_amount": 300}],
        "document_totals": {
            "sum_of_line_net_amounts": 1500,
            "invoice_total_without_vat": 1500,
            "invoice_total_vat_amount": 300,
            "invoice_total_with_vat": 1800,
            "amount_due_for_payment": 1800,
        },
        "payment_terms": {
            "description": "Payment due within 30 days",
            "due_date": (today + timedelta(days=30)).isoformat(),
        },
        "order_reference": "PO-2024-456",
        "invoice_note": "Sample draft for demonstration purposes",
    }


def _line(number: str, quantity: Any, unit: str, net: Any, name: str, price: Any, **more: Any) -> Body:
    return {
        "line_id": number,
        "invoiced_quantity": quantity,
        "unit_of_measure": unit,
        "line_net_amount": net,
        "item_name": name,
        "item_price": price,
        "vat_category_code": "S",
        "vat_rate": 20,
    } | more


def _single(body: Body, category: str, rate: Any, tax: Any, reason: str = "", code: str = "") -> None:
    """One line of 1 000 in that category."""
    line = _line("1", 1, "C62", 1000, "Prestation", 1000, vat_category_code=category, vat_rate=rate)
    group: Body = {"category_code": category, "rate": rate, "taxable_amount": 1000, "tax_amount": tax}
    if reason:
        group |= {"exemption_reason": reason, "exemption_reason_code": code}
    if rate is None:
        del line["vat_rate"], group["rate"]
    body["invoice_lines"], body["vat_breakdowns"] = [line], [group]
    _totals(body, 1000, tax)


def _totals(body: Body, net: Any, tax: Any) -> None:
    body["document_totals"] = {
        "sum_of_line_net_amounts": net,
        "invoice_total_without_vat": net,
        "invoice_total_vat_amount": tax,
        "invoice_total_with_vat": net + tax,
        "amount_due_for_payment": net + tax,
    }


def _foreign_buyer(body: Body, country: str, vat: str) -> None:
    body["buyer"] = {
        "name": "Beispiel GmbH",
        "postal_address": {
            "street_name": "Musterstraße 42",
            "city_name": "Berlin",
            "postal_zone": "10115",
            "country_code": country,
        },
        "electronic_address": {"scheme_id": "EM", "value": "rechnung@beispiel.example"},
        "legal_registration_name": "Beispiel GmbH",
        "buyer_legal_registration_identifier": "HRB12345",
    }
    if vat:
        body["buyer"]["buyer_vat_identifier"] = vat


def _person(body: Body) -> None:
    body["buyer"] = {
        "name": "Nadia Benali",
        "postal_address": {
            "street_name": "3 rue Haute",
            "city_name": "Rennes",
            "postal_zone": "35000",
            "country_code": "FR",
        },
        "electronic_address": {"scheme_id": "EM", "value": "nadia@example.org"},
    }


def _rate(rate: float, tax: float) -> Callable[[Body], None]:
    return lambda body: _single(body, "S", rate, tax)


def _type(code: str) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        body["type_code"] = code

    return change


def _credit(code: str) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        body["type_code"] = code
        body["preceding_invoices"] = [{"number": "F2026-0001", "issue_date": body["issue_date"]}]
        body["payment_terms"] = None

    return change


def _franchise(body: Body) -> None:
    _single(body, "E", 0, 0, "TVA non applicable, art. 293 B du CGI", "VATEX-FR-FRANCHISE")
    seller = body["seller"]
    del seller["seller_vat_identifier"], seller["tax_registrations"]


def _intra_community(body: Body) -> None:
    _foreign_buyer(body, "DE", "DE123456789")
    _single(body, "K", 0, 0, "Exonération de TVA, art. 262 ter, I du CGI", "VATEX-EU-IC")
    body["delivery"] = {
        "date": body["issue_date"],
        "address": dict(body["buyer"]["postal_address"]),
    }


def _foreign_services(body: Body) -> None:
    _foreign_buyer(body, "DE", "DE123456789")
    _single(body, "AE", 0, 0, "Autoliquidation", "VATEX-EU-AE")


def _export(body: Body) -> None:
    _foreign_buyer(body, "US", "")
    _single(body, "G", 0, 0, "TVA non applicable, art. 259-1 du CGI", "VATEX-EU-G")


def _reverse_charge(body: Body) -> None:
    _single(body, "AE", 0, 0, "Autoliquidation", "VATEX-EU-AE")


def _out_of_scope(body: Body) -> None:
    """Category O forbids VAT numbers on either side (BR-O-02)."""
    _single(body, "O", None, 0, "Hors champ de la TVA", "VATEX-EU-O")
    for party, prefix in ((body["seller"], "seller"), (body["buyer"], "buyer")):
        party.pop(f"{prefix}_vat_identifier", None)
        party.pop("tax_registrations", None)
    body["buyer"]["buyer_legal_registration_identifier"] = "552100554"


def _exempt(body: Body) -> None:
    _single(body, "E", 0, 0, "Exonération de TVA, art. 261-4-4° du CGI", "VATEX-FR-CGI261-4")


def _two_rates(body: Body) -> None:
    body["invoice_lines"] = [
        _line("1", "7.5", "HUR", "600.00", "Conseil", "80.00"),
        _line("2", "12", "C62", "170.62", "Livre « La facture »", "14.218", vat_rate="5.5"),
    ]
    body["vat_breakdowns"] = [
        {"category_code": "S", "rate": "20", "taxable_amount": "600.00", "tax_amount": "120.00"},
        {"category_code": "S", "rate": "5.50", "taxable_amount": "170.62", "tax_amount": "9.38"},
    ]
    body["document_totals"] = {
        "sum_of_line_net_amounts": "770.62",
        "invoice_total_without_vat": "770.62",
        "invoice_total_vat_amount": "129.38",
        "invoice_total_with_vat": "900.00",
        "amount_due_for_payment": "900.00",
    }


def _paid(body: Body) -> None:
    body["document_totals"] |= {"paid_amount": 800, "amount_due_for_payment": 1000}


def _references(body: Body) -> None:
    body |= {
        "project_reference": "PROJET-7",
        "contract_reference": "CT-2026-1",
        "purchase_order_reference": "PO-1",
        "sales_order_reference": "SO-1",
        "receiving_advice_reference": "BR-1",
        "despatch_advice_reference": "BL-1",
        "tender_or_lot_reference": "LOT-1",
        "invoice_object_identifier": "ABONNEMENT-1",
        "buyer_accounting_reference": "6061",
    }
    del body["order_reference"]


def _many_lines(body: Body) -> None:
    count = 60
    body["invoice_lines"] = [_line(str(i + 1), 3, "C62", "30.03", f"Article {i + 1}", "10.01") for i in range(count)]
    body["vat_breakdowns"] = [{"category_code": "S", "rate": 20, "taxable_amount": "1801.80", "tax_amount": "360.36"}]
    body["document_totals"] = {
        "sum_of_line_net_amounts": "1801.80",
        "invoice_total_without_vat": "1801.80",
        "invoice_total_vat_amount": "360.36",
        "invoice_total_with_vat": "2162.16",
        "amount_due_for_payment": "2162.16",
    }


def _own_process(body: Body) -> None:
    body["business_process_type"] = "B1"


def _strange_names(body: Body) -> None:
    body["buyer"]["name"] = "L'Œuvre & Cie <Ñandú> — « Žluťoučký » 🎨"
    body["invoice_note"] = "Ligne 1\nLigne 2 & <fin>"


def _credited_with_references(body: Body) -> None:
    _references(body)
    _credit("381")(body)


def _allowances(body: Body) -> None:
    """5 % off the whole, carriage on top, a rebate on one line."""
    body["invoice_lines"][0] |= {
        "line_net_amount": 950,
        "allowances": [{"amount": 50, "base_amount": 1000, "percentage": 5, "reason": "Remise", "reason_code": "95"}],
    }
    vat = {"vat_category_code": "S", "vat_rate": 20}
    body["allowances"] = [
        {"amount": "72.50", "base_amount": 1450, "percentage": 5, "reason": "Remise", "reason_code": "95"} | vat
    ]
    body["charges"] = [{"amount": "22.50", "reason": "Frais de port", "reason_code": "FC"} | vat]
    body["vat_breakdowns"] = [{"category_code": "S", "rate": 20, "taxable_amount": 1400, "tax_amount": 280}]
    body["document_totals"] = {
        "sum_of_line_net_amounts": 1450,
        "sum_of_allowances": "72.50",
        "sum_of_charges": "22.50",
        "invoice_total_without_vat": 1400,
        "invoice_total_vat_amount": 280,
        "invoice_total_with_vat": 1680,
        "amount_due_for_payment": 1680,
    }


def _dollars(body: Body) -> None:
    body["currency_code"] = "USD"
    body["document_totals"]["invoice_total_vat_amount_in_accounting_currency"] = "276.50"


def _transfer(body: Body) -> None:
    body["payment_instructions"] = {
        "means_code": "58",
        "means_text": "Virement",
        "remittance_information": "PO-2024-456",
        "iban": "FR76 3000 6000 0112 3456 7890 189",
        "account_name": "Seqino",
        "bic": "AGRIFRPP",
    }


def _self_billed(body: Body) -> None:
    body["type_code"] = "389"
    del body["seller"]["electronic_address"]


def _return(body: Body) -> None:
    body["invoice_lines"][1] |= {"invoiced_quantity": -5, "line_net_amount": -500}
    body["vat_breakdowns"] = [{"category_code": "S", "rate": 20, "taxable_amount": 500, "tax_amount": 100}]
    _totals(body, 500, 100)


CHANGES: dict[str, Callable[[Body], None]] = {
    "reference": lambda _: None,
    "rate-10": _rate(10, 100),
    "rate-5.5": _rate(5.5, 55),
    "rate-2.1": _rate(2.1, 21),
    "rate-8.5-overseas": _rate(8.5, 85),
    "franchise": _franchise,
    "exempt": _exempt,
    "reverse-charge": _reverse_charge,
    "intra-community": _intra_community,
    "foreign-services": _foreign_services,
    "export": _export,
    "out-of-scope": _out_of_scope,
    "person": _person,
    "credit-note-381": _credit("381"),
    "corrected-384": _credit("384"),
    "deposit-386": _type("386"),
    "two-rates-as-text": _two_rates,
    "partly-paid": _paid,
    "every-reference": _references,
    "sixty-lines": _many_lines,
    "own-business-process": _own_process,
    "strange-names": _strange_names,
    "credit-note-with-references": _credited_with_references,
    "allowances-and-charges": _allowances,
    "dollars": _dollars,
    "transfer": _transfer,
    "self-billed-389": _self_billed,
    "returned-goods": _return,
}
"""What each body changes of the reference one."""


def bodies(today: date) -> dict[str, Body]:
    """Every body by name, dated ``today``."""
    made = {}
    for name, change in CHANGES.items():
        body = copy.deepcopy(reference(today))
        change(body)
        made[name] = body
    return made
