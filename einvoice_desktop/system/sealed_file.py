"""Secrets in a file sealed by a passphrase, where the system has no keyring: scrypt and AES-256-GCM."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.system.files import write_atomically

COST = 2**16
"""scrypt's N with r = 8, p = 1: 64 MB and about a quarter of a second, once per start."""

_COST_LIMIT = 2**18
_SALT_SIZE, _NONCE_SIZE, _KEY_SIZE = 16, 12, 32
_MARK = "einvoice-desktop secrets 1"


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The file as it lies on disk; ``data`` is a JSON object of secrets, encrypted."""

    cost: int
    salt: bytes
    nonce: bytes
    data: bytes


class FileSecrets:
    """Implements :class:`einvoice_desktop.ports.secrets.SecretStore` in one sealed file, rewritten whole at each change.

    ``passphrase`` is asked once, at the first need. Every method raises ``UserError``: ``ED-SECRETS-PASSPHRASE`` when it
    is not the right one or none was given, ``ED-SECRETS-DAMAGED`` when the file is not one of ours.
    """

    is_lasting = True

    def __init__(self, path: Path, passphrase: Callable[[], str | None], *, cost: int = COST) -> None:
        self._path = path
        self._passphrase = passphrase
        self._cost = cost
        self._key: tuple[bytes, int, bytes] | None = None
        self._lock = threading.Lock()

    def get(self, name: str) -> str | None:
        """The secret kept under ``name``."""
        with self._lock:
            return self._load().get(name)

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``."""
        with self._lock:
            self._save(self._load() | {name: value})

    def forget(self, name: str) -> None:
        """Remove what is kept under ``name``."""
        with self._lock:
            known = self._load()
            if known.pop(name, None) is not None:
                self._save(known)

    def _load(self) -> dict[str, str]:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - heavy
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        if not self._path.exists():
            return {}
        sealed = _parsed(self._path)
        key = self._key_for(sealed.salt, sealed.cost)
        try:
            clear = AESGCM(key).decrypt(sealed.nonce, sealed.data, _MARK.encode())
        except InvalidTag as error:
            self._key = None
            raise UserError("ED-SECRETS-PASSPHRASE") from error
        found: dict[str, str] = json.loads(clear)
        return found

    def _save(self, known: dict[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy

        salt, cost = (self._key[0], self._key[1]) if self._key else (os.urandom(_SALT_SIZE), self._cost)
        nonce = os.urandom(_NONCE_SIZE)
        data = AESGCM(self._key_for(salt, cost)).encrypt(nonce, json.dumps(known).encode(), _MARK.encode())
        fields = {"salt": salt, "nonce": nonce, "data": data}
        texts = {name: base64.b64encode(value).decode() for name, value in fields.items()}
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._path, json.dumps({"format": _MARK, "cost": cost, **texts}).encode(), is_private=True)

    def _key_for(self, salt: bytes, cost: int) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415 - heavy

        if self._key is None or self._key[:2] != (salt, cost):
            passphrase = self._passphrase()
            if not passphrase:
                raise UserError("ED-SECRETS-PASSPHRASE")
            derived = Scrypt(salt=salt, length=_KEY_SIZE, n=cost, r=8, p=1).derive(passphrase.encode())
            self._key = (salt, cost, derived)
        return self._key[2]


def _parsed(path: Path) -> _Sealed:
    try:
        found = json.loads(path.read_bytes())
        cost = int(found["cost"])
        parts = [base64.b64decode(found[name], validate=True) for name in ("salt", "nonce", "data")]
        is_ours = found["format"] == _MARK and cost.bit_count() == 1 and 1 < cost <= _COST_LIMIT
        is_ours = is_ours and [len(part) for part in parts[:2]] == [_SALT_SIZE, _NONCE_SIZE]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError("ED-SECRETS-DAMAGED", str(error), name=path.name) from error
    if not is_ours:
        raise UserError("ED-SECRETS-DAMAGED", name=path.name)
    return _Sealed(cost, *parts)
