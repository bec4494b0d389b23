"""Lists over the in-memory store, by plain loops: slow, obvious, and the oracle of the real ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from einvoice_desktop.domain.lifecycle import STATUSES, Phase, state_after
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.typed import parse_date, parse_decimal
from einvoice_desktop.ports.queries import (
    BuyerRow,
    Counters,
    InvoiceRow,
    MonthTurnover,
    OutboxRow,
    Page,
    Receivables,
    ReceivedRow,
    VatMonth,
    VatRow,
)
from einvoice_desktop.ports.records import DocumentLink, Relation
from einvoice_desktop.ports.unit_of_work import DocumentSummary, Draft, IssuedDocument, OutboxEntry, OutboxState
from tests.fakes.store import FakeStore

RowT = TypeVar("RowT")

CREDIT_NOTES = ("381", "396", "261", "262", "502", "503")
SELF_BILLED = ("389", "501", "500", "471", "473", "261", "502")
DEPOSITS = ("386", "500", "503")
REFUSED = ("210", "213", "501")


def bare(text: str) -> str:
    for special, plain in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("’", "'")):
        text = text.replace(special, plain)
    letters = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


class FakeQueries:
    """Lists of a :class:`FakeStore`, as it was last committed."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def invoices(
        self, company_id: str, *, after: str = "", limit: int = 100, search: str = "", only: str = ""
    ) -> Page[InvoiceRow]:
        drafts = [d for d in self._store.state.drafts.values() if d.company_id == company_id]
        drafts.sort(key=lambda d: (d.updated_at, d.id), reverse=True)
        rows: list[InvoiceRow] = []
        if only in {"", "draft"}:
            rows += [self._draft_row(d) for d in drafts if self._is_draft_found(d, search)]
        if only == "credit_note":
            rows += [
                self._draft_row(d)
                for d in drafts
                if d.form.type_code in CREDIT_NOTES and self._is_draft_found(d, search)
            ]
        if only != "draft":
            issued = [d for d in reversed(self._store.state.issued.values()) if d.company_id == company_id]
            rows += [
                self._issued_row(d)
                for d in issued
                if self._is_wanted(d, only) and is_found(search, d.summary, d.search_text)
            ]
        return page_of(rows, lambda row: row.id, after, limit)

    def received(self, company_id: str, *, after: str = "", limit: int = 100, search: str = "") -> Page[ReceivedRow]:
        rows = [
            ReceivedRow(
                id=d.id,
                number=d.summary.number if d.summary else "",
                type_code=d.summary.type_code if d.summary else "",
                issue_date=d.summary.issue_date if d.summary else None,
                due_date=d.summary.due_date if d.summary else None,
                supplier_name=d.summary.party_name if d.summary else "",
                currency=d.summary.currency if d.summary else "",
                with_vat=d.summary.with_vat if d.summary else None,
                verdict=d.verdict,
                state=self._state(d.id),
                filename=d.filename,
                received_at=d.received_at,
            )
            for d in reversed(self._store.state.received.values())
            if d.company_id == company_id and is_found(search, d.summary, f"{d.search_text}\n{d.filename}")
        ]
        return page_of(rows, lambda row: row.id, after, limit)

    def buyers(self, company_id: str, *, search: str = "", after: str = "", limit: int = 100) -> Page[BuyerRow]:
        kept = [b for b in self._store.state.buyers.values() if b.company_id == company_id and not b.is_deleted]
        kept.sort(key=lambda b: (bare(b.name), b.id))
        rows = [
            BuyerRow(
                b.id, b.name, b.effective_siren, b.siret, b.address.city, b.address.country, b.email, b.is_individual
            )
            for b in kept
            if all(
                any(word in bare(text) for text in (b.name, b.effective_siren, b.siret, b.email, b.billing_email))
                for word in bare(search).split()
            )
        ]
        return page_of(rows, lambda row: row.id, after, limit)

    def outbox(self, company_id: str, *, limit: int = 200) -> tuple[OutboxRow, ...]:
        entries = [e for e in self._store.state.outbox.values() if e.company_id == company_id]
        newest = [e for _, _, e in sorted(((e.created_at, n, e) for n, e in enumerate(entries)), reverse=True)]
        return tuple(
            OutboxRow(
                e.id,
                e.document_id,
                self._number(e.document_id),
                e.syntax,
                e.state.value,
                e.attempts,
                e.next_try_at,
                e.last_error,
                e.created_at,
            )
            for e in newest[:limit]
        )

    def receivables(self, company_id: str, today: date) -> Receivables:
        sums = [ZERO, ZERO, ZERO]
        late: list[tuple[date, int, str]] = []
        for document in self._store.state.issued.values():
            is_wanted = document.company_id == company_id and self._is_wanted(document, "unpaid")
            if not is_wanted or document.summary.currency != "EUR":
                continue
            due_date = document.summary.due_date
            days = (today - due_date).days if due_date else 0
            sums[0 if days <= 0 else 1 if days <= 30 else 2] += (
                document.summary.due - self._paid(document.id) - self._cleared(document)
            )
            if due_date is not None and days > 0:
                late.append((due_date, len(late), document.id))
        rows = {row.id: row for row in self.invoices(company_id, only="unpaid", limit=10_000).rows}
        return Receivables(sums[0], sums[1], sums[2], len(late), rows[min(late)[2]] if late else None)

    def counters(self, company_id: str) -> Counters:
        state = self._store.state
        issued = [d for d in state.issued.values() if d.company_id == company_id]
        received = [d for d in state.received.values() if d.company_id == company_id]
        waiting = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN)
        problems = [d.id for d in issued if self._is_wanted(d, "rejected") or self._has_failed(d.id)]
        problems += [d.id for d in received if self._has_failed(d.id)]
        return Counters(
            drafts=sum(d.company_id == company_id for d in state.drafts.values()),
            waiting=sum(e.company_id == company_id and e.state in waiting for e in state.outbox.values()),
            problems=len(problems),
            refused_sendings=sum(
                e.company_id == company_id and e.state in {OutboxState.REFUSED, OutboxState.PARKED}
                for e in state.outbox.values()
            ),
            received_new=sum(self._is_new(d.id) for d in received),
            issued=len(issued),
            ledger_entries=sum(len(e) for scope, e in state.ledger.items() if scope.split("/")[0] == company_id),
            parked=len(state.parked),
        )

    def turnover(self, company_id: str, year: int) -> tuple[MonthTurnover, ...]:
        totals = dict.fromkeys(range(1, 13), Decimal(0))
        for document in self._store.state.issued.values():
            s = document.summary
            is_sale = s.currency == "EUR" and s.type_code not in (*DEPOSITS, *SELF_BILLED)
            if document.company_id == company_id and s.issue_date.year == year and is_sale:
                totals[s.issue_date.month] += -s.without_vat if s.type_code in CREDIT_NOTES else s.without_vat
        for link in self._links():
            document = self._store.state.issued[link.document_id]
            if document.company_id == company_id and document.summary.issue_date.year == year:
                totals[document.summary.issue_date.month] += self._moved(link)
        return tuple(MonthTurnover(year, month, amount) for month, amount in totals.items())

    def vat(self, company_id: str, year: int, month: int) -> VatMonth:
        sums: dict[tuple[str, Decimal | None], list[Decimal]] = {}
        left_out = 0
        for document in self._store.state.issued.values():
            s = document.summary
            is_dated = (s.issue_date.year, s.issue_date.month) == (year, month)
            if document.company_id != company_id or not is_dated or s.type_code in SELF_BILLED:
                continue
            sign = -1 if s.type_code in CREDIT_NOTES else 1
            counted = [(sign, document)]
            counted += [
                (-sign, self._store.state.issued[link.target_id])
                for link in self._links()
                if link.document_id == document.id and link.relation is Relation.CORRECTS
            ]
            left_out += not document.breakdown or any(group.tax_in_euro is None for group in document.breakdown)
            for factor, each in counted:
                for group in each.breakdown:
                    if group.tax_in_euro is not None and group.base_in_euro is not None:
                        kept = sums.setdefault((group.category, group.rate), [ZERO, ZERO])
                        kept[0] += factor * group.base_in_euro
                        kept[1] += factor * group.tax_in_euro
        rows = [VatRow(category, rate, base, tax) for (category, rate), (base, tax) in sums.items()]
        ordered = sorted(rows, key=lambda row: (row.category, -(row.rate if row.rate is not None else -1)))
        return VatMonth(year, month, tuple(ordered), left_out)

    def _links(self) -> list[DocumentLink]:
        return list(self._store.state.links.values())

    def _is_internal(self, document_id: str) -> bool:
        """A credit note of what was refused is never sent."""
        return any(
            link.document_id == document_id and link.relation is Relation.CREDITS and not self._stands(link.target_id)
            for link in self._links()
        )

    def _stands(self, document_id: str) -> bool:
        return self._state(document_id) not in REFUSED

    def _credits(self, document_id: str) -> list[IssuedDocument]:
        return [
            self._store.state.issued[link.document_id]
            for link in self._links()
            if link.target_id == document_id and link.relation is Relation.CREDITS and self._stands(link.document_id)
        ]

    def _moved(self, link: DocumentLink) -> Decimal:
        """What a link adds to the turnover of the month of its document."""
        document, target = (self._store.state.issued[i].summary for i in (link.document_id, link.target_id))
        if document.currency != "EUR" or link.relation is Relation.CREDITS:
            return ZERO
        if link.relation is Relation.BALANCES:
            same = (one for one in self._links() if one.target_id == link.target_id)
            first = next(one for one in same if one.relation is Relation.BALANCES)
            return link.without_vat if first == link else ZERO
        is_counted = target.currency == "EUR" and target.type_code not in (*DEPOSITS, *SELF_BILLED)
        return -link.without_vat if is_counted else ZERO

    def _cleared(self, document: IssuedDocument) -> Decimal:
        replacing = [
            link
            for link in self._links()
            if link.target_id == document.id and link.relation is Relation.CORRECTS and self._stands(link.document_id)
        ]
        if replacing:
            return document.summary.due
        return sum((c.summary.with_vat for c in self._credits(document.id)), ZERO)

    def _draft_row(self, draft: Draft) -> InvoiceRow:
        form = draft.form
        buyer = self._store.state.buyers.get(form.buyer_id)
        name = buyer.name if buyer else ""
        dates: tuple[date | None, date | None] = (parse_date(form.issue_date), parse_date(form.due_date))
        return InvoiceRow(
            draft.id,
            True,
            "",
            form.type_code,
            *dates,
            name,
            form.currency,
            draft.with_vat,
            "",
            "",
            Decimal(0),
            draft.updated_at,
        )

    def _is_draft_found(self, draft: Draft, search: str) -> bool:
        buyer = self._store.state.buyers.get(draft.form.buyer_id)
        texts = [draft.form.preceding_number, draft.form.purchase_order, draft.form.note]
        texts += [buyer.name] if buyer else []
        texts += [text for line in draft.form.lines for text in (line.name, line.description)]
        amounts = [] if draft.with_vat is None else [draft.with_vat]
        return is_inside(search, texts, amounts)

    def _issued_row(self, document: IssuedDocument) -> InvoiceRow:
        s = document.summary
        changes = [document.issued_at]
        changes += [
            self._store.state.issued[link.document_id].issued_at
            for link in self._links()
            if link.target_id == document.id
        ]
        changes += [e.recorded_at for e in self._store.state.events.get(document.id, ())]
        changes += [e.updated_at for e in self._sendings(document.id)]
        changes += [p.recorded_at for p in self._store.state.payments.get(document.id, ())]
        return InvoiceRow(
            document.id,
            False,
            s.number,
            s.type_code,
            s.issue_date,
            s.due_date,
            s.party_name,
            s.currency,
            s.with_vat,
            self._state(document.id),
            self._last(document.id, is_message=False),
            self._paid(document.id),
            max(changes),
            self._cleared(document),
        )

    def _is_wanted(self, document: IssuedDocument, only: str) -> bool:
        s, state = document.summary, self._state(document.id)
        sending, paid = self._last(document.id, is_message=False), self._paid(document.id)
        if only == "to_send":
            return state == "" and sending in {"", "withdrawn", "parked"} and not self._is_internal(document.id)
        if only == "rejected":
            return state in REFUSED or sending == "refused"
        if only == "credit_note":
            return s.type_code in CREDIT_NOTES
        if only == "unpaid":
            is_cashed = paid + self._cleared(document) >= s.due or (state == "212" and not paid)
            return not is_cashed and state not in (*REFUSED, "220") and s.type_code not in (*CREDIT_NOTES, *SELF_BILLED)
        return True

    def _has_failed(self, document_id: str) -> bool:
        return bool({self._last(document_id, is_message=m) for m in (True, False)} & {"refused", "parked"})

    def _is_new(self, document_id: str) -> bool:
        status = STATUSES.get(self._state(document_id))
        return self._state(document_id) == "" or (status is not None and status.phase is Phase.TRANSMISSION)

    def _state(self, document_id: str) -> str:
        return state_after(tuple(e.event for e in self._store.state.events.get(document_id, ())))

    def _paid(self, document_id: str) -> Decimal:
        return sum((p.amount for p in self._store.state.payments.get(document_id, ())), Decimal(0))

    def _sendings(self, document_id: str) -> list[OutboxEntry]:
        entries = [e for e in self._store.state.outbox.values() if e.document_id == document_id]
        return sorted(entries, key=lambda e: e.created_at)

    def _last(self, document_id: str, *, is_message: bool) -> str:
        states = [e.state.value for e in self._sendings(document_id) if (e.syntax == "CDAR") is is_message]
        return states[-1] if states else ""

    def _number(self, document_id: str) -> str:
        document = self._store.state.issued.get(document_id) or self._store.state.received.get(document_id)
        return document.summary.number if document and document.summary else ""


def page_of(rows: Sequence[RowT], key: Callable[[RowT], str], after: str, limit: int) -> Page[RowT]:
    keys = [key(row) for row in rows]
    start = keys.index(after) + 1 if after else 0
    kept = tuple(rows[start : start + limit])
    return Page(kept, key(kept[-1]) if start + limit < len(rows) else "")


def is_found(search: str, summary: DocumentSummary | None, further: str) -> bool:
    """Texts of three letters and more look everywhere, shorter ones at the start of numbers and names."""
    typed = bare(search)
    if 0 < len(typed) < 3:
        if summary is None:
            return False
        amount = parse_decimal(typed)
        words = [bare(summary.number), *bare_starts(summary.party_name)]
        return any(word.startswith(typed) for word in words) or (amount is not None and summary.with_vat == amount)
    if summary is None:
        return is_inside(search, further.split("\n"), ())
    texts = (summary.number, summary.party_name, summary.party_siren, *further.split("\n"))
    return is_inside(search, texts, (summary.with_vat, summary.without_vat, summary.due))


def bare_starts(text: str) -> list[str]:
    words = bare(text).split()
    return [" ".join(words[index:]) for index in range(len(words))]


def is_inside(search: str, texts: Sequence[str], amounts: Sequence[Decimal]) -> bool:
    typed = bare(search)
    words = typed.split()
    pieces = words if all(len(word) >= 3 for word in words) else [typed]
    if all(any(piece in bare(text) for text in texts) for piece in pieces):
        return True
    wanted = parse_decimal(typed)
    is_whole = "," not in typed and "." not in typed
    return wanted is not None and any(
        abs(amount) == wanted or (is_whole and int(abs(amount)) == wanted) for amount in amounts
    )
