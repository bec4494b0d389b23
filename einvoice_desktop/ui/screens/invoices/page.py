"""The list of sales: filters in sight, search, a total of what is selected, Entrée opens."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton

from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.ports.queries import InvoiceRow
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.invoices.presenter import (
    FILTERS,
    as_csv,
    invoice_pill,
    party_words,
    selection_of,
    signed,
)
from einvoice_desktop.ui.tables import Column, PagedModel, Table, TablePanel
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.chips import Chips
from einvoice_desktop.ui.widgets.empty import EmptyState
from einvoice_desktop.ui.widgets.formats import day, money, plural
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import Reflow, column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.search import SearchBox

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

PAGE_SIZE = 100


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


class InvoicesPage(Page):
    """Drafts and issued documents of the company."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._search_text = ""
        self._build_actions()
        self._build_list()
        self._build_bar()
        self._top = Reflow(self.chips, self.search)
        body = column(self._top, self.panel, self.bar, gap="m", margin="l", of=self)
        body.setStretch(1, 1)
        tools.bridge.data_changed.connect(self._on_data_changed)

    def _build_actions(self) -> None:
        self.new = self.command(
            "Nouvelle facture", self._create, keys="Ctrl+N", tip="Commencer une facture", icon="plus"
        )
        self.look_for = self.command("Chercher dans la liste", self._focus_search, keys="Ctrl+F", icon="search")
        self.open_row = self.command("Ouvrir", self._open_selected, tip="Ouvrir le document sélectionné", icon="eye")
        self.copy = self.command(
            "Dupliquer", self._duplicate, keys="Ctrl+D", tip="En faire un nouveau brouillon", icon="copy"
        )
        self.send = self.command("Envoyer", self._send, tip="Envoyer à la plateforme", icon="send")
        self.export = self.command(
            "Exporter…",
            self._export,
            tip="Écrire les lignes choisies, ou celles affichées, dans un fichier CSV",
            icon="export",
        )
        self.delete = self.command(
            "Supprimer", self._delete, keys="Ctrl+Del", tip="Supprimer les brouillons", icon="trash"
        )

    def _build_list(self) -> None:
        self.chips = Chips(FILTERS)
        self.chips.chosen.connect(self._on_filter)
        self.search = SearchBox("Numéro, client, montant…")
        self.search.setProperty("kind", "search")
        self.search.setMaximumWidth(look().ems(22))
        self.search.searched.connect(self._on_search)
        columns: tuple[Column[InvoiceRow], ...] = (
            Column("Numéro", lambda r: r.number or "sans numéro", 9.5),
            Column("Date", lambda r: day(r.issue_date), 7.5, is_quiet=True),
            Column("Client", party_words, 0),
            Column(
                "Échéance", lambda r: "" if r.type_code in CREDIT_NOTE_TYPES else day(r.due_date), 7.5, is_quiet=True
            ),
            Column("TTC", lambda r: money(signed(r), r.currency), 8.5, is_right=True),
            Column("État", lambda r: invoice_pill(r, _today())[0], 14.5, pill=lambda r: invoice_pill(r, _today())),
        )
        self.model: PagedModel[InvoiceRow] = PagedModel(self._tools.background, columns, self)
        self.table = Table(self.model, "Factures")
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._on_picked)
        self.empty = EmptyState("invoice", "", "", Button.of(self.new, "plain"))
        self.panel = TablePanel(self.table, self.model, self.empty)
        self.model.loaded.connect(self._on_loaded)

    def _build_bar(self) -> None:
        self.bar = QFrame()
        self.bar.setProperty("kind", "bar")
        self._count = Label(role="bar-strong")
        self._total = Label()
        buttons = []
        for action in (self.open_row, self.copy, self.send, self.export, self.delete):
            button = QPushButton(action.text())
            button.setProperty("kind", "bar")
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setVisible)
            buttons.append(button)
        layout = row(self._count, self._total, 1, *buttons, gap="m", of=self.bar)
        layout.setContentsMargins(look().gap.l, look().gap.s, look().gap.m, look().gap.s)
        self._on_picked()

    def header(self) -> Header:
        """Avoirs when only credit notes are shown."""
        return Header("Avoirs" if self.chips.value() == "credit_note" else "Factures", primary=self.new)

    def open(self, argument: str) -> None:
        """Show the list filtered by ``argument``."""
        self.chips.set_value(argument)
        self.new.setText("Nouvel avoir" if argument == "credit_note" else "Nouvelle facture")
        self.reload()
        self.table.setFocus()

    def close_panel(self) -> bool:
        """Échap drops the selection, then the search."""
        if self.table.selected():
            self.table.clearSelection()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def reload(self) -> None:
        """Read the list again."""
        company, only, text = self._tools.company_id(), self.chips.value(), self._search_text
        queries = self._services.queries
        self.model.load(lambda after: queries.invoices(company, after=after, limit=PAGE_SIZE, search=text, only=only))

    def _on_data_changed(self, topic: str) -> None:
        if self.isVisible() and topic in {"drafts", "documents", "companies"}:
            self.reload()

    def _on_filter(self, key: str) -> None:
        self.new.setText("Nouvel avoir" if key == "credit_note" else "Nouvelle facture")
        self.header_changed.emit()
        self.navigate.emit("invoices", key)

    def _on_search(self, text: str) -> None:
        self._search_text = text
        self.reload()

    def _on_loaded(self) -> None:
        count = len(self.model.rows)
        for key, _words in FILTERS:
            is_here = key == self.chips.value() and self.model.is_complete and not self._search_text
            self.chips.set_count(key, count if is_here else None)
        self._top.arrange()
        if count:
            return
        if self._search_text:
            self.empty.set(
                "Rien ne correspond", f"Aucun document ne contient « {self._search_text} ».", has_action=False
            )
        elif self.chips.value():
            self.empty.set(
                "Rien ici", "Aucun document ne répond à ce filtre.", has_action=self.chips.value() == "credit_note"
            )
        else:
            self.empty.set(
                "Votre première facture",
                "Un client, une ligne, un prix : la conformité se vérifie pendant que vous tapez.",
            )

    def _on_picked(self) -> None:
        rows: list[InvoiceRow] = self.table.selected()
        selection = selection_of(rows)
        self.bar.setVisible(selection is not None)
        self.open_row.setEnabled(len(rows) == 1)
        self.copy.setEnabled(len(rows) == 1)
        self.send.setEnabled(selection is not None and bool(selection.to_send))
        self.delete.setEnabled(selection is not None and len(selection.drafts) == selection.count)
        if selection is not None:
            self._count.setText(selection.words)
            self._total.setText(f"{money(selection.total, selection.currency)} TTC" if selection.currency else "")

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _create(self) -> None:
        kind = "381" if self.chips.value() == "credit_note" else "380"
        self.navigate.emit("editor", f"new:{kind}")

    def _open(self, row_: InvoiceRow) -> None:
        self.navigate.emit("editor" if row_.is_draft else "document", row_.id)

    def _open_selected(self) -> None:
        for row_ in self.table.selected()[:1]:
            self._open(row_)

    def _duplicate(self) -> None:
        rows: list[InvoiceRow] = self.table.selected()
        if rows:
            identifier = rows[0].id
            self._tools.background.run(
                lambda: self._services.drafts.duplicate(identifier),
                success=lambda draft: self.navigate.emit("editor", draft.id),
                lane=Lane.WRITE,
            )

    def _export(self) -> None:
        rows: list[InvoiceRow] = self.table.selected() or list(self.model.rows)
        path = self._tools.dialogs.save_file("Exporter", "factures.csv", "Tableur (*.csv)")
        if path is not None:
            content = as_csv(rows, _today())
            self._tools.background.run(
                lambda: path.write_bytes(content), success=lambda _n: self._on_exported(len(rows))
            )

    def _on_exported(self, count: int) -> None:
        self._tools.dialogs.tell(plural(count, "{n} ligne exportée", "{n} lignes exportées"))

    def _send(self) -> None:
        selection = selection_of(self.table.selected())
        if selection is None or not selection.to_send:
            return
        identifiers = selection.to_send

        def send_all() -> int:
            for identifier in identifiers:
                self._services.send.send(identifier)
            return len(identifiers)

        self._tools.background.run(send_all, success=self._on_sent, lane=Lane.WRITE)

    def _on_sent(self, count: int) -> None:
        self._tools.dialogs.tell("Mise en file d’envoi" if count == 1 else f"{count} documents mis en file d’envoi")
        self._tools.bridge.announce("documents")

    def _delete(self) -> None:
        selection = selection_of(self.table.selected())
        if selection is None or not selection.drafts:
            return
        what = "Supprimer ce brouillon ?" if selection.count == 1 else f"Supprimer ces {selection.count} brouillons ?"
        if not self._tools.dialogs.confirm(what, "Ce qui y est saisi sera perdu.", "Supprimer", is_destructive=True):
            return

        def delete_all() -> None:
            for identifier in selection.drafts:
                self._services.drafts.delete(identifier)

        self._tools.background.run(
            delete_all, success=lambda _none: self._tools.bridge.announce("drafts"), lane=Lane.WRITE
        )
