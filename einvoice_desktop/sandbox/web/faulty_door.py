"""The door of the practice platform, which misbehaves where a fault was ordered."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from einvoice_desktop.sandbox.faults import Fault, Faults

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HTML = b'<!DOCTYPE html><html lang="fr"><title>Maintenance</title><p>Service en maintenance.</p></html>'


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
