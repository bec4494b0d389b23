"""The official answer of a Schematron (SVRL) turned into findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from einvoice_desktop.documents.rules.places import place_of
from einvoice_desktop.documents.rules.wire import FindingReply
from einvoice_desktop.resources.phrases import list_rule, stated_in

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_NAMESPACE = re.compile(r"\[namespace-uri\(\)='[^']*'\]")
_WARNINGS_OF_THE_CEN = frozenset({"CII-SR-464", "CII-SR-465", "CII-SR-466"})
"""Warnings in the CEN's file (and in EXTENDED-CTC-FR) that the Factur-X files repeat without their flag; taken as
errors they would condemn the official examples of XP Z12-012 and XP Z12-014."""

_UNNUMBERED = "FX-SCH-A-UNNUMBERED"
"""The Factur-X files leave some of their own assertions (« marked as not used in the given context ») without any
identifier: they go by their family."""

_SEVERITIES = {"warning": "warning", "warn": "warning", "info": "info", "information": "info"}


def findings_of(svrl: str, rules: str) -> Iterator[FindingReply]:
    """One finding per failed assertion and per successful report, in the order of the rule file.

    Args:
        svrl: output of the official XSLT.
        rules: name of the rule file, kept in ``params``; with ``rule``, the rule of EN 16931 an assertion of another
            identifier states (``FX-SCH-A-000198`` says ``[BR-S-08]``, a unit outside its list is ``BR-CL-23``).
    """
    root = etree.fromstring(svrl.encode())
    for element in root.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
        text = _text_of(element)
        location = _NAMESPACE.sub("", element.get("location") or "")
        code = code_of(element.get("id") or "", text)
        place = place_of(code, text, location)
        name = stated_in(text) or list_rule(text, place)
        yield {
            "code": code,
            "place": place,
            "severity": severity_of(element.get("flag") or element.get("role") or "", code),
            "message": text,
            "location": location,
            "params": {"rules": rules, "rule": name} if name and name != code else {"rules": rules},
        }


def _text_of(element: etree._Element) -> str:
    parts = [str(part) for text in element.findall(f"{_SVRL}text") for part in text.itertext()]
    return " ".join("".join(parts).split())


def code_of(identifier: str, text: str) -> str:
    """What an assertion goes by: its identifier, else the rule its text names, else its family."""
    return identifier or stated_in(text) or _UNNUMBERED


def severity_of(flag: str, code: str) -> str:
    """``error``, ``warning`` or ``info`` for the flag of an assertion; an assertion without one is fatal."""
    if not flag and code in _WARNINGS_OF_THE_CEN:
        return "warning"
    return _SEVERITIES.get(flag.lower(), "error")
