"""What an independent AFNOR server answered one day, replayed byte for byte."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.connectors.afnor.payloads import flows_in
from einvoice_desktop.connectors.http import Answer, Call, HttpClient
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from einvoice_desktop.ports.pdp import AckStatus, PlatformProfile, Submission
from tests.connectors.platforms import Secrets

HERE = PlatformProfile("p1", "afnor", "reformock", "https://mock.example", "https://mock.example", "https://mock.example/oauth/token", "test-client")  # fmt: skip
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
SUBMISSION = Submission("F202500003", "UC1_CII.xml", b"<x/>", "0" * 64, "CII")


@pytest.fixture(scope="module")
def folder(corpus: Path) -> Path:
    """Where the recordings lie."""
    return corpus / "reformock-recordings"


@pytest.fixture(scope="module")
def exchanges(folder: Path) -> list[dict[str, Any]]:
    """Every recorded exchange."""
    recorded: list[dict[str, Any]] = json.loads((folder / "exchanges.json").read_text())["exchanges"]
    return recorded


def response(exchange: dict[str, Any], folder: Path) -> httpx.Response:
    """The recorded answer."""
    answer = exchange["response"]
    if "body_file" in answer:
        content = (folder / answer["body_file"]).read_bytes()
    elif "json" in answer:
        content = json.dumps(answer["json"]).encode()
    else:
        content = answer.get("text", "").encode()
    return httpx.Response(answer["status"], headers=answer["headers"], content=content)


def named(exchanges: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The first exchange of that name."""
    return next(exchange for exchange in exchanges if exchange["name"] == name)


def replay(*answers: httpx.Response) -> AfnorPlatform:
    """A platform that gives a token, then these answers in order (the last one again and again)."""
    queue = list(answers)

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 3600})
        return queue.pop(0) if len(queue) > 1 else queue[0]

    return AfnorPlatform(HERE, Secrets(), HttpClient(transport=httpx.MockTransport(handler)))


def flows_of(exchange: dict[str, Any]) -> list[dict[str, Any]]:
    """The flows a recorded answer holds."""
    body = exchange["response"].get("json")
    if not isinstance(body, dict) or exchange["response"]["status"] // 100 != 2:
        return []
    found: list[dict[str, Any]] = body.get("results", [body] if "flowId" in body else [])
    return found


def outcome(exchange: dict[str, Any], folder: Path) -> Answer | PlatformError:
    """What our client makes of a recorded answer, asked as it was asked."""
    request = exchange["request"]
    is_submit = (request["method"], request["path"]) == ("POST", "/v1/flows")
    client = HttpClient(transport=httpx.MockTransport(lambda _request: response(exchange, folder)))
    try:
        return client.send(
            Call(request["method"], f"https://mock.example{request['path']}", is_submit=is_submit)
        ).check()
    except PlatformError as error:
        return error


def test_every_flow_and_acknowledgement_ever_recorded_is_understood(exchanges: list[dict[str, Any]]) -> None:
    recorded = [flow for exchange in exchanges for flow in flows_of(exchange)]
    assert len(recorded) > 40
    for raw in recorded:
        (flow,) = flows_in([raw], seen_at=SINCE)
        assert flow.flow_id == raw["flowId"]
        assert flow.tracking_id == raw.get("trackingId", "")
        assert (flow.syntax, flow.name) == (raw["flowSyntax"], raw["name"])
        assert (flow.flow_type, flow.direction) == (raw.get("flowType", ""), raw.get("flowDirection", ""))
        assert flow.submitted_at == datetime.fromisoformat(raw["submittedAt"])
        assert flow.updated_at == datetime.fromisoformat(raw.get("updatedAt", raw["submittedAt"]))
        expected = AckStatus(raw["acknowledgement"]["status"]) if "acknowledgement" in raw else AckStatus.PENDING
        assert flow.ack is expected


def test_every_recorded_answer_finds_its_place(exchanges: list[dict[str, Any]], folder: Path) -> None:
    """Each answer goes through the call it answered: understood, or the right one of the four errors."""
    outcomes = Counter(type(outcome(exchange, folder)).__name__ for exchange in exchanges)
    assert outcomes.total() == len(exchanges) > 60
    assert outcomes["Answer"] == sum(1 for e in exchanges if e["response"]["status"] // 100 == 2)
    assert {"RefusedError", "NeedsAttentionError", "RetryLaterError", "UnknownOutcomeError"} <= set(outcomes)


def test_the_recorded_servers_codes_are_kept(exchanges: list[dict[str, Any]], folder: Path) -> None:
    refused = [exchange for exchange in exchanges if exchange["response"]["status"] // 100 != 2]
    assert {e["response"]["status"] for e in refused} == {400, 401, 404, 413, 429, 500}
    for exchange in refused:
        said, error = exchange["response"]["json"], outcome(exchange, folder)
        assert isinstance(error, PlatformError)
        assert (error.code, error.status) == (said.get("errorCode", said.get("error")), exchange["response"]["status"])


@pytest.mark.parametrize("name", ["deposit-cii", "deposit-ubl", "deposit-facturx", "deposit-unicode-name"])
def test_recorded_deposits_are_taken(exchanges: list[dict[str, Any]], folder: Path, name: str) -> None:
    exchange = named(exchanges, name)
    taken = replay(response(exchange, folder)).submit(SUBMISSION)
    assert taken.flow_id == exchange["response"]["json"]["flowId"]
    assert taken.tracking_id == exchange["response"]["json"]["trackingId"]


@pytest.mark.parametrize(
    ("name", "error", "code"),
    [
        ("deposit-bad-sha", RefusedError, "CHECKSUM_MISMATCH"),
        ("deposit-no-file", RefusedError, "MISSING_REQUIRED_FIELD"),
        ("deposit-bad-flowinfo", UnknownOutcomeError, "INTERNAL_ERROR"),
        ("deposit-too-big", RefusedError, "FILE_SIZE_EXCEEDED"),
        ("rate-limit", RetryLaterError, "RATE_LIMIT_EXCEEDED"),
        ("search-without-token", NeedsAttentionError, "MISSING_TOKEN"),
        ("search-bad-token", NeedsAttentionError, "INVALID_TOKEN"),
    ],
)
def test_recorded_refusals_of_a_deposit(
    exchanges: list[dict[str, Any]], folder: Path, name: str, error: type[PlatformError], code: str
) -> None:
    answer = named(exchanges, name)
    with pytest.raises(error) as caught:
        replay(response(answer, folder), response(answer, folder)).submit(SUBMISSION)
    assert caught.value.code == code


def test_a_recorded_rate_limit_says_how_long(exchanges: list[dict[str, Any]], folder: Path) -> None:
    with pytest.raises(RetryLaterError) as caught:
        replay(response(named(exchanges, "rate-limit"), folder)).get("x")
    assert caught.value.retry_after == 51.0


@pytest.mark.parametrize(
    ("name", "error", "status"),
    [
        ("search-empty-where", RefusedError, 400),
        ("search-bad-json", RefusedError, 400),
        ("search-updatedAfter-garbage", RetryLaterError, 500),
    ],
)
def test_recorded_refusals_of_a_search(
    exchanges: list[dict[str, Any]], folder: Path, name: str, error: type[PlatformError], status: int
) -> None:
    with pytest.raises(error) as caught:
        replay(response(named(exchanges, name), folder)).changes(SINCE)
    assert caught.value.status == status


def test_recorded_pages_are_walked_with_their_cursor(exchanges: list[dict[str, Any]], folder: Path) -> None:
    first, second = (named(exchanges, f"search-in-page{n}") for n in (1, 2))
    platform = replay(response(first, folder), response(second, folder))
    page = platform.changes(SINCE)
    assert page.next_cursor == json.loads(second["request"]["body"])["cursor"]
    more = platform.changes(SINCE, page.next_cursor)
    expected = {flow["flowId"] for exchange in (first, second) for flow in flows_of(exchange)}
    assert {flow.flow_id for flow in (*page.flows, *more.flows)} == expected


def test_a_recorded_deposit_is_found_again(exchanges: list[dict[str, Any]], folder: Path) -> None:
    found = replay(response(named(exchanges, "search-by-trackingId"), folder)).find("F202500003")
    assert found is not None
    assert (found.flow_type, found.direction, found.ack) == ("CustomerInvoice", "Out", AckStatus.OK)


def test_recorded_documents_come_byte_for_byte(exchanges: list[dict[str, Any]], folder: Path) -> None:
    downloads = [e for e in exchanges if "body_file" in e["response"]]
    assert len(downloads) > 15
    for exchange in downloads:
        flow_id = urlsplit(exchange["request"]["path"]).path.rpartition("/")[2]
        content = replay(response(exchange, folder)).download(flow_id)
        assert content == (folder / exchange["response"]["body_file"]).read_bytes()


def test_recorded_metadata_is_read_and_an_unknown_flow_is_refused(
    exchanges: list[dict[str, Any]], folder: Path
) -> None:
    for name in ("get-Metadata", "get-default"):
        exchange = named(exchanges, name)
        assert replay(response(exchange, folder)).get("x").flow_id == exchange["response"]["json"]["flowId"]
    for name in ("get-unknown", "get-Bogus"):
        with pytest.raises(RefusedError):
            replay(response(named(exchanges, name), folder)).get("x")


def test_a_server_without_annuaire_knows_nobody(exchanges: list[dict[str, Any]], folder: Path) -> None:
    assert replay(response(named(exchanges, "unknown-route"), folder)).directory_lines("552100554") == ()


def test_recorded_tokens_are_used_and_refusals_are_for_the_user(exchanges: list[dict[str, Any]], folder: Path) -> None:
    def opened(name: str) -> str:
        seen: list[str] = []

        def handler(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/oauth/token":
                return response(named(exchanges, name), folder)
            seen.append(request.headers["authorization"])
            return httpx.Response(200, json={"results": []})

        AfnorPlatform(HERE, Secrets(), HttpClient(transport=httpx.MockTransport(handler))).find("x")
        return seen[0]

    for name in ("token-form", "token-http-basic"):
        assert opened(name) == f"Bearer {named(exchanges, name)['response']['json']['access_token']}"
    for name in ("token-wrong-secret", "token-unsupported-grant"):
        with pytest.raises(NeedsAttentionError):
            opened(name)


def test_the_recorded_healthcheck_is_not_enough_to_be_known(exchanges: list[dict[str, Any]], folder: Path) -> None:
    up, refused = response(named(exchanges, "healthcheck"), folder), named(exchanges, "search-without-token")
    with pytest.raises(NeedsAttentionError):
        replay(up, response(refused, folder), response(refused, folder)).health()
