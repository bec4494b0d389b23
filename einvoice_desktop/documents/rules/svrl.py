"""The official answer of a Schematron (SVRL) turned into findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from einvoice_desktop.documents.rules.places import place_of
from einvoice_desktop.documents.rules.wire import FindingReply

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_NAMESPACE = re.compile(r"\[namespace-uri\(\)='[^']*'\]")
_NAME_IN_TEXT = re.compile(r"^\[([A-Z][\w.-]*)\]")
_SEVERITIES = {"warning": "warning", "warn": "warning", "info": "info", "information": "info"}


def findings_of(svrl: str, rules: str) -> Iterator[FindingReply]:
    """One finding per failed assertion and per successful report, in the order of the rule file.

    Args:
        svrl: output of the official XSLT.
        rules: name of the rule file, kept in ``params``.
    """
    root = etree.fromstring(svrl.encode())
    for element in root.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
        text = _text_of(element)
        location = _NAMESPACE.sub("", element.get("location") or "")
        code = element.get("id") or _name_in(text)
        yield {
            "code": code,
            "place": place_of(code, text, location),
            "severity": _SEVERITIES.get((element.get("flag") or element.get("role") or "").lower(), "error"),
            "message": text,
            "location": location,
            "params": {"rules": rules},
        }


def _text_of(element: etree._Element) -> str:
    parts = [str(part) for text in element.findall(f"{_SVRL}text") for part in text.itertext()]
    return " ".join("".join(parts).split())


def _name_in(text: str) -> str:
    """Identifier of an assertion that carries none: the name its text starts with (``[G6.23]``), as flux 10 does."""
    named = _NAME_IN_TEXT.match(text)
    return named[1] if named else "SCHEMATRON"
