"""The one life-cycle table: official statuses, who sends them, what may follow, which reasons exist (DSE §3.6.4, CDV).

Unknown codes are shown and kept, never refused: the list is open by bilateral agreement (CDV-CL-06).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Transmission statuses are set by platforms (MDT-77 = 305), processing ones by users (MDT-77 = 23)."""

    TRANSMISSION = "305"
    PROCESSING = "23"


class Actor(StrEnum):
    """Who may set a status."""

    SELLER = "seller"
    BUYER = "buyer"
    SELLER_PLATFORM = "seller_platform"
    BUYER_PLATFORM = "buyer_platform"
    RECEIVER = "receiver"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Status:
    """One official status.

    Attributes:
        code: MDT-105. label: official French label. phase: who sets it.
        actors: who may send it. needs_reason: MDT-113 mandatory (CDV-15). is_final: nothing mandatory may follow.
        mdt88: status code of the referenced document (MDT-88), empty when none is known.
    """

    code: str
    label: str
    phase: Phase
    actors: frozenset[Actor]
    needs_reason: bool = False
    is_final: bool = False
    mdt88: str = ""


def _status(
    code: str, label: str, phase: Phase, *actors: Actor, reason: bool = False, final: bool = False, mdt88: str = ""
) -> tuple[str, Status]:
    return code, Status(code, label, phase, frozenset(actors), reason, final, mdt88)


_T, _P = Phase.TRANSMISSION, Phase.PROCESSING
_S, _B, _PE, _PR = Actor.SELLER, Actor.BUYER, Actor.SELLER_PLATFORM, Actor.BUYER_PLATFORM

STATUSES: dict[str, Status] = dict(
    (
        _status("200", "Déposée", _T, _PE, mdt88="10"),
        _status("201", "Émise par la plateforme", _T, _PE, mdt88="51"),
        _status("202", "Reçue par la plateforme", _T, _PR, mdt88="43"),
        _status("203", "Mise à disposition", _T, _PR, mdt88="48"),
        _status("204", "Prise en charge", _P, _B, mdt88="45"),
        _status("205", "Approuvée", _P, _B, mdt88="1"),
        _status("206", "Approuvée partiellement", _P, _B, reason=True, mdt88="49"),
        _status("207", "En litige", _P, _B, reason=True, mdt88="46"),
        _status("208", "Suspendue", _P, _B, reason=True, mdt88="39"),
        _status("209", "Complétée", _P, _S, mdt88="37"),
        _status("210", "Refusée", _P, _B, reason=True, final=True, mdt88="50"),
        _status("211", "Paiement transmis", _P, _B, _S, mdt88="47"),
        _status("212", "Encaissée", _P, _S, mdt88="47"),
        _status("213", "Rejetée", _T, _PE, _PR, reason=True, final=True, mdt88="8"),
        _status("214", "Visée", _P, Actor.AGENT),
        _status("220", "Annulée", _P, _S, _B, final=True),
        _status("221", "Erreur de routage", _T, _PR, reason=True),
        _status("224", "Demande de paiement direct", _P, _S, mdt88="5"),
        _status("225", "Affacturée", _P, _S, mdt88="5"),
        _status("226", "Affacturée confidentiel", _P, _S, mdt88="5"),
        _status("227", "Changement de compte à payer", _P, _S, mdt88="5"),
        _status("228", "Non affacturée", _P, _S, mdt88="5"),
        _status("501", "Irrecevable", _T, Actor.RECEIVER, reason=True, final=True),
    )
)

_NEXT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # current: (seller may, buyer may)
    "": ((), ()),
    "200": (("212", "220"), ("204", "205", "206", "207", "208", "210", "211")),
    "204": (("212", "220"), ("205", "206", "207", "208", "210", "211")),
    "205": (("212", "220"), ("211", "207")),
    "206": (("212", "220"), ("205", "206", "207", "208", "210", "211")),
    "207": (("212", "220"), ("205", "206", "207", "208", "210", "211")),
    "208": (("209",), ("205", "206", "207", "210")),
    "209": (("212",), ("204", "205", "206", "207", "208", "210")),
    "211": (("212",), ("211",)),
    "212": (("212",), ()),
    "210": ((), ()),
    "213": ((), ()),
    "220": ((), ()),
    "501": ((), ()),
}
for _code in ("201", "202", "203", "221", "214"):
    _NEXT[_code] = _NEXT["200"]


def label_of(code: str) -> str:
    """The official French label of ``code``, or « Statut NNN » for one we do not know."""
    status = STATUSES.get(code)
    return status.label if status else f"Statut {code}"


def allowed_next(current: str, actor: Actor) -> tuple[str, ...]:
    """Processing statuses ``actor`` (seller or buyer) may set after ``current`` (our table; no normative one exists)."""
    seller, buyer = _NEXT.get(current, _NEXT["200"])
    return seller if actor is Actor.SELLER else buyer if actor is Actor.BUYER else ()


@dataclass(frozen=True, slots=True)
class CashedAmount:
    """An amount cashed or paid for one VAT rate (MEN or MPA, MDT-215 and MDT-224): incl. VAT, currency, percent."""

    amount: str
    currency: str
    rate: str


@dataclass(frozen=True, slots=True)
class LifecycleEvent:
    """One status a document reached.

    Attributes:
        code: MDT-105. at: when it was set (timezone-aware, UTC inside). actor: name or role of who set it.
        reason_code, reason: MDT-113, MDT-114. comment: MDT-126. action: MDT-121.
        amounts: cashed or paid amounts. source_id: identifier of the message at the platform (duplicates are dropped by it).
    """

    code: str
    at: datetime
    actor: str = ""
    reason_code: str = ""
    reason: str = ""
    comment: str = ""
    action: str = ""
    amounts: tuple[CashedAmount, ...] = field(default_factory=tuple)
    source_id: str = ""

    @property
    def label(self) -> str:
        """The official French label."""
        return label_of(self.code)


CASHED = "212"


def state_after(events: tuple[LifecycleEvent, ...]) -> str:
    """The status a document stands at: the latest by time, with what platforms deliver late or in disorder set right.

    A final status (210, 213, 220, 501) is never left. « Encaissée » is left only for a final one or another payment:
    the table allows the buyer nothing after it. A transmission status never overrides a processing one.
    """
    state = ""
    for event in sorted(events, key=lambda e: e.at):
        if _moves(state, event.code):
            state = event.code
    return state


def _moves(state: str, code: str) -> bool:
    current, new = STATUSES.get(state), STATUSES.get(code)
    if current is not None and current.is_final:
        return False
    if new is not None and new.is_final:
        return True
    if state == CASHED:
        return code == CASHED
    if new is not None and new.phase is Phase.TRANSMISSION:
        is_transmitting = current is not None and current.phase is Phase.TRANSMISSION
        return not state or (is_transmitting and code > state)
    return True


REASONS: dict[str, str] = {
    "TX_TVA_ERR": "Taux de TVA erroné",
    "MONTANTTOTAL_ERR": "Montant total erroné",
    "CALCUL_ERR": "Erreur de calcul de la facture",
    "NON_CONFORME": "Mention légale manquante",
    "DOUBLON": "Facture en doublon (déjà émise ou reçue)",
    "DEST_INC": "Destinataire inconnu",
    "DEST_ERR": "Erreur de destinataire",
    "TRANSAC_INC": "Transaction inconnue",
    "EMMET_INC": "Émetteur inconnu",
    "CONTRAT_TERM": "Contrat terminé",
    "DOUBLE_FACT": "Double facturation",
    "CMD_ERR": "N° de commande incorrect ou manquant",
    "ADR_ERR": "Adresse de facturation électronique erronée",
    "REF_CT_ABSENT": "Référence contractuelle nécessaire manquante",
    "SIRET_ERR": "SIRET erroné ou absent",
    "CODE_ROUTAGE_ERR": "Code routage absent ou erroné",
    "REF_ERR": "Référence incorrecte",
    "COORD_BANC_ERR": "Erreur de coordonnées bancaires",
    "PU_ERR": "Prix unitaires incorrects",
    "REM_ERR": "Remise incorrecte",
    "QTE_ERR": "Quantité incorrecte",
    "ART_ERR": "Article incorrect",
    "MODPAI_ERR": "Modalités de paiement incorrectes",
    "QUALITE_ERR": "Qualité insuffisante",
    "LIVR_INCOMP": "Livraison incomplète",
    "AUTRE": "Autre",
    "JUSTIF_ABS": "Justificatif absent ou insuffisant",
    "NON_TRANSMISE": "Non transmise (acheteur sans plateforme)",
    "ROUTAGE_ERR": "Erreur de routage",
    "REJ_SEMAN": "Rejet sémantique",
    "REJ_UNI": "Rejet : unicité",
    "REJ_COH": "Rejet : cohérence",
    "REJ_ADR": "Rejet : adresse",
    "REJ_CONT_B2G": "Rejet : contrôle secteur public",
    "REJ_REF_PJ": "Rejet : référence de pièce jointe",
    "REJ_ASS_PJ": "Rejet : pièce jointe",
    "IRR_VIDE_F": "Fichier vide",
    "IRR_TYPE_F": "Type de fichier non admis",
    "IRR_SYNTAX": "Erreur de syntaxe",
    "IRR_TAILLE_PJ": "Pièce jointe trop volumineuse",
    "IRR_NOM_PJ": "Nom de pièce jointe non admis",
    "IRR_VID_PJ": "Pièce jointe vide",
    "IRR_EXT_DOC": "Extension de document non admise",
    "IRR_TAILLE_F": "Fichier trop volumineux",
    "IRR_ANTIVIRUS": "Virus détecté",
    "IRR_NOM_F": "Nom de fichier non admis",
}
"""Reason codes MDT-113 with their French labels (A7, CDV-CL-09)."""

REASONS_FOR: dict[str, tuple[str, ...]] = {
    "206": tuple("CMD_ERR REF_CT_ABSENT SIRET_ERR CODE_ROUTAGE_ERR REF_ERR PU_ERR REM_ERR QTE_ERR ART_ERR MODPAI_ERR QUALITE_ERR LIVR_INCOMP AUTRE".split()),
    "207": tuple(
        "TX_TVA_ERR MONTANTTOTAL_ERR CALCUL_ERR NON_CONFORME DOUBLON DEST_INC DEST_ERR TRANSAC_INC EMMET_INC CONTRAT_TERM DOUBLE_FACT CMD_ERR ADR_ERR "
        "REF_CT_ABSENT SIRET_ERR CODE_ROUTAGE_ERR REF_ERR COORD_BANC_ERR PU_ERR REM_ERR QTE_ERR ART_ERR MODPAI_ERR QUALITE_ERR LIVR_INCOMP AUTRE".split()
    ),
    "208": tuple("CMD_ERR REF_CT_ABSENT SIRET_ERR CODE_ROUTAGE_ERR REF_ERR COORD_BANC_ERR JUSTIF_ABS".split()),
    "210": tuple(
        "TX_TVA_ERR MONTANTTOTAL_ERR CALCUL_ERR NON_CONFORME DOUBLON DEST_ERR TRANSAC_INC EMMET_INC CONTRAT_TERM DOUBLE_FACT CMD_ERR ADR_ERR "
        "REF_CT_ABSENT".split()
    ),
    "213": tuple("MONTANTTOTAL_ERR CALCUL_ERR DOUBLON DEST_INC ADR_ERR REJ_SEMAN REJ_UNI REJ_COH REJ_ADR REJ_CONT_B2G REJ_REF_PJ REJ_ASS_PJ".split()),
    "221": ("ROUTAGE_ERR",),
    "501": tuple("IRR_VIDE_F IRR_TYPE_F IRR_SYNTAX IRR_TAILLE_PJ IRR_NOM_PJ IRR_VID_PJ IRR_EXT_DOC IRR_TAILLE_F IRR_ANTIVIRUS IRR_NOM_F".split()),
}  # fmt: skip
"""Reason codes each status admits (CDV-CL-09)."""
