"""Credit notes, deals, templates and attached files in memory, for the window: they answer at once and note what was asked."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from einvoice_desktop.domain.credit import Creditable
from einvoice_desktop.domain.deposit import DepositProgress, deposit_kind
from einvoice_desktop.domain.draft import DraftAttachment, DraftForm, DraftLine
from einvoice_desktop.ports.records import BillingMandate, DepositGroup, Draft, Template, TemplateScope
from einvoice_desktop.services.attach_file import file_name, media_type_of
from einvoice_desktop.services.keep_templates import SYSTEM_TEMPLATES
from einvoice_desktop.services.make_credit_note import CreditState
from einvoice_desktop.services.request_deposit import Deal, DepositPlan

NOW = datetime(2026, 11, 21, 13, 2, tzinfo=UTC)
CREDIT = CreditState(
    "document-1",
    "FA2026-0123",
    "EUR",
    (Creditable("S", Decimal(20), Decimal("1000.00"), Decimal("200.00")),),
    Decimal("1200.00"),
    Decimal("240.00"),
)
DEAL = Deal(
    DepositGroup("group-1", "company", "buyer-1", "EUR", Decimal("10000.00"), NOW, "Agencement de la boutique"),
    DepositProgress(Decimal("10000.00"), Decimal("3000.00"), deposits=1),
    ("document-1",),
)


class _Deals:
    def __init__(self, world: Any) -> None:
        self._world = world
        self.files: dict[str, bytes] = {}
        self.kept: dict[str, Template] = {}
        self.mandates: dict[str, BillingMandate] = {}

    def draft_of(self, service: str, type_code: str, **changes: Any) -> Draft:
        rows = (DraftLine("Rayonnage chêne", "1", "C62", "800,00", "S20"),)
        form = DraftForm(type_code=type_code, buyer_id="buyer-1", issue_date="2026-11-21", lines=rows)
        draft = Draft(
            f"{service}-{len(self._world.drafts) + 1}", "company", replace(form, **changes), NOW, Decimal("960.00")
        )
        self._world.drafts[draft.id] = draft
        return draft

    def total(self, document_id: str, reason: str = "") -> Draft:
        self._world.note("credit_notes.total", document_id, reason)
        return self.draft_of("credit", "381", source_id=document_id, preceding_number=CREDIT.number, note=reason)

    def cancel_refused(self, document_id: str, reason: str = "") -> Draft:
        self._world.note("credit_notes.cancel_refused", document_id, reason)
        return self.draft_of("credit", "381", source_id=document_id, preceding_number=CREDIT.number, note=reason)

    def partial(self, document_id: str, lines: tuple[object, ...], reason: str = "") -> Draft:
        self._world.note("credit_notes.partial", document_id, lines, reason)
        return self.draft_of("credit", "381", source_id=document_id, preceding_number=CREDIT.number, note=reason)

    def correct(self, document_id: str, reason: str = "") -> Draft:
        self._world.note("corrections.start", document_id, reason)
        return self.draft_of("correction", "384", source_id=document_id, preceding_number=CREDIT.number, note=reason)

    def plan(
        self, amount: Decimal, *, group_id: str = "", deal_total: Decimal | None = None, currency: str = "EUR"
    ) -> DepositPlan:
        progress = DEAL.progress if group_id else DepositProgress(deal_total or Decimal(0))
        return DepositPlan(deposit_kind(amount, progress), amount, progress.remaining, currency)

    def first(self, company_id: str, buyer_id: str, **asked: Any) -> Draft:
        self._world.note("deposits.first", company_id, buyer_id, asked)
        return self.draft_of("deposit", "386", buyer_id=buyer_id, deal_total=str(asked["deal_total"]))

    def further(self, group_id: str, amount: Decimal) -> Draft:
        self._world.note("deposits.further", group_id, amount)
        return self.draft_of("deposit", "386", deposit_group_id=group_id)

    def of_draft(self, draft_id: str, percent: Decimal) -> Draft:
        self._world.note("deposits.of_draft", draft_id, percent)
        return self.draft_of("deposit", "386", deal_total="10000")

    def balance(self, group_id: str) -> Draft:
        self._world.note("balances.make", group_id)
        return self.draft_of("balance", "380", deposit_group_id=group_id, payment_state="final")

    def new_self_billed(self, company_id: str, supplier_id: str, type_code: str = "389") -> Draft:
        self._world.note("self_billing.new", company_id, supplier_id, type_code)
        return self.draft_of("self-billed", type_code, buyer_id=supplier_id)

    def add_file(self, draft_id: str, filename: str, content: bytes, description: str = "") -> DraftAttachment:
        self._world.note("attachments.add", draft_id, filename)
        name, sha256 = file_name(filename), hashlib.sha256(content).hexdigest()
        self.files[sha256] = content
        return DraftAttachment(sha256, name, media_type_of(content, name), name, description or "DOCUMENT_ANNEXE")

    def save_template(self, template: Template) -> Template:
        self._world.note("templates.save", template)
        self.kept[template.id] = template
        return template

    def current(self, company_id: str, template_id: str = "") -> Template:
        del company_id
        chosen = next((t for t in (*self.kept.values(), *SYSTEM_TEMPLATES) if t.id == template_id), None)
        return chosen or next((t for t in self.kept.values() if t.is_default), SYSTEM_TEMPLATES[0])


def deals(world: Any) -> dict[str, Any]:
    """The services of this room by their names in the catalogue."""
    made = _Deals(world)
    return {
        "credit_notes": SimpleNamespace(
            state=lambda document_id: replace(CREDIT, document_id=document_id),
            total=made.total,
            partial=made.partial,
            cancel_refused=made.cancel_refused,
        ),
        "corrections": SimpleNamespace(why_not=lambda document_id: "", start=made.correct),
        "deposits": SimpleNamespace(
            deals=lambda company_id, buyer_id="", only_open=True: (DEAL,),
            deal=lambda group_id: DEAL,
            deal_of=lambda document_id: None,
            plan=made.plan,
            first=made.first,
            further=made.further,
            of_draft=made.of_draft,
        ),
        "balances": SimpleNamespace(make=made.balance, of_draft=lambda group_id, draft_id: world.drafts[draft_id]),
        "self_billing": SimpleNamespace(
            mandate=lambda company_id, supplier_id: made.mandates.get(supplier_id),
            record_mandate=lambda mandate: made.mandates.__setitem__(mandate.supplier_id, mandate),
            end_mandate=lambda company_id, supplier_id: made.mandates.pop(supplier_id, None),
            new=made.new_self_billed,
        ),
        "templates": SimpleNamespace(
            all=lambda company_id: (*made.kept.values(), *SYSTEM_TEMPLATES),
            get=lambda template_id: made.current("", template_id),
            current=made.current,
            new=lambda company_id, for_all=False: Template(
                f"template-{len(made.kept) + 1}",
                "",
                TemplateScope.TENANT if for_all else TemplateScope.COMPANY,
                "" if for_all else company_id,
            ),
            save=made.save_template,
            set_default=lambda template_id, is_default=True: world.note("templates.set_default", template_id),
            delete=lambda template_id: made.kept.pop(template_id, None),
            copy_of=lambda template_id, company_id: replace(
                made.current("", template_id), id="copy", scope=TemplateScope.COMPANY, company_id=company_id
            ),
        ),
        "attachments": SimpleNamespace(
            add=made.add_file,
            remove=lambda draft_id, index: world.note("attachments.remove", draft_id, index),
            content=made.files.__getitem__,
        ),
    }
