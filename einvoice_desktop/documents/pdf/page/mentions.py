"""The sentences the law wants on the page (CGI ann. II art. 242 nonies A, C. com. L441-9 and L441-10)."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.page import figures
from einvoice_desktop.domain.identifiers import SCHEME_VAT_GROUP
from einvoice_desktop.domain.invoice import Invoice, Note, PartyRole, TaxPoint
from einvoice_desktop.domain.parties import Address, Party
from einvoice_desktop.domain.vat import VatBreakdown

CONDITIONS = ("PMD", "PMT", "AAB")
"""Notes of C. com. L441-10: penalties, 40 € indemnity, discount."""

_LEGAL = frozenset({"REG", "ABL"})
_APART = frozenset({"BAR", "TXD", *CONDITIONS, *_LEGAL})
_ROLES = {
    PartyRole.BUYER_AGENT: "Agent de l’acheteur",
    PartyRole.PAYER: "Payeur",
    PartyRole.SELLER_AGENT: "Agent du vendeur",
    PartyRole.INVOICEE: "Facture adressée à",
    PartyRole.INVOICER: "Facture établie par",
}
_VAT_GROUP = "MEMBRE_ASSUJETTI_UNIQUE"
_LABELS = {
    "ACC": "Affacturage",
    "ABU": "Retenue de garantie",
    "BLU": "Éco-participation",
    "PAI": "Paiement",
    "CUS": "Douane",
    "SUR": "Remarque du vendeur",
}
_TAX_POINTS = {
    TaxPoint.INVOICE: "Option pour le paiement de la taxe d’après les débits",
    TaxPoint.DELIVERY: "TVA exigible à la livraison",
    TaxPoint.PAYMENT: "TVA exigible à l’encaissement",
}
_BY_CATEGORY = {
    "AE": "Autoliquidation",
    "K": "Exonération de TVA, art. 262 ter, I du CGI",
    "G": "Exonération de TVA, art. 262, I du CGI",
    "O": "Hors champ de la TVA",
    "E": "Exonération de TVA",
}
_BY_CODE = {
    "VATEX-FR-FRANCHISE": "TVA non applicable, art. 293 B du CGI",
    "VATEX-FR-CNWVAT": "Avoir net de taxe",
    "VATEX-EU-F": "Régime particulier – Biens d’occasion",
    "VATEX-EU-I": "Régime particulier – Objets d’art",
    "VATEX-EU-J": "Régime particulier – Objets de collection et d’antiquité",
    "VATEX-EU-D": "Régime particulier – Agences de voyages",
}


def tax_mentions(invoice: Invoice) -> list[str]:
    """Why no VAT is charged (BT-120), option for debits (BT-8), VAT group, tax representative."""
    found = [exemption(group) for group in invoice.totals.breakdown]
    found += _of_lines(invoice)
    if invoice.tax_point is not None:
        found.append(_TAX_POINTS[invoice.tax_point])
    found += [f"SIREN de l’assujetti unique : {figures.siren(number)}" for number in _vat_groups(invoice.seller)]
    for note in invoice.notes:
        if note.subject == "TXD":
            is_group = note.text.strip() == _VAT_GROUP
            found.append("Membre d’un assujetti unique" if is_group else note.text)
    if invoice.tax_representative is not None:
        found.append(_representative(invoice.tax_representative))
    return list(dict.fromkeys(text for text in found if text))


def _of_lines(invoice: Invoice) -> list[str]:
    """Reasons a line, allowance or charge has of its own (extended profiles: several of one category)."""
    stated = " ".join(group.exemption_reason or "" for group in invoice.totals.breakdown)
    treatments = [line.vat for line in invoice.lines]
    treatments += [item.vat for item in (*invoice.allowances, *invoice.charges) if item.vat is not None]
    reasons = [vat.exemption_reason for vat in treatments if vat.exemption_reason]
    return [reason for reason in reasons if reason not in stated]


def _vat_groups(seller: Party) -> list[str]:
    return [item.value for item in seller.identifiers if item.scheme == SCHEME_VAT_GROUP]


def exemption(group: VatBreakdown) -> str:
    """The reference to the provision (I-12°, I-13°): the document's text, else the one of its code or category."""
    if group.category in {"S", "Z", "L", "M"}:
        return group.exemption_reason or ""
    standard = _BY_CODE.get(group.exemption_code or "", "")
    text = group.exemption_reason or standard or _BY_CATEGORY.get(str(group.category), "")
    if standard.startswith("Régime particulier") and "régime particulier" not in text.lower():
        text = f"{standard} – {text}"
    if group.category == "AE" and "autoliquidation" not in text.lower():
        text = f"Autoliquidation – {text}"
    return text


def is_franchise(invoice: Invoice) -> bool:
    """Whether no line of the document bears VAT at all, so that a VAT column would only confuse."""
    groups = invoice.totals.breakdown
    return bool(groups) and all(g.exemption_code == "VATEX-FR-FRANCHISE" for g in groups)


def is_consumer(invoice: Invoice) -> bool:
    """Whether the customer is a private person (BAR note): L441-10 does not apply, nothing of it is printed."""
    return invoice.treatment.startswith("B2C")


def payment_conditions(invoice: Invoice) -> list[str]:
    """The three texts of L441-10 as the document has them; none for a private customer."""
    if is_consumer(invoice):
        return []
    return [note.text for subject in CONDITIONS for note in invoice.notes if note.subject == subject and note.text]


def free_notes(invoice: Invoice) -> list[str]:
    """The other notes, each under the name of its subject when it has a usual one; never BAR, a machine value."""
    return [_labelled(note) for note in invoice.notes if note.subject not in _APART and note.text.strip()]


def third_parties(invoice: Invoice) -> list[str]:
    """Whoever else takes part in the deal (EXT-FR-FE-BG-01 to BG-05), with address and numbers."""
    found = []
    for item in invoice.third_parties:
        party = item.party
        parts = (
            party.name,
            one_line(party.address),
            f"SIREN{figures.FIXED}{figures.siren(party.siren)}" if party.siren else "",
            f"TVA{figures.FIXED}{figures.vat_number(party.vat_number)}" if party.vat_number else "",
        )
        found.append(f"{_ROLES[item.role]} : " + ", ".join(part for part in parts if part))
    return found


def attachments(invoice: Invoice) -> list[str]:
    """Documents sent with the XML (BG-24): reference, what it is, file or link."""
    found = []
    for item in invoice.attachments:
        parts = (item.reference, item.description, item.filename, item.url)
        found.append("  ·  ".join(dict.fromkeys(part for part in parts if part)))
    return found


def legal_notes(invoice: Invoice) -> list[str]:
    """Legal form and register when they came as notes (REG, ABL)."""
    return [note.text.strip() for note in invoice.notes if note.subject in _LEGAL and note.text.strip()]


def is_sole_trader(party: Party) -> bool:
    """Whether « EI » must stand beside the name (C. com. R526-27)."""
    words = party.legal_information.replace(",", " ").split()
    return words[:1] == ["EI"] or party.legal_information.lower().startswith("entrepreneur individuel")


def seller_name(party: Party) -> str:
    """Name of a seller, with « EI » when it is a sole trader whose name does not already say so."""
    says_it = "EI" in party.name.split() or "entrepreneur individuel" in party.name.lower()
    return f"{party.name} EI" if is_sole_trader(party) and not says_it else party.name


def one_line(address: Address | None) -> str:
    """An address on one line."""
    if address is None:
        return ""
    city = f"{address.postal_code} {address.city}".strip()
    country = "" if address.country == "FR" else address.country
    parts = (address.name, address.line1, address.line2, address.line3, city, country)
    return ", ".join(part.strip() for part in parts if part.strip())


def _labelled(note: Note) -> str:
    label = _LABELS.get(note.subject)
    return f"{label} : {note.text}" if label else note.text


def _representative(party: Party) -> str:
    number = f"TVA{figures.FIXED}{figures.vat_number(party.vat_number)}" if party.vat_number else ""
    return "Représentant fiscal : " + ", ".join(p for p in (party.name, one_line(party.address), number) if p)
