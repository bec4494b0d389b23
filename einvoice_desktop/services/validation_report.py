"""The verdict in the shape of the validate-data answer (Seqino ``ValidationResult``)."""

from __future__ import annotations

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.rules import RuleReport, Verdict


def issue_of(finding: Finding) -> dict[str, object]:
    """One remark (``ValidationIssue``)."""
    return {
        "field_path": finding.place,
        "error_code": finding.code,
        "error_message": finding.message or finding.code,
        "severity": finding.severity.value,
        "suggested_value": finding.suggested_value,
    }


def validation_result(report: RuleReport, *, summary: str) -> dict[str, object]:
    """The whole answer; ``is_valid`` only when the rules ran and found no error."""
    return {
        "is_valid": report.verdict is Verdict.CONFORMING,
        "issues": [issue_of(finding) for finding in report.findings],
        "total_errors": len(report.errors),
        "total_warnings": len(report.warnings),
        "en16931_compliant": report.en16931_compliant,
        "summary": summary,
    }
