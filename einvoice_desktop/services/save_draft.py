"""Saving what is being typed, as it is typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.compose import VAT_CHOICES, ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.money import plain
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
        """A new draft with the content of a draft or of an issued document, dated today.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.unit_of_work() as work:
            source = work.drafts.get(source_id)
            if source is not None:
                company_id, form = source.company_id, source.form
            else:
                issued = work.issued.get(source_id)
                if issued is None:
                    raise UserError("ED-NOT-FOUND", what="document")
                company_id = issued.company_id
                form = _form_of(self._reader.read_json(issued.json), issued.buyer_id)
            form = replace(form, issue_date=self._clock.today().isoformat(), due_date="", delivery_date="")
            draft = Draft(str(uuid4()), company_id, form, self._clock.now())
            work.drafts.save(draft)
            work.commit()
        return draft


def blank_line(company: Company) -> DraftLine:
    """An empty row with the VAT the company charges by default."""
    return DraftLine(vat="FRANCHISE" if company.is_franchise else "S20")


def _form_of(invoice: Invoice, buyer_id: str) -> DraftForm:
    """The form that would compose ``invoice`` again; the registry may have moved on since (R-012)."""
    return DraftForm(
        type_code=str(invoice.type_code),
        buyer_id=buyer_id,
        nature=invoice.business_process[:1] or "S",
        currency=invoice.currency,
        purchase_order=invoice.purchase_order_reference,
        contract=invoice.contract_reference,
        buyer_reference=invoice.buyer_reference,
        project=invoice.project_reference,
        note=next((n.text for n in invoice.notes if not n.subject), ""),
        payment_terms=invoice.payment_terms,
        lines=tuple(
            DraftLine(
                name=line.name,
                description=line.description,
                quantity=plain(line.quantity).replace(".", ","),
                unit=line.unit,
                unit_price=plain(line.net_price).replace(".", ","),
                vat=_vat_key(str(line.vat.category), plain(line.vat.effective_rate)),
                discount=next((plain(a.percentage) for a in line.allowances if a.percentage is not None), ""),
                product_code=line.seller_item_id,
            )
            for line in invoice.lines
        ),
    )


def _vat_key(category: str, rate: str) -> str:
    for choice in VAT_CHOICES.values():
        if str(choice.treatment.category) == category and plain(choice.treatment.effective_rate) == rate:
            return choice.key
    return ""
