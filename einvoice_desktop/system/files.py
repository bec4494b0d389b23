"""Files of the user: read with a limit, written whole or not at all, named without trusting anybody."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import unicodedata
from pathlib import Path

from einvoice_desktop.ports.errors import UserError

NAME_LIMIT, EXTENSION_LIMIT = 120, 10
"""Longest file name and extension written, in UTF-8 bytes: room is left for suffixes on every file system."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(\.|$)", re.IGNORECASE)
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of 1 to ``limit`` bytes; a larger one is refused before any of it is read.

    Raises:
        UserError: ``ED-FILE-TOO-LARGE``, ``ED-FILE-EMPTY`` or ``ED-FILE-UNREADABLE`` (absent, no right, not a file).
    """
    try:
        content = _read(path, limit)
    except OSError as error:
        raise UserError("ED-FILE-UNREADABLE", str(error), name=path.name) from error
    if len(content) > limit:
        raise UserError("ED-FILE-TOO-LARGE", name=path.name, limit=str(limit))
    if not content:
        raise UserError("ED-FILE-EMPTY", name=path.name)
    return content


def _read(path: Path, limit: int) -> bytes:
    # Opened without waiting: a named pipe would block for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if found.st_size > limit:
            raise UserError("ED-FILE-TOO-LARGE", name=path.name, limit=str(limit))
        return file.read(limit + 1)


def write_atomically(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Replace ``path`` by ``content`` so that a crash or a full disk leaves the old file or the new one, never half.

    ``is_private`` keeps the file to its owner (0600), otherwise the rights are those of any new file.

    Raises:
        UserError: ``ED-DISK-FULL`` or ``ED-FILE-UNWRITABLE``; what was there before is untouched.
    """
    try:
        _write(path, content, is_private=is_private)
    except OSError as error:
        code = "ED-DISK-FULL" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "ED-FILE-UNWRITABLE"
        raise UserError(code, str(error), name=path.name) from error


def _write(path: Path, content: bytes, *, is_private: bool) -> None:
    temporary = path.with_name(f".{secrets.token_hex(8)}.writing")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600 if is_private else 0o666)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def safe_name(untrusted: str, *, fallback: str = "document") -> str:
    """A file name made from what somebody else wrote: one component, visible characters, valid on every system.

    Folders, control and direction characters, Windows device names and leading dots go away; the extension stays.
    """
    last = re.split(r"[/\\]", untrusted)[-1]
    visible = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_visible(sign))
    name = _FORBIDDEN.sub("_", visible).strip(". ")
    if _RESERVED.match(name):
        name = "_" + name
    return _shortened(name).strip(". ") or fallback


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in _INVISIBLE


def _shortened(name: str) -> str:
    if len(name.encode()) <= NAME_LIMIT:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > EXTENSION_LIMIT:
        stem, tail = name, ""
    else:
        tail = dot + extension
    return stem.encode()[: NAME_LIMIT - len(tail.encode())].decode(errors="ignore") + tail
