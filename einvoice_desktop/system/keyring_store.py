"""Secrets in the keyring of the system: Secret Service, KWallet, macOS Keychain, Windows Credential Manager."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

from einvoice_desktop.ports.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

PIECE = 600
"""Characters kept in one credential: Windows takes 2,560 bytes of UTF-16, and a token may be longer than that."""

_WHOLE, _PIECES = "=", "#"
_NOT_A_KEYRING = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer", "keyrings.alt")
"""Backends that keep nothing, or keep it in clear in a file."""


def find_keyring() -> KeyringBackend | None:
    """The keyring of this session, ``None`` where there is none that protects what it keeps."""
    import keyring  # noqa: PLC0415 - asks the session bus: only when a secret is needed

    chosen = keyring.get_keyring()
    candidates = [chosen, *getattr(chosen, "backends", ())]
    return next((backend for backend in candidates if protects(backend)), None)


def protects(backend: KeyringBackend) -> bool:
    """Whether ``backend`` really keeps a secret secret."""
    kind = type(backend)
    return not kind.__module__.startswith(_NOT_A_KEYRING) and "plain" not in kind.__name__.lower()


class KeyringSecrets:
    """Implements :class:`einvoice_desktop.ports.secrets.SecretStore` in a keyring.

    A long value is cut in pieces; the name holds their count, written last, so that a value is never half replaced.
    Every method raises ``UserError("ED-NO-KEYRING")`` when the keyring is locked or refuses.
    """

    is_lasting = True

    def __init__(self, store_id: str, backend: KeyringBackend) -> None:
        self._service = f"einvoice-desktop:{store_id}"
        self._backend = backend

    def get(self, name: str) -> str | None:
        """The secret kept under ``name``; ``None`` when there is none or one of its pieces was removed."""
        head = self._read(name)
        if head is None or head.startswith(_WHOLE):
            return head if head is None else head[len(_WHOLE) :]
        pieces = [self._read(piece) for piece in _piece_names(name, head)]
        return "".join(piece for piece in pieces if piece is not None) if None not in pieces else None

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``."""
        old = self._read(name)
        if len(value) <= PIECE:
            self._write(name, _WHOLE + value)
        else:
            pieces = [value[start : start + PIECE] for start in range(0, len(value), PIECE)]
            head = f"{_PIECES}{secrets.token_hex(4)}:{len(pieces)}"
            for piece_name, piece in zip(_piece_names(name, head), pieces, strict=True):
                self._write(piece_name, piece)
            self._write(name, head)
        self._remove_pieces(name, old)

    def forget(self, name: str) -> None:
        """Remove what is kept under ``name``, all pieces of it."""
        old = self._read(name)
        if old is not None:
            self._remove(name)
        self._remove_pieces(name, old)

    def _remove_pieces(self, name: str, head: str | None) -> None:
        for piece in _piece_names(name, head or ""):
            if self._read(piece) is not None:
                self._remove(piece)

    def _read(self, name: str) -> str | None:
        with _told():
            return self._backend.get_password(self._service, name)

    def _write(self, name: str, value: str) -> None:
        with _told():
            self._backend.set_password(self._service, name, value)

    def _remove(self, name: str) -> None:
        with _told():
            self._backend.delete_password(self._service, name)


def _piece_names(name: str, head: str) -> list[str]:
    generation, _, count = head.removeprefix(_PIECES).partition(":")
    if not head.startswith(_PIECES) or not count.isdecimal():
        return []
    return [f"{name}#{generation}.{index}" for index in range(int(count))]


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # each backend has errors of its own: D-Bus, win32, Security framework
        raise UserError("ED-NO-KEYRING", f"{type(error).__name__}: {error}") from error
