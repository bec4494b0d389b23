"""The form of one customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.parties import BuyerKind
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.screens.buyers.presenter import KINDS, LANGUAGES, SCENARIOS, SHIPPING
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, NoteField, TextField
from einvoice_desktop.ui.widgets.fold import Fold
from einvoice_desktop.ui.widgets.layouts import column, fields_row, row, scrolled
from einvoice_desktop.ui.widgets.look import look

_INDIVIDUAL, _FOREIGN, _PUBLIC = BuyerKind.INDIVIDUAL, BuyerKind.FOREIGN_BUSINESS, BuyerKind.PUBLIC


class BuyerForm(QWidget):
    """Every field of a customer.

    Signals:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._build_fields()
        self.fields: dict[str, Field] = {
            "kind": self.kind,
            "name": self.name,
            "siren": self.siren,
            "siret": self.siret,
            "vat_number": self.vat,
            "legal_id": self.legal,
            "address.line1": self.line1,
            "address.line2": self.line2,
            "address.postal_code": self.postal,
            "address.city": self.city,
            "address.country": self.country,
            **self.shipping,
            "electronic_address": self.routing,
            "routing_code": self.service,
            "email": self.email,
            "phone": self.phone,
            "payment_days": self.days,
            "language": self.language,
            "notes": self.notes,
            "scenario": self.scenario,
        }
        for field in self.fields.values():
            field.changed.connect(field.clear_problem)
            field.changed.connect(self._on_changed)
        self._lay_out()
        self._show_kind()
        self.show_practice(is_on=False)

    def _build_fields(self) -> None:
        self.kind = ChoiceField("Qui est ce client ?", KINDS)
        self.name = TextField("Nom ou raison sociale", limit=255)
        self.siren = TextField("SIREN", placeholder="9 chiffres", limit=14)
        self.siret = TextField("SIRET", placeholder="14 chiffres, facultatif", limit=20)
        self.vat = TextField("Numéro de TVA", placeholder="facultatif", limit=20)
        self.legal = TextField("Identifiant légal", placeholder="registre du pays", limit=50)
        self.line1 = TextField("Adresse", placeholder="Numéro et rue")
        self.line2 = TextField("Complément", placeholder="facultatif")
        self.postal = TextField("Code postal", limit=12)
        self.city = TextField("Ville")
        self.country = TextField("Pays (code)", limit=2)
        hint = "Laissez vide pour livrer au SIREN, le cas le plus courant."
        self.routing = TextField("Adresse électronique de facturation", hint=hint, limit=125)
        self.service = TextField("Code service", placeholder="celui de Chorus Pro", limit=100)
        self.language = ChoiceField("Langue de ses factures", LANGUAGES)
        self.shipping = {
            "shipping.name": TextField("Qui reçoit", placeholder="entrepôt, boutique…"),
            "shipping.line1": TextField("Adresse", placeholder="Numéro et rue"),
            "shipping.line2": TextField("Complément", placeholder="facultatif"),
            "shipping.postal_code": TextField("Code postal", limit=12),
            "shipping.city": TextField("Ville"),
            "shipping.country": TextField("Pays (code)", placeholder="FR", limit=2),
        }
        self.email = TextField("E-mail")
        self.phone = TextField("Téléphone", limit=50)
        self.days = TextField("Délai de paiement (jours)", placeholder="celui de l’entreprise", limit=3)
        self.notes = NoteField("Notes", placeholder="Pour vous seul, jamais envoyées", rows=2)
        self.scenario = ChoiceField("Au bac à sable, ce client…", SCENARIOS)

    def _lay_out(self) -> None:
        identity = Card(
            fields_row(self.kind, self.name, stretches=(2, 3)),
            fields_row(self.siren, self.siret, self.vat, self.legal),
            title="Identité",
        )
        address = Card(
            fields_row(self.line1, self.line2, stretches=(3, 2)),
            fields_row(self.postal, self.city, self.country, stretches=(2, 4, 1)),
            self._elsewhere(),
            title="Adresse",
        )
        billing = Card(
            fields_row(self.routing, self.service, stretches=(3, 2)),
            fields_row(self.days, self.language, stretches=(2, 3)),
            fields_row(self.email, self.phone, stretches=(3, 2)),
            self.notes,
            self.scenario,
            title="Facturation",
        )
        content = QWidget()
        content.setMaximumWidth(look().ems(62))
        column(identity, address, billing, 1, gap="l", margin="l", of=content)
        holder = QWidget()
        row(content, 1, gap="", of=holder).setStretch(0, 10)
        column(scrolled(holder), gap="", of=self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _elsewhere(self) -> QWidget:
        """The place of delivery, asked only when it is not the address above (R-010)."""
        place = self.shipping
        content = QWidget()
        column(
            place["shipping.name"],
            fields_row(place["shipping.line1"], place["shipping.line2"], stretches=(3, 2)),
            fields_row(
                place["shipping.postal_code"], place["shipping.city"], place["shipping.country"], stretches=(2, 4, 1)
            ),
            gap="m",
            of=content,
        )
        self._place = Fold("Livrer ailleurs", content)
        self._place.folded.connect(self._show_place)
        self._deliver = Button("Livrer ailleurs", "link", icon="plus")
        self._deliver.clicked.connect(self._open_place)
        host = QWidget()
        layout = column(self._place, self._deliver, gap="s", of=host)
        layout.setAlignment(self._deliver, Qt.AlignmentFlag.AlignLeft)
        return host

    def _open_place(self) -> None:
        self._place.open()
        self._deliver.hide()
        self.shipping["shipping.name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self) -> None:
        words = [field.value() for name, field in self.shipping.items() if name in SHIPPING and field.value()]
        self._place.set_held(1 if words else 0, ", ".join(words))
        self._deliver.setVisible(not words and not self._place.is_open)

    def show_practice(self, *, is_on: bool) -> None:
        """Whether what the practice platform plays for this customer is asked."""
        self.scenario.setVisible(is_on)

    def _on_changed(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        kind = self.kind.value()
        is_french = kind not in {_INDIVIDUAL, _FOREIGN}
        self.siren.setVisible(is_french)
        self.siret.setVisible(is_french)
        self.legal.setVisible(kind == _FOREIGN)
        self.vat.setVisible(kind != _INDIVIDUAL)
        self.country.setVisible(kind in {_FOREIGN, _INDIVIDUAL})
        self.routing.setVisible(kind != _INDIVIDUAL)
        self.service.setVisible(kind == _PUBLIC)
        self._show_place()

    def values(self) -> dict[str, str]:
        """What stands in the form."""
        return {name: _value(field) for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show ``values``, with nothing wrong."""
        for name, field in self.fields.items():
            field.blockSignals(True)
            _set(field, values.get(name, ""))
            field.set_problem("")
            field.blockSignals(False)
        self._place.open(is_open=False)
        self._show_kind()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is wrong under each field; the first that blocks takes the keys."""
        for field in self.fields.values():
            field.set_problem("")
        first: Field | None = None
        for finding in findings:
            field = self.fields.get(finding.place, self.name)
            field.set_problem(sentence(finding), "danger" if finding.is_blocking else "warning")
            if finding.is_blocking and first is None:
                first = field
        if first is not None:
            first.editor.setFocus()


def _value(field: Field) -> str:
    return field.value() if isinstance(field, (TextField, NoteField, ChoiceField)) else ""


def _set(field: Field, value: str) -> None:
    if isinstance(field, ChoiceField):
        field.set_value(value)
    elif isinstance(field, (TextField, NoteField)):
        field.set_text(value)
