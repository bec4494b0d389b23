"""Findings in French: one sentence for each code of ours and for the official rules people meet most."""

from __future__ import annotations

from datetime import date

from einvoice_desktop.domain.findings import Finding

_OURS: dict[str, str] = {
    "ED-REQUIRED": "Ce champ est obligatoire.",
    "ED-NUMBER": "Ce n’est pas un nombre. Exemples : 12,50 ou =3*45,50.",
    "ED-DATE": "Cette date n’existe pas. Écrivez-la ainsi : 31/12/2026.",
    "ED-DATE-FUTURE": "La date de facture ne peut pas être dans l’avenir.",
    "ED-DATE-BEFORE-LAST": "Une facture plus récente est déjà émise : les numéros suivent les dates.",
    "ED-QUANTITY-ZERO": "La quantité ne peut pas être zéro.",
    "ED-TOO-LONG": "Texte trop long : {limit} caractères au plus.",
    "ED-DISCOUNT-RANGE": "La remise doit être comprise entre 0 et 100 %.",
    "ED-IBAN-KEY": "Cet IBAN est faux : sa clé de contrôle ne correspond pas.",
    "ED-NO-LINE": "Ajoutez au moins une ligne à la facture.",
    "ED-NO-BUYER": "Choisissez un client.",
    "ED-VAT-NUMBER-MISSING": "Votre numéro de TVA intracommunautaire manque (Paramètres › Entreprise).",
    "ED-VAT-CATEGORY": "Choisissez un taux de TVA.",
    "ED-UNIT": "Cette unité n’est pas reconnue.",
    "ED-CHARACTER": "Ce texte contient un caractère qu’une facture électronique n’admet pas.",
    "ED-CURRENCY": "Cette devise n’est pas reconnue.",
    "ED-SIREN-KEY": "La clé de ce SIREN ne correspond pas : vérifiez-le.",
    "ED-SIRET-KEY": "La clé de ce SIRET ne correspond pas : vérifiez-le.",
    "ED-SIREN-SHAPE": "Un SIREN compte 9 chiffres.",
    "ED-SIRET-SHAPE": "Un SIRET compte 14 chiffres.",
    "ED-PRICE-NEGATIVE": "Un prix ne peut pas être négatif : mettez le signe moins sur la quantité.",
    "ED-DECIMALS": "Trop de décimales.",
    "ED-PAYMENT-DATE": "Cette date de paiement n’est pas possible.",
    "ED-BUYER-IDENTITY-FR": "Un client professionnel français a besoin d’un SIREN ou d’un SIRET.",
    "ED-BUYER-IDENTITY-FOREIGN": "Un client étranger a besoin d’un numéro de TVA ou d’un identifiant légal.",
    "ED-CHOOSE": "Choisissez une réponse.",
    "ED-VAT-NUMBER-KEY": "La clé de ce numéro de TVA ne correspond pas : vérifiez-le.",
    "ED-URL": "Cette adresse doit commencer par https:// (http:// n’est admis que sur cet ordinateur).",
    "ED-DELIVERY-ADDRESS": "Aucune adresse de livraison : elle est présumée identique à celle du client.",
}

_OFFICIAL: dict[str, str] = {
    "XSD": "La structure du fichier XML n’est pas celle de la norme.",
    "DYNAMIC": "Une règle officielle n’a pas pu lire une valeur du document.",
    "BR-FR-01": "Le numéro de facture compte plus de 35 caractères.",
    "BR-FR-02": "Le numéro de facture contient un caractère non admis.",
    "BR-FR-03": "L’année de la facture doit être comprise entre 2000 et 2099.",
    "BR-FR-04": "Ce type de document n’est pas admis en France.",
    "BR-FR-05": "Une mention légale de paiement manque (indemnité, pénalités ou escompte).",
    "BR-FR-09": "Le SIRET ne commence pas par le SIREN.",
    "BR-FR-10": "Le SIREN du vendeur manque ou n’a pas 9 chiffres.",
    "BR-FR-11": "Le SIREN du client est obligatoire pour une facture entre professionnels en France.",
    "BR-FR-12": "L’adresse électronique du client manque : la plateforme ne saurait pas où livrer la facture.",
    "BR-FR-13": "L’adresse électronique du vendeur manque.",
    "BR-FR-15": "Cette catégorie de TVA n’est pas admise en France.",
    "BR-FR-16": "Ce taux de TVA n’est pas un taux français.",
    "BR-FR-20": "La mention du cadre de la facture (B2B, B2C…) n’est pas admise.",
    "BR-FR-CO-04": "Indiquez la facture d’origine que ce document rectifie.",
    "BR-FR-CO-05": "Indiquez la facture que cet avoir annule ou réduit.",
    "BR-FR-CO-07": "L’échéance ({due}) ne peut pas précéder la date de facture ({issue}).",
    "BR-FR-CO-08": "Le cadre de facturation ne s’accorde pas avec ce type de document.",
    "BR-01": "Le profil de la facture manque.",
    "BR-02": "Le numéro de facture manque.",
    "BR-03": "La date de facture manque.",
    "BR-06": "Le nom du vendeur manque.",
    "BR-07": "Le nom du client manque.",
    "BR-08": "L’adresse du vendeur manque.",
    "BR-10": "L’adresse du client manque.",
    "BR-11": "Le pays du client manque.",
    "BR-16": "Ajoutez au moins une ligne à la facture.",
    "BR-22": "La quantité d’une ligne manque.",
    "BR-24": "Le montant d’une ligne manque.",
    "BR-25": "Le nom d’un article manque.",
    "BR-26": "Le prix d’un article manque.",
    "BR-27": "Un prix unitaire ne peut pas être négatif.",
    "BR-CO-10": "La somme des lignes ne correspond pas au total des lignes.",
    "BR-CO-13": "Le total hors taxe ne correspond pas aux lignes et aux remises.",
    "BR-CO-14": "Le total de TVA ne correspond pas au détail par taux.",
    "BR-CO-15": "Le total TTC ne correspond pas au total HT plus la TVA.",
    "BR-CO-16": "Le net à payer ne correspond pas au total TTC et à l’acompte.",
    "BR-CO-17": "La TVA d’un taux ne correspond pas à sa base.",
    "BR-CO-25": "Une échéance ou des conditions de paiement sont nécessaires.",
    "BR-CO-26": "Le vendeur doit avoir un identifiant (SIREN, SIRET ou numéro de TVA).",
    "BR-S-02": "Le numéro de TVA du vendeur manque pour une vente avec TVA.",
    "BR-AE-02": "L’autoliquidation demande les numéros de TVA du vendeur et du client.",
    "BR-IC-02": "Une livraison intracommunautaire demande les numéros de TVA du vendeur et du client.",
    "BR-50": "L’IBAN du compte à créditer manque.",
}

_PLACES: dict[str, str] = {
    "buyer_id": "Client",
    "issue_date": "Date",
    "due_date": "Échéance",
    "delivery_date": "Date de livraison",
    "number": "Numéro",
    "nature": "Opération",
    "currency": "Devise",
    "payment_means": "Moyen de paiement",
    "iban": "IBAN",
    "bic": "BIC",
    "preceding_number": "Facture d’origine",
    "preceding_date": "Date de la facture d’origine",
    "global_discount": "Remise",
    "purchase_order": "Bon de commande",
    "note": "Note au client",
    "name": "désignation",
    "quantity": "quantité",
    "unit": "unité",
    "unit_price": "prix unitaire",
    "vat": "TVA",
    "discount": "remise",
    "description": "description",
}


def sentence(finding: Finding) -> str:
    """What is wrong, in one French sentence; the official text for a rule we have no words for."""
    template = _OURS.get(finding.code) or _official(finding.code)
    if template is None:
        return finding.message or f"Règle {finding.code} non respectée."
    return _filled(template, finding)


def rule_words(code: str) -> str:
    """What goes on the pill of a finding: the official identifier, or « Saisie » for a code of ours."""
    return "Saisie" if code.startswith("ED-") else code.partition("_")[0]


def place_words(place: str) -> str:
    """Where it is, for people: ``lines.1.unit_price`` → « Ligne 2, prix unitaire »."""
    if place.startswith("lines."):
        parts = place.split(".")
        row = f"Ligne {int(parts[1]) + 1}" if len(parts) > 1 and parts[1].isdigit() else "Lignes"
        column = _PLACES.get(parts[2], "") if len(parts) > 2 else ""  # noqa: PLR2004 - lines, row, column
        return f"{row}, {column}" if column else row
    return _PLACES.get(place, "")


def fix_words(finding: Finding) -> str:
    """Words of the button that applies ``suggested_value``: « Corriger : 21/12/2026 »; empty without one."""
    if finding.suggested_value is None:
        return ""
    return f"Corriger : {_as_day(finding.suggested_value)}"


def _official(code: str) -> str | None:
    found = _OFFICIAL.get(code)
    while found is None and any(mark in code for mark in "_-"):
        code = code[: max(code.rfind("_"), code.rfind("-"))]
        found = _OFFICIAL.get(code)
    return found


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _filled(template: str, finding: Finding) -> str:
    if finding.code == "BR-FR-CO-07" and not {"due", "issue"} <= set(finding.params):
        return "L’échéance ne peut pas précéder la date de facture."
    return template.format_map(_Params({key: _as_day(value) for key, value in finding.params.items()}))


def _as_day(value: str) -> str:
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value
