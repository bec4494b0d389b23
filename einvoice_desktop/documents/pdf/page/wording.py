"""French words for the codes of a document: its type, what it sells, how it is paid, where a country is."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from einvoice_desktop.documents.pdf.page import figures
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, DEPOSIT_TYPES, SELF_BILLED_TYPES, Invoice
from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.domain.references import PrecedingInvoice

_TITLES = {
    "380": "Facture",
    "381": "Avoir",
    "384": "Facture rectificative",
    "386": "Facture d’acompte",
    "389": "Autofacture",
    "393": "Facture affacturée",
    "396": "Avoir affacturé",
    "261": "Avoir autofacturé",
    "262": "Avoir de remise globale",
    "471": "Autofacture rectificative",
    "472": "Facture rectificative affacturée",
    "473": "Autofacture rectificative affacturée",
    "500": "Autofacture d’acompte",
    "501": "Autofacture affacturée",
    "502": "Avoir autofacturé affacturé",
    "503": "Avoir sur facture d’acompte",
}

_NATURES = {
    "B": "Livraison de biens",
    "S": "Prestation de services",
    "M": "Livraison de biens et prestation de services",
}

_MEANS = {
    "10": "en espèces",
    "20": "par chèque",
    "30": "par virement",
    "31": "par virement",
    "42": "par virement",
    "48": "par carte bancaire",
    "49": "par prélèvement",
    "54": "par carte bancaire",
    "55": "par carte bancaire",
    "57": "selon convention",
    "58": "par virement SEPA",
    "59": "par prélèvement SEPA",
    "97": "par compensation",
}

_OTHER_UNITS = {
    "EA": "unité",
    "NAR": "unité",
    "PCE": "pièce",
    "PR": "paire",
    "MMT": "mm",
    "CMT": "cm",
    "MLT": "ml",
    "SEC": "seconde",
    "QAN": "trimestre",
    "P1": "%",
    "ZZ": "",
}
"""Units other people's documents use; the forms do not offer them."""

TRANSFERS = frozenset({"30", "31", "42", "58"})
_INVARIABLE = frozenset({"kg", "g", "m", "m²", "m³", "km", "kWh", "mois", "mm", "cm", "ml", "%", ""})


def title(invoice: Invoice) -> str:
    """Name of the document (BT-3); a type France does not use is a « Facture » or an « Avoir » with its code."""
    default = "Avoir" if invoice.is_credit_note else "Facture"
    if invoice.type_code == "380" and is_final(invoice):
        return "Facture de solde"
    return _TITLES.get(invoice.type_code, f"{default} (type {invoice.type_code})")


def subtitles(invoice: Invoice) -> list[str]:
    """What the law wants beside the name: what is replaced or credited (289-I-5 CGI), who wrote the document."""
    found: list[str] = []
    if invoice.type_code in CORRECTED_TYPES:
        found += [f"Annule et remplace la facture {reference(p)}" for p in invoice.preceding]
    elif invoice.is_credit_note:
        what = "Avoir sur facture d’acompte" if invoice.type_code in DEPOSIT_TYPES else "Avoir sur facture"
        found += [f"{what} {reference(p)}" for p in invoice.preceding]
    if invoice.type_code in SELF_BILLED_TYPES:
        found.append("Autofacturation")
    return found


def reference(preceding: PrecedingInvoice) -> str:
    """``n° F-1 du 01/02/2026``."""
    dated = f" du {figures.day(preceding.issue_date)}" if preceding.issue_date else ""
    return f"n°\u00a0{preceding.number}{dated}"


def deposits(invoice: Invoice) -> list[tuple[str, str]]:
    """Earlier invoices a final invoice deducts or only refers to, as pairs of a label and a reference."""
    if invoice.is_credit_note or invoice.type_code in CORRECTED_TYPES:
        return []
    return [
        ("Facture d’acompte" if p.type_code in DEPOSIT_TYPES or is_final(invoice) else "Facture liée", reference(p))
        for p in invoice.preceding
    ]


def nature(invoice: Invoice) -> str:
    """« Nature de l'opération » (first letter of BT-23), empty when the document does not say it."""
    return _NATURES.get(invoice.business_process[:1], "")


def delivery_label(invoice: Invoice) -> str:
    """How BT-72 is called for this nature and type."""
    if invoice.type_code in DEPOSIT_TYPES:
        return "Date de versement"
    return {"B": "Date de livraison", "S": "Date de prestation"}.get(
        invoice.business_process[:1], "Livraison / prestation"
    )


def due_label(invoice: Invoice) -> str:
    """How BT-9 is called: it is the payment date of an invoice already paid (BR-FR-CO-09)."""
    return "Date de paiement" if is_already_paid(invoice) else "Échéance"


def is_final(invoice: Invoice) -> bool:
    """Whether the « cadre » says that deposits were invoiced before (B4, S4, M4)."""
    return invoice.business_process[1:2] == "4"


def is_already_paid(invoice: Invoice) -> bool:
    """Whether the « cadre » says that it was paid before (B2, S2, M2)."""
    return invoice.business_process[1:2] == "2"


def means(code: str, text: str = "") -> str:
    """« par virement SEPA »…; the document's own words for a code without any."""
    return _MEANS.get(code) or (f": {text}" if text else "")


def unit(code: str, quantity: Decimal) -> str:
    """Name of a unit (BT-130), plural from 2; the code itself when it is not one of the usual."""
    name = UNITS.get(code) or _OTHER_UNITS.get(code, code)
    if name == code or name in _INVARIABLE or abs(quantity) < 2 or name.endswith(("s", "x")):
        return name
    return name + "s"


@lru_cache(maxsize=300)
def country(code: str) -> str:
    """French name of a country, the code itself when unknown."""
    from babel import Locale

    return str(Locale.parse("fr").territories.get(code, code))
