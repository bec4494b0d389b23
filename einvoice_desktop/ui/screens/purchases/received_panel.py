"""The data of a received document: who, when, how much, and what the official rules say of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.services.view_document import ReceivedView
from einvoice_desktop.ui.errors import rule_words, sentence
from einvoice_desktop.ui.screens.purchases.presenter import (
    facts,
    finding_detail,
    finding_words,
    honest_notice,
    verdict_pill,
    where_words,
)
from einvoice_desktop.ui.widgets.card import Line, Notice
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill
from einvoice_desktop.ui.widgets.tabs import panel_area
from einvoice_desktop.ui.widgets.totals_box import TotalsBox

_MOST_FINDINGS = 50
_TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.INFO: "info"}


class ReceivedPanel(QFrame):
    """Everything known of the document on show."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        host = QWidget()
        self._body = column(gap="m", margin="l", of=host)
        column(panel_area(host), gap="", of=self)
        self.setMinimumWidth(look().ems(21))

    def clear_view(self) -> None:
        """Nothing is chosen."""
        clear(self._body)

    def show_view(self, view: ReceivedView) -> None:
        """Show a document."""
        clear(self._body)
        document, invoice = view.document, view.invoice
        number = invoice.number if invoice is not None else document.filename
        head = row(Label(number, "title", wrap=True), Pill(*verdict_pill(document), self), gap="s")
        head.setStretch(0, 1)
        self._body.addLayout(head)
        words, tone = honest_notice(view)
        if words:
            self._body.addWidget(Notice(words, tone))
        self._body.addLayout(_grid(facts(view)))
        if invoice is not None:
            self._body.addWidget(Line())
            totals = TotalsBox()
            totals.show_totals(invoice.totals, invoice.currency)
            self._body.addWidget(totals)
        self._add_findings(document.findings)
        self._add_remarks(view.remarks)
        self._body.addStretch(1)

    def _add_findings(self, findings: tuple[Finding, ...]) -> None:
        if not findings:
            return
        self._body.addWidget(Line())
        is_broken = any(finding.is_blocking for finding in findings)
        title = "Règles non respectées par le fournisseur" if is_broken else "Avertissements des règles officielles"
        self._body.addWidget(Label(title, "heading", wrap=True))
        for finding in sorted(findings, key=lambda finding: not finding.is_blocking)[:_MOST_FINDINGS]:
            words = Label(sentence(finding), wrap=True)
            words.setToolTip(finding_detail(finding))
            shown = column(row(Pill(rule_words(finding.code), _TONES[finding.severity], self), 1), words, gap="xs")
            where = finding_words(finding)
            if where:
                shown.addWidget(_copyable(where))
            self._body.addLayout(shown)
        if len(findings) > _MOST_FINDINGS:
            self._body.addWidget(Label(f"… et {len(findings) - _MOST_FINDINGS} autres.", "muted"))

    def _add_remarks(self, remarks: tuple[Finding, ...]) -> None:
        """What our own checks doubt; the verdict above stays the official one."""
        if not remarks:
            return
        self._body.addWidget(Line())
        self._body.addWidget(Label("Remarques de nos contrôles", "heading", wrap=True))
        self._body.addWidget(Label("Les règles officielles ne regardent pas ces points.", "muted", wrap=True))
        for finding in remarks[:_MOST_FINDINGS]:
            words = Label(sentence(finding), wrap=True)
            words.setToolTip("\n".join((finding.code, *(f"{key} : {value}" for key, value in finding.params.items()))))
            where = where_words(finding.place) or "Document"
            self._body.addLayout(column(row(Pill(where, _TONES[finding.severity], self), 1), words, gap="xs"))


def _copyable(words: str) -> Label:
    """Quiet words one may copy, to write to the supplier."""
    label = Label(words, "muted", wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _grid(rows: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(look().gap.l)
    grid.setVerticalSpacing(look().gap.s)
    for index, (name, value) in enumerate(rows):
        grid.addWidget(Label(name, "muted"), index, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(value, "strong" if index == 0 else "", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words, index, 1)
    grid.setColumnStretch(1, 1)
    return grid
