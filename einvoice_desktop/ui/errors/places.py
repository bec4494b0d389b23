"""Where a finding is, in the words of the form."""

from __future__ import annotations

_FORM: dict[str, str] = {
    "type_code": "Type de document",
    "profile": "Profil",
    "buyer_id": "Client",
    "number": "Numéro",
    "issue_date": "Date",
    "due_date": "Échéance",
    "nature": "Opération",
    "process": "Cadre de facturation",
    "payment_state": "Paiement",
    "prices_include_vat": "Prix TTC",
    "currency": "Devise",
    "exchange_rate": "Cours de la devise",
    "paid": "Déjà réglé",
    "rounding": "Arrondi",
    "tax_point": "Exigibilité de la TVA",
    "tax_point_date": "Date d’exigibilité",
    "preceding_number": "Facture d’origine",
    "preceding_date": "Date de la facture d’origine",
    "source_id": "Facture d’origine",
    "references": "Factures liées",
    "deposit_group_id": "Marché",
    "deal_total": "Total du marché",
    "deal_reference": "Nom du marché",
    "lines": "Lignes",
    "global_discount": "Remise",
    "changes": "Remises et frais",
    "note": "Note au client",
    "notes": "Mentions",
    "attachments": "Pièces jointes",
    "delivery_date": "Date de livraison",
    "period_start": "Début de la période",
    "period_end": "Fin de la période",
    "delivery_name": "Livré à",
    "delivery_line1": "Adresse de livraison",
    "delivery_line2": "Adresse de livraison, complément",
    "delivery_postal_code": "Code postal de livraison",
    "delivery_city": "Ville de livraison",
    "delivery_country": "Pays de livraison",
    "purchase_order": "Bon de commande",
    "contract": "Contrat",
    "buyer_reference": "Référence du client",
    "project": "Projet",
    "sales_order": "Notre commande",
    "receiving_advice": "Avis de réception",
    "despatch_advice": "Bon de livraison",
    "tender": "Appel d’offres",
    "object_id": "Objet facturé",
    "object_scheme": "Nature de l’objet facturé",
    "accounting_reference": "Compte comptable du client",
    "payment_means": "Moyen de paiement",
    "payment_terms": "Conditions de paiement",
    "iban": "IBAN",
    "bic": "BIC",
    "remittance": "Référence à rappeler",
    "mandate": "Mandat de prélèvement",
    "creditor_id": "Identifiant créancier",
    "debited_account": "Compte débité",
    "card_number": "Numéro de carte",
    "card_holder": "Titulaire de la carte",
    "language": "Seconde langue",
    "template_id": "Modèle de page",
    "seller": "Votre entreprise",
    "buyer": "Fiche du client",
    "totals": "Totaux",
}

_LINE: dict[str, str] = {
    "name": "désignation",
    "description": "description",
    "note": "note",
    "quantity": "quantité",
    "unit": "unité",
    "unit_price": "prix unitaire",
    "net_amount": "montant",
    "base_quantity": "prix pour",
    "vat": "TVA",
    "exemption_reason": "motif d’exonération",
    "discount": "remise",
    "discount_amount": "remise",
    "discount_reason": "motif de la remise",
    "charge": "frais",
    "charge_reason": "motif des frais",
    "period_start": "début de la période",
    "period_end": "fin de la période",
    "product_code": "référence",
    "buyer_product_code": "référence du client",
    "standard_product_code": "GTIN",
    "classification": "classement",
    "classification_list": "liste de classement",
    "origin_country": "pays d’origine",
    "attributes": "caractéristiques",
    "order_line": "ligne de commande",
    "order": "commande",
    "despatch_advice": "bon de livraison",
    "accounting_reference": "compte comptable",
    "object_id": "objet facturé",
    "object_scheme": "nature de l’objet facturé",
    "deposit_number": "facture d’acompte",
    "deposit_date": "date de l’acompte",
}

_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "lines": ("Ligne", _LINE),
    "notes": ("Mention", {"subject": "objet", "text": "texte"}),
    "changes": (
        "Remise ou frais",
        {
            "kind": "nature",
            "amount": "montant",
            "percentage": "pourcentage",
            "reason": "motif",
            "reason_code": "code du motif",
            "vat": "TVA",
        },
    ),
    "references": ("Facture liée", {"number": "numéro", "date": "date", "type_code": "type"}),
    "attachments": (
        "Pièce jointe",
        {
            "filename": "nom",
            "media_type": "format",
            "reference": "référence",
            "description": "nature",
            "url": "lien",
            "sha256": "contenu",
        },
    ),
}


def place_words(place: str) -> str:
    """Where it is, for people: ``lines.1.unit_price`` → « Ligne 2, prix unitaire »; empty for no field of the form."""
    head, _, rest = place.partition(".")
    if head not in _LISTS or not rest:
        return _FORM.get(place, "")
    row, _, field = rest.partition(".")
    one, words = _LISTS[head]
    if not row.isdigit():
        return _FORM[head]
    column = words.get(field, "")
    numbered = f"{one} {int(row) + 1}"
    return f"{numbered}, {column}" if column else numbered


def field_words(field: str) -> str:
    """The field a rule belongs to: « Ligne, unité », « Échéance », « Votre entreprise »; empty when it has no name."""
    head, _, rest = field.partition(".")
    if head == "lines":
        column = _LINE.get(rest.rpartition(".")[2], "")
        return f"Ligne, {column}" if column else "Lignes"
    return _FORM.get(head, "")
