"""Findings with what would mend them: the value where the rule has a cure, the line where it is about one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from einvoice_desktop.domain.cures import VAT_ANSWERS, Fault, cure_of
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice


def with_cures(findings: Iterable[Finding], invoice: Invoice | None) -> tuple[Finding, ...]:
    """``findings`` on ``invoice`` with their ``suggested_value`` where one can be computed.

    Lines are numbered as in the document. A value that is there already is kept.
    """
    return tuple(finding if invoice is None else _with_cure(finding, invoice) for finding in findings)


def cured_form(ours: Iterable[Finding], invoice: Invoice | None) -> tuple[Finding, ...]:
    """Our findings on a form, cured where the place is none of a row: rows are numbered as typed, not as in the document."""
    return tuple(f if f.place.startswith("lines.") else with_cures((f,), invoice)[0] for f in ours)


def _with_cure(finding: Finding, invoice: Invoice) -> Finding:
    rule = finding.code
    cure = cure_of(rule)
    if cure is None:
        rule = finding.params.get("rule", "")
        cure = cure_of(rule)
    if cure is None or finding.suggested_value is not None:
        return finding
    fault = Fault(rule, finding.place, finding.location, invoice)
    if cure in VAT_ANSWERS and finding.place == "lines":
        fault = replace(fault, place=_line_place(fault))
    value = None
    with suppress(ArithmeticError):  # amounts beyond what money holds, in a document of somebody else
        value = cure(fault)
    if value is None and fault.place == finding.place:
        return finding
    return replace(finding, place=fault.place, suggested_value=value)


def _line_place(fault: Fault) -> str:
    """The VAT of the first line of the category a rule speaks of, or of the only line; ``lines`` when none is told."""
    lines = fault.invoice.lines
    alike = [index for index, line in enumerate(lines) if str(line.vat.category) == fault.category]
    if not alike and len(lines) == 1:
        alike = [0]
    return f"lines.{alike[0]}.vat" if alike else "lines"
