"""``validate FILE… [--json]``: the official verdict on files."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from einvoice_desktop.cli.output import DONE, NOT_CHECKED, NOT_VALID, UNREADABLE, in_french, issue_json, print_json, say
from einvoice_desktop.cli.program import Programs, Tools
from einvoice_desktop.cli.verdicts import LARGEST_RECEIVED, VERDICT_WORDS
from einvoice_desktop.cli.words import sentence
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.ports.documents import ReadDocument
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.services.mend_findings import with_cures
from einvoice_desktop.services.own_checks import own_remarks
from einvoice_desktop.services.validation_report import origin_of, validation_result


def validate_files(programs: Programs, tools: Tools, files: list[Path], *, as_json: bool) -> int:
    """Judge each file; the exit code of the worst."""
    documents, codes = [], []
    for path in files:
        judged = _judge(programs, tools, path)
        documents.append(judged.document)
        codes.append(judged.code)
        if not as_json:
            _show(judged)
    if as_json:
        print_json({"documents": documents})
    return next((c for c in (UNREADABLE, NOT_CHECKED, NOT_VALID) if c in codes), DONE)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One file: its answer in JSON, the exit code, and what was found, to be told in French."""

    document: dict[str, object]
    code: int
    findings: tuple[Finding, ...]


def _judge(programs: Programs, tools: Tools, path: Path) -> _Judged:
    try:
        read = tools.reader.read(programs.read_file(path, LARGEST_RECEIVED), path.name)
    except UserError as error:
        return _unreadable(path, None, (Finding(error.code, message=error.detail, params=error.params),))
    if read.format == "unknown" or read.xml is None:
        return _unreadable(path, read, read.problems)
    report = tools.rules.check(read.xml)
    report = replace(report, findings=with_cures(report.findings, read.invoice))
    code = {Verdict.CONFORMING: DONE, Verdict.NOT_CONFORMING: NOT_VALID, Verdict.NOT_CHECKED: NOT_CHECKED}
    return _document(path, read, report, code[report.verdict])


def _unreadable(path: Path, read: ReadDocument | None, found: tuple[Finding, ...]) -> _Judged:
    """What no rule can be run on: not checked, and why."""
    found = found or (Finding("ED-READ-UNKNOWN"),)
    return _document(path, read, RuleReport(Verdict.NOT_CHECKED, found, why_not_checked=found[0].code), UNREADABLE)


def _document(path: Path, read: ReadDocument | None, report: RuleReport, code: int) -> _Judged:
    remarks = own_remarks(read) if read is not None else ()
    result = validation_result(report, summary=_summary(report, len(remarks)))
    document = {
        "file": str(path),
        "format": read.format if read is not None else "unknown",
        "profile": report.profile or (read.profile if read is not None else ""),
        "type_code": report.type_code or (read.type_code if read is not None else ""),
        "verdict": report.verdict.value,
        **result,
        "issues": [_issue(f) for f in report.findings],
        "own_issues": [_issue(f) for f in remarks],
    }
    return _Judged(document, code, (*report.findings, *remarks))


def _issue(finding: Finding) -> dict[str, object]:
    return issue_json(finding) | {"origin": origin_of(finding)}


def _summary(report: RuleReport, remarks: int) -> str:
    """The official verdict first; what our own checks add never changes it."""
    verdict = _official_summary(report)
    if not remarks:
        return verdict
    ours = f"{remarks} remarque{'s' * (remarks > 1)} de nos contrôles"
    if verdict == "Conforme.":
        return f"Conforme aux règles officielles, {ours}."
    return f"{verdict.removesuffix('.')} ; {ours}."


def _official_summary(report: RuleReport) -> str:
    errors, warnings = len(report.errors), len(report.warnings)
    if report.verdict is Verdict.NOT_CHECKED:
        reason = (
            sentence(report.findings[0].code, report.findings[0].params) if report.findings else report.why_not_checked
        )
        return f"Non vérifié : {reason}"
    if report.verdict is Verdict.CONFORMING:
        return "Conforme." if not warnings else f"Conforme, {warnings} avertissement{'s' * (warnings > 1)}."
    return f"Non conforme : {errors} erreur{'s' * (errors > 1)}, {warnings} avertissement{'s' * (warnings > 1)}."


def _show(judged: _Judged) -> None:
    """What a person reads: each remark in French, with the value that would mend it; ``--json`` has the official texts."""
    document = judged.document
    verdict = Verdict(str(document["verdict"]))
    kind = f"{document['format']} {document['type_code']}".strip()
    say(f"{document['file']} : {VERDICT_WORDS[verdict]} ({kind})")
    if document["own_issues"]:
        say(f"  {document['summary']}")
    for finding in judged.findings:
        where = finding.place or finding.location
        value = f" Valeur proposée : {_value(finding)}" if finding.suggested_value else ""
        text = f" ({_engine_words(finding.message)})" if finding.code in _WITHOUT_SUBJECT and finding.message else ""
        place = f" {where}" if where else ""
        say(f"  [{finding.severity.value}] {finding.code}{place} : {in_french(finding)}{text}{value}")


def _engine_words(message: str) -> str:
    """The message of the XML engine without namespaces nor the list of all that would have been admitted."""
    bare = re.sub(r"\{[^}]*\}", "", message).partition(" Expected is ")[0]
    return bare if len(bare) <= _LONGEST else f"{bare[:_LONGEST]}…"


def _value(finding: Finding) -> str:
    """The value proposed; a VAT answer by its words."""
    value = finding.suggested_value or ""
    choice = vat_choice(value) if finding.place.endswith(".vat") else None
    return choice.label if choice is not None else value


_LONGEST = 200
_WITHOUT_SUBJECT = frozenset({"XSD", "DYNAMIC"})
"""Findings whose sentence is the same whatever is wrong: the engine's own words tell what."""
