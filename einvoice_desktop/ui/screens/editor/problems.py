"""From problem to problem: what is said at which field, where F8 goes, what a button mends."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.errors import explain_rule
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.checking import Checking
from einvoice_desktop.ui.screens.editor.presenter import mended, next_place, problem_places, shown_at_field
from einvoice_desktop.ui.screens.editor.sheet import InvoiceSheet
from einvoice_desktop.ui.widgets.rule_panel import Problem


class Problems(QObject):
    """What is wrong, shown and visited.

    Signals:
        mended: the form was changed by a button. company_asked: it is the company that must be mended.
    """

    mended = Signal(object, str)
    company_asked = Signal()

    def __init__(self, sheet: InvoiceSheet, checking: Checking, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet, self._checking, self._tools = sheet, checking, tools
        self._visited: set[str] = set()
        self._shows_all = False

    def begin(self) -> None:
        """Another draft: no reproach yet."""
        self._visited.clear()
        self._shows_all = False

    def show(self) -> None:
        """Say at each field what deserves to be said there now."""
        composition = self._checking.composition
        if composition is None:
            return
        shown = shown_at_field(
            self._checking.findings,
            self._sheet.form(),
            visited=frozenset(self._visited),
            current_row=self._sheet.lines.current_row,
            shows_all=self._shows_all,
        )
        self._sheet.show_findings(composition, shown)

    def left(self, place: str) -> None:
        """A field was left: it may be reproached for being empty."""
        if place not in self._visited:
            self._visited.add(place)
            self.show()

    def next(self) -> None:
        """F8."""
        self._go(1)

    def previous(self) -> None:
        """Maj+F8."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._checking.composition is None:
            return
        self._shows_all = True
        self.show()
        place = next_place(problem_places(self._checking.findings), self._sheet.current_place(), step)
        if place:
            self._sheet.focus_place(place)
        else:
            self._tools.dialogs.tell("Rien à corriger.", "success")

    def go_to(self, problem: Problem) -> None:
        """To the field of a problem of the panel."""
        if problem.place.startswith("seller"):
            self.company_asked.emit()
            return
        self._shows_all = True
        self.show()
        self._sheet.focus_place(problem.place)

    def cure(self, problem: Problem) -> None:
        """Apply the fix that was computed."""
        if problem.cure is not None:
            form: DraftForm = mended(self._sheet.form(), problem.place, problem.cure)
            self.mended.emit(form, problem.place)

    def explain(self, problem: Problem) -> None:
        """The rule of a problem: what it asks, the official words, the files."""
        explanation = explain_rule(problem.rule, problem.detail)
        if explanation is not None:
            self._tools.dialogs.explain(explanation)
