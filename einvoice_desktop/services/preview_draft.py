"""The page of what is being typed, as it would be printed."""

from __future__ import annotations

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ports.documents import PdfMaker
from einvoice_desktop.ports.unit_of_work import Store
from einvoice_desktop.services.keep_templates import appearance_of

PREVIEW_MARK = "APERÇU"


class PreviewDraft:
    """Draws previews; nothing is kept."""

    def __init__(self, store: Store, pdf: PdfMaker) -> None:
        self._store, self._pdf = store, pdf

    def render(self, context: ComposeContext, form: DraftForm) -> bytes | None:
        """The PDF of ``form``, marked as a preview; ``None`` while there is nothing to draw."""
        invoice = compose(form, context).invoice
        if invoice is None:
            return None
        with self._store.reading() as work:  # read anew: a template just edited shows at once
            appearance = appearance_of(
                work, context.company, self._store.environment, form, context.buyer, PREVIEW_MARK
            )
        return self._pdf.render(invoice, appearance)
