"""From the domain to the BT/BG dictionary of factur-x, built afresh at each call because the library mutates it.

The library ignores unknown keys in silence and prints an element for each missing value it did not expect, so keys
are written only where there is something to say. What the dictionary cannot hold is added by :mod:`.completion`.
"""

from __future__ import annotations

import mimetypes
from typing import Any

from einvoice_desktop.documents.en16931.completion import ends_too_early
from einvoice_desktop.documents.en16931.extension_terms import third_party_terms
from einvoice_desktop.documents.en16931.line_terms import allowance_terms, line_terms
from einvoice_desktop.documents.en16931.party_terms import identifier_terms, party_terms, place_terms
from einvoice_desktop.documents.en16931.values import account_text, amount_text, clean_text
from einvoice_desktop.domain.identifiers import compact
from einvoice_desktop.domain.invoice import Attachment, Invoice, PartyRole, PaymentInstructions, Profile
from einvoice_desktop.domain.money import plain
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.totals import Totals

Terms = dict[str, Any]
"""The library's dictionary: texts, dates, lists and dictionaries under BT, BG and party keys."""

NOTHING = "\u2063"
"""Stands for a mandatory text that is empty (U+2063, invisible separator); removed from the finished XML."""


def terms_of(invoice: Invoice, *, extended: bool = False) -> Terms:
    """Every business term of ``invoice``; ``extended`` adds the terms of the French extension (EXT-FR-FE-…)."""
    terms = {
        "BT-1": invoice.number,
        "BT-2": invoice.issue_date,
        "BT-3": str(invoice.type_code),
        "BT-5": invoice.currency,
        "BT-6": invoice.accounting_currency,
        "BT-7": invoice.tax_point_date,
        "BT-8": str(invoice.tax_point or ""),
        "BT-9": invoice.due_date,
        "BT-10": invoice.buyer_reference,
        "BT-11": invoice.project_reference,
        "BT-12": invoice.contract_reference,
        "BT-13": invoice.purchase_order_reference,
        "BT-14": invoice.sales_order_reference,
        "BT-15": invoice.receiving_advice_reference,
        "BT-16": invoice.despatch_advice_reference,
        "BT-17": [invoice.tender_or_lot_reference] if invoice.tender_or_lot_reference else [],
        "BT-18": identifier_terms((invoice.invoiced_object,) if invoice.invoiced_object else ()),
        "BT-19": invoice.buyer_accounting_reference,
        "BT-20": invoice.payment_terms,
        "BT-23": invoice.business_process,
        "BG-1": [{"BT-21": note.subject, "BT-22": note.text} for note in invoice.notes],
        "BG-3": [
            {
                "BT-25": before.number,
                "BT-26": before.issue_date,
                "EXT-FR-FE-02": before.type_code if extended else "",
            }
            for before in invoice.preceding
        ],
        "BG-4": party_terms(invoice.seller),
        "BG-7": party_terms(invoice.buyer),
        "BG-10": party_terms(invoice.payee) if invoice.payee else {},
        "BG-11": party_terms(invoice.tax_representative) if invoice.tax_representative else {},
        **_delivery(invoice.delivery),
        **_payment(invoice.payment),
        "BG-20": [allowance_terms(a, invoice.currency, extended=extended) for a in invoice.allowances],
        "BG-21": [allowance_terms(c, invoice.currency, extended=extended) for c in invoice.charges],
        "BG-24": [_attachment(attachment) for attachment in invoice.attachments],
        "BG-25": [line_terms(line, invoice.currency, extended=extended) for line in invoice.lines],
        **_totals(invoice),
        **(third_party_terms(invoice) if extended else {}),
    }
    cleaned: Terms = _without_blanks(terms)
    has_other_accounts = invoice.payment is not None and bool(invoice.payment.other_accounts)
    return _with_expected_keys(cleaned, has_other_accounts=has_other_accounts)


def _with_expected_keys(terms: Terms, *, has_other_accounts: bool) -> Terms:
    """:data:`NOTHING` where the library insists on a text: an incomplete draft gets a verdict, not a crash."""
    for group in ("BG-4", "BG-7"):
        terms.setdefault(group, {"name": NOTHING})
    named = [terms.get(group) for group in ("BG-4", "BG-7", "BG-10", "BG-11", "BG-13", *PartyRole)]
    named += [line.get("EXT-FR-FE-BG-10") for line in terms.get("BG-25", ())]
    for party in filter(None, named):
        party.setdefault("name", NOTHING)
    for group, keys in _EXPECTED.items():
        for item in terms.get(group, ()):
            for key in keys:
                item.setdefault(key, NOTHING)
    for key in ("BT-1", "BT-3"):
        terms.setdefault(key, NOTHING)
    if _BESIDE_THE_MEANS & terms.keys() or has_other_accounts:
        terms.setdefault("BT-81", NOTHING)
    terms.setdefault("BG-23", [])
    return terms


_BESIDE_THE_MEANS = frozenset({"BT-82", "BT-84", "BT-87", "BT-91"})
"""What both syntaxes say beside the means code only: kept without one, for the verdict to name it (BR-49)."""

_EXPECTED = {
    "BG-1": ("BT-22",),
    "BG-3": ("BT-25",),
    "BG-23": ("BT-118",),
    "BG-25": ("BT-126", "BT-130", "BT-151", "BT-153"),
}


def _totals(invoice: Invoice) -> Terms:
    totals, currency = invoice.totals, invoice.currency
    terms: Terms = {
        "BT-106": amount_text(totals.line_net, currency),
        "BT-107": amount_text(totals.allowances, currency) if invoice.allowances or totals.allowances else "",
        "BT-108": amount_text(totals.charges, currency) if invoice.charges or totals.charges else "",
        "BT-109": amount_text(totals.without_vat, currency),
        "BT-110": amount_text(totals.vat, currency),
        "BT-112": amount_text(totals.with_vat, currency),
        # What is already paid says so even of nothing (BR-FR-CO-09).
        "BT-113": amount_text(totals.paid, currency) if totals.paid or _is_paid(invoice) else "",
        "BT-114": amount_text(totals.rounding, currency) if totals.rounding else "",
        "BT-115": amount_text(totals.due, currency),
        "BG-23": _breakdown(invoice, totals),
    }
    if totals.vat_in_accounting_currency is not None:
        terms["BT-111"] = amount_text(totals.vat_in_accounting_currency, invoice.accounting_currency)
    return terms


def _is_paid(invoice: Invoice) -> bool:
    return invoice.business_process[1:] == "2" and invoice.profile != Profile.MINIMUM


def _breakdown(invoice: Invoice, totals: Totals) -> list[Terms]:
    return [
        {
            "BT-116": amount_text(group.taxable_amount, invoice.currency),
            "BT-117": amount_text(group.tax_amount, invoice.currency),
            "BT-118": str(group.category),
            # BR-FR-16 accepts "20" and "5.5", never "20.000".
            "BT-119": "" if group.rate is None else plain(group.rate),
            "BT-120": group.exemption_reason or "",
            "BT-121": group.exemption_code or "",
            # The library writes BT-7 only in the groups that carry it; the French extension wants one (CII-SR-461).
            "BT-7": None if index and invoice.profile == Profile.EXTENDED_CTC_FR else invoice.tax_point_date,
        }
        for index, group in enumerate(totals.breakdown)
    ]


def _delivery(delivery: Delivery | None) -> Terms:
    if delivery is None:
        return {}
    terms: Terms = {"BG-13": place_terms(delivery), "BT-72": delivery.date}
    if delivery.period is not None:
        terms |= {"BT-73": delivery.period.start, "BT-74": delivery.period.end}
        if ends_too_early(delivery.period):
            del terms["BT-74"]
    return terms


def _payment(payment: PaymentInstructions | None) -> Terms:
    if payment is None:
        return {}
    return {
        "BT-81": payment.means_code,
        "BT-82": payment.means_text,
        "BT-83": payment.remittance,
        "BT-84": account_text(payment.iban),
        "BT-85": payment.account_name,
        "BT-86": compact(payment.bic),
        "BT-87": payment.card_number,
        "BT-88": payment.card_holder,
        "BT-89": payment.mandate,
        "BT-90": payment.creditor_id,
        "BT-91": account_text(payment.debited_account),
    }


def _attachment(attachment: Attachment) -> Terms:
    terms: Terms = {
        "BT-122": attachment.reference or attachment.filename,
        "BT-123": attachment.description,
        "BT-124": attachment.url,
    }
    if attachment.content:
        # The library drops an attachment without a type or a name.
        name = attachment.filename or attachment.reference
        media_type = attachment.media_type or mimetypes.guess_type(name)[0] or "application/pdf"
        terms |= {"BT-125": attachment.content, "BT-125-1": media_type, "BT-125-2": name}
    return terms


def _without_blanks(value: Any) -> Any:
    """The same terms, cleaned texts, without those that say nothing."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        cleaned = {key: _without_blanks(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in ("", None, {}, [])}
    if isinstance(value, list):
        return [cleaned for item in value if (cleaned := _without_blanks(item)) not in ("", None, {})]
    return value
