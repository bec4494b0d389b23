"""ASGI: no request larger than a flow may be, refused in AFNOR's own words before it fills the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from einvoice_desktop.sandbox.intake import RequestRefusedError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BoundedBody:
    """Counts what comes in; whoever reads past ``largest`` bytes gets the refusal."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"")
        came = 0

        async def bounded() -> Message:
            nonlocal came
            if announced.isdigit() and int(announced) > self._largest:
                raise _too_large(self._largest)
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._largest:
                raise _too_large(self._largest)
            return message

        await self._app(scope, bounded, send)


def _too_large(largest: int) -> RequestRefusedError:
    return RequestRefusedError(413, "FILE_SIZE_EXCEEDED", f"La requête dépasse {largest} octets.")
