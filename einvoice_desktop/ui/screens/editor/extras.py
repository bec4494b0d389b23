"""What is seldom needed on a document, folded away: discount, references, currency, account."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from einvoice_desktop.ui.screens.editor.words import CURRENCIES
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.layouts import column, row

_MEANS = (
    ("58", "Virement SEPA"),
    ("30", "Virement"),
    ("59", "Prélèvement"),
    ("48", "Carte"),
    ("20", "Chèque"),
    ("10", "Espèces"),
)


class Extras(QWidget):
    """The folded part of the sheet.

    Signals:
        discounts_toggled: whether each row shows its own discount.
    """

    discounts_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.texts = {
            "global_discount": TextField("Remise sur le total (%)", placeholder="0"),
            "contract": TextField("Contrat"),
            "buyer_reference": TextField("Référence du client", placeholder="Service, engagement…"),
            "project": TextField("Projet"),
            "payment_terms": TextField("Conditions de paiement", placeholder="celles de l’entreprise"),
            "iban": TextField("IBAN", placeholder="celui de l’entreprise"),
            "bic": TextField("BIC", placeholder="celui de l’entreprise"),
        }
        self.choices = {
            "currency": ChoiceField("Devise", CURRENCIES),
            "payment_means": ChoiceField("Moyen de paiement", _MEANS),
        }
        self.fields: dict[str, Field] = {**self.texts, **self.choices}
        self._discounts = QCheckBox("Une remise sur chaque ligne")
        self._discounts.toggled.connect(self.discounts_toggled)
        field = self.fields
        column(
            row(field["global_discount"], field["currency"], gap="m"),
            self._discounts,
            row(field["contract"], field["buyer_reference"], field["project"], gap="m"),
            row(field["payment_means"], field["payment_terms"], gap="m"),
            row(field["iban"], field["bic"], gap="m"),
            gap="m",
            of=self,
        )

    @property
    def order(self) -> tuple[str, ...]:
        """Fields in the order of the tab key."""
        first = ("global_discount", "currency", "contract", "buyer_reference", "project")
        return (*first, "payment_means", "payment_terms", "iban", "bic")

    @property
    def has_values(self) -> bool:
        """Whether anything differs from the usual."""
        is_unusual = self.choices["currency"].value() != "EUR" or self.choices["payment_means"].value() != "58"
        return is_unusual or any(text.value() for text in self.texts.values())

    def focus_first(self) -> None:
        """Go to the first field."""
        self.texts["global_discount"].editor.setFocus(Qt.FocusReason.TabFocusReason)
