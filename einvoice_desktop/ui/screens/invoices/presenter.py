"""What the list of sales says of a row, without Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.domain.lifecycle import STATUSES, label_of
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.queries import InvoiceRow
from einvoice_desktop.ui.widgets.formats import day

FILTERS: tuple[tuple[str, str], ...] = (
    ("", "Toutes"),
    ("draft", "Brouillons"),
    ("to_send", "À envoyer"),
    ("unpaid", "Impayées"),
    ("rejected", "Rejetées"),
    ("credit_note", "Avoirs"),
)
"""Filters of the list: key of ``Queries.invoices(only=…)`` and words."""

_KINDS = {
    "386": "acompte",
    "384": "rectificative",
    "389": "autofacture",
    "503": "avoir d’acompte",
    "262": "remise globale",
    "261": "avoir autofacturé",
    "471": "autofacture rectificative",
    "500": "acompte autofacturé",
}
"""Kinds that neither the number nor the sign of the amount tells."""


def party_words(row: InvoiceRow) -> str:
    """The customer, and what kind of document it is when it is no plain invoice or credit note."""
    name = row.buyer_name or "client à choisir"
    kind = _KINDS.get(row.type_code)
    return f"{name} · {kind}" if kind else name


_SOON = 7
_SETTLED = frozenset({"212", "210", "213", "220", "501"})
_TONES = {
    "205": "success",
    "212": "success",
    "211": "success",
    "214": "success",
    "206": "warning",
    "207": "warning",
    "208": "warning",
    "221": "warning",
    "210": "danger",
    "213": "danger",
    "501": "danger",
    "220": "neutral",
}
_SENDING = {
    "queued": ("En attente d’envoi", "info"),
    "sending": ("Envoi en cours", "info"),
    "unknown": ("Réponse attendue", "warning"),
    "refused": ("Refusée par la plateforme", "danger"),
    "parked": ("Mise de côté", "warning"),
    "withdrawn": ("Envoi retiré", "neutral"),
    "sent": ("Envoyée", "info"),
    "accepted": ("Envoyée", "info"),
}


def state_words(code: str) -> str:
    """« 203 Mise à disposition »; the two transmission labels in their short form."""
    short = {"201": "Émise", "202": "Reçue"}
    return f"{code} {short.get(code) or label_of(code)}"


def state_tone(code: str) -> str:
    """Tone of a life-cycle status; an unknown one is plain information."""
    return _TONES.get(code, "info" if code in STATUSES else "neutral")


def is_overdue(row: InvoiceRow, today: date) -> bool:
    """Whether money should have come by now."""
    return _owes(row) and row.due_date is not None and row.due_date < today


def _owes(row: InvoiceRow) -> bool:
    if row.is_draft or row.state in _SETTLED or row.type_code in CREDIT_NOTE_TYPES:
        return False
    return row.with_vat is not None and row.with_vat > row.paid


def invoice_pill(row: InvoiceRow, today: date) -> tuple[str, str]:
    """The one thing to know of a row: (words, tone); what asks for an act comes first."""
    if row.is_draft:
        return "Brouillon", "neutral"
    if row.outbox_state in {"queued", "sending", "unknown", "refused", "parked"}:
        return _SENDING[row.outbox_state]
    late = _late_pill(row, today) if row.state not in {"206", "207", "208", "221"} else None
    if late is not None:
        return late
    if row.state:
        return state_words(row.state), state_tone(row.state)
    if row.with_vat is not None and row.paid >= row.with_vat > ZERO:
        return "Payée", "success"
    return _SENDING.get(row.outbox_state, ("Émise, pas envoyée", "neutral"))


def _late_pill(row: InvoiceRow, today: date) -> tuple[str, str] | None:
    if not _owes(row) or row.due_date is None:
        return None
    days = (row.due_date - today).days
    if days < 0:
        return f"Échue depuis {-days} j", "danger"
    if days <= _SOON:
        return ("Échoit aujourd’hui" if days == 0 else f"Échue dans {days} j"), "warning"
    return None


def signed(row: InvoiceRow) -> Decimal | None:
    """The amount with the sign it has for the customer's debt: a credit note takes away."""
    if row.with_vat is None:
        return None
    return -row.with_vat if row.type_code in CREDIT_NOTE_TYPES else row.with_vat


CSV_TITLES = ("Numéro", "Type", "Date", "Échéance", "Client", "TTC", "Payé", "Devise", "État")


def as_csv(rows: Sequence[InvoiceRow], today: date) -> bytes:
    """``rows`` for a French spreadsheet: semicolons, decimal commas, UTF-8 with its mark; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_TITLES)
    for row in rows:
        words = (row.number, row.type_code, day(row.issue_date), day(row.due_date), _harmless(row.buyer_name))
        figures = (_figure(signed(row)), _figure(row.paid), row.currency, invoice_pill(row, today)[0])
        writer.writerow((*words, *figures))
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _figure(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Selection:
    """What can be done with the rows selected."""

    count: int
    total: Decimal
    currency: str
    drafts: tuple[str, ...]
    to_send: tuple[str, ...]

    @property
    def words(self) -> str:
        """« 2 sélectionnées »."""
        return "1 sélectionnée" if self.count == 1 else f"{self.count} sélectionnées"


def selection_of(rows: list[InvoiceRow]) -> Selection | None:
    """Sum of the rows selected, ``None`` without any; amounts of several currencies are not added (total 0)."""
    if not rows:
        return None
    currencies = {row.currency for row in rows}
    total = sum((signed(row) or ZERO for row in rows), ZERO) if len(currencies) == 1 else ZERO
    return Selection(
        count=len(rows),
        total=total,
        currency=currencies.pop() if len(currencies) == 1 else "",
        drafts=tuple(row.id for row in rows if row.is_draft),
        to_send=tuple(row.id for row in rows if not row.is_draft and not row.outbox_state and not row.state),
    )
