"""What the screen of purchases computes, without widgets: receiving files, rows and verdicts in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.identifiers import grouped_iban
from einvoice_desktop.domain.lifecycle import label_of
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.queries import Page, ReceivedRow
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.ports.unit_of_work import ReceivedDocument
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.view_document import ReceivedView
from einvoice_desktop.ui.errors import code_words, explain, place_words, value_words
from einvoice_desktop.ui.screens.purchases.sources import MOST, Gathered, Source, sources
from einvoice_desktop.ui.widgets.formats import day, identifier, plural

NEW, KNOWN, PARKED = "new", "known", "parked"
_STATE_TONES = {
    "205": "success", "211": "success", "212": "success", "204": "info",
    "206": "warning", "207": "warning", "208": "warning", "210": "danger", "213": "danger",
}  # fmt: skip
_PAGE = 100
_GROUPS = {"seller": "Vendeur", "buyer": "Client", "payee": "Bénéficiaire", "totals": "Totaux", "type_code": "Type"}
"""Where a remark is, for what a form of ours does not have or calls by whose it is."""
_NAMED = 8
"""Names told of what was left out."""

WIDE_PILLS = ("Non conforme", "Paiement transmis")
"""The verdict and the state the list keeps room for, side by side."""

Pill = tuple[str, str]
"""Words and tone."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What became of one file: ``outcome`` new, known or parked; ``words`` say it; the document when there is one."""

    name: str
    outcome: str
    words: str
    document_id: str = ""


class PurchasesPresenter:
    """Purchases' side of the services (every call blocks: in the background only)."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def rows(self, company_id: str, after: str = "", search: str = "") -> Page[ReceivedRow]:
        """A page of the list, newest first."""
        return self._services.queries.received(company_id, after=after, limit=_PAGE, search=search)

    def view(self, document_id: str) -> ReceivedView:
        """One document."""
        return self._services.view.received(document_id)

    @staticmethod
    def gather(paths: Sequence[Path]) -> Gathered:
        """The documents in what was dropped."""
        return sources(paths)

    def receive(self, company_id: str, source: Source) -> ImportLine:
        """Receive one document; what cannot be read is told, never raised."""
        try:
            reception = self._services.receive.receive(company_id, source.read(), source.name)
        except (UserError, OSError) as error:
            explanation = explain(error)
            return ImportLine(source.name, PARKED, explanation.title)
        words = "déjà reçue" if reception.is_duplicate else verdict_pill(reception.document)[0]
        outcome = KNOWN if reception.is_duplicate else NEW
        return ImportLine(source.name, outcome, words, reception.document.id)


# -- pure ------------------------------------------------------------------------------------------------------------


def verdict_words(verdict: str, *, has_data: bool) -> Pill:
    """The verdict as a pill."""
    if not has_data:
        return "PDF sans données", "neutral"
    return {
        Verdict.CONFORMING.value: ("Conforme", "success"),
        Verdict.NOT_CONFORMING.value: ("Non conforme", "danger"),
    }.get(verdict, ("Non vérifiée", "warning"))


def verdict_pill(document: ReceivedDocument) -> Pill:
    """The verdict on a document, with the number of rules it breaks."""
    words, tone = verdict_words(document.verdict, has_data=document.xml is not None)
    count = len({finding.code for finding in document.findings if finding.is_blocking})
    return (f"{words} · {count}", tone) if tone == "danger" and count else (words, tone)


def where_words(place: str) -> str:
    """Where a remark is in a document of somebody else; empty when unknown."""
    head = place.partition(".")[0]
    return _GROUPS.get(head) or place_words(place) or place_words(head)


def finding_words(finding: Finding) -> str:
    """The field of a remark and the value that would mend it: « Ligne 2, quantité · Valeur proposée : 12,00 »."""
    value = value_words(finding)
    return " · ".join(
        part for part in (where_words(finding.place), f"Valeur proposée : {value}" if value else "") if part
    )


def finding_detail(finding: Finding) -> str:
    """What support needs of a remark: its code, the official text, where it is in the XML, the whole value proposed."""
    value = f"Valeur proposée : {finding.suggested_value}" if finding.suggested_value else ""
    return "\n".join(part for part in (finding.code, finding.message, finding.location, value) if part)


def state_pill(state: str) -> Pill:
    """Where the document stands with us."""
    return (label_of(state), _STATE_TONES.get(state, "info")) if state else ("Nouvelle", "info")


def row_pills(row: ReceivedRow) -> tuple[Pill, Pill]:
    """Verdict and state of a line of the list."""
    return verdict_words(row.verdict, has_data=row.with_vat is not None), state_pill(row.state)


def to_review(rows: Sequence[ReceivedRow]) -> int:
    """How many wait to be looked at."""
    return sum(1 for row in rows if not row.state)


def facts(view: ReceivedView) -> tuple[tuple[str, str], ...]:
    """What the document says, in words; empty facts are left out."""
    document, invoice = view.document, view.invoice
    told: tuple[tuple[str, str], ...] = ()
    if invoice is not None:
        iban = invoice.payment.iban if invoice.payment is not None else ""
        dates = " · ".join(part for part in (day(invoice.issue_date), day(invoice.due_date)) if part)
        told = (
            (
                "Fournisseur",
                " · ".join(p for p in (invoice.seller.name, _whole(identifier(invoice.seller.siren))) if p),
            ),
            ("TVA", invoice.seller.vat_number),
            ("Date · échéance" if invoice.due_date else "Date", dates),
            ("Commande", invoice.purchase_order_reference),
            ("Facture d’origine", ", ".join(p.number for p in invoice.preceding)),
            ("IBAN", grouped_iban(iban)),
        )
    origin = "plateforme" if document.flow_id else "déposé ici"
    told += (("Format", format_words(document)), ("Fichier", f"{document.filename} · {origin}"))
    return tuple(fact for fact in told if fact[1])


def _whole(text: str) -> str:
    """``text`` that is never cut at its spaces."""
    return text.replace(" ", "\u00a0")


def format_words(document: ReceivedDocument) -> str:
    """« Factur-X · EN 16931 »."""
    names = {"factur-x": "Factur-X", "cii": "XML CII", "ubl": "XML UBL"}
    return names.get(document.format, "PDF" if document.pdf is not None else "inconnu")


def honest_notice(view: ReceivedView) -> Pill:
    """What must be said before anything else: no data, or a problem while reading; empty words for nothing."""
    document = view.document
    if view.invoice is None and document.xml is None:
        words = "Ce PDF ne contient pas de facture électronique : seules ses pages sont lisibles."
        return f"{words} Demandez à votre fournisseur un Factur-X, UBL ou CII.", "warning"
    if view.invoice is None:
        return "Les données de ce fichier n’ont pas pu être lues entièrement.", "warning"
    return (code_words(document.problem), "warning") if document.problem else ("", "info")


def left_out_words(names: Sequence[str], *, is_cut: bool = False) -> str:
    """What was not imported, counted and named; empty when everything was."""
    words = [f"Limite d’un import atteinte ({MOST} documents) : importez le reste ensuite."] if is_cut else []
    if names:
        count = plural(len(names), "{n} fichier laissé de côté", "{n} fichiers laissés de côté")
        others = plural(len(names) - _NAMED, "{n} autre", "{n} autres") if len(names) > _NAMED else ""
        named = ", ".join(names[:_NAMED]) + (f" et {others}" if others else "")
        words.append(f"{count}, sans PDF ni XML à recevoir : {named}.")
    return " ".join(words)


def import_summary(lines: Sequence[ImportLine]) -> str:
    """« 38 reçues, 1 déjà là, 2 mises de côté »."""
    counts = {outcome: sum(1 for line in lines if line.outcome == outcome) for outcome in (NEW, KNOWN, PARKED)}
    parts = [
        _count(counts[NEW], "{n} reçue", "{n} reçues"),
        _count(counts[KNOWN], "{n} déjà là", "{n} déjà là"),
        _count(counts[PARKED], "{n} mise de côté", "{n} mises de côté"),
    ]
    return ", ".join(part for part in parts if part) or "rien à importer"


def _count(count: int, one: str, many: str) -> str:
    return (one if count == 1 else many).replace("{n}", str(count)) if count else ""
