"""Number, dates, parties, account and mentions printed, against those of the XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from einvoice_desktop.documents.pdf.proof.amounts import PARTIAL
from einvoice_desktop.documents.pdf.proof.printed import Presence, Printed, fold
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, DEPOSIT_TYPES, SELF_BILLED_TYPES, Invoice, TaxPoint
from einvoice_desktop.domain.parties import Party

_NATURES = {
    "B": "Livraison de biens",
    "S": "Prestation de services",
    "M": "Livraison de biens et prestation de services",
}
_TITLES = {"380": "FACTURE", "381": "AVOIR", "384": "FACTURE RECTIFICATIVE", "386": "FACTURE D’ACOMPTE"}
_DATES = {
    "BT-2": r"Date d’émission",
    "BT-7": r"Exigibilité",
    "BT-9": r"Échéance|Date de paiement",
    "BT-72": r"Date de (?:livraison|prestation|versement)|Livraison / prestation|Date de l’opération",
}
_ACCOUNTS = {
    "IBAN": re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}"),
    "BIC": re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"),
}
_VAT_GROUP = "MEMBRE_ASSUJETTI_UNIQUE"
_CONDITIONS = ("PMD", "PMT", "AAB")
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that has to stand on the page: its business term, its field in the form, a label just before it."""

    term: str
    place: str
    text: str
    label: str = ""


def check_values(printed: Printed, invoice: Invoice) -> list[Finding]:
    """Everything that is printed as it stands in the XML."""
    findings: list[Finding] = []
    for part, texts in (
        (printed, _wanted(invoice)),
        (printed.seller_place(), _party("seller", ("BT-27", "BT-30", "BT-31"), invoice.seller)),
        (printed.buyer_place(), _party("buyer", ("BT-44", "BT-47", "BT-48"), invoice.buyer)),
    ):
        for wanted in texts:
            findings += _stands(part, wanted)
    furniture = printed.furniture()
    for mention in _mentions(invoice):
        presence = printed.presence(mention)
        if presence is Presence.ABSENT:
            presence = furniture.presence(mention)
        if presence is Presence.ABSENT:
            findings.append(Finding("ED-PDF-MENTION", params={"text": mention}))
        elif presence is Presence.REPLACED:
            told = {"term": "BT-22", "text": mention}
            findings.append(Finding("ED-PDF-GLYPH", "notes", Severity.WARNING, params=told))
    return findings + _date_findings(printed, invoice) + _account_findings(printed, invoice)


def _stands(printed: Printed, wanted: Wanted) -> Iterator[Finding]:
    text = wanted.text[:_LONGEST_NAME].rstrip()
    presence = printed.presence(text if len(wanted.text) <= _LONGEST_NAME else text + "…", before=wanted.label)
    if presence is Presence.ABSENT:
        told = {"term": wanted.term, "printed": "—", "xml": wanted.text}
        yield Finding("ED-PDF-VALUE", wanted.place, params=told)
    elif presence is Presence.REPLACED or len(wanted.text) > _LONGEST_NAME:
        told = {"term": wanted.term, "text": wanted.text}
        yield Finding("ED-PDF-GLYPH", wanted.place, Severity.WARNING, params=told)


def _wanted(invoice: Invoice) -> list[Wanted]:
    found = [Wanted("BT-1", "number", invoice.number, "n°")]
    found += [Wanted("BT-25", "preceding", item.number) for item in invoice.preceding]
    found.append(Wanted("BT-13", "references.purchase_order", invoice.purchase_order_reference))
    found.append(Wanted("BT-12", "references.contract", invoice.contract_reference))
    if invoice.payee is not None:
        found.append(Wanted("BT-59", "payee.name", invoice.payee.name))
    return [wanted for wanted in found if wanted.text.strip()]


def _party(place: str, terms: tuple[str, str, str], party: Party) -> list[Wanted]:
    name, legal, vat = terms
    number = Wanted(legal, f"{place}.siren", party.siren, "SIREN")
    if not party.siren:
        number = Wanted(legal, f"{place}.siren", party.legal_id.value if party.legal_id else "")
    return [
        Wanted(name, f"{place}.name", party.name),
        number,
        Wanted(vat, f"{place}.vat_number", party.vat_number, "TVA"),
    ]


def _mentions(invoice: Invoice) -> list[str]:
    """The sentences the law wants (CGI ann. II art. 242 nonies A, C. com. L441-9), as far as the XML calls for them."""
    found = [_TITLES.get(invoice.type_code, ""), _NATURES.get(invoice.business_process[:1], "")]
    if invoice.type_code in SELF_BILLED_TYPES:
        found.append("Autofacturation")
    if invoice.type_code in CORRECTED_TYPES:
        found += [f"Annule et remplace la facture n° {item.number}" for item in invoice.preceding]
    elif invoice.is_credit_note:
        kind = "Avoir sur facture d’acompte" if invoice.type_code in DEPOSIT_TYPES else "Avoir sur facture"
        found += [f"{kind} n° {item.number}" for item in invoice.preceding]
    if invoice.tax_point is TaxPoint.INVOICE:
        found.append("Option pour le paiement de la taxe d’après les débits")
    for group in invoice.totals.breakdown:
        found.append(group.exemption_reason or "")
        found += ["Autoliquidation"] if group.category == "AE" else []
    found.append("" if invoice.seller.legal_information.strip() == "EI" else invoice.seller.legal_information)
    silent = {"BAR", *(_CONDITIONS if invoice.treatment.startswith("B2C") else ())}
    shown = [note.text for note in invoice.notes if note.subject not in silent and note.text.strip() != _VAT_GROUP]
    found += [text.strip() for text in shown]
    return list(dict.fromkeys(text for text in found if text.strip()))


def _date_findings(printed: Printed, invoice: Invoice) -> list[Finding]:
    values = {
        "BT-2": invoice.issue_date,
        "BT-7": invoice.tax_point_date,
        "BT-9": invoice.due_date,
        "BT-72": invoice.delivery.date if invoice.delivery is not None else None,
    }
    findings: list[Finding] = []
    for term, value in values.items():
        if value is None and invoice.profile in PARTIAL:
            continue
        shown = _first_value(printed, re.compile(_DATES[term]))
        if shown != _day(value):
            told = {"term": term, "printed": shown or "—", "xml": value.isoformat() if value else "—"}
            findings.append(Finding("ED-PDF-VALUE", params=told))
    return findings


def _account_findings(printed: Printed, invoice: Invoice) -> list[Finding]:
    """IBAN and BIC (BT-84, BT-86); a document that is already paid need not tell where to pay."""
    payment = invoice.payment
    if payment is None:
        return []
    is_paid = invoice.business_process[1:2] == "2"
    findings = []
    for term, label, value in (("BT-84", "IBAN", payment.iban), ("BT-86", "BIC", payment.bic)):
        shown = _shown_account(printed, label, value)
        if (shown is None and (is_paid or not value)) or (not value and invoice.profile in PARTIAL):
            continue
        if fold(shown or "").upper() != fold(value).upper():
            told = {"term": term, "printed": shown or "—", "xml": value}
            findings.append(Finding("ED-PDF-VALUE", f"payment.{label.lower()}", params=told))
    return findings


def _shown_account(printed: Printed, label: str, value: str) -> str | None:
    """What stands beside « IBAN » or « BIC » and is one, first of all what differs from ``value``."""
    beside = printed.labelled(re.compile(rf"{label}\s*$"))
    texts = [following[0].text.strip() for _, following in beside if following]
    found = [text for text in texts if _ACCOUNTS[label].fullmatch(fold(text)) or fold(text) == fold(value)]
    return next((text for text in found if fold(text).upper() != fold(value).upper()), found[0] if found else None)


def _first_value(printed: Printed, label: re.Pattern[str]) -> str | None:
    """The text at the right of a label, ``None`` without."""
    return next((following[0].text.strip() for _, following in printed.labelled(label) if following), None)


def _day(value: date | None) -> str | None:
    return f"{value:%d/%m/%Y}" if value is not None else None
