"""One token: asked once, kept, renewed in time, and once more when the platform forgot it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest

from einvoice_desktop.connectors.afnor.oauth import LARGEST_KEPT, TokenSource
from einvoice_desktop.connectors.http import HttpClient
from einvoice_desktop.ports.errors import NeedsAttentionError, RetryLaterError
from tests.connectors.platforms import PROFILE, SUBMISSION, Remote, Secrets, ok

FLOWS = "POST /flow-service/v1/flows"
SEARCH = "POST /flow-service/v1/flows/search"
TAKEN = {"flowId": "f1", "submittedAt": "2026-11-21T10:00:00Z", "name": "x", "flowSyntax": "CII"}


def source(remote: Remote, secrets: Secrets, now: Callable[[], float] = lambda: 1000.0) -> TokenSource:
    return TokenSource(PROFILE, secrets, HttpClient(transport=httpx.MockTransport(remote)), now)


def test_the_secret_goes_by_basic_authentication_and_no_scope_is_asked() -> None:
    remote = Remote()
    assert source(remote, Secrets()).token() == "token-1"
    asked = remote.requests[0]
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(asked.content.decode()) == {"grant_type": ["client_credentials"]}
    scheme, _, pair = asked.headers["authorization"].partition(" ")
    assert (scheme, base64.b64decode(pair)) == ("Basic", b"me:s3cr3t")


@pytest.mark.parametrize("status", [400, 401, 403, 415])
def test_a_platform_that_wants_the_secret_in_the_form_gets_it_there_from_then_on(status: int) -> None:
    remote = Remote()
    clock = [1000.0]

    def only_form(request: httpx.Request) -> httpx.Response:
        if b"client_secret=s3cr3t" in request.content:
            return remote.give_token(request)
        return httpx.Response(status, json={"error": "invalid_client"})

    remote.token = only_form
    tokens = source(remote, Secrets(), lambda: clock[0])
    assert tokens.token() == "token-1"
    assert "authorization" not in remote.requests[1].headers
    clock[0] += 4000
    assert tokens.token() == "token-2"
    assert len(remote.requests) == 3


def test_a_token_is_kept_in_memory_and_in_the_keyring() -> None:
    remote, secrets = Remote(), Secrets()
    tokens = source(remote, secrets)
    assert [tokens.token(), tokens.token(), source(remote, secrets).token()] == ["token-1"] * 3
    assert remote.tokens == 1
    assert "s3cr3t" not in secrets.kept["platform:p1:token"]


def test_it_is_renewed_a_minute_before_its_end() -> None:
    remote, clock = Remote(), [1000.0]
    tokens = source(remote, Secrets(), lambda: clock[0])
    tokens.token()
    clock[0] += 3539
    assert tokens.token() == "token-1"
    clock[0] += 1
    assert tokens.token() == "token-2"


@pytest.mark.parametrize("life", [{"expires_in": 20}, {"expires_in": "20"}, {"expires_in": 20.0}])
def test_a_very_short_life_is_used_to_its_half(life: dict[str, object]) -> None:
    remote, clock = Remote(), [0.0]
    remote.token = lambda _request: ok({"access_token": f"token-{len(remote.requests)}", **life})
    tokens = source(remote, Secrets(), lambda: clock[0])
    tokens.token()
    clock[0] = 9.9
    assert tokens.token() == "token-1"
    clock[0] = 10.0
    assert tokens.token() == "token-2"


@pytest.mark.parametrize("life", [{}, {"expires_in": None}, {"expires_in": 0}])
def test_without_a_stated_life_a_token_lasts_minutes(life: dict[str, object]) -> None:
    remote, clock = Remote(), [0.0]
    remote.token = lambda _request: ok({"access_token": f"token-{len(remote.requests)}", **life})
    tokens = source(remote, Secrets(), lambda: clock[0])
    tokens.token()
    clock[0] = 239.0
    assert tokens.token() == "token-1"
    clock[0] = 240.0
    assert tokens.token() == "token-2"


@pytest.mark.parametrize("kept", ["", "not json", "[]", '{"token": "x"}', '{"token": "x", "renew_at": "soon"}'])
def test_a_record_of_the_keyring_that_is_not_ours_is_not_used(kept: str) -> None:
    remote = Remote()
    assert source(remote, Secrets(**{"platform:p1:token": kept})).token() == "token-1"


def test_a_token_of_another_account_is_not_used() -> None:
    remote, secrets = Remote(), Secrets()
    source(remote, secrets).token()
    record = json.loads(secrets.kept["platform:p1:token"])
    secrets.put("platform:p1:token", json.dumps(record | {"for": "somebody else"}))
    assert source(remote, secrets).token() == "token-2"


def test_a_token_too_long_for_a_keyring_stays_in_memory() -> None:
    remote, secrets = Remote(), Secrets()
    remote.token = lambda _request: ok({"access_token": "x" * (LARGEST_KEPT + 1), "expires_in": 3600})
    tokens = source(remote, secrets)
    assert tokens.token() == tokens.token()
    assert len(remote.requests) == 1
    assert "platform:p1:token" not in secrets.kept


def test_without_a_secret_the_user_is_asked() -> None:
    with pytest.raises(NeedsAttentionError) as caught:
        source(Remote(), Secrets(**{"platform:p1:client_secret": ""})).token()
    assert caught.value.code == "missing_secret"


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (httpx.Response(401, json={"error": "invalid_client"}), NeedsAttentionError, "invalid_client"),
        (httpx.Response(400, json={"error": "invalid_scope"}), NeedsAttentionError, "invalid_scope"),
        (httpx.Response(404, text="<h1>404</h1>"), NeedsAttentionError, "http_404"),
        (httpx.Response(503), RetryLaterError, "http_503"),
        (httpx.Response(500), RetryLaterError, "http_500"),
        (httpx.Response(200, text="<html>"), RetryLaterError, "not_json"),
        (httpx.Response(200, json={"token_type": "Bearer"}), RetryLaterError, "no_token"),
        (httpx.Response(200, json=["?"]), RetryLaterError, "no_token"),
    ],
)
def test_a_token_service_that_refuses_is_for_the_user_one_that_fails_is_for_later(
    answer: httpx.Response, error: type[Exception], code: str
) -> None:
    remote = Remote()
    remote.token = lambda _request: answer
    with pytest.raises(error) as caught:
        source(remote, Secrets()).token()
    assert getattr(caught.value, "code", "") == code


def test_while_submitting_a_token_that_cannot_be_had_means_that_nothing_was_sent() -> None:
    remote = Remote()
    remote.token = lambda _request: httpx.Response(502)
    with pytest.raises(RetryLaterError):
        remote.platform().submit(SUBMISSION)
    assert remote.calls("/flows") == []


def test_a_token_the_platform_forgot_is_renewed_once_and_the_call_goes_again() -> None:
    remote = Remote({FLOWS: [httpx.Response(401, json={"errorCode": "INVALID_TOKEN"}), ok(TAKEN, 202)]})
    secrets = Secrets()
    assert remote.platform(secrets).submit(SUBMISSION).flow_id == "f1"
    assert [call.headers["authorization"] for call in remote.calls("/flows")] == ["Bearer token-1", "Bearer token-2"]
    assert "token-2" in secrets.kept["platform:p1:token"]


def test_a_token_refused_twice_is_for_the_user() -> None:
    remote = Remote({SEARCH: httpx.Response(401, json={"errorCode": "INVALID_TOKEN"})})
    with pytest.raises(NeedsAttentionError) as caught:
        remote.platform().find("x")
    assert (caught.value.code, len(remote.calls("/search"))) == ("INVALID_TOKEN", 2)
