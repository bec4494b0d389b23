"""``/flow-service/v1``: the AFNOR Flow service of the practice platform."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from einvoice_desktop.sandbox.intake import RULES, FlowInfo, RequestRefusedError, read_flow_info
from einvoice_desktop.sandbox.state import StoredFlow, moment, stamp
from einvoice_desktop.sandbox.web.door import Door, json_body

PREFIX = "/flow-service/v1"
LARGEST_PAGE = 100
DEFAULT_PAGE = 25
FLOW_TYPES = frozenset(
    "CustomerInvoice SupplierInvoice CustomerInvoiceLC SupplierInvoiceLC StateCustomerInvoiceLC StateSupplierInvoiceLC "
    "AggregatedCustomerTransactionReport UnitaryCustomerTransactionReport AggregatedCustomerPaymentReport "
    "UnitaryCustomerPaymentReport UnitarySupplierTransactionReport MultiFlowReport StateCustomerInvoice "
    "StateSupplierInvoice StateTransactionReport StateTransactionReportLC StatePaymentReport StatePaymentReportLC "
    "Undefined".split()
)
_LISTS = {
    "flowType": ("type", FLOW_TYPES),
    "flowDirection": ("direction", frozenset({"In", "Out"})),
    "processingRule": ("rule", frozenset(RULES)),
}
_TEXTS = {"trackingId": "tracking_id", "ackStatus": "ack"}
_TIMES = {"updatedAfter": "updated_at > ?", "updatedBefore": "updated_at < ?"}


def flow_json(flow: StoredFlow) -> dict[str, Any]:
    """A flow as the ``Flow`` schema has it."""
    acknowledgement: dict[str, Any] = {"status": flow.ack}
    details = json.loads(flow.details)
    if details and flow.ack != "Pending":
        acknowledgement["details"] = details
    answer = {
        "flowId": flow.id,
        "submittedAt": flow.submitted_at,
        "updatedAt": flow.updated_at,
        "name": flow.name,
        "flowSyntax": flow.syntax,
        "flowProfile": flow.profile,
        "flowType": flow.type,
        "flowDirection": flow.direction,
        "processingRule": flow.rule,
        "processingRuleSource": flow.rule_source,
        "acknowledgement": acknowledgement,
    }
    return answer | ({"trackingId": flow.tracking_id} if flow.tracking_id else {})


def taken_json(flow: StoredFlow, info: FlowInfo) -> dict[str, Any]:
    """What answers a submission (``FullFlowInfo``)."""
    full = flow_json(flow)
    names = "flowId submittedAt name flowSyntax flowProfile processingRule trackingId".split()
    answer = {name: full[name] for name in names if name in full}
    return answer | ({"sha256": info.sha256} if info.sha256 else {})


class FlowService:
    """The endpoints."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        """Every route of the service."""
        guard = self._door.with_token
        return [
            Route(f"{PREFIX}/healthcheck", guard(healthy), methods=["GET"]),
            Route(f"{PREFIX}/flows", guard(self._submit), methods=["POST"]),
            Route(f"{PREFIX}/flows/search", guard(self._search), methods=["POST"]),
            Route(f"{PREFIX}/flows/{{flow_id}}", guard(self._get), methods=["GET"]),
            Route(f"{PREFIX}/webhooks", guard(self._list_webhooks), methods=["GET"]),
            Route(f"{PREFIX}/webhooks", guard(self._create_webhook), methods=["POST"]),
            Route(f"{PREFIX}/webhooks/{{webhook_id}}", guard(self._delete_webhook), methods=["DELETE"]),
        ]

    async def _submit(self, request: Request) -> Response:
        async with request.form(max_files=2, max_fields=4) as form:
            info = read_flow_info(await _flow_info(form))
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "Fichier manquant (champ « file »).")
            content = await file.read()
        flow = await self._door.run(self._door.platform.submit, info, content)
        return JSONResponse(taken_json(flow, info), status_code=202)

    async def _search(self, request: Request) -> Response:
        body = await json_body(request)
        where = body.get("where") if isinstance(body, dict) else None
        if not isinstance(where, dict) or not where:
            raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "Au moins un critère est requis dans « where ».")
        limit = _limit(body.get("limit"))
        conditions, values = _conditions(where)
        if body.get("cursor"):
            conditions.append("(updated_at, id) > (?, ?)")
            values += _read_cursor(str(body["cursor"]))
        found = await self._door.run(self._door.platform.flows, " AND ".join(conditions), values, limit=limit + 1)
        page = found[:limit]
        answer: dict[str, Any] = {"limit": limit, "filters": where, "results": [flow_json(flow) for flow in page]}
        if len(found) > limit:
            answer["nextCursor"] = _cursor(page[-1])
        return JSONResponse(answer)

    async def _get(self, request: Request) -> Response:
        kind = request.query_params.get("docType", "Metadata")
        if kind not in {"Metadata", "Original", "Converted", "ReadableView"}:
            raise RequestRefusedError(400, "INVALID_DOCTYPE", "docType : Metadata, Original, Converted, ReadableView")
        flow = await self._door.run(self._door.platform.flow, request.path_params["flow_id"])
        if kind == "Metadata":
            return JSONResponse(flow_json(flow))
        is_pdf = flow.content.startswith(b"%PDF-")
        if kind == "Converted" or (kind == "ReadableView" and not is_pdf):
            raise RequestRefusedError(404, "MISSING_RESOURCE", f"Pas de document {kind} pour ce flux.")
        filename = re.sub(r"[^A-Za-z0-9._-]+", "_", flow.name)
        return Response(
            flow.content,
            media_type="application/pdf" if is_pdf else "application/xml",
            # No space after the semicolon: the published pattern has none.
            headers={"Content-Disposition": f'attachment;filename="{filename}"'},
        )

    async def _list_webhooks(self, _request: Request) -> Response:
        webhooks = await self._door.run(self._door.accounts.subscriptions)
        # The standard requires `webhookIds` and defines `webhooks`: both are given.
        ids = [webhook["webhookId"] for webhook in webhooks]
        return JSONResponse({"count": len(ids), "webhookIds": ids, "webhooks": webhooks})

    async def _create_webhook(self, request: Request) -> Response:
        body = await json_body(request)
        return JSONResponse(await self._door.run(self._door.accounts.subscribe, body), status_code=201)

    async def _delete_webhook(self, request: Request) -> Response:
        await self._door.run(self._door.accounts.unsubscribe, request.path_params["webhook_id"])
        return Response(status_code=204)


async def healthy(_request: Request) -> Response:
    """Up."""
    return JSONResponse({"status": "UP"})


async def _flow_info(form: FormData) -> Any:
    part = form.get("flowInfo")
    if part is None:
        raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "flowInfo est obligatoire.")
    text = await part.read() if isinstance(part, UploadFile) else part
    try:
        return json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise RequestRefusedError(400, "MALFORMED_JSON", "flowInfo n'est pas du JSON.") from error


def _limit(value: object) -> int:
    if value is None:
        return DEFAULT_PAGE
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise RequestRefusedError(400, "PARAMS_ERROR", "limit doit être un entier positif.")
    return min(value, LARGEST_PAGE)


def _conditions(where: dict[str, Any]) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for name, value in where.items():
        if name in _LISTS:
            column, words = _LISTS[name]
            chosen = _words(name, value, words)
            conditions.append(f"{column} IN ({', '.join('?' * len(chosen))})")
            values += chosen
        elif name in _TEXTS and isinstance(value, str):
            conditions.append(f"{_TEXTS[name]} = ?")
            values.append(value)
        elif name in _TIMES:
            conditions.append(_TIMES[name])
            values.append(_time(name, value))
        else:
            raise RequestRefusedError(400, "PARAMS_ERROR", f"where.{name} : critère non admis.")
    return conditions, values


def _words(name: str, value: object, among: frozenset[str]) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word in among for word in value):
        raise RequestRefusedError(400, "PARAMS_ERROR", f"where.{name} : valeur non admise.")
    return value


def _time(name: str, value: object) -> str:
    try:
        return stamp(moment(str(value)))
    except (ValueError, OverflowError) as error:
        raise RequestRefusedError(400, "PARAMS_ERROR", f"where.{name} : date-heure attendue.") from error


def _cursor(flow: StoredFlow) -> str:
    return base64.urlsafe_b64encode(json.dumps([flow.updated_at, flow.id]).encode()).decode()


def _read_cursor(cursor: str) -> list[str]:
    try:
        updated_at, flow_id = json.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, TypeError) as error:
        raise RequestRefusedError(400, "PARAMS_ERROR", "cursor inconnu.") from error
    return [str(updated_at), str(flow_id)]
