"""``validate FILE… [--json]``: the official verdict on files."""

from __future__ import annotations

from pathlib import Path

from einvoice_desktop.cli.output import DONE, NOT_CHECKED, NOT_VALID, UNREADABLE, issue_json, print_json, say
from einvoice_desktop.cli.program import Tools
from einvoice_desktop.cli.words import sentence
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.documents import ReadDocument
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.services.validation_report import validation_result

_MARKS = {Verdict.CONFORMING: "conforme", Verdict.NOT_CONFORMING: "non conforme", Verdict.NOT_CHECKED: "non vérifié"}
LARGEST = 100 * 1024 * 1024
"""Bytes a document may have: the limit of the Flow API (AFNOR XP Z12-013)."""


def validate_files(tools: Tools, files: list[Path], *, as_json: bool) -> int:
    """Judge each file; the exit code of the worst."""
    documents, codes = [], []
    for path in files:
        document, code = _judge(tools, path)
        documents.append(document)
        codes.append(code)
        if not as_json:
            _show(document)
    if as_json:
        print_json({"documents": documents})
    return next((c for c in (UNREADABLE, NOT_CHECKED, NOT_VALID) if c in codes), DONE)


def _judge(tools: Tools, path: Path) -> tuple[dict[str, object], int]:
    problem, read = _read(tools, path)
    if problem is not None or read is None or read.xml is None:
        found = (problem,) if problem is not None else (read.problems if read else ())
        report = RuleReport(Verdict.NOT_CHECKED, findings=tuple(found), why_not_checked="unreadable")
        return _document(path, read, report), UNREADABLE
    report = tools.rules.check(read.xml)
    code = {Verdict.CONFORMING: DONE, Verdict.NOT_CONFORMING: NOT_VALID, Verdict.NOT_CHECKED: NOT_CHECKED}
    return _document(path, read, report), code[report.verdict]


def _read(tools: Tools, path: Path) -> tuple[Finding | None, ReadDocument | None]:
    try:
        if path.stat().st_size > LARGEST:
            return Finding("ED-FILE-TOO-LARGE"), None
        return None, tools.reader.read(path.read_bytes(), path.name)
    except OSError as error:
        return Finding("ED-FILE-UNREADABLE", message=f"{sentence('ED-FILE-UNREADABLE', {})} ({error.strerror})"), None


def _document(path: Path, read: ReadDocument | None, report: RuleReport) -> dict[str, object]:
    result = validation_result(report, summary=_summary(report))
    return {
        "file": str(path),
        "format": read.format if read is not None else "unknown",
        "profile": report.profile or (read.profile if read is not None else ""),
        "type_code": report.type_code or (read.type_code if read is not None else ""),
        "verdict": report.verdict.value,
        **result,
        "issues": [issue_json(f) for f in report.findings],
    }


def _summary(report: RuleReport) -> str:
    errors, warnings = len(report.errors), len(report.warnings)
    if report.verdict is Verdict.NOT_CHECKED:
        reason = sentence(report.findings[0].code, {}) if report.findings else report.why_not_checked
        return f"Non vérifié : {reason}"
    if report.verdict is Verdict.CONFORMING:
        return "Conforme." if not warnings else f"Conforme, {warnings} avertissement{'s' * (warnings > 1)}."
    return f"Non conforme : {errors} erreur{'s' * (errors > 1)}, {warnings} avertissement{'s' * (warnings > 1)}."


def _show(document: dict[str, object]) -> None:
    verdict = Verdict(str(document["verdict"]))
    say(f"{document['file']} : {_MARKS[verdict]} ({document['format']} {document['type_code']})".rstrip())
    issues = document["issues"]
    for issue in issues if isinstance(issues, list) else []:
        place = f" {issue['field_path']}" if issue["field_path"] else ""
        say(f"  [{issue['severity']}] {issue['error_code']}{place} : {issue['error_message']}")
