"""What each failure is called, why it happens and what to do, as data."""

from __future__ import annotations

from einvoice_desktop.ui.errors.deals import DEAL_FAILURES

KNOWN: dict[str, tuple[str, str, str]] = {
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
    "ED-STORE-NEWER": (
        "Ce fichier vient d’une version plus récente",
        "Cette version du programme ne sait pas l’ouvrir.",
        "Installez la dernière version du programme.",
    ),
    "ED-STORE-MISSING": (
        "Ce fichier de données n’existe pas",
        "{path} est introuvable.",
        "Vérifiez son nom et son dossier.",
    ),
    "ED-STORE-SQLITE": (
        "Python est trop ancien sur cet ordinateur",
        "Sa bibliothèque SQLite ne suffit pas à garder les données en sûreté.",
        "Installez une version plus récente de Python, puis relancez le programme.",
    ),
    "ED-STORE-NOT-ONE": (
        "Ce fichier n’est pas un dossier de facturation",
        "Le programme ne reconnaît pas son contenu.",
        "Choisissez un autre fichier.",
    ),
    "ED-READ-TOO-LARGE": (
        "Ce fichier est trop gros",
        "Une facture électronique pèse au plus 100 Mo.",
        "Demandez à votre fournisseur un fichier plus petit.",
    ),
    "ED-READ-EMPTY": ("Ce fichier est vide", "Il ne contient rien.", "Demandez à votre fournisseur de le renvoyer."),
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
        "Rien à faire ; signalez-le à votre fournisseur.",
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
    "ED-SENDING-DONE": (
        "Cet envoi est terminé",
        "La plateforme a déjà ce document.",
        "Suivez-le dans l’onglet Suivi.",
    ),
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
    "ED-PAYMENT-DATE": (
        "Cette date n’est pas possible",
        "Un paiement ne peut pas dater de l’avenir.",
        "Indiquez la date d’aujourd’hui ou une date passée.",
    ),
    "ED-PAYMENT-AMOUNT": (
        "Ce montant n’est pas possible",
        "Il dépasse le reste à payer ou vaut zéro.",
        "Indiquez un montant entre un centime et le reste à payer.",
    ),
    "ED-CLOCK-BACK": (
        "L’horloge de l’ordinateur a reculé",
        "La dernière écriture du registre est plus récente que l’heure actuelle.",
        "Réglez l’heure de l’ordinateur, puis recommencez.",
    ),
    "ED-SENDING-STARTED": (
        "Cet envoi est déjà parti",
        "Il ne peut plus être retiré.",
        "Attendez la réponse de la plateforme.",
    ),
    "ED-NUMBER-TAKEN": (
        "Ce numéro est déjà pris",
        "Une autre facture porte ce numéro.",
        "Recommencez : le numéro suivant sera proposé.",
    ),
    "ED-NO-COMPANY": (
        "Aucune entreprise",
        "Il faut une entreprise pour facturer.",
        "Créez-la en quatre questions.",
    ),
    "ED-DEMO-PRODUCTION": (
        "Pas de démonstration ici",
        "Ces données sont réelles : la démonstration n’y entre pas.",
        "Ouvrez un dossier d’essai.",
    ),
    "ED-DEMO-NOT-EMPTY": (
        "La démonstration est déjà là",
        "Ce dossier contient déjà une entreprise.",
        "Ouvrez un fichier de données neuf pour l’essayer.",
    ),
    "ED-SANDBOX-PRODUCTION": (
        "Pas de bac à sable ici",
        "Ces données sont réelles : elles ne partent pas vers une plateforme d’entraînement.",
        "Connectez votre plateforme agréée.",
    ),
    "ED-SANDBOX-PORT": (
        "Le bac à sable ne démarre pas",
        "Le port {port} de cet ordinateur est déjà occupé.",
        "Fermez l’autre programme, puis réessayez.",
    ),
    "ED-STORE-READONLY": (
        "Ce dossier ne peut pas être modifié",
        "Le fichier ou son dossier est en lecture seule.",
        "Changez les droits, ou choisissez un autre emplacement.",
    ),
    "ED-STORE-IN-USE": (
        "Ces données sont déjà ouvertes",
        "Un autre programme utilise ce fichier.",
        "Fermez l’autre fenêtre, puis réessayez.",
    ),
    "ED-STORE-BUSY": (
        "Les données sont occupées",
        "Une autre écriture n’est pas terminée.",
        "Réessayez dans quelques secondes.",
    ),
    "ED-STORE-CORRUPT": (
        "Le fichier de données est abîmé",
        "Une partie ne peut plus être lue.",
        "Restaurez la dernière sauvegarde.",
    ),
    "ED-STORE-FULL": (
        "Le disque est plein",
        "Rien n’a été perdu, mais rien de plus ne peut être écrit.",
        "Libérez de la place, puis recommencez.",
    ),
    "ED-STORE-DISK": (
        "Le disque ne répond pas",
        "La lecture ou l’écriture a échoué.",
        "Vérifiez le disque, puis recommencez.",
    ),
    "ED-STORE-ENVIRONMENT": (
        "Ce n’est pas le bon dossier",
        "Les essais et les documents réels ne partagent jamais un fichier.",
        "Choisissez le dossier qui convient.",
    ),
    "ED-FILE-TOO-LARGE": (
        "Ce fichier est trop gros",
        "Il dépasse la taille admise.",
        "Choisissez un fichier plus petit.",
    ),
    "ED-FILE-UNREADABLE": (
        "Ce fichier ne peut pas être lu",
        "Il est absent, ou vous n’en avez pas le droit.",
        "Vérifiez qu’il existe et qu’il n’est pas protégé.",
    ),
    "ED-FILE-UNWRITABLE": (
        "Ce fichier ne peut pas être écrit",
        "L’emplacement est protégé ou n’existe plus.",
        "Choisissez un autre emplacement.",
    ),
    "ED-FILE-EMPTY": (
        "Ce fichier est vide",
        "Il ne contient rien.",
        "Choisissez un autre fichier.",
    ),
    "ED-SECRETS-PASSPHRASE": (
        "Ce mot de passe n’ouvre pas le coffre",
        "Les secrets restent fermés.",
        "Vérifiez la phrase de passe.",
    ),
    "ED-SECRETS-DAMAGED": (
        "Le coffre des secrets est abîmé",
        "Il ne peut plus être lu.",
        "Supprimez-le, puis reconnectez votre plateforme.",
    ),
    "ED-UNKNOWN-INVOICE": (
        "Statut d’une facture inconnue",
        "La plateforme parle d’une facture qui n’est pas ici.",
        "Le message est mis de côté ; rien n’est perdu.",
    ),
    "ED-UNKNOWN-RECIPIENT": (
        "Facture pour une autre entreprise",
        "Le destinataire n’est pas une entreprise de ce dossier.",
        "Le message est mis de côté ; rien n’est perdu.",
    ),
    "ED-FACTURX-PROFILE": (
        "Ce profil n’est pas pris en charge",
        "Le profil Factur-X demandé n’est pas connu.",
        "Choisissez le profil EN 16931 ou EXTENDED-CTC-FR.",
    ),
    "ED-JSON-SYNTAX": (
        "Ce fichier JSON est illisible",
        "Sa syntaxe n’est pas celle du JSON.",
        "Vérifiez les virgules et les guillemets, puis recommencez.",
    ),
    "ED-JSON-ENCODING": (
        "Ce fichier JSON est illisible",
        "Il n’est pas en UTF-8.",
        "Enregistrez-le en UTF-8, puis recommencez.",
    ),
    "ED-JSON-TOO-LARGE": (
        "Ce fichier JSON est trop gros",
        "Il dépasse la taille admise.",
        "Un document par fichier suffit.",
    ),
    "ED-JSON-DUPLICATE": (
        "Ce fichier JSON se contredit",
        "La clé {path} est donnée deux fois.",
        "Gardez-en une seule.",
    ),
    "ED-JSON-MISSING": (
        "Un champ manque",
        "{path} est absent du fichier JSON.",
        "Ajoutez ce champ, puis recommencez.",
    ),
    "ED-JSON-TYPE": (
        "Un champ est d’un autre type",
        "{path} n’est pas du type attendu.",
        "Corrigez ce champ, puis recommencez.",
    ),
    "ED-JSON-DATE": (
        "Une date n’existe pas",
        "{path} n’est pas une date (AAAA-MM-JJ).",
        "Corrigez cette date, puis recommencez.",
    ),
    "ED-CDAR-REASON-MISSING": (
        "Un motif est nécessaire",
        "Ce statut ne part pas sans motif.",
        "Choisissez un motif.",
    ),
    "ED-CDAR-REASON-REFUSED": (
        "Ce motif n’est pas admis",
        "Il ne convient pas à ce statut.",
        "Choisissez un autre motif.",
    ),
    "ED-CDAR-ACTOR": (
        "Ce statut n’est pas à vous",
        "Un autre acteur doit le poser.",
        "Choisissez un statut de votre côté.",
    ),
    "ED-CDAR-STATUS": (
        "Ce statut n’est pas connu",
        "La norme ne le prévoit pas.",
        "Choisissez un statut de la liste.",
    ),
    "ED-CDAR-ACTION": (
        "Cette action n’est pas admise",
        "Elle ne convient pas à ce statut.",
        "Choisissez une autre action.",
    ),
    "ED-CDAR-AMOUNT": (
        "Le montant encaissé manque",
        "Ce statut demande un montant par taux de TVA.",
        "Indiquez le montant encaissé.",
    ),
    "ED-DISK-FULL": (
        "Le disque est plein",
        "Rien n’a été perdu, mais rien de plus ne peut être écrit.",
        "Libérez de la place, puis recommencez.",
    ),
} | DEAL_FAILURES
"""Code of a ``UserError`` to its title, sentence and advice (empty for none)."""

PLATFORM_CODES: dict[str, str] = {
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
"""Codes a connector gives when the platform says nothing of its own."""
