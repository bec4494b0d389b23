"""What follows each key: the composition at once, the official verdict and the page a moment later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from einvoice_desktop.domain.compose import ComposeContext, Composition, compose
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.services.check_draft import DraftVerdict, merge
from einvoice_desktop.ui.background import Background, Latest
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter

_VERDICT_DELAY, _PREVIEW_DELAY, _PROOF_DELAY = 20, 200, 700
"""Milliseconds after the last key. The verdict hardly waits: while one is under way only the newest text is checked
next, so that a fast hand never queues work. The proof of the file, which is slower, waits for a pause."""


class Checking(QObject):
    """What is known of the form. ``form`` tells what stands in the widgets; ``shows_page`` whether the page is looked at.

    Signals:
        composed: totals and findings of ours were computed. judged: the verdict came. drawn: the page as bytes, or
        ``None``.
    """

    composed = Signal()
    judged = Signal(object)
    drawn = Signal(object)

    def __init__(
        self,
        presenter: EditorPresenter,
        background: Background,
        form: Callable[[], DraftForm],
        shows_page: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._presenter, self._form, self._shows_page = presenter, form, shows_page
        self.context: ComposeContext | None = None
        self.composition: Composition | None = None
        self.verdict: DraftVerdict | None = None
        self._official: tuple[Finding, ...] = ()
        self._checks: Latest[DraftVerdict] = Latest(background)
        self._pages: Latest[bytes | None] = Latest(background)
        self._proofs: Latest[DraftVerdict] = Latest(background)
        self._verdict_timer = self._timer(_VERDICT_DELAY, self.check)
        self._page_timer = self._timer(_PREVIEW_DELAY, self.draw)
        self._proof_timer = self._timer(_PROOF_DELAY, self.prove)

    def _timer(self, delay: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(run)
        return timer

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Ours on what stands there now, then what the official rules said last."""
        return merge(self.composition.findings, self._official) if self.composition is not None else ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Those that forbid issuing."""
        return tuple(finding for finding in self.findings if finding.is_blocking)

    def begin(self, context: ComposeContext) -> None:
        """Another draft, or another customer: what was known no longer holds."""
        self.context = context
        self._official, self.verdict = (), None
        self.compose()
        self.check()
        self.draw()

    def take_file(self, sha256: str, content: bytes) -> None:
        """The form may name these bytes from now on."""
        if self.context is not None:
            self.context = replace(self.context, files={**self.context.files, sha256: content})

    def stop(self) -> None:
        """Nobody looks any more."""
        self._verdict_timer.stop()
        self._page_timer.stop()
        self._proof_timer.stop()
        self._checks.cancel()
        self._pages.cancel()
        self._proofs.cancel()
        self.context = None

    def follow(self) -> None:
        """Something was typed."""
        self.compose()
        self._proof_timer.stop()
        self._proofs.cancel()
        self._verdict_timer.start()
        self._page_timer.start()

    def compose(self) -> None:
        """Totals and findings of ours, at once."""
        if self.context is not None:
            self.composition = compose(self._form(), self.context)
            self.composed.emit()

    def check(self) -> None:
        """Ask for the verdict."""
        if self.context is not None:
            context, form = self.context, self._form()
            self._checks.run(lambda: self._presenter.check(context, form), self._judged)

    def _judged(self, verdict: DraftVerdict) -> None:
        if self.context is None:
            return
        self._keep(verdict)
        self._proof_timer.start()

    def prove(self) -> None:
        """Ask for the light of the file, once nothing moves."""
        if self.context is not None and self.verdict is not None:
            context, form, verdict = self.context, self._form(), self.verdict
            self._proofs.run(lambda: self._presenter.prove(context, form, verdict), self._proven)

    def _proven(self, verdict: DraftVerdict) -> None:
        if self.context is not None:
            self._keep(verdict)

    def _keep(self, verdict: DraftVerdict) -> None:
        self.verdict = verdict
        ours = verdict.composition.findings
        self._official = tuple(finding for finding in verdict.findings if finding not in ours)
        self.judged.emit(verdict)

    def draw(self) -> None:
        """Ask for the page, when it is looked at."""
        if self.context is not None and self._shows_page():
            context, form = self.context, self._form()
            self._pages.run(lambda: self._presenter.preview(context, form), self._drawn)

    def _drawn(self, content: bytes | None) -> None:
        if self.context is not None:
            self.drawn.emit(content)
