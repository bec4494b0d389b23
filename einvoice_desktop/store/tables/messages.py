"""What leaves for a platform, and how far its messages were read."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from einvoice_desktop.store.tables.columns import Instant, metadata, texts

WAITING = "state IN ('queued', 'sending', 'unknown')"
"""Sendings :meth:`Outbox.due` may hand out; written as in the index, so that SQLite uses it."""

SENT = "state = 'sent'"

FAILED = "state IN ('refused', 'parked')"

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    Column("document_id", Text, ForeignKey("document_state.document_id"), nullable=False),
    *texts("platform_id"),
    Column("tracking_id", Text, nullable=False, unique=True),
    *texts("name", "syntax", "processing_rule"),
    Column("sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    *texts("state", "flow_id"),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Instant),
    *texts("last_error"),
    Column("profile", Text, nullable=False, server_default=""),
    Index("outbox_newest", "company_id", "created_at", "sequence"),
    Index("outbox_document", "document_id", "created_at", "sequence"),
)
Index("outbox_due", outbox.c.platform_id, outbox.c.created_at, outbox.c.sequence, sqlite_where=text(WAITING))
Index("outbox_open", outbox.c.platform_id, outbox.c.created_at, outbox.c.sequence, sqlite_where=text(SENT))
Index("outbox_waiting", outbox.c.company_id, sqlite_where=text(WAITING))
Index("outbox_failed", outbox.c.company_id, sqlite_where=text(FAILED))
Index("outbox_flow", outbox.c.flow_id, sqlite_where=text("flow_id <> ''"))

inbox_cursor = Table(
    "inbox_cursor",
    metadata,
    Column("platform_id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

inbox_seen = Table(
    "inbox_seen",
    metadata,
    Column("platform_id", Text, primary_key=True),
    Column("flow_id", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

inbox_parked = Table(
    "inbox_parked",
    metadata,
    Column("platform_id", Text, primary_key=True),
    Column("flow_id", Text, primary_key=True),
    *texts("flow_type", "reason", "detail"),
    Column("parked_at", Instant, nullable=False),
    Column("content_sha256", Text, ForeignKey("blob.sha256")),
)
