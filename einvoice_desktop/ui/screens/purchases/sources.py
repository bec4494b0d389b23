"""From what is dropped (files, folders, ZIP, e-mails) to the documents inside, read one at a time and within bounds.

What a file is is told by its first bytes. Names are only shown, never used as paths; nothing is unpacked on the disk;
what is left out is named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.services.file_kinds import DOCUMENTS, HEAD, FileKind, kind_of

LARGEST = 100 * 1024 * 1024
"""Bytes of one document, of one archive entry once unpacked, or of one e-mail."""
MOST = 5000
"""Documents of one import."""
MOST_LOOKED_AT = 50_000
"""Files whose first bytes are read for one import."""
_BROKEN_ZIP = (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError)
_OFFICE_MARKS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
"""Entries of the formats that are ZIP inside: word processing, spreadsheets, programs."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document to receive: the name shown (« lot.zip › avoir.xml ») and what reads its bytes.

    ``read`` raises :class:`UserError` (``ED-READ-…``) or :class:`OSError`.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found: the documents in order, the names of what is no document, whether the bounds cut it short."""

    sources: tuple[Source, ...]
    left_out: tuple[str, ...] = ()
    is_cut: bool = False


def sources(paths: Iterable[Path]) -> Gathered:
    """The documents in ``paths``, in order; folders are walked, ZIP and e-mails opened.

    A file given by itself is always one to try; those found inside something else are left out, and named, when their
    first bytes are none of a PDF, an XML, a ZIP or an e-mail.
    """
    gathering = _Gathering()
    for path in paths:
        if gathering.is_full:
            gathering.is_cut = True
            break
        if path.is_dir():
            gathering.folder(path)
        else:
            gathering.file(path, is_given=True)
    return Gathered(tuple(gathering.found), tuple(gathering.left_out), gathering.is_cut)


@dataclass(slots=True)
class _Gathering:
    found: list[Source] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    is_cut: bool = False

    @property
    def is_full(self) -> bool:
        return len(self.found) >= MOST or len(self.found) + len(self.left_out) >= MOST_LOOKED_AT

    def folder(self, folder: Path) -> None:
        inside = list(islice(folder.rglob("*"), MOST_LOOKED_AT + 1))
        self.is_cut = self.is_cut or len(inside) > MOST_LOOKED_AT
        for child in sorted(inside[:MOST_LOOKED_AT]):
            if child.is_symlink():
                self.left_out.append(child.name)
            elif not child.is_dir():
                if self._is_stopped():
                    return
                self.file(child)

    def file(self, path: Path, *, is_given: bool = False) -> None:
        if path.exists() and not path.is_file():
            self.left_out.append(path.name)
            return
        kind = _kind_at(path)
        is_opened = (kind is FileKind.ZIP and self._archive(path.name, lambda: path.open("rb"))) or (
            kind is FileKind.EMAIL and self._email(path)
        )
        if is_opened:
            return
        if is_given or kind is None or kind is not FileKind.OTHER:
            self.found.append(Source(path.name, lambda: _read_file(path)))
        else:
            self.left_out.append(path.name)

    def _archive(self, name: str, opened: Callable[[], BinaryIO]) -> bool:
        """Take the entries of an archive; ``False`` when it is none (then it is one unreadable document)."""
        try:
            with opened() as file, zipfile.ZipFile(file) as archive:
                entries = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
                if not entries or _OFFICE_MARKS.intersection(entries):
                    self.left_out.append(name)
                    return True
                for entry in entries:
                    if self._is_stopped():
                        break
                    shown = f"{name} › {Path(entry).name}"
                    if _kind_in(archive, entry) in DOCUMENTS | {None}:
                        self.found.append(Source(shown, _zip_reader(opened, entry)))
                    else:
                        self.left_out.append(shown)
        except (*_BROKEN_ZIP, OSError):
            return False
        return True

    def _email(self, path: Path) -> bool:
        """Take what an e-mail carries; ``False`` when it cannot be read whole."""
        try:
            content = _read_file(path)
        except (UserError, OSError):
            return False
        before = len(self.found) + len(self.left_out)
        for number, part in enumerate(_parts(content), 1):
            if self._is_stopped():
                break
            self._attachment(path.name, number, part)
        if len(self.found) + len(self.left_out) == before:
            self.left_out.append(path.name)
        return True

    def _attachment(self, email: str, number: int, part: Message) -> None:
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        name = f"{email} › {Path(part.get_filename() or '').name or f'pièce jointe {number}'}"
        kind = kind_of(content[:HEAD])
        if kind is FileKind.ZIP and self._archive(name, lambda: BytesIO(content)):
            return
        if kind in DOCUMENTS or kind is FileKind.ZIP:
            self.found.append(Source(name, lambda: _checked(content, name)))
        else:
            self.left_out.append(name)

    def _is_stopped(self) -> bool:
        """Whether the bounds are reached while something more is there."""
        self.is_cut = self.is_cut or self.is_full
        return self.is_full


def _kind_at(path: Path) -> FileKind | None:
    """By its first bytes; ``None`` for what cannot be read, which reading will tell."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD))
    except OSError:
        return None


def _kind_in(archive: zipfile.ZipFile, entry: str) -> FileKind | None:
    try:
        with archive.open(entry) as file:
            return kind_of(file.read(HEAD))
    except (*_BROKEN_ZIP, OSError):
        return None


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


def _zip_reader(opened: Callable[[], BinaryIO], entry: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with opened() as file, zipfile.ZipFile(file) as archive, archive.open(entry) as inside:
                return _checked(inside.read(LARGEST + 1), Path(entry).name)
        except _BROKEN_ZIP as error:
            raise UserError("ED-READ-UNKNOWN", detail=str(error)) from error

    return read


def _parts(content: bytes) -> Iterable[Message]:
    """What an e-mail carries besides its own words, forwarded e-mails included."""
    message: EmailMessage = message_from_bytes(content, policy=policy.default)
    return (part for part in message.walk() if not part.is_multipart() and not _is_body(part))


def _is_body(part: Message) -> bool:
    return part.get_content_type() in {"text/plain", "text/html"} and not part.get_filename()
