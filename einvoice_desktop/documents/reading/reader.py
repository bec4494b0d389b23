"""Understanding a file by what it holds: Factur-X, CII, UBL, life-cycle message or e-report. Never raises."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from einvoice_desktop.documents import cii, ubl
from einvoice_desktop.documents.en16931.assembly import assemble
from einvoice_desktop.documents.json_form import read_invoice
from einvoice_desktop.documents.nodes import Element, Node
from einvoice_desktop.documents.reading import lifecycle, safe_xml
from einvoice_desktop.documents.reading.as_written import odd_as_written
from einvoice_desktop.documents.reading.container_checks import Envelope, odd_envelope
from einvoice_desktop.documents.reading.containers import EmbeddedFile, open_pdf
from einvoice_desktop.documents.reading.unread import more_than_read
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ports.documents import LifecycleMessage, ReadDocument

_SYNTAXES = {cii.ROOT: ("cii", cii.CII), ubl.INVOICE_ROOT: ("ubl", ubl.UBL), ubl.CREDIT_NOTE_ROOT: ("ubl", ubl.UBL)}
_KNOWN_BUT_UNSUPPORTED = {
    "SCRDMCCBDACIOMessageStructure": "ED-READ-ORDER-X",
    "CrossIndustryDocument": "ED-READ-ZUGFERD1",
}
_PDF_HEADER_WINDOW = 1024
_USUAL_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml", "order-x.xml")


class DocumentReader:
    """Reads files from outside (:class:`~einvoice_desktop.ports.documents.InvoiceReader`)."""

    def read(self, content: bytes, filename: str = "") -> ReadDocument:
        """Understand a file by its content; the reasons why not are in ``problems``."""
        if not content:
            return ReadDocument("unknown", problems=(Finding("ED-READ-EMPTY"),))
        if b"%PDF-" in content[:_PDF_HEADER_WINDOW]:
            return _read_pdf(content)
        return _read_xml(content)

    def read_json(self, content: bytes) -> Invoice:
        """The document of an EN 16931-style JSON body, totals as stated.

        Raises:
            UserError: ``ED-JSON-…`` with the ``path`` of the field at fault.
        """
        return read_invoice(content)

    def read_lifecycle(self, xml: bytes) -> LifecycleMessage:
        """A CDAR message.

        Raises:
            UserError: ``ED-READ-CDAR`` when it cannot be read.
        """
        return lifecycle.read_lifecycle(xml)


def _read_pdf(content: bytes) -> ReadDocument:
    container = open_pdf(content)
    if container.problems:
        return ReadDocument("unknown", pdf=content, problems=container.problems)
    found = [
        replace(_read_xml(file.content), pdf=content, attachment_name=file.name)
        for file in sorted(container.files, key=_preference)
    ]
    invoices = [document for document in found if document.format in {"cii", "ubl"}]
    if invoices:
        return _in_envelope(invoices[0], container.envelope, len(invoices))
    if not found:
        return ReadDocument("unknown", pdf=content, problems=(Finding("ED-READ-PDF-NO-XML"),))
    return found[0]


def _in_envelope(document: ReadDocument, envelope: Envelope | None, count: int) -> ReadDocument:
    odd = () if envelope is None else odd_envelope(envelope, document.attachment_name, document.profile, count)
    return replace(document, format="factur-x", remarks=(*document.remarks, *odd))


def _preference(file: EmbeddedFile) -> tuple[int, str]:
    name = file.name.lower()
    return (_USUAL_NAMES.index(name) if name in _USUAL_NAMES else len(_USUAL_NAMES)), name


def _read_xml(content: bytes) -> ReadDocument:
    parsed = safe_xml.parse(content)
    if parsed.root is None:
        return ReadDocument("unknown", xml=content, problems=parsed.problems)
    document = _understand(parsed.root)
    return replace(document, xml=content, problems=parsed.problems + document.problems)


def _understand(root: Element) -> ReadDocument:
    syntax = _SYNTAXES.get(str(root.tag))
    if syntax is not None:
        seen: set[Element] = set()
        node = Node(root, syntax[1], seen)
        invoice, problems = assemble(node)
        remarks = (*odd_as_written(root), *more_than_read(root, seen)) if invoice is not None else odd_as_written(root)
        return ReadDocument(
            syntax[0], node.token("BT-24"), node.token("BT-3"), invoice, problems=problems, remarks=remarks
        )
    name = etree.QName(root).localname
    if str(root.tag) == lifecycle.ROOT:
        message = Node(root, lifecycle.CDAR)
        return ReadDocument("cdar", message.token("MDT-3"), message.token("MDT-105"))
    if name == "Report" and root.find("{*}ReportDocument") is not None:
        return ReadDocument("ereport", type_code=(root.findtext("{*}ReportDocument/{*}TypeCode") or "").strip())
    code = _KNOWN_BUT_UNSUPPORTED.get(name, "ED-READ-UNKNOWN")
    return ReadDocument("unknown", problems=(Finding(code, params={"root": name[:80]}),))
