"""Frozen bytes by their SHA-256: written once, whoever refers to them."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from einvoice_desktop.ports.errors import StoreConflictError, UserError
from einvoice_desktop.store.tables import blob

_KNOWN = select(blob.c.id)
_CONTENT = select(blob.c.sha256, blob.c.content)


class Blobs:
    """The bytes of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, content: bytes, stated: str = "") -> str:
        """Keep ``content`` and return its SHA-256 (hexadecimal).

        Raises:
            StoreConflictError: ``stated`` is not the hash of these bytes.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if stated and stated != sha256:
            raise StoreConflictError("the bytes do not have the SHA-256 stated")
        if self._connection.execute(_KNOWN.where(blob.c.sha256 == sha256)).first() is None:
            self._connection.execute(insert(blob), {"sha256": sha256, "content": content})
        return sha256

    def keep_any(self, content: bytes | None) -> str | None:
        """As :meth:`keep`; ``None`` when there is nothing to keep."""
        return self.keep(content) if content else None

    def read(self, *hashes: str | None) -> dict[str, bytes]:
        """The bytes of each hash.

        Raises:
            UserError: ``ED-STORE-CORRUPT``, bytes a row refers to are gone.
        """
        wanted = {sha256 for sha256 in hashes if sha256}
        rows = self._connection.execute(_CONTENT.where(blob.c.sha256.in_(wanted)))
        found: dict[str, bytes] = {row.sha256: row.content for row in rows}
        if len(found) < len(wanted):
            raise UserError("ED-STORE-CORRUPT", f"missing bytes: {', '.join(sorted(wanted - set(found)))}")
        return found
