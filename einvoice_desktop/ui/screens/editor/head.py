"""The head of the sheet: kind of document, customer, dates, operation, and the document it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ui.screens.editor.kind_button import KindButton
from einvoice_desktop.ui.screens.editor.kinds import kind_of, may_change_kind
from einvoice_desktop.ui.screens.editor.words import NATURES, buyer_quiet, buyer_words, term_words
from einvoice_desktop.ui.widgets.binding import write
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.combo import Choice, SearchCombo
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.formats import day
from einvoice_desktop.ui.widgets.layouts import fields_row, row
from einvoice_desktop.ui.widgets.look import look


class HeadCard(Card):
    """The card; ``fields`` by name in :class:`DraftForm`, ``buyer`` apart (it is chosen, not typed)."""

    def __init__(self) -> None:
        self.kind = KindButton()
        self.buyer = SearchCombo()
        self.buyer.setPlaceholderText("Nom, SIREN ou e-mail")
        self.buyer.set_creation("Créer « {text} »")
        self.buyer_field = Field("Client", self.buyer)
        self.issue_field, self.due_field = DateField("Date"), DateField("Échéance")
        self.nature = ChoiceField("Opération", NATURES)
        self.preceding_number = TextField("Facture d’origine", placeholder="F2026-0001")
        self.preceding_field = DateField("Date de la facture d’origine")
        self._origin = QWidget()
        origin = fields_row(self.preceding_number, self.preceding_field, stretches=(2, 1))
        self._origin.setLayout(origin)
        origin.setContentsMargins(0, 0, 0, 0)
        parts = (self.buyer_field, self.issue_field, self.due_field, self.nature)
        super().__init__(row(self.kind, 1), self._origin, fields_row(*parts, stretches=(26, 11, 11, 11)), gap="s")
        self.body.setContentsMargins(look().gap.l, look().gap.s, look().gap.l, look().gap.l)
        self.fields: dict[str, Field] = {
            "preceding_number": self.preceding_number,
            "preceding_date": self.preceding_field,
            "issue_date": self.issue_field,
            "due_date": self.due_field,
            "nature": self.nature,
        }
        self._term = 0
        self._has_due_date = True

    @property
    def order(self) -> tuple[QWidget, ...]:
        """What the tab key visits."""
        first = (self.preceding_number.editor, self.preceding_field.editor, self.buyer)
        return (*first, self.issue_field.editor, self.due_field.editor, self.nature.editor)

    # -- the form ------------------------------------------------------------------------------------------------

    def load(self, form: DraftForm, today: date) -> None:
        """Show ``form``."""
        for dated in (self.issue_field, self.due_field, self.preceding_field):
            dated.edit.set_base(today)
        for name, field in self.fields.items():
            write(field, getattr(form, name))
        self.show_kind(form)

    def show_kind(self, form: DraftForm) -> None:
        """Words and fields of the kind of document."""
        kind = kind_of(form.type_code)
        self.kind.show_kind(kind, is_open=may_change_kind(form))
        self._origin.setVisible(kind.has_origin)
        for field, words in (
            (self.buyer_field, kind.party),
            (self.preceding_number, kind.origin),
            (self.preceding_field, "Sa date"),
        ):
            field.label.setText(words)
            field.editor.setAccessibleName(words)
        is_linked = bool(form.source_id)
        self.buyer.setReadOnly(is_linked or bool(form.deposit_group_id))
        self.preceding_number.line.setReadOnly(is_linked)
        self.preceding_field.edit.setReadOnly(is_linked)
        self._has_due_date = not kind.is_credit
        self.due_field.setVisible(self._has_due_date)

    def show_context(self, context: ComposeContext) -> None:
        """The customer chosen, and the term that follows."""
        buyer = context.buyer
        if buyer is not None:
            self.buyer.set_current(Choice(buyer.id, buyer.name, _quiet(buyer)))
        elif not self.buyer.isModified():
            self.buyer.set_current(Choice("", ""))
        self.buyer_field.set_hint(buyer_words(buyer) if buyer is not None else "")
        days = buyer.payment_days if buyer is not None else None
        self._term = context.company.payment_days if days is None else days

    def offer_buyers(self, choices: Sequence[Choice]) -> None:
        """Customers found for what is typed."""
        self.buyer.set_choices(choices)

    def show_dates(self, issue_date: date | None, due_date: date | None) -> None:
        """The due date that follows when none is typed."""
        self.due_field.edit.setPlaceholderText(day(due_date))
        is_typed = bool(self.due_field.edit.text().strip())
        self.due_field.set_hint("" if is_typed or not self._has_due_date else term_words(self._term))
        if issue_date is not None:
            self.due_field.edit.set_base(issue_date)


def _quiet(buyer: Buyer) -> str:
    if not buyer.effective_siren and not buyer.is_individual and buyer.address.country == "FR":
        return "SIREN manquant"
    return buyer_quiet(buyer.effective_siren, "", buyer.address.city)
