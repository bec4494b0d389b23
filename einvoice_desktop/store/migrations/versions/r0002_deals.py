"""Links between documents, deals paid by deposits, VAT by rate, page templates, files of drafts, billing mandates.

What the first release knew already is filled in: the VAT of each document from the register, and the credit notes and
corrected invoices that name one document of the same company.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from alembic import op
from sqlalchemy import Connection, text

from einvoice_desktop.store.guards import GUARDS_0002

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE buyer ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE outbox ADD COLUMN profile TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft ADD COLUMN source_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft ADD COLUMN deposit_group_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document_state ADD COLUMN cleared INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE document_link (
        document_id TEXT NOT NULL REFERENCES issued_document (id),
        target_id TEXT NOT NULL REFERENCES issued_document (id),
        relation TEXT NOT NULL CHECK (relation IN ('credits', 'corrects', 'balances')),
        without_vat INTEGER NOT NULL,
        PRIMARY KEY (document_id, target_id),
        CHECK (document_id <> target_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE deposit_group (
        id TEXT PRIMARY KEY NOT NULL,
        company_id TEXT NOT NULL REFERENCES company (id),
        buyer_id TEXT NOT NULL,
        currency TEXT NOT NULL,
        deal_total INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        reference TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE deposit_member (
        document_id TEXT PRIMARY KEY NOT NULL REFERENCES issued_document (id),
        group_id TEXT NOT NULL REFERENCES deposit_group (id),
        role TEXT NOT NULL CHECK (role IN ('deposit', 'credit', 'balance')),
        without_vat INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE document_vat (
        document_id TEXT NOT NULL REFERENCES issued_document (id),
        position INTEGER NOT NULL,
        category TEXT NOT NULL,
        rate INTEGER,
        base INTEGER NOT NULL,
        tax INTEGER NOT NULL,
        base_in_euro INTEGER,
        tax_in_euro INTEGER,
        PRIMARY KEY (document_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE template (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        scope TEXT NOT NULL CHECK (scope IN ('tenant', 'sub_tenant')),
        company_id TEXT NOT NULL CHECK ((company_id <> '') = (scope = 'sub_tenant')),
        is_default INTEGER NOT NULL,
        logo BLOB,
        primary_colour TEXT NOT NULL,
        secondary_colour TEXT NOT NULL,
        footer_html TEXT NOT NULL,
        custom_css TEXT NOT NULL,
        columns TEXT NOT NULL,
        language TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE draft_file (
        sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
        content BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE draft_attachment (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        sha256 TEXT NOT NULL REFERENCES draft_file (sha256),
        PRIMARY KEY (draft_id, sha256)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE billing_mandate (
        company_id TEXT NOT NULL REFERENCES company (id),
        supplier_id TEXT NOT NULL REFERENCES buyer (id),
        signed_on TEXT NOT NULL,
        reference TEXT NOT NULL,
        PRIMARY KEY (company_id, supplier_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX document_link_target ON document_link (target_id, relation)",
    "CREATE INDEX deposit_group_newest ON deposit_group (company_id, created_at)",
    "CREATE INDEX deposit_member_group ON deposit_member (group_id)",
    "CREATE UNIQUE INDEX template_default ON template (scope, company_id) WHERE is_default = 1",
    "CREATE INDEX draft_attachment_file ON draft_attachment (sha256)",
    "CREATE INDEX draft_source_id ON draft (source_id) WHERE source_id <> ''",
    "CREATE INDEX draft_deposit_group_id ON draft (deposit_group_id) WHERE deposit_group_id <> ''",
    "CREATE INDEX issued_day ON issued_document (company_id, issue_date)",
)

_RELATIONS = {
    "credits": "381 396 261 262 502 503",
    "corrects": "384 471 472 473",
}
_REFUSED = "('210', '213', '501')"
_MILLIONTHS = 1_000_000
_LARGEST = 2**63 - 1

_REGISTERED = text(
    "SELECT d.id, d.currency, e.payload FROM issued_document d "
    "JOIN ledger_entry e ON e.subject = d.id AND e.kind = 'document_issued'"
)
_NAMING = text(
    "SELECT d.id, d.company_id, d.environment, d.without_vat, b.content FROM issued_document d "
    "JOIN blob b ON b.sha256 = d.json_sha256 WHERE instr(:types, d.type_code) > 0"
)
_NAMED = text(
    "SELECT id, without_vat FROM issued_document WHERE company_id = :company_id AND environment = :environment AND number = :number "
    "AND id <> :id AND (:day = '' OR issue_date = :day)"
)
_CLEARED = f"""
    UPDATE document_state SET cleared = coalesce((
        SELECT CASE WHEN max(l.relation = 'corrects') THEN (SELECT due FROM issued_document WHERE id = l.target_id)
            ELSE sum(c.with_vat) END
        FROM document_link l JOIN issued_document c ON c.id = l.document_id
            JOIN document_state s ON s.document_id = c.id
        WHERE l.target_id = document_state.document_id AND s.state NOT IN {_REFUSED}
    ), 0)
    WHERE document_id IN (SELECT target_id FROM document_link)
"""  # noqa: S608 - constants of this module
_SETTLED = (
    "UPDATE document_state SET is_unpaid = 0 WHERE is_unpaid = 1 AND cleared > 0 "
    "AND paid + cleared >= (SELECT due FROM issued_document WHERE id = document_state.document_id)"
)


def upgrade() -> None:
    """Make what is new, then fill it from what is known."""
    for statement in _STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    _fill_vat(connection)
    _fill_links(connection)
    op.execute(_CLEARED)
    op.execute(_SETTLED)
    for guard in GUARDS_0002.values():
        op.execute(guard)


def _fill_vat(connection: Connection) -> None:
    """The VAT groups the register holds; a document whose entry holds none has none here."""
    insert = text(
        "INSERT INTO document_vat VALUES (:id, :position, :category, :rate, :base, :tax, :euro_base, :euro_tax)"
    )
    for row in connection.execute(_REGISTERED).all():
        groups = _read(row.payload).get("breakdown")
        for position, group in enumerate(groups if isinstance(groups, list) else []):
            base, tax = _scaled(group.get("base")), _scaled(group.get("tax"))
            if base is None or tax is None:
                continue
            is_euro = row.currency == "EUR"
            values = {
                "id": row.id,
                "position": position,
                "category": str(group.get("category", "")),
                "rate": _scaled(group.get("rate")),
                "base": base,
                "tax": tax,
                "euro_base": base if is_euro else None,
                "euro_tax": tax if is_euro else None,
            }
            connection.execute(insert, values)


def _fill_links(connection: Connection) -> None:
    """A credit note or a corrected invoice and the one document of the company it names."""
    insert = text("INSERT INTO document_link VALUES (:id, :target, :relation, :without_vat)")
    for relation, types in _RELATIONS.items():
        for row in connection.execute(_NAMING, {"types": types}).all():
            named = _read(row.content).get("preceding_invoices")
            if not isinstance(named, list) or len(named) != 1:
                continue
            values = {
                "company_id": row.company_id,
                "environment": row.environment,
                "id": row.id,
                "number": str(named[0].get("number", "")),
                "day": str(named[0].get("issue_date") or ""),
            }
            targets = connection.execute(_NAMED, values).all()
            if len(targets) == 1:
                taken = (row if relation == "credits" else targets[0]).without_vat
                link = {"id": row.id, "target": targets[0].id, "relation": relation, "without_vat": taken}
                connection.execute(insert, link)


def _read(content: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _scaled(amount: object) -> int | None:
    """An amount as text in millionths; ``None`` when it is none."""
    try:
        value = int(Decimal(str(amount)) * _MILLIONTHS)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return value if abs(value) <= _LARGEST else None


def downgrade() -> None:
    """A store is not undone."""
    raise NotImplementedError("a store is not undone; open the copy made before the migration")
