"""« Pourquoi n'y a-t-il pas de TVA ? »: the questions, the answers and what follows, in the words of the trade."""

from __future__ import annotations

from collections.abc import Iterator

from einvoice_desktop.domain.exemptions import OUTSIDE_E_INVOICING
from einvoice_desktop.domain.vat_questions import BuyerNeed, Circumstances, Outcome, Question

QUESTIONS: dict[Question, str] = {
    Question.WHY: "Pourquoi n’y a-t-il pas de TVA ?",
    Question.BUYER_PLACE: "Où est établi votre client ?",
    Question.SUPPLY_EU: "Que lui vendez-vous ?",
    Question.SUPPLY_OUTSIDE: "Que lui vendez-vous ?",
    Question.REVERSE_CHARGE: "Pourquoi est-ce votre client qui paie la TVA ?",
    Question.ACTIVITY: "Quelle est cette activité ?",
    Question.LETTING: "Que louez-vous ?",
    Question.MARGIN: "Que revendez-vous ?",
    Question.SUSPENSION: "Quelle attestation vous a-t-il remise ?",
}

ANSWERS: dict[tuple[Question, str], tuple[str, str]] = {
    (Question.WHY, "franchise"): (
        "Je suis en franchise de TVA",
        "Micro-entreprise ou petite entreprise sous les seuils : art. 293 B du CGI.",
    ),
    (Question.WHY, "buyer_abroad"): ("Mon client est à l’étranger", "Dans l’Union européenne ou au-delà."),
    (Question.WHY, "reverse_charge"): (
        "C’est mon client qui paie la TVA",
        "Autoliquidation : sous-traitance du bâtiment, déchets, énergie…",
    ),
    (Question.WHY, "exempt_activity"): (
        "Mon activité est exonérée",
        "Santé, formation, location, assurance, association…",
    ),
    (Question.WHY, "margin"): (
        "La TVA porte seulement sur ma marge",
        "Biens d’occasion, œuvres d’art, antiquités, voyages.",
    ),
    (Question.WHY, "suspension"): (
        "Mon client a une attestation d’achat sans TVA",
        "Exportateur, entrepôt ou autre régime suspensif.",
    ),
    (Question.WHY, "overseas"): ("La vente est exonérée outre-mer", "Opérations de l’article 295 du CGI."),
    (Question.WHY, "disbursement"): (
        "Je me fais rembourser une dépense de mon client",
        "Débours : payé en son nom, refacturé au centime près, justificatif à l’appui.",
    ),
    (Question.WHY, "out_of_scope"): (
        "Ce n’est ni une vente ni une prestation",
        "Indemnité, subvention, dommages et intérêts : hors du champ de la TVA.",
    ),
    (Question.WHY, "net_credit"): (
        "Je rends le prix sans rendre la TVA",
        "Avoir net de taxe : votre client garde sa déduction, vous ne récupérez rien.",
    ),
    (Question.BUYER_PLACE, "eu"): (
        "Dans un autre pays de l’Union européenne",
        "Un professionnel, avec un numéro de TVA de son pays.",
    ),
    (Question.BUYER_PLACE, "outside"): (
        "Hors de l’Union européenne",
        "Suisse, Royaume-Uni, États-Unis… et aussi Guyane, Mayotte, Polynésie.",
    ),
    (Question.SUPPLY_EU, "goods"): ("Des biens", "Ils quittent la France pour un autre pays de l’Union."),
    (Question.SUPPLY_EU, "new_vehicle"): ("Un véhicule neuf", "Voiture, bateau ou avion neuf : une règle à part."),
    (Question.SUPPLY_EU, "services"): ("Des services", "La TVA est due par votre client, dans son pays."),
    (Question.SUPPLY_OUTSIDE, "goods"): ("Des biens", "Ils sortent de l’Union : gardez la preuve de l’exportation."),
    (Question.SUPPLY_OUTSIDE, "services"): ("Des services", "À un professionnel : la TVA française ne s’applique pas."),
    (Question.REVERSE_CHARGE, "construction"): (
        "Je suis sous-traitant du bâtiment",
        "Des travaux pour une entreprise qui les refacture à son client.",
    ),
    (Question.REVERSE_CHARGE, "waste"): (
        "Je vends des déchets ou des matières de récupération",
        "Ferraille, papier, métaux et matières neuves d’industrie.",
    ),
    (Question.REVERSE_CHARGE, "energy"): (
        "Je vends du gaz ou de l’électricité à un revendeur",
        "Et les certificats qui vont avec.",
    ),
    (Question.REVERSE_CHARGE, "other"): ("Pour une autre raison", "Un autre cas d’autoliquidation prévu par la loi."),
    (Question.ACTIVITY, "health"): ("La santé", "Soins à la personne par un professionnel réglementé."),
    (Question.ACTIVITY, "teaching"): ("L’enseignement, la formation", "Écoles, leçons, formation avec attestation."),
    (Question.ACTIVITY, "association"): ("Une association", "Gestion désintéressée, services à ses membres."),
    (Question.ACTIVITY, "letting"): ("La location", "Logement meublé, local nu, terre agricole."),
    (Question.ACTIVITY, "real_estate"): (
        "La vente d’un immeuble",
        "Terrain non à bâtir, immeuble de plus de cinq ans.",
    ),
    (Question.ACTIVITY, "insurance"): ("L’assurance", "Contrats et courtage d’assurance."),
    (Question.ACTIVITY, "banking"): ("La banque, la finance", "Crédit, garanties, opérations sur titres."),
    (Question.ACTIVITY, "group"): ("Un groupement de moyens", "Services rendus à ses membres au prix coûtant."),
    (Question.ACTIVITY, "used_equipment"): (
        "La revente de matériel qui m’a servi",
        "Bien utilisé pour l’activité, sans TVA déduite à l’achat.",
    ),
    (Question.ACTIVITY, "farming_and_fishing"): ("L’agriculture, la pêche", "Opérations de l’article 261, 2."),
    (Question.ACTIVITY, "gambling"): ("Les jeux et paris", "Loteries, paris, jeux d’argent."),
    (Question.ACTIVITY, "gold"): ("L’or d’investissement", "Lingots et pièces."),
    (Question.LETTING, "furnished"): ("Un logement meublé", "Sans les services d’un hôtel."),
    (Question.LETTING, "bare"): ("Un local nu", "Logement vide ou bureau, sans option pour la TVA."),
    (Question.LETTING, "farmland"): ("Une terre agricole", "Terres et bâtiments agricoles."),
    (Question.MARGIN, "second_hand"): ("Des biens d’occasion", "Achetés à qui n’a pas facturé de TVA."),
    (Question.MARGIN, "art"): ("Des œuvres d’art", "Œuvres originales."),
    (Question.MARGIN, "antiques"): ("Des antiquités ou objets de collection", "Plus de cent ans, ou de collection."),
    (Question.MARGIN, "travel"): ("Des voyages", "Agence de voyages, organisateur de circuits."),
    (Question.SUSPENSION, "exporter"): (
        "Une attestation d’exportateur",
        "Il exportera ce que vous lui vendez (art. 275).",
    ),
    (Question.SUSPENSION, "warehouse"): ("Un régime suspensif", "Entrepôt fiscal ou douanier (art. 277 A)."),
}
"""Words and quieter words of each answer."""

CATEGORIES = {
    "E": "Exonération",
    "AE": "Autoliquidation",
    "K": "Livraison intracommunautaire",
    "G": "Exportation",
    "O": "Hors champ de la TVA",
    "Z": "Taux zéro",
    "S": "TVA",
}
_NATURES = {"B": "livraison de biens", "S": "prestation de services", "M": "biens et services"}
_NEEDS = {
    BuyerNeed.VAT_NUMBER: "Il faut le numéro de TVA de votre client, sur sa fiche.",
    BuyerNeed.IDENTITY: "Il faut le SIREN ou le numéro de TVA de votre client, sur sa fiche.",
    BuyerNeed.DELIVERY_COUNTRY: "Il faut le pays de livraison (partie « Livraison »).",
    BuyerNeed.DELIVERY_DATE: "Il faut la date de livraison.",
}


def effects(outcome: Outcome, known: Circumstances) -> tuple[str, ...]:
    """What choosing it changes, and what it demands, one sentence each."""
    return tuple(_effects(outcome, known))


def _effects(outcome: Outcome, known: Circumstances) -> Iterator[str]:
    if outcome.nature is not None and outcome.nature != known.nature:
        yield f"L’opération devient « {_NATURES.get(outcome.nature, outcome.nature)} »."
    if outcome.prices_include_vat:
        yield "Le prix saisi est le prix entier : aucune TVA n’apparaît sur la facture."
    if outcome.needs_tax_registration:
        yield "Sans numéro de TVA, votre SIREN vous identifie sur la facture."
    if outcome.needs_vat_number and not known.has_vat_number:
        yield "Il faut votre numéro de TVA (Paramètres › Mon entreprise)."
    for need in BuyerNeed:
        if need in outcome.buyer:
            yield _NEEDS[need]
    if outcome.code in OUTSIDE_E_INVOICING:
        yield "Une facture qui ne contient que cela reste hors de la facturation électronique : elle se remet au client."
