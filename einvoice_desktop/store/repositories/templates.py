"""Page templates and billing mandates."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.records import BillingMandate, Template, TemplateScope
from einvoice_desktop.store.mapping.json_text import flat, record, to_text
from einvoice_desktop.store.tables import billing_mandate, company, template


class SqlTemplates:
    """The templates of a store; those shipped with the program are not in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, kept: Template) -> None:
        """Insert or replace; a default takes the place of the one before it in its scope."""
        if kept.scope is TemplateScope.SYSTEM:
            raise StoreConflictError("a template of the program is not kept")
        if kept.company_id and not self._is_company(kept.company_id):
            raise StoreConflictError(f"no company {kept.company_id}")
        if kept.is_default:
            is_same_scope = (template.c.scope == kept.scope.value) & (template.c.company_id == kept.company_id)
            self._connection.execute(update(template).where(is_same_scope).values(is_default=False))
        row = _template_row(kept)
        statement = insert(template).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))

    def get(self, template_id: str) -> Template | None:
        """By identifier."""
        row = self._connection.execute(select(template).where(template.c.id == template_id)).mappings().first()
        return _template_of(row) if row else None

    def of_company(self, company_id: str) -> tuple[Template, ...]:
        """Those a company may use, its own first, by name."""
        is_theirs = or_(template.c.company_id == company_id, template.c.company_id == "")
        ordered = select(template).where(is_theirs).order_by(template.c.scope, template.c.name, template.c.id)
        return tuple(_template_of(row) for row in self._connection.execute(ordered).mappings())

    def delete(self, template_id: str) -> None:
        """Forget it."""
        self._connection.execute(delete(template).where(template.c.id == template_id))

    def _is_company(self, company_id: str) -> bool:
        return self._connection.execute(select(company.c.id).where(company.c.id == company_id)).first() is not None


def _template_row(kept: Template) -> dict[str, Any]:
    return {
        **flat(kept, without=("primary", "secondary")),
        "scope": kept.scope.value,
        "primary_colour": kept.primary,
        "secondary_colour": kept.secondary,
        "columns": to_text(kept.columns),
    }


def _template_of(row: RowMapping) -> Template:
    values = dict(row)
    values["scope"] = TemplateScope(row["scope"])
    values["primary"], values["secondary"] = row["primary_colour"], row["secondary_colour"]
    values["columns"] = tuple(json.loads(row["columns"]))
    return record(Template, values)


class SqlMandates:
    """Mandates to bill in the name of suppliers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, mandate: BillingMandate) -> None:
        """Insert or replace."""
        row = flat(mandate)
        statement = insert(billing_mandate).values(row)
        conflict = statement.on_conflict_do_update(index_elements=["company_id", "supplier_id"], set_=row)
        self._connection.execute(conflict)

    def get(self, company_id: str, supplier_id: str) -> BillingMandate | None:
        """The mandate of a supplier."""
        c = billing_mandate.c
        statement = select(billing_mandate).where(c.company_id == company_id, c.supplier_id == supplier_id)
        row = self._connection.execute(statement).mappings().first()
        return record(BillingMandate, dict(row)) if row else None

    def delete(self, company_id: str, supplier_id: str) -> None:
        """The mandate has ended."""
        c = billing_mandate.c
        self._connection.execute(
            delete(billing_mandate).where(c.company_id == company_id, c.supplier_id == supplier_id)
        )
