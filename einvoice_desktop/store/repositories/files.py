"""Files drafts carry, by their SHA-256: kept while a draft refers to them, gone with the last one.

Once a draft is issued its files live inside the frozen XML, which is evidence; these copies are not.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from einvoice_desktop.store.tables import draft_attachment, draft_file


class SqlFiles:
    """The files of drafts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft_id: str, content: bytes) -> str:
        """Keep ``content`` as long as the draft; its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        statement = insert(draft_file).values(sha256=sha256, content=content)
        self._connection.execute(statement.on_conflict_do_nothing())
        self._bind(draft_id, sha256)
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """The bytes."""
        return self._connection.execute(select(draft_file.c.content).where(draft_file.c.sha256 == sha256)).scalar()

    def bind(self, draft_id: str, hashes: tuple[str, ...]) -> None:
        """Keep the files of a form as long as its draft; one that is not there (another store's) stays missing."""
        known = select(draft_file.c.sha256).where(draft_file.c.sha256.in_(hashes))
        for sha256 in self._connection.execute(known).scalars().all() if hashes else ():
            self._bind(draft_id, sha256)

    def release(self, draft_id: str) -> None:
        """The draft needs its files no more: those of no other draft are forgotten."""
        mine = draft_attachment.c.draft_id == draft_id
        hashes = self._connection.execute(select(draft_attachment.c.sha256).where(mine)).scalars().all()
        if not hashes:
            return
        self._connection.execute(delete(draft_attachment).where(mine))
        still = select(draft_attachment.c.sha256).where(draft_attachment.c.sha256.in_(hashes))
        unused = draft_file.c.sha256.in_(hashes) & draft_file.c.sha256.not_in(still)
        self._connection.execute(delete(draft_file).where(unused))

    def _bind(self, draft_id: str, sha256: str) -> None:
        statement = insert(draft_attachment).values(draft_id=draft_id, sha256=sha256)
        self._connection.execute(statement.on_conflict_do_nothing())
