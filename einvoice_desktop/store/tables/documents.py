"""Documents: typed, numbered, issued, received, and the small derived rows that lists read."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from einvoice_desktop.store.tables.columns import Day, Instant, Scaled, metadata, texts

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    *texts("form"),
    Column("updated_at", Instant, nullable=False),
    Column("with_vat", Scaled),
    *texts("type_code", "buyer_id", "currency", "search_text"),
    Column("issue_date", Day),
    Column("due_date", Day),
    *texts("source_id", "deposit_group_id"),
    Index("draft_newest", "company_id", "updated_at", "id"),
)

number_taken = Table(
    "number_taken",
    metadata,
    Column("company_id", Text, ForeignKey("company.id"), primary_key=True),
    Column("environment", Text, primary_key=True),
    Column("series_key", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column(
        "document_id",
        Text,
        ForeignKey("issued_document.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        unique=True,
    ),
)

issued_document = Table(
    "issued_document",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    *texts("buyer_id", "environment", "number", "type_code"),
    Column("issue_date", Day, nullable=False),
    Column("due_date", Day),
    *texts("currency"),
    Column("without_vat", Scaled, nullable=False),
    Column("vat", Scaled, nullable=False),
    Column("with_vat", Scaled, nullable=False),
    Column("due", Scaled, nullable=False),
    *texts("party_name", "party_siren", "party_key"),
    Column("xml_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("pdf_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("json_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    *texts("verdict", "rules"),
    Column("issued_at", Instant, nullable=False),
    *texts("search_text"),
    Index("issued_newest", "company_id", "sequence", "number", "party_key", "with_vat"),
    Index("issued_day", "company_id", "issue_date"),
)

received_document = Table(
    "received_document",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    Column("original_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    *texts("filename", "format", "profile"),
    Column("xml_sha256", Text, ForeignKey("blob.sha256")),
    Column("pdf_sha256", Text, ForeignKey("blob.sha256")),
    Column("number", Text),
    Column("type_code", Text),
    Column("issue_date", Day),
    Column("due_date", Day),
    Column("currency", Text),
    Column("without_vat", Scaled),
    Column("vat", Scaled),
    Column("with_vat", Scaled),
    Column("due", Scaled),
    Column("party_name", Text),
    Column("party_siren", Text),
    *texts("party_key", "verdict", "findings"),
    Column("received_at", Instant, nullable=False),
    *texts("flow_id", "seller_address", "problem", "search_text"),
    UniqueConstraint("company_id", "original_sha256"),
    Index("received_newest", "company_id", "sequence", "number", "party_key", "with_vat"),
    Index("received_supplier_number", "company_id", "party_siren", "number", "issue_date"),
)

document_state = Table(
    "document_state",
    metadata,
    Column("document_id", Text, primary_key=True),
    *texts("kind"),
    Column("sequence", Integer, nullable=False),
    Column("company_id", Text, ForeignKey("company.id"), nullable=False),
    *texts("state", "outbox_state", "message_state"),
    Column("paid", Scaled, nullable=False),
    Column("is_credit_note", Boolean, nullable=False),
    Column("is_to_send", Boolean, nullable=False),
    Column("is_unpaid", Boolean, nullable=False),
    Column("is_rejected", Boolean, nullable=False),
    Column("is_problem", Boolean, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("cleared", Scaled, nullable=False),
)
for _flag in ("is_credit_note", "is_to_send", "is_unpaid", "is_rejected", "is_problem", "is_new"):
    Index(
        f"document_{_flag}", document_state.c.company_id, document_state.c.sequence, sqlite_where=text(f"{_flag} = 1")
    )

for _column in ("source_id", "deposit_group_id"):
    Index(f"draft_{_column}", draft.c[_column], sqlite_where=text(f"{_column} <> ''"))

month_tally = Table(
    "month_tally",
    metadata,
    Column("company_id", Text, ForeignKey("company.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("documents", Integer, nullable=False),
    Column("without_vat", Scaled, nullable=False),
)
