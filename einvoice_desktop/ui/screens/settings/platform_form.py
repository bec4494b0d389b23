"""Where documents go: the practice platform, or a real one by its addresses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.screens.settings.presenter import PLATFORM_FIELDS, platform_values
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card, Notice
from einvoice_desktop.ui.widgets.fields import CheckField, TextField
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, fields_row, row
from einvoice_desktop.ui.widgets.pill import Pill
from einvoice_desktop.ui.widgets.progress import Spinner

_PRACTICE = (
    "Une plateforme d’entraînement, sur cet ordinateur : elle contrôle vos factures avec les règles officielles et joue "
    "vos clients. Rien de ce qui y est envoyé n’a de valeur."
)
_REAL = (
    "Les adresses et les identifiants se trouvent dans l’espace client de votre plateforme (norme AFNOR XP Z12-013). "
    "La connexion est essayée avant d’être gardée ; le secret va dans le trousseau de l’ordinateur."
)


class PlatformForm(QWidget):
    """Practice platform, own platform, present state.

    Signals:
        practice_asked, connect_asked, disconnect_asked: a button was pressed.
    """

    practice_asked = Signal()
    connect_asked = Signal()
    disconnect_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column(self._state(), self._practice(), self._real(), 1, gap="l", of=self)

    def _state(self) -> Card:
        self._pill = Pill("", parent=self)
        self._name = Label("", "strong")
        self._where = Label("", "muted")
        self._leave = Button("Déconnecter", "plain")
        self._leave.clicked.connect(self.disconnect_asked)
        return Card(row(column(self._name, self._where, gap="xs"), 1, self._pill, self._leave))

    def _practice(self) -> Card:
        self.use_practice = Button("Utiliser le bac à sable", "plain", icon="play")
        self.use_practice.clicked.connect(self.practice_asked)
        card = Card(Label(_PRACTICE, "muted", wrap=True), title="Bac à sable")
        card.body.addWidget(self.use_practice, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _real(self) -> Card:
        self.fields = {
            "label": TextField("Nom", placeholder="Ma plateforme"),
            "flow_url": TextField("Adresse du service de flux", placeholder="https://…"),
            "directory_url": TextField("Adresse de l’annuaire", placeholder="https://… (facultatif)"),
            "token_url": TextField("Adresse des jetons (OAuth2)", placeholder="https://…/token"),
            "client_id": TextField("Identifiant (client_id)"),
            "organization_id": TextField("Organisation", placeholder="facultatif"),
        }
        self.secret = TextField("Secret (client_secret)", secret=True)
        self.is_test = CheckField("C’est l’environnement d’essai de la plateforme (documents sans valeur)")
        self.connect_button = Button("Essayer et connecter", "primary")
        self.connect_button.clicked.connect(self.connect_asked)
        self._spinner = Spinner()
        self._spinner.hide()
        self.notice = Notice("", "danger")
        self.notice.hide()
        f = self.fields
        return Card(
            Label(_REAL, "muted", wrap=True),
            fields_row(f["label"], f["organization_id"], stretches=(3, 2)),
            f["flow_url"],
            fields_row(f["token_url"], f["directory_url"]),
            fields_row(f["client_id"], self.secret),
            self.is_test,
            self.notice,
            row(self.connect_button, self._spinner, 1),
            title="Votre plateforme agréée",
        )

    def values(self) -> dict[str, str]:
        """What stands in the form, without the secret."""
        return {name: self.fields[name].value() for name in PLATFORM_FIELDS}

    def show_profile(self, profile: PlatformProfile | None) -> None:
        """Say where documents go at present; a real platform fills the form."""
        self._leave.setVisible(profile is not None)
        self.use_practice.setVisible(profile is None or profile.id != "sandbox")
        if profile is None:
            self._name.setText("Aucune plateforme")
            self._where.setText("Les documents sont émis et gardés ; rien ne part.")
            self._pill.set("Non connectée", "warning")
            return
        self._name.setText("Bac à sable" if profile.id == "sandbox" else profile.label)
        self._where.setText(profile.flow_url)
        self._pill.set(*(("Documents sans valeur", "warning") if profile.is_sandbox else ("Connectée", "success")))
        for name, value in platform_values(profile).items():
            if value:
                self.fields[name].set_text(value)
        self.is_test.set_value(profile.is_sandbox and profile.id != "sandbox")

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is missing under each field."""
        fields = {**self.fields, "secret": self.secret}
        for field in fields.values():
            field.set_problem("")
        for finding in findings:
            fields[finding.place].set_problem(sentence(finding))
        if findings:
            fields[findings[0].place].editor.setFocus()

    def set_busy(self, *, is_busy: bool) -> None:
        """A connection is being tried."""
        self._spinner.setVisible(is_busy)
        self.connect_button.setEnabled(not is_busy)
        self.use_practice.setEnabled(not is_busy)
