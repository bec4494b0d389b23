"""Who issues, who buys, where they receive, and what was set."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from einvoice_desktop.store.tables.columns import Instant, metadata, texts

company = Table(
    "company",
    metadata,
    Column("id", Text, primary_key=True),
    *texts("name", "siren", "address", "siret", "trading_name", "vat_number", "legal_form", "share_capital"),
    *texts("registry_city", "vat_regime"),
    Column("vat_on_debits", Boolean, nullable=False),
    *texts("electronic_address", "email", "phone", "website", "iban", "bic", "account_name"),
    Column("payment_days", Integer, nullable=False),
    *texts("payment_terms", "nature", "recovery_note", "late_penalty_note", "discount_note", "footer"),
    Column("logo", LargeBinary),
    *texts("colour", "invoice_prefix", "credit_note_prefix"),
    Index("company_siren", "siren"),
)

buyer = Table(
    "buyer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    *texts("name", "address"),
    Column("is_individual", Boolean, nullable=False),
    Column("is_public", Boolean, nullable=False),
    *texts("siren", "siret", "vat_number", "legal_id", "legal_id_scheme"),
    Column("electronic_address", Text),
    *texts("routing_code", "email", "billing_email", "phone"),
    Column("shipping_address", Text),
    Column("payment_days", Integer),
    *texts("notes", "scenario"),
    Column("is_deleted", Boolean, nullable=False),
    *texts("effective_siren", "city", "country", "name_key", "search_text"),
    Column("saved", Integer, nullable=False),
    *texts("language"),
    Index("buyer_saved", "company_id", "saved"),
    Index("buyer_name", "company_id", "name_key", "id"),
    Index("buyer_siren", "company_id", "effective_siren"),
)

directory_line = Table(
    "directory_line",
    metadata,
    Column("siren", Text, primary_key=True),
    *texts("lines"),
    Column("seen_at", Instant, nullable=False),
)

setting = Table("setting", metadata, Column("key", Text, primary_key=True), *texts("value"))

platform_profile = Table(
    "platform_profile",
    metadata,
    Column("id", Text, primary_key=True),
    *texts("kind", "label", "flow_url", "directory_url", "token_url", "client_id", "organization_id"),
    Column("is_sandbox", Boolean, nullable=False),
)
