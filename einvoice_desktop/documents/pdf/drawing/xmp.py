"""The XMP packet of a PDF/A-3b file: the same values as the document information, and a declared extension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself.

    Attributes:
        extension: further RDF descriptions with their PDF/A schema.
        is_accessible: whether it is PDF/UA-1 (ISO 14289-1) beside PDF/A-3b.
    """

    title: str
    author: str
    subject: str
    producer: str
    made_at: datetime
    language: str = "fr-FR"
    extension: str = ""
    is_accessible: bool = False


_BAG = "<pdfaExtension:schemas><rdf:Bag>"
_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
_UA_SCHEMA = f"""<rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{_UA_NAMESPACE}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq>
     <rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description></rdf:li>
    </rdf:Seq></pdfaSchema:property>
   </rdf:li>"""
_UA_PART = f"""  <rdf:Description rdf:about="" xmlns:pdfuaid="{_UA_NAMESPACE}">
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
"""
_UA_ALONE = f"""  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   {_BAG}{_UA_SCHEMA}</rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"""


def packet(properties: Properties) -> bytes:
    """The packet, UTF-8, read-only."""
    moment = f"{properties.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00"
    title, author, subject, producer = (
        _text(value) for value in (properties.title, properties.author, properties.subject, properties.producer)
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{properties.language}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
  </rdf:Description>
{_extension(properties)} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()


def _extension(properties: Properties) -> str:
    """The further descriptions; a packet may list its schemas only once, so that of PDF/UA joins those there are."""
    if not properties.is_accessible:
        return properties.extension
    if _BAG in properties.extension:
        return _UA_PART + properties.extension.replace(_BAG, _BAG + _UA_SCHEMA, 1)
    return _UA_PART + properties.extension + _UA_ALONE


def _text(value: str) -> str:
    """``value`` without what XML forbids."""
    return escape("".join(c for c in value if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff"))
