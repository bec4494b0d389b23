"""Registre fiscal: the head of the chain, and its verification from the first entry to the last."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from einvoice_desktop.ledger.chain import ChainReport
from einvoice_desktop.ports.errors import Cancelled
from einvoice_desktop.services.verify_ledger import QuickCheck
from einvoice_desktop.ui.background import Job
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.register.presenter import Statement, as_text, quick_statement, statements
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card, Line
from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row, scrolled
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import Pill
from einvoice_desktop.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

_TEXT = (
    "Chaque document émis, chaque statut et chaque paiement y est inscrit. Chaque écriture porte l’empreinte de la "
    "précédente : une écriture changée, retirée ou ajoutée après coup se voit."
)


class RegisterPage(Page):
    """The register of the company."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._job: Job | None = None
        self._report = ""
        self.verify = self.command(
            "Vérifier", self._verify, keys="Ctrl+Shift+V", tip="Recalculer toute la chaîne", icon="register"
        )
        self._build()

    def _build(self) -> None:
        self._pill = Pill("", parent=self)
        self._count = Label("–", "figure")
        self._hash = Label("", "muted", wrap=True)
        self._hash.setAccessibleName("Empreinte de la dernière écriture")
        copy = Button("Copier l’empreinte", "link", icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._hash.text()))
        head = Card(
            row(Label("Tête de la chaîne", "heading"), 1, self._pill),
            Label(_TEXT, "muted", wrap=True),
            row(self._count, 1),
            Line(),
            row(column(Label("Empreinte de la dernière écriture (SHA-256)", "label"), self._hash, gap="xs"), 1, copy),
        )
        self._progress = Progress("Vérification")
        self._progress.cancelled.connect(self._cancel)
        self._progress.hide()
        self._results = column(gap="m")
        self._result_card = Card(row(Label("Vérification complète", "heading"), 1), self._progress, self._results)
        self._result_card.hide()
        content = QWidget()
        content.setMaximumWidth(look().ems(66))
        column(head, self._result_card, 1, gap="l", margin="l", of=content)
        holder = QWidget()
        row(content, 1, gap="", of=holder).setStretch(0, 10)
        column(scrolled(holder), gap="", of=self)

    def header(self) -> Header:
        """« Vérifier » is the one thing to do here."""
        return Header("Registre fiscal", primary=self.verify)

    def open(self, _argument: str) -> None:
        """Read the head of the chain."""
        company_id = self._tools.company_id()
        self._tools.background.run(lambda: self._services.ledger.quick(company_id), success=self._show_quick)

    def may_be_made_again(self) -> bool:
        """Not while it verifies, nor while its result is shown."""
        return self._job is None and self._result_card.isHidden()

    def close_panel(self) -> bool:
        """Échap stops a verification."""
        is_running = self._job is not None
        self._cancel()
        return is_running

    def _show_quick(self, check: QuickCheck) -> None:
        statement = quick_statement(check)
        self._pill.set(statement.words, statement.tone)
        self._count.setText(
            f"{number(check.head_sequence)} écritures" if check.head_sequence > 1 else f"{check.head_sequence} écriture"
        )
        self._hash.setText(check.head_hash)

    def _verify(self) -> None:
        if self._job is not None:
            return
        stop = Event()
        tell = self._tools.background.progress(self._progress.set)

        def step(done: int, total: int) -> None:
            if stop.is_set():
                raise Cancelled
            tell(done, total)

        clear(self._results)
        self._progress.set(0, 0)
        self._progress.show()
        self._result_card.show()
        self.verify.setEnabled(False)
        self._job = self._tools.background.run(
            lambda: self._services.ledger.run(step), success=self._show_reports, failure=self._on_failed, stop=stop
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end()
            self._result_card.hide()

    def _end(self) -> None:
        self._job = None
        self._progress.hide()
        self.verify.setEnabled(True)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._result_card.hide()
        self._tools.dialogs.error(error)

    def _show_reports(self, reports: tuple[ChainReport, ...]) -> None:
        self._end()
        for statement in statements(reports):
            self._results.addLayout(_statement_row(statement))
        self._report = as_text(reports)
        copy = Button("Copier le rapport", "link", icon="copy")
        copy.clicked.connect(self._copy_report)
        self._results.addLayout(row(copy, 1))
        self._tools.bridge.announce("register")

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._tools.dialogs.tell("Rapport copié", "info")


def _statement_row(statement: Statement) -> QHBoxLayout:
    return row(Pill(statement.words, statement.tone), Label(statement.detail, wrap=True), gap="m")
