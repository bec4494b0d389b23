"""Reading the supporting documents of a form (BG-24)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from einvoice_desktop.domain.draft import DraftAttachment
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.form_fields import clean
from einvoice_desktop.domain.invoice import Attachment
from einvoice_desktop.domain.limits import ATTACHMENT_BYTES

QUALIFIERS = (
    "DOCUMENT_ANNEXE", "BON_COMMANDE", "BON_LIVRAISON", "RIB", "LISIBLE", "PJA", "BORDEREAU_SUIVI",
    "BORDEREAU_SUIVI_VALIDATION", "ETAT_ACOMPTE", "FACTURE_PAIEMENT_DIRECT", "RECAPITULATIF_COTRAITANCE",
    "FEUILLE_DE_STYLE",
)  # fmt: skip
"""What an attachment is (BT-123, BR-FR-17), the usual ones first."""

MEDIA_TYPES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
"""Media types every profile admits (BT-125-1, BR-CL-24), with their usual file ending."""

_LONGEST_NAME = 50


def read_attachments(
    rows: tuple[DraftAttachment, ...], contents: Mapping[str, bytes], found: list[Finding]
) -> tuple[Attachment, ...]:
    """The attachments, their bytes taken from ``contents`` by SHA-256; one ``LISIBLE`` at most (BR-FR-18)."""
    readable = [index for index, row in enumerate(rows) if clean(row.description) == "LISIBLE"]
    found.extend(Finding("BR-FR-18", f"attachments.{index}.description") for index in readable[1:])
    return tuple(_attachments(rows, contents, found))


def _attachments(
    rows: tuple[DraftAttachment, ...], contents: Mapping[str, bytes], found: list[Finding]
) -> Iterator[Attachment]:
    for index, row in enumerate(rows):
        at = f"attachments.{index}."
        filename, url = clean(row.filename), clean(row.url)
        if not (row.sha256 or filename or url or clean(row.reference)):
            continue
        content = _content(at, row, contents, found)
        reference = clean(row.reference) or filename or f"PJ-{index + 1}"
        qualifier = clean(row.description) or QUALIFIERS[0]
        if qualifier not in QUALIFIERS:
            found.append(Finding("BR-FR-17", at + "description", suggested_value=QUALIFIERS[0]))
        if url and not re.match(r"https?://[^\s]+$", url):
            found.append(Finding("ED-ATTACHMENT-URL", at + "url"))
        yield Attachment(
            reference=reference,
            description=qualifier,
            url=url,
            content=content,
            media_type=clean(row.media_type) if content is not None else "",
            filename=filename if content is not None else "",
        )


def _content(at: str, row: DraftAttachment, contents: Mapping[str, bytes], found: list[Finding]) -> bytes | None:
    if not row.sha256:
        return None
    content = contents.get(row.sha256)
    if content is None:
        found.append(Finding("ED-ATTACHMENT-LOST", at + "filename", params={"name": row.filename}))
        return None
    if clean(row.media_type) not in MEDIA_TYPES:
        found.append(Finding("ED-ATTACHMENT-TYPE", at + "media_type", params={"typed": row.media_type}))
    if len(content) > ATTACHMENT_BYTES:
        found.append(Finding("ED-ATTACHMENT-SIZE", at + "filename", params={"name": row.filename}))
    if not clean(row.filename):
        found.append(Finding("ED-REQUIRED", at + "filename"))
    elif len(row.filename) > _LONGEST_NAME:
        found.append(Finding("ED-ATTACHMENT-NAME", at + "filename", Severity.WARNING))
    return content
