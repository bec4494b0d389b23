"""Replacing an issued invoice by a corrected one (384): a draft of the whole new content that names the one replaced."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from einvoice_desktop.domain.credit import corrected_type
from einvoice_desktop.domain.form_of import contents_of, form_of, typed
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Draft
from einvoice_desktop.ports.unit_of_work import Store
from einvoice_desktop.services.remaining import why_not_corrected


class CorrectDocument:
    """Makes corrected invoices as drafts."""

    def __init__(self, store: Store, reader: InvoiceReader, clock: Clock) -> None:
        self._store, self._reader, self._clock = store, reader, clock

    def why_not(self, document_id: str) -> str:
        """Code of why that document cannot be replaced, empty when it can (see :meth:`start`).

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            return why_not_corrected(work, document)

    def start(self, document_id: str, reason: str = "") -> Draft:
        """A draft with the content of the document, to be corrected; every field may change, the customer too.

        ``reason`` is written as the note (BT-22). It names the document replaced, and no other (BR-FR-CO-04).

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-CORRECT-TYPE`` a credit note or a deposit; ``ED-CREDIT-REFUSED`` nothing was
                admitted: issue a new invoice; ``ED-CREDIT-CANCELLED`` cancelled or replaced already;
                ``ED-CORRECT-CREDITED`` credited in part; ``ED-CORRECT-DEAL`` the balance of a deal.
        """
        with self._store.unit_of_work() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            code = why_not_corrected(work, document)
            if code:
                raise UserError(code, number=document.summary.number)
            invoice = self._reader.read_json(document.json)
            form = replace(
                form_of(invoice, document.buyer_id, work.companies.get(document.company_id)),
                type_code=str(corrected_type(str(invoice.type_code))),
                issue_date=self._clock.today().isoformat(),
                due_date="",
                paid=typed(invoice.totals.paid) if invoice.totals.paid != invoice.totals.with_vat else "",
                preceding_number=invoice.number,
                preceding_date=invoice.issue_date.isoformat(),
                references=(),
                source_id=document.id,
            )
            form = replace(form, note=reason.strip() or form.note)
            draft = Draft(str(uuid4()), document.company_id, form, self._clock.now(), invoice.totals.with_vat)
            work.drafts.save(draft)
            for content in contents_of(invoice).values():
                work.files.keep(draft.id, content)
            work.commit()
        return draft
