"""``/console``: what a teacher or a test orders of the practice platform. No token: this machine only, same origin only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from einvoice_desktop.sandbox.faults import fault_from
from einvoice_desktop.sandbox.intake import SYNTAXES, RequestRefusedError
from einvoice_desktop.sandbox.scenarios import Resident
from einvoice_desktop.sandbox.web.door import Door, Endpoint, json_body
from einvoice_desktop.sandbox.web.flow_service import flow_json
from einvoice_desktop.sandbox.web.page import render

MOST_ROWS = 200
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


class Console:
    """The endpoints; a form is answered by the page, JSON by JSON."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        """Every route of the console."""
        return [
            Route("/", _to_console, methods=["GET"]),
            Route("/console", self._page, methods=["GET"]),
            Route("/console/scenarios", self._list_scenarios, methods=["GET"]),
            Route("/console/scenarios", _same_origin(self._set_scenarios), methods=["POST"]),
            Route("/console/incoming", _same_origin(self._deliver), methods=["POST"]),
            Route("/console/events", _same_origin(self._push), methods=["POST"]),
            Route("/console/faults", _same_origin(self._order_fault), methods=["POST"]),
            Route("/console/faults", _same_origin(self._clear_faults), methods=["DELETE"]),
            Route("/console/tokens", _same_origin(self._revoke), methods=["DELETE"]),
        ]

    async def _page(self, _request: Request) -> Response:
        platform = self._door.platform
        flows = await self._door.run(platform.flows, "1 = 1", [], limit=MOST_ROWS, newest_first=True)
        scenarios = await self._door.run(platform.annuaire.scenarios)
        page = render(flows, scenarios, self._door.faults.waiting())
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})

    async def _list_scenarios(self, _request: Request) -> Response:
        return JSONResponse(await self._door.run(self._door.platform.annuaire.scenarios))

    async def _set_scenarios(self, request: Request) -> Response:
        """``{"siren", "scenario"}`` or ``{"<siren>": "<scenario>", …}``."""
        order = await _order(request)
        pairs = {order["siren"]: order.get("scenario")} if "siren" in order else order
        residents = [Resident(str(siren), status="", scenario=str(name)) for siren, name in pairs.items()]
        try:
            await self._door.run(self._door.platform.annuaire.seed, residents)
        except ValueError as error:
            raise RequestRefusedError(400, "PARAMS_ERROR", str(error)) from error
        return _done(request, pairs)

    async def _deliver(self, request: Request) -> Response:
        """A file of a form, or the bare body with ``?name=&syntax=``."""
        syntax, name = request.query_params.get("syntax", ""), request.query_params.get("name", "")
        if request.headers.get("content-type", "").startswith("multipart/"):
            async with request.form(max_files=1, max_fields=4) as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "Fichier manquant (champ « file »).")
                content, name = await file.read(), file.filename or name
                syntax = str(form.get("syntax") or syntax)
        else:
            content = await request.body()
        if syntax and syntax not in SYNTAXES:
            raise RequestRefusedError(400, "PARAMS_ERROR", f"syntax : {', '.join(SYNTAXES)}")
        flow = await self._door.run(self._door.platform.deliver, content, syntax, name)
        return _done(request, flow_json(flow), status=201)

    async def _push(self, request: Request) -> Response:
        """``{"flowId", "code", "reason", "comment"}``."""
        order = {name: str(value) for name, value in (await _order(request)).items()}
        push = self._door.platform.push
        flow_id, code = order.get("flowId", ""), order.get("code", "")
        await self._door.run(push, flow_id, code, order.get("reason", ""), order.get("comment", ""))
        return _done(request, {"flowId": flow_id, "code": code})

    async def _order_fault(self, request: Request) -> Response:
        try:
            fault = fault_from(await _order(request))
        except (ValueError, TypeError) as error:
            raise RequestRefusedError(400, "PARAMS_ERROR", str(error)) from error
        self._door.faults.order(fault)
        return _done(request, {"kind": fault.kind, "on": fault.on, "times": fault.times}, status=201)

    async def _clear_faults(self, _request: Request) -> Response:
        self._door.faults.clear()
        return Response(status_code=204)

    async def _revoke(self, _request: Request) -> Response:
        await self._door.run(self._door.accounts.revoke_all)
        return Response(status_code=204)


async def _to_console(_request: Request) -> Response:
    return RedirectResponse("/console")


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith(("application/x-www-form-urlencoded", "multipart/"))


async def _order(request: Request) -> dict[str, Any]:
    if _is_form(request):
        async with request.form(max_files=0) as form:
            return {name: str(value) for name, value in form.items()}
    body = await json_body(request)
    if not isinstance(body, dict):
        raise RequestRefusedError(400, "PARAMS_ERROR", "objet JSON attendu")
    return body


def _done(request: Request, body: Any, status: int = 200) -> Response:
    return (
        RedirectResponse("/console", status_code=303) if _is_form(request) else JSONResponse(body, status_code=status)
    )


def _same_origin(endpoint: Endpoint) -> Endpoint:
    """A web page of elsewhere may not order anything through the user's browser."""

    async def guarded(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            raise RequestRefusedError(403, "FORBIDDEN_ACCESS", "Origine refusée.")
        return await endpoint(request)

    return guarded
