"""Centre d'envoi: what waits, what left, what came back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from einvoice_desktop.ports.queries import OutboxRow
from einvoice_desktop.ports.queries import Page as Rows
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.outbox.presenter import (
    can_retry,
    can_withdraw,
    kind_words,
    next_words,
    outbox_pill,
    trouble_words,
)
from einvoice_desktop.ui.tables import Column, PagedModel, Table, TablePanel
from einvoice_desktop.ui.widgets.empty import EmptyState
from einvoice_desktop.ui.widgets.formats import moment
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

_TEXT = (
    "Ce qui est émis part de lui-même dès que la plateforme répond ; chaque document n’est envoyé qu’une fois. "
    "Une réponse perdue est vérifiée avant tout nouvel envoi."
)


class OutboxPage(Page):
    """The list of sendings."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self.sync = self.command(
            "Synchroniser", services.sync.sync_now, tip="Envoyer maintenant ce qui attend", icon="sync"
        )
        self.retry = self.command(
            "Réessayer", self._retry, keys="Ctrl+R", tip="Renvoyer les lignes choisies", icon="undo"
        )
        self.withdraw = self.command("Retirer", self._withdraw, tip="Ne pas envoyer les lignes choisies", icon="cross")
        columns: tuple[Column[OutboxRow], ...] = (
            Column("Document", lambda r: r.number, 9.5),
            Column("Nature", kind_words, 6, is_quiet=True),
            Column("État", lambda r: outbox_pill(r)[0], 13, pill=outbox_pill),
            Column("Remarque", trouble_words, 0, is_quiet=True),
            Column("Prochain essai", next_words, 9, is_quiet=True),
            Column("Créé", lambda r: moment(r.created_at), 7.5, is_quiet=True),
        )
        self.model: PagedModel[OutboxRow] = PagedModel(tools.background, columns, self)
        self.table = Table(self.model, "Envois")
        self.table.opened.connect(lambda r: self.navigate.emit("document", r.document_id))
        self.table.picked.connect(self._on_picked)
        empty = EmptyState("send", "Rien à envoyer", "Les documents émis avec « Émettre et envoyer » apparaissent ici.")
        panel = TablePanel(self.table, self.model, empty)
        body = column(Label(_TEXT, "muted", wrap=True), panel, gap="m", margin="l", of=self)
        body.setStretch(1, 1)
        tools.bridge.data_changed.connect(self._on_data_changed)
        self._on_picked()

    def header(self) -> Header:
        """Actions on the lines chosen, and « Synchroniser »."""
        return Header("Centre d’envoi", primary=self.sync, actions=(self.retry, self.withdraw))

    def open(self, _argument: str) -> None:
        """Read again."""
        self.reload()
        self.table.setFocus()

    def close_panel(self) -> bool:
        """Échap drops the selection."""
        had = bool(self.table.selected())
        self.table.clearSelection()
        return had

    def reload(self) -> None:
        """Read the desk again."""
        company_id = self._tools.company_id()
        self.model.load(lambda _after: Rows(self._services.queries.outbox(company_id)))

    def _on_data_changed(self, topic: str) -> None:
        if self.isVisible() and topic in {"documents", "platform"}:
            self.reload()

    def _on_picked(self) -> None:
        rows: list[OutboxRow] = self.table.selected()
        self.retry.setEnabled(any(can_retry(row) for row in rows))
        self.withdraw.setEnabled(any(can_withdraw(row) for row in rows))

    def _retry(self) -> None:
        self._on_each(can_retry, self._services.send.retry, "Nouvel essai demandé")

    def _withdraw(self) -> None:
        question = "Les documents restent émis et gardés ; ils ne partiront pas."
        if self._tools.dialogs.confirm("Retirer ces envois ?", question, "Retirer", is_destructive=True):
            self._on_each(can_withdraw, self._services.send.withdraw, "Envoi retiré")

    def _on_each(self, allows: Callable[[OutboxRow], bool], act: Callable[[str], object], words: str) -> None:
        chosen = [row.id for row in self.table.selected() if allows(row)]

        def work() -> None:
            for identifier in chosen:
                act(identifier)

        self._tools.background.run(work, success=lambda _none: self._done(words), lane=Lane.WRITE)

    def _done(self, words: str) -> None:
        self._tools.dialogs.tell(words)
        self._tools.bridge.announce("documents")
