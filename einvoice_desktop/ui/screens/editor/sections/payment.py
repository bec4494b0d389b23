"""« Paiement »: the means (BT-81) with only the fields it needs, what is paid already, the rounding (BG-16, BT-113, BT-114)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.binding import read
from einvoice_desktop.ui.widgets.fields import ChoiceField, TextField
from einvoice_desktop.ui.widgets.layouts import column, fields_row

MEANS = (
    ("58", "Virement SEPA"),
    ("30", "Virement, hors SEPA"),
    ("59", "Prélèvement SEPA"),
    ("48", "Carte bancaire"),
    ("20", "Chèque"),
    ("10", "Espèces"),
    ("57", "Selon l’accord convenu"),
)
_NEEDED = {
    "58": ("iban", "bic", "remittance"),
    "30": ("iban", "bic", "remittance"),
    "59": ("mandate", "creditor_id", "debited_account"),
    "48": ("card_number", "card_holder"),
}
"""Fields each means needs; the others are hidden while they hold nothing."""
_BLOCKS = (
    ("iban", "bic"),
    ("remittance",),
    ("mandate", "creditor_id"),
    ("debited_account",),
    ("card_number", "card_holder"),
)


class PaymentSection(Section):
    """How, when and how much."""

    def __init__(self) -> None:
        super().__init__(
            {
                "payment_means": ChoiceField("Moyen de paiement", MEANS),
                "payment_terms": TextField("Conditions de paiement", placeholder="celles de l’entreprise"),
                "iban": TextField("IBAN", placeholder="celui de l’entreprise"),
                "bic": TextField("BIC", placeholder="celui de l’entreprise"),
                "remittance": TextField("Libellé du virement", placeholder="le numéro de la facture"),
                "mandate": TextField("Référence du mandat (RUM)"),
                "creditor_id": TextField("Votre identifiant créancier (ICS)"),
                "debited_account": TextField("IBAN du client à débiter"),
                "card_number": TextField("Carte", placeholder="4 derniers chiffres"),
                "card_holder": TextField("Porteur"),
                "paid": TextField("Déjà payé", placeholder="0,00", hint="un montant TTC reçu avant la facture"),
                "rounding": TextField("Arrondi du net à payer", placeholder="0,00"),
            }
        )
        field = self.fields
        self._blocks: dict[tuple[str, ...], QWidget] = {}
        for names in _BLOCKS:
            block = QWidget()
            layout = fields_row(*(field[name] for name in names), stretches=(3, 2))
            layout.setContentsMargins(0, 0, 0, 0)
            block.setLayout(layout)
            self._blocks[names] = block
        column(
            fields_row(field["payment_means"], field["payment_terms"], stretches=(2, 3)),
            *self._blocks.values(),
            fields_row(field["paid"], field["rounding"]),
            gap="m",
            of=self,
        )
        field["payment_means"].changed.connect(self._show_needed)
        self._show_needed()

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``."""
        super().load(form, context)
        self._show_needed()

    def reveal(self, place: str) -> None:
        """Show the block of ``place``."""
        for names, block in self._blocks.items():
            if place in names:
                block.show()

    def _show_needed(self) -> None:
        needed = _NEEDED.get(read(self.fields["payment_means"]), ())
        for names, block in self._blocks.items():
            block.setVisible(any(name in needed or read(self.fields[name]).strip() for name in names))
