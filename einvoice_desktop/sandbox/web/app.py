"""The HTTP application of the practice platform: token service, flow service, directory service, console."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from einvoice_desktop.sandbox.intake import RequestRefusedError
from einvoice_desktop.sandbox.web.bounds import BoundedBody
from einvoice_desktop.sandbox.web.console import Console
from einvoice_desktop.sandbox.web.directory_service import DirectoryService
from einvoice_desktop.sandbox.web.door import Door, refused
from einvoice_desktop.sandbox.web.faulty_door import FaultyDoor
from einvoice_desktop.sandbox.web.flow_service import FlowService

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_ENVELOPE = 1_000_000
"""Bytes a multipart body may have beyond the file it carries."""


def build(door: Door, largest: int, lines: MutableMapping[tuple[str, int], asyncio.Transport]) -> ASGIApp:
    """The application; ``largest`` bytes per flow."""

    async def token(request: Request) -> Response:
        async with request.form() as sent:
            form = {name: str(value) for name, value in sent.items()}
        try:
            answer = await door.run(door.accounts.open, form, request.headers.get("authorization", ""))
        except RequestRefusedError as error:
            # OAuth2 has its own shape of error (RFC 6749 §5.2).
            body = {"error": error.code, "error_description": error.message}
            return JSONResponse(body, status_code=error.status)
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    routes = [
        Route("/oauth/token", token, methods=["POST"]),
        *FlowService(door).routes(),
        *DirectoryService(door).routes(),
        *Console(door).routes(),
    ]
    application = Starlette(
        routes=routes,
        # A page that gave itself our address by DNS is refused by the name it calls us.
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(BoundedBody, largest=largest + _ENVELOPE),
        ],
        exception_handlers={RequestRefusedError: refused, HTTPException: refused, Exception: refused},
    )
    return FaultyDoor(application, door.faults, lines)
