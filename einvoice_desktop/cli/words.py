"""French sentences of the command line for our own codes and for platforms: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from einvoice_desktop.cli.deal_words import DEAL_SENTENCES
from einvoice_desktop.resources.term_names import names_of

_DOCUMENT = {
    "ED-AMOUNT-NEGATIVE": "Ce montant ne peut pas être négatif : écrivez-le sans signe moins.",
    "ED-ATTACHMENT-LOST": "Le fichier « {name} » n'est plus là : joignez-le de nouveau.",
    "ED-ATTACHMENT-NAME": "Ce nom de fichier est long : certaines plateformes n'en lisent que 50 caractères.",
    "ED-ATTACHMENT-SIZE": "La pièce jointe « {name} » est trop lourde : 10 Mo au plus.",
    "ED-ATTACHMENT-TYPE": "Ce genre de fichier ne peut pas être joint : employez PDF, PNG, JPEG, CSV, XLSX ou ODS.",
    "ED-ATTACHMENT-URL": "Ce lien n'est pas une adresse web : il commence par https://.",
    "ED-ATTRIBUTE": "Écrivez chaque caractéristique avec deux points, par exemple « Couleur : rouge ».",
    "ED-CARD-MASKED": "Seuls les quatre derniers chiffres de la carte figureront sur la facture : ne gardez qu'eux.",
    "ED-CHANGE-KIND": "Choisissez : remise ou frais.",
    "ED-COUNTRY": "Ce pays n'est pas reconnu : donnez son code de deux lettres, par exemple FR.",
    "ED-CREDIT-NEGATIVE": "Un avoir porte des montants positifs : cette quantité négative reprend ce que l'avoir rend.",
    "ED-CURRENCY-DIFFERS": "Deux devises se mêlent : ce document est en {currency}, gardez la même partout.",
    "ED-EXCHANGE-RATE": "Le taux de change doit être plus grand que zéro : donnez la valeur en euros d'une unité de la devise.",
    "ED-EXEMPTION-CODE": "Sans code d'exonération, une plateforme peut refuser la facture : choisissez l'article dans la liste.",
    "ED-EXEMPTION-REASON": "Cette ligne est exonérée sans motif : écrivez-le, ou choisissez l'article dans la liste.",
    "ED-GTIN": "La clé de ce code-barres (GTIN) ne correspond pas : vérifiez-le.",
    "ED-INVISIBLE": "Ce texte contient un caractère invisible qui en change la lecture : retirez-le.",
    "ED-NOTE-SUBJECT": "Le sujet d'une mention est un code de trois lettres : par exemple REG.",
    "ED-OUTSIDE-E-INVOICING": "Une facture tout entière exonérée ou hors champ sort de la facturation électronique : la plateforme peut la refuser, envoyez-la par un autre moyen.",
    "ED-PAID-ABOVE": "Le montant déjà payé dépasse le total : vérifiez-le.",
    "ED-PAID-ROUNDING": "Une facture déjà payée n'a pas d'arrondi à payer : videz ce champ.",
    "ED-PAYMENT-MEANS": "Ce moyen de paiement n'est pas reconnu : choisissez-le dans la liste.",
    "ED-PROFILE": "Ce profil n'est pas reconnu : laissez le programme choisir, ou prenez EN 16931.",
    "ED-PROFILE-LEAVES-OUT": "Le fichier XML de ce profil n'a pas de place pour : {terms}. Prenez un profil plus grand pour les envoyer.",
    "ED-PROFILE-NOT-INVOICE": "Ce profil n'a pas toutes les mentions d'une facture française : prenez EN 16931.",
    "ED-PROFILE-TOO-SMALL": "Plusieurs commandes ou bons de livraison par ligne demandent le profil EXTENDED-CTC-FR : choisissez-le.",
    "ED-SUPPLIER-SIREN": "Le SIREN de {name} est nécessaire pour facturer en son nom : ajoutez-le à sa fiche.",
    "ED-TOTAL-NEGATIVE": "Le total est négatif : pour rendre de l'argent, faites plutôt un avoir.",
    "ED-VAT-CREDIT-ONLY": "Le motif « avoir net de taxe » n'est admis que sur un avoir : choisissez une autre TVA.",
    "ED-VAT-INCLUDED-ROUNDED": "Aucun prix HT ne donne exactement {typed} {currency} TTC : l'écart de {rounding} est dans l'arrondi.",
    "ED-VAT-INCLUDED-UNREACHABLE": "Aucun prix HT ne donne exactement {typed} {currency} TTC : le total est {total}, changez un prix d'un centime.",
    "ED-VAT-PERSON": "{name} est un particulier : l'autoliquidation ne vaut qu'entre professionnels, choisissez un taux.",
    "ED-VAT-PLACE": "Cette TVA ne s'accorde pas avec le pays ({country}) : vérifiez le client et le lieu de livraison.",
    "ED-VAT-TWO-REASONS": "Deux motifs d'exonération de même catégorie : seul le code {kept} sera transmis, choisissez le profil EXTENDED-CTC-FR.",
    "ED-CHOOSE": "Cette réponse n'est pas admise : choisissez-en une de la liste.",
    "ED-REQUIRED": "Ce champ est obligatoire : remplissez-le.",
    "ED-NUMBER": "Un nombre est attendu, pas « {typed} » : écrivez par exemple 12,50.",
    "ED-DECIMALS": "Trop de décimales : {limit} au plus.",
    "ED-AMOUNT-TOO-LARGE": "Ce montant est trop grand pour une facture : vérifiez la quantité et le prix.",
    "ED-DATE": "Cette date n'est pas admise (« {typed} ») : écrivez-la AAAA-MM-JJ, entre 2000 et 2099.",
    "ED-DATE-FUTURE": "Une facture ne peut pas être datée de demain ou plus tard : corrigez la date d'émission.",
    "ED-DATE-BEFORE-LAST": "Une facture a déjà été émise le {last} : la suivante ne peut pas porter une date antérieure.",
    "ED-QUANTITY-ZERO": "La quantité ne peut pas être zéro : corrigez-la ou retirez la ligne.",
    "ED-PRICE-NEGATIVE": "Un prix ne peut pas être négatif : mettez le signe moins sur la quantité.",
    "ED-DISCOUNT-RANGE": "Une remise est comprise entre 0 et 100 % : corrigez-la.",
    "ED-TOO-LONG": "Ce texte est trop long : {limit} caractères au plus.",
    "ED-CHARACTER": "Ce texte contient un caractère qu'une facture électronique n'admet pas : retirez-le.",
    "ED-UNIT": "L'unité « {typed} » n'est pas dans la liste proposée : vérifiez son code (UN/ECE).",
    "ED-CURRENCY": "Cette devise n'est pas reconnue : donnez son code de trois lettres, par exemple EUR.",
    "ED-NO-LINE": "Le document n'a aucune ligne : ajoutez-en une.",
    "ED-NO-BUYER": "Aucun client n'est indiqué : choisissez-en un.",
    "ED-BUYER-PERSON": "Sans SIREN, {name} est considéré comme un particulier (B2C) : ajoutez le SIREN si c'est une entreprise.",
    "ED-BUYER-ADDRESS": "L'adresse de {name} est incomplète : indiquez la rue et la ville.",
    "ED-BUYER-VAT-NUMBER": "Le numéro de TVA de {name} est nécessaire pour cette opération : ajoutez-le.",
    "ED-BUYER-IDENTITY-FR": "Un client professionnel français a besoin d'un SIREN ou d'un SIRET : ajoutez-le.",
    "ED-BUYER-IDENTITY-FOREIGN": "Un client étranger a besoin d'un numéro de TVA ou d'un identifiant légal : ajoutez-le.",
    "ED-SIREN-SHAPE": "Un SIREN compte 9 chiffres : corrigez-le.",
    "ED-SIRET-SHAPE": "Un SIRET compte 14 chiffres : corrigez-le.",
    "ED-SIREN-KEY": "La clé de ce SIREN ne correspond pas : vérifiez-le.",
    "ED-SIRET-KEY": "La clé de ce SIRET ne correspond pas : vérifiez-le.",
    "ED-VAT-NUMBER-KEY": "La clé de ce numéro de TVA ne correspond pas : vérifiez-le.",
    "ED-VAT-NUMBER-MISSING": "Le numéro de TVA de l'entreprise manque : ajoutez-le pour facturer de la TVA.",
    "ED-VAT-CATEGORY": "La catégorie de TVA « {typed} » n'existe pas ici : choisissez S, Z, E, AE, K, G ou O.",
    "ED-VAT-FRANCHISE": "L'entreprise est en franchise de TVA : facturez sans TVA (art. 293 B).",
    "ED-VAT-NOT-FRANCHISE": "L'entreprise n'est pas en franchise de TVA : choisissez un taux.",
    "ED-IBAN-KEY": "Cet IBAN est faux, sa clé de contrôle ne correspond pas : recopiez-le.",
    "ED-SEPA-CURRENCY": "Un virement SEPA se fait en euros : en {currency}, employez le code 30 (virement).",
    "ED-IBAN-MISSING": "Aucun IBAN n'est indiqué : ajoutez-le pour être payé par virement.",
    "ED-TOTALS": "Le montant annoncé ({stated}) ne découle pas des lignes : il devrait être {computed}.",
    "ED-NOT-ISSUABLE": "Le document ne peut pas être émis en l'état : corrigez ce qui suit.",
    "ED-NOT-CHECKED": "Les règles officielles n'ont pas pu être exécutées, rien n'a été émis : réessayez.",
    "ED-CLOCK-BACK": "L'horloge de l'ordinateur est en retard sur la dernière écriture ({last}) : remettez-la à l'heure.",
    "ED-NUMBER-TAKEN": "Le numéro prévu vient d'être pris par un autre document : réessayez.",
    "ED-FACTURX-PROFILE": "Ce profil n'a pas de forme Factur-X : envoyez le XML seul.",
    "ED-PAYMENT-AMOUNT": "Ce montant n'est pas possible : il reste {remaining} à payer.",
    "ED-PAYMENT-DATE": "Un paiement ne peut pas dater de l'avenir : corrigez sa date.",
    "ED-NO-COMPANY": "Aucune entreprise n'est enregistrée : émettez une facture ou créez-la dans la fenêtre.",
    "ED-NOT-FOUND": "Introuvable dans ce fichier de données : vérifiez le numéro demandé.",
}

_CHECKS = {
    "ED-NOTE-EMPTY": "La mention légale {subject} ne dit rien (« {typed} ») : écrivez l'indemnité, les pénalités ou l'escompte.",
    "ED-PROFILE-UNKNOWN": "Le document se réclame d'une spécification inconnue (BT-24, « {typed} ») : demandez un profil de la norme.",
    "ED-SAME-SIREN": "Le vendeur et le client ont le même SIREN : vérifiez à qui la facture s'adresse.",
    "ED-GLN-KEY": "Cet identifiant GLN est faux (« {typed} »), sa clé ne correspond pas : vérifiez-le.",
    "ED-IDENTIFIER-SHORT": "Cet identifiant est trop court pour être vrai (« {typed} ») : vérifiez-le.",
    "ED-TAX-REGISTRATION": "Ce numéro d'enregistrement fiscal n'en est pas un (BT-32, « {typed} ») : un vendeur français y met son SIREN.",
    "ED-TREATMENT-MISSING": "Le document ne dit pas s'il est entre professionnels (note BAR) : les règles B2B n'ont pas été appliquées.",
    "ED-DUE-MISSING": "Ni échéance ni conditions de paiement : ajoutez la date à laquelle payer.",
    "ED-DUE-BEFORE-ISSUE": "L'échéance ({due}) précède la date de la facture ({issue}) : vérifiez-la.",
    "ED-VAT-NUMBER-PREFIX": "Ce numéro de TVA ne commence pas par un code de pays (« {typed} ») : corrigez-le.",
    "ED-VAT-NUMBER-COUNTRY": "Ce numéro de TVA (« {typed} ») n'est pas du pays de l'adresse ({country}) : vérifiez-le.",
    "ED-VAT-NUMBER-SIREN": "Ce numéro de TVA (« {typed} ») n'est pas celui du SIREN indiqué : vérifiez les deux.",
    "ED-VAT-RATE-CATEGORY": "La catégorie de TVA {typed} ne va pas avec le taux « {rate} » : corrigez l'un ou l'autre.",
    "ED-EXEMPTION-REASON": "Une exonération ne donne pas son motif : ajoutez le texte ou le code VATEX.",
    "ED-VATEX-CREDIT-ONLY": "Le motif « avoir net de taxe » (VATEX-FR-CNWVAT) ne vaut que pour un avoir, pas pour le type {typed} : corrigez l'un ou l'autre.",
    "ED-LINE-AMOUNT": "Le montant de la ligne ({stated}) n'est pas la quantité par le prix, remises comprises : {computed} attendu.",
    "ED-VAT-AMOUNT": "La TVA d'un taux ({stated}) n'est pas sa base par le taux : {computed} attendu.",
    "ED-CREDIT-NEGATIVE": "Un avoir porte des montants positifs, celui-ci est négatif ({stated}) : il réclamerait de l'argent.",
    "ED-NUMBER-BLANKS": "Le numéro de facture contient des espaces (« {typed} ») : demandez un document corrigé.",
    "ED-IDENTIFIER-BLANKS": "Un SIREN ou un SIRET contient des espaces (« {typed} ») : neuf ou quatorze chiffres sont attendus.",
    "ED-READ-DATE": "Cette date n'existe pas (« {typed} ») : demandez un document corrigé.",
    "ED-READ-DECIMALS": "Le total de TVA a plus de deux décimales (« {typed} ») : demandez un document corrigé.",
    "ED-ROOT-TYPE": "Le type {typed} ne va pas dans un document UBL « {root} » : demandez un document corrigé.",
    "ED-READ-PDF-NAME": "Le XML du PDF s'appelle « {typed} » : le nom attendu est factur-x.xml.",
    "ED-READ-PDF-RELATION": "Le PDF ne dit pas comme il faut ce qu'est son XML (AFRelationship « {typed} ») : Data ou Alternative est attendu.",
    "ED-READ-PDF-AF": "Le XML n'est pas associé au document PDF (/AF), des lecteurs ne le trouveront pas : signalez-le à l'émetteur.",
    "ED-READ-PDF-SEVERAL": "Le PDF contient {count} factures XML, la première reconnue a été lue : vérifiez que c'est la bonne.",
    "ED-READ-PDF-XMP": "Les métadonnées du PDF n'annoncent pas de Factur-X (XMP) : signalez-le à l'émetteur.",
    "ED-READ-PDF-LEVEL": "Le PDF annonce le profil {typed} et son XML {expected} : signalez-le à l'émetteur.",
    "ED-READ-PDF-A": "Ce PDF n'est pas un PDF/A-3, sa conservation n'est pas assurée : signalez-le à l'émetteur.",
}
"""What official rules let pass."""

_FILES = {
    "ED-FILE-TOO-LARGE": "Ce fichier est trop volumineux pour être une facture : vérifiez que c'est le bon.",
    "ED-FILE-UNREADABLE": "Ce fichier ne peut pas être lu : vérifiez son nom et ses droits.",
    "ED-FILE-EMPTY": "Ce fichier est vide : demandez-en un nouveau.",
    "ED-FILE-UNWRITABLE": "Impossible d'écrire ce fichier : vérifiez les droits du dossier.",
    "ED-DISK-FULL": "Le disque est plein : libérez de la place, rien n'a été perdu.",
    "ED-CONVERT-OUTPUT": "Impossible d'écrire {path} : vérifiez la place et les droits.",
    "ED-OUTPUT": "Impossible d'écrire dans {path}, rien n'a été émis : vérifiez la place et les droits.",
    "ED-OUTPUT-LATE": "Le document {number} est émis et gardé, mais {path} ne peut pas être écrit : demandez ses fichiers plus tard avec « status {number} --output ».",
    "ED-READ-EMPTY": "Ce fichier est vide : demandez-en un nouveau.",
    "ED-READ-TOO-LARGE": "Ce fichier est trop volumineux pour être une facture : vérifiez que c'est le bon.",
    "ED-READ-NOT-XML": "Ce fichier XML est illisible : demandez-en un nouveau à l'émetteur.",
    "ED-READ-DTD": "Ce fichier XML contient une déclaration interdite (DTD ou entité), il n'a pas été ouvert : demandez-en un autre.",
    "ED-READ-ENCODING": "Le texte de ce fichier n'est pas codé comme il l'annonce : il a été lu quand même, vérifiez les accents.",
    "ED-READ-LEADING-BLANKS": "Des espaces précèdent le XML : il a été lu quand même, signalez-le à l'émetteur.",
    "ED-READ-PDF-NO-XML": "Ce PDF ne contient pas de facture électronique : demandez le Factur-X.",
    "ED-READ-PDF-BROKEN": "Ce PDF est endommagé et ne peut pas être ouvert : demandez-en un nouveau.",
    "ED-READ-PDF-ENCRYPTED": "Ce PDF est protégé par un mot de passe : demandez-en une copie libre.",
    "ED-READ-MORE": "Le document dit aussi ce que le programme ne lit pas ({elements}) : voyez l'original.",
    "ED-READ-UNKNOWN": "Ce fichier n'est pas une facture électronique reconnue : attendu Factur-X, CII ou UBL.",
    "ED-READ-INCOMPLETE": "Il manque à ce document des données indispensables : demandez-en un nouveau.",
    "ED-READ-ORDER-X": "Ce fichier est une commande Order-X, pas une facture : demandez la facture.",
    "ED-READ-ZUGFERD1": "Ce fichier est au format ZUGFeRD 1, antérieur à la norme : demandez un Factur-X.",
    "ED-READ-CDAR": "Ce message de cycle de vie (CDAR) ne peut pas être lu : demandez-en un nouveau.",
    "ED-JSON-SYNTAX": "Ce fichier n'est pas un JSON valide : corrigez-le avec l'outil qui l'a produit.",
    "ED-JSON-ENCODING": "Ce JSON n'est pas codé en UTF-8 : enregistrez-le de nouveau en UTF-8.",
    "ED-JSON-DUPLICATE": "Le champ {path} est donné deux fois dans le même objet du JSON : gardez-en un seul.",
    "ED-JSON-TOO-LARGE": "Ce JSON est trop volumineux pour être une facture : vérifiez que c'est le bon.",
    "ED-JSON-MISSING": "Il manque un champ dans le JSON : ajoutez {path}.",
    "ED-JSON-TYPE": "Le champ {path} du JSON n'a pas la forme attendue ({expected}) : corrigez-le.",
    "ED-JSON-DATE": "La date {path} du JSON n'existe pas (« {value} ») : écrivez-la AAAA-MM-JJ.",
}

_STORE = {
    "ED-STORE-IN-USE": "Ce fichier de données est déjà ouvert par un autre programme : fermez-le d'abord.",
    "ED-STORE-MISSING": "Ce fichier de données n'existe pas : vérifiez son nom ({path}).",
    "ED-STORE-NEWER": "Ce fichier de données vient d'une version plus récente du programme : mettez-le à jour.",
    "ED-STORE-NOT-ONE": "Ce fichier n'est pas un fichier de données d'einvoice-desktop : vérifiez son nom ({path}).",
    "ED-STORE-CORRUPT": "Ce fichier de données est endommagé : restaurez une sauvegarde.",
    "ED-STORE-ENVIRONMENT": "Ce fichier de données n'est pas de cet environnement (bac à sable ou production) : prenez l'autre.",
    "ED-STORE-FULL": "Le disque est plein : libérez de la place, rien n'a été perdu.",
    "ED-STORE-READONLY": "Ce fichier de données ne peut pas être écrit ({path}) : vérifiez les droits du fichier et du dossier.",
    "ED-STORE-DISK": "Le disque ne répond pas correctement : vérifiez-le, puis restaurez une sauvegarde si besoin.",
    "ED-STORE-BUSY": "Le fichier de données est occupé : réessayez dans un instant.",
    "ED-STORE-SQLITE": "La bibliothèque SQLite de cet ordinateur est trop ancienne : mettez Python à jour.",
    "ED-SECRETS-PASSPHRASE": "La phrase secrète manque ou n'est pas la bonne : donnez-la dans EINVOICE_PASSPHRASE.",
    "ED-SECRETS-DAMAGED": "Le fichier des secrets est endommagé : supprimez-le, puis connectez de nouveau la plateforme.",
    "ED-NO-KEYRING": "Le trousseau du système ne s'ouvre pas : déverrouillez-le, ou donnez EINVOICE_PASSPHRASE.",
    "ED-DEMO-PRODUCTION": "La démonstration ne s'ouvre jamais dans des données réelles : prenez un autre fichier.",
    "ED-DEMO-NOT-EMPTY": "La démonstration ne s'ouvre que dans un fichier de données vide : prenez-en un autre.",
}

_PLATFORM = {
    "ED-NO-PLATFORM": "Aucune plateforme n'est connectée : connectez-en une avec « einvoice-desktop connect ».",
    "ED-SANDBOX-PORT": "Le port {port} est déjà pris : choisissez-en un autre.",
    "ED-SANDBOX-PRODUCTION": "Des données réelles ne vont jamais à la plateforme d'entraînement : prenez un fichier de bac à sable.",
    "ED-CONNECT-CHOICE": "Donnez soit --sandbox, soit --flow-url, --token-url et --client-id.",
    "ED-CONNECT-SECRET": "Le secret manque : donnez-le dans EINVOICE_CLIENT_SECRET, jamais en argument.",
    "ED-CONNECT-MEMORY": "Aucun trousseau ici pour garder le secret : donnez une phrase secrète dans EINVOICE_PASSPHRASE.",
    "ED-URL": "L'adresse {name} doit commencer par https:// (http:// n'est admis que sur cet ordinateur) : corrigez-la.",
    "ED-ALREADY-SENT": "Ce document est déjà envoyé ou en attente d'envoi : rien à refaire.",
    "ED-SENDING-DONE": "La plateforme a déjà ce document : rien à refaire.",
    "ED-SENDING-STARTED": "Cet envoi est parti ou l'est peut-être : il ne peut plus être retiré, synchronisez.",
    "ED-UNKNOWN-INVOICE": "La plateforme parle de la facture {number}, inconnue ici : vérifiez le fichier de données.",
    "ED-UNKNOWN-RECIPIENT": "Cette facture est adressée à {siren}, qui n'est pas une entreprise d'ici : créez-la ou refusez.",
    "ED-ADDRESS-MISSING": "Le client n'a pas d'adresse électronique : ajoutez-la.",
    "ED-ADDRESS-NOT-CHECKED": "L'adresse du client n'a pas encore été vérifiée dans l'annuaire : synchronisez.",
    "ED-ADDRESS-UNKNOWN": "L'adresse du client n'est pas dans l'annuaire : demandez-la-lui.",
    "ED-ADDRESS-INACTIVE": "L'adresse du client n'est pas active dans l'annuaire : demandez-lui laquelle employer.",
    "ED-ADDRESS-NO-STATUS": "La plateforme ne dit pas si l'adresse du client est active : demandez confirmation au client.",
    "ED-ADDRESS-OLD": "L'adresse du client a été vérifiée il y a plus d'une semaine : synchronisez.",
    "ED-CDAR-STATUS": "Le statut {code} ne se pose pas à la main : choisissez-en un autre.",
    "ED-CDAR-ACTOR": "Le statut {code} ne peut être posé que par le vendeur : laissez-le-lui.",
    "ED-CDAR-REASON-MISSING": "Le statut {code} demande un motif : ajoutez-le.",
    "ED-CDAR-REASON-REFUSED": "Le motif {reason} n'est pas admis pour le statut {code} : choisissez-en un autre.",
    "ED-CDAR-ACTION": "L'action {action} n'est pas admise : choisissez-en une autre.",
    "ED-CDAR-AMOUNT": "Le statut {code} demande un montant par taux de TVA : vérifiez le paiement.",
    "ED-BUG": "Le programme a rencontré une erreur inattendue, rien n'a été perdu : envoyez ces détails à l'assistance.",
    "ED-USAGE": "Commande mal écrite : {problem} Aide : einvoice-desktop --help.",
}

_PAGE = {
    "ED-PDF-HEADER": "Le fichier fait commence par « {found} », ce n'est pas un PDF : signalez-le à l'assistance.",
    "ED-PDF-ENCRYPTED": "Le PDF fait est protégé : une facture ne doit pas l'être.",
    "ED-PDF-FONT": "La police {font} n'est pas dans le PDF : d'autres ordinateurs l'afficheraient autrement.",
    "ED-PDF-FONT-TEXT": "Le texte écrit avec la police {font} ne peut pas être lu par un logiciel : signalez-le à l'assistance.",
    "ED-PDF-INTENT": "Le profil de couleurs manque au PDF : signalez-le à l'assistance.",
    "ED-PDF-XMP": "Les métadonnées du PDF disent « {found} » au lieu de « {expected} » ({name}) : signalez-le à l'assistance.",
    "ED-PDF-ATTACHED": "Le PDF doit contenir un seul fichier, {expected} ; il contient : {found}.",
    "ED-PDF-RELATION": "Le XML n'est pas rattaché au PDF comme Factur-X le veut ({found}) : signalez-le à l'assistance.",
    "ED-PDF-XML": "Le XML du PDF n'est pas celui qui a été vérifié, rien n'a été émis : signalez-le à l'assistance.",
    "ED-PDF-ACTIVE": "Le PDF contient un élément actif ou extérieur, interdit dans une facture : {found}.",
    "ED-PDF-AMOUNT": "La page imprime {printed} là où le XML dit {xml} ({term}) : signalez-le à l'assistance.",
    "ED-PDF-VALUE": "La page imprime « {printed} » là où le XML dit « {xml} » ({term}) : signalez-le à l'assistance.",
    "ED-PDF-CODE": "Le code à scanner dit « {printed} » là où le XML dit « {xml} » ({term}) : ne l'employez pas.",
    "ED-PDF-LINES": "La page imprime {printed} ligne(s), le XML en compte {xml}.",
    "ED-PDF-MENTION": "Une mention manque sur la page : « {text} ».",
    "ED-PDF-GLYPH": "La page ne peut pas imprimer ce texte en entier, le XML le garde exact : « {text} » ({term}).",
    "ED-PDF-OTHER": "Le XML n'est pas celui de ce document : il dit « {xml} » au lieu de « {given} » ({term}).",
}

_PLATFORM_CODES = {
    "network": "La plateforme ne répond pas : l'envoi se fera plus tard.",
    "timeout": "La plateforme a mis trop de temps à répondre : l'envoi sera vérifié plus tard.",
    "certificate": "Le certificat de la plateforme n'est pas valable : vérifiez son adresse et l'heure de l'ordinateur.",
    "insecure_url": "L'adresse de la plateforme n'est pas chiffrée : elle doit commencer par https://.",
    "missing_secret": "Le secret de la plateforme n'est plus sur cet ordinateur : connectez-la de nouveau.",
    "wrong_address": "L'adresse de la plateforme est fausse : corrigez-la.",
    "redirected": "La plateforme a changé d'adresse : demandez-lui la nouvelle.",
    "no_directory": "Cette plateforme n'a pas d'annuaire : indiquez son adresse.",
    "invalid_client": "La plateforme ne reconnaît pas l'identifiant ou le secret : vérifiez-les.",
    "unauthorized": "La plateforme ne reconnaît pas l'identifiant ou le secret : vérifiez-les.",
}

_SENTENCES = _DOCUMENT | _CHECKS | DEAL_SENTENCES | _PAGE | _FILES | _STORE | _PLATFORM | _PLATFORM_CODES
_EXPECTED = {
    "number": "un nombre",
    "text": "un texte",
    "object": "un objet",
    "array": "une liste",
    "base64": "du base64",
    "invoice, delivery or payment": "invoice, delivery ou payment",
}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def is_known(code: str) -> bool:
    """Whether ``code`` has a sentence of its own."""
    return code in _SENTENCES


def sentence(code: str, params: Mapping[str, str]) -> str:
    """The sentence of ``code``; one without keeps its identifier."""
    text = _SENTENCES.get(code)
    if text is None:
        return f"Règle non respectée : {code}."
    filled = dict(params)
    if "expected" in filled:
        filled["expected"] = _EXPECTED.get(filled["expected"], filled["expected"])
    if "terms" in filled:
        filled["terms"] = names_of(filled["terms"].split())
    return text.format_map(_Blank(filled))


def platform_sentence(code: str, message: str, *, must_act: bool) -> str:
    """What a platform did not do: in our words when we have some, else its own after ours."""
    if code in _PLATFORM_CODES:
        return _PLATFORM_CODES[code]
    told = " : ".join(part for part in (code, message) if part)
    if must_act:
        return f"La plateforme demande une intervention ({told}) : vérifiez la connexion et le compte."
    return f"La plateforme n'a pas répondu comme prévu ({told}) : rien n'est perdu, réessayez plus tard."
