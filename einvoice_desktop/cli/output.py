"""What commands print, and the exit codes: 0 done, 1 not valid, 2 wrong use or unreadable, 3 could not be checked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from einvoice_desktop.cli.words import sentence
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import NotCheckedError, NotIssuableError, PlatformError, UserError

DONE, NOT_VALID, UNREADABLE, NOT_CHECKED = 0, 1, 2, 3
_MISUSE = ("ED-JSON-", "ED-READ-", "ED-FILE-", "ED-STORE-", "ED-NOT-FOUND", "ED-NO-COMPANY")


def print_json(value: object) -> None:
    """One JSON object and nothing else on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def say(text: str) -> None:
    """A line for a person."""
    typer.echo(text)


def issue_json(finding: Finding) -> dict[str, object]:
    """One remark in the shape of the validate-data answer."""
    return {
        "field_path": finding.place,
        "error_code": finding.code,
        "error_message": finding.message or sentence(finding.code, dict(finding.params)),
        "severity": finding.severity.value,
        "suggested_value": finding.suggested_value,
    }


@contextmanager
def reporting(*, as_json: bool) -> Iterator[None]:
    """Turn what the program raises into a French sentence and an exit code; a bug keeps its traceback."""
    try:
        yield
    except NotIssuableError as error:
        _refuse(error.findings, as_json=as_json)
    except NotCheckedError as error:
        _fail(error.code, error.params, error.detail, NOT_CHECKED, as_json=as_json)
    except UserError as error:
        code = UNREADABLE if error.code.startswith(_MISUSE) else NOT_VALID
        _fail(error.code, error.params, error.detail, code, as_json=as_json)
    except PlatformError as error:
        _fail(error.code, {}, error.message, NOT_CHECKED, as_json=as_json)


def _refuse(findings: tuple[Finding, ...], *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"verdict": "non_conforme", "issues": [issue_json(f) for f in findings]})
    else:
        typer.echo("Document non conforme, rien n'a été émis :", err=True)
        for finding in findings:
            issue = issue_json(finding)
            place = f" ({issue['field_path']})" if issue["field_path"] else ""
            typer.echo(f"  {issue['error_code']}{place} : {issue['error_message']}", err=True)
    raise typer.Exit(NOT_VALID)


def _fail(code: str, params: dict[str, str], detail: str, exit_code: int, *, as_json: bool) -> NoReturn:
    words = sentence(code, params)
    if as_json:
        print_json({"error": {"code": code, "message": words, "detail": detail, **params}})
    else:
        typer.echo(f"{words} [{code}]" + (f"\n  {detail}" if detail else ""), err=True)
    raise typer.Exit(exit_code)
