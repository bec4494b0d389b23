"""Errors in French: three families, one explanation each."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    NotIssuableError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
    UserError,
)
from einvoice_desktop.ui.errors.findings import sentence


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error for people: ``title`` what, ``sentence`` why, ``advice`` what to do, ``detail`` raw text for support."""

    title: str
    sentence: str
    advice: str = ""
    detail: str = ""


_KNOWN: dict[str, tuple[str, str, str]] = {
    "ED-NOT-ISSUABLE": (
        "La facture ne peut pas encore être émise",
        "{count} point(s) restent à corriger.",
        "F8 vous conduit de l’un à l’autre.",
    ),
    "ED-NOT-CHECKED": (
        "La facture n’a pas pu être vérifiée",
        "Les règles officielles n’ont pas répondu : « non vérifié » n’est pas « conforme ».",
        "Réessayez dans quelques secondes ; si cela dure, redémarrez le programme.",
    ),
    "ED-STORE-LOCKED": (
        "Ces données sont déjà ouvertes",
        "Un autre programme utilise ce fichier.",
        "Fermez l’autre fenêtre, puis réessayez.",
    ),
    "ED-STORE-TAMPERED": (
        "Le registre a été modifié en dehors du programme",
        "Des protections du fichier manquent ou une écriture a changé.",
        "Restaurez une sauvegarde, ou ouvrez Registre › Vérifier pour savoir où.",
    ),
    "ED-STORE-NEWER": (
        "Ce fichier vient d’une version plus récente",
        "Cette version du programme ne sait pas l’ouvrir.",
        "Installez la dernière version du programme.",
    ),
    "ED-STORE-NOT-ONE": (
        "Ce fichier n’est pas un dossier de facturation",
        "Le programme ne reconnaît pas son contenu.",
        "Choisissez un autre fichier.",
    ),
    "ED-DISK-FULL": (
        "Le disque est plein",
        "Rien n’a été perdu, mais rien de plus ne peut être écrit.",
        "Libérez de la place, puis recommencez.",
    ),
    "ED-READ-TOO-LARGE": (
        "Ce fichier est trop gros",
        "Une facture électronique pèse au plus 100 Mo.",
        "Demandez à votre fournisseur un fichier plus petit.",
    ),
    "ED-READ-EMPTY": ("Ce fichier est vide", "Il ne contient rien.", "Demandez à votre fournisseur de le renvoyer."),
    "ED-READ-NO-XML": (
        "Ce PDF n’est pas une facture électronique",
        "Il ne contient pas de données structurées.",
        "Demandez à votre fournisseur une facture Factur-X, UBL ou CII.",
    ),
    "ED-READ-XML": (
        "Ce fichier est illisible",
        "Son XML est abîmé ou n’est pas admis.",
        "Demandez un nouveau fichier.",
    ),
    "ED-READ-NOT-XML": (
        "Ce fichier est illisible",
        "Son XML est abîmé.",
        "Demandez un nouveau fichier à votre fournisseur.",
    ),
    "ED-READ-DTD": (
        "Ce fichier est refusé par prudence",
        "Son XML contient des définitions (DTD, entités) qu’une facture n’a pas.",
        "Demandez un nouveau fichier à votre fournisseur, et vérifiez qu’il vient bien de lui.",
    ),
    "ED-READ-ENCODING": (
        "Ce fichier est illisible",
        "Ses caractères ne sont pas codés comme il l’annonce.",
        "Demandez un nouveau fichier à votre fournisseur.",
    ),
    "ED-READ-INCOMPLETE": (
        "Cette facture est incomplète",
        "Des données indispensables manquent : ce qui a pu être lu est affiché.",
        "Demandez une facture complète à votre fournisseur.",
    ),
    "ED-READ-ORDER-X": (
        "Ce n’est pas une facture",
        "Ce PDF contient une commande (Order-X).",
        "Demandez la facture à votre fournisseur.",
    ),
    "ED-READ-ZUGFERD1": (
        "Ce format est trop ancien",
        "Ce PDF suit ZUGFeRD 1, que la réforme n’admet pas.",
        "Demandez une facture Factur-X à votre fournisseur.",
    ),
    "ED-READ-PDF-BROKEN": (
        "Ce PDF est abîmé",
        "Il ne peut pas être ouvert.",
        "Demandez un nouveau fichier à votre fournisseur.",
    ),
    "ED-READ-PDF-ENCRYPTED": (
        "Ce PDF est protégé par un mot de passe",
        "Une facture électronique ne peut pas l’être.",
        "Demandez un fichier sans mot de passe à votre fournisseur.",
    ),
    "ED-READ-PDF-NO-XML": (
        "Ce PDF n’est pas une facture électronique",
        "Il ne contient pas de données structurées : seules ses pages sont lisibles.",
        "Demandez à votre fournisseur une facture Factur-X, UBL ou CII.",
    ),
    "ED-READ-CDAR": (
        "Ce n’est pas une facture",
        "Ce fichier est un message de suivi (CDAR).",
        "Déposez la facture elle-même.",
    ),
    "ED-READ-LEADING-BLANKS": (
        "Ce fichier est mal formé",
        "Des blancs précèdent son XML ; il a été lu malgré tout.",
        "",
    ),
    "ED-READ-UNKNOWN": (
        "Ce fichier n’est pas une facture reconnue",
        "Ce n’est ni un PDF, ni un XML CII ou UBL.",
        "Déposez un PDF, un Factur-X, un UBL ou un CII.",
    ),
    "ED-ALREADY-SENT": (
        "Ce document est déjà en route",
        "Il est dans la file d’envoi ou déjà parti : il ne partira pas deux fois.",
        "Suivez-le dans l’onglet Suivi.",
    ),
    "ED-SENDING-DONE": ("Cet envoi est terminé", "La plateforme a déjà ce document.", ""),
    "ED-NOT-FOUND": ("Ce document n’existe plus", "Il a été supprimé ou déplacé.", "Revenez à la liste."),
    "ED-NO-KEYRING": (
        "Le secret ne peut pas être gardé",
        "Aucun trousseau de clés n’est disponible sur cet ordinateur.",
        "Ouvrez votre trousseau (Trousseau d’accès, Gestionnaire d’identification, GNOME Keyring), puis réessayez.",
    ),
    "ED-NO-PLATFORM": (
        "Aucune plateforme n’est connectée",
        "Le document est émis et gardé ; il ne peut pas encore partir.",
        "Connectez une plateforme dans Paramètres › Plateforme.",
    ),
    "ED-CLOCK-BACKWARDS": (
        "L’horloge de l’ordinateur a reculé",
        "La dernière écriture du registre est plus récente que l’heure actuelle.",
        "Réglez l’heure de l’ordinateur, puis recommencez.",
    ),
    "ED-PAYMENT-DATE": ("Cette date n’est pas possible", "Un paiement ne peut pas dater de l’avenir.", ""),
    "ED-PAYMENT-AMOUNT": ("Ce montant n’est pas possible", "Il dépasse le reste à payer ou vaut zéro.", ""),
}

_PLATFORM: tuple[tuple[type[PlatformError], str, str], ...] = (
    (RetryLaterError, "La plateforme est injoignable", "Rien n’est perdu : l’envoi reprendra de lui-même."),
    (UnknownOutcomeError, "La réponse de la plateforme s’est perdue", "Elle sera interrogée avant tout nouvel envoi."),
    (NeedsAttentionError, "La plateforme attend quelque chose de vous", "Vérifiez l’adresse, l’identifiant et le secret dans Paramètres › Plateforme."),
    (RefusedError, "La plateforme refuse ce document", "Corrigez ce qu’elle signale, puis émettez un nouveau document."),
)  # fmt: skip

_PLATFORM_CODES: dict[str, str] = {
    "network": "La connexion n’a pas pu être établie.",
    "timeout": "Elle n’a pas répondu à temps.",
    "not_json": "Elle a répondu autre chose que prévu : l’adresse est sans doute inexacte.",
    "unauthorized": "L’identifiant ou le secret est refusé.",
    "invalid_client": "L’identifiant ou le secret est refusé.",
    "forbidden": "Votre compte n’a pas ce droit.",
    "not_found": "Cette adresse n’existe pas.",
    "tls": "Sa connexion n’est pas sûre (certificat refusé).",
    "circuit_open": "Elle ne répond plus depuis plusieurs essais.",
}


def explain(error: Exception) -> Explanation:
    """What to tell the user of ``error``; an error nobody foresaw is a bug, told as such."""
    if isinstance(error, UserError):
        return _explain_user(error)
    if isinstance(error, PlatformError):
        return _explain_platform(error)
    if isinstance(error, OSError) and error.errno is not None:
        return Explanation(
            "Le fichier n’a pas pu être lu ou écrit",
            str(error.strerror),
            "Vérifiez le disque et les droits.",
            _trace(error),
        )
    return Explanation(
        "Quelque chose s’est mal passé",
        "Le programme a rencontré une erreur inattendue. Ce que vous avez saisi est gardé.",
        "Copiez les détails et envoyez-les à l’assistance.",
        _trace(error),
    )  # fmt: skip


def code_words(code: str, detail: str = "") -> str:
    """One sentence for a code kept in a row (outbox, parked file): ours, a platform's, or the raw text."""
    if code in _KNOWN:
        return _KNOWN[code][1]
    if code in _PLATFORM_CODES:
        return _PLATFORM_CODES[code]
    if code.startswith(("BR-", "ED-")):
        return f"{code} : {sentence(Finding(code, message=detail if detail != code else ''))}"
    return detail or code


def _explain_user(error: UserError) -> Explanation:
    detail = "\n".join(part for part in (error.code, error.detail, _params(error)) if part)
    if isinstance(error, NotIssuableError):
        title, _, advice = _KNOWN["ED-NOT-ISSUABLE"]
        lines = [f"• {sentence(finding)}" for finding in error.findings if finding.is_blocking]
        return Explanation(title, "\n".join(lines), advice, detail)
    title, text, advice = _KNOWN.get(error.code, ("Ce n’est pas possible", "", ""))
    text = text.format_map(_Params(error.params)) if text else (error.detail or f"Code {error.code}.")
    return Explanation(title, text, advice, detail)


def _explain_platform(error: PlatformError) -> Explanation:
    kind = next(((title, advice) for of, title, advice in _PLATFORM if isinstance(error, of)), None)
    title, advice = kind or ("La plateforme n’a pas fait ce qui était demandé", "")
    words = _PLATFORM_CODES.get(error.code, error.message or "Elle ne dit pas pourquoi.")
    detail = f"{type(error).__name__} {error.code} (HTTP {error.status})\n{error.message}"
    return Explanation(title, words, advice, detail)


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _params(error: UserError) -> str:
    return ", ".join(f"{key}={value}" for key, value in error.params.items())


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
