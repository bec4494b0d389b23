"""Files that go with the document: chosen, dropped or pasted, read and kept away from the window's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from einvoice_desktop.domain.draft import DraftAttachment
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.editor.keeping import Keeping
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter
from einvoice_desktop.ui.screens.editor.sections.attachments import KINDS, AttachmentsSection

_PICTURE = "image collée.png"


class Files(QObject):
    """Attaches to the draft on show.

    Signals:
        kept: SHA-256 and bytes of a file, before the form names it.
    """

    kept = Signal(str, object)

    def __init__(self, presenter: EditorPresenter, tools: Tools, keeping: Keeping, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter, self._tools, self._keeping = presenter, tools, keeping
        self._section: AttachmentsSection | None = None

    def serve(self, section: AttachmentsSection) -> None:
        """Answer what ``section`` asks."""
        self._section = section
        section.files_asked.connect(self._choose)
        section.files_given.connect(self._take)
        section.picture_given.connect(self._take_picture)

    def _choose(self) -> None:
        self._take(self._tools.dialogs.choose_files("Joindre des fichiers", KINDS))

    def _take(self, paths: list[Path]) -> None:
        draft = self._keeping.draft
        for path in paths:
            if draft is not None:
                self._run(draft.id, partial(self._presenter.attach_file, draft.id, path))

    def _take_picture(self, content: bytes) -> None:
        draft = self._keeping.draft
        if draft is not None:
            self._run(draft.id, partial(self._presenter.attach, draft.id, _PICTURE, content))

    def _run(self, draft_id: str, work: partial[tuple[DraftAttachment, bytes]]) -> None:
        self._tools.background.run(
            lambda: (draft_id, *work()), success=self._attached, failure=self._tools.dialogs.error, lane=Lane.WRITE
        )

    def _attached(self, kept: tuple[str, DraftAttachment, bytes]) -> None:
        draft_id, attachment, content = kept
        if self._section is not None and self._keeping.draft is not None and self._keeping.draft.id == draft_id:
            self.kept.emit(attachment.sha256, content)
            self._section.append(attachment, len(content))
