"""Frozen bytes, kept once, found by their SHA-256. Lists never read this table."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from einvoice_desktop.store.tables.columns import metadata

blob = Table(
    "blob",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
