"""Trouble on demand: cut lines, error pages and slow answers, before or after the platform did what was asked.

The worst case for exactly-once delivery is an answer lost *after* the flow was taken; it must be possible to order one.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPERATIONS = ("submit", "search", "get", "download", "directory", "token", "health", "webhooks", "any")
_AFTER = frozenset({"drop_after_accept", "html", "truncated", "cut_body", "latency"})
_KINDS = re.compile(r"drop_after_accept|drop_before_accept|html|truncated|cut_body|latency|status_[45]\d\d")
_HTML = b'<!DOCTYPE html><html lang="fr"><title>Maintenance</title><p>Service en maintenance.</p></html>'


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


def operation_of(method: str, path: str, query: str) -> str:
    """The name of a request in :data:`OPERATIONS`, empty for what never fails (the console)."""
    table = (
        (r"POST .*/v1/flows", "submit"),
        (r"POST .*/v1/flows/search", "search"),
        (r"GET .*/v1/flows/[^/]+", "download" if re.search(r"docType=(?!Metadata)", query) else "get"),
        (r"GET .*/v1/healthcheck", "health"),
        (r"[A-Z]+ .*/v1/webhooks.*", "webhooks"),
        (r"POST /oauth/token", "token"),
        (r"[A-Z]+ /directory-service/.*", "directory"),
    )
    return next((name for pattern, name in table if re.fullmatch(pattern, f"{method} {path}")), "")


class FaultyDoor:
    """ASGI: lets requests through to ``app``, misbehaving where a fault was ordered.

    ``lines`` holds the transport of each connected client, by address: what it takes to cut a line.
    """

    def __init__(self, app: ASGIApp, faults: Faults, lines: MutableMapping[tuple[str, int], asyncio.Transport]) -> None:
        self._app = app
        self._faults = faults
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        fault = None
        if scope["type"] == "http":
            operation = operation_of(scope["method"], scope["path"], scope["query_string"].decode("latin-1"))
            fault = self._faults.take(operation) if operation else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        answer: list[Message] = []
        if fault.is_after:
            await self._app(scope, receive, _recorder(answer))
        else:
            await _read_all(receive)
        await self._misbehave(fault, scope, answer, send)

    async def _misbehave(self, fault: Fault, scope: Scope, answer: list[Message], send: Send) -> None:
        if fault.kind.startswith("drop_"):
            self._lines[tuple(scope["client"])].abort()
        elif fault.kind.startswith("status_"):
            await _send_error(send, int(fault.kind.removeprefix("status_")), fault.retry_after)
        elif fault.kind == "html":
            await _send(send, 200, [(b"content-type", b"text/html; charset=utf-8")], _HTML)
        elif fault.kind == "latency":
            await asyncio.sleep(fault.seconds)
            for message in answer:
                await send(message)
        else:
            await self._halve(fault, scope, answer, send)

    async def _halve(self, fault: Fault, scope: Scope, answer: list[Message], send: Send) -> None:
        status = next((message["status"] for message in answer if "status" in message), 200)
        body = b"".join(message.get("body", b"") for message in answer)
        half = body[: len(body) // 2]
        headers = [(b"content-type", b"application/json")]
        if fault.kind == "truncated":
            await _send(send, status, headers, half)
            return
        headers.append((b"content-length", str(len(body) or 1).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": half, "more_body": True})
        self._lines[tuple(scope["client"])].close()
        await asyncio.sleep(0)


def _recorder(answer: list[Message]) -> Send:
    async def record(message: Message) -> None:
        answer.append(message)

    return record


async def _read_all(receive: Receive) -> None:
    message = await receive()
    while message.get("more_body"):
        message = await receive()


async def _send_error(send: Send, status: int, retry_after: str) -> None:
    body = json.dumps({"errorCode": f"FAULT_{status}", "errorMessage": "Panne commandée."}).encode()
    headers = [(b"content-type", b"application/json")]
    if retry_after:
        headers.append((b"retry-after", retry_after.encode("latin-1")))
    await _send(send, status, headers, body)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
