"""The page of what is being typed, as it would be printed."""

from __future__ import annotations

from dataclasses import replace

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.parties import Address, Buyer, Company
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import PdfMaker
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Template
from einvoice_desktop.ports.unit_of_work import Store
from einvoice_desktop.services.keep_templates import appearance_of, look_of
from einvoice_desktop.services.safe_html import safe_html

PREVIEW_MARK, SAMPLE_MARK = "APERÇU", "MODÈLE"


class PreviewDraft:
    """Draws previews; nothing is kept."""

    def __init__(self, store: Store, pdf: PdfMaker, clock: Clock) -> None:
        self._store, self._pdf, self._clock = store, pdf, clock

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

    def sample(self, company_id: str, template: Template) -> bytes:
        """A page of the company as ``template`` would make it, saved or not, on a made-up invoice.

        Raises:
            UserError: ``ED-NO-COMPANY``.
        """
        with self._store.reading() as work:
            company = work.companies.get(company_id)
        if company is None:
            raise UserError("ED-NO-COMPANY")
        today = self._clock.today()
        number = f"{company.invoice_prefix}{today.year}-0042"
        invoice = compose(_sample_form(company), ComposeContext(company, _SAMPLE_BUYER, today, number)).invoice
        if invoice is None:
            raise ValueError("the made-up invoice is whole")
        clean = replace(template, footer_html=safe_html(template.footer_html))
        return self._pdf.render(invoice, look_of(clean, company, watermark=SAMPLE_MARK))


_SAMPLE_BUYER = Buyer(
    "sample", "", "Librairie du Port SAS", Address("4 quai de la Fosse", "", "", "44000", "Nantes"), siren="542051180"
)


def _sample_form(company: Company) -> DraftForm:
    vat = "FRANCHISE" if company.is_franchise else "S20"
    return DraftForm(
        nature=company.nature,
        purchase_order="BC-2291",
        lines=(
            DraftLine("Étagère d’angle en chêne", "3", "C62", "210", vat, discount="10", product_code="ETA-210"),
            DraftLine("Pose et réglages", "4", "HUR", "45", vat, description="Sur place, mobilier protégé"),
        ),
    )
