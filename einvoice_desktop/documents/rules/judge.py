"""Runs the rule files of one document after the other. Lives in the worker process only."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, cast

from lxml import etree

from einvoice_desktop.documents.rules import rulebook
from einvoice_desktop.documents.rules.places import place_of
from einvoice_desktop.documents.rules.reading import UnreadableXmlError, line_of, parse, path_of
from einvoice_desktop.documents.rules.svrl import findings_of
from einvoice_desktop.documents.rules.wire import FindingReply, Reply

_PRE_EVALUATE = "http://saxon.sf.net/feature/preEvaluateDocFunction"
"""Reads the code lists of the Factur-X rule files once, when they are compiled, instead of at each document."""

_MOST_XSD_ERRORS = 200
_MOST_STYLESHEETS = 6
"""Compiled rule files kept, the least used goes first: each holds 20 to 100 MB, and a user meets two or three kinds."""

_CAST_VALUE = re.compile(r'"([^"]*)"')
_CODE_LISTS = re.compile(rb"document\('([^']+)'\)")
"""Files a Schematron reads beside itself; one that is absent is our fault and must not pass for the document's."""


class RulesMissingError(Exception):
    """A rule file cannot be loaded: nothing can be said of the document."""


class Judge:
    """Loads each official file once and keeps it.

    Raises:
        ImportError: saxonche is not installed.
    """

    def __init__(self) -> None:
        from saxonche import PySaxonProcessor

        self._saxon: Any = PySaxonProcessor(license=False)
        self._saxon.set_configuration_property(_PRE_EVALUATE, "true")
        self._xslt: Any = self._saxon.new_xslt30_processor()
        self._schemas: dict[Path, etree.XMLSchema] = {}
        self._stylesheets: OrderedDict[Path, Any] = OrderedDict()
        self._experienced: set[Path] = set()

    def load(self, rules: rulebook.RuleSet) -> None:
        """Load what ``rules`` needs, ahead of the first document.

        Raises:
            RulesMissingError: a file is absent or broken.
        """
        self._schema(rules.file(rules.xsd))
        for schematron in rules.schematrons:
            self._stylesheet(rules.file(schematron.path))

    def check(self, xml: bytes) -> Reply:
        """The findings of every rule file that applies to ``xml``; one that breaks does not stop the others."""
        started = time.perf_counter()
        reply = empty_reply()
        try:
            root = parse(xml)
            identity = rulebook.identify(root)
            reply["format"], reply["profile"] = identity.format, identity.profile
            reply["type_code"] = identity.type_code
            self._run(root, identity, reply)
        except UnreadableXmlError as error:
            reply["findings"].append(_xsd_finding(str(error), error.line, "", "xml"))
        except (RulesMissingError, FileNotFoundError) as error:
            reply["why_not_checked"] = f"rule file cannot be used: {error}"
        reply["elapsed"] = time.perf_counter() - started
        return reply

    def _run(self, root: etree._Element, identity: rulebook.Identity, reply: Reply) -> None:
        rules = identity.rules
        reply["findings"] += self._check_schema(root, rules.file(rules.xsd))
        reply["checked"].append(Path(rules.xsd).name)
        node = self._hand_over(root)
        for schematron in rules.schematrons:
            if schematron.is_french:  # the last ones: what was found so far is EN 16931's
                reply["en16931_compliant"] = identity.is_invoice and not _has_error(reply["findings"])
            reply["findings"] += self._check_schematron(root, node, rules.file(schematron.path))
            reply["checked"].append(Path(schematron.path).name)

    def _hand_over(self, root: etree._Element) -> Any:
        """``root`` as the rule engine sees it; what it refuses although libxml2 took it is no good XML either."""
        try:
            return self._saxon.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
        except Exception as error:
            raise UnreadableXmlError(str(error).strip()) from error

    def _check_schema(self, root: etree._Element, path: Path) -> list[FindingReply]:
        schema = self._schema(path)
        if schema.validate(root):
            return []
        found: list[FindingReply] = []
        for entry in islice(cast("Iterable[Any]", schema.error_log), _MOST_XSD_ERRORS):
            element = _element_at(root, entry.path, entry.line)
            location = "" if element is None else path_of(element)
            found.append(_xsd_finding(entry.message, entry.line, location, path.name))
        return found

    def _check_schematron(self, root: etree._Element, node: Any, path: Path) -> list[FindingReply]:
        try:
            svrl = self._transform(node, path)
        except RulesMissingError:
            raise
        except Exception as error:  # noqa: BLE001 - saxonche's error class is not importable by name
            return [_dynamic_finding(root, str(error).strip(), path.name)]
        return list(findings_of(svrl, path.name))

    def _transform(self, node: Any, path: Path) -> str:
        """The answer of a rule file, as if ``node`` were the first document it saw.

        The rule engine learns: what was always needed so far it then evaluates before anything asks for it, and a value
        that a rule tests first, then converts, breaks the whole file. A file that breaks is tried afresh.
        """
        stylesheet = self._stylesheet(path)
        try:
            return str(stylesheet.transform_to_string(xdm_node=node))
        except Exception:
            if path not in self._experienced:
                raise
            del self._stylesheets[path]
            return str(self._stylesheet(path).transform_to_string(xdm_node=node))
        finally:
            self._experienced.add(path)

    def _schema(self, path: Path) -> etree.XMLSchema:
        if path not in self._schemas:
            try:
                self._schemas[path] = etree.XMLSchema(file=str(path))
            except etree.LxmlError as error:
                raise RulesMissingError(f"{path.name}: {error}") from error
        return self._schemas[path]

    def _stylesheet(self, path: Path) -> Any:
        if path in self._stylesheets:
            self._stylesheets.move_to_end(path)
        else:
            _demand_files(path)
            try:
                self._stylesheets[path] = self._xslt.compile_stylesheet(stylesheet_file=str(path))
            except Exception as error:
                raise RulesMissingError(f"{path.name}: {error}") from error
            self._experienced.discard(path)
            if len(self._stylesheets) > _MOST_STYLESHEETS:
                self._stylesheets.popitem(last=False)
        return self._stylesheets[path]


def _demand_files(stylesheet: Path) -> None:
    if not stylesheet.is_file():
        raise RulesMissingError(stylesheet.name)
    for name in set(_CODE_LISTS.findall(stylesheet.read_bytes())):
        if not stylesheet.with_name(name.decode()).is_file():
            raise RulesMissingError(name.decode())


def empty_reply() -> Reply:
    """An answer that says nothing yet."""
    return {
        "findings": [],
        "en16931_compliant": False,
        "format": "unknown",
        "profile": "",
        "type_code": "",
        "checked": [],
        "why_not_checked": "",
        "elapsed": 0.0,
    }


def _has_error(findings: list[FindingReply]) -> bool:
    return any(finding["severity"] == "error" for finding in findings)


def _xsd_finding(message: str, line: int, location: str, rules: str) -> FindingReply:
    return {
        "code": "XSD",
        "place": place_of("XSD", "", location),
        "severity": "error",
        "message": f"line {line}: {message}" if line else message,
        "location": location,
        "params": {"rules": rules, "line": str(line)},
    }


def _dynamic_finding(root: etree._Element, message: str, rules: str) -> FindingReply:
    """A rule broke on a value of the document; the value is pointed at when it stands in one place only."""
    location = ""
    quoted = _CAST_VALUE.search(message)
    if quoted:
        holders = [e for e in root.iter(etree.Element) if len(e) == 0 and (e.text or "").strip() == quoted[1].strip()]
        location = path_of(holders[0]) if len(holders) == 1 else ""
    return {
        "code": "DYNAMIC",
        "place": place_of("DYNAMIC", "", location),
        "severity": "error",
        "message": message,
        "location": location,
        "params": {"rules": rules},
    }


def _element_at(root: etree._Element, path: str | None, line: int) -> etree._Element | None:
    """The element libxml2 speaks of: by its path, else the only one on its line."""
    if path:
        try:
            found = root.xpath(path, namespaces={k: v for k, v in root.nsmap.items() if k})
        except etree.XPathError:
            found = []
        if isinstance(found, list) and len(found) == 1 and isinstance(found[0], etree._Element):  # noqa: SLF001
            return found[0]
    on_line = [element for element in root.iter(etree.Element) if line_of(element) == line]
    return on_line[0] if len(on_line) == 1 else None
