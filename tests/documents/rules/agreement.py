"""When the program and the official files alone say the same: verdict, identifiers, texts and severities, in order."""

from __future__ import annotations

from itertools import zip_longest

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.rules import RuleReport, Verdict
from tests.documents.rules.official import Failed, Official

MOST_XSD_MESSAGES = 200
"""The program keeps no more of them: a document that has more is told all the same."""


def disagreement(theirs: Official, ours: RuleReport) -> str:
    """What differs between the official files alone and the program; empty when nothing does.

    A document no official file applies to (not well-formed, or of another kind) has one finding on its structure. A rule
    file that stops on a value (a dynamic error of the rule engine) counts as one finding, and condemns the document.
    """
    if theirs.unreadable:
        codes = [finding.code for finding in ours.findings]
        return "" if (ours.verdict, codes) == (Verdict.NOT_CONFORMING, ["XSD"]) else f"{theirs.unreadable} / {codes}"
    verdict = Verdict.CONFORMING if theirs.is_conforming else Verdict.NOT_CONFORMING
    if ours.verdict is not verdict:
        return f"verdict {ours.verdict} {ours.why_not_checked}, official {verdict}"
    schema = [finding.message.partition(": ")[2] for finding in ours.findings if finding.code == "XSD"]
    if schema != list(theirs.xsd[:MOST_XSD_MESSAGES]):
        return f"schema {schema}, official {theirs.xsd}"
    if len([f for f in ours.findings if f.code == "DYNAMIC"]) != len(theirs.broken):
        return f"rule files that stopped: official {theirs.broken}"
    rules = [finding for finding in ours.findings if finding.code not in {"XSD", "DYNAMIC"}]
    return next(
        (
            f"{finding} / {failed}"
            for failed, finding in zip_longest(theirs.failed, rules)
            if failed is None or finding is None or not same(failed, finding)
        ),
        "",
    )


def same(failed: Failed, finding: Finding) -> bool:
    """Whether a finding is that assertion; one without identifier goes by the name in its text, or by its family."""
    if failed.identifier:
        is_same_code = finding.code == failed.identifier
    else:
        is_same_code = finding.code == "FX-SCH-A-UNNUMBERED" or finding.message.startswith(f"[{finding.code}]")
    is_same = is_same_code and (failed.rules, failed.text) == (finding.params["rules"], finding.message)
    return is_same and (finding.severity is Severity.ERROR) is failed.is_error
