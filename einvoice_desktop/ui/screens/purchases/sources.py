"""From what is dropped (files, folders, ZIP, e-mails) to the documents inside, read one at a time and within bounds.

Names are only shown, never used as paths; nothing is unpacked on the disk.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from einvoice_desktop.ports.errors import UserError

LARGEST = 100 * 1024 * 1024
"""Bytes of one document, of one archive entry once unpacked, or of one e-mail."""
MOST = 5000
"""Documents of one import."""
_WANTED = frozenset({".pdf", ".xml", ".zip", ".eml"})
_DOCUMENTS = frozenset({".pdf", ".xml"})


@dataclass(frozen=True, slots=True)
class Source:
    """One document to receive: the name shown (« lot.zip › avoir.xml ») and what reads its bytes.

    ``read`` raises :class:`UserError` (``ED-READ-…``) or :class:`OSError`.
    """

    name: str
    read: Callable[[], bytes]


def sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """The documents in ``paths``, in order; folders are walked, ZIP and e-mails opened."""
    found: list[Source] = []
    for path in paths:
        for source in _of_path(path):
            found.append(source)
            if len(found) >= MOST:
                return tuple(found)
    return tuple(found)


def _of_path(path: Path) -> Iterator[Source]:
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.suffix.lower() in _WANTED and child.is_file() and not child.is_symlink():
                yield from _of_file(child)
    else:
        yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Source]:
    openers = {".zip": _of_zip, ".eml": _of_email}
    opener = openers.get(path.suffix.lower())
    inside = opener(path) if opener is not None else None
    if inside is None:
        yield Source(path.name, lambda: _read_file(path))
    else:
        yield from inside


def _read_file(path: Path) -> bytes:
    """The bytes of a file, refusing a huge one without reading it.

    Raises:
        UserError: ``ED-READ-TOO-LARGE``, ``ED-READ-EMPTY``.
        OSError: it cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise UserError("ED-READ-TOO-LARGE", filename=path.name)
    with path.open("rb") as file:
        return _checked(file.read(LARGEST + 1), path.name)


def _checked(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise UserError("ED-READ-TOO-LARGE", filename=name)
    if not content:
        raise UserError("ED-READ-EMPTY", filename=name)
    return content


def _of_zip(path: Path) -> list[Source] | None:
    """Entries of an archive; ``None`` when it is none (then it is one unreadable document)."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [i.filename for i in archive.infolist() if not i.is_dir()]
    except (zipfile.BadZipFile, OSError):
        return None
    wanted = [name for name in names if Path(name).suffix.lower() in _DOCUMENTS][:MOST]
    return [Source(f"{path.name} › {Path(name).name}", _zip_reader(path, name)) for name in wanted]


def _zip_reader(path: Path, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(name) as entry:
                return _checked(entry.read(LARGEST + 1), Path(name).name)
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
            raise UserError("ED-READ-UNKNOWN", detail=str(error)) from error

    return read


def _of_email(path: Path) -> list[Source] | None:
    """Attachments of an e-mail; ``None`` when it is none."""
    try:
        content = _read_file(path)
    except (UserError, OSError):
        return None
    message = message_from_bytes(content, policy=policy.default)
    return [
        Source(f"{path.name} › {name}", lambda content=payload, name=name: _checked(content, name))  # type: ignore[misc]
        for name, payload in _attachments(message)
    ]


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.iter_attachments():
        name = Path(part.get_filename() or "").name
        payload = part.get_payload(decode=True)
        if Path(name).suffix.lower() in _DOCUMENTS and isinstance(payload, bytes):
            yield name, payload
