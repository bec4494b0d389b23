"""What is wrong with the PDF around a readable XML (Factur-X 1.0.07 § 6 and 7, ISO 19005-3).

The invoice inside may be perfect: no official rule file looks at its container, so these are checks of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from einvoice_desktop.documents.nodes import Element
from einvoice_desktop.documents.reading import safe_xml
from einvoice_desktop.domain.findings import Finding, Severity

if TYPE_CHECKING:
    from pypdf import PdfReader

STANDARD_NAMES = frozenset({"factur-x.xml", "xrechnung.xml"})
OLDER_NAMES = frozenset({"zugferd-invoice.xml"})
_RELATIONS = frozenset({"/Data", "/Alternative"})
_LEVELS = {
    "urn:factur-x.eu:1p0:minimum": "MINIMUM",
    "urn:factur-x.eu:1p0:basicwl": "BASIC WL",
    "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic": "BASIC",
    "urn:cen.eu:en16931:2017": "EN 16931",
    "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended": "EXTENDED",
}
"""The level the XMP must announce for each BT-24."""

_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a PDF says of itself and of the files inside.

    Attributes:
        relations: ``/AFRelationship`` of each embedded file by name, empty when absent.
        associated: names of the files listed in ``/AF`` of the document.
        has_intent: whether an output intent is there. xmp: the metadata, ``None`` when absent or unreadable.
    """

    relations: dict[str, str]
    associated: frozenset[str]
    has_intent: bool
    xmp: Element | None


def read_envelope(pdf: PdfReader, specifications: list[tuple[str, dict[str, Any]]], associated: list[str]) -> Envelope:
    """The envelope of ``pdf``; ``specifications`` are its embedded files, ``associated`` those of ``/AF``."""
    root = _resolved(pdf.trailer["/Root"])
    relations = {name: str(_resolved(file.get("/AFRelationship")) or "") for name, file in specifications}
    intents = _resolved(root.get("/OutputIntents"))
    stream = _resolved(root.get("/Metadata"))
    data = stream.get_data() if hasattr(stream, "get_data") else b""
    xmp = safe_xml.parse(data).root if data else None
    return Envelope(relations, frozenset(associated), isinstance(intents, list) and bool(intents), xmp)


def odd_envelope(envelope: Envelope, name: str, profile: str, invoices: int) -> Iterator[Finding]:
    """What is wrong around the XML called ``name`` whose BT-24 is ``profile``, one of ``invoices`` invoices inside.

    Errors are what the specification forbids, a warning is what readers tolerate (ZUGFeRD 2.0 had other values).
    """
    if name.lower() not in STANDARD_NAMES:
        is_older = name.lower() in OLDER_NAMES
        yield Finding("ED-READ-PDF-NAME", severity=_severity(is_older), params={"typed": name[:80]})
    relation = envelope.relations.get(name, "")
    if relation not in _RELATIONS:
        yield Finding("ED-READ-PDF-RELATION", severity=_severity(bool(relation)), params={"typed": relation[:40]})
    if name not in envelope.associated:
        yield Finding("ED-READ-PDF-AF", params={"typed": name[:80]})
    if invoices > 1:
        yield Finding("ED-READ-PDF-SEVERAL", severity=Severity.WARNING, params={"count": str(invoices)})
    yield from _metadata(envelope, profile)


def _severity(is_tolerated: bool) -> Severity:  # noqa: FBT001 - the only argument
    return Severity.WARNING if is_tolerated else Severity.ERROR


def _metadata(envelope: Envelope, profile: str) -> Iterator[Finding]:
    level = _value(envelope.xmp, "ConformanceLevel")
    if not level:
        yield Finding("ED-READ-PDF-XMP")
    elif profile in _LEVELS and level != _LEVELS[profile]:
        yield Finding("ED-READ-PDF-LEVEL", params={"typed": level[:40], "expected": _LEVELS[profile]})
    if not envelope.has_intent or _pdfa_part(envelope.xmp) != "3":
        yield Finding("ED-READ-PDF-A")


def _value(xmp: Element | None, name: str) -> str:
    """A property of the Factur-X extension (any version of its namespace), as an element or as an attribute."""
    for element in xmp.iter("{*}*") if xmp is not None else ():
        if str(element.tag).endswith(f"}}{name}"):
            return (element.text or "").strip()
        for key, value in element.attrib.items():
            if str(key).endswith(f"}}{name}"):
                return str(value).strip()
    return ""


def _pdfa_part(xmp: Element | None) -> str:
    for element in xmp.iter("{*}*") if xmp is not None else ():
        if element.tag == f"{_PDFA}part":
            return (element.text or "").strip()
        if f"{_PDFA}part" in element.attrib:
            return str(element.get(f"{_PDFA}part")).strip()
    return ""


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
