"""Crediting an issued document, in whole or in part: a draft whose parties are those of the document (R-059 to R-064)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import uuid4

from einvoice_desktop.domain.compose import ComposeContext, compose
from einvoice_desktop.domain.credit import Creditable, RateKey, above, credit_type
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.form_of import form_of, typed, vat_key
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO, plain, to_amount
from einvoice_desktop.domain.vat import VatTreatment
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import InvoiceReader
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Draft, IssuedDocument, Relation
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork
from einvoice_desktop.services.remaining import Bases, Remaining, bases_of, standing, why_not_credited


@dataclass(frozen=True, slots=True)
class CreditedLine:
    """What is credited of one line: all of it, a quantity at the same price, or an amount without VAT.

    Attributes:
        index: of the line in the document, from 0. quantity: of its unit. amount: without VAT.
    """

    index: int
    quantity: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CreditState:
    """What may still be credited of an issued document (R-034), in its currency.

    Attributes:
        groups: by VAT rate, without VAT. with_vat, credited_with_vat: BT-112, of the document and of its credit notes.
        credit_notes: identifiers of the standing credit notes. drafts: those being typed.
        reason: code of why no credit note may be made, empty when one may. number: of the document.
    """

    document_id: str
    number: str
    currency: str
    groups: tuple[Creditable, ...]
    with_vat: Decimal
    credited_with_vat: Decimal
    credit_notes: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_allowed(self) -> bool:
        """Whether a credit note may be made."""
        return not self.reason

    @property
    def remaining(self) -> Decimal:
        """What may still be credited without VAT, drafts counted."""
        return sum((group.remaining for group in self.groups), ZERO)

    @property
    def remaining_with_vat(self) -> Decimal:
        """What may still be credited with VAT: the document less its credit notes; drafts left out."""
        return max(self.with_vat - self.credited_with_vat, ZERO)


class MakeCreditNote:
    """Makes credit notes as drafts; issuing them is :class:`einvoice_desktop.services.issue_invoice.IssueInvoice`."""

    def __init__(self, store: Store, reader: InvoiceReader, remaining: Remaining, clock: Clock) -> None:
        self._store, self._reader, self._remaining, self._clock = store, reader, remaining, clock

    def state(self, document_id: str) -> CreditState:
        """What may still be credited, and why nothing may when that is so.

        ``reason``: ``ED-CREDIT-OF-CREDIT``, ``ED-CREDIT-REFUSED`` (210, 213, 501: nothing was admitted),
        ``ED-CREDIT-CANCELLED`` (220, or replaced), ``ED-CREDIT-DEDUCTED`` (a deposit its balance deducts),
        ``ED-CREDIT-EXHAUSTED``, ``ED-CREDIT-DRAFTED`` (drafts take all that remains).

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            return self._state(work, document)

    def total(self, document_id: str, reason: str = "") -> Draft:
        """A draft that credits all that remains: the same lines, or one line a VAT rate once a part is credited.

        ``reason`` is written as the note of the credit note (BT-22).

        Raises:
            UserError: ``ED-NOT-FOUND``, or the reason of :meth:`state`.
        """
        with self._store.unit_of_work() as work:
            document, state = self._allowed(work, document_id)
            return self._save(work, document, self._whole(work, document, state, reason))

    def cancel_refused(self, document_id: str, reason: str = "") -> Draft:
        """A draft that cancels in the books a document that was refused or rejected (210, 213, 501).

        The document keeps its number, and nobody is told: this credit note is issued without being sent.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-CREDIT-STANDS`` it was not refused; ``ED-CREDIT-EXHAUSTED``,
                ``ED-CREDIT-DRAFTED`` as in :meth:`state`.
        """
        with self._store.unit_of_work() as work:
            document = work.issued.get(document_id)
            if document is None:
                raise UserError("ED-NOT-FOUND", what="document")
            state = self._state(work, document)
            if state.reason != "ED-CREDIT-REFUSED":
                raise UserError("ED-CREDIT-STANDS", number=state.number)
            if _exhausted(state):
                raise UserError(_exhausted(state), number=state.number)
            return self._save(work, document, self._whole(work, document, state, reason))

    def _whole(self, work: UnitOfWork, document: IssuedDocument, state: CreditState, reason: str) -> DraftForm:
        """The form that credits all that remains."""
        invoice = self._reader.read_json(document.json)
        form = self._start(work, invoice, document, reason)
        wanted = {(group.category, group.rate): group.remaining for group in state.groups if group.remaining}
        if self._bases(work, document, form) != wanted:
            form = replace(form, lines=_remaining_lines(invoice, state.groups), changes=(), rounding="")
        return form

    def partial(self, document_id: str, lines: tuple[CreditedLine, ...], reason: str = "") -> Draft:
        """A draft that credits some lines; percentages of the whole document apply to them.

        Raises:
            UserError: ``ED-NOT-FOUND``; the reason of :meth:`state`; ``ED-CREDIT-EMPTY`` nothing is chosen;
                ``ED-CREDIT-LINE`` a quantity or amount is none, or more than the line's; ``ED-CREDIT-ABOVE`` more than
                remains at a rate.
        """
        if not lines:
            raise UserError("ED-CREDIT-EMPTY")
        with self._store.unit_of_work() as work:
            document, state = self._allowed(work, document_id)
            invoice = self._reader.read_json(document.json)
            form = self._start(work, invoice, document, reason)
            rows = tuple(_credited(invoice, form, wanted) for wanted in lines)
            changes = tuple(change for change in form.changes if change.percentage)
            form = replace(form, lines=rows, changes=changes, rounding="")
            self._refuse_above(state, self._bases(work, document, form))
            return self._save(work, document, form)

    def _allowed(self, work: UnitOfWork, document_id: str) -> tuple[IssuedDocument, CreditState]:
        document = work.issued.get(document_id)
        if document is None:
            raise UserError("ED-NOT-FOUND", what="document")
        state = self._state(work, document)
        if state.reason:
            raise UserError(state.reason, number=state.number)
        return document, state

    def _state(self, work: UnitOfWork, document: IssuedDocument) -> CreditState:
        notes = standing(work, document.id, Relation.CREDITS)
        state = CreditState(
            document_id=document.id,
            number=document.summary.number,
            currency=document.summary.currency,
            groups=self._remaining.creditable(work, document, today=self._clock.today()),
            with_vat=document.summary.with_vat,
            credited_with_vat=sum((note.summary.with_vat for note in notes), ZERO),
            credit_notes=tuple(note.id for note in notes),
            drafts=tuple(draft.id for draft in work.drafts.from_source(document.id) if _is_credit(draft)),
        )
        return replace(state, reason=why_not_credited(work, document) or _exhausted(state))

    def _start(self, work: UnitOfWork, invoice: Invoice, document: IssuedDocument, reason: str) -> DraftForm:
        kind = credit_type(str(invoice.type_code))
        return replace(
            form_of(invoice, document.buyer_id, work.companies.get(document.company_id)),
            type_code=str(kind),
            issue_date=self._clock.today().isoformat(),
            due_date="",
            payment_state="due",
            process="",
            paid="",
            rounding=typed(invoice.totals.rounding) if invoice.totals.rounding else "",
            note=reason.strip(),
            payment_terms=f"À déduire du règlement de la facture {invoice.number}, ou à rembourser.",
            preceding_number=invoice.number,
            preceding_date=invoice.issue_date.isoformat(),
            references=(),
            attachments=(),
            source_id=document.id,
        )

    def _bases(self, work: UnitOfWork, document: IssuedDocument, form: DraftForm) -> Bases:
        company = work.companies.get(document.company_id)
        if company is None:
            raise UserError("ED-NO-COMPANY")
        totals = compose(form, ComposeContext(company, None, self._clock.today())).totals
        return {key: base for key, base in bases_of(totals).items() if base} if totals is not None else {}

    @staticmethod
    def _refuse_above(state: CreditState, wanted: Bases) -> None:
        remaining: dict[RateKey, Decimal] = {(g.category, g.rate): g.remaining for g in state.groups}
        for key in above(state.groups, wanted):
            raise UserError(
                "ED-CREDIT-ABOVE",
                rate=plain(key[1]),
                wanted=f"{wanted[key]:f}",
                remaining=f"{remaining.get(key, ZERO):f}",
                currency=state.currency,
            )

    def _save(self, work: UnitOfWork, document: IssuedDocument, form: DraftForm) -> Draft:
        company = work.companies.get(document.company_id)
        totals = compose(form, ComposeContext(company, None, self._clock.today())).totals if company else None
        with_vat = totals.with_vat if totals is not None else None
        draft = Draft(str(uuid4()), document.company_id, form, self._clock.now(), with_vat)
        work.drafts.save(draft)
        work.commit()
        return draft


def _is_credit(draft: Draft) -> bool:
    return draft.form.type_code in CREDIT_NOTE_TYPES


def _exhausted(state: CreditState) -> str:
    if any(group.remaining for group in state.groups):
        return ""
    is_drafted = any(group.drafted for group in state.groups)
    return "ED-CREDIT-DRAFTED" if is_drafted else "ED-CREDIT-EXHAUSTED"


def _remaining_lines(invoice: Invoice, groups: tuple[Creditable, ...]) -> tuple[DraftLine, ...]:
    """One line for what remains of each VAT rate."""
    treatments = {(str(line.vat.category), line.vat.effective_rate.normalize()): line.vat for line in invoice.lines}
    lines = []
    for group in groups:
        if not group.remaining:
            continue
        treatment = treatments.get((group.category, group.rate)) or VatTreatment(group.category, group.rate)
        sign = "-1" if group.remaining < 0 else "1"
        rate = f" (TVA {plain(group.rate).replace('.', ',')} %)" if group.rate else ""
        name = f"Solde de la facture {invoice.number}{rate}"
        lines.append(
            DraftLine(name, sign, "C62", typed(abs(group.remaining)), vat_key(treatment)),
        )
    return tuple(lines)


def _credited(invoice: Invoice, form: DraftForm, wanted: CreditedLine) -> DraftLine:
    """The row of the credit note for one line of the document."""
    if not 0 <= wanted.index < len(invoice.lines):
        raise UserError("ED-CREDIT-LINE", name=str(wanted.index + 1))
    line, row = invoice.lines[wanted.index], form.lines[wanted.index]
    if wanted.amount is not None:
        if not 0 < wanted.amount <= abs(line.net_amount) or wanted.amount != to_amount(wanted.amount, invoice.currency):
            raise UserError("ED-CREDIT-LINE", name=line.name)
        return _of_amount(row, line, wanted.amount)
    if wanted.quantity is None or wanted.quantity == line.quantity:
        return row
    if not 0 < wanted.quantity / line.quantity <= 1:
        raise UserError("ED-CREDIT-LINE", name=line.name)
    if row.discount_amount or row.charge:  # an amount off the whole line is shared with the part credited
        part = to_amount(abs(line.net_amount) * wanted.quantity / line.quantity, invoice.currency)
        return _of_amount(row, line, part)
    return replace(row, quantity=typed(wanted.quantity))


def _of_amount(row: DraftLine, line: Line, amount: Decimal) -> DraftLine:
    return replace(
        row,
        quantity="-1" if line.net_amount < 0 else "1",
        unit="C62",
        unit_price=typed(amount),
        base_quantity="",
        discount="",
        discount_amount="",
        charge="",
    )
