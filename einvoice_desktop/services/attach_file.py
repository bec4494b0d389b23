"""Attaching supporting documents to a draft (BG-24): what they are is read from their bytes, never from their name."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from einvoice_desktop.domain.draft import DraftAttachment, DraftForm
from einvoice_desktop.domain.form_attachments import MEDIA_TYPES, QUALIFIERS
from einvoice_desktop.domain.limits import ATTACHMENT_BYTES
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Draft
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork

TOTAL_BYTES = 50_000_000
"""Of all the files of a document: platforms take flows of 100 MB, and base64 adds a third."""

_SIGNATURES = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_CSV = "text/csv"
_NAME_LIMIT = 50
_CSV_MARKS = (",", ";", "\t")


class AttachFile:
    """Files of drafts, kept with them until they are issued or deleted."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def add(self, draft_id: str, filename: str, content: bytes, description: str = "") -> DraftAttachment:
        """Attach a file to a draft, at the end of its list; what was added is returned.

        The form kept by the store holds it at once; a form open elsewhere adds what is returned to its own list.
        ``description``: one of :data:`einvoice_desktop.domain.form_attachments.QUALIFIERS` (BT-123, BR-FR-17), empty for
        an ordinary annex.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-FILE-TYPE`` not a PDF, PNG, JPEG, CSV, XLSX or ODS; ``ED-FILE-EMPTY``;
                ``ED-FILE-SIZE`` over 10 MB, or 50 MB in all; ``ED-FILE-TWICE`` it is attached already.
        """
        name = file_name(filename)
        media_type = media_type_of(content, name)
        if not content:
            raise UserError("ED-FILE-EMPTY", name=name)
        if not media_type:
            raise UserError("ED-FILE-TYPE", name=name)
        with self._store.unit_of_work() as work:
            draft = _draft(work, draft_id)
            _check_size(work, draft.form, content, name)
            sha256 = work.files.keep(draft_id, content)
            if any(attached.sha256 == sha256 for attached in draft.form.attachments):
                raise UserError("ED-FILE-TWICE", name=name)
            ending = MEDIA_TYPES[media_type]
            if not name.lower().endswith((ending, ".jpeg")):
                name = f"{name.rsplit('.', 1)[0]}{ending}"
            row = DraftAttachment(sha256, name, media_type, name, description or QUALIFIERS[0])
            form = replace(draft.form, attachments=(*draft.form.attachments, row))
            work.drafts.save(replace(draft, form=form, updated_at=self._clock.now()))
            work.commit()
        return row

    def remove(self, draft_id: str, index: int) -> None:
        """Take the attachment of that place off a draft; its bytes go with the draft.

        Raises:
            UserError: ``ED-NOT-FOUND``, also for a place that does not exist.
        """
        with self._store.unit_of_work() as work:
            draft = _draft(work, draft_id)
            rows = list(draft.form.attachments)
            if not 0 <= index < len(rows):
                raise UserError("ED-NOT-FOUND", what="attachment")
            del rows[index]
            form = replace(draft.form, attachments=tuple(rows))
            work.drafts.save(replace(draft, form=form, updated_at=self._clock.now()))
            work.commit()

    def content(self, sha256: str) -> bytes:
        """The bytes of an attachment of a draft, to open or save it.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            content = work.files.get(sha256)
        if content is None:
            raise UserError("ED-NOT-FOUND", what="attachment")
        return content


def files_of(work: UnitOfWork, form: DraftForm) -> dict[str, bytes]:
    """The bytes of the attachments of a form, by SHA-256; those that are lost left out."""
    wanted = {attached.sha256 for attached in form.attachments if attached.sha256}
    found = {sha256: work.files.get(sha256) for sha256 in wanted}
    return {sha256: content for sha256, content in found.items() if content is not None}


def file_name(path: str) -> str:
    """The name alone, without folders or characters a platform refuses, its end kept, at most 50 characters."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter if letter.isalnum() or letter in " ._-()" else "_" for letter in name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(name) > _NAME_LIMIT:
        name = f"{stem[: _NAME_LIMIT - len(ending) - 1]}.{ending}"
    return name[:_NAME_LIMIT] or "fichier"


def media_type_of(content: bytes, filename: str = "") -> str:
    """What ``content`` is (BT-125-1), empty for what a platform does not admit.

    Only a CSV, a text like any other, also needs its name.
    """
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _sheet_type(content)
    is_csv = filename.lower().endswith(".csv") and b"\0" not in content[:4096]
    return _CSV if is_csv and any(mark.encode() in content for mark in _CSV_MARKS) else ""


def _sheet_type(content: bytes) -> str:
    """A spreadsheet among the zipped formats, told by its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return _XLSX
            is_open = "mimetype" in names and archive.getinfo("mimetype").file_size < len(_ODS) * 2
            return _ODS if is_open and archive.read("mimetype").decode("ascii", "replace").strip() == _ODS else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return ""


def _draft(work: UnitOfWork, draft_id: str) -> Draft:
    draft = work.drafts.get(draft_id)
    if draft is None:
        raise UserError("ED-NOT-FOUND", what="draft")
    return draft


def _check_size(work: UnitOfWork, form: DraftForm, content: bytes, name: str) -> None:
    total = len(content) + sum(len(kept) for kept in files_of(work, form).values())
    if len(content) > ATTACHMENT_BYTES or total > TOTAL_BYTES:
        limits = {"limit": str(ATTACHMENT_BYTES // 1_000_000), "total": str(TOTAL_BYTES // 1_000_000)}
        raise UserError("ED-FILE-SIZE", name=name, **limits)
