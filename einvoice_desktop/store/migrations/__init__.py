"""Changes of schema, one revision per file, run by Alembic; imported only when a file must be made or changed."""
