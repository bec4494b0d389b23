"""In-memory repositories of links, deals, templates, mandates and files of drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.records import (
    BillingMandate,
    DepositGroup,
    DepositMember,
    DocumentLink,
    Template,
    TemplateScope,
)
from tests.fakes.store_state import State, sha256


class FakeLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, link: DocumentLink) -> None:
        self._state.check_writable()
        key = (link.document_id, link.target_id)
        are_issued = all(document_id in self._state.issued for document_id in key)
        if not are_issued or key in self._state.links or link.document_id == link.target_id:
            raise StoreConflictError(f"{link} cannot be kept")
        self._state.links[key] = link

    def of(self, document_id: str) -> tuple[DocumentLink, ...]:
        return self._in_order(link for link in self._state.links.values() if link.document_id == document_id)

    def to(self, target_id: str) -> tuple[DocumentLink, ...]:
        return self._in_order(link for link in self._state.links.values() if link.target_id == target_id)

    def _in_order(self, links: Iterable[DocumentLink]) -> tuple[DocumentLink, ...]:
        order = list(self._state.issued)
        return tuple(sorted(links, key=lambda link: order.index(link.document_id)))


class FakeDeposits:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, group: DepositGroup) -> None:
        self._state.check_writable()
        self._state.check_company(group.company_id)
        if group.id in self._state.groups:
            raise StoreConflictError(f"group {group.id} is there already")
        self._state.groups[group.id] = group

    def get(self, group_id: str) -> DepositGroup | None:
        return self._state.groups.get(group_id)

    def of_company(self, company_id: str) -> tuple[DepositGroup, ...]:
        found = [group for group in self._state.groups.values() if group.company_id == company_id]
        return tuple(sorted(sorted(found, key=lambda g: g.id), key=lambda g: g.created_at, reverse=True))

    def add_member(self, member: DepositMember) -> None:
        self._state.check_writable()
        is_known = member.document_id in self._state.issued and member.group_id in self._state.groups
        if not is_known or member.document_id in self._state.members:
            raise StoreConflictError(f"{member} cannot be kept")
        self._state.members[member.document_id] = member

    def members(self, group_id: str) -> tuple[DepositMember, ...]:
        order = list(self._state.issued)
        found = [member for member in self._state.members.values() if member.group_id == group_id]
        return tuple(sorted(found, key=lambda member: order.index(member.document_id)))

    def member(self, document_id: str) -> DepositMember | None:
        return self._state.members.get(document_id)


class FakeTemplates:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, template: Template) -> None:
        self._state.check_writable()
        if template.scope is TemplateScope.SYSTEM:
            raise StoreConflictError("a template of the program is not kept")
        if template.company_id:
            self._state.check_company(template.company_id)
        if (template.scope is TemplateScope.COMPANY) is not bool(template.company_id):
            raise StoreConflictError("a template is of one company or of all")
        scope = (template.scope, template.company_id)
        for other in list(self._state.templates.values()):
            if template.is_default and (other.scope, other.company_id) == scope:
                self._state.templates[other.id] = replace(other, is_default=False)
        self._state.templates[template.id] = template

    def get(self, template_id: str) -> Template | None:
        return self._state.templates.get(template_id)

    def of_company(self, company_id: str) -> tuple[Template, ...]:
        found = [t for t in self._state.templates.values() if t.company_id in {company_id, ""}]
        return tuple(sorted(found, key=lambda t: (t.scope.value, t.name, t.id)))

    def delete(self, template_id: str) -> None:
        self._state.check_writable()
        self._state.templates.pop(template_id, None)


class FakeMandates:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, mandate: BillingMandate) -> None:
        self._state.check_writable()
        self._state.check_company(mandate.company_id)
        if mandate.supplier_id not in self._state.buyers:
            raise StoreConflictError(f"no supplier {mandate.supplier_id}")
        self._state.mandates[mandate.company_id, mandate.supplier_id] = mandate

    def get(self, company_id: str, supplier_id: str) -> BillingMandate | None:
        return self._state.mandates.get((company_id, supplier_id))

    def delete(self, company_id: str, supplier_id: str) -> None:
        self._state.check_writable()
        self._state.mandates.pop((company_id, supplier_id), None)


class FakeFiles:
    def __init__(self, state: State) -> None:
        self._state = state

    def keep(self, draft_id: str, content: bytes) -> str:
        self._state.check_writable()
        if draft_id not in self._state.drafts:
            raise StoreConflictError(f"no draft {draft_id}")
        key = sha256(content)
        self._state.files[key] = content
        self._state.carried[draft_id] = self._state.carried.get(draft_id, frozenset()) | {key}
        return key

    def get(self, sha256: str) -> bytes | None:
        return self._state.files.get(sha256)
