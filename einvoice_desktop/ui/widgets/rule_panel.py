"""The official verdict in words: one sentence for each problem, with the way to its field and, when known, its cure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.pill import Pill
from einvoice_desktop.ui.widgets.tabs import panel_area


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark, in words.

    Attributes:
        badge: identifier of the rule or « Conseil ». tone: ``danger``, ``warning`` or ``info``. sentence: in French.
        place: path of the field, empty when it has none. cure: value that would mend it, ``None`` when unknown.
        cure_words: that value as it is shown. detail: official text, when the sentence is ours.
        rule: identifier of the official rule that can be explained, empty for a check of ours.
    """

    badge: str
    tone: str
    sentence: str
    place: str = ""
    cure: str | None = None
    cure_words: str = ""
    detail: str = ""
    rule: str = ""


class _Row(QFrame):
    """One problem.

    Signals:
        go_asked, cure_asked, help_asked: with the problem.
    """

    go_asked = Signal(object)
    cure_asked = Signal(object)
    help_asked = Signal(object)

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self._problem = problem
        pill = Pill(problem.badge, problem.tone)
        pill.setToolTip(problem.detail)
        sentence = Label(problem.sentence, wrap=True)
        sentence.setToolTip(problem.detail)
        links = row(gap="m")
        if problem.place:
            go = Button(self.tr("Aller au champ"), "link")
            go.clicked.connect(self._go)
            links.addWidget(go)
        if problem.cure is not None:
            cure = Button(self.tr("Corriger : {value}").replace("{value}", problem.cure_words), "link")
            cure.clicked.connect(self._cure)
            links.addWidget(cure)
        if problem.rule:
            about = Button(self.tr("La règle"), "link")
            about.clicked.connect(self._help)
            links.addWidget(about)
        links.addStretch(1)
        column(row(pill, 1), sentence, links, gap="xs", margin="l", of=self)
        self.setAccessibleName(f"{problem.badge} : {problem.sentence}")

    def _go(self) -> None:
        self.go_asked.emit(self._problem)

    def _cure(self) -> None:
        self.cure_asked.emit(self._problem)

    def _help(self) -> None:
        self.help_asked.emit(self._problem)


class RulePanel(QWidget):
    """Verdict on top, problems below.

    Signals:
        go_asked: with the :class:`Problem` whose field is asked for. cure_asked: with the one to mend.
        help_asked: with the one whose rule is asked about.
    """

    go_asked = Signal(object)
    cure_asked = Signal(object)
    help_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._pill = Pill("", "neutral", self)
        self._detail = Label("", "muted", wrap=True)
        head = column(row(self._pill, 1), self._detail, gap="xs", margin="l")
        self._rows_host = QWidget()
        self._rows = QVBoxLayout(self._rows_host)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._area = panel_area(self._rows_host)
        column(head, Line(), self._area, gap="", of=self)
        self.show_verdict("neutral", self.tr("Vérification…"), "", ())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is listed."""
        return self._problems

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return self._pill.text

    def show_verdict(self, tone: str, verdict: str, detail: str, problems: Sequence[Problem], footer: str = "") -> None:
        """Show a verdict; the rows are made again only when the problems changed."""
        self._pill.set(verdict, tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        content = (*problems, footer)
        if content == getattr(self, "_content", None):
            return
        self._content = content
        self._problems = tuple(problems)
        clear(self._rows)
        for problem in problems:
            shown = _Row(problem)
            shown.go_asked.connect(self.go_asked)
            shown.cure_asked.connect(self.cure_asked)
            shown.help_asked.connect(self.help_asked)
            self._rows.addWidget(shown)
            self._rows.addWidget(Line())
        if footer:
            foot = Label(footer, "muted", wrap=True)
            self._rows.addLayout(column(foot, margin="l"))
        self._rows.addStretch(1)
