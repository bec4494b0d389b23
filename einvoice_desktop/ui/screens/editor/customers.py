"""The customer of the document: found while one types, created without leaving, read again when he changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ports.queries import BuyerRow
from einvoice_desktop.ui.background import Lane, Latest
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.new_buyer import NewBuyerSheet
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter
from einvoice_desktop.ui.screens.editor.words import buyer_quiet
from einvoice_desktop.ui.widgets.combo import Choice


class Customers(QObject):
    """Asks the registry. ``form`` tells what stands in the widgets.

    Signals:
        found: choices for what is typed. created: the customer just added. context_read: what the form is read against.
    """

    found = Signal(object)
    created = Signal(object)
    context_read = Signal(object)

    def __init__(
        self, presenter: EditorPresenter, tools: Tools, form: Callable[[], DraftForm], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._presenter, self._tools, self._form = presenter, tools, form
        self._searches: Latest[tuple[BuyerRow, ...]] = Latest(tools.background)
        self._contexts: Latest[ComposeContext] = Latest(tools.background)

    def search(self, text: str) -> None:
        """Look for ``text``."""
        company = self._tools.company_id()
        self._searches.run(lambda: self._presenter.buyers(company, text), self._found)

    def _found(self, rows: tuple[BuyerRow, ...]) -> None:
        self.found.emit([Choice(r.id, r.name, buyer_quiet(r.siren, r.siret, r.city)) for r in rows])

    def read_context(self, company_id: str) -> None:
        """Read the company, the customer and the next number again."""
        form = self._form()
        self._contexts.run(lambda: self._presenter.context(company_id, form), self._context_read)

    def _context_read(self, context: ComposeContext) -> None:
        self.context_read.emit(context)

    def forget(self) -> None:
        """Drop what was asked."""
        self._contexts.cancel()

    def create(self, company_id: str, name: str) -> None:
        """Ask for the few things a customer needs, then add him to the registry."""
        sheet = NewBuyerSheet(self._presenter.new_buyer(company_id, name))
        if not self._tools.dialogs.show(sheet):
            return
        buyer = sheet.buyer
        self._tools.background.run(lambda: self._presenter.create_buyer(buyer), success=self._created, lane=Lane.WRITE)

    def _created(self, buyer: Buyer) -> None:
        self._tools.bridge.announce("buyers")
        self.created.emit(buyer)
