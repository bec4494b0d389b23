"""The four pages of the wizard; each shows fields and says what is wrong under them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.screens.start.presenter import NATURES, PLATFORMS, REGIMES, siren_hint
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.choice_cards import ChoiceCards
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, fields_row, row
from einvoice_desktop.ui.widgets.look import look


class Step(QWidget):
    """One page: ``fields`` by name."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}

    def _text(self, name: str, label: str, placeholder: str = "", hint: str = "") -> TextField:
        field = TextField(label, placeholder=placeholder, hint=hint)
        field.changed.connect(field.clear_problem)
        self.fields[name] = field
        return field

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {n: f.value() for n, f in self.fields.items() if isinstance(f, (TextField, ChoiceField))}

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is wrong; the first that blocks takes the keys."""
        for field in self.fields.values():
            field.set_problem("")
        for finding in reversed(findings):
            if finding.place in self.fields:
                place = self.fields[finding.place]
                place.set_problem(sentence(finding), "danger" if finding.is_blocking else "warning")
                if finding.is_blocking:
                    place.editor.setFocus()

    def begin(self) -> None:
        """The page is being shown: the keys go to its first field."""
        next(iter(self.fields.values())).editor.setFocus()


class CompanyStep(Step):
    """SIREN, name, address."""

    def __init__(self) -> None:
        super().__init__()
        self.siren = self._text("siren", "SIREN ou SIRET", "552 100 554", siren_hint("")[0])
        self.siren.changed.connect(self._on_siren)
        name = self._text("name", "Nom ou raison sociale", "Atelier Brossard")
        form = self._text("legal_form", "Forme juridique", "SARL, SASU, EI… (facultatif)")
        line1 = self._text("line1", "Adresse", "12 rue des Lilas")
        postal = self._text("postal_code", "Code postal", "44000")
        city = self._text("city", "Ville", "Nantes")
        email = self._text("email", "E-mail", "facultatif")
        column(
            self.siren,
            fields_row(name, form, stretches=(3, 2)),
            line1,
            fields_row(postal, city, email, stretches=(2, 3, 4)),
            1,
            gap="m",
            of=self,
        )

    def _on_siren(self) -> None:
        words, tone = siren_hint(self.siren.value())
        self.siren.set_problem("")
        self.siren.set_hint(words)
        self.siren.message.set_role(tone or "small")


class VatStep(Step):
    """Whether VAT is charged, asked in plain words.

    Signals:
        answered: the regime changed.
    """

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.regime = ChoiceCards(REGIMES, name="Facturez-vous la TVA ?")
        self.regime.chosen.connect(self._on_chosen)
        self.problem = Label("", "danger")
        self.problem.hide()
        self.vat_number = self._text("vat_number", "Votre numéro de TVA", "FR…")
        nature = ChoiceField("Vous vendez surtout", NATURES)
        self.fields["nature"] = nature
        column(
            Label("Facturez-vous la TVA ?", "heading"),
            self.regime,
            self.problem,
            fields_row(nature, self.vat_number),
            1,
            gap="m",
            of=self,
        )

    def _on_chosen(self, key: str) -> None:
        self.problem.hide()
        self.vat_number.setVisible(key != "franchise")
        self.answered.emit()

    def show_deduced(self, *, is_deduced: bool) -> None:
        """Say that the number was filled in here, and not by the user."""
        self.vat_number.set_hint("Déduit de votre SIREN ; corrigez-le s’il diffère." if is_deduced else "")

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """An unanswered question is said under the answers."""
        super().show_findings(findings)
        self.problem.setVisible(any(f.place == "regime" for f in findings))
        self.problem.setText("Choisissez une réponse.")

    def begin(self) -> None:
        """The keys go to the answers."""
        self.regime.focus()


class PaymentStep(Step):
    """IBAN, terms, logo.

    Signals:
        logo_asked: the user wants to choose a picture.
    """

    logo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        iban = self._text("iban", "IBAN", "FR76 …", "Sa clé est vérifiée. Vide : la facture n’indiquera pas de compte.")
        bic = self._text("bic", "BIC", "facultatif")
        days = self._text("payment_days", "Délai de paiement (jours)")
        days.set_text("30")
        colour = self._text("colour", "Couleur de vos factures", "#0E7C66")
        self._picture = QLabel()
        self._picture.setFixedSize(look().ems(9), look().ems(4))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName("Logo")
        self._picture.hide()
        choose = Button("Choisir un logo…", icon="import")
        choose.clicked.connect(self.logo_asked)
        column(
            fields_row(iban, bic, stretches=(3, 1)),
            fields_row(days, colour),
            Label("Logo", "label"),
            row(choose, self._picture, Label("PNG ou JPEG, 1 Mo au plus (facultatif)", "small"), 1),
            1,
            gap="m",
            of=self,
        )

    def show_logo(self, content: bytes) -> bool:
        """Show the picture; whether it could be read."""
        pixmap = QPixmap()
        if not pixmap.loadFromData(content):
            return False
        size = self._picture.size()
        shape = Qt.AspectRatioMode.KeepAspectRatio
        self._picture.setPixmap(pixmap.scaled(size, shape, Qt.TransformationMode.SmoothTransformation))
        self._picture.show()
        return True


class PlatformStep(Step):
    """Where documents will go."""

    def __init__(self) -> None:
        super().__init__()
        self.platform = ChoiceCards(PLATFORMS, name="Où envoyer ?")
        self.platform.set_value("sandbox")
        column(Label("Où vos factures doivent-elles partir ?", "heading"), self.platform, 1, gap="m", of=self)

    def begin(self) -> None:
        """The keys go to the answers."""
        self.platform.focus()
