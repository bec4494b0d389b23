"""What the editor computes, without widgets: opening and saving drafts, the order of problems, mending a form.

Blocking calls (they reach a service) are run in the background by the page; the rest is pure and instant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftAttachment, DraftForm, DraftNote
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ports.queries import BuyerRow
from einvoice_desktop.ports.unit_of_work import Draft, IssuedDocument
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.check_draft import DraftVerdict
from einvoice_desktop.services.issue_invoice import IssueSummary
from einvoice_desktop.services.request_deposit import Deal
from einvoice_desktop.ui.screens.editor.story import Story, is_first_deposit

FORM_ORDER = (
    "type_code", "preceding_number", "preceding_date", "buyer_id", "issue_date", "due_date", "nature", "deal_reference",
    "deal_total", "lines", "purchase_order", "delivery_date", "note", "payment_state",
    "global_discount", "changes",
    "period_start", "period_end", "delivery_name", "delivery_line1", "delivery_line2", "delivery_postal_code",
    "delivery_city", "delivery_country",
    "buyer_reference", "contract", "project", "sales_order", "despatch_advice", "receiving_advice", "tender",
    "accounting_reference", "object_id", "object_scheme", "references",
    "payment_means", "payment_terms", "iban", "bic", "remittance", "mandate", "creditor_id", "debited_account",
    "card_number", "card_holder", "paid", "rounding",
    "tax_point", "tax_point_date", "process", "prices_include_vat", "currency", "exchange_rate", "notes",
    "attachments", "template_id", "language", "profile",
)  # fmt: skip
"""Fields of the form in the order one meets them."""
LINE_ORDER = (
    "name", "quantity", "unit", "unit_price", "discount", "vat", "base_quantity", "discount_amount",
    "discount_reason", "charge", "charge_reason", "period_start", "period_end", "description", "note", "product_code",
    "buyer_product_code", "standard_product_code", "origin_country", "classification", "classification_list",
    "attributes", "order", "order_line", "despatch_advice", "deposit_number", "deposit_date", "accounting_reference",
    "object_id", "object_scheme", "exemption_reason",
)  # fmt: skip
MISSING_CODES = frozenset({"ED-REQUIRED", "ED-NO-BUYER", "ED-NO-LINE", "ED-VAT-CATEGORY"})
"""Codes that only say « not filled in yet »: no reproach before the field was visited."""

_SEARCH_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft ready to be typed in; ``is_new``: made for this visit, to be forgotten if nothing is typed."""

    draft: Draft
    context: ComposeContext
    is_new: bool = False


class EditorPresenter:
    """The editor's side of the services."""

    def __init__(self, services: Services) -> None:
        self._services = services

    # -- blocking: in the background only ------------------------------------------------------------------------

    def open(self, company_id: str, argument: str) -> Opened:
        """The draft named by ``argument`` (identifier, or ``new:<type code>[:<buyer id>]``)."""
        drafts = self._services.drafts
        if not argument.startswith("new"):
            draft = drafts.get(argument)
            return Opened(draft, self.context(draft.company_id, draft.form))
        type_code, _, buyer_id = argument.removeprefix("new").strip(":").partition(":")
        draft = drafts.new(company_id, type_code or "380")
        if buyer_id:
            draft = replace(draft, form=replace(draft.form, buyer_id=buyer_id))
        return Opened(draft, self.context(company_id, draft.form), is_new=not buyer_id)

    def context(self, company_id: str, form: DraftForm) -> ComposeContext:
        """What ``form`` is read against."""
        return self._services.check.context_for(company_id, form)

    def check(self, context: ComposeContext, form: DraftForm) -> DraftVerdict:
        """The official verdict."""
        return self._services.check.check(context, form)

    def prove(self, context: ComposeContext, form: DraftForm, verdict: DraftVerdict) -> DraftVerdict:
        """The verdict with its third light: the file made, opened again and compared with its XML."""
        return self._services.check.with_page(context, form, verdict)

    def preview(self, context: ComposeContext, form: DraftForm) -> bytes | None:
        """The page as it would be printed."""
        return self._services.preview.render(context, form)

    def save(self, draft_id: str, form: DraftForm) -> Draft:
        """Keep what is typed."""
        return self._services.drafts.save(draft_id, form)

    def delete(self, draft_id: str) -> None:
        """Forget the draft."""
        self._services.drafts.delete(draft_id)

    def duplicate(self, draft_id: str, form: DraftForm) -> Draft:
        """Another draft with the same content."""
        self._services.drafts.save(draft_id, form)
        return self._services.drafts.duplicate(draft_id)

    def buyers(self, company_id: str, text: str) -> tuple[BuyerRow, ...]:
        """Customers whose name or identifier holds ``text``."""
        return self._services.queries.buyers(company_id, search=text, limit=_SEARCH_LIMIT).rows

    def create_buyer(self, buyer: Buyer) -> Buyer:
        """Add a customer to the registry."""
        self._services.buyers.save(buyer)
        return buyer

    def new_buyer(self, company_id: str, name: str) -> Buyer:
        """A blank customer, not yet kept."""
        return self._services.buyers.new(company_id, name)

    def attach_file(self, draft_id: str, path: Path) -> tuple[DraftAttachment, bytes]:
        """Attach the file at ``path``; what was kept, and its bytes."""
        return self.attach(draft_id, path.name, path.read_bytes())

    def attach(self, draft_id: str, name: str, content: bytes) -> tuple[DraftAttachment, bytes]:
        """Attach bytes under a name."""
        return self._services.attachments.add(draft_id, name, content), content

    def templates(self, company_id: str) -> tuple[tuple[str, str], ...]:
        """Page templates one may choose: (identifier, name)."""
        return tuple((template.id, template.name) for template in self._services.templates.all(company_id))

    def story(self, company_id: str, form: DraftForm) -> Story:
        """The documents around ``form``: open deals of the customer, its own deal, what may still be credited."""
        services = self._services
        open_deals: tuple[Deal, ...] = ()
        if is_first_deposit(form) and form.buyer_id:
            open_deals = services.deposits.deals(company_id, form.buyer_id)
        deal = services.deposits.deal(form.deposit_group_id) if form.deposit_group_id else None
        is_credit = form.source_id and form.type_code in CREDIT_NOTE_TYPES
        return Story(open_deals, deal, services.credit_notes.state(form.source_id) if is_credit else None)

    def further_deposit(self, group_id: str, amount: Decimal) -> str:
        """A draft of a further deposit of a deal; its identifier."""
        return self._services.deposits.further(group_id, amount).id

    def balance(self, group_id: str) -> str:
        """A draft of the balance of a deal; its identifier."""
        return self._services.balances.make(group_id).id

    def summary(self, draft_id: str, form: DraftForm) -> IssueSummary:
        """Keep the form, then say what issuing it would do."""
        self._services.drafts.save(draft_id, form)
        return self._services.issue.summary(draft_id)

    def issue(self, draft_id: str, *, send: bool) -> IssuedDocument:
        """Issue: number, register, frozen bytes; and queue it for the platform when ``send``."""
        return self._services.issue.issue_draft(draft_id, send=send)


# -- pure ------------------------------------------------------------------------------------------------------------


def place_rank(place: str) -> tuple[int, int, int]:
    """Where a field comes in the form; unknown ones last."""
    head, _, rest = place.partition(".")
    order = FORM_ORDER.index(head) if head in FORM_ORDER else len(FORM_ORDER)
    row, _, field = rest.partition(".")
    names = LINE_ORDER if head == "lines" else ()
    column = names.index(field) if field in names else len(names)
    return order, int(row) if row.isdecimal() else 0, column


def is_known_place(place: str) -> bool:
    """Whether the form has that field."""
    return place.partition(".")[0] in FORM_ORDER


def is_mendable(place: str) -> bool:
    """Whether a value can be put there by a button: a customer is chosen, never typed."""
    return is_known_place(place) and place != "buyer_id"


def problem_places(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Fields with something to mend, in the order of the form: errors, or warnings when there is no error."""
    known = [f for f in findings if is_known_place(f.place)]
    chosen = [f for f in known if f.is_blocking] or known
    return tuple(sorted(dict.fromkeys(f.place for f in chosen), key=place_rank))


def next_place(places: tuple[str, ...], current: str, step: int) -> str:
    """The place after (or before) ``current``, round the form; empty when there is none."""
    if not places:
        return ""
    if current in places:
        return places[(places.index(current) + step) % len(places)]
    rank = place_rank(current) if current else (-1, 0, 0)
    later = [place for place in places if place_rank(place) > rank]
    if step > 0:
        return later[0] if later else places[0]
    earlier = [place for place in places if place_rank(place) < rank]
    return earlier[-1] if earlier else places[-1]


def mended(form: DraftForm, place: str, value: str) -> DraftForm:
    """``form`` with ``value`` at ``place``; unchanged when there is no such place.

    ``notes.PMT`` is the mention of that subject, there already or not.
    """
    head, _, rest = place.partition(".")
    if head not in {f.name for f in fields(DraftForm)}:
        return form
    present = getattr(form, head)
    if not isinstance(present, tuple):
        change: dict[str, Any] = {} if rest else {head: value}
        return replace(form, **change)
    row_text, _, field = rest.partition(".")
    if head == "notes" and rest and not row_text.isdecimal():
        others = tuple(note for note in form.notes if note.subject != rest)
        return replace(form, notes=(*others, DraftNote(rest, value)))
    row = int(row_text) if row_text.isdecimal() else len(present)
    if row >= len(present) or field not in {f.name for f in fields(present[row])}:
        return form
    entry = replace(present[row], **{field: value})
    rows: dict[str, Any] = {head: (*present[:row], entry, *present[row + 1 :])}
    return replace(form, **rows)


def is_untouched(form: DraftForm, initial: DraftForm) -> bool:
    """Whether nothing worth keeping was typed since ``initial``."""
    return without_blank_rows(form) == without_blank_rows(initial)


def without_blank_rows(form: DraftForm) -> DraftForm:
    """``form`` without the blank rows at its end."""
    lines = list(form.lines)
    while lines and lines[-1].is_blank:
        lines.pop()
    return replace(form, lines=tuple(lines))


def shown_at_field(
    findings: Iterable[Finding], form: DraftForm, *, visited: frozenset[str], current_row: int, shows_all: bool
) -> dict[str, Finding]:
    """The first finding of each field that deserves to be shown there now.

    What is merely not filled in yet is not a fault while one has not been there, nor in the row one is typing.
    """
    shown: dict[str, Finding] = {}
    for finding in findings:
        place = finding.place
        if place in shown and not (finding.is_blocking and not shown[place].is_blocking):
            continue
        if shows_all or _is_due(finding, form, visited, current_row):
            shown[place] = finding
    return shown


def _is_due(finding: Finding, form: DraftForm, visited: frozenset[str], current_row: int) -> bool:
    head, _, rest = finding.place.partition(".")
    if head == "lines":
        row_text, _, field = rest.partition(".")
        row = int(row_text) if row_text.isdecimal() else -1
        value = getattr(form.lines[row], field, "") if 0 <= row < len(form.lines) else ""
        return bool(value) or (row != current_row and finding.code != "ED-NO-LINE")
    return finding.code not in MISSING_CODES or finding.place in visited
