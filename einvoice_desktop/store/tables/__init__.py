"""The tables as SQLAlchemy sees them, a module per noun; the migrations make them (a test compares both)."""

from einvoice_desktop.store.tables.blobs import blob
from einvoice_desktop.store.tables.columns import metadata
from einvoice_desktop.store.tables.companies import buyer, company, directory_line, platform_profile, setting
from einvoice_desktop.store.tables.deals import deposit_group, deposit_member, document_link, document_vat
from einvoice_desktop.store.tables.documents import (
    document_state,
    draft,
    issued_document,
    month_tally,
    number_taken,
    received_document,
)
from einvoice_desktop.store.tables.keeping import billing_mandate, draft_attachment, draft_file, template
from einvoice_desktop.store.tables.ledger import ledger_entry
from einvoice_desktop.store.tables.lifecycle import lifecycle_event, payment
from einvoice_desktop.store.tables.messages import inbox_cursor, inbox_parked, inbox_seen, outbox

__all__ = [
    "billing_mandate",
    "blob",
    "buyer",
    "company",
    "deposit_group",
    "deposit_member",
    "directory_line",
    "document_link",
    "document_state",
    "document_vat",
    "draft",
    "draft_attachment",
    "draft_file",
    "inbox_cursor",
    "inbox_parked",
    "inbox_seen",
    "issued_document",
    "ledger_entry",
    "lifecycle_event",
    "metadata",
    "month_tally",
    "number_taken",
    "outbox",
    "payment",
    "platform_profile",
    "received_document",
    "setting",
    "template",
]
