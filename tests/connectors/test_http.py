"""What a failure proves: nothing was done, it may have been done, or somebody must act."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from einvoice_desktop.connectors.http import LONGEST_WAIT, Answer, Call, HttpClient, check_address
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from tests.connectors.lines import ABORT, STALL, http, raw_line

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANYWHERE = "https://platform.example/v1/flows"


def ask(url: str, *, submit: bool = False, read_seconds: float = 5.0, **options: Any) -> Answer:
    client = HttpClient(read_seconds=read_seconds)
    try:
        return client.send(Call("POST", url, payload={"a": 1}, is_submit=submit, **options))
    finally:
        client.close()


def answered(
    status: int, body: bytes | str = b"", *, submit: bool = False, headers: dict[str, str] | None = None
) -> Answer:
    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=body, headers=headers or {})

    client = HttpClient(transport=httpx.MockTransport(handler), now=lambda: NOON)
    return client.send(Call("POST", ANYWHERE, payload={}, is_submit=submit))


# --- before anything is sent ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://platform.example/v1", "insecure_url"),
        ("http://192.168.1.10/v1", "insecure_url"),
        ("http://127.0.0.1.evil.example/", "insecure_url"),
        ("ftp://platform.example", "wrong_address"),
        ("platform.example/v1", "wrong_address"),
        ("", "wrong_address"),
        ("https://user:secret@platform.example/", "wrong_address"),
        ("https://[::1", "wrong_address"),
    ],
)
def test_an_address_that_may_not_be_used_is_refused_before_any_call(url: str, code: str) -> None:
    with pytest.raises(NeedsAttentionError) as caught:
        ask(url)
    assert caught.value.code == code
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://platform.example", "http://127.0.0.1:8080", "http://localhost/", "http://[::1]:9"]
)
def test_tls_or_this_very_machine(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize("submit", [True, False])
def test_a_closed_port_means_that_nothing_was_sent(*, submit: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(RetryLaterError) as caught:
        ask(f"http://127.0.0.1:{port}/v1", submit=submit)
    assert caught.value.code == "network"


@pytest.mark.parametrize("submit", [True, False])
@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (httpx.ConnectTimeout("slow"), "timeout"),
        (httpx.ConnectError("[Errno -2] Name or service not known"), "network"),
        (httpx.PoolTimeout("full"), "timeout"),
        (httpx.ProxyError("no"), "network"),
    ],
)
def test_a_call_that_never_left_may_go_again(failure: httpx.RequestError, code: str, *, submit: bool) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise failure

    client = HttpClient(transport=httpx.MockTransport(handler))
    with pytest.raises(RetryLaterError) as caught:
        client.send(Call("POST", ANYWHERE, is_submit=submit))
    assert caught.value.code == code


def test_a_certificate_that_is_not_valid_is_for_the_user() -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        try:
            raise ssl.SSLCertVerificationError("self-signed certificate")
        except ssl.SSLCertVerificationError as error:
            raise httpx.ConnectError("certificate verify failed") from error

    client = HttpClient(transport=httpx.MockTransport(handler))
    with pytest.raises(NeedsAttentionError) as caught:
        client.send(Call("GET", ANYWHERE))
    assert caught.value.code == "certificate"


# --- after something was sent --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([ABORT], id="reset without an answer"),
        pytest.param([], id="closed without an answer"),
        pytest.param([b"HTTP/1.1 202 Accep"], id="cut in the status line"),
        pytest.param([b'HTTP/1.1 202 Accepted\r\nContent-Length: 50\r\n\r\n{"flowId": '], id="cut in the body"),
        pytest.param([b"SSH-2.0-OpenSSH_9.6\r\n"], id="not HTTP at all"),
    ],
)
def test_a_line_cut_after_sending_leaves_a_submission_unknown_and_a_read_to_repeat(script: list[bytes]) -> None:
    with raw_line(script, script) as line:
        with pytest.raises(UnknownOutcomeError) as unknown:
            ask(line.url, submit=True)
        with pytest.raises(RetryLaterError) as again:
            ask(line.url)
    assert unknown.value.code == again.value.code == "network"
    assert line.received[0].endswith(b'{"a":1}')


def test_an_answer_that_never_comes_leaves_a_submission_unknown_and_a_read_to_repeat() -> None:
    with raw_line([STALL]) as line, pytest.raises(UnknownOutcomeError) as unknown:
        ask(line.url, submit=True, read_seconds=0.1)
    with raw_line([STALL]) as line, pytest.raises(RetryLaterError) as again:
        ask(line.url, read_seconds=0.1)
    assert unknown.value.code == again.value.code == "timeout"


def test_an_answer_that_drips_for_ever_is_given_up() -> None:
    pieces = [b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", *[b"x"] * 3]
    with raw_line([*pieces, STALL]) as line, pytest.raises(RetryLaterError) as caught:
        ask(line.url, max_seconds=0)
    assert caught.value.code == "timeout"


def test_an_answer_too_large_is_not_read_to_its_end() -> None:
    endless = [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", *[b"x" * 65536] * 40]
    with raw_line(endless) as line, pytest.raises(RefusedError) as refused:
        ask(line.url, max_bytes=100_000)
    with raw_line(endless) as line, pytest.raises(UnknownOutcomeError) as unknown:
        ask(line.url, submit=True, max_bytes=100_000)
    assert refused.value.code == unknown.value.code == "too_large"


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>Bienvenue", b'{"flowId": "ab', b"", b"\xff\xfe{", b"[" * 100_000])
def test_what_is_not_json_proves_nothing(body: bytes) -> None:
    with pytest.raises(UnknownOutcomeError) as unknown:
        answered(202, body, submit=True).check().json()
    with pytest.raises(RetryLaterError) as again:
        answered(200, body).check().json()
    assert unknown.value.code == again.value.code == "not_json"


def test_json_with_a_byte_order_mark_is_json() -> None:
    assert answered(200, b'\xef\xbb\xbf{"a": 1}').json() == {"a": 1}


# --- statuses ------------------------------------------------------------------------------------------------

ATTENTION, REFUSED, RETRY, UNKNOWN = NeedsAttentionError, RefusedError, RetryLaterError, UnknownOutcomeError


@pytest.mark.parametrize(
    ("status", "on_submit", "on_read"),
    [
        (302, ATTENTION, ATTENTION),
        (400, REFUSED, REFUSED),
        (401, ATTENTION, ATTENTION),
        (403, ATTENTION, ATTENTION),
        (404, ATTENTION, REFUSED),
        (405, ATTENTION, REFUSED),
        (408, UNKNOWN, RETRY),
        (409, REFUSED, REFUSED),
        (413, REFUSED, REFUSED),
        (422, REFUSED, REFUSED),
        (429, RETRY, RETRY),
        (451, ATTENTION, ATTENTION),
        (500, UNKNOWN, RETRY),
        (502, UNKNOWN, RETRY),
        (503, RETRY, RETRY),
        (504, UNKNOWN, RETRY),
        (520, UNKNOWN, RETRY),
    ],
)
def test_what_a_status_proves(status: int, on_submit: type[PlatformError], on_read: type[PlatformError]) -> None:
    with pytest.raises(PlatformError) as submitting:
        answered(status, b'{"errorCode": "WHY", "errorMessage": "because"}', submit=True).check()
    with pytest.raises(PlatformError) as reading:
        answered(status, b'{"errorCode": "WHY", "errorMessage": "because"}').check()
    assert (type(submitting.value), type(reading.value)) == (on_submit, on_read)
    assert submitting.value.status == status


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_success_is_one(status: int) -> None:
    assert answered(status).check().status == status


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("51", 51.0),
        ("0", 0.0),
        ("2.5", 2.5),
        ("-3", 0.0),
        ("999999999999", LONGEST_WAIT),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0.0),
        ("Sat, 21 Nov 2026 12:00:30 -0000", 30.0),
        ("soon", None),
        ("nan", None),
        ("inf", LONGEST_WAIT),
        ("", None),
    ],
)
def test_how_long_to_wait_is_read_in_seconds_or_as_a_date(wish: str, seconds: float | None) -> None:
    with pytest.raises(RetryLaterError) as caught:
        answered(429, headers={"Retry-After": wish}).check()
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ('{"errorCode": "INVALID", "errorMessage": "non"}', "INVALID", "non"),
        ('{"errorCode": "E1", "errorMessage": null, "details": "précisément"}', "E1", "précisément"),
        ('{"error": "invalid_client", "error_description": "inconnu"}', "invalid_client", "inconnu"),
        ('{"code": 4012, "message": "KYC"}', "4012", "KYC"),
        ('{"title": "Bad Request", "detail": "champ manquant"}', "http_400", "champ manquant – Bad Request"),
        ('{"detail": [{"loc": ["body"], "msg": "missing"}]}', "http_400", "[{'loc': ['body'], 'msg': 'missing'}]"),
        ('["oups"]', "http_400", ""),
        ("<h1>400</h1>", "http_400", ""),
        ("", "http_400", ""),
    ],
)
def test_the_platforms_own_words_are_found_whatever_their_shape(body: str, code: str, message: str) -> None:
    with pytest.raises(RefusedError) as caught:
        answered(400, body).check()
    assert (caught.value.code, caught.value.message) == (code, message)


# --- redirections --------------------------------------------------------------------------------------------


def redirecting(target: str, seen: list[str]) -> Callable[[httpx.Request], httpx.Response]:
    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        if request.url.path == "/start":
            return httpx.Response(307, headers={"Location": target})
        return httpx.Response(200, json={"authorization": request.headers.get("authorization", "")})

    return handler


def test_the_token_never_follows_to_another_host() -> None:
    seen: list[str] = []
    client = HttpClient(transport=httpx.MockTransport(redirecting("https://elsewhere.example/x", seen)))
    call = Call("GET", "https://platform.example/start", headers={"Authorization": "Bearer t"})
    with pytest.raises(NeedsAttentionError) as caught:
        client.send(call).check()
    assert caught.value.code == "redirected"
    assert seen == ["https://platform.example/start"]


def test_a_read_moves_within_its_host_and_a_post_never_does() -> None:
    seen: list[str] = []
    client = HttpClient(transport=httpx.MockTransport(redirecting("/end", seen)))
    assert client.send(Call("GET", "https://platform.example/start")).check().status == 200
    with pytest.raises(NeedsAttentionError):
        client.send(Call("POST", "https://platform.example/start", is_submit=True)).check()
    assert seen == ["https://platform.example/start", "https://platform.example/end", "https://platform.example/start"]


def test_a_redirection_that_turns_in_circles_ends() -> None:
    seen: list[str] = []
    client = HttpClient(transport=httpx.MockTransport(redirecting("/start", seen)))
    with pytest.raises(NeedsAttentionError):
        client.send(Call("GET", "https://platform.example/start")).check()
    assert len(seen) == 3


# --- secrets -------------------------------------------------------------------------------------------------


def test_no_secret_reaches_a_message_or_a_log(caplog: pytest.LogCaptureFixture) -> None:
    said = (
        '{"errorCode": "E", "errorMessage": "token Bearer eyJhbGciOi.J9.x of s3cr3t, '
        "client_secret=hunter2&x, 'password': 'pw1', Basic YWJjOmRlZg==\"}"
    )

    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, content=said)

    client = HttpClient(transport=httpx.MockTransport(handler))
    client.hide("s3cr3t")
    secretive: dict[str, Any] = {"headers": {"Authorization": "Bearer s3cr3t"}, "form": {"p": "s3cr3t"}}
    call = Call("POST", f"{ANYWHERE}/s3cr3t?x=s3cr3t", **secretive)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(RefusedError) as caught:
        client.send(call).check()
    ours = "\n".join(
        f"{record.getMessage()} {vars(record)}"
        for record in caplog.records
        if record.name.startswith("einvoice_desktop")
    )
    assert "POST platform.example" in ours
    for secret in ("s3cr3t", "eyJhbGciOi", "hunter2", "pw1", "YWJj"):
        assert secret not in caught.value.message
        assert secret not in ours


def test_a_proxy_of_the_environment_does_not_stand_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with raw_line([http(b'{"ok": true}')]) as line:
        assert ask(line.url).json() == {"ok": True}
