"""The validate-data shape: every verdict, the counts, and the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.rules import RuleReport, Verdict
from einvoice_desktop.services.validation_report import validation_result

MIXED = RuleReport(
    Verdict.NOT_CONFORMING,
    (
        Finding("BR-CO-10", "totals.line_net", message="[BR-CO-10]-Sum…", location="/*:CrossIndustryInvoice[1]"),
        Finding("BR-FR-CO-07", "due_date", message="Trop tôt", suggested_value="2026-12-02"),
        Finding("PEPPOL-EN16931-R008", severity=Severity.WARNING, message="empty", location="/*:Invoice[1]"),
        Finding("NOTE", severity=Severity.INFO),
    ),
    en16931_compliant=False,
)


def test_issues_are_listed_and_counted() -> None:
    result = validation_result(MIXED, summary="2 erreurs, 1 avertissement.")

    assert result["issues"][1] == {
        "field_path": "due_date",
        "error_code": "BR-FR-CO-07",
        "error_message": "Trop tôt",
        "severity": "error",
        "suggested_value": "2026-12-02",
    }
    assert (result["is_valid"], result["total_errors"], result["total_warnings"]) == (False, 2, 1)
    assert [issue["severity"] for issue in result["issues"]] == ["error", "error", "warning", "info"]
    assert result["issues"][2]["field_path"] == "/*:Invoice[1]"
    assert result["summary"] == "2 erreurs, 1 avertissement."
    assert json.loads(json.dumps(result)) == result


@pytest.mark.parametrize(
    ("verdict", "is_valid"),
    [(Verdict.CONFORMING, True), (Verdict.NOT_CONFORMING, False), (Verdict.NOT_CHECKED, False)],
)
def test_only_a_conforming_document_is_valid(verdict: Verdict, *, is_valid: bool) -> None:
    result = validation_result(RuleReport(verdict, en16931_compliant=is_valid), summary="…")

    assert result["is_valid"] is is_valid
    assert result["en16931_compliant"] is is_valid
    assert result["issues"] == []


def test_it_follows_the_published_schema(shared: Path) -> None:
    yaml = pytest.importorskip("yaml")
    import jsonschema  # type: ignore[import-untyped]

    contract = yaml.safe_load((shared / "contracts" / "seqino.openapi.yaml").read_text(encoding="utf-8"))
    schemas = contract["components"]["schemas"]
    schema = {"$ref": "#/components/schemas/ValidationResult", "components": {"schemas": schemas}}

    jsonschema.Draft202012Validator(schema).validate(validation_result(MIXED, summary="…"))
