"""``/directory-service/v1``: the AFNOR Directory service of the practice platform."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from einvoice_desktop.sandbox.intake import RequestRefusedError
from einvoice_desktop.sandbox.scenarios import Resident
from einvoice_desktop.sandbox.web.door import Door, json_body
from einvoice_desktop.sandbox.web.flow_service import healthy

PREFIX = "/directory-service/v1"
_NOT_OFFERED = ("/siret/search", "/siret/code-insee:{siret}", "/routing-code/search", "/routing-code/{rest:path}")


def unit_json(resident: Resident) -> dict[str, str]:
    """A legal unit."""
    return {
        "siren": resident.siren,
        "businessName": resident.name[:150],
        "entityType": "PrivateVatRegistered",
        "administrativeStatus": "A",
    }


def line_json(resident: Resident, address: str, *, with_unit: bool) -> dict[str, Any]:
    """A directory line: the SIREN alone, or a SIREN and a suffix."""
    line: dict[str, Any] = {
        "addressingIdentifier": address,
        "platformType": "WK",
        "directoryLineStatus": resident.status,
        "siren": resident.siren,
    }
    suffix = address.partition("_")[2]
    if suffix:
        line["addressingSuffix"] = suffix
    return line | ({"legalUnit": unit_json(resident)} if with_unit else {})


class DirectoryService:
    """The endpoints; establishments and routing codes are not kept (501)."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        """Every route of the service."""
        guard = self._door.with_token
        offered = [
            Route(f"{PREFIX}/healthcheck", guard(healthy), methods=["GET"]),
            Route(f"{PREFIX}/directory-line/search", guard(self._search_lines), methods=["POST"]),
            Route(f"{PREFIX}/directory-line/code:{{address}}", guard(self._line), methods=["GET"]),
            Route(f"{PREFIX}/siren/search", guard(self._search_units), methods=["POST"]),
            Route(f"{PREFIX}/siren/code-insee:{{siren}}", guard(self._unit), methods=["GET"]),
        ]
        return offered + [
            Route(f"{PREFIX}{path}", guard(_not_offered), methods=["GET", "POST"]) for path in _NOT_OFFERED
        ]

    async def _search_lines(self, request: Request) -> Response:
        body = await json_body(request)
        filters = _filters(body)
        address = filters.get("addressingIdentifier", "") or filters.get("siren", "")
        resident = await self._resident(address[:9]) if _agree(filters) else None
        with_unit = "siren" in (body.get("include") or [])
        lines = [line_json(resident, address, with_unit=with_unit)] if resident else []
        return _page(body, lines)

    async def _line(self, request: Request) -> Response:
        address = request.path_params["address"]
        resident = await self._resident(address[:9])
        if resident is None or resident.status == "Upcoming":
            raise RequestRefusedError(404, "NOT_FOUND", f"Adresse absente de l'annuaire : {address}")
        with_unit = "siren" in request.query_params.get("include", "").split(",")
        return JSONResponse(line_json(resident, address, with_unit=with_unit))

    async def _search_units(self, request: Request) -> Response:
        body = await json_body(request)
        resident = await self._resident(_filters(body).get("siren", ""))
        return _page(body, [unit_json(resident)] if resident else [])

    async def _unit(self, request: Request) -> Response:
        resident = await self._resident(request.path_params["siren"])
        if resident is None:
            raise RequestRefusedError(404, "NOT_FOUND", "SIREN absent de l'annuaire.")
        return JSONResponse(unit_json(resident))

    async def _resident(self, siren: str) -> Resident | None:
        return await self._door.run(self._door.platform.annuaire.find, siren)


async def _not_offered(_request: Request) -> Response:
    raise RequestRefusedError(501, "NOT_IMPLEMENTED", "Non proposé par la plateforme d'entraînement.")


def _filters(body: Any) -> dict[str, str]:
    """Values of the strict filters on an address or a SIREN, the only ones kept here."""
    filters = body.get("filters") if isinstance(body, dict) else None
    if not isinstance(filters, dict) or not filters:
        raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "filters est obligatoire.")
    values = {}
    for name, criterion in filters.items():
        is_strict = isinstance(criterion, dict) and criterion.get("op", "strict") == "strict"
        if name not in {"siren", "addressingIdentifier"} or not is_strict:
            raise RequestRefusedError(422, "UNPROCESSABLE_ENTITY", f"Recherche par {name} non proposée.")
        values[name] = str(criterion.get("value", ""))
    return values


def _agree(filters: dict[str, str]) -> bool:
    address, siren = filters.get("addressingIdentifier", ""), filters.get("siren", "")
    return not (address and siren) or address[:9] == siren


def _page(body: dict[str, Any], results: list[Any]) -> Response:
    skipped = body.get("ignore") or 0
    limit = body.get("limit") or 50
    if not isinstance(skipped, int) or not isinstance(limit, int):
        raise RequestRefusedError(400, "PARAMS_ERROR", "limit et ignore sont des entiers.")
    page = results[skipped : skipped + limit]
    return JSONResponse({"search": body, "totalNumberOfResults": len(results), "results": page})
