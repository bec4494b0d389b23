"""How documents stand to one another: what one credits, corrects or balances, deals paid by deposits, VAT by rate."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from einvoice_desktop.store.tables.columns import Instant, Scaled, metadata, texts

document_link = Table(
    "document_link",
    metadata,
    Column("document_id", Text, ForeignKey("issued_document.id"), primary_key=True),
    Column("target_id", Text, ForeignKey("issued_document.id"), primary_key=True),
    *texts("relation"),
    Column("without_vat", Scaled, nullable=False),
    Index("document_link_target", "target_id", "relation"),
)

deposit_group = Table(
    "deposit_group",
    metadata,
    Column("id", Text, primary_key=True),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    *texts("buyer_id", "currency"),
    Column("deal_total", Scaled, nullable=False),
    Column("created_at", Instant, nullable=False),
    *texts("reference"),
    Index("deposit_group_newest", "company_id", "created_at"),
)

deposit_member = Table(
    "deposit_member",
    metadata,
    Column("document_id", Text, ForeignKey("issued_document.id"), primary_key=True),
    Column("group_id", Text, ForeignKey("deposit_group.id"), nullable=False),
    *texts("role"),
    Column("without_vat", Scaled, nullable=False),
    Index("deposit_member_group", "group_id"),
)

document_vat = Table(
    "document_vat",
    metadata,
    Column("document_id", Text, ForeignKey("issued_document.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *texts("category"),
    Column("rate", Scaled),
    Column("base", Scaled, nullable=False),
    Column("tax", Scaled, nullable=False),
    Column("base_in_euro", Scaled),
    Column("tax_in_euro", Scaled),
)
