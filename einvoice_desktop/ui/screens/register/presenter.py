"""A verification in words, without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.ledger.chain import ChainReport
from einvoice_desktop.services.verify_ledger import QuickCheck
from einvoice_desktop.ui.widgets.formats import number, plural

_MOST = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One line: (words, tone) of its pill, and the sentence beside."""

    words: str
    tone: str
    detail: str = ""


def quick_statement(check: QuickCheck) -> Statement:
    """What the guards of the store say, at a glance."""
    if check.is_intact:
        return Statement("Protections en place", "success")
    return Statement(plural(len(check.missing_guards), "{n} protection absente", "{n} protections absentes"), "danger")


def statements(reports: tuple[ChainReport, ...]) -> list[Statement]:
    """What a full verification found, the worst first."""
    found = [line for report in reports for line in _of(report)]
    return found or [Statement("Registre vide", "neutral", "Aucune écriture pour l’instant.")]


def _of(report: ChainReport) -> list[Statement]:
    if report.is_intact:
        detail = plural(
            report.head_sequence,
            "{n} écriture recalculée, aucune différence.",
            "{n} écritures recalculées, aucune différence.",
        )
        return [Statement("Chaîne intègre", "success", detail)]
    lines = []
    if report.broken_at is not None:
        lines.append(Statement("Écriture modifiée", "danger", f"La première est la n° {number(report.broken_at)}."))
    if report.gaps:
        lines.append(Statement("Écritures absentes", "danger", f"N° {_some([number(g) for g in report.gaps])}."))
    if report.changed_files:
        lines.append(Statement("Documents modifiés", "danger", _some(list(report.changed_files))))
    if report.orphans:
        lines.append(Statement("Documents sans écriture", "danger", _some(list(report.orphans))))
    return lines


def _some(items: list[str]) -> str:
    more = len(items) - _MOST
    return ", ".join(items[:_MOST]) + (f" et {more} autres" if more > 0 else "")


def as_text(reports: tuple[ChainReport, ...]) -> str:
    """The report to copy."""
    lines = []
    for report in reports:
        lines.append(f"{report.scope} : {report.head_sequence} écritures, tête {report.head_hash}")
        lines += [f"  {line.words} : {line.detail}" for line in _of(report)]
    return "\n".join(lines)
