"""SQLite: tables, migrations, units of work and flat reads.

May import: ports, ledger, domain, SQLAlchemy, Alembic.
"""

from einvoice_desktop.store.opening import open_store
from einvoice_desktop.store.sqlite_store import SqliteStore

__all__ = ["SqliteStore", "open_store"]
