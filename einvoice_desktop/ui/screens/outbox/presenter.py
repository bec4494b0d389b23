"""What the sending desk says of a row, without Qt."""

from __future__ import annotations

from datetime import UTC, datetime

from einvoice_desktop.ports.queries import OutboxRow
from einvoice_desktop.ui.errors import code_words
from einvoice_desktop.ui.widgets.formats import moment

_STATES: dict[str, tuple[str, str]] = {
    "queued": ("En attente", "info"),
    "sending": ("Envoi en cours", "info"),
    "sent": ("Envoyé, accusé attendu", "info"),
    "accepted": ("Accepté", "success"),
    "refused": ("Refusé", "danger"),
    "unknown": ("Réponse perdue, vérification", "warning"),
    "parked": ("Mis de côté", "warning"),
    "withdrawn": ("Retiré", "neutral"),
}
_SYNTAXES = {"CDAR": "Statut"}


def outbox_pill(row: OutboxRow) -> tuple[str, str]:
    """State of a sending; one that failed before says that it will try again."""
    if row.state == "queued" and row.attempts:
        return "Nouvel essai prévu", "warning"
    return _STATES.get(row.state, (row.state, "neutral"))


def kind_words(row: OutboxRow) -> str:
    """What is sent: a document in its syntax, or a status."""
    return _SYNTAXES.get(row.syntax, row.syntax)


def next_words(row: OutboxRow, now: datetime | None = None) -> str:
    """When the next try is; empty when none is due."""
    if row.state not in {"queued", "unknown"}:
        return ""
    if row.next_try_at is None or row.next_try_at <= (now or datetime.now(UTC)):
        return "dès que possible"
    return moment(row.next_try_at)


def trouble_words(row: OutboxRow) -> str:
    """What went wrong last, in words."""
    code, _, detail = row.last_error.partition(":")
    return code_words(code.strip(), detail.strip() or row.last_error) if row.last_error else ""


def can_retry(row: OutboxRow) -> bool:
    """Whether asking again makes sense: refused, parked, or waiting for its next try."""
    return row.state in {"refused", "parked"} or (row.state == "queued" and row.attempts > 0)


def can_withdraw(row: OutboxRow) -> bool:
    """Whether it can still be held back: nothing has left yet, or it came back."""
    return row.state in {"queued", "refused", "parked"}
