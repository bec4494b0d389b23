"""What may follow an issued document: a credit note, a corrected invoice, a further deposit, the balance."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Page, Tools
from einvoice_desktop.ui.screens.document.credit_sheet import CreditSheet
from einvoice_desktop.ui.screens.document.deposit_sheet import DepositSheet
from einvoice_desktop.ui.screens.document.presenter import DocumentPresenter, Shown


class Following(QObject):
    """The actions, and the sheets they ask with.

    Signals:
        drafted: identifier of the draft that was made.
    """

    drafted = Signal(str)

    def __init__(self, presenter: DocumentPresenter, tools: Tools, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._tools = presenter, tools
        self._shown: Shown | None = None
        self.credit = page.command(
            "Établir un avoir…",
            self._credit,
            keys="Ctrl+Shift+A",
            tip="Créditer ce document, en tout ou en partie",
            icon="credit",
        )
        self.correct = page.command(
            "Rectifier…", self._correct, tip="Remplacer cette facture par une facture rectificative", icon="invoice"
        )
        self.deposit = page.command(
            "Acompte suivant…", self._deposit, tip="Demander un autre acompte sur ce marché", icon="wallet"
        )
        self.balance = page.command(
            "Facture de solde", self._balance, tip="Facturer tout le marché, acomptes déduits", icon="check"
        )

    @property
    def actions(self) -> tuple[QAction, ...]:
        """Those that mean something for the document shown."""
        return tuple(action for action in (self.balance, self.deposit, self.credit, self.correct) if action.isVisible())

    def show(self, shown: Shown | None) -> None:
        """Offer what this document allows; what it forbids says why when it is asked."""
        self._shown = shown
        deal = shown.deal if shown is not None else None
        is_open = deal is not None and not deal.progress.has_balance and deal.progress.remaining > 0
        is_credit = shown is not None and shown.view.invoice.is_credit_note
        self.credit.setVisible(shown is not None and not is_credit)
        self.correct.setVisible(shown is not None and shown.correction != "ED-CORRECT-TYPE")
        self.deposit.setVisible(is_open)
        self.balance.setVisible(deal is not None and not deal.progress.has_balance)
        for action in (self.credit, self.correct, self.deposit, self.balance):
            action.setEnabled(action.isVisible())

    def _credit(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if shown.credit.reason == "ED-CREDIT-REFUSED":
            self._cancel(shown)
            return
        if shown.credit.reason:
            self._tools.dialogs.error(UserError(shown.credit.reason, number=shown.credit.number))
            return
        sheet = CreditSheet(shown.view.invoice, shown.credit)
        if self._tools.dialogs.show(sheet):
            document_id, asked = shown.view.document.id, sheet.asked
            self._make(lambda: self._presenter.credit(document_id, asked))

    def _cancel(self, shown: Shown) -> None:
        """What was refused keeps its number: it is cancelled in the books, and nobody is told."""
        number, document_id = shown.credit.number, shown.view.document.id
        words = (
            f"{number} a été refusée ou rejetée : le client n’a rien reçu à créditer. Un avoir interne l’annule dans vos "
            "comptes ; il s’émet sans être envoyé. Vous pouvez ensuite refaire la facture."
        )
        if self._tools.dialogs.confirm(f"Annuler {number} dans vos comptes ?", words, "Préparer l’avoir interne"):
            self._make(lambda: self._presenter.cancel_refused(document_id))

    def _correct(self) -> None:
        shown = self._shown
        if shown is None:
            return
        number = shown.view.document.summary.number
        if shown.correction:
            self._tools.dialogs.error(UserError(shown.correction, number=number))
            return
        words = (
            f"La facture rectificative annule {number} et la remplace en entier. Vous partez d’une copie : corrigez-la, "
            f"puis émettez-la. {number} reste dans le registre."
        )
        if self._tools.dialogs.confirm(f"Rectifier {number} ?", words, "Préparer la rectificative"):
            document_id = shown.view.document.id
            self._make(lambda: self._presenter.correct(document_id))

    def _deposit(self) -> None:
        deal = self._shown.deal if self._shown is not None else None
        if deal is None:
            return
        sheet = DepositSheet(deal)
        if not self._tools.dialogs.show(sheet):
            return
        group_id, amount = deal.group.id, sheet.amount
        if sheet.is_balance:
            self._make(lambda: self._presenter.balance(group_id))
        else:
            self._make(lambda: self._presenter.deposit(group_id, amount))

    def _balance(self) -> None:
        deal = self._shown.deal if self._shown is not None else None
        if deal is not None:
            group_id = deal.group.id
            self._make(lambda: self._presenter.balance(group_id))

    def _make(self, make: Callable[[], str]) -> None:
        self._tools.background.run(make, success=self._made, failure=self._tools.dialogs.error, lane=Lane.WRITE)

    def _made(self, draft_id: str) -> None:
        self._tools.bridge.announce("drafts")
        self.drafted.emit(draft_id)
