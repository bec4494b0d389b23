"""French names of the business terms and groups a profile may leave out, as a user would say them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_SELLER_ADDRESS = "adresse du vendeur"
_PLACE = "lieu de livraison"
_CARD = "carte de paiement"
_THIRD = "tiers (payeur, agent, facturé, facturant)"
_RATES = "assiettes et taux des remises et frais de ligne"
_REFERENCES = "références des articles"
_DETAILS = "sous-lignes"
_REASONS = "motif d’exonération de chaque ligne"

TERM_NAMES: Final = {
    "BT-6": "devise de la TVA",
    "BT-7": "date d’exigibilité de la TVA",
    "BT-8": "exigibilité de la TVA",
    "BT-9": "échéance",
    "BT-11": "projet",
    "BT-12": "contrat",
    "BT-14": "commande chez le vendeur",
    "BT-15": "avis de réception",
    "BT-16": "bon de livraison",
    "BT-17": "appel d’offres ou lot",
    "BT-18": "objet facturé",
    "BT-19": "référence comptable du client",
    "BT-20": "conditions de paiement",
    "BG-1": "notes et mentions légales",
    "BG-3": "facture antérieure",
    "BT-28": "nom commercial du vendeur",
    "BT-29": "identifiants du vendeur",
    "BT-33": "forme juridique et capital du vendeur",
    "BT-34": "adresse électronique du vendeur",
    **dict.fromkeys(("BT-35", "BT-36", "BT-37", "BT-38", "BT-39", "BT-162"), _SELLER_ADDRESS),
    "BG-6": "contact du vendeur",
    "BT-45": "nom commercial du client",
    "BT-46": "identifiants du client",
    "BT-48": "numéro de TVA du client",
    "BT-49": "adresse électronique du client",
    "BG-8": "adresse du client",
    "BG-9": "contact du client",
    "BG-10": "bénéficiaire du paiement",
    "BG-11": "représentant fiscal",
    **dict.fromkeys(("BT-70", "BT-71", "BG-15"), _PLACE),
    "BT-72": "date de livraison",
    "BG-14": "période facturée",
    "BG-16": "moyen de paiement",
    "BT-82": "libellé du moyen de paiement",
    "BT-85": "titulaire du compte",
    "BT-86": "BIC",
    **dict.fromkeys(("BT-87", "BT-88"), _CARD),
    **dict.fromkeys(("BG-20", "BT-107"), "remises"),
    **dict.fromkeys(("BG-21", "BT-108"), "frais"),
    "BT-106": "total des lignes",
    "BT-111": "TVA en devise de comptabilisation",
    "BT-113": "montant déjà payé",
    "BT-114": "arrondi",
    "BG-23": "ventilation de la TVA",
    "BG-24": "pièces jointes",
    "BG-25": "lignes",
    "BT-128": "objets des lignes",
    "BT-132": "lignes de commande",
    "BT-133": "références comptables des lignes",
    **dict.fromkeys(("BT-137", "BT-138", "BT-142", "BT-143"), _RATES),
    "BT-154": "descriptions des articles",
    **dict.fromkeys(("BT-155", "BT-156"), _REFERENCES),
    "BT-158": "classifications des articles",
    "BT-159": "pays d’origine des articles",
    "BG-32": "caractéristiques des articles",
    "EXT-FR-FE-02": "type de la facture antérieure",
    "EXT-FR-FE-135": "commande de chaque ligne",
    "EXT-FR-FE-136": "acompte de chaque ligne",
    "EXT-FR-FE-140": "bon de livraison de chaque ligne",
    "EXT-FR-FE-BG-10": "lieu de livraison de chaque ligne",
    **dict.fromkeys(("EXT-FR-FE-162", "EXT-FR-FE-163"), _DETAILS),
    **dict.fromkeys(("EXT-FR-FE-178", "EXT-FR-FE-179"), _REASONS),
    **dict.fromkeys((f"EXT-FR-FE-BG-0{number}" for number in range(1, 6)), _THIRD),
}

_MOST = 8


def names_of(terms: Iterable[str]) -> str:
    """The terms in French, each name once and eight at most: « lignes, arrondi et 3 autres »."""
    names = list(dict.fromkeys(TERM_NAMES.get(term, term) for term in terms))
    more = len(names) - _MOST
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_MOST])} et {more} autres"
