"""The sheet to fill: the form of a document as widgets, to and from :class:`DraftForm`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from einvoice_desktop.domain.compose import ComposeContext, Composition
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.screens.editor.extras import Extras
from einvoice_desktop.ui.screens.editor.lines import LinesCard
from einvoice_desktop.ui.screens.editor.words import (
    NATURES,
    PAYMENT_STATES,
    buyer_quiet,
    buyer_words,
    field_words,
    term_words,
)
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.combo import Choice, SearchCombo
from einvoice_desktop.ui.widgets.date_field import DateEdit
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.formats import day
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.totals_box import TotalsBox


class InvoiceSheet(QWidget):
    """The form.

    Signals:
        edited: something was typed or chosen. buyer_searched: text to look for. buyer_chosen: its identifier.
        buyer_creation_asked: name to create. visited: place of a field that was left. explanation_asked: « d'où vient ce centime ? ».
    """

    edited = Signal()
    buyer_searched = Signal(str)
    buyer_chosen = Signal(str)
    buyer_creation_asked = Signal(str)
    visited = Signal(str)
    _was_left = Signal(str)
    explanation_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._base = DraftForm()
        self._is_loading = False
        self._make_fields()
        self.lines = LinesCard()
        self.totals = TotalsBox()
        self._explain = Button("D’où vient ce centime ?", "link")
        self._lay_out()
        self._fields: dict[str, Field] = {
            "buyer_id": self.buyer_field,
            "issue_date": self.issue_field,
            "due_date": self.due_field,
            "nature": self.nature,
            "purchase_order": self.purchase_order,
            "delivery_date": self.delivery_field,
            "payment_state": self.payment_state,
            "note": self.note,
            "preceding_number": self.preceding_number,
            "preceding_date": self.preceding_field,
            **self.extras.fields,
        }
        self._connect()
        self._order_tabs()

    # -- making --------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.buyer = SearchCombo()
        self.buyer.setPlaceholderText("Nom, SIREN ou e-mail")
        self.buyer.set_creation("Créer « {text} »")
        self.buyer_field = Field("Client", self.buyer)
        self.issue_date, self.due_date = DateEdit(), DateEdit()
        self.delivery_date, self.preceding_date = DateEdit(), DateEdit()
        self.issue_field = Field("Date", self.issue_date)
        self.due_field = Field("Échéance", self.due_date)
        self.nature = ChoiceField("Opération", NATURES)
        self.purchase_order = TextField("Bon de commande", placeholder="Facultatif")
        self.delivery_field = Field("Date de livraison", self.delivery_date)
        self.payment_state = ChoiceField("Règlement", PAYMENT_STATES)
        self.note = TextField("Note au client", placeholder="Facultatif")
        self.preceding_number = TextField("Facture d’origine", placeholder="F2026-0001")
        self.preceding_field = Field("Date de la facture d’origine", self.preceding_date)
        self.extras = Extras()
        self._more = Button("Remise, références, compte…", "link", icon="plus")

    def _lay_out(self) -> None:
        self._origin = QWidget()
        origin = row(self.preceding_number, self.preceding_field, gap="m", of=self._origin)
        origin.setStretch(0, 2)
        origin.setStretch(1, 1)
        head = row(self.buyer_field, self.issue_field, self.due_field, self.nature, gap="m")
        for index, stretch in enumerate((26, 11, 11, 11)):
            head.setStretch(index, stretch)
            item = head.itemAt(index)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        details = row(self.purchase_order, self.delivery_field, gap="m")
        words = row(self.note, self.payment_state, gap="m")
        for line in (details, words):
            line.setStretch(0, 4)
            line.setStretch(1, 3)
        self.references = Card(details, words, self.extras, self._more, gap="m")
        self.references.body.setAlignment(self._more, Qt.AlignmentFlag.AlignLeft)
        self.references.add(1)
        self.totals_card = Card(self.totals, 1, self._explain, gap="s")
        self.totals_card.body.setAlignment(self._explain, Qt.AlignmentFlag.AlignLeft)
        self.totals_card.setMinimumWidth(look().ems(19))
        self.references.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        foot = row(self.references, self.totals_card, gap="m")
        foot.setStretch(0, 4)
        foot.setStretch(1, 3)
        column(Card(self._origin, head), self.lines, foot, 1, gap="m", of=self)

    def _connect(self) -> None:
        for field in self._fields.values():
            if field.editor in {self.buyer, *self._dates().values()}:
                continue
            field.changed.connect(self._edited)
        for edit in self._dates().values():
            edit.edited.connect(self._edited)
        # Queued: a field that is left because the window goes away tells nobody.
        self._was_left.connect(self.visited, Qt.ConnectionType.QueuedConnection)
        self.lines.edited.connect(self._edited)
        self.buyer.search_asked.connect(self.buyer_searched)
        self.buyer.chosen.connect(self._buyer_chosen)
        self.buyer.create_asked.connect(self.buyer_creation_asked)
        self._more.clicked.connect(self.toggle_extras)
        self._explain.clicked.connect(self.explanation_asked)
        self.extras.discounts_toggled.connect(self.lines.show_discounts)
        for field in self._fields.values():
            field.editor.installEventFilter(self)

    def _order_tabs(self) -> None:
        """Tab goes down the sheet as the eye does."""
        head = ("preceding_number", "preceding_date", "buyer_id", "issue_date", "due_date", "nature")
        foot = ("purchase_order", "delivery_date", "note", "payment_state", *self.extras.order)
        chain: list[QWidget] = [self._fields[name].editor for name in head]
        chain += [self.lines.grid, *(self._fields[name].editor for name in foot), self._more, self._explain]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _dates(self) -> dict[str, DateEdit]:
        return {
            "issue_date": self.issue_date,
            "due_date": self.due_date,
            "delivery_date": self.delivery_date,
            "preceding_date": self.preceding_date,
        }

    def _texts(self) -> dict[str, TextField]:
        return {
            "purchase_order": self.purchase_order,
            "note": self.note,
            "preceding_number": self.preceding_number,
            **self.extras.texts,
        }

    def _choices(self) -> dict[str, ChoiceField]:
        return {"nature": self.nature, "payment_state": self.payment_state, **self.extras.choices}

    # -- the form ------------------------------------------------------------------------------------------------

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``; nothing counts as typed."""
        self._is_loading = True
        self._base = form
        is_credit = form.type_code in CREDIT_NOTE_TYPES
        self._origin.setVisible(is_credit or form.type_code in CORRECTED_TYPES)
        self.payment_state.setVisible(not is_credit)
        for name, text in self._texts().items():
            text.set_text(getattr(form, name))
        for name, edit in self._dates().items():
            edit.set_base(context.today)
            edit.set_value(getattr(form, name))
        for name, choice in self._choices().items():
            choice.set_value(getattr(form, name))
        self.lines.load(form.lines, context.company, form.currency)
        self.extras.setVisible(self.extras.has_values)
        self._sync_more()
        self.show_context(context)
        self._is_loading = False

    def form(self) -> DraftForm:
        """What stands in the widgets."""
        values: dict[str, Any] = {name: text.text() for name, text in self._texts().items()}
        values |= {name: edit.value() for name, edit in self._dates().items()}
        values |= {name: choice.value() for name, choice in self._choices().items()}
        lines: tuple[DraftLine, ...] = self.lines.model.lines()
        return replace(self._base, buyer_id=self.buyer.current.key, lines=lines, **values)

    def show_context(self, context: ComposeContext) -> None:
        """The customer chosen, and the days everything is relative to."""
        buyer = context.buyer
        if buyer is not None:
            self.buyer.set_current(Choice(buyer.id, buyer.name, _quiet(buyer)))
        elif not self.buyer.isModified():
            self.buyer.set_current(Choice("", ""))
        self.buyer_field.set_hint(buyer_words(buyer) if buyer is not None else "")
        days = buyer.payment_days if buyer is not None and buyer.payment_days is not None else None
        self._term = context.company.payment_days if days is None else days

    def offer_buyers(self, choices: Sequence[Choice]) -> None:
        """Customers found for what is typed."""
        self.buyer.set_choices(choices)

    def _edited(self) -> None:
        if not self._is_loading:
            self.edited.emit()

    def _buyer_chosen(self, key: str) -> None:
        self.buyer_chosen.emit(key)

    # -- results -------------------------------------------------------------------------------------------------

    def show_composition(self, composition: Composition, currency: str) -> None:
        """Totals, amounts of the rows, and the due date that follows when none is typed."""
        self.totals.show_totals(composition.totals, currency)
        self._explain.setVisible(composition.totals is not None)
        due = composition.invoice.due_date if composition.invoice is not None else None
        self.due_date.setPlaceholderText(day(due))
        is_typed = bool(self.due_date.text().strip())
        self.due_field.set_hint("" if is_typed or self._base.type_code in CREDIT_NOTE_TYPES else term_words(self._term))
        if composition.invoice is not None:
            self.due_date.set_base(composition.invoice.issue_date)
            delivery = composition.invoice.delivery
            self.delivery_date.setPlaceholderText(day(delivery.date if delivery is not None else None))

    def show_findings(self, composition: Composition, shown: Mapping[str, Finding]) -> None:
        """Each field says what is wrong with it."""
        cells: dict[tuple[int, str], str] = {}
        for place, finding in shown.items():
            head, _, rest = place.partition(".")
            row_text, _, name = rest.partition(".")
            if head == "lines" and row_text.isdecimal():
                cells[int(row_text), name] = sentence(finding)
        self.lines.show_result(composition.line_amounts, cells)
        for place, field in self._fields.items():
            found = shown.get(place)
            if found is None:
                field.set_problem("")
            else:
                field.set_problem(field_words(found), "danger" if found.is_blocking else "warning")
                if place in self.extras.fields and found.is_blocking:
                    self.show_extras()

    # -- places --------------------------------------------------------------------------------------------------

    def current_place(self) -> str:
        """The place that has the focus, empty when none has."""
        focused = QApplication.focusWidget()
        if focused is not None and self.lines.isAncestorOf(focused):
            return self.lines.current_place()
        return next((place for place, field in self._fields.items() if field.editor is focused), "")

    def focus_place(self, place: str) -> bool:
        """Go to a field; whether there is one."""
        if place.startswith("lines"):
            self.lines.focus_place(place)
            return True
        field = self._fields.get(place)
        if field is None:
            return False
        if place in self.extras.fields:
            self.show_extras()
        field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def toggle_extras(self) -> None:
        """Unfold or fold what is seldom needed."""
        self.extras.setVisible(self.extras.isHidden())
        self._sync_more()
        if not self.extras.isHidden():
            self.extras.focus_first()

    def show_extras(self) -> None:
        """Unfold what is seldom needed."""
        self.extras.show()
        self._sync_more()

    def _sync_more(self) -> None:
        self._more.setText("Remise, références, compte…" if self.extras.isHidden() else "Replier")
        self._more.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that was left may be reproached for being empty."""
        if event.type() == QEvent.Type.FocusOut and not self._is_loading:
            place = next((place for place, field in self._fields.items() if field.editor is watched), "")
            if place:
                self._was_left.emit(place)
        return super().eventFilter(watched, event)


def _quiet(buyer: Buyer) -> str:
    if not buyer.effective_siren and not buyer.is_individual and buyer.address.country == "FR":
        return "SIREN manquant"
    return buyer_quiet(buyer.effective_siren, "", buyer.address.city)
