"""Drafts, directory lines seen, settings and platforms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, delete, select, text
from sqlalchemy.dialects.sqlite import insert

from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile
from einvoice_desktop.ports.unit_of_work import Draft
from einvoice_desktop.store.mapping.drafts import draft_of, draft_row
from einvoice_desktop.store.mapping.json_text import flat, many_from_text, record, to_text
from einvoice_desktop.store.repositories.files import SqlFiles
from einvoice_desktop.store.tables import directory_line, platform_profile, setting
from einvoice_desktop.store.tables import draft as drafts


class SqlDrafts:
    """Documents being typed."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._files = connection, SqlFiles(connection)

    def save(self, draft: Draft) -> None:
        """Insert or replace."""
        row = draft_row(draft)
        statement = insert(drafts).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
        self._files.bind(draft.id, tuple(attachment.sha256 for attachment in draft.form.attachments))

    def get(self, draft_id: str) -> Draft | None:
        """By identifier."""
        row = self._connection.execute(select(drafts).where(drafts.c.id == draft_id)).mappings().first()
        return draft_of(row) if row else None

    def from_source(self, source_id: str) -> tuple[Draft, ...]:
        """Those that credit or correct a document."""
        return self._found(drafts.c.source_id, source_id)

    def of_group(self, group_id: str) -> tuple[Draft, ...]:
        """Those of a group of deposits."""
        return self._found(drafts.c.deposit_group_id, group_id)

    def _found(self, column: Column[str], value: str) -> tuple[Draft, ...]:
        if not value:
            return ()
        # Said a second time as a constant, so that SQLite knows its partial index holds every row wanted.
        statement = select(drafts).where(column == value, text(f"{column.name} <> ''"))
        rows = self._connection.execute(statement.order_by(drafts.c.updated_at, drafts.c.id)).mappings()
        return tuple(draft_of(row) for row in rows)

    def delete(self, draft_id: str) -> None:
        """Forget it and the files no other draft carries; nothing happens when there is none."""
        self._files.release(draft_id)
        self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))


class SqlDirectory:
    """Lines of the annuaire as they were last seen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, siren: str, lines: tuple[DirectoryLine, ...], seen_at: datetime) -> None:
        """Replace what was seen before."""
        row = {"siren": siren, "lines": to_text(lines), "seen_at": seen_at}
        statement = insert(directory_line).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["siren"], set_=row))

    def get(self, siren: str) -> tuple[tuple[DirectoryLine, ...], datetime] | None:
        """What was seen, and when."""
        statement = select(directory_line).where(directory_line.c.siren == siren)
        row = self._connection.execute(statement).mappings().first()
        return (many_from_text(DirectoryLine, row["lines"]), row["seen_at"]) if row else None


class SqlSettings:
    """Values of declared settings, and chosen platforms."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        """The text kept."""
        return self._connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()

    def put(self, key: str, value: str) -> None:
        """Keep a text."""
        statement = insert(setting).values(key=key, value=value)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def platforms(self) -> tuple[PlatformProfile, ...]:
        """By label."""
        statement = select(platform_profile).order_by(platform_profile.c.label, platform_profile.c.id)
        return tuple(record(PlatformProfile, dict(row)) for row in self._connection.execute(statement).mappings())

    def save_platform(self, profile: PlatformProfile) -> None:
        """Insert or replace."""
        row = flat(profile)
        statement = insert(platform_profile).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
