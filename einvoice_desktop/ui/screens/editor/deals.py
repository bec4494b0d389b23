"""Reads the documents around the one being typed, and makes further deposits and balances of its deal."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.background import Lane, Latest
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.keeping import Keeping
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter
from einvoice_desktop.ui.screens.editor.story import Story


class Deals(QObject):
    """Asks the services of deposits and credit notes.

    Signals:
        told: the documents around. made: identifier of a draft just made, to go on with.
    """

    told = Signal(object)
    made = Signal(str)

    def __init__(self, presenter: EditorPresenter, tools: Tools, keeping: Keeping, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter, self._tools, self._keeping = presenter, tools, keeping
        self._stories: Latest[Story] = Latest(tools.background)

    def read(self, form: DraftForm) -> None:
        """Read what stands around ``form``."""
        draft = self._keeping.draft
        if draft is not None:
            company = draft.company_id
            self._stories.run(lambda: self._presenter.story(company, form), self._told)

    def _told(self, story: Story) -> None:
        if self._keeping.draft is not None:
            self.told.emit(story)

    def forget(self) -> None:
        """Drop what was asked."""
        self._stories.cancel()

    def further(self, group_id: str, amount: Decimal) -> None:
        """Make a further deposit of a deal."""
        self._tools.background.run(
            lambda: self._presenter.further_deposit(group_id, amount),
            success=self.made.emit,
            failure=self._tools.dialogs.error,
            lane=Lane.WRITE,
        )

    def balance(self, group_id: str) -> None:
        """Make the balance of a deal, once the user agreed."""
        words = "Ce montant est tout ce qui reste du marché : la facture de solde reprend le marché entier et déduit chaque acompte."
        if self._tools.dialogs.confirm("Préparer la facture de solde ?", words, "Préparer"):
            self._tools.background.run(
                lambda: self._presenter.balance(group_id),
                success=self.made.emit,
                failure=self._tools.dialogs.error,
                lane=Lane.WRITE,
            )
