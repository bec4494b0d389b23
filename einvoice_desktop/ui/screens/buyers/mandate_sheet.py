"""The written mandate by which a supplier lets the company bill in its name (CGI art. 289, I-2)."""

from __future__ import annotations

from datetime import date

from einvoice_desktop.domain.typed import parse_date
from einvoice_desktop.ports.records import BillingMandate
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import TextField
from einvoice_desktop.ui.widgets.formats import day
from einvoice_desktop.ui.widgets.labels import Label


class MandateSheet(Sheet):
    """Asks when it was signed; ``signed_on`` and ``reference`` once accepted, ``is_ended`` when it is to be forgotten."""

    def __init__(self, name: str, mandate: BillingMandate | None, today: date) -> None:
        super().__init__("Mandat de facturation")
        self._today = today
        self.signed_on, self.is_ended = today, False
        words = (
            f"Avec un mandat écrit, vous établissez les factures de {name} à sa place : des autofactures, "
            "dans une série de numéros à part."
        )
        self.body.addWidget(Label(words, "muted", wrap=True))
        self.date = DateField("Signé le", placeholder="JJ/MM/AAAA")
        self.date.set_value(mandate.signed_on.isoformat() if mandate is not None else "")
        self.reference = TextField("Référence", placeholder="contrat, courrier…", limit=200)
        self.reference.set_text(mandate.reference if mandate is not None else "")
        self.body.addWidget(self.date)
        self.body.addWidget(self.reference)
        if mandate is not None:
            end = Button("Retirer le mandat", "ghost")
            end.clicked.connect(self._end)
            self.buttons.insertWidget(0, end)
        self.add_button(Button("Annuler"), accepts=False)
        keep = Button("Enregistrer", "primary")
        keep.clicked.connect(self.submit)
        keep.setDefault(True)
        self.buttons.addWidget(keep)

    def submit(self) -> None:
        """Accept a day that exists and is past; else the field says what is wrong."""
        signed_on = parse_date(self.date.value())
        if signed_on is None:
            self.date.set_problem("Écrivez le jour de la signature : 31/01/2026.")
            return
        if signed_on > self._today:
            self.date.set_problem(f"Un mandat ne peut pas dater d’après aujourd’hui, {day(self._today)}.")
            return
        self.signed_on = signed_on
        self.accept()

    def _end(self) -> None:
        self.is_ended = True
        self.accept()
