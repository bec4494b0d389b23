"""The fiscal register, a chain per scope."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from einvoice_desktop.store.tables.columns import Instant, metadata, texts

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    *texts("kind", "subject"),
    Column("at", Instant, nullable=False),
    *texts("payload", "previous_hash", "hash"),
    Index("ledger_entry_subject", "scope", "kind", "subject"),
)
