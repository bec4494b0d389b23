"""Saving what is being typed, as it is typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.form_of import contents_of, form_of
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.unit_of_work import Draft, Store, UnitOfWork


class SaveDraft:
    """Drafts of a store: nothing typed is lost, readable or not."""

    def __init__(self, store: Store, reader: InvoiceReader, clock: Clock) -> None:
        self._store, self._reader, self._clock = store, reader, clock

    def new(self, company_id: str, type_code: str = "380") -> Draft:
        """A draft dated today, with one empty row and the company's defaults."""
        with self._store.unit_of_work() as work:
            company = work.companies.get(company_id)
            if company is None:
                raise UserError("ED-NO-COMPANY")
            form = DraftForm(
                type_code=type_code,
                issue_date=self._clock.today().isoformat(),
                nature=company.nature,
                lines=(blank_line(company),),
            )
            draft = Draft(str(uuid4()), company_id, form, self._clock.now())
            work.drafts.save(draft)
            work.commit()
        return draft

    def get(self, draft_id: str) -> Draft:
        """One draft.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            draft = work.drafts.get(draft_id)
        if draft is None:
            raise UserError("ED-NOT-FOUND", what="draft")
        return draft

    def save(self, draft_id: str, form: DraftForm) -> Draft:
        """Replace what the draft holds.

        Raises:
            UserError: ``ED-NOT-FOUND``: it was issued or deleted meanwhile.
        """
        with self._store.unit_of_work() as work:
            draft = work.drafts.get(draft_id)
            if draft is None:
                raise UserError("ED-NOT-FOUND", what="draft")
            saved = replace(draft, form=form, updated_at=self._clock.now(), with_vat=self._total(work, draft, form))
            work.drafts.save(saved)
            work.commit()
        return saved

    def _total(self, work: UnitOfWork, draft: Draft, form: DraftForm) -> Decimal | None:
        """What lists show of a draft: BT-112 of the rows that can be read."""
        company = work.companies.get(draft.company_id)
        if company is None:
            return None
        buyer = work.buyers.get(draft.company_id, form.buyer_id) if form.buyer_id else None
        totals = compose(form, ComposeContext(company, buyer, self._clock.today())).totals
        return totals.with_vat if totals is not None else None

    def delete(self, draft_id: str) -> None:
        """Forget a draft; it never had a number."""
        with self._store.unit_of_work() as work:
            work.drafts.delete(draft_id)
            work.commit()

    def duplicate(self, source_id: str) -> Draft:
        """A new draft with the content of a draft or of an issued document, dated today, nothing of it paid yet.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.unit_of_work() as work:
            source = work.drafts.get(source_id)
            company_id, form, files = (
                (source.company_id, source.form, {}) if source is not None else self._issued(work, source_id)
            )
            form = replace(
                form,
                issue_date=self._clock.today().isoformat(),
                due_date="",
                delivery_date="",
                tax_point_date="",
                paid="",
            )
            draft = Draft(str(uuid4()), company_id, form, self._clock.now())
            draft = replace(draft, with_vat=self._total(work, draft, form))
            work.drafts.save(draft)
            for content in files.values():
                work.files.keep(draft.id, content)
            work.commit()
        return draft

    def _issued(self, work: UnitOfWork, document_id: str) -> tuple[str, DraftForm, dict[str, bytes]]:
        """Company, form and attached files of an issued document."""
        issued = work.issued.get(document_id)
        if issued is None:
            raise UserError("ED-NOT-FOUND", what="document")
        invoice = self._reader.read_json(issued.json)
        form = form_of(invoice, issued.buyer_id, work.companies.get(issued.company_id))
        return issued.company_id, form, contents_of(invoice)


def blank_line(company: Company) -> DraftLine:
    """An empty row with the VAT the company charges by default."""
    return DraftLine(vat="FRANCHISE" if company.is_franchise else "S20")
