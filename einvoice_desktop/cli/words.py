"""French sentences of the command line: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping

_SENTENCES = {
    "ED-TOTALS": "Le montant annoncé ({stated}) ne découle pas des lignes : il devrait être {computed}.",
    "ED-NOT-ISSUABLE": "Le document ne peut pas être émis en l'état.",
    "ED-NOT-CHECKED": "Les règles officielles n'ont pas pu être exécutées : rien n'a été émis. Réessayez.",
    "ED-NO-PLATFORM": "Aucune plateforme n'est connectée : connectez-en une dans les paramètres, ou émettez sans envoyer.",
    "ED-NO-COMPANY": "Aucune entreprise n'est enregistrée : créez-la d'abord.",
    "ED-NOT-FOUND": "Introuvable : vérifiez le numéro demandé.",
    "ED-CLOCK-BACK": "L'horloge de l'ordinateur est en retard sur la dernière écriture ({last}) : remettez-la à l'heure.",
    "ED-NUMBER-TAKEN": "Le numéro prévu vient d'être pris par un autre document : réessayez.",
    "ED-DATE": "Cette date n'existe pas : « {typed} ».",
    "ED-DATE-FUTURE": "Une facture ne peut pas être datée de demain ou plus tard : corrigez la date d'émission.",
    "ED-DATE-BEFORE-LAST": "Une facture a déjà été émise le {last} : la suivante ne peut pas porter une date antérieure.",
    "BR-FR-CO-07": "L'échéance ne peut pas précéder la date de facture.",
    "BR-FR-10": "Le SIREN du vendeur (9 chiffres) est introuvable dans le document : indiquez-le.",
    "BR-FR-11": "Le SIREN du client est obligatoire entre professionnels en France.",
    "ED-FILE-TOO-LARGE": "Ce fichier est trop volumineux pour être une facture.",
    "ED-FILE-UNREADABLE": "Ce fichier ne peut pas être lu : vérifiez son nom et ses droits.",
    "ED-FILE-EMPTY": "Ce fichier est vide.",
    "ED-READ-EMPTY": "Ce fichier est vide.",
    "ED-READ-TOO-LARGE": "Ce fichier est trop volumineux pour être une facture.",
    "ED-READ-NOT-XML": "Ce fichier XML est illisible : demandez-en un nouveau à l'émetteur.",
    "ED-READ-DTD": "Ce fichier XML contient une déclaration interdite (DTD ou entité) : il n'a pas été ouvert.",
    "ED-READ-PDF-NO-XML": "Ce PDF ne contient pas de facture électronique.",
    "ED-READ-PDF-BROKEN": "Ce PDF est endommagé et ne peut pas être ouvert.",
    "ED-READ-PDF-ENCRYPTED": "Ce PDF est protégé par un mot de passe : demandez-en une copie libre.",
    "ED-READ-UNKNOWN": "Ce fichier n'est pas une facture électronique reconnue.",
    "ED-READ-INCOMPLETE": "Il manque à ce document des données indispensables.",
    "ED-READ-ORDER-X": "Ce fichier est une commande Order-X, pas une facture.",
    "ED-READ-ZUGFERD1": "Ce fichier est au format ZUGFeRD 1, antérieur à la norme : demandez un Factur-X.",
    "ED-READ-CDAR": "Ce message de cycle de vie (CDAR) ne peut pas être lu.",
    "ED-JSON-SYNTAX": "Ce fichier n'est pas un JSON valide.",
    "ED-JSON-MISSING": "Il manque un champ dans le JSON : {path}.",
    "ED-JSON-TYPE": "Un champ du JSON n'a pas la forme attendue : {path}.",
    "ED-JSON-DATE": "Une date du JSON n'existe pas : {path}.",
    "ED-STORE-IN-USE": "Ce fichier de données est déjà ouvert par un autre programme : fermez-le d'abord.",
    "ED-STORE-NEWER": "Ce fichier de données vient d'une version plus récente du programme : mettez-le à jour.",
    "ED-STORE-NOT-ONE": "Ce fichier n'est pas un fichier de données d'einvoice-desktop.",
    "ED-STORE-CORRUPT": "Ce fichier de données est endommagé : restaurez une sauvegarde.",
    "ED-STORE-ENVIRONMENT": "Ce fichier de données n'est pas de cet environnement (bac à sable ou production).",
    "ED-STORE-FULL": "Le disque est plein : libérez de la place, rien n'a été perdu.",
    "ED-STORE-READONLY": "Ce fichier de données est en lecture seule : vérifiez les droits du dossier.",
    "ED-OUTPUT": "Impossible d'écrire dans ce dossier : {path}.",
    "ED-DEMO-PRODUCTION": "La démonstration ne s'ouvre jamais dans des données réelles.",
    "ED-FACTURX-PROFILE": "Ce profil ne peut pas être placé dans un PDF Factur-X.",
    "network": "La plateforme ne répond pas : l'envoi se fera plus tard.",
    "ED-SANDBOX-PORT": "Le port {port} est déjà pris : choisissez-en un autre.",
}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, params: Mapping[str, str]) -> str:
    """The sentence of ``code``; an official rule without one keeps its identifier."""
    text = _SENTENCES.get(code)
    if text is None:
        return f"Règle non respectée : {code}." if not code.startswith("ED-") else f"Saisie à corriger : {code}."
    return text.format_map(_Blank(params))
