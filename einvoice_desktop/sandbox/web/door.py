"""What every endpoint shares: work off the event loop, tokens, and errors in the shape AFNOR gives them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeAlias, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from einvoice_desktop.sandbox.accounts import Accounts
from einvoice_desktop.sandbox.faults import Faults
from einvoice_desktop.sandbox.intake import RequestRefusedError
from einvoice_desktop.sandbox.practice import PracticePlatform

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

_CODES = {
    401: "MISSING_TOKEN",
    403: "FORBIDDEN_ACCESS",
    404: "MISSING_RESOURCE",
    405: "METHOD_NOT_ALLOWED",
    413: "FILE_SIZE_EXCEEDED",
}


class Door:
    """The platform, its accounts and faults, and the threads that work for them."""

    def __init__(
        self, platform: PracticePlatform, accounts: Accounts, faults: Faults, workers: ThreadPoolExecutor
    ) -> None:
        self.platform = platform
        self.accounts = accounts
        self.faults = faults
        self._workers = workers

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``work`` in a thread of ours: the rules and the disk never hold the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, lambda: work(*args, **kwargs))

    def with_token(self, endpoint: Endpoint) -> Endpoint:
        """``endpoint`` for callers whose access token we gave."""

        async def guarded(request: Request) -> Response:
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not token:
                raise RequestRefusedError(401, "MISSING_TOKEN", "Jeton d'accès requis.")
            if not await self.run(self.accounts.knows, token.strip()):
                raise RequestRefusedError(401, "INVALID_TOKEN", "Jeton inconnu ou expiré.")
            return await endpoint(request)

        return guarded


async def json_body(request: Request) -> Any:
    """The JSON body of a request.

    Raises:
        RequestRefusedError: 400, it is none.
    """
    try:
        return json.loads(await request.body())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise RequestRefusedError(400, "MALFORMED_JSON", "Corps JSON invalide.") from error


def refused(_request: Request, problem: Exception) -> Response:
    """A refusal as AFNOR writes it."""
    if isinstance(problem, RequestRefusedError):
        headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after is not None else {}
        if problem.status == 401:  # noqa: PLR2004 - unauthorized
            headers["WWW-Authenticate"] = "Bearer"
        return _error(problem.status, problem.code, problem.message, headers)
    if isinstance(problem, HTTPException):
        code = _CODES.get(problem.status_code, "INVALID_REQUEST")
        return _error(problem.status_code, code, str(problem.detail), dict(problem.headers or {}))
    _log.error("the practice platform failed", exc_info=problem)
    return _error(500, "INTERNAL_ERROR", type(problem).__name__, {})


def _error(status: int, code: str, message: str, headers: dict[str, str]) -> Response:
    return JSONResponse({"errorCode": code, "errorMessage": message}, status_code=status, headers=headers)
