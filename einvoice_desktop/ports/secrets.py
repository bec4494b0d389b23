"""Where secrets rest: the keyring of the system, never the database, a log or a backup."""

from __future__ import annotations

from typing import Protocol


class SecretStore(Protocol):
    """Small named secrets of a store."""

    def get(self, name: str) -> str | None:
        """The secret kept under ``name``, ``None`` without one."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep ``value``, replacing what was there."""
        ...

    def forget(self, name: str) -> None:
        """Remove it; nothing happens when there is none."""
        ...
