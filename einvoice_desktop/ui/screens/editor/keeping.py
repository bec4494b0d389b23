"""The draft on show and what becomes of it: opened, kept by itself, duplicated, deleted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ports.unit_of_work import Draft
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter, Opened, is_untouched
from einvoice_desktop.ui.widgets.formats import clock

_SAVE_DELAY = 3000
"""Milliseconds from the first key not yet kept."""


class Keeping(QObject):
    """One draft at a time. ``form`` tells what stands in the widgets.

    Signals:
        opened: a draft is ready to be typed in. failed: it could not be read. deleted: it is no more.
        state_changed: « modifié », « enregistré à… » changed.
    """

    opened = Signal(object)
    failed = Signal()
    deleted = Signal()
    state_changed = Signal()

    def __init__(
        self, presenter: EditorPresenter, tools: Tools, form: Callable[[], DraftForm], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._presenter, self._tools, self._form = presenter, tools, form
        self.draft: Draft | None = None
        self.is_dirty = self.is_new = False
        self._initial = DraftForm()
        self._saved_at = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_SAVE_DELAY)
        self.timer.timeout.connect(self.save)

    @property
    def words(self) -> str:
        """The state of the draft, for its pill."""
        if self.is_dirty:
            return "Brouillon · modifié"
        return f"Brouillon · enregistré à {self._saved_at}" if self._saved_at else "Brouillon"

    # -- opening -------------------------------------------------------------------------------------------------

    def open(self, argument: str) -> None:
        """Read or make the draft named by ``argument``."""
        self.release()
        company = self._tools.company_id()
        self._tools.background.run(
            lambda: self._presenter.open(company, argument),
            success=self._read,
            failure=self._not_read,
            lane=Lane.WRITE,
        )

    def _read(self, opened: Opened) -> None:
        self.draft, self._initial = opened.draft, opened.draft.form
        self.is_new, self.is_dirty = opened.is_new, False
        self._saved_at = "" if opened.is_new else clock(opened.draft.updated_at)
        self.opened.emit(opened)

    def _not_read(self, error: Exception) -> None:
        self._tools.dialogs.error(error)
        self.failed.emit()

    def release(self) -> Draft | None:
        """Let go of the draft, without keeping anything more of it."""
        self.timer.stop()
        draft, self.draft = self.draft, None
        return draft

    # -- keeping -------------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Something was typed: it will be kept soon."""
        if not self.is_dirty:
            self.is_dirty = True
            self.state_changed.emit()
        if not self.timer.isActive():
            self.timer.start()

    def settle(self) -> None:
        """What stands in the widgets is being kept by somebody else."""
        self.timer.stop()
        self.is_dirty = False

    def save(self) -> None:
        """Keep what stands in the widgets, in the background."""
        if self.draft is None:
            return
        self.settle()
        draft_id, form = self.draft.id, self._form()
        self._tools.background.run(
            lambda: self._presenter.save(draft_id, form), success=self._saved, failure=self._not_saved, lane=Lane.WRITE
        )

    def save_now(self) -> None:
        """Keep it because the user asked for it: it is no longer forgotten when nothing was typed."""
        self.is_new = False
        self.save()

    def leave(self) -> bool:
        """Keep what was typed, or forget a new draft in which nothing was; whether it was forgotten."""
        if self.draft is None:
            return False
        if self.is_new and is_untouched(self._form(), self._initial):
            self._delete(self._announce)
            return True
        if self.is_dirty:
            self.save()
        return False

    def _saved(self, draft: Draft) -> None:
        self._announce()
        if self.draft is not None and draft.id == self.draft.id:
            self._saved_at = clock(draft.updated_at)
            self.state_changed.emit()

    def _not_saved(self, error: Exception) -> None:
        self.is_dirty = True
        self.state_changed.emit()
        self._tools.dialogs.error(error)

    def _announce(self, _result: object = None) -> None:
        self._tools.bridge.announce("drafts")

    # -- acts ----------------------------------------------------------------------------------------------------

    def duplicate(self) -> None:
        """Go on with a copy."""
        if self.draft is None:
            return
        draft_id, form = self.draft.id, self._form()
        self.settle()
        self._tools.background.run(
            lambda: self._presenter.duplicate(draft_id, form), success=self._duplicated, lane=Lane.WRITE
        )

    def _duplicated(self, draft: Draft) -> None:
        self._announce()
        self._tools.dialogs.tell("Brouillon dupliqué : vous travaillez sur la copie.", "info")
        self.open(draft.id)

    def delete(self) -> None:
        """Ask, then forget the draft."""
        if self.draft is None:
            return
        words = "Ce qui est saisi sera perdu. Aucun numéro n’a été pris."
        if self._tools.dialogs.confirm("Supprimer ce brouillon ?", words, "Supprimer", is_destructive=True):
            self._delete(self._deleted)

    def _delete(self, then: Callable[[object], None]) -> None:
        draft = self.release()
        if draft is not None:
            self._tools.background.run(lambda: self._presenter.delete(draft.id), success=then, lane=Lane.WRITE)

    def _deleted(self, _result: object) -> None:
        self._announce()
        self.deleted.emit()
