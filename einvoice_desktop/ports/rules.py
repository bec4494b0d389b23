"""The official verdict: XSD, EN 16931 and French rules, run outside the program's own process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from einvoice_desktop.domain.findings import Finding, Severity


class Verdict(StrEnum):
    """Three verdicts: what could not run is never a pass."""

    CONFORMING = "conforme"
    NOT_CONFORMING = "non_conforme"
    NOT_CHECKED = "non_verifie"


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What the official rules say of one XML document.

    Attributes:
        verdict: conforme, non conforme or non vérifié.
        findings: one per failed assertion (``code`` is the official identifier, ``XSD`` or ``DYNAMIC``).
        en16931_compliant: no error outside the French rules.
        format: ``cii``, ``ubl``, ``cdar``, ``ereport`` or ``unknown``. profile: BT-24 or MDT-3. type_code: BT-3 or MDT-105.
        checked: names of the rule files that ran, in order. why_not_checked: reason of « non vérifié », else empty.
        elapsed: seconds spent by the rules.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    en16931_compliant: bool = False
    format: str = "unknown"
    profile: str = ""
    type_code: str = ""
    checked: tuple[str, ...] = ()
    why_not_checked: str = ""
    elapsed: float = 0.0

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that make the document non-conforming."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that never block."""
        return tuple(f for f in self.findings if f.severity is not Severity.ERROR)


class RulesEngine(Protocol):
    """The warm worker that runs the official rule files. Safe to call from any thread."""

    def check(self, xml: bytes) -> RuleReport:
        """The verdict on ``xml``; never raises: a dead or late worker gives « non vérifié » and is restarted."""
        ...

    def check_later(self, xml: bytes) -> PendingReport:
        """Start a check and come back at once, so that other work goes on meanwhile."""
        ...

    def warm_up(self) -> None:
        """Start the worker and compile the rules in the background; returns at once."""
        ...

    def close(self) -> None:
        """Stop the worker; later checks say « non vérifié »."""
        ...


class PendingReport(Protocol):
    """A check under way."""

    def result(self) -> RuleReport:
        """Wait for the verdict (bounded by the engine's time-out)."""
        ...
