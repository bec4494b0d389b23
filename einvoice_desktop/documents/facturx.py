"""What makes a PDF/A-3 a Factur-X file: the name of the XML inside, its relationship to the page, its level in the XMP.

Factur-X 1.08 and its PDF/A extension schema. The XML itself is written by the CII writer; the file by
:mod:`einvoice_desktop.documents.pdf`.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ports.errors import UserError

FILENAME = "factur-x.xml"
MEDIA_TYPE = "text/xml"
DESCRIPTION = "Factur-X XML file"
NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

_LEVELS: dict[str, str] = {
    Profile.MINIMUM: "MINIMUM",
    Profile.BASIC_WL: "BASIC WL",
    Profile.BASIC: "BASIC",
    Profile.EN16931: "EN 16931",
    Profile.EXTENDED: "EXTENDED",
}
_PARTIAL = frozenset({"MINIMUM", "BASIC WL"})

_PROPERTIES = (
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document, INVOICE here"),
    ("Version", "The version of the standard that the embedded XML document follows"),
    ("ConformanceLevel", "The conformance level of the embedded XML document"),
)


def conformance_level(profile: str) -> str:
    """The level Factur-X gives to a profile (BT-24), as the XMP wants it.

    Raises:
        UserError: ``ED-FACTURX-PROFILE``, no Factur-X level exists for it (EXTENDED-CTC-FR goes as CII or UBL).
    """
    level = _LEVELS.get(profile)
    if level is None:
        raise UserError("ED-FACTURX-PROFILE", detail=profile)
    return level


def relationship(profile: str) -> str:
    """How the XML stands to the page (``AFRelationship``).

    ``Data`` for the profiles that hold only a part of the invoice, ``Alternative`` for those that say as much as
    the page (Factur-X 1.08 admits it in France and Germany alike).

    Raises:
        UserError: ``ED-FACTURX-PROFILE``.
    """
    return "Data" if conformance_level(profile) in _PARTIAL else "Alternative"


def xmp_extension(profile: str) -> str:
    """The Factur-X properties and the extension schema that PDF/A wants with them, as RDF descriptions.

    Raises:
        UserError: ``ED-FACTURX-PROFILE``.
    """
    values = {
        "DocumentType": "INVOICE",
        "DocumentFileName": FILENAME,
        "Version": "1.0",
        "ConformanceLevel": conformance_level(profile),
    }
    properties = "\n".join(f"   <fx:{name}>{escape(value)}</fx:{name}>" for name, value in values.items())
    declared = "\n".join(_declaration(name, meaning) for name, meaning in _PROPERTIES)
    return f"""  <rdf:Description rdf:about="" xmlns:fx="{NAMESPACE}">
{properties}
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>fx</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq>
{declared}
    </rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"""


def _declaration(name: str, meaning: str) -> str:
    return (
        '     <rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
    )
