"""« TVA »: when it is due (BT-7, BT-8), prices typed with it, the kind of operation where it is special (BT-23)."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import CheckField, ChoiceField
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, fields_row

TAX_POINTS = (
    ("", "comme d’habitude"),
    ("invoice", "à la facture (débits)"),
    ("delivery", "à la livraison"),
    ("payment", "à l’encaissement"),
)
PROCESSES = (
    ("", "Facture ordinaire"),
    ("S3", "Paiement direct d’un sous-traitant"),
    ("S5", "Facture d’un sous-traitant"),
    ("S6", "Facture d’un cotraitant"),
)


def regime_words(context: ComposeContext) -> str:
    """The regime of the company in one line."""
    company = context.company
    if company.is_franchise:
        return "Votre entreprise est en franchise de TVA (art. 293 B)."
    if company.vat_on_debits:
        return "Votre entreprise paie la TVA sur les débits."
    return "Votre entreprise facture la TVA, due à l’encaissement pour les services, à la livraison pour les biens."


class TaxSection(Section):
    """The few answers about VAT that are of the whole document.

    Signals:
        why_asked: « Pourquoi n'y a-t-il pas de TVA ? ».
    """

    why_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            {
                "tax_point": ChoiceField("La TVA est due", TAX_POINTS),
                "tax_point_date": DateField("ou à une date précise", placeholder="jj/mm/aaaa"),
                "process": ChoiceField("Cadre", PROCESSES),
                "prices_include_vat": CheckField("Les prix sont saisis TTC"),
            }
        )
        self._regime = Label("", "muted", wrap=True)
        self._why = Button("Pourquoi n’y a-t-il pas de TVA ?", "link", icon="help")
        self._why.clicked.connect(self.why_asked)
        field = self.fields
        layout = column(
            self._regime,
            fields_row(field["tax_point"], field["tax_point_date"], stretches=(3, 2)),
            field["process"],
            field["prices_include_vat"],
            self._why,
            gap="m",
            of=self,
        )
        layout.setAlignment(self._why, Qt.AlignmentFlag.AlignLeft)

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form`` and the regime."""
        super().load(form, context)
        self._regime.setText(regime_words(context))

    def order(self) -> Iterator[QWidget]:
        """Down the card."""
        yield from super().order()
        yield self._why
