"""The start screen: a new company, the demonstration, or another file of data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.start.wizard import Wizard
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.choice_cards import ChoiceCards
from einvoice_desktop.ui.widgets.empty import Picture
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.progress import Spinner

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

_WAYS: tuple[tuple[str, str, str], ...] = (
    ("new", "Nouvelle entreprise", "Quatre questions, moins de trois minutes jusqu’à la première facture"),
    (
        "demo",
        "Démonstration",
        "Une entreprise imaginaire, ses clients, ses factures : essayez tout, rien n’a de valeur",
    ),
)


_OPEN = ("open", "Ouvrir un fichier de données…", "Un fichier .sqlite3 de ce programme, sur ce disque ou une clé")
_SQLITE = b"SQLite format 3\0"


class StartPage(Page):
    """Shown over the whole window while there is no company; navigates with ``started`` (company id) or ``back``."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._has_way_back = False
        ways = _WAYS if tools.reopen is None else (*_WAYS, _OPEN)
        self.ways = ChoiceCards(ways, name="Commencer", are_doors=True)
        self.ways.chosen.connect(self._choose)
        self.wizard: Wizard | None = None
        self._wizard_page: QWidget | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._welcome())

    def _welcome(self) -> QWidget:
        self._spinner = Spinner()
        self._busy = QWidget()
        row(self._spinner, Label("Préparation de la démonstration…", "muted"), 1, of=self._busy)
        self._busy.hide()
        name = row(Picture("invoice", "accent", 2.4), Label("einvoice-desktop", "display"), 1, gap="m")
        text = "La facture électronique française, conforme dès la première ligne, même sans réseau."
        card = Card(self.ways, self._busy, margin="xl")
        return _centred(column(name, Label(text, "muted", wrap=True), card, gap="l"), 38)

    def header(self) -> Header:
        """Never shown: the page covers the window."""
        return Header("Bienvenue", has_search=False)

    def open(self, argument: str) -> None:
        """The welcome, or at once the wizard (``new``: another company, one may go back)."""
        self._has_way_back = argument == "new"
        if argument == "new":
            self._choose("new")
        else:
            self._stack.setCurrentIndex(0)
            self.ways.focus()

    def _choose(self, key: str) -> None:
        if key == "new":
            self._start_wizard()
            return
        if key == "open":
            self._choose_store()
            return
        self._set_busy(is_busy=True)
        self._tools.background.run(
            self._services.demo.fill, success=self._on_filled, failure=self._on_failed, lane=Lane.WRITE
        )

    def _choose_store(self) -> None:
        files = self._tools.dialogs.choose_files(
            "Ouvrir un fichier de données", "Données (*.sqlite3);;Tous les fichiers (*)"
        )
        if files:
            self._tools.background.run(lambda: _checked_store(files[0]), success=self._tools.reopen)

    def _start_wizard(self) -> None:
        self.wizard = Wizard(self._services, self._tools)
        self.wizard.finished.connect(self._on_finished)
        self.wizard.left.connect(self._on_left)
        self.wizard.setMinimumHeight(look().ems(36))
        if self._wizard_page is not None:
            self._stack.removeWidget(self._wizard_page)
            self._wizard_page.deleteLater()
        self._wizard_page = _centred(column(self.wizard, gap=""), 46)
        self._stack.addWidget(self._wizard_page)
        self._stack.setCurrentWidget(self._wizard_page)
        self.wizard.begin()

    def _on_left(self) -> None:
        if self._has_way_back:
            self.navigate.emit("back", "")
        else:
            self._stack.setCurrentIndex(0)
            self.ways.focus()

    def _on_finished(self, company_id: str, wish: str) -> None:
        self._tools.bridge.announce("companies")
        self.navigate.emit("started", f"{company_id}/{wish}")

    def _on_filled(self, company_id: str) -> None:
        self._set_busy(is_busy=False)
        self._tools.bridge.announce("companies")
        self.navigate.emit("started", company_id)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        self._tools.dialogs.error(error)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        self.ways.setEnabled(not is_busy)


def _checked_store(path: Path) -> Path:
    """``path`` when it is a database; what it holds is checked by the program that opens it.

    Raises:
        UserError: ``ED-STORE-NOT-ONE``: it is something else.
    """
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise UserError("ED-STORE-NOT-ONE", path=str(path))
    return path


def _centred(content: QVBoxLayout, ems: float) -> QWidget:
    inner = QWidget()
    inner.setLayout(content)
    inner.setFixedWidth(look().ems(ems))
    page = QWidget()
    column(1, row(1, inner, 1, gap=""), 1, gap="", margin="xl", of=page)
    return page
