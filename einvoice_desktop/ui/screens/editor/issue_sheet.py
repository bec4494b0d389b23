"""The summary before the irreversible act: number, customer, amount, where it goes; « Annuler » is what Échap does."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout

from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.services.issue_invoice import IssueSummary
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Notice
from einvoice_desktop.ui.widgets.formats import day, money
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill


class IssueSheet(Sheet):
    """What issuing will do. ``sends`` tells, once accepted, whether it is to be sent as well."""

    def __init__(self, summary: IssueSummary, kind: str, *, is_ready: bool) -> None:
        super().__init__(f"Émettre {kind} {summary.number} ?")
        self.sends = False
        self._summary = summary
        self.body.addLayout(self._facts())
        warnings = sum(1 for f in summary.findings if not f.is_blocking)
        verdict = "Conforme" if not warnings else f"Conforme · {warnings} conseil{'s' if warnings > 1 else ''}"
        self.body.addLayout(
            row(Pill(verdict, "success", self), Label("règles EN 16931 et françaises", "muted"), 1, gap="s")
        )
        self.body.addWidget(
            Notice(
                "Le numéro est pris et le document figé : il ne pourra plus être modifié ni supprimé, "
                "seulement corrigé par un avoir.",
                "info",
            )
        )
        self._add_buttons(is_ready=is_ready)

    def _facts(self) -> QGridLayout:
        summary, grid = self._summary, QGridLayout()
        grid.setHorizontalSpacing(look().gap.l)
        grid.setVerticalSpacing(look().gap.s)
        due = summary.totals.due if summary.totals else ZERO
        goes_to = summary.platform_label or "aucune plateforme connectée"
        facts = [
            ("Numéro", summary.number, "strong"),
            ("Client", summary.buyer_name, "strong"),
            ("Net à payer", money(due, summary.currency), "heading"),
            ("Échéance", day(summary.due_date) or "–", ""),
            ("Envoi", " → ".join(part for part in (goes_to, summary.address) if part), ""),
        ]
        for index, (name, value, role) in enumerate(facts):
            grid.addWidget(Label(name, "muted"), index, 0)
            grid.addWidget(Label(value, role, wrap=True), index, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _add_buttons(self, *, is_ready: bool) -> None:
        cancel = self.add_button(Button("Annuler"), accepts=False)
        has_platform = bool(self._summary.platform_label)
        self.issue_only = Button(
            "Émettre sans envoyer" if has_platform else "Émettre", "plain" if has_platform else "primary"
        )
        self.issue_only.clicked.connect(self._issue_only)
        self.buttons.addWidget(self.issue_only)
        go = self.issue_only
        self.send = Button("Émettre et envoyer", "primary")
        self.send.clicked.connect(self._send)
        self.send.setVisible(has_platform)
        if has_platform:
            self.buttons.addWidget(self.send)
            go = self.send
        default = go if is_ready else cancel
        default.setDefault(True)
        default.setFocus()
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+Shift+Return"):
            QShortcut(QKeySequence(keys), self, go.click)

    def _issue_only(self) -> None:
        self.sends = False
        self.accept()

    def _send(self) -> None:
        self.sends = True
        self.accept()
