"""A platform as a function from request to answer, and what is needed to talk to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.connectors.http import HttpClient
from einvoice_desktop.ports.pdp import PlatformProfile, Submission

PROFILE = PlatformProfile(
    id="p1",
    kind="afnor",
    label="Ma plateforme",
    flow_url="https://api.platform.example/flow-service",
    directory_url="https://api.platform.example/directory-service",
    token_url="https://auth.platform.example/token",
    client_id="me",
)
SUBMISSION = Submission(
    tracking_id="track-1",
    name="facture n° 12 – été.pdf",
    content=b"%PDF-1.7 ...",
    sha256="AB" * 32,
    syntax="Factur-X",
    processing_rule="B2BINT",
)

Endpoint = Callable[[httpx.Request], httpx.Response]


class Secrets:
    """Secrets in memory."""

    def __init__(self, **kept: str) -> None:
        self.kept = {"platform:p1:client_secret": "s3cr3t", **kept}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class Remote:
    """Answers by method and path; gives numbered tokens; remembers every request."""

    def __init__(self, routes: dict[str, Endpoint | httpx.Response | list[httpx.Response]] | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.routes = routes or {}
        self.tokens = 0
        self.token: Endpoint = self.give_token

    def give_token(self, _request: httpx.Request) -> httpx.Response:
        self.tokens += 1
        return httpx.Response(200, json={"access_token": f"token-{self.tokens}", "expires_in": 3600})

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        if request.url.path == "/token":
            return self.token(request)
        answer = self.routes.get(
            f"{request.method} {request.url.path}", httpx.Response(404, json={"errorCode": "NONE"})
        )
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        return answer if isinstance(answer, httpx.Response) else answer(request)

    def calls(self, ending: str) -> list[httpx.Request]:
        return [request for request in self.requests if request.url.path.endswith(ending)]

    def platform(self, secrets: Secrets | None = None, **profile: Any) -> AfnorPlatform:
        http = HttpClient(transport=httpx.MockTransport(self))
        return AfnorPlatform(replace(PROFILE, **profile), secrets or Secrets(), http)


def body_of(request: httpx.Request) -> Any:
    return json.loads(request.content)


def ok(body: Any, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json=body)
