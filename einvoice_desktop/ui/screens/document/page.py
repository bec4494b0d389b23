"""The view of an issued document: its frozen page on the left; on the right its story, its data, its payments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSplitter, QWidget

from einvoice_desktop.ports.unit_of_work import IssuedDocument
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.view_document import IssuedView
from einvoice_desktop.ui.background import Lane, Latest
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.document.data_panel import DataPanel
from einvoice_desktop.ui.screens.document.following import Following
from einvoice_desktop.ui.screens.document.payment_sheet import PaymentSheet
from einvoice_desktop.ui.screens.document.presenter import (
    DUPLICATE,
    PAY,
    RETRY,
    SEND,
    DocumentPresenter,
    Shown,
    can_pay,
    can_send,
    payment_lines,
    sending_of,
    timeline_items,
    where_it_stands,
)
from einvoice_desktop.ui.screens.document.related_panel import RelatedPanel
from einvoice_desktop.ui.screens.document.words import state_pill
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.formats import money
from einvoice_desktop.ui.widgets.labels import AmountLabel, Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pdf_print import print_pdf
from einvoice_desktop.ui.widgets.pdf_view import PdfView
from einvoice_desktop.ui.widgets.tabs import Tabs, panel_area
from einvoice_desktop.ui.widgets.timeline import Pinned, Timeline


class DocumentPage(Page):
    """One issued document."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._presenter = DocumentPresenter(services)
        self._tools = tools
        self._document_id = ""
        self._view: IssuedView | None = None
        self._gives_keys = False
        self._loads: Latest[Shown] = Latest(tools.background)
        self._make_commands()
        self._following = Following(self._presenter, tools, self)
        self._following.drafted.connect(self._open_draft)
        self._following.show(None)
        self._build()
        tools.bridge.document_changed.connect(self._on_document_changed)

    def _make_commands(self) -> None:
        self._pay_action = self.command("Enregistrer un paiement", self._pay, icon="wallet")
        self._send_action = self.command("Envoyer", self._send, icon="send")
        self._print_action = self.command("Imprimer", self._print, keys="Ctrl+P", icon="print")
        self._duplicate_action = self.command("Dupliquer", self._duplicate, keys="Ctrl+D", icon="copy")
        self._save_action = self.command("Enregistrer le PDF sous…", self._save_pdf, keys="Ctrl+Shift+S", icon="export")
        self._save_cii_action = self.command("Enregistrer le XML (CII) sous…", self._save_cii, icon="export")
        self._save_ubl_action = self.command("Enregistrer en UBL…", self._save_ubl, icon="export")

    def _build(self) -> None:
        self.pdf = PdfView()
        self.pinned, self.timeline = Pinned(), Timeline()
        self.pinned.acted.connect(self._act)
        self.data = DataPanel()
        self.related = RelatedPanel()
        self.related.asked.connect(self._open_other)
        self._follow = self._scrolled_tab(self.pinned, self.related, self.timeline, 1)
        self._payments_host = QWidget()
        self._payments = column(gap="m", margin="l", of=self._payments_host)
        self.tabs = Tabs("Suivi, données et paiements")
        self.tabs.add("Suivi", self._follow)
        self.tabs.add("Données", self.data)
        self.tabs.add("Paiements", self._payments_host)
        self.tabs.setMinimumWidth(look().ems(25))
        frozen = Label("Document figé : ce sont exactement les octets émis.", "small")
        left = QWidget()
        foot = row(1, frozen, 1, margin="s")
        desk = column(self.pdf, gap="", of=left)
        desk.addLayout(foot)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.tabs)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([730, 490])
        column(self.splitter, gap="", of=self)

    @staticmethod
    def _scrolled_tab(*items: QWidget | int) -> QWidget:
        host = QWidget()
        column(*items, gap="l", margin="l", of=host)
        return panel_area(host)

    # -- the page in the window ----------------------------------------------------------------------------------

    def header(self) -> Header:
        """Number, state, actions; the primary one follows the state."""
        view = self._view
        if view is None:
            return Header("Document", parent=("Factures", "invoices"), has_search=False)
        follow = self._following.actions
        saving = [self._save_cii_action, self._save_ubl_action]
        quiet = [self._print_action, *follow, self._save_action, self._duplicate_action, *saving]
        primary = None
        if can_send(view):
            primary = self._send_action
            quiet.insert(0, self._pay_action)
        elif can_pay(view):
            primary = self._pay_action
        is_credit = view.invoice.is_credit_note
        return Header(
            title=view.document.summary.number,
            parent=("Avoirs" if is_credit else "Factures", "invoices"),
            pill=state_pill(view.state),
            primary=primary,
            actions=tuple(quiet),
            has_search=False,
        )

    def open(self, argument: str) -> None:
        """Show a document."""
        if argument and argument != self._document_id:
            self._document_id, self._view = argument, None
            self._following.show(None)
            self.related.hide()
            self._gives_keys = True
            self.pdf.show_message("Lecture du document…")
            self.pinned.show_step("", "", "info", "")
            self.timeline.show_items(())
            self.tabs.show_page(self._follow)
            self.header_changed.emit()
        self.reload()

    def reload(self) -> None:
        """Read it again."""
        document_id = self._document_id
        if document_id:
            self._loads.run(lambda: self._presenter.load(document_id), self._loaded, self._not_loaded)

    def _on_document_changed(self, document_id: str) -> None:
        if document_id == self._document_id:
            self.reload()

    def _not_loaded(self, error: Exception) -> None:
        self._tools.dialogs.error(error)
        self.navigate.emit("invoices", "")

    def _loaded(self, shown: Shown) -> None:
        view = shown.view
        if view.document.id != self._document_id:
            return
        self._view = view
        self._following.show(shown)
        self.related.show_related(view.related, shown.deal, view.document.summary.currency)
        self.pdf.show_bytes(view.document.pdf)
        now = where_it_stands(view)
        self.pinned.show_step(now.title, now.detail, now.tone, now.act_words)
        self.timeline.show_items(timeline_items(view))
        document = view.document
        prints = (("PDF", document.pdf_sha256), ("XML", document.xml_sha256), ("JSON", document.json_sha256))
        self.data.show_invoice(view.invoice, prints)
        self._show_payments(view)
        self._pay_action.setEnabled(can_pay(view))
        self._send_action.setEnabled(can_send(view))
        self.header_changed.emit()
        if self._gives_keys:
            self._gives_keys = False
            self._give_keys()

    def _give_keys(self) -> None:
        """To the one thing to do: the act pinned on top of the story, else the primary action of the header."""
        if self.pinned.button.isVisibleTo(self):
            self.pinned.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.primary_wanted.emit()

    def _show_payments(self, view: IssuedView) -> None:
        clear(self._payments)
        grid = QGridLayout()
        grid.setVerticalSpacing(look().gap.s)
        currency = view.document.summary.currency
        for index, (when, amount) in enumerate(payment_lines(view)):
            grid.addWidget(Label(when), index, 0)
            value = Label(amount)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(value, index, 1)
        if not view.payments:
            self._payments.addWidget(Label("Aucun paiement enregistré.", "muted"))
        self._payments.addLayout(grid)
        if view.cleared:
            off = row(Label("Avoirs"), AmountLabel(-view.cleared, currency), gap="m")
            off.setStretch(1, 1)
            self._payments.addLayout(off)
        self._payments.addWidget(Line())
        rest = row(Label("Reste à payer", "total"), AmountLabel(view.remaining, currency, "total"), gap="m")
        rest.setStretch(1, 1)
        self._payments.addLayout(rest)
        if can_pay(view):
            self._payments.addWidget(Button.of(self._pay_action), alignment=Qt.AlignmentFlag.AlignLeft)
        self._payments.addStretch(1)
        self.tabs.set_title(self._payments_host, f"Paiements · {len(view.payments)}" if view.payments else "Paiements")

    # -- acts ----------------------------------------------------------------------------------------------------

    def _act(self) -> None:
        if self._view is None:
            return
        acts = {SEND: self._send, RETRY: self._retry, PAY: self._pay, DUPLICATE: self._duplicate}
        act = acts.get(where_it_stands(self._view).act)
        if act is not None:
            act()

    def _changed(self, _result: object) -> None:
        self._tools.bridge.announce("documents")
        self.reload()

    def _send(self) -> None:
        document_id = self._document_id
        self._send_action.setEnabled(False)
        self._tools.background.run(
            lambda: self._presenter.send(document_id), success=self._changed, failure=self._failed, lane=Lane.WRITE
        )

    def _retry(self) -> None:
        entry = sending_of(self._view) if self._view is not None else None
        if entry is not None:
            outbox_id = entry.id
            self._tools.background.run(
                lambda: self._presenter.retry(outbox_id), success=self._changed, failure=self._failed, lane=Lane.WRITE
            )

    def _failed(self, error: Exception) -> None:
        self._tools.dialogs.error(error)
        self.reload()

    def _pay(self) -> None:
        view = self._view
        if view is None or not can_pay(view):
            return
        summary = view.document.summary
        sheet = PaymentSheet(summary.number, view.remaining, summary.currency, datetime.now().astimezone().date())
        if self._tools.dialogs.show(sheet):
            self._record(view.document.id, sheet.paid_on, sheet.amount, summary.currency)

    def _record(self, document_id: str, paid_on: date, amount: Decimal, currency: str) -> None:
        words = f"Paiement de {money(amount, currency)} enregistré."

        def recorded(_result: None) -> None:
            self._tools.dialogs.tell(words, "success")
            self._changed(None)

        self._tools.background.run(
            lambda: self._presenter.pay(document_id, paid_on, amount),
            success=recorded,
            failure=self._failed,
            lane=Lane.WRITE,
        )

    def _duplicate(self) -> None:
        document_id = self._document_id
        self._tools.background.run(
            lambda: self._presenter.duplicate(document_id), success=self._duplicated, lane=Lane.WRITE
        )

    def _duplicated(self, draft_id: str) -> None:
        self._tools.bridge.announce("drafts")
        self._open_draft(draft_id)

    def _open_draft(self, draft_id: str) -> None:
        self.navigate.emit("editor", draft_id)

    def _open_other(self, document_id: str) -> None:
        self.navigate.emit("document", document_id)

    def _print(self) -> None:
        if self._view is not None:
            print_pdf(self._view.document.pdf, self._view.document.summary.number, self._tools.dialogs.show)

    def _save_pdf(self) -> None:
        self._save_as("Enregistrer le PDF", ".pdf", "PDF (*.pdf)", lambda document: document.pdf)

    def _save_cii(self) -> None:
        self._save_as("Enregistrer le XML", ".xml", "XML (*.xml)", lambda document: document.xml)

    def _save_ubl(self) -> None:
        self._save_as("Enregistrer en UBL", "_ubl.xml", "XML (*.xml)", self._presenter.ubl)

    def _save_as(self, title: str, ending: str, kinds: str, content: Callable[[IssuedDocument], bytes]) -> None:
        view = self._view
        if view is None:
            return
        document = view.document
        path = self._tools.dialogs.save_file(title, f"{document.summary.number.replace('/', '_')}{ending}", kinds)
        if path is not None:
            self._tools.background.run(
                lambda: _write(path, content(document)),
                success=self._written,
                failure=self._tools.dialogs.error,
                lane=Lane.WRITE,
            )

    def _written(self, path: Path) -> None:
        self._tools.dialogs.tell(f"{path.name} est enregistré.", "success")


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
