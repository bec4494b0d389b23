"""The wizard: four pages, « Continuer » and « Retour », Entrée goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.start.presenter import (
    STEPS,
    Answers,
    company_from,
    problems,
    suggested_vat_number,
)
from einvoice_desktop.ui.screens.start.steps import CompanyStep, PaymentStep, PlatformStep, VatStep
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.progress import Spinner

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

LOGO_LIMIT = 1_000_000


class StepDots(QWidget):
    """How far the wizard is: one mark for each step."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count, self._current = count, 0

    def set_current(self, current: int) -> None:
        """Light the steps done and the present one."""
        self._current = current
        self.setAccessibleName(f"Étape {current + 1} sur {self._count}")
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(look().ems(10), look().ems(0.35))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = look().gap.s
        width = (self.width() - gap * (self._count - 1)) / self._count
        for index in range(self._count):
            painter.setBrush(look().colour("accent" if index <= self._current else "border"))
            x = round(index * (width + gap))
            painter.drawRoundedRect(x, 0, round(width), self.height(), self.height() / 2, self.height() / 2)


class Wizard(Card):
    """Signals: ``finished`` (company id, wish: ``platform`` when the user wants to connect his own, else empty), ``left``."""

    finished = Signal(str, str)
    left = Signal()

    def __init__(self, services: Services, tools: Tools) -> None:
        self._services, self._tools = services, tools
        self._logo: bytes | None = None
        self._step = 0
        self._suggested = ""
        self.company, self.vat, self.payment, self.platform = CompanyStep(), VatStep(), PaymentStep(), PlatformStep()
        self.steps = (self.company, self.vat, self.payment, self.platform)
        self._dots = StepDots(len(STEPS))
        self._title = Label("", "title")
        self._text = Label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        for step in self.steps:
            self._stack.addWidget(step)
        self.back_button = Button("Retour", "ghost", icon="left")
        self.next_button = Button("Continuer", "primary")
        self._spinner = Spinner()
        self._spinner.hide()
        foot = row(self.back_button, 1, self._spinner, self.next_button)
        super().__init__(self._dots, column(self._title, self._text, gap="xs"), self._stack, foot, gap="l", margin="xl")
        self.body.setStretch(2, 1)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.vat.answered.connect(self._suggest_vat_number)
        self.vat.vat_number.changed.connect(self._show_deduced)
        self.payment.logo_asked.connect(self._choose_logo)

    def begin(self) -> None:
        """Show the first page."""
        self._show(0)

    def answers(self) -> Answers:
        """What was answered so far."""
        texts: dict[str, str] = {}
        for step in self.steps:
            texts |= step.texts()
        return Answers(texts, self.vat.regime.value(), self.platform.platform.value(), self._logo)

    def go_on(self) -> None:
        """To the next page if this one is right; from the last, create the company."""
        findings = problems(self.answers(), self._step)
        self.steps[self._step].show_findings(findings)
        if any(finding.is_blocking for finding in findings):
            return
        if self._step == len(STEPS) - 1:
            self._create()
        else:
            self._show(self._step + 1)

    def go_back(self) -> None:
        """To the page before; from the first, out of the wizard."""
        if self._step == 0:
            self.left.emit()
        else:
            self._show(self._step - 1)

    def _show(self, step: int) -> None:
        self._step = step
        title, text = STEPS[step]
        self._dots.set_current(step)
        self._title.setText(title)
        self._text.setText(text)
        self._stack.setCurrentWidget(self.steps[step])
        self.next_button.setText("Commencer" if step == len(STEPS) - 1 else "Continuer")
        self.next_button.updateGeometry()
        if self.steps[step] is self.vat:
            self._suggest_vat_number()
        self.steps[step].begin()

    def _suggest_vat_number(self) -> None:
        field = self.vat.vat_number
        number = suggested_vat_number(self.answers())
        if field.value() in {"", self._suggested}:
            field.set_text(number)
            self._suggested = number
        self._show_deduced()

    def _show_deduced(self) -> None:
        number = self.vat.vat_number.value()
        self.vat.show_deduced(is_deduced=bool(number) and number == self._suggested)

    def _choose_logo(self) -> None:
        files = self._tools.dialogs.choose_files("Choisir un logo", "Images (*.png *.jpg *.jpeg)")
        if files:
            self._tools.background.run(lambda: _read_picture(files[0]), success=self._on_logo)

    def _on_logo(self, content: bytes) -> None:
        if content and self.payment.show_logo(content):
            self._logo = content
        else:
            self._tools.dialogs.tell("Ce fichier n’est pas une image PNG ou JPEG de 1 Mo au plus", "warning")

    def _create(self) -> None:
        answers = self.answers()
        self._set_busy(is_busy=True)

        def create() -> tuple[str, tuple[Finding, ...]]:
            company = company_from(self._services.companies.new(answers.siren, answers.text("name")), answers)
            findings = self._services.companies.save(company)
            is_kept = not any(finding.is_blocking for finding in findings)
            if is_kept and answers.platform == "sandbox":
                self._services.platform.use_sandbox()
            return company.id if is_kept else "", findings

        self._tools.background.run(create, success=self._on_created, failure=self._on_failed, lane=Lane.WRITE)

    def _on_created(self, made: tuple[str, tuple[Finding, ...]]) -> None:
        company_id, findings = made
        self._set_busy(is_busy=False)
        if company_id:
            self.finished.emit(company_id, "platform" if self.answers().platform == "connect" else "")
        else:
            self._show(0)
            self.company.show_findings(findings)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        self._tools.dialogs.error(error)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._spinner.setVisible(is_busy)
        self.next_button.setEnabled(not is_busy)
        self.back_button.setEnabled(not is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée goes on, Échap goes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)


def _read_picture(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= LOGO_LIMIT else b""
