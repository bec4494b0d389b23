"""A customer made without leaving the document: the few things a compliant invoice needs to know of him."""

from __future__ import annotations

from dataclasses import replace

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.identifiers import compact, french_vat_number, is_siren_shaped
from einvoice_desktop.domain.parties import Address, Buyer
from einvoice_desktop.domain.party_checks import check_buyer
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.screens.editor.words import field_words
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.fields import CheckField, Field, TextField
from einvoice_desktop.ui.widgets.layouts import row


class NewBuyerSheet(Sheet):
    """Asks for the name, the SIREN and the address; closes only on a customer that can be kept.

    ``buyer`` is the customer as filled in.
    """

    def __init__(self, buyer: Buyer) -> None:
        super().__init__("Nouveau client")
        self.buyer = buyer
        self.name = TextField("Nom ou raison sociale", limit=255)
        self.siren = TextField("SIREN ou SIRET", placeholder="9 ou 14 chiffres")
        self.is_individual = CheckField("C’est un particulier")
        self.line1 = TextField("Adresse", placeholder="Numéro et rue")
        self.postal_code = TextField("Code postal", limit=10)
        self.city = TextField("Ville")
        self.email = TextField("E-mail", placeholder="Facultatif")
        self._fields: dict[str, Field] = {
            "name": self.name,
            "siren": self.siren,
            "siret": self.siren,
            "address.line1": self.line1,
            "address.postal_code": self.postal_code,
            "address.city": self.city,
            "email": self.email,
        }
        place = row(self.postal_code, self.city, gap="m")
        place.setStretch(0, 1)
        place.setStretch(1, 3)
        for field in (self.name, self.siren, self.is_individual, self.line1):
            self.body.addWidget(field)
        self.body.addLayout(place)
        self.body.addWidget(self.email)
        self.name.set_text(buyer.name)
        self.is_individual.changed.connect(self._sync)
        self.add_button(Button("Annuler"), accepts=False)
        create = Button("Créer le client", "primary")
        create.clicked.connect(self.submit)
        create.setDefault(True)
        self.buttons.addWidget(create)
        self.siren.editor.setFocus()

    def _sync(self) -> None:
        self.siren.setVisible(not self.is_individual.value())
        self.email.line.setPlaceholderText(
            "Pour lui envoyer la facture" if self.is_individual.value() else "Facultatif"
        )

    def filled(self) -> Buyer:
        """The customer as the fields say."""
        number = "" if self.is_individual.value() else compact(self.siren.value())
        siren, siret = (number[:9], number) if len(number) > len("123456789") else (number, "")
        return replace(
            self.buyer,
            name=self.name.value(),
            is_individual=self.is_individual.value(),
            siren=siren,
            siret=siret,
            vat_number=french_vat_number(siren) if is_siren_shaped(siren) else "",
            email=self.email.value(),
            address=Address(line1=self.line1.value(), postal_code=self.postal_code.value(), city=self.city.value()),
        )

    def submit(self) -> None:
        """Accept when nothing blocks; else each field says what is wrong."""
        buyer = self.filled()
        found = [finding for finding in check_buyer(buyer) if finding.is_blocking]
        if found:
            self._show(found)
            return
        self.buyer = buyer
        self.accept()

    def _show(self, found: list[Finding]) -> None:
        for field in self._fields.values():
            field.set_problem("")
        for finding in reversed(found):
            field = self._fields.get(finding.place, self.siren)
            field.set_problem(field_words(finding))
            field.editor.setFocus()
