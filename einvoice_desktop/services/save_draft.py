"""Saving what is being typed, as it is typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.form_of import contents_of, form_of
from einvoice_desktop.domain.form_payment import without_card
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES, TypeCode
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import DepositRole, IssuedDocument, Relation
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
            form = without_card(form)
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

        The duplicate of an issued credit note credits the same document, that of a deposit belongs to the same deal;
        that of a balance or of a corrected invoice is a plain invoice.

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
        return issued.company_id, _again(work, issued, form), contents_of(invoice)


def blank_line(company: Company) -> DraftLine:
    """An empty row with the VAT the company charges by default."""
    return DraftLine(vat="FRANCHISE" if company.is_franchise else "S20")


_ORIGINAL = {
    TypeCode.CORRECTED: TypeCode.INVOICE,
    TypeCode.SELF_BILLED_CORRECTED: TypeCode.SELF_BILLED,
    TypeCode.FACTORED_CORRECTED: TypeCode.FACTORED,
    TypeCode.SELF_BILLED_FACTORED_CORRECTED: TypeCode.SELF_BILLED_FACTORED,
}
"""What a corrected invoice is a correction of."""


def _again(work: UnitOfWork, issued: IssuedDocument, form: DraftForm) -> DraftForm:
    """``form`` of an issued document, bound again to what the document is bound to, or to nothing."""
    if form.type_code in CREDIT_NOTE_TYPES:
        credited = [link.target_id for link in work.links.of(issued.id) if link.relation is Relation.CREDITS]
        return replace(form, source_id=credited[0] if credited else "")
    if form.type_code in CORRECTED_TYPES:
        form = replace(form, type_code=_ORIGINAL[TypeCode(form.type_code)].value)
    member = work.deposits.member(issued.id)
    group = work.deposits.get(member.group_id) if member is not None else None
    if member is not None and group is not None and member.role is DepositRole.DEPOSIT:
        return replace(form, deposit_group_id=group.id, deal_reference=group.reference)
    numbers = [number for number in (form.preceding_number, *(row.number for row in form.references)) if number]
    rows = tuple(
        row
        for row in form.lines
        if not (row.quantity.startswith("-") and any(number in row.name for number in numbers))
    )
    state = "due" if form.payment_state == "final" else form.payment_state
    return replace(form, lines=rows, payment_state=state, preceding_number="", preceding_date="", references=())
