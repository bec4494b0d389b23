"""The card of the documents around: the deal of a deposit, the deposits of a balance, what remains of a credited invoice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from einvoice_desktop.domain.deposit import DepositKind, DepositProgress
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.services.request_deposit import Deal
from einvoice_desktop.ui.screens.editor.kinds import kind_of
from einvoice_desktop.ui.screens.editor.story import (
    Asked,
    Story,
    credit_words,
    deducted,
    is_first_deposit,
    read_request,
)
from einvoice_desktop.ui.widgets.binding import read, write
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.deal_bar import DealBar, progress_words, remaining_words
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.formats import money
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, fields_row, row
from einvoice_desktop.ui.widgets.look import look

_NEW = ("", "Nouveau marché")


class StoryCard(Card):
    """The card; hidden for a document that stands alone.

    Signals:
        edited: the deal was typed. asked: what a first deposit comes to (:class:`Asked`), to be written in its row.
        further_asked: group, amount: a further deposit of an open deal. balance_asked: group: it is all that remains.
    """

    edited = Signal()
    asked = Signal(object)
    further_asked = Signal(str, object)
    balance_asked = Signal(str)

    def __init__(self) -> None:
        self._title = Label("", "heading")
        self._deal = ChoiceField("Marché", (_NEW,))
        self.total = TextField("Total du marché HT", placeholder="10 000")
        self.reference = TextField("Objet du marché", placeholder="devis 12, agencement…")
        self.request = TextField("Acompte demandé", placeholder="30 % ou 3 000")
        self._go = Button("Préparer l’acompte", "plain")
        self._bar = DealBar()
        self._progress, self._left = Label("", "muted", wrap=True), Label("", wrap=True)
        self._first = QWidget()
        first = fields_row(self.reference, self.total, self.request, stretches=(4, 3, 3))
        first.setContentsMargins(0, 0, 0, 0)
        self._first.setLayout(first)
        self._list = QWidget()
        self._rows: QVBoxLayout = column(gap="xs", of=self._list)
        layout = column(self._progress, self._bar, self._left, gap="xs")
        super().__init__(self._title, self._deal, layout, self._first, self._list, row(self._go, 1), gap="s")
        self.fields: dict[str, Field] = {"deal_reference": self.reference, "deal_total": self.total}
        self._form, self._story = DraftForm(), Story()
        self._told: tuple[tuple[str, str, str], ...] = ()
        self._amounts: tuple[Decimal | None, ...] = ()
        self.total.changed.connect(self._typed)
        self.reference.changed.connect(self._typed)
        self.request.changed.connect(self._request_typed)
        self._deal.changed.connect(self._sync)
        self._go.clicked.connect(self._ask)
        self.hide()

    @property
    def order(self) -> tuple[QWidget, ...]:
        """What the tab key visits."""
        return (self._deal.editor, self.reference.editor, self.total.editor, self.request.editor, self._go)

    # -- the form ------------------------------------------------------------------------------------------------

    def load(self, form: DraftForm) -> None:
        """Show ``form``; the documents around come a moment later."""
        self._story = Story()
        write(self.total, form.deal_total)
        write(self.reference, form.deal_reference)
        self.request.set_text("")
        self.show_kind(form)

    def show_kind(self, form: DraftForm) -> None:
        """What the kind of document asks."""
        self._form = form
        self._sync()

    def show_story(self, story: Story) -> None:
        """What was read of the documents around."""
        self._story = story
        currency = self._form.currency
        offered = [
            (deal.group.id, f"{deal.group.reference or 'Marché'} · reste {money(deal.progress.remaining, currency)}")
            for deal in story.open_deals
        ]
        self._deal.set_choices((_NEW, *offered))
        self._sync()

    def follow(self, form: DraftForm, amounts: Sequence[Decimal | None]) -> None:
        """The deposits a balance takes off, as they stand in its rows."""
        self._form, self._amounts = form, tuple(amounts)
        self._tell_deposits()

    # -- showing -------------------------------------------------------------------------------------------------

    def _chosen(self) -> Deal | None:
        return next((deal for deal in self._story.open_deals if deal.group.id == read(self._deal)), None)

    def _deal_of_form(self) -> Deal | None:
        return self._story.deal if self._form.deposit_group_id else None

    def _sync(self) -> None:
        form, credit = self._form, self._story.credit
        is_first, is_deposit = is_first_deposit(form), kind_of(form.type_code).is_deposit
        chosen = self._chosen() if is_first else None
        deal = chosen or self._deal_of_form()
        is_credit = kind_of(form.type_code).is_credit and credit is not None
        self.setVisible(is_first or deal is not None or is_credit)
        self._deal.setVisible(is_first and bool(self._story.open_deals))
        self.reference.setVisible(chosen is None)
        self.total.setVisible(chosen is None)
        self._first.setVisible(is_first)
        self._go.setVisible(chosen is not None)
        for part in (self._bar, self._progress):
            part.setVisible(deal is not None)
        self._left.setVisible(deal is not None and is_deposit)
        self._list.setVisible(is_credit or (deal is not None and not is_deposit))
        if deal is not None:
            self._show_deal(deal)
        if is_credit and credit is not None:
            self._title.setText(f"Ce qui reste à créditer de {credit.number}, hors taxes")
            self._tell_rows(credit_words(credit))
        elif not is_first:
            name = deal.group.reference if deal is not None else ""
            self._title.setText(name or "Le marché")
        else:
            self._title.setText("Le marché")
        self._tell_deposits()
        self._tell_request()

    def _tell_deposits(self) -> None:
        form = self._form
        if self._deal_of_form() is not None and not kind_of(form.type_code).is_deposit:
            rows = deducted(form.lines, self._amounts)
            self._tell_rows(tuple((name, "déduit", money(amount, form.currency)) for name, amount in rows))

    def _show_deal(self, deal: Deal) -> None:
        currency = deal.group.currency
        self._bar.show_progress(deal.progress, currency)
        self._progress.setText(progress_words(deal.progress, currency))
        self._left.setText(remaining_words(deal.progress, currency))

    def _tell_rows(self, told: tuple[tuple[str, str, str], ...]) -> None:
        if told == self._told:
            return
        self._told = told
        clear(self._rows)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().gap.l)
        grid.setVerticalSpacing(look().gap.xs)
        for index, (what, how, amount) in enumerate(told):
            value = Label(amount, "strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Label(what, wrap=True), index, 0)
            grid.addWidget(Label(how, "muted", wrap=True), index, 1)
            grid.addWidget(value, index, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self._rows.addLayout(grid)

    # -- asking --------------------------------------------------------------------------------------------------

    def _progress_now(self) -> DepositProgress:
        chosen = self._chosen()
        return chosen.progress if chosen is not None else DepositProgress(parse_decimal(self.total.value()) or ZERO)

    def _read_request(self) -> Asked:
        chosen = self._chosen()
        currency = chosen.group.currency if chosen is not None else self._form.currency
        return read_request(self.request.text(), self._progress_now(), currency)

    def _tell_request(self) -> None:
        """Before anything is made: what it comes to, and that all that remains is the balance."""
        asked = self._read_request()
        self.request.set_problem(asked.problem)
        if not asked.problem:
            self.request.set_hint(asked.words)
        is_whole = asked.kind is DepositKind.BALANCE
        self._go.setText("Préparer la facture de solde" if is_whole else "Préparer l’acompte")
        self._go.setEnabled(bool(asked.amount) and not asked.problem)

    def _typed(self) -> None:
        self._request_typed()
        self.edited.emit()

    def _request_typed(self) -> None:
        self._tell_request()
        asked = self._read_request()
        if self._chosen() is None and asked.amount and not asked.problem:
            self.asked.emit(asked)

    def _ask(self) -> None:
        chosen, asked = self._chosen(), self._read_request()
        if chosen is None or asked.problem or not asked.amount:
            return
        if asked.kind is DepositKind.BALANCE:
            self.balance_asked.emit(chosen.group.id)
        else:
            self.further_asked.emit(chosen.group.id, asked.amount)
