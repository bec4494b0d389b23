"""Everything the first release keeps: registry, documents, their frozen bytes, the register, the desk."""

from __future__ import annotations

from alembic import op

from einvoice_desktop.store.guards import GUARDS_0001

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    """
    CREATE TABLE store_identity (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'production'))
    ) STRICT
    """,
    """
    CREATE TABLE blob (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        content BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE company (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        siren TEXT NOT NULL,
        address TEXT NOT NULL,
        siret TEXT NOT NULL,
        trading_name TEXT NOT NULL,
        vat_number TEXT NOT NULL,
        legal_form TEXT NOT NULL,
        share_capital TEXT NOT NULL,
        registry_city TEXT NOT NULL,
        vat_regime TEXT NOT NULL,
        vat_on_debits INTEGER NOT NULL,
        electronic_address TEXT NOT NULL,
        email TEXT NOT NULL,
        phone TEXT NOT NULL,
        website TEXT NOT NULL,
        iban TEXT NOT NULL,
        bic TEXT NOT NULL,
        account_name TEXT NOT NULL,
        payment_days INTEGER NOT NULL,
        payment_terms TEXT NOT NULL,
        nature TEXT NOT NULL,
        recovery_note TEXT NOT NULL,
        late_penalty_note TEXT NOT NULL,
        discount_note TEXT NOT NULL,
        footer TEXT NOT NULL,
        logo BLOB,
        colour TEXT NOT NULL,
        invoice_prefix TEXT NOT NULL,
        credit_note_prefix TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE buyer (
        id TEXT PRIMARY KEY NOT NULL,
        company_id TEXT NOT NULL REFERENCES company (id),
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        is_individual INTEGER NOT NULL,
        is_public INTEGER NOT NULL,
        siren TEXT NOT NULL,
        siret TEXT NOT NULL,
        vat_number TEXT NOT NULL,
        legal_id TEXT NOT NULL,
        legal_id_scheme TEXT NOT NULL,
        electronic_address TEXT,
        routing_code TEXT NOT NULL,
        email TEXT NOT NULL,
        billing_email TEXT NOT NULL,
        phone TEXT NOT NULL,
        shipping_address TEXT,
        payment_days INTEGER,
        notes TEXT NOT NULL,
        scenario TEXT NOT NULL,
        is_deleted INTEGER NOT NULL,
        effective_siren TEXT NOT NULL,
        city TEXT NOT NULL,
        country TEXT NOT NULL,
        name_key TEXT NOT NULL,
        search_text TEXT NOT NULL,
        saved INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE directory_line (
        siren TEXT PRIMARY KEY NOT NULL,
        lines TEXT NOT NULL,
        seen_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE setting (
        key TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE platform_profile (
        id TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        flow_url TEXT NOT NULL,
        directory_url TEXT NOT NULL,
        token_url TEXT NOT NULL,
        client_id TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        is_sandbox INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY NOT NULL,
        company_id TEXT NOT NULL REFERENCES company (id),
        form TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        with_vat INTEGER,
        type_code TEXT NOT NULL,
        buyer_id TEXT NOT NULL,
        currency TEXT NOT NULL,
        search_text TEXT NOT NULL,
        issue_date TEXT,
        due_date TEXT
    ) STRICT
    """,
    """
    CREATE TABLE issued_document (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        company_id TEXT NOT NULL REFERENCES company (id),
        buyer_id TEXT NOT NULL,
        environment TEXT NOT NULL,
        number TEXT NOT NULL,
        type_code TEXT NOT NULL,
        issue_date TEXT NOT NULL,
        due_date TEXT,
        currency TEXT NOT NULL,
        without_vat INTEGER NOT NULL,
        vat INTEGER NOT NULL,
        with_vat INTEGER NOT NULL,
        due INTEGER NOT NULL,
        party_name TEXT NOT NULL,
        party_siren TEXT NOT NULL,
        party_key TEXT NOT NULL,
        xml_sha256 TEXT NOT NULL REFERENCES blob (sha256),
        pdf_sha256 TEXT NOT NULL REFERENCES blob (sha256),
        json_sha256 TEXT NOT NULL REFERENCES blob (sha256),
        verdict TEXT NOT NULL,
        rules TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        search_text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE number_taken (
        company_id TEXT NOT NULL REFERENCES company (id),
        environment TEXT NOT NULL,
        series_key TEXT NOT NULL,
        counter INTEGER NOT NULL,
        number TEXT NOT NULL,
        document_id TEXT NOT NULL UNIQUE,
        PRIMARY KEY (company_id, environment, series_key, counter),
        FOREIGN KEY (document_id) REFERENCES issued_document (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE received_document (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        company_id TEXT NOT NULL REFERENCES company (id),
        original_sha256 TEXT NOT NULL REFERENCES blob (sha256),
        filename TEXT NOT NULL,
        format TEXT NOT NULL,
        profile TEXT NOT NULL,
        xml_sha256 TEXT REFERENCES blob (sha256),
        pdf_sha256 TEXT REFERENCES blob (sha256),
        number TEXT,
        type_code TEXT,
        issue_date TEXT,
        due_date TEXT,
        currency TEXT,
        without_vat INTEGER,
        vat INTEGER,
        with_vat INTEGER,
        due INTEGER,
        party_name TEXT,
        party_siren TEXT,
        party_key TEXT NOT NULL,
        verdict TEXT NOT NULL,
        findings TEXT NOT NULL,
        received_at TEXT NOT NULL,
        flow_id TEXT NOT NULL,
        seller_address TEXT NOT NULL,
        problem TEXT NOT NULL,
        search_text TEXT NOT NULL,
        UNIQUE (company_id, original_sha256)
    ) STRICT
    """,
    """
    CREATE TABLE document_state (
        document_id TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('issued', 'received')),
        sequence INTEGER NOT NULL,
        company_id TEXT NOT NULL REFERENCES company (id),
        state TEXT NOT NULL,
        outbox_state TEXT NOT NULL,
        message_state TEXT NOT NULL,
        paid INTEGER NOT NULL,
        is_credit_note INTEGER NOT NULL,
        is_to_send INTEGER NOT NULL,
        is_unpaid INTEGER NOT NULL,
        is_rejected INTEGER NOT NULL,
        is_problem INTEGER NOT NULL,
        is_new INTEGER NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE month_tally (
        company_id TEXT NOT NULL REFERENCES company (id),
        year INTEGER NOT NULL,
        month INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        without_vat INTEGER NOT NULL,
        PRIMARY KEY (company_id, year, month)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE lifecycle_event (
        sequence INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES document_state (document_id),
        code TEXT NOT NULL,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        reason_code TEXT NOT NULL,
        reason TEXT NOT NULL,
        comment TEXT NOT NULL,
        action TEXT NOT NULL,
        amounts TEXT NOT NULL,
        source_id TEXT NOT NULL,
        raw_sha256 TEXT REFERENCES blob (sha256),
        recorded_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE payment (
        id TEXT PRIMARY KEY NOT NULL,
        document_id TEXT NOT NULL REFERENCES issued_document (id),
        paid_on TEXT NOT NULL,
        amount INTEGER NOT NULL,
        currency TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        method TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE outbox (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        company_id TEXT NOT NULL REFERENCES company (id),
        document_id TEXT NOT NULL REFERENCES document_state (document_id),
        platform_id TEXT NOT NULL,
        tracking_id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        syntax TEXT NOT NULL,
        processing_rule TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES blob (sha256),
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        state TEXT NOT NULL,
        flow_id TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        next_try_at TEXT,
        last_error TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE inbox_cursor (
        platform_id TEXT PRIMARY KEY NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE inbox_seen (
        platform_id TEXT NOT NULL,
        flow_id TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (platform_id, flow_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE inbox_parked (
        platform_id TEXT NOT NULL,
        flow_id TEXT NOT NULL,
        flow_type TEXT NOT NULL,
        reason TEXT NOT NULL,
        detail TEXT NOT NULL,
        parked_at TEXT NOT NULL,
        content_sha256 TEXT REFERENCES blob (sha256),
        PRIMARY KEY (platform_id, flow_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE ledger_entry (
        scope TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        at TEXT NOT NULL,
        payload TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (scope, sequence)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE VIRTUAL TABLE issued_search USING fts5(words, content='', columnsize=0, tokenize='trigram')",
    "CREATE VIRTUAL TABLE received_search USING fts5(words, content='', columnsize=0, tokenize='trigram')",
)

_WAITING = "state IN ('queued', 'sending', 'unknown')"
_FLAGS = ("is_credit_note", "is_to_send", "is_unpaid", "is_rejected", "is_problem", "is_new")

_INDEXES = (
    "CREATE INDEX company_siren ON company (siren)",
    "CREATE INDEX buyer_name ON buyer (company_id, name_key, id)",
    "CREATE INDEX buyer_siren ON buyer (company_id, effective_siren)",
    "CREATE INDEX buyer_saved ON buyer (company_id, saved)",
    "CREATE INDEX draft_newest ON draft (company_id, updated_at, id)",
    "CREATE INDEX issued_newest ON issued_document (company_id, sequence, number, party_key, with_vat)",
    "CREATE UNIQUE INDEX issued_number ON issued_document (company_id, environment, number, substr(issue_date, 1, 4))",
    "CREATE INDEX received_newest ON received_document (company_id, sequence, number, party_key, with_vat)",
    "CREATE INDEX received_supplier_number ON received_document (company_id, party_siren, number, issue_date)",
    *(f"CREATE INDEX document_{flag} ON document_state (company_id, sequence) WHERE {flag} = 1" for flag in _FLAGS),
    "CREATE INDEX lifecycle_event_order ON lifecycle_event (document_id, at, sequence)",
    "CREATE UNIQUE INDEX lifecycle_event_once ON lifecycle_event (document_id, source_id) WHERE source_id <> ''",
    "CREATE INDEX payment_document ON payment (document_id, paid_on, recorded_at)",
    "CREATE INDEX outbox_newest ON outbox (company_id, created_at, sequence)",
    "CREATE INDEX outbox_document ON outbox (document_id, created_at, sequence)",
    f"CREATE INDEX outbox_due ON outbox (platform_id, created_at, sequence) WHERE {_WAITING}",
    "CREATE INDEX outbox_open ON outbox (platform_id, created_at, sequence) WHERE state = 'sent'",
    f"CREATE INDEX outbox_waiting ON outbox (company_id) WHERE {_WAITING}",
    "CREATE INDEX outbox_failed ON outbox (company_id) WHERE state IN ('refused', 'parked')",
    "CREATE INDEX outbox_flow ON outbox (flow_id) WHERE flow_id <> ''",
    "CREATE INDEX ledger_entry_subject ON ledger_entry (scope, kind, subject)",
)


def upgrade() -> None:
    """Make the tables, their indexes and the triggers that keep issued things frozen."""
    for statement in (*_TABLES, *_INDEXES, *GUARDS_0001.values()):
        op.execute(statement)


def downgrade() -> None:
    """There is nothing before the first revision."""
    raise NotImplementedError("a store is not undone; open the copy made before the migration")
