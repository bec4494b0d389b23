"""``convert FICHIER --to cii|ubl|json``: the same document in another syntax or profile, with what is lost and the verdict."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from einvoice_desktop.cli.output import DONE, NOT_CHECKED, NOT_VALID, print_json, say, tell, tell_findings
from einvoice_desktop.cli.program import Programs, Tools
from einvoice_desktop.cli.verdicts import LARGEST_RECEIVED, VERDICT_WORDS
from einvoice_desktop.cli.words import sentence
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.profile_names import profile_named
from einvoice_desktop.domain.profiles import fit, ubl_profile, written_profile
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RuleReport, Verdict


class Target(StrEnum):
    """What a document may be converted to."""

    CII = "cii"
    UBL = "ubl"
    JSON = "json"


_CODES = {Verdict.CONFORMING: DONE, Verdict.NOT_CONFORMING: NOT_VALID, Verdict.NOT_CHECKED: NOT_CHECKED}


def convert(
    programs: Programs, tools: Tools, source: Path, target: Target, profile: str, output: Path, *, as_json: bool
) -> int:
    """Write ``source`` as ``target`` into ``output``; the exit code is that of the verdict on what was written."""
    content = programs.read_file(source, LARGEST_RECEIVED)
    invoice, problems = _read(tools, content, source.name)
    if invoice is None:
        first = problems[0] if problems else Finding("ED-READ-UNKNOWN")
        raise UserError(first.code, first.message, **first.params)
    invoice = replace(invoice, profile=_profile(profile, invoice, target))
    left_out = () if target is Target.JSON else fit(invoice).left_out
    written = _write(tools, invoice, target)
    _put(written, output)
    report = tools.rules.check(tools.writer.write_cii(invoice) if target is Target.JSON else written)
    if as_json:
        print_json(_answer(output, target, invoice, left_out, report))
    else:
        _show(output, target, left_out, problems, report)
    return _CODES[report.verdict]


def _read(tools: Tools, content: bytes, name: str) -> tuple[Invoice | None, tuple[Finding, ...]]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return tools.reader.read_json(content), ()
    found = tools.reader.read(content, name)
    return found.invoice, (*found.problems, *found.remarks)


def _profile(asked: str, invoice: Invoice, target: Target) -> Profile:
    named = profile_named(asked) if asked else written_profile(invoice.profile)
    if named is None:
        raise UserError("ED-PROFILE", typed=asked)
    return ubl_profile(named) if target is Target.UBL else named


def _write(tools: Tools, invoice: Invoice, target: Target) -> bytes:
    writers = {
        Target.CII: tools.writer.write_cii,
        Target.UBL: tools.writer.write_ubl,
        Target.JSON: tools.writer.write_json,
    }
    return writers[target](invoice)


def _put(content: bytes, output: Path) -> None:
    """Whole or not at all."""
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(output)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise UserError("ED-CONVERT-OUTPUT", error.strerror or str(error), path=str(output)) from error


def _answer(
    output: Path, target: Target, invoice: Invoice, left_out: tuple[str, ...], report: RuleReport
) -> dict[str, object]:
    return {
        "file": str(output),
        "format": target.value,
        "profile": str(invoice.profile),
        "left_out": list(left_out),
        "verdict": report.verdict.value,
        "failed": [finding.code for finding in report.findings if finding.severity is Severity.ERROR],
    }


def _show(
    output: Path, target: Target, left_out: tuple[str, ...], problems: tuple[Finding, ...], report: RuleReport
) -> None:
    say(f"{output} : {VERDICT_WORDS[report.verdict]} ({target.value})")
    if left_out:
        tell(f"  {sentence('ED-PROFILE-LEAVES-OUT', {'terms': ' '.join(left_out)})}")
    tell_findings((*problems, *report.findings))
