"""The form of the company that issues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.screens.settings.presenter import NATURES, REGIMES, suggested_vat_number
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.fields import CheckField, ChoiceField, Field, NoteField, TextField
from einvoice_desktop.ui.widgets.layouts import column, fields_row


class CompanyForm(QWidget):
    """Every field of the company.

    Signals:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        column(self._identity(), self._vat(), self._payment(), self._printed(), 1, gap="l", of=self)
        for field in (*self.fields.values(), self.vat_on_debits):
            field.changed.connect(field.clear_problem)
            field.changed.connect(self.changed)
        self._text("siren").finished.connect(self._suggest_vat)

    def _add(self, name: str, field: Field) -> Field:
        self.fields[name] = field
        return field

    def _line(self, name: str, label: str, placeholder: str = "", limit: int = 0) -> Field:
        return self._add(name, TextField(label, placeholder=placeholder, limit=limit))

    def _identity(self) -> Card:
        return Card(
            fields_row(
                self._line("name", "Raison sociale"),
                self._line("trading_name", "Nom commercial", "facultatif"),
                stretches=(3, 2),
            ),
            fields_row(
                self._line("siren", "SIREN", limit=14),
                self._line("siret", "SIRET", limit=20),
                self._line("legal_form", "Forme juridique", "SARL, EI…"),
            ),
            fields_row(
                self._line("share_capital", "Capital", "facultatif"),
                self._line("registry_city", "Ville du RCS", "facultatif"),
            ),
            fields_row(
                self._line("address.line1", "Adresse"),
                self._line("address.line2", "Complément", "facultatif"),
                stretches=(3, 2),
            ),
            fields_row(
                self._line("address.postal_code", "Code postal", limit=12),
                self._line("address.city", "Ville"),
                stretches=(1, 3),
            ),
            fields_row(
                self._line("email", "E-mail"),
                self._line("phone", "Téléphone"),
                self._line("website", "Site", "facultatif"),
            ),
            title="Identité",
        )

    def _vat(self) -> Card:
        self.vat_on_debits = CheckField("J’ai opté pour la TVA sur les débits")
        return Card(
            fields_row(self._add("vat_regime", ChoiceField("Régime de TVA", REGIMES)), self._line("vat_number", "Numéro de TVA"), stretches=(3, 2)),
            fields_row(self._add("nature", ChoiceField("Vous vendez surtout", NATURES)), self._line("electronic_address", "Adresse électronique de facturation", "votre SIREN", 125), stretches=(3, 2)),
            self.vat_on_debits,
            title="TVA et adresse",
        )  # fmt: skip

    def _payment(self) -> Card:
        return Card(
            fields_row(self._line("iban", "IBAN", "FR76 …"), self._line("bic", "BIC", "facultatif"), stretches=(3, 1)),
            fields_row(
                self._line("account_name", "Titulaire", "facultatif"),
                self._line("payment_days", "Délai de paiement (jours)", limit=3),
            ),
            self._add("payment_terms", TextField("Conditions de paiement", placeholder="facultatif")),
            self._add("late_penalty_note", NoteField("Pénalités de retard", rows=2)),
            self._add("recovery_note", NoteField("Indemnité de recouvrement", rows=2)),
            self._add("discount_note", NoteField("Escompte", rows=2)),
            title="Règlement et mentions légales",
        )

    def _printed(self) -> Card:
        return Card(
            fields_row(
                self._line("invoice_prefix", "Préfixe des factures", limit=10),
                self._line("credit_note_prefix", "Préfixe des avoirs", limit=10),
                self._line("colour", "Couleur", "#0E7C66", 7),
            ),
            self._add("footer", TextField("Pied de page", placeholder="facultatif")),
            title="Numéros et page imprimée",
        )

    def _text(self, name: str) -> TextField:
        field = self.fields[name]
        if not isinstance(field, TextField):
            raise TypeError(name)
        return field

    def _suggest_vat(self) -> None:
        number = self._text("vat_number")
        if not number.value() and self.values()["vat_regime"] != "franchise":
            number.set_text(suggested_vat_number(self._text("siren").value()))

    def values(self) -> dict[str, str]:
        """What stands in the form."""
        return {
            name: f.value() for name, f in self.fields.items() if isinstance(f, (TextField, NoteField, ChoiceField))
        }

    def set_values(self, values: Mapping[str, str], *, vat_on_debits: bool) -> None:
        """Show ``values``, with nothing wrong."""
        self.blockSignals(True)
        for name, field in self.fields.items():
            if isinstance(field, ChoiceField):
                field.set_value(values[name])
            elif isinstance(field, (TextField, NoteField)):
                field.set_text(values[name])
            field.set_problem("")
        self.vat_on_debits.set_value(vat_on_debits)
        self.blockSignals(False)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is wrong under each field; the first that blocks takes the keys."""
        for field in self.fields.values():
            field.set_problem("")
        blocking = None
        for finding in findings:
            field = self.fields.get(finding.place, self.fields["name"])
            field.set_problem(sentence(finding), "danger" if finding.is_blocking else "warning")
            if finding.is_blocking and blocking is None:
                blocking = field
        if blocking is not None:
            blocking.editor.setFocus()
