"""Chooses where the secrets of a store rest on this computer; never in clear on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from einvoice_desktop.system.keyring_store import KeyringSecrets, find_keyring
from einvoice_desktop.system.sealed_file import FileSecrets

PASSPHRASE_VARIABLE = "EINVOICE_PASSPHRASE"  # noqa: S105 - the name of a variable
"""Names the passphrase of the sealed file; when it is set the file is used even if there is a keyring."""


class MemorySecrets:
    """Implements :class:`einvoice_desktop.ports.secrets.SecretStore` until the program ends, and not a moment longer."""

    is_lasting = False

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The secret kept under ``name``."""
        return self._known.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name`` for this session."""
        self._known[name] = value

    def forget(self, name: str) -> None:
        """Remove what is kept under ``name``."""
        self._known.pop(name, None)


Vault: TypeAlias = KeyringSecrets | FileSecrets | MemorySecrets
"""A place for secrets; ``is_lasting`` tells whether it survives the program."""


def open_vault(
    store_id: str,
    folder: Path,
    *,
    ask_passphrase: Callable[[], str | None] | None = None,
    variables: Mapping[str, str] = os.environ,
) -> Vault:
    """Where the secrets of ``store_id`` rest: keyring, else sealed file in ``folder``, else memory.

    ``ask_passphrase`` is called when there is no keyring and ``EINVOICE_PASSPHRASE`` is not set; it is called once, at
    the first need of a secret. Without either, secrets last only for the session (``is_lasting`` is false).
    """
    sealed = folder / f"{store_id}.secrets"
    passphrase = variables.get(PASSPHRASE_VARIABLE)
    if passphrase:
        return FileSecrets(sealed, lambda: passphrase)
    backend = find_keyring()
    if backend is not None:
        return KeyringSecrets(store_id, backend)
    return FileSecrets(sealed, ask_passphrase) if ask_passphrase else MemorySecrets()
