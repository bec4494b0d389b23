"""The official rules people meet most, in French: what is wrong at which field. The others keep their official text."""

from __future__ import annotations

import re

from einvoice_desktop.domain.findings import Finding

_WORDS = {
    "XSD": "La structure du fichier XML n'est pas celle de la norme.",
    "DYNAMIC": "Une règle officielle n'a pas pu lire une valeur du document : corrigez-la.",
    "BR-29": "La fin de la période ne peut pas précéder son début.",
    "BR-30": "La fin de la période ne peut pas précéder son début.",
    "BR-CO-03": "Donnez la date d'exigibilité de la TVA ou son code, pas les deux.",
    "BR-FR-17": "Choisissez dans la liste ce qu'est cette pièce jointe.",
    "BR-FR-18": "Une seule version lisible peut être jointe.",
    "BR-FR-31": "Un seul traitement (BAR) peut être indiqué.",
    "BR-O-12": "Une ligne hors champ de TVA ne se mêle pas aux autres : faites deux factures.",
    "BR-FR-01": "Un numéro de facture compte 35 caractères au plus.",
    "BR-FR-02": "Un numéro de facture ne contient que des lettres sans accent, des chiffres et + - _ /.",
    "BR-FR-03": "Une date n'est pas admise : l'année doit être comprise entre 2000 et 2099.",
    "BR-FR-04": "Ce type de document n'est pas admis en France : employez 380 (facture), 381 (avoir), 384 ou 386.",
    "BR-FR-05": "Une mention obligatoire manque : indemnité de 40 € (PMT), pénalités de retard (PMD) ou escompte (AAB).",
    "BR-FR-06": "Une mention obligatoire figure deux fois : gardez-en une seule.",
    "BR-FR-08": "Le cadre de facturation n'est pas admis : employez par exemple S1 (services) ou B1 (biens).",
    "BR-FR-09": "Le SIRET doit compter 14 chiffres et commencer par le SIREN.",
    "BR-FR-10": "Le SIREN du vendeur (9 chiffres) est introuvable dans le document : indiquez-le.",
    "BR-FR-11": "Le SIREN de {name} est introuvable : il est obligatoire entre professionnels en France.",
    "BR-FR-12": "L'adresse électronique de {name} manque : ajoutez-la, sinon la facture ne peut pas lui être remise.",
    "BR-FR-13": "L'adresse électronique du vendeur manque : ajoutez-la.",
    "BR-FR-15": "Cette catégorie de TVA n'est pas admise en France : employez S, Z, E, AE, K, G ou O.",
    "BR-FR-16": "Ce taux de TVA n'est pas un taux français : employez 20, 10, 5.5, 2.1, 8.5 ou 0.",
    "BR-FR-20": "La mention B2B, B2C… du document n'est pas admise.",
    "BR-FR-21": "L'adresse électronique du client doit être de schéma 0225 et commencer par son SIREN.",
    "BR-FR-22": "En autofacturation, l'adresse électronique du vendeur doit être de schéma 0225 et commencer par son SIREN.",
    "BR-FR-23": "Une adresse électronique contient un caractère interdit.",
    "BR-FR-25": "Une adresse électronique compte 125 caractères au plus.",
    "BR-FR-32": "Un SIREN compte 9 chiffres.",
    "BR-FR-CO-03": "Un avoir de remise globale doit indiquer le contrat et la période concernés.",
    "BR-FR-CO-04": "Une facture rectificative remplace une seule facture : indiquez laquelle.",
    "BR-FR-CO-05": "Un avoir doit indiquer le numéro et la date de la facture qu'il corrige.",
    "BR-FR-CO-07": "L'échéance ne peut pas précéder la date de facture : corrigez l'une ou l'autre.",
    "BR-FR-CO-08": "Le cadre de facturation ne s'accorde pas avec ce type de document.",
    "BR-FR-CO-09": "Facture déjà payée : indiquez la date du paiement ; le net à payer doit être nul.",
    "BR-FR-CO-10": "Chaque identifiant d'une partie doit avoir un schéma, et chaque schéma ne servir qu'une fois.",
    "BR-FR-CO-12": "Facture dans une autre devise : indiquez le montant de TVA en euros.",
    "BR-FR-DEC-01": "Un montant compte 19 chiffres et 2 décimales au plus.",
    "BR-FR-DEC-02": "Une quantité compte 4 décimales au plus.",
    "BR-FR-DEC-03": "Un prix unitaire est positif et compte 6 décimales au plus.",
    "BR-08": "L'adresse du vendeur manque : ajoutez-la.",
    "BR-09": "Le pays du vendeur manque : ajoutez-le.",
    "BR-10": "L'adresse du client manque : ajoutez-la.",
    "BR-11": "Le pays du client manque : ajoutez-le.",
    "BR-16": "Le document n'a aucune ligne : ajoutez-en une.",
    "BR-27": "Un prix ne peut pas être négatif : mettez le signe moins sur la quantité.",
    "BR-33": "Une remise doit avoir un motif : ajoutez-le.",
    "BR-38": "Un supplément doit avoir un motif : ajoutez-le.",
    "BR-42": "La remise d'une ligne doit avoir un motif : ajoutez-le.",
    "BR-44": "Le supplément d'une ligne doit avoir un motif : ajoutez-le.",
    "BR-49": "Le moyen de paiement manque : ajoutez son code, par exemple 58 (virement SEPA).",
    "BR-50": "L'IBAN du compte à créditer manque : ajoutez-le.",
    "BR-53": "Indiquez le montant de TVA dans la devise comptable.",
    "BR-61": "L'IBAN du compte à créditer manque : ajoutez-le.",
    "BR-63": "L'adresse électronique du client doit avoir un schéma.",
    "BR-CL-01": "Ce type de document n'existe pas : employez 380 (facture) ou 381 (avoir).",
    "BR-CL-04": "Cette devise n'existe pas : donnez son code ISO 4217, par exemple EUR.",
    "BR-CL-14": "Ce pays n'existe pas : donnez son code de deux lettres, par exemple FR.",
    "BR-CL-16": "Ce moyen de paiement n'existe pas : donnez son code, par exemple 58 (virement SEPA).",
    "BR-CL-17": "Cette catégorie de TVA n'existe pas : employez S, Z, E, AE, K, G ou O.",
    "BR-CL-18": "Cette catégorie de TVA n'existe pas : employez S, Z, E, AE, K, G ou O.",
    "BR-CL-22": "Ce code d'exonération (VATEX) n'existe pas : vérifiez-le.",
    "BR-CL-23": "Cette unité n'existe pas : donnez son code UN/ECE, par exemple C62 (unité) ou HUR (heure).",
    "BR-CL-25": "Le schéma d'une adresse électronique n'existe pas : employez 0225 en France.",
    "BR-CO-10": "La somme des lignes ne correspond pas au total des lignes.",
    "BR-CO-13": "Le total hors taxe ne correspond pas aux lignes et aux remises.",
    "BR-CO-14": "Le total de TVA ne correspond pas au détail par taux.",
    "BR-CO-15": "Le total TTC ne correspond pas au total HT plus la TVA.",
    "BR-CO-16": "Le net à payer ne correspond pas au total TTC et à l'acompte.",
    "BR-CO-17": "La TVA d'un taux ne correspond pas à sa base.",
    "BR-CO-25": "Une échéance ou des conditions de paiement sont nécessaires : ajoutez-les.",
    "BR-CO-26": "Le vendeur doit avoir un identifiant : indiquez son SIREN.",
    "BR-S-02": "Le numéro de TVA du vendeur manque pour une vente avec TVA : ajoutez-le.",
    "BR-E-10": "Une exonération doit donner son motif (texte ou code VATEX) : ajoutez-le.",
    "BR-AE-02": "L'autoliquidation demande les numéros de TVA du vendeur et du client.",
    "BR-AE-10": "L'autoliquidation doit donner son motif (VATEX-EU-AE) : ajoutez-le.",
    "BR-IC-02": "Une livraison intracommunautaire demande les numéros de TVA du vendeur et du client.",
    "BR-IC-11": "Une livraison intracommunautaire demande la date ou la période de livraison.",
    "BR-IC-12": "Une livraison intracommunautaire demande le pays de livraison.",
    "BR-G-10": "Une exportation doit donner son motif (VATEX-EU-G) : ajoutez-le.",
    "BR-O-02": "Hors champ de la TVA, ni le vendeur ni le client ne portent de numéro de TVA.",
    "BR-O-05": "Hors champ de la TVA, une ligne n'a pas de taux, pas même zéro : retirez-le.",
    "BR-O-10": "Hors champ de la TVA, le document doit en donner le motif (VATEX-EU-O) : ajoutez-le.",
}


_SHAPES = (
    (re.compile(r"Value of .+ is not allowed"), "Cette valeur n'est pas dans la liste officielle : vérifiez le code."),
    (re.compile(r"must occur exactly|must occur at least"), "Une donnée attendue ici manque : ajoutez-la."),
    (re.compile(r"may occur at maximum"), "Une donnée figure trop de fois ici : gardez-en une seule."),
    (re.compile(r"is marked as not used"), "Cette donnée n'est pas prévue ici : retirez-la."),
)
"""What the rules without a number of the norm (FX-SCH-A-…) say, all built alike."""

_CODES_BY_PLACE = {"unit": "BR-CL-23", "currency": "BR-CL-04", "country": "BR-CL-14", "payment_means": "BR-CL-16"}


def rule_sentence(finding: Finding) -> str | None:
    """The sentence of an official rule (``BR-FR-05_BT-22_PMT`` is ``BR-FR-05``), ``None`` when we have no words for it."""
    words = _WORDS.get(finding.code) or _WORDS.get(finding.code.partition("_")[0]) or _by_shape(finding)
    return None if words is None else words.replace("{name}", finding.params.get("name") or "ce client")


def _by_shape(finding: Finding) -> str | None:
    words = next((words for shape, words in _SHAPES if shape.search(finding.message)), None)
    if words is not _SHAPES[0][1]:
        return words
    field = finding.place.rpartition(".")[2]
    return _WORDS[_CODES_BY_PLACE[field]] if field in _CODES_BY_PLACE else words
