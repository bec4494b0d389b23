"""What the XMP of the file says of it: PDF/A-3b, and the Factur-X level of the XML inside."""

from __future__ import annotations

from lxml import etree

from einvoice_desktop.documents import facturx
from einvoice_desktop.documents.pdf.proof.opening import OpenFile, resolved
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import UserError

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_FX = f"{{{facturx.NAMESPACE}}}"


def check_metadata(file: OpenFile, profile: str) -> list[Finding]:
    """Pdfaid part 3 conformance B (ISO 19005-3, 6.6.4), and the four properties of Factur-X for ``profile`` (BT-24)."""
    stream = resolved(file.root.get("/Metadata"))
    if not hasattr(stream, "get_data"):
        return [Finding("ED-PDF-XMP", params={"name": "XMP", "found": "", "expected": "XMP"})]
    try:
        said = _properties(stream.get_data())
    except etree.XMLSyntaxError:
        return [Finding("ED-PDF-XMP", params={"name": "XMP", "found": "?", "expected": "XMP"})]
    expected = {
        f"{_PDFA}part": ("pdfaid:part", "3"),
        f"{_PDFA}conformance": ("pdfaid:conformance", "B"),
        f"{_FX}DocumentType": ("fx:DocumentType", "INVOICE"),
        f"{_FX}DocumentFileName": ("fx:DocumentFileName", facturx.FILENAME),
        f"{_FX}ConformanceLevel": ("fx:ConformanceLevel", _level(profile)),
    }
    return [
        Finding("ED-PDF-XMP", params={"name": name, "found": said.get(key, ""), "expected": value})
        for key, (name, value) in expected.items()
        if said.get(key) != value
    ]


def _level(profile: str) -> str:
    try:
        return facturx.conformance_level(profile)
    except UserError:
        return ""


def _properties(packet: bytes) -> dict[str, str]:
    """Properties of all descriptions, written as elements or as attributes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    found: dict[str, str] = {}
    for described in etree.fromstring(packet, parser).iter(_RDF):
        found |= {str(name): str(value) for name, value in described.attrib.items()}
        found |= {str(child.tag): (child.text or "").strip() for child in described}
    return found
