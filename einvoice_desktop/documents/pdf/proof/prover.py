"""The port ``PdfProver`` on pypdf: the file as a stranger sees it, and what it prints against what its XML says."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.proof.amounts import check_totals, check_vat
from einvoice_desktop.documents.pdf.proof.lines import check_lines
from einvoice_desktop.documents.pdf.proof.metadata import check_metadata
from einvoice_desktop.documents.pdf.proof.opening import OpenFile, open_file
from einvoice_desktop.documents.pdf.proof.payment_code import check_payment_code
from einvoice_desktop.documents.pdf.proof.printed import Printed
from einvoice_desktop.documents.pdf.proof.structure import (
    check_attachment,
    check_encryption,
    check_fonts,
    check_header,
    check_intent,
    check_nothing_active,
)
from einvoice_desktop.documents.pdf.proof.values import check_values
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.money import plain
from einvoice_desktop.domain.profiles import fit
from einvoice_desktop.ports.documents import PdfProof

NOT_OPENED = "not_opened"
TEXT_NOT_READ = "text_not_read"
XML_NOT_READ = "xml_not_read"


class PypdfProver:
    """Looks at a finished Factur-X file (:class:`~einvoice_desktop.ports.documents.PdfProver`); from any thread."""

    def __init__(self) -> None:
        self._reader = DocumentReader()

    def warm_up(self) -> None:
        """Load what the first file needs; better done in the background."""
        import pypdf  # noqa: F401 - the loading is the point

    def prove(self, pdf: bytes, xml: bytes, invoice: Invoice) -> PdfProof:
        """Whether the file is a PDF/A-3 around ``xml`` and prints what ``xml`` says; never raises.

        ``why_not_checked`` is ``not_opened``, ``text_not_read`` or ``xml_not_read``, then the reason in English; what
        could be looked at before is in ``findings`` all the same.
        """
        findings = check_header(pdf)
        try:
            file = open_file(pdf)
        except Exception as error:  # noqa: BLE001 - a damaged PDF makes the library raise almost anything
            return PdfProof(tuple(findings), _why(NOT_OPENED, error))
        if file.reader.is_encrypted:
            return PdfProof((*findings, *check_encryption(file)))
        read = self._reader.read(xml)
        try:
            findings += _structure(file, xml, read.profile)
        except Exception as error:  # noqa: BLE001 - as above, objects are read when they are asked for
            return PdfProof(tuple(findings), _why(NOT_OPENED, error))
        if read.invoice is None:
            return PdfProof(tuple(findings), XML_NOT_READ)
        try:
            findings += _same_document(invoice, read.invoice)
            findings += check_payment_code(file, read.invoice, invoice)
            # What the page says and the profile has no place for contradicts nothing.
            beyond = fit(invoice, read.profile).left_out
            shown = _printed_findings(Printed(file.pieces()), read.invoice)
            findings += [finding for finding in shown if finding.params.get("term") not in beyond]
        except Exception as error:  # noqa: BLE001 - what goes wrong while looking is not a proof
            return PdfProof(tuple(findings), _why(TEXT_NOT_READ, error))
        return PdfProof(tuple(findings))


def _structure(file: OpenFile, xml: bytes, profile: str) -> list[Finding]:
    return [
        *check_fonts(file),
        *check_intent(file),
        *check_metadata(file, profile),
        *check_attachment(file, xml, profile),
        *check_nothing_active(file),
    ]


def _printed_findings(printed: Printed, stated: Invoice) -> list[Finding]:
    lines = check_lines(printed, stated) if stated.lines else []
    found = [*check_values(printed, stated), *check_totals(printed, stated), *check_vat(printed, stated), *lines]
    boxes = printed.replaced()
    if boxes and not any(finding.code == "ED-PDF-GLYPH" for finding in found):
        told = {"term": f"page {boxes[0].page + 1}", "text": boxes[0].text}
        found.append(Finding("ED-PDF-GLYPH", severity=Severity.WARNING, params=told))
    return found


def _same_document(invoice: Invoice, stated: Invoice) -> list[Finding]:
    """The XML is that of the document: same number, type, day, currency and amounts."""
    pairs = {
        "BT-1": (invoice.number, stated.number),
        "BT-2": (invoice.issue_date.isoformat(), stated.issue_date.isoformat()),
        "BT-3": (str(invoice.type_code), stated.type_code),
        "BT-5": (invoice.currency, stated.currency),
        "BT-109": (plain(invoice.totals.without_vat), plain(stated.totals.without_vat)),
        "BT-112": (plain(invoice.totals.with_vat), plain(stated.totals.with_vat)),
        "BT-115": (plain(invoice.totals.due), plain(stated.totals.due)),
    }
    return [
        Finding("ED-PDF-OTHER", params={"term": term, "given": given, "xml": said})
        for term, (given, said) in pairs.items()
        if given != said
    ]


def _why(kind: str, error: Exception) -> str:
    return f"{kind}: {type(error).__name__}: {error}"[:300]
