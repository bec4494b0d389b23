"""Drafts, directory lines seen, settings and platforms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile
from einvoice_desktop.ports.unit_of_work import Draft
from einvoice_desktop.store.mapping.drafts import draft_of, draft_row
from einvoice_desktop.store.mapping.json_text import flat, many_from_text, record, to_text
from einvoice_desktop.store.tables import directory_line, platform_profile, setting
from einvoice_desktop.store.tables import draft as drafts


class SqlDrafts:
    """Documents being typed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft) -> None:
        """Insert or replace."""
        row = draft_row(draft)
        statement = insert(drafts).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))

    def get(self, draft_id: str) -> Draft | None:
        """By identifier."""
        row = self._connection.execute(select(drafts).where(drafts.c.id == draft_id)).mappings().first()
        return draft_of(row) if row else None

    def delete(self, draft_id: str) -> None:
        """Forget it; nothing happens when there is none."""
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
