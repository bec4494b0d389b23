"""Sentences about credit notes, corrections, deposits, balances, self-billing, templates and attached files."""

from __future__ import annotations

DEAL_FINDINGS: dict[str, str] = {
    "ED-PREFIX": "Un numéro commence par une lettre, puis 15 lettres, chiffres ou signes + - _ / au plus.",
    "ED-PREFIX-SAME": "Les avoirs ont leur propre série : choisissez un autre début que celui des factures.",
    "ED-PREFIX-USED": "Des numéros de {year} portent déjà ce début : il ne change qu’avec l’année.",
    "ED-CREDIT-ABOVE": "L’avoir dépasse ce qui reste à créditer à {rate} % : {remaining} {currency} hors taxes au plus.",
    "ED-CREDIT-TOTAL": "Les avoirs dépasseraient la facture de {excess} {currency} : il reste {remaining} {currency} TTC à créditer.",
    "ED-SOURCE-NUMBER": "Cet avoir doit citer la facture {number}, celle qu’il crédite.",
    "ED-DEPOSIT-AMOUNT": "Le montant de l’acompte doit être supérieur à zéro.",
    "ED-DEPOSIT-ABOVE": "Les acomptes dépasseraient le marché : il reste {remaining} {currency} hors taxes à demander.",
    "ED-DEPOSIT-WHOLE": "Cet acompte solderait le marché : faites plutôt la facture de solde.",
    "ED-DEPOSIT-INVOICE": "Un acompte de 100 % est une facture : changez le type de document en facture.",
    "ED-DEPOSIT-ENDED": "Ce marché est soldé : il n’y a plus d’acompte à demander.",
    "ED-BALANCE-DONE": "La facture de solde de ce marché est déjà émise.",
    "ED-BALANCE-STALE": "L’acompte {number} n’est pas déduit : refaites la facture de solde.",
    "ED-BALANCE-AMOUNT": "Les acomptes à {rate} % sont de {deposited} {currency} hors taxes : déduisez-les en entier.",
    "ED-NO-MANDATE": "Aucun mandat de facturation de ce fournisseur n’est enregistré : notez sa date d’abord.",
}
"""Code of a finding to its sentence."""

DEAL_FAILURES: dict[str, tuple[str, str, str]] = {
    "ED-PDF-NOT-PROVEN": (
        "Le PDF n’a pas pu être vérifié",
        "Le fichier fait n’a pas pu être rouvert et comparé au XML : « non vérifié » n’est pas « conforme ».",
        "Rien n’a été émis : réessayez, puis signalez-le à l’assistance.",
    ),
    "ED-CREDIT-OF-CREDIT": (
        "Un avoir ne se crédite pas",
        "Le document {number} est lui-même un avoir.",
        "Pour l’annuler, émettez une facture.",
    ),
    "ED-CREDIT-REFUSED": (
        "Cette facture a été refusée ou rejetée",
        "Le document {number} n’a pas été admis : il n’y a rien à créditer auprès du client.",
        "Annulez-la dans vos comptes par un avoir interne (« Établir un avoir… »), puis refaites-la.",
    ),
    "ED-CREDIT-INTERNAL": (
        "Cet avoir ne s’envoie pas",
        "Il annule dans vos comptes une facture refusée ou rejetée : le client n’a rien reçu à créditer.",
        "Émettez-le sans l’envoyer.",
    ),
    "ED-CREDIT-STANDS": (
        "Cette facture n’a pas été refusée",
        "Le document {number} a été admis : il se crédite auprès du client.",
        "Faites un avoir.",
    ),
    "ED-CREDIT-CANCELLED": (
        "Cette facture est déjà annulée",
        "Le document {number} est annulé ou remplacé par une facture rectificative.",
        "Créditez celle qui la remplace.",
    ),
    "ED-CREDIT-DEDUCTED": (
        "Cet acompte est déjà déduit",
        "La facture de solde déduit l’acompte {number}.",
        "Créditez la facture de solde.",
    ),
    "ED-CREDIT-EXHAUSTED": (
        "Il ne reste rien à créditer",
        "Les avoirs émis couvrent toute la facture {number}.",
        "Aucun avoir de plus n’est possible.",
    ),
    "ED-CREDIT-DRAFTED": (
        "Un avoir est déjà en préparation",
        "Vos avoirs en brouillon prennent tout ce qui reste de la facture {number}.",
        "Ouvrez le brouillon, ou supprimez-le pour en refaire un.",
    ),
    "ED-CREDIT-EMPTY": (
        "Rien n’est choisi",
        "Un avoir partiel a besoin d’une ligne ou d’un montant.",
        "Choisissez ce que vous voulez créditer.",
    ),
    "ED-CREDIT-LINE": (
        "Cette ligne ne peut pas être créditée ainsi",
        "« {name} » : une quantité ou un montant de plus de zéro, et pas plus que la facture, est attendu.",
        "Corrigez la quantité ou le montant.",
    ),
    "ED-CORRECT-TYPE": (
        "Ce document ne se rectifie pas",
        "Un acompte ou un avoir s’annule par un avoir, puis se refait.",
        "Faites un avoir.",
    ),
    "ED-CORRECT-DEAL": (
        "Cette facture de solde ne se rectifie pas",
        "Elle déduit des acomptes.",
        "Faites un avoir, puis une nouvelle facture.",
    ),
    "ED-CORRECT-CREDITED": (
        "Cette facture est déjà créditée en partie",
        "Une rectificative remplace une facture entière.",
        "Créditez le reste, puis refaites la facture.",
    ),
    "ED-DEAL-TOTAL": (
        "Le total du marché manque",
        "Un premier acompte a besoin du montant du marché entier, hors taxes.",
        "Indiquez-le.",
    ),
    "ED-BALANCE-NONE": (
        "Ce marché n’a aucun acompte émis",
        "Une facture de solde déduit au moins un acompte.",
        "Émettez l’acompte, ou faites une facture ordinaire.",
    ),
    "ED-BALANCE-DRAFTS": (
        "Un acompte de ce marché est encore en brouillon",
        "La facture de solde ne déduit que des acomptes émis.",
        "Émettez cet acompte, ou supprimez-le.",
    ),
    "ED-BALANCE-DRAFTED": (
        "La facture de solde est déjà en préparation",
        "Un brouillon de solde existe pour ce marché.",
        "Ouvrez ce brouillon.",
    ),
    "ED-MANDATE-DATE": (
        "La date de ce mandat est dans l’avenir",
        "Un mandat de facturation est signé avant la première facture.",
        "Corrigez la date.",
    ),
    "ED-TEMPLATE-NAME": ("Ce modèle n’a pas de nom", "Un nom le distingue des autres.", "Donnez-lui un nom."),
    "ED-TEMPLATE-COLOUR": (
        "Cette couleur n’est pas lisible",
        "« {typed} » n’est pas une couleur de la forme #RRGGBB.",
        "Choisissez-la dans la palette, ou écrivez par exemple #0E7C66.",
    ),
    "ED-TEMPLATE-LOGO": (
        "Ce logo ne peut pas être employé",
        "Un logo est une image PNG ou JPEG de 2 Mo au plus.",
        "Choisissez une autre image.",
    ),
    "ED-TEMPLATE-COLUMN": (
        "Cette colonne n’existe pas",
        "« {typed} » n’est pas une colonne d’une facture.",
        "Choisissez parmi les colonnes proposées.",
    ),
    "ED-TEMPLATE-LANGUAGE": (
        "Cette langue n’est pas proposée",
        "« {typed} » n’est pas une seconde langue de page.",
        "Choisissez parmi les langues proposées.",
    ),
    "ED-TEMPLATE-SYSTEM": (
        "Ce modèle est celui du programme",
        "Il ne se modifie ni ne se supprime.",
        "Dupliquez-le, puis modifiez la copie.",
    ),
    "ED-FILE-TYPE": (
        "Ce type de fichier ne peut pas être joint",
        "« {name} » n’est ni un PDF, ni une image PNG ou JPEG, ni un tableau CSV, XLSX ou ODS.",
        "Enregistrez-le en PDF.",
    ),
    "ED-FILE-SIZE": (
        "Ce fichier est trop gros pour être joint",
        "« {name} » : {limit} Mo au plus par fichier, et {total} Mo en tout.",
        "Réduisez-le, ou indiquez un lien.",
    ),
    "ED-FILE-TWICE": ("Ce fichier est déjà joint", "« {name} » est dans la liste.", "Il n’y a rien à faire."),
}
"""Code of a ``UserError`` to its title, sentence and advice (empty for none)."""
