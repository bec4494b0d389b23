"""The only place, with ``ui/app.py``, where a box may stop the user: questions, errors, file choosers, short messages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from einvoice_desktop.ui.errors import Explanation, explain
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import Item, column, row
from einvoice_desktop.ui.widgets.look import look


class Sheet(QDialog):
    """A dialog in the style of the program: title, content, buttons at the right; Échap refuses."""

    def __init__(self, title: str, *content: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(look().ems(30))
        self.body = column(Label(title, "title", wrap=True), *content, gap="l")
        self.buttons = row(1, gap="s")
        column(self.body, self.buttons, gap="xl", margin="xl", of=self)

    def add_button(self, button: Button, *, accepts: bool) -> Button:
        """Put a button at the right; it closes the sheet with or without agreement."""
        button.clicked.connect(self.accept if accepts else self.reject)
        self.buttons.addWidget(button)
        return button


class Dialogs(QObject):
    """Talks to the user on behalf of every screen.

    Signals:
        told: (words, tone): a short message that goes away by itself (the shell shows it).
    """

    told = Signal(str, str)

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window = window

    def attach(self, window: QWidget) -> None:
        """Boxes stand over ``window`` from now on."""
        self._window = window

    def tell(self, words: str, tone: str = "success") -> None:
        """A short message that asks for nothing (``tone``: success, info, warning, danger)."""
        self.told.emit(words, tone)

    def show(self, sheet: QDialog) -> bool:
        """Show a sheet and wait; whether it was accepted."""
        if self._window is not None and sheet.parentWidget() is None:
            sheet.setParent(self._window, sheet.windowFlags())
        is_accepted = sheet.exec() == QDialog.DialogCode.Accepted
        sheet.deleteLater()
        return is_accepted

    def confirm(self, title: str, text: str, action: str, *, is_destructive: bool = False) -> bool:
        """Ask; ``action`` says what the button does. Destructive questions have « Annuler » as their default."""
        sheet = Sheet(title, Label(text, wrap=True))
        cancel = sheet.add_button(Button("Annuler"), accepts=False)
        go = sheet.add_button(Button(action, "danger" if is_destructive else "primary"), accepts=True)
        default = cancel if is_destructive else go
        default.setDefault(True)
        default.setFocus()
        return self.show(sheet)

    def error(self, error: Exception) -> None:
        """Say what went wrong and what to do, with « Copier les détails »."""
        self.show(error_sheet(explain(error)))

    def explain(self, explanation: Explanation) -> None:
        """Say more of something asked about, with « Copier les détails »."""
        self.show(error_sheet(explanation, is_open=True))

    def choose_files(self, title: str, kinds: str = "") -> list[Path]:
        """Let the user choose files to read; empty when he gives up. ``kinds``: ``Images (*.png *.jpg)``."""
        names, _ = QFileDialog.getOpenFileNames(self._window, title, "", kinds)
        return [Path(name) for name in names]

    def save_file(self, title: str, name: str, kinds: str = "") -> Path | None:
        """Let the user choose where to write; ``None`` when he gives up."""
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, kinds)
        return Path(chosen) if chosen else None


def error_sheet(explanation: Explanation, *, is_open: bool = False) -> Sheet:
    """The box of an error; ``is_open``: its details are what was asked for."""
    sheet = Sheet(explanation.title, Label(explanation.sentence, wrap=True))
    if explanation.advice:
        sheet.body.addWidget(Label(explanation.advice, "muted", wrap=True))
    details = QPlainTextEdit(explanation.detail)
    details.setReadOnly(True)
    details.setAccessibleName("Détails")
    details.setFixedHeight(look().ems(8))
    details.setVisible(is_open)
    sheet.body.addWidget(details)
    copy = Button("Copier les détails", "ghost", icon="copy")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(explanation.detail))
    copy.clicked.connect(details.show)
    sheet.buttons.insertWidget(0, copy, alignment=Qt.AlignmentFlag.AlignLeft)
    close = sheet.add_button(Button("Fermer", "primary"), accepts=True)
    close.setDefault(True)
    close.setFocus()
    QShortcut(QKeySequence.StandardKey.Copy, sheet, lambda: QGuiApplication.clipboard().setText(explanation.detail))
    return sheet
