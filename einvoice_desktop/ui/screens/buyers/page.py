"""Clients: the registry as a list, one customer as a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.queries import BuyerRow
from einvoice_desktop.ports.records import BillingMandate
from einvoice_desktop.services.connect_platform import PRACTICE
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.buyers.form import BuyerForm
from einvoice_desktop.ui.screens.buyers.mandate_sheet import MandateSheet
from einvoice_desktop.ui.screens.buyers.presenter import buyer_from, values_of
from einvoice_desktop.ui.tables import Column, PagedModel, Table, TablePanel
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.empty import EmptyState
from einvoice_desktop.ui.widgets.formats import identifier
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.search import SearchBox

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services


class BuyersPage(Page):
    """List and form of the customers of the company."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._buyer: Buyer | None = None
        self._has_mandate = False
        self._shown: dict[str, str] = {}
        self._search_text = ""
        self._was_left = False
        self._build_actions()
        self._build_list()
        self.form = BuyerForm()
        self.form.changed.connect(self._on_typed)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.form)
        self._show_actions()
        tools.bridge.data_changed.connect(self._on_data_changed)

    def _build_actions(self) -> None:
        self.new = self.command("Nouveau client", self._create, keys="Ctrl+N", tip="Ajouter un client", icon="plus")
        self.save = self.command("Enregistrer", self._save, keys="Ctrl+S", tip="Garder ce client", icon="check")
        self.bill = self.command("Facturer", self._bill, tip="Commencer une facture pour ce client", icon="invoice")
        self.delete = self.command("Supprimer", self._delete, tip="Retirer ce client du répertoire", icon="trash")
        self.self_bill = self.command(
            "Autofacturer",
            self._self_bill,
            tip="Établir une facture à la place de ce fournisseur, sous son mandat",
            icon="purchases",
        )
        self.mandate = self.command(
            "Mandat de facturation…", self._ask_mandate, tip="Noter le mandat écrit de ce fournisseur", icon="check"
        )
        self.look_for = self.command("Chercher un client", self._focus_search, keys="Ctrl+F", icon="search")

    def _build_list(self) -> None:
        columns: tuple[Column[BuyerRow], ...] = (
            Column("Nom", lambda r: r.name, 0),
            Column("SIREN", lambda r: identifier(r.siren or r.siret[:9]), 9, is_quiet=True),
            Column("Ville", lambda r: r.city, 11, is_quiet=True),
            Column("E-mail", lambda r: r.email, 17, is_quiet=True),
            Column("", _kind_words, 9, pill=lambda r: (_kind_words(r), "neutral") if _kind_words(r) else None),
        )
        self.model: PagedModel[BuyerRow] = PagedModel(self._tools.background, columns, self)
        self.table = Table(self.model, "Clients")
        self.table.opened.connect(lambda r: self.navigate.emit("buyers", r.id))
        self.search = SearchBox("Nom, SIREN, SIRET, e-mail…")
        self.search.setProperty("kind", "search")
        self.search.setMinimumWidth(look().ems(22))
        self.search.searched.connect(self._on_search)
        text = "Avec un SIREN et une adresse, le client peut recevoir vos factures électroniques."
        self.empty = EmptyState("buyers", "Votre premier client", text, Button.of(self.new))
        self.model.loaded.connect(self._on_loaded)
        self._list = QWidget()
        body = column(
            row(self.search, 1), TablePanel(self.table, self.model, self.empty), gap="m", margin="l", of=self._list
        )
        body.setStretch(1, 1)

    # ---- the page

    @property
    def _is_form(self) -> bool:
        return self._buyer is not None

    def header(self) -> Header:
        """The list, or the customer shown."""
        buyer = self._buyer
        if buyer is None:
            return Header("Clients", primary=self.new)
        pill = ("Modifié", "info") if self.unsaved() else ("", "neutral")
        return Header(
            buyer.name or "Nouveau client",
            parent=("Clients", "buyers"),
            pill=pill,
            primary=self.save,
            actions=(self.bill, self.delete, self.mandate, *((self.self_bill,) if self._has_mandate else ())),
            has_search=False,
        )

    def open(self, argument: str) -> None:
        """The list (empty), a new customer (``new``, ``new:<name>``) or an existing one."""
        kind, _, name = argument.partition(":")
        company_id = self._tools.company_id()
        came_back, self._was_left = self._was_left, False
        is_typing = bool(self.unsaved()) and self._buyer is not None and self._buyer.company_id == company_id
        # Coming back shows what was being typed; asking for something else asks before it is dropped.
        if is_typing and ((came_back and not argument) or not self._may_drop()):
            return
        if not argument:
            self._show_list()
        elif kind == "new":
            self._show_form(self._services.buyers.new(company_id, name))
        else:
            self._show_list()
            self._tools.background.run(lambda: self._services.buyers.get(company_id, argument), success=self._show_form)

    def leave(self) -> None:
        """What is being typed stays in the form."""
        self._was_left = True

    def unsaved(self) -> str:
        """The customer being typed."""
        if not self._is_form or self.form.values() == self._shown:
            return ""
        return self.form.name.value() or "le nouveau client"

    def close_panel(self) -> bool:
        """Échap leaves the form (asking when something would be lost), or clears the search."""
        if self._is_form:
            self.navigate.emit("buyers", "")
            return True
        had = bool(self.search.text())
        self.search.clear()
        return had

    def _may_drop(self) -> bool:
        return self._tools.dialogs.confirm(
            "Abandonner les modifications ?",
            "Ce qui a été saisi n’est pas enregistré.",
            "Abandonner",
            is_destructive=True,
        )

    def _show_list(self) -> None:
        self._buyer = None
        self._stack.setCurrentWidget(self._list)
        self._show_actions()
        self.reload()
        self.header_changed.emit()
        self.table.setFocus()

    def _show_form(self, buyer: Buyer) -> None:
        self._buyer, self._has_mandate = buyer, False
        self._read_mandate(buyer)
        self.form.set_values(values_of(buyer))
        self._shown = self.form.values()
        self._ask_practice()
        self._stack.setCurrentWidget(self.form)
        self._show_actions()
        self.header_changed.emit()
        self.form.name.editor.setFocus()

    def _ask_practice(self) -> None:
        self._tools.background.run(self._services.platform.active, success=self._show_practice)

    def _show_practice(self, profile: PlatformProfile | None) -> None:
        self.form.show_practice(is_on=profile is not None and profile.id == PRACTICE)

    def _show_actions(self) -> None:
        for action in (self.save, self.bill, self.delete, self.mandate):
            action.setEnabled(self._is_form)
        self.self_bill.setEnabled(self._is_form and self._has_mandate)
        self.look_for.setEnabled(not self._is_form)

    def _on_typed(self) -> None:
        self.header_changed.emit()

    # ---- the list

    def reload(self) -> None:
        """Read the list again."""
        company_id, text = self._tools.company_id(), self._search_text
        queries = self._services.queries
        self.model.load(lambda after: queries.buyers(company_id, search=text, after=after))

    def _on_data_changed(self, topic: str) -> None:
        if topic == "platform" and self._is_form:
            self._ask_practice()
        if topic == "buyers" and self.isVisible() and not self._is_form:
            self.reload()

    def _on_search(self, text: str) -> None:
        self._search_text = text
        self.reload()

    def _on_loaded(self) -> None:
        if self._search_text:
            self.empty.set("Aucun client ne correspond", f"Rien ne contient « {self._search_text} ».", has_action=False)
        else:
            text = "Avec un SIREN et une adresse, le client peut recevoir vos factures électroniques."
            self.empty.set("Votre premier client", text)

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # ---- what can be done

    def _create(self) -> None:
        self.navigate.emit("buyers", "new")

    def _save(self) -> None:
        if self._buyer is None:
            return
        buyer = buyer_from(self._buyer, self.form.values())
        self._tools.background.run(
            lambda: self._services.buyers.save(buyer),
            success=lambda found: self._on_saved(buyer, found),
            lane=Lane.WRITE,
        )

    def _on_saved(self, buyer: Buyer, findings: tuple[Finding, ...]) -> None:
        self.form.show_findings(findings)
        if any(finding.is_blocking for finding in findings):
            return
        self._buyer = buyer
        self._shown = self.form.values()
        self.header_changed.emit()
        self._tools.dialogs.tell(f"{buyer.name} est enregistré")
        self._tools.bridge.announce("buyers")

    def _bill(self) -> None:
        if self._buyer is not None:
            self.navigate.emit("editor", f"new:380:{self._buyer.id}")

    # ---- billing in his name

    def _read_mandate(self, buyer: Buyer) -> None:
        def show(mandate: BillingMandate | None) -> None:
            if self._buyer is not None and self._buyer.id == buyer.id:
                self._has_mandate = mandate is not None
                self._show_actions()
                self.header_changed.emit()

        self._tools.background.run(
            lambda: self._services.self_billing.mandate(buyer.company_id, buyer.id), success=show
        )

    def _ask_mandate(self) -> None:
        buyer = self._buyer
        if buyer is None:
            return
        self._tools.background.run(
            lambda: self._services.self_billing.mandate(buyer.company_id, buyer.id),
            success=lambda mandate: self._open_mandate(buyer, mandate),
        )

    def _open_mandate(self, buyer: Buyer, mandate: BillingMandate | None) -> None:
        sheet = MandateSheet(buyer.name, mandate, datetime.now().astimezone().date())
        if not self._tools.dialogs.show(sheet):
            return
        billing = self._services.self_billing
        if sheet.is_ended:
            self._change_mandate(lambda: billing.end_mandate(buyer.company_id, buyer.id), buyer, "Mandat retiré")
        else:
            kept = BillingMandate(buyer.company_id, buyer.id, sheet.signed_on, sheet.reference.value())
            self._change_mandate(lambda: billing.record_mandate(kept), buyer, "Mandat enregistré")

    def _change_mandate(self, change: Callable[[], None], buyer: Buyer, words: str) -> None:
        def changed(_none: None) -> None:
            self._tools.dialogs.tell(words)
            self._read_mandate(buyer)

        self._tools.background.run(change, success=changed, failure=self._tools.dialogs.error, lane=Lane.WRITE)

    def _self_bill(self) -> None:
        buyer = self._buyer
        if buyer is not None:
            self._tools.background.run(
                lambda: self._services.self_billing.new(buyer.company_id, buyer.id).id,
                success=lambda draft_id: self.navigate.emit("editor", draft_id),
                failure=self._tools.dialogs.error,
                lane=Lane.WRITE,
            )

    def _delete(self) -> None:
        buyer = self._buyer
        if buyer is None:
            return
        text = "Ses factures restent ; il n’est plus proposé dans les listes."
        if not self._tools.dialogs.confirm(f"Supprimer {buyer.name} ?", text, "Supprimer", is_destructive=True):
            return
        self._tools.background.run(
            lambda: self._services.buyers.delete(buyer.company_id, buyer.id), success=self._on_deleted, lane=Lane.WRITE
        )

    def _on_deleted(self, _none: None) -> None:
        self._shown = self.form.values()
        self._tools.bridge.announce("buyers")
        self.navigate.emit("buyers", "")


def _kind_words(row_: BuyerRow) -> str:
    if row_.is_individual:
        return "Particulier"
    return "Étranger" if row_.country not in {"", "FR"} else ""
