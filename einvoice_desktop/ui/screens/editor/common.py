"""What a usual document may say beside its lines, and the quiet door to the rest."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.screens.editor.kinds import kind_of
from einvoice_desktop.ui.screens.editor.words import PAYMENT_STATES
from einvoice_desktop.ui.widgets.binding import write
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.formats import day
from einvoice_desktop.ui.widgets.layouts import fields_row


class CommonCard(Card):
    """The card; ``fields`` by name in :class:`DraftForm`.

    Signals:
        more_asked: where the menu of the rest opens (global position).
    """

    more_asked = Signal(QPoint)

    def __init__(self) -> None:
        self.purchase_order = TextField("Bon de commande", placeholder="Facultatif")
        self.delivery_field = DateField("Date de livraison")
        self.note = TextField("Note au client", placeholder="Facultatif")
        self.payment_state = ChoiceField("Règlement", PAYMENT_STATES)
        self.more = Button("Remise, livraison, pièces…", "link", icon="plus")
        self.more.setToolTip("Remises, livraison, références, paiement, TVA, devise, mentions, pièces jointes…")
        super().__init__(
            fields_row(self.purchase_order, self.delivery_field, stretches=(4, 3)),
            fields_row(self.note, self.payment_state, stretches=(4, 3)),
            self.more,
            1,
            gap="m",
        )
        self.body.setAlignment(self.more, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.fields: dict[str, Field] = {
            "purchase_order": self.purchase_order,
            "delivery_date": self.delivery_field,
            "note": self.note,
            "payment_state": self.payment_state,
        }
        self.more.clicked.connect(self._ask_more)

    @property
    def order(self) -> tuple[QWidget, ...]:
        """What the tab key visits."""
        return (*(field.editor for field in self.fields.values()), self.more)

    def load(self, form: DraftForm, today: date) -> None:
        """Show ``form``."""
        self.delivery_field.edit.set_base(today)
        for name, field in self.fields.items():
            write(field, getattr(form, name))
        self.show_kind(form)

    def show_kind(self, form: DraftForm) -> None:
        """A credit note is not to be paid."""
        self.payment_state.setVisible(not kind_of(form.type_code).is_credit)

    def show_delivery(self, delivered_on: date | None) -> None:
        """The day that follows when none is typed."""
        self.delivery_field.edit.setPlaceholderText(day(delivered_on))

    def _ask_more(self) -> None:
        self.more_asked.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))
