"""« Devise »: another currency than the euro (BT-5), and the rate that gives the VAT in euros (BT-6, BT-111)."""

from __future__ import annotations

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.binding import read
from einvoice_desktop.ui.widgets.fields import ChoiceField, TextField
from einvoice_desktop.ui.widgets.layouts import column, fields_row

CURRENCIES = (
    ("EUR", "Euro (EUR)"),
    ("USD", "Dollar américain (USD)"),
    ("GBP", "Livre sterling (GBP)"),
    ("CHF", "Franc suisse (CHF)"),
    ("CAD", "Dollar canadien (CAD)"),
    ("JPY", "Yen (JPY)"),
    ("CNY", "Yuan (CNY)"),
    ("DKK", "Couronne danoise (DKK)"),
    ("SEK", "Couronne suédoise (SEK)"),
    ("NOK", "Couronne norvégienne (NOK)"),
    ("PLN", "Zloty (PLN)"),
    ("CZK", "Couronne tchèque (CZK)"),
    ("XPF", "Franc Pacifique (XPF)"),
    ("MAD", "Dirham marocain (MAD)"),
    ("AUD", "Dollar australien (AUD)"),
)


class CurrencySection(Section):
    """The currency, and its rate when it is not the euro."""

    def __init__(self) -> None:
        self._rate = TextField("Euros pour une unité", placeholder="0,9215")
        super().__init__({"currency": ChoiceField("Devise", CURRENCIES), "exchange_rate": self._rate})
        column(fields_row(self.fields["currency"], self._rate), gap="m", of=self)
        self.fields["currency"].changed.connect(self._sync)
        self._sync()

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``."""
        super().load(form, context)
        self._sync()

    def reveal(self, place: str) -> None:
        """The rate, were it hidden."""
        if place == "exchange_rate":
            self._rate.show()

    def _sync(self) -> None:
        currency = read(self.fields["currency"])
        is_foreign = currency != "EUR"
        self._rate.setVisible(is_foreign or bool(self._rate.value()))
        self._rate.label.setText(f"Euros pour 1 {currency}")
        self._rate.set_hint(
            "Le taux du jour de la BCE (ecb.europa.eu) : la TVA doit aussi être donnée en euros." if is_foreign else ""
        )
