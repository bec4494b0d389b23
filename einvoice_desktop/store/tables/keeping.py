"""What is kept beside documents: page templates, files a draft will carry, mandates to bill for a supplier."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text, text

from einvoice_desktop.store.tables.columns import Day, metadata, texts

template = Table(
    "template",
    metadata,
    Column("id", Text, primary_key=True),
    *texts("name", "scope", "company_id"),
    Column("is_default", Boolean, nullable=False),
    Column("logo", LargeBinary),
    *texts("primary_colour", "secondary_colour", "footer_html", "custom_css", "columns", "language"),
)
Index("template_default", template.c.scope, template.c.company_id, unique=True, sqlite_where=text("is_default = 1"))

draft_file = Table(
    "draft_file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

draft_attachment = Table(
    "draft_attachment",
    metadata,
    Column("draft_id", Text, ForeignKey("draft.id"), primary_key=True),
    Column("sha256", Text, ForeignKey("draft_file.sha256"), primary_key=True),
    Index("draft_attachment_file", "sha256"),
)

billing_mandate = Table(
    "billing_mandate",
    metadata,
    Column("company_id", Text, ForeignKey("company.id"), primary_key=True),
    Column("supplier_id", Text, ForeignKey("buyer.id"), primary_key=True),
    Column("signed_on", Day, nullable=False),
    *texts("reference"),
)
