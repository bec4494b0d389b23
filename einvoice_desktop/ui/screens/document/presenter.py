"""What the view of an issued document computes, without widgets: the steps in words, and the one thing to do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.unit_of_work import IssuedDocument, OutboxEntry, OutboxState
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.make_credit_note import CreditState
from einvoice_desktop.services.request_deposit import Deal
from einvoice_desktop.services.view_document import IssuedView, TimelineStep
from einvoice_desktop.ui.screens.document.credit_sheet import Asked
from einvoice_desktop.ui.screens.document.words import step_item, waiting_words
from einvoice_desktop.ui.widgets.formats import day, money
from einvoice_desktop.ui.widgets.timeline import TimelineItem

SEND, RETRY, WITHDRAW_AND_SEND, PAY, DUPLICATE = "send", "retry", "resend", "pay", "duplicate"
_LEFT = frozenset({OutboxState.SENT, OutboxState.ACCEPTED})
_REJECTED = {
    "210": ("Le client a refusé la facture.", "Elle ne vaut plus : émettez une nouvelle facture corrigée."),
    "213": ("La facture est rejetée.", "Elle n’a pas été remise au client : corrigez et émettez une nouvelle facture."),
    "501": ("Le fichier est irrecevable.", "La plateforme n’a pas pu le lire : émettez une nouvelle facture."),
}
_STATES = {
    "200": ("La plateforme a votre facture.", "Elle la transmet à celle du client. Rien à faire."),
    "201": ("Votre facture est en route.", "Rien à faire : la plateforme du client va la recevoir."),
    "202": ("La plateforme du client a votre facture.", "Rien à faire : elle va la mettre à sa disposition."),
    "203": ("Le client a votre facture.", "Rien à faire : vous serez prévenu de sa réponse."),
    "204": ("Le client traite votre facture.", "Rien à faire : vous serez prévenu de sa réponse."),
    "205": ("Le client a approuvé votre facture.", "Il ne reste qu’à être payé."),
    "206": ("Le client n’approuve qu’une partie.", "Voyez le motif ci-dessous avec lui."),
    "207": ("La facture est en litige.", "Voyez le motif ci-dessous avec le client."),
    "208": ("Le client attend une pièce.", "Envoyez-lui ce qu’il demande ci-dessous."),
    "211": ("Le client annonce son paiement.", "Enregistrez-le dès qu’il est sur votre compte."),
}


@dataclass(frozen=True, slots=True)
class Now:
    """Where the document stands: two sentences, a tone, and one act (key and words, empty for none)."""

    title: str
    detail: str
    tone: str
    act: str = ""
    act_words: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the view shows of one document.

    Attributes:
        credit: what may still be credited. correction: code of why it cannot be replaced, empty when it can.
        deal: the deal it belongs to, ``None`` for none.
    """

    view: IssuedView
    credit: CreditState
    correction: str = ""
    deal: Deal | None = None


class DocumentPresenter:
    """The document view's side of the services (every call blocks: in the background only)."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def ubl(self, document: IssuedDocument) -> bytes:
        """The document in UBL."""
        return self._services.export.ubl(document)

    def load(self, document_id: str) -> Shown:
        """The document, its story, and what may follow it."""
        services = self._services
        view = services.view.issued(document_id)
        return Shown(
            view,
            services.credit_notes.state(document_id),
            services.corrections.why_not(document_id),
            services.deposits.deal_of(document_id),
        )

    def credit(self, document_id: str, asked: Asked) -> str:
        """A draft credit note; its identifier."""
        notes = self._services.credit_notes
        if asked.lines:
            return notes.partial(document_id, asked.lines, asked.reason).id
        return notes.total(document_id, asked.reason).id

    def cancel_refused(self, document_id: str) -> str:
        """A draft credit note, for the books alone, of a document that was refused; its identifier."""
        return self._services.credit_notes.cancel_refused(document_id, "Facture refusée ou rejetée").id

    def correct(self, document_id: str) -> str:
        """A draft that replaces the document; its identifier."""
        return self._services.corrections.start(document_id).id

    def deposit(self, group_id: str, amount: Decimal) -> str:
        """A draft of a further deposit; its identifier."""
        return self._services.deposits.further(group_id, amount).id

    def balance(self, group_id: str) -> str:
        """A draft of the balance of a deal; its identifier."""
        return self._services.balances.make(group_id).id

    def send(self, document_id: str) -> None:
        """Queue it for the active platform."""
        self._services.send.send(document_id)

    def retry(self, outbox_id: str) -> None:
        """Try its sending again."""
        self._services.send.retry(outbox_id)

    def pay(self, document_id: str, paid_on: date, amount: Decimal) -> None:
        """Record money received."""
        self._services.payments.record(document_id, paid_on, amount)

    def duplicate(self, document_id: str) -> str:
        """A new draft with the same content; its identifier."""
        return self._services.drafts.duplicate(document_id).id


def sending_of(view: IssuedView) -> OutboxEntry | None:
    """The last sending of the document itself (not of a status), ``None`` when there was none."""
    entries = [entry for entry in view.outbox if entry.syntax != "CDAR"]
    return entries[-1] if entries else None


def can_send(view: IssuedView) -> bool:
    """Whether it may be queued: never sent, or taken back; not when a status shows that a platform has it."""
    entry = sending_of(view)
    if entry is not None:
        return entry.state in {OutboxState.WITHDRAWN, OutboxState.REFUSED}
    return not view.state or view.state == "212"


def can_pay(view: IssuedView) -> bool:
    """Whether money is still expected."""
    return view.remaining > ZERO and view.state not in _REJECTED and view.state != "220"


def where_it_stands(view: IssuedView) -> Now:
    """The pinned sentence and its one act."""
    if view.remaining <= ZERO and (view.payments or view.state == "212"):
        return Now("La facture est encaissée.", "Il n’y a plus rien à faire.", "success")
    if view.state in _REJECTED:
        title, detail = _REJECTED[view.state]
        return Now(title, detail, "danger", DUPLICATE, "Reprendre dans une nouvelle facture")
    if not view.state or view.state == "212":
        sending = _sending_now(view)
        if sending is not None:
            return sending
    title, detail = _STATES.get(view.state, ("La facture est émise.", "Rien à faire pour l’instant."))
    tone = "warning" if view.state in {"206", "207", "208"} else "success" if view.state == "205" else "info"
    if view.state in {"205", "211"} and can_pay(view):
        return Now(title, detail, tone, PAY, "Enregistrer un paiement")
    return Now(title, detail, tone)


def _sending_now(view: IssuedView) -> Now | None:
    entry = sending_of(view)
    if entry is None or entry.state is OutboxState.WITHDRAWN:
        return Now("La facture est émise mais pas envoyée.", "Le client ne l’a pas encore.", "warning", SEND, "Envoyer")
    if entry.state is OutboxState.REFUSED:
        return Now("La plateforme a refusé l’envoi.", waiting_words(entry.last_error), "danger", RETRY, "Réessayer")
    if entry.state is OutboxState.UNKNOWN:
        detail = "Sa réponse s’est perdue : elle sera interrogée avant tout nouvel envoi."
        return Now(
            "On ne sait pas encore si la plateforme a la facture.", detail, "warning", RETRY, "Demander maintenant"
        )
    if entry.state is OutboxState.PARKED:
        return Now(
            "L’envoi attend quelque chose de vous.", waiting_words(entry.last_error), "warning", RETRY, "Réessayer"
        )
    if entry.state in _LEFT:
        return Now("La facture est partie.", "La plateforme va en accuser réception.", "info")
    if entry.last_error:
        detail = f"{waiting_words(entry.last_error)} L’envoi reprendra de lui-même."
        return Now("La facture attend de partir.", detail, "info", RETRY, "Essayer maintenant")
    return Now("La facture va partir.", "Elle est dans la file d’envoi de cet ordinateur.", "info")


def timeline_items(view: IssuedView) -> tuple[TimelineItem, ...]:
    """The steps in words; the due date stands beside the expected payment."""
    due = day(view.document.summary.due_date)
    return tuple(
        step_item(step, due=due[:5] if due else "", number=view.document.summary.number) for step in view.timeline
    )


def reached(steps: tuple[TimelineStep, ...]) -> int:
    """How many steps are behind."""
    return sum(1 for step in steps if step.kind in {"done", "problem"})


def payment_lines(view: IssuedView) -> tuple[tuple[str, str], ...]:
    """Each payment as (day, amount)."""
    return tuple((day(p.paid_on), money(p.amount, p.currency)) for p in view.payments)
