"""The report of the official rules in the shape platforms answer validate-data with (R-040)."""

from __future__ import annotations

from typing import Any

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.rules import RuleReport, Verdict

OFFICIAL, OURS = "official", "einvoice-desktop"
"""Who found an issue: an official rule file, or a check of ours."""


def validation_result(report: RuleReport, *, summary: str) -> dict[str, Any]:
    """``report`` as plain JSON values.

    ``is_valid`` is true for « conforme » alone: what was not checked is not valid, even without an issue. The remarks
    of our own checks are no part of it.

    Args:
        report: what the rules said.
        summary: one sentence for people, written by whoever speaks to them.
    """
    warnings = [finding for finding in report.findings if finding.severity is Severity.WARNING]
    return {
        "is_valid": report.verdict is Verdict.CONFORMING,
        "issues": [validation_issue(finding) for finding in report.findings],
        "total_errors": len(report.errors),
        "total_warnings": len(warnings),
        "en16931_compliant": report.en16931_compliant,
        "summary": summary,
    }


def origin_of(finding: Finding) -> str:
    """Who found it: our codes start with ``ED-``."""
    return OURS if finding.code.startswith("ED-") else OFFICIAL


def validation_issue(finding: Finding) -> dict[str, str | None]:
    """One finding; ``field_path`` is the XPath in the XML when the field of the form is not known."""
    return {
        "field_path": finding.place or finding.location,
        "error_code": finding.code,
        "error_message": finding.message or finding.code,
        "severity": finding.severity.value,
        "suggested_value": finding.suggested_value,
    }
