"""The sheet to fill: the form of a document as widgets, to and from :class:`DraftForm`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from einvoice_desktop.domain.compose import ComposeContext, Composition
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.domain.vat_questions import Outcome
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.screens.editor.common import CommonCard
from einvoice_desktop.ui.screens.editor.head import HeadCard
from einvoice_desktop.ui.screens.editor.kinds import kind_of
from einvoice_desktop.ui.screens.editor.lines import LinesCard
from einvoice_desktop.ui.screens.editor.sections.discounts import DiscountsSection
from einvoice_desktop.ui.screens.editor.sections.folds import Folds
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.screens.editor.sections.tax import TaxSection
from einvoice_desktop.ui.screens.editor.story import Asked, deposit_line
from einvoice_desktop.ui.screens.editor.story_card import StoryCard
from einvoice_desktop.ui.screens.editor.why_no_vat import nature_after
from einvoice_desktop.ui.screens.editor.words import field_words
from einvoice_desktop.ui.widgets.binding import YES, read
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.combo import Choice
from einvoice_desktop.ui.widgets.fields import Field
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.totals_box import TotalsBox


class InvoiceSheet(QWidget):
    """The form.

    Signals:
        edited: something was typed or chosen. kind_chosen: code of another kind of document.
        buyer_searched: text to look for. buyer_chosen: its identifier. buyer_creation_asked: name to create.
        visited: place of a field that was left. explanation_asked: « d'où vient ce centime ? ».
        why_no_vat_asked: « pourquoi n'y a-t-il pas de TVA ? », row of the line, −1 for the document.
        seen_wanted: a part that was unfolded should be scrolled to. part_made: (key, section) of a part just made.
    """

    edited = Signal()
    kind_chosen = Signal(str)
    buyer_searched = Signal(str)
    buyer_chosen = Signal(str)
    buyer_creation_asked = Signal(str)
    visited = Signal(str)
    explanation_asked = Signal()
    why_no_vat_asked = Signal(int)
    seen_wanted = Signal(object)
    part_made = Signal(str, object)
    _was_left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._base = DraftForm()
        self._is_loading = False
        self.head, self.story, self.lines = HeadCard(), StoryCard(), LinesCard()
        self.common, self.folds = CommonCard(), Folds()
        self.totals = TotalsBox()
        self._explain = Button("D’où vient ce centime ?", "link")
        self._watched: set[QWidget] = set()
        self._lay_out()
        self._connect()
        self._take_fields()

    # -- making --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.totals_card = Card(self.totals, 1, self._explain, gap="s")
        self.totals_card.body.setAlignment(self._explain, Qt.AlignmentFlag.AlignLeft)
        self.totals_card.setMinimumWidth(look().ems(19))
        foot = row(self.common, self.totals_card, gap="m")
        foot.setStretch(0, 4)
        foot.setStretch(1, 3)
        column(self.head, self.story, self.lines, foot, self.folds, 1, gap="m", of=self)
        self.folds.hide()

    def _connect(self) -> None:
        for field in (*self.head.fields.values(), *self.common.fields.values()):
            field.changed.connect(self._edited)
        # Queued: a field that is left because the window goes away tells nobody.
        self._was_left.connect(self.visited, Qt.ConnectionType.QueuedConnection)
        self.lines.edited.connect(self._edited)
        self.story.edited.connect(self._edited)
        self.story.asked.connect(self._write_deposit)
        self.lines.why_no_vat_asked.connect(self.why_no_vat_asked, Qt.ConnectionType.QueuedConnection)
        self.lines.details_made.connect(self._take_fields)
        self.lines.seen_wanted.connect(self.seen_wanted)
        self.head.kind.chosen.connect(self.kind_chosen)
        self.head.buyer.search_asked.connect(self.buyer_searched)
        self.head.buyer.chosen.connect(self.buyer_chosen)
        self.head.buyer.create_asked.connect(self.buyer_creation_asked)
        self.common.more_asked.connect(self._open_menu)
        self._explain.clicked.connect(self.explanation_asked)
        self.folds.edited.connect(self._edited)
        self.folds.made.connect(self._section_made)
        self.folds.fields_made.connect(self._take_fields)
        self.folds.shown.connect(self.seen_wanted)

    def _section_made(self, key: str, section: Section) -> None:
        if key == "discounts" and isinstance(section, DiscountsSection):
            section.show_on_lines(is_shown=self.lines.shows_discounts)
            section.discounts_toggled.connect(self.lines.show_discounts)
            self.lines.discounts_shown.connect(lambda is_shown: section.show_on_lines(is_shown=is_shown))
        if key == "tax" and isinstance(section, TaxSection):
            section.why_asked.connect(lambda: self.why_no_vat_asked.emit(-1))
        self.part_made.emit(key, section)

    def _take_fields(self) -> None:
        """Every field there is now: watched when it is left, and visited by the tab key as the eye goes down the sheet."""
        self._fields: dict[str, Field] = {
            "buyer_id": self.head.buyer_field,
            **self.head.fields,
            **self.story.fields,
            **self.common.fields,
            **self.folds.places(),
        }
        chain: list[QWidget] = [*self.head.order, *self.story.order, self.lines.grid, *self.lines.order()]
        chain += [*self.common.order, self._explain, *self.folds.order()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        for field in self._fields.values():
            if field.editor not in self._watched:
                self._watched.add(field.editor)
                field.editor.installEventFilter(self)
                field.editor.destroyed.connect(self._forget)
                if field.editor.acceptDrops():
                    field.editor.setAcceptDrops(False)  # files are for the window

    def _forget(self, gone: QObject) -> None:
        self._watched = {editor for editor in self._watched if editor is not gone}

    # -- the form ------------------------------------------------------------------------------------------------

    def load(self, form: DraftForm, context: ComposeContext, *, is_fresh: bool = True) -> None:
        """Show ``form``; nothing counts as typed. ``is_fresh``: another draft, whatever was unfolded is folded."""
        self._is_loading = True
        self._base = form
        self.head.load(form, context.today)
        self.story.load(form)
        self.common.load(form, context.today)
        self.lines.show_kind(is_credit_note=kind_of(form.type_code).is_credit)
        if is_fresh:
            self.lines.load(form.lines, context.company, form.currency)
        else:
            self.lines.change_to(form.lines)
        self.folds.load(form, context, is_fresh=is_fresh)
        self.show_context(context)
        self._take_fields()
        self._is_loading = False

    def form(self) -> DraftForm:
        """What stands in the widgets."""
        fields = {**self.head.fields, **self.story.fields, **self.common.fields}
        values: dict[str, Any] = {name: read(field) for name, field in fields.items()}
        values |= self.folds.values()
        return replace(self._base, buyer_id=self.head.buyer.current.key, lines=self.lines.model.lines(), **values)

    def change(self, **values: Any) -> None:
        """Change what has no field of its own (the kind, the group…), and the words that follow from it."""
        self._base = replace(self._base, **values)
        form = self.form()
        self.head.show_kind(form)
        self.story.show_kind(form)
        self.common.show_kind(form)
        self.lines.show_kind(is_credit_note=kind_of(form.type_code).is_credit)

    def show_context(self, context: ComposeContext) -> None:
        """The customer chosen, and the days everything is relative to."""
        self.head.show_context(context)
        self.folds.show_context(context)

    def offer_buyers(self, choices: Sequence[Choice]) -> None:
        """Customers found for what is typed."""
        self.head.offer_buyers(choices)

    def _edited(self) -> None:
        if not self._is_loading:
            self.edited.emit()

    # -- results -------------------------------------------------------------------------------------------------

    def show_composition(self, composition: Composition, form: DraftForm) -> None:
        """Totals, what the folded parts hold, and the days that follow when none is typed."""
        self.totals.show_totals(composition.totals, form.currency)
        self._explain.setVisible(composition.totals is not None)
        self.folds.follow(form)
        self.story.follow(form, composition.line_amounts)
        invoice = composition.invoice
        self.head.show_dates(invoice.issue_date if invoice else None, invoice.due_date if invoice else None)
        if invoice is not None:
            self.common.show_delivery(invoice.delivery.date if invoice.delivery is not None else None)

    def show_findings(self, composition: Composition, shown: Mapping[str, Finding]) -> None:
        """Each field says what is wrong with it; a folded one is unfolded for what blocks."""
        cells: dict[tuple[int, str], str] = {}
        for place, finding in shown.items():
            head, _, rest = place.partition(".")
            row_text, _, name = rest.partition(".")
            if head == "lines" and row_text.isdecimal():
                cells[int(row_text), name] = sentence(finding)
            elif finding.is_blocking and place not in self._fields:
                self.folds.reveal(place)
        with_vat = self.form().prices_include_vat == YES
        self.lines.show_prices(composition.currency, with_vat=with_vat)
        self.lines.show_result(composition.typed_amounts if with_vat else composition.line_amounts, cells)
        for place, field in self._fields.items():
            found = shown.get(place)
            if found is None:
                field.set_problem("")
            else:
                field.set_problem(field_words(found), "danger" if found.is_blocking else "warning")
                if found.is_blocking and not field.isVisibleTo(self):
                    self.folds.reveal(place)

    def _write_deposit(self, asked: Asked) -> None:
        """A first deposit is one row, as long as nothing else was typed."""
        form = self.form()
        if self._is_loading or len(form.lines) > 1:
            return
        total = parse_decimal(form.deal_total) or ZERO
        self.lines.model.write_first(deposit_line(self.lines.model.line(0), asked, total, form.deal_reference))

    def apply_vat(self, rows: Sequence[int], outcome: Outcome) -> None:
        """Give ``rows`` the VAT that questions came to, and the document the operation it implies."""
        form = self.form()
        is_whole = set(rows) >= set(range(len(form.lines)))
        self.lines.model.set_vat(rows, outcome.vat)
        self.head.nature.set_value(nature_after(form, outcome, is_whole=is_whole))

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
        if place == "type_code":
            self.head.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        field = self.folds.reveal(place) or self._fields.get(place)
        if field is None:
            return self.folds.go_near(place)
        field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.seen_wanted.emit(field)
        return True

    def close_open(self) -> bool:
        """Put away what was opened around the field one is in: details of a line, else a part; whether anything was."""
        if self.lines.shows_details:
            self.lines.close_details()
            return True
        return self.folds.fold_current(QApplication.focusWidget())

    def open_part(self, key: str) -> None:
        """Unfold a part and go to it."""
        self.folds.open(key)

    def _open_menu(self, at: QPoint) -> None:
        self.folds.menu(self).popup(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that was left may be reproached for being empty."""
        if event.type() == QEvent.Type.FocusOut and not self._is_loading:
            place = next((place for place, field in self._fields.items() if field.editor is watched), "")
            if place:
                self._was_left.emit(place)
        return super().eventFilter(watched, event)
