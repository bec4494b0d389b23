"""The published AFNOR documents as judges of traffic: their known defects mended one by one, in the open."""

from __future__ import annotations

import copy
import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]

FORMATS = FormatChecker([])
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def is_date_time(value: object) -> bool:
    """RFC 3339, and a date that exists."""
    if not isinstance(value, str):
        return True
    return RFC3339.fullmatch(value) is not None and bool(datetime.fromisoformat(value))


def is_uuid(value: object) -> bool:
    """Any version."""
    return not isinstance(value, str) or uuid.UUID(value).hex == value.replace("-", "").lower()


def is_uri(value: object) -> bool:
    """An absolute one."""
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


for name, check in (("date-time", is_date_time), ("uuid", is_uuid), ("uri", is_uri)):
    FORMATS.checks(name, raises=ValueError)(check)

# OpenAPI 3.0.3 writes schemas in the dialect of JSON Schema Wright-00, whose keywords are those of draft 4.

DEFECTS = {
    "flow": [
        "ReasonCode is oneOf[enum, string]: every predefined code matches both and fails -> anyOf",
        "WebhookListResponse requires webhookIds and defines only webhooks -> webhookIds defined as a list",
    ],
    "directory": ["directoryLineStatus has maxLength 7, and « Disabled » eight letters -> 8"],
}
"""What is mended before validating; nothing else is touched."""


def mended(service: str, document: dict[str, Any]) -> dict[str, Any]:
    """The document with :data:`DEFECTS` mended."""
    document = copy.deepcopy(document)
    components = document["components"]
    if service == "flow":
        reason = components["schemas"]["ReasonCode"]
        reason["anyOf"] = reason.pop("oneOf")
        listing = components["responses"]["WebhookListResponse"]["content"]["application/json"]["schema"]
        listing["properties"]["webhookIds"] = {"type": "array", "items": {"type": "string"}}
    else:
        for name in ("directoryLineStatus", "uniqueDirectoryLineStatus"):
            components["schemas"][name]["maxLength"] = 8
    return document


def accepts(document: dict[str, Any], name: str, value: str) -> bool:
    """Whether schema ``name`` of ``document`` admits ``value``."""
    schema = {**document["components"]["schemas"][name], "components": document["components"]}
    return bool(Draft4Validator(schema).is_valid(value))


@dataclass(frozen=True)
class Exchange:
    """One request and its answer as they crossed the line."""

    request: httpx.Request
    response: httpx.Response


class Recorder(httpx.BaseTransport):
    """The real transport, with a memory."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self._line = httpx.HTTPTransport(verify=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        response = self._line.handle_request(request)
        content = response.read()
        copied = httpx.Response(response.status_code, headers=response.headers, content=content)
        self.exchanges.append(Exchange(request, copied))
        return httpx.Response(response.status_code, headers=response.headers, content=content)

    def close(self) -> None:
        self._line.close()


class Judge:
    """Says what in an exchange is not as one AFNOR document has it."""

    def __init__(self, service: str, file: Path) -> None:
        self.prefix = f"/{service}-service"
        self._document = mended(service, json.loads(file.read_text()))
        self.operations: set[str] = set()

    def problems(self, exchange: Exchange) -> list[str]:
        """Every departure of a request or its answer."""
        path = urlsplit(str(exchange.request.url)).path.removeprefix(self.prefix)
        template, operation = self._operation(exchange.request.method, path)
        if operation is None:
            return [f"no operation {exchange.request.method} {path}"]
        name = operation["operationId"]
        self.operations.add(name)
        status = str(exchange.response.status_code)
        if status not in operation["responses"]:
            return [f"{name}: status {status} is not foreseen"]
        found = self._parameters(exchange.request, operation, template, path)
        found += self._request_body(exchange.request, operation) if status[0] == "2" else []
        found += self._answer(exchange.response, self._deref(operation["responses"][status]))
        return [f"{name} {status}: {problem}" for problem in found]

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, Any] | None]:
        for template, methods in self._document["paths"].items():
            # A parameter does not swallow the fixed words of another template.
            shape = re.sub(r"\\\{[^}]+\\\}", r"[^/:]+", re.escape(template))
            if (
                re.fullmatch(shape, path)
                and method.lower() in methods
                and not (path.endswith("/search") and not template.endswith("/search"))
            ):
                return template, methods[method.lower()]
        return "", None

    def _parameters(self, request: httpx.Request, operation: dict[str, Any], template: str, path: str) -> list[str]:
        names = re.findall(r"\{([^}]+)\}", template)
        shape = re.sub(r"\\\{[^}]+\\\}", r"([^/:]+)", re.escape(template))
        matched = re.fullmatch(shape, path)
        in_path = dict(zip(names, matched.groups(), strict=True)) if matched else {}
        found: list[str] = []
        for parameter in map(self._deref, operation.get("parameters", [])):
            sources = {"path": in_path, "query": dict(request.url.params), "header": request.headers}
            value = sources[parameter["in"]].get(parameter["name"])
            if value is None:
                found += [f"{parameter['name']} is missing"] if parameter.get("required") else []
            else:
                schema = self._deref(parameter["schema"])
                found += self._check(value.split(",") if schema.get("type") == "array" else value, schema)
        known = {parameter["name"] for parameter in map(self._deref, operation.get("parameters", []))}
        return found + [f"unknown query {name}" for name in request.url.params if name not in known]

    def _request_body(self, request: httpx.Request, operation: dict[str, Any]) -> list[str]:
        if "requestBody" not in operation:
            return ["a body where none is foreseen"] if request.content else []
        content = self._deref(operation["requestBody"])["content"]
        kind = request.headers["content-type"].partition(";")[0]
        if kind not in content:
            return [f"body of type {kind}"]
        if kind == "application/json":
            return self._check(json.loads(request.content), content[kind]["schema"])
        return self._parts(request, content[kind])

    def _parts(self, request: httpx.Request, media: dict[str, Any]) -> list[str]:
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        whole = BytesParser(policy=HTTP).parsebytes(head + request.content)
        values: dict[str, Any] = {}
        found = []
        for part in whole.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            admitted = media["encoding"][name]["contentType"].split(", ")
            if part.get_content_type() not in admitted:
                found.append(f"part {name} of type {part.get_content_type()}")
            values[name] = json.loads(content) if "json" in part.get_content_type() else content.decode("latin-1")
        return found + self._check(values, media["schema"])

    def _answer(self, response: httpx.Response, described: dict[str, Any]) -> list[str]:
        found = []
        for name, header in described.get("headers", {}).items():
            if name.lower() in response.headers:
                found += self._check(response.headers[name], header["schema"])
        contents = described.get("content", {})
        kind = response.headers.get("content-type", "").partition(";")[0]
        if kind == "application/json" and "schema" in contents.get(kind, {}):
            found += self._check(response.json(), contents[kind]["schema"])
        elif contents and kind not in contents and "application/octet-stream" not in contents:
            found.append(f"answer of type {kind}")
        return found

    def _check(self, value: Any, schema: dict[str, Any]) -> list[str]:
        whole = {**schema, "components": self._document["components"]}
        validator = Draft4Validator(whole, format_checker=FORMATS)
        return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(value)]

    def _deref(self, node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            found: Any = self._document
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node
