"""Life-cycle steps and states in French: official labels, ours for what happens on this computer."""

from __future__ import annotations

from einvoice_desktop.domain.lifecycle import STATUSES, Phase, label_of
from einvoice_desktop.services.view_document import TimelineStep
from einvoice_desktop.ui.errors import code_words
from einvoice_desktop.ui.widgets.formats import moment
from einvoice_desktop.ui.widgets.timeline import TimelineItem

_OURS = {
    "issued": ("Émise et figée", "vous"),
    "queued": ("Mise en file d’envoi", "cet ordinateur"),
    "sending": ("Envoi en cours", "cet ordinateur"),
    "sent": ("Transmise à la plateforme", "votre plateforme"),
    "retrying": ("Nouvel essai d’envoi", "cet ordinateur"),
    "unknown": ("Réponse de la plateforme perdue", "sera demandée avant tout nouvel envoi"),
    "refused_by_platform": ("Refusée par la plateforme", "votre plateforme"),
    "withdrawn": ("Envoi retiré", "vous"),
    "received": ("Reçue", "cet ordinateur"),
    "paid": ("Paiement enregistré", "vous"),
}
_ACTORS = {
    "seller": "vous",
    "buyer": "le client",
    "seller_platform": "votre plateforme",
    "buyer_platform": "plateforme du client",
    "SE": "vous",
    "BY": "le client",
}
_TONES = {
    "205": "success", "212": "success", "211": "success",
    "206": "warning", "207": "warning", "208": "warning", "221": "warning",
    "210": "danger", "213": "danger", "501": "danger", "220": "neutral",
}  # fmt: skip
_LONGEST_RAW = 200_000


def state_pill(state: str) -> tuple[str, str]:
    """Words and tone of the state of a document: « 203 Mise à disposition »."""
    if not state:
        return "Émise", "neutral"
    return f"{state} {label_of(state)}", _TONES.get(state, "info")


def waiting_words(last_error: str) -> str:
    """Why a sending waits: the sentence of its code, or the platform's own words."""
    code, _, message = last_error.partition(": ")
    return code_words(code, message) if last_error else ""


def step_item(step: TimelineStep, *, due: str = "", number: str = "") -> TimelineItem:
    """One dot of the timeline."""
    if step.code:
        title, actor = f"{step.code} {label_of(step.code)}", _actor(step)
    else:
        title, actor = _OURS.get(step.title_key, (step.title_key, ""))
    return TimelineItem(
        title=title,
        when=_when(step, due),
        detail=" · ".join(part for part in (actor, _detail(step, number)) if part),
        kind=step.kind,
        raw=step.raw[:_LONGEST_RAW].decode("utf-8", "replace"),
        raw_title="Message reçu (CDAR)" if step.code else "Réponse de la plateforme",
    )


def _when(step: TimelineStep, due: str) -> str:
    if step.at is not None:
        return moment(step.at)
    if step.code == "212" and due:
        return f"avant le {due}"
    return "attendue" if step.kind == "expected" else ""


def _actor(step: TimelineStep) -> str:
    if step.actor:
        return _ACTORS.get(step.actor, step.actor)
    if step.at is None:
        return {"212": "à déclarer au règlement", "204": "réponse du client"}.get(step.code, "")
    status = STATUSES.get(step.code)
    return "plateforme" if status is not None and status.phase is Phase.TRANSMISSION else ""


def _detail(step: TimelineStep, number: str) -> str:
    if step.title_key == "issued":
        return f"{number} · empreinte {step.detail[:4]}…{step.detail[-4:]}" if step.detail else number
    if step.title_key == "sent":
        return f"flux {step.detail[:12]}" if step.detail else ""
    if step.title_key in {"retrying", "unknown", "refused_by_platform"}:
        return waiting_words(step.detail)
    return step.detail
