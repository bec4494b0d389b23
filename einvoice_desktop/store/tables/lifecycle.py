"""What happened to documents: life-cycle events and payments, append-only."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from einvoice_desktop.store.tables.columns import Day, Instant, Scaled, metadata, texts

lifecycle_event = Table(
    "lifecycle_event",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("document_id", Text, ForeignKey("document_state.document_id"), nullable=False),
    *texts("code"),
    Column("at", Instant, nullable=False),
    *texts("actor", "reason_code", "reason", "comment", "action", "amounts", "source_id"),
    Column("raw_sha256", Text, ForeignKey("blob.sha256")),
    Column("recorded_at", Instant, nullable=False),
    Index("lifecycle_event_order", "document_id", "at", "sequence"),
)
Index(
    "lifecycle_event_once",
    lifecycle_event.c.document_id,
    lifecycle_event.c.source_id,
    unique=True,
    sqlite_where=text("source_id <> ''"),
)

payment = Table(
    "payment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("issued_document.id"), nullable=False),
    Column("paid_on", Day, nullable=False),
    Column("amount", Scaled, nullable=False),
    *texts("currency"),
    Column("recorded_at", Instant, nullable=False),
    *texts("method"),
    Index("payment_document", "document_id", "paid_on", "recorded_at"),
)
