"""The documents around one: what it credits, replaces or deducts, what does it to it, and the deal they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.ports.records import Relation
from einvoice_desktop.services.request_deposit import Deal
from einvoice_desktop.services.view_document import Related
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.deal_bar import DealBar, progress_words, remaining_words
from einvoice_desktop.ui.widgets.formats import money
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row

_WORDS = {
    (Relation.CREDITS, True): "Crédite la facture",
    (Relation.CREDITS, False): "Créditée par l’avoir",
    (Relation.CORRECTS, True): "Remplace la facture",
    (Relation.CORRECTS, False): "Remplacée par",
    (Relation.BALANCES, True): "Déduit l’acompte",
    (Relation.BALANCES, False): "Déduit par la facture de solde",
}


def related_words(related: Related) -> str:
    """How the other document stands to the one shown."""
    return _WORDS[related.relation, related.is_earlier]


class RelatedPanel(QWidget):
    """Hidden while the document stands alone.

    Signals:
        asked: identifier of the document to open.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(gap="s")
        self._deal = QWidget()
        self._name = Label("", "strong", wrap=True)
        self._progress = Label("", "muted", wrap=True)
        self._bar = DealBar()
        self._rest = Label("", "small", wrap=True)
        column(self._name, self._progress, self._bar, self._rest, gap="xs", of=self._deal)
        self._card = Card(self._deal, self._rows, title="Documents liés")
        column(self._card, gap="", of=self)
        self.hide()

    def show_related(self, related: Sequence[Related], deal: Deal | None, currency: str) -> None:
        """Show them, each as a link."""
        clear(self._rows)
        for other in related:
            link = Button(other.number, "link")
            link.setAccessibleName(f"{related_words(other)} {other.number}")
            link.clicked.connect(lambda _checked=False, key=other.document_id: self.asked.emit(key))
            amount = Label(f"{money(other.without_vat, currency)} HT", "muted")
            line = row(Label(related_words(other)), link, 1, amount, gap="s")
            line.setAlignment(amount, Qt.AlignmentFlag.AlignRight)
            self._rows.addLayout(line)
        self._deal.setVisible(deal is not None)
        if deal is not None:
            self._name.setText(deal.group.reference or "Marché avec acomptes")
            self._progress.setText(progress_words(deal.progress, deal.group.currency))
            self._bar.show_progress(deal.progress, deal.group.currency)
            self._rest.setText(remaining_words(deal.progress, deal.group.currency))
        self.setVisible(bool(related) or deal is not None)
