"""Trouble on demand: cut lines, error pages and slow answers, before or after the platform did what was asked.

The worst case for exactly-once delivery is an answer lost *after* the flow was taken; it must be possible to order one.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field, replace
from typing import Any

OPERATIONS = ("submit", "search", "get", "download", "directory", "token", "health", "webhooks", "any")
_AFTER = frozenset({"drop_after_accept", "html", "truncated", "cut_body", "latency"})
_KINDS = re.compile(r"drop_after_accept|drop_before_accept|html|truncated|cut_body|latency|status_[45]\d\d")


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble, ``times`` times.

    Attributes:
        kind: ``drop_after_accept``, ``drop_before_accept`` (line cut without an answer), ``status_NNN``, ``html`` (a web
            page with status 200), ``truncated`` (half of the JSON), ``cut_body`` (line cut inside the body), ``latency``.
        on: operation, one of :data:`OPERATIONS`. retry_after: header of ``status_429`` and ``status_503``.
        seconds: of ``latency``. is_after: whether the platform first does what was asked.
    """

    kind: str
    on: str = "any"
    times: int = 1
    retry_after: str = ""
    seconds: float = 0.0
    is_after: bool = False


def fault_from(body: Any) -> Fault:
    """A fault as ordered in JSON: ``{"kind", "on", "times", "retry_after", "seconds", "after"}``.

    Raises:
        ValueError: no such kind or operation.
    """
    if not isinstance(body, dict) or not _KINDS.fullmatch(str(body.get("kind", ""))):
        raise ValueError(f"kind: {_KINDS.pattern}")
    if body.get("on", "any") not in OPERATIONS:
        raise ValueError(f"on: {', '.join(OPERATIONS)}")
    kind = str(body["kind"])
    return Fault(
        kind,
        on=str(body.get("on", "any")),
        times=int(body.get("times", 1)),
        retry_after=str(body.get("retry_after") or ""),
        seconds=float(body.get("seconds", 0)),
        is_after=bool(body.get("after", kind in _AFTER)),
    )


@dataclass
class Faults:
    """The faults ordered and not yet shown; they do not survive a restart."""

    _waiting: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, fault: Fault) -> None:
        """Show ``fault`` at the next matching requests."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> tuple[Fault, ...]:
        """What is still to come."""
        with self._lock:
            return tuple(self._waiting)

    def take(self, operation: str) -> Fault | None:
        """The fault for this request, counted down."""
        with self._lock:
            for position, fault in enumerate(self._waiting):
                if fault.on in {operation, "any"} and fault.times > 0:
                    self._waiting[position : position + 1] = (
                        [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                    )
                    return fault
        return None
