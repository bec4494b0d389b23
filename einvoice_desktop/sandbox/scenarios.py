"""What the other side plays after a document was taken: a scenario is a list of statuses, as data."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.domain.lifecycle import REASONS_FOR


@dataclass(frozen=True, slots=True)
class Step:
    """One status to come: ``code`` MDT-105, ``reason_code`` MDT-113 and ``comment`` MDT-126 where they belong."""

    code: str
    reason_code: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Resident:
    """A business of the practice annuaire.

    Attributes:
        siren: nine digits. name: business name.
        status: ``Enabled``, ``Disabled`` or ``Upcoming``; only the first one can receive.
        scenario: what it plays when it receives our invoices, empty for the default one.
    """

    siren: str
    name: str = ""
    status: str = "Enabled"
    scenario: str = ""


DEFAULT_SCENARIO = "approve_and_pay"

_ARRIVAL = (Step("200"), Step("201"), Step("202"), Step("203"))
_TAKEN = (*_ARRIVAL, Step("204"))

SCENARIOS: dict[str, tuple[Step, ...]] = {
    "approve_and_pay": (*_TAKEN, Step("205"), Step("211")),
    "refuse": (
        *_TAKEN,
        Step("210", "TRANSAC_INC", "Nous ne retrouvons aucune commande correspondant à cette facture."),
    ),
    "dispute": (*_TAKEN, Step("207", "PU_ERR", "Le prix unitaire ne correspond pas au devis accepté.")),
    "reject": (
        Step("200"),
        Step("201"),
        Step("202"),
        Step("213", "REJ_SEMAN", "Contrôle de la plateforme de réception."),
    ),
    "suspend": (*_TAKEN, Step("208", "JUSTIF_ABS", "Merci de joindre le bon de livraison signé.")),
    "silent": _ARRIVAL,
    "inadmissible": (Step("501", "IRR_SYNTAX", "Le fichier ne peut pas être lu."),),
}
"""Scenarios by name. « 212 Encaissée » is never played: it is the seller's to send."""

UNKNOWN_RECIPIENT = (Step("200"), Step("213", "DEST_INC", "Le destinataire est absent de l'annuaire."))
"""What happens to a document whose buyer cannot receive."""
REPORTED_ONLY = (Step("200"),)
"""Sales to private persons and abroad: the platform reports them, nobody answers."""
AFTER_COMPLETION = (Step("205"), Step("211"))
"""What a buyer who had suspended does once « 209 Complétée » reached him."""


def step_for(code: str, reason_code: str = "", comment: str = "") -> Step:
    """A status pushed by hand; where one is mandatory and missing, the first admitted reason."""
    reasons = REASONS_FOR.get(code, ())
    return Step(code, reason_code or (reasons[0] if reasons else ""), comment)
