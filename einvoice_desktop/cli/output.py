"""What commands print, and the exit codes: 0 done, 1 not valid, 2 wrong use or unreadable, 3 could not be checked."""

from __future__ import annotations

import errno
import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NoReturn

import typer

from einvoice_desktop.cli.words import is_known, platform_sentence, sentence
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import (
    Cancelled,
    NeedsAttentionError,
    NotCheckedError,
    NotIssuableError,
    PlatformError,
    UserError,
)
from einvoice_desktop.resources import phrases

DONE, NOT_VALID, UNREADABLE, NOT_CHECKED = 0, 1, 2, 3
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def print_json(value: object) -> None:
    """One JSON object and nothing else on standard output, there for good when this returns."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for a person."""
    typer.echo(text)


def tell(text: str) -> None:
    """A line for a person, beside what was asked for."""
    typer.echo(text, err=True)


def issue_json(finding: Finding) -> dict[str, object]:
    """One remark in the shape of the validate-data answer; an official rule keeps its official text."""
    return {
        "field_path": finding.place or finding.location,
        "error_code": finding.code,
        "error_message": finding.message if _is_official(finding) else in_french(finding),
        "severity": finding.severity.value,
        "suggested_value": finding.suggested_value,
    }


def refusal_json(finding: Finding) -> dict[str, object]:
    """One remark to somebody who asked for a document: what to mend, in French whenever we have the words."""
    return issue_json(finding) | {"error_message": in_french(finding)}


def _is_official(finding: Finding) -> bool:
    return bool(finding.message) and not finding.code.startswith("ED-")


def in_french(finding: Finding) -> str:
    """What is wrong and what to do, in French whenever we have the words."""
    if is_known(finding.code):
        return sentence(finding.code, finding.params)
    rule = finding.params.get("rule", "")
    said = phrases.phrase(finding.code, rule=rule, message=finding.message, place=finding.place)
    if said is not None:
        return said.filled(finding.params)
    return finding.message or sentence(finding.code, finding.params)


def tell_findings(findings: Iterable[Finding]) -> None:
    """One line each: code, place, sentence."""
    for finding in findings:
        place = f" ({finding.place})" if finding.place else ""
        tell(f"  {finding.code}{place} : {in_french(finding)}")


@contextmanager
def reporting(*, as_json: bool) -> Iterator[None]:
    """Turn whatever the program raises into a French sentence and an exit code; a bug also tells its trace."""
    try:
        yield
    except typer.Exit:
        raise
    except NotIssuableError as error:
        _refuse(error.findings, as_json=as_json)
    except NotCheckedError as error:
        _fail(error.code, error.params, error.detail, NOT_CHECKED, as_json=as_json)
    except UserError as error:
        _fail(error.code, error.params, error.detail, UNREADABLE, as_json=as_json)
    except PlatformError as error:
        words = platform_sentence(error.code, error.message, must_act=isinstance(error, NeedsAttentionError))
        _fail(error.code, {}, error.message, NOT_CHECKED, as_json=as_json, words=words)
    except (Cancelled, KeyboardInterrupt):
        raise typer.Exit(130) from None
    except BrokenPipeError:
        _leave_quietly()
    except Exception as error:  # noqa: BLE001 - the border: said in French, with its trace
        if isinstance(error, OSError) and error.errno in _DISK_FULL:
            _fail("ED-DISK-FULL", {}, str(error), UNREADABLE, as_json=as_json)
        traceback.print_exc()
        _fail("ED-BUG", {}, f"{type(error).__name__}: {error}", NOT_CHECKED, as_json=as_json)


def _refuse(findings: tuple[Finding, ...], *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"verdict": "non_conforme", "issues": [refusal_json(f) for f in findings]})
    else:
        tell("Document non conforme, rien n'a été émis :")
        tell_findings(findings)
    raise typer.Exit(NOT_VALID)


def _fail(
    code: str, params: Mapping[str, str], detail: str, exit_code: int, *, as_json: bool, words: str = ""
) -> NoReturn:
    """Say it on the side the caller reads; a standard output that cannot be written does not hide the rest."""
    words = words or sentence(code, params)
    if as_json:
        with suppress(OSError):
            print_json({"error": {**params, "code": code, "message": words, "detail": detail}})
    tell(f"{words} [{code}]" + (f"\n  {detail}" if detail else ""))
    raise typer.Exit(exit_code)


def misuse(problem: str, detail: str, *, as_json: bool) -> int:
    """A command written wrongly; the exit code."""
    try:
        _fail("ED-USAGE", {"problem": problem}, detail, UNREADABLE, as_json=as_json)
    except typer.Exit as leaving:
        return leaving.exit_code


def _leave_quietly() -> NoReturn:
    """Whoever read our output has gone (``| head``): nothing more to say, and no complaint while closing."""
    with suppress(OSError):
        sys.stdout.close()
    raise typer.Exit(NOT_CHECKED)
