"""SQLite: tables, migrations, units of work and flat reads.

May import: ports, ledger, domain, SQLAlchemy, Alembic.
"""
