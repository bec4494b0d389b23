"""From « Émettre » to an issued document: keep the form, show the summary, issue; nothing on the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.ports.unit_of_work import Draft, IssuedDocument
from einvoice_desktop.services.issue_invoice import IssueSummary
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.issue_sheet import IssueSheet
from einvoice_desktop.ui.screens.editor.kinds import kind_of
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter


class Issuing(QObject):
    """One issue at a time.

    Signals:
        busy_changed: whether one is under way. refused: how many points block, found at the last moment.
        not_checked: the official rules did not answer. issued: the document, and whether it was queued.
    """

    busy_changed = Signal(bool)
    refused = Signal(int)
    not_checked = Signal()
    issued = Signal(object, bool)

    def __init__(self, presenter: EditorPresenter, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter, self._tools = presenter, tools
        self._draft: Draft | None = None
        self._is_ready = self._sends = False

    @property
    def is_busy(self) -> bool:
        """Whether a document is being issued."""
        return self._draft is not None

    def start(self, draft: Draft, form: DraftForm, *, is_ready: bool) -> None:
        """Keep ``form`` and show what issuing does; ``is_ready``: Entrée then issues, else it cancels."""
        if self.is_busy:
            return
        self._draft, self._is_ready = draft, is_ready
        self.busy_changed.emit(True)
        self._tools.background.run(
            lambda: self._presenter.summary(draft.id, form),
            success=self._confirm,
            failure=self._failed,
            lane=Lane.WRITE,
        )

    def _confirm(self, summary: IssueSummary) -> None:
        draft = self._draft
        if draft is None:
            return
        if summary.verdict is not Verdict.CONFORMING:
            self._end()
            count = sum(1 for finding in summary.findings if finding.is_blocking)
            (self.refused.emit(count) if count else self.not_checked.emit())
            return
        sheet = IssueSheet(summary, kind_of(draft.form.type_code).that_one, is_ready=self._is_ready)
        if not self._tools.dialogs.show(sheet):
            self._end()
            return
        sends = self._sends = sheet.sends
        self._tools.background.run(
            lambda: self._presenter.issue(draft.id, send=sends),
            success=self._done,
            failure=self._failed,
            lane=Lane.WRITE,
        )

    def _done(self, document: IssuedDocument) -> None:
        self.issued.emit(document, self._sends)
        self._end()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._tools.dialogs.error(error)

    def _end(self) -> None:
        self._draft = None
        self.busy_changed.emit(False)
