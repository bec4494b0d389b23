"""The box that finds the right reason for no VAT by plain questions, one at a time, and applies it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.domain.vat_questions import Circumstances, Outcome, Question, answers, first_question, follow
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.screens.editor.why_words import ANSWERS, CATEGORIES, QUESTIONS, effects
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Notice
from einvoice_desktop.ui.widgets.choice_cards import ChoiceCards
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import Item, column, row, scrolled
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill


def circumstances_of(form: DraftForm, context: ComposeContext) -> Circumstances:
    """What is known before anything is asked."""
    company, buyer = context.company, context.buyer
    return Circumstances(
        is_franchise=company.is_franchise,
        has_vat_number=bool(company.vat_number),
        buyer_kind=buyer.kind if buyer is not None else None,
        buyer_country=buyer.address.country if buyer is not None else "",
        is_credit_note=form.type_code in CREDIT_NOTE_TYPES,
        nature=form.nature,
        on_debits=company.vat_on_debits,
    )


class WhyNoVatSheet(Sheet):
    """The questions, then what they come to.

    Once accepted, ``outcome`` is what was found and ``applies_to_all`` whether every line takes it.
    """

    def __init__(self, known: Circumstances, *, has_line: bool) -> None:
        super().__init__(QUESTIONS[first_question()])
        self._known, self._has_line = known, has_line
        self._path: list[tuple[Question, str]] = []
        self._question = first_question()
        self.outcome: Outcome | None = None
        self.applies_to_all = False
        self.choices: ChoiceCards | None = None
        self._title = next(label for label in self.findChildren(Label) if label.property("role") == "title")
        self._trail = Label("", "muted", wrap=True)
        self._area = scrolled(QWidget())
        self._area.setMinimumHeight(look().ems(28))  # the box does not jump from question to question
        self.body.addWidget(self._trail)
        self.body.addWidget(self._area, 1)
        self.back = Button("Retour", "ghost", icon="left")
        self.back.clicked.connect(self.go_back)
        self.buttons.insertWidget(0, self.back)
        self.add_button(Button("Annuler"), accepts=False)
        self.to_line = Button("Appliquer à la ligne", "plain")
        self.to_all = Button("Appliquer à toutes les lignes", "primary")
        self.to_line.clicked.connect(lambda: self._apply(to_all=False))
        self.to_all.clicked.connect(lambda: self._apply(to_all=True))
        self.buttons.addWidget(self.to_line)
        self.buttons.addWidget(self.to_all)
        self.setMinimumWidth(look().ems(46))
        self._ask(self._question)

    # -- questions -----------------------------------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        self._question, self.outcome = question, None
        self._title.setText(QUESTIONS[question])
        offered = [(key, *ANSWERS[question, key]) for key in answers(question, self._known)]
        self.choices = ChoiceCards(offered, name=QUESTIONS[question], are_doors=True)
        self.choices.chosen.connect(self.answer)
        self._show(self.choices)
        self.choices.focus()

    def answer(self, key: str) -> None:
        """Go where an answer leads."""
        self._path.append((self._question, key))
        then = follow(self._question, key, self._known)
        if isinstance(then, Question):
            self._ask(then)
        else:
            self._tell(then)

    def go_back(self) -> None:
        """To the question before."""
        if self._path:
            question, _key = self._path.pop()
            self._ask(question)

    # -- what they come to ---------------------------------------------------------------------------------------

    def _tell(self, outcome: Outcome) -> None:
        self.outcome, self.choices = outcome, None
        choice = vat_choice(outcome.vat)
        category = str(choice.treatment.category) if choice is not None else ""
        self._title.setText(choice.label if choice is not None else outcome.vat)
        marks = row(Pill(CATEGORIES.get(category, category), "info", self), gap="s")
        marks.addWidget(Label(" · ".join(part for part in (f"catégorie {category}", outcome.code) if part), "muted"))
        marks.addStretch(1)
        told = [Label(f"• {words}", wrap=True) for words in effects(outcome, self._known)]
        doubt = Notice(
            "Dans le doute, montrez ce choix à votre comptable : c’est lui qui en répondra avec vous.", "info"
        )
        self._show(marks, _Quoted(outcome.reason) if outcome.reason else None, *told, doubt)
        first = self.to_all if not self._has_line else self.to_line
        first.setDefault(True)
        first.setFocus()

    def _show(self, *items: Item) -> None:
        """Another content under the title."""
        before = self._area.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        host = QWidget()
        host.setProperty("kind", "canvas")
        column(*items, 1, gap="m", of=host)
        self._area.setWidget(host)
        self._sync()

    def _sync(self) -> None:
        self._trail.setText(" › ".join(ANSWERS[step][0] for step in self._path))
        self._trail.setVisible(bool(self._path))
        self.back.setVisible(bool(self._path))
        self.to_line.setVisible(self.outcome is not None and self._has_line)
        self.to_all.setVisible(self.outcome is not None)

    def _apply(self, *, to_all: bool) -> None:
        self.applies_to_all = to_all
        self.accept()


class _Quoted(QFrame):
    """The legal sentence as it will be printed."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        label = Label(f"« {words} »", "heading", wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column(Label("Imprimé sur la facture", "label"), label, gap="xs", margin="m", of=self)


def nature_after(form: DraftForm, outcome: Outcome, *, is_whole: bool) -> str:
    """The operation once ``outcome`` is applied: implied by the answers, or both where only some lines are."""
    if outcome.nature is None or outcome.nature == form.nature:
        return form.nature
    return outcome.nature if is_whole else "M"
