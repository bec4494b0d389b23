"""One synchronous HTTP client for every connector: bounded, redacted, and precise about what a failure means.

The whole exactly-once delivery rests on the difference between « nothing was done » (:class:`RetryLaterError`) and
« it may have been done » (:class:`UnknownOutcomeError`), so that difference is made here, once.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, NoReturn, TypeAlias
from urllib.parse import urljoin, urlsplit

import httpx

from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
JSON_LIMIT = 5_000_000
"""Bytes a JSON answer may have."""
DOWNLOAD_LIMIT = 100_000_000
"""Bytes a downloaded document may have, the size AFNOR allows a flow."""
SECONDS_FOR_JSON = 120.0
SECONDS_FOR_DOWNLOAD = 900.0
LONGEST_WAIT = 86_400.0
"""A platform may ask us to wait a day, not a century."""

_SAME_HOST_REDIRECTS = 3
_BUSY = frozenset({425, 429, 503})
_USER_MUST_ACT = frozenset({401, 402, 403, 407, 451})
_NO_SUCH_ROUTE = frozenset({404, 405})
_TOO_LATE = 408
_SERVER_ERROR = 500
_LONGEST_MESSAGE = 500

_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+"), r"\1 •••"),
    (
        re.compile(
            r"(?i)([\"']?(?:access_token|refresh_token|id_token|client_secret|password|api_?key)[\"']?\s*[:=]\s*)"
            r"(\"[^\"]*\"|'[^']*'|[^\s&,}]+)"
        ),
        r"\1•••",
    ),
)

_log = logging.getLogger(__name__)

Part: TypeAlias = tuple[str | None, bytes, str]
"""One part of a form: file name (``None`` for a plain field), bytes, media type."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request.

    Attributes:
        method, url: what and where. headers: besides our own.
        payload: JSON body. form: URL-encoded body. parts: multipart body. params: query.
        is_submit: whether the platform keeps something because of it: a lost answer is then an unknown outcome.
        max_bytes: bound of the answer. max_seconds: bound of the whole answer, for a platform that drips.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    payload: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    parts: Mapping[str, Part] | None = None
    params: Mapping[str, str] | None = None
    is_submit: bool = False
    max_bytes: int = JSON_LIMIT
    max_seconds: float = SECONDS_FOR_JSON


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``status``, ``headers`` (lower-case names) and ``body``, whole and within bounds.

    ``message_of`` masks secrets in what the platform says before anybody reads it.
    """

    call: Call
    status: int
    headers: Mapping[str, str]
    body: bytes
    message_of: Callable[[str], str] = field(repr=False)
    now: Callable[[], datetime] = field(repr=False)

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            UnknownOutcomeError: it is not JSON and something was submitted (``not_json``).
            RetryLaterError: it is not JSON and we were only reading.
        """
        try:
            return json.loads(self.body.decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            kind = UnknownOutcomeError if self.call.is_submit else RetryLaterError
            content_type = self.headers.get("content-type", "no content type")
            raise kind("not_json", f"{content_type}, {len(self.body)} bytes", status=self.status) from error

    def check(self) -> Answer:
        """This answer when its status is 2xx.

        Raises:
            PlatformError: one of its four children, by what the status proves.
        """
        if self.status // 100 == 2:  # noqa: PLR2004 - 2xx
            return self
        raise self._error()

    def _error(self) -> PlatformError:
        code, message = _said(self)
        message = self.message_of(message)[:_LONGEST_MESSAGE]
        if self.status // 100 == 3:  # noqa: PLR2004 - 3xx
            target = self.message_of(self.headers.get("location", ""))[:_LONGEST_MESSAGE]
            return NeedsAttentionError("redirected", target, status=self.status)
        if self.status in _BUSY:
            return RetryLaterError(code, message, status=self.status, retry_after=self._retry_after())
        if self.status in _USER_MUST_ACT or (self.call.is_submit and self.status in _NO_SUCH_ROUTE):
            return NeedsAttentionError(code, message, status=self.status)
        if self.status >= _SERVER_ERROR or self.status == _TOO_LATE:
            kind = UnknownOutcomeError if self.call.is_submit else RetryLaterError
            return kind(code, message, status=self.status)
        return RefusedError(code, message, status=self.status)

    def _retry_after(self) -> float | None:
        wish = self.headers.get("retry-after", "").strip()
        if not wish:
            return None
        try:
            seconds = float(wish)
        except ValueError:
            try:
                moment = parsedate_to_datetime(wish)
            except ValueError:
                return None
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            seconds = (moment - self.now()).total_seconds()
        return min(max(seconds, 0.0), LONGEST_WAIT) if seconds == seconds else None  # noqa: PLR0124 - NaN


class HttpClient:
    """Sends calls one at a time, from one thread.

    TLS everywhere but on the loopback; never follows another host; never logs a header or a body.
    """

    def __init__(
        self,
        *,
        transport: httpx.BaseTransport | None = None,
        read_seconds: float = READ_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._hidden: set[str] = set()
        self._now = now
        self._client = httpx.Client(
            transport=transport,
            verify=_trust(),
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
            follow_redirects=False,
            # A proxy from the environment never stands between us and this very machine.
            mounts={f"all://{host}": None for host in ("127.0.0.1", "localhost", "[::1]")},
            # Uncompressed answers: the size bound then counts what really crossed the line.
            headers={"User-Agent": "einvoice-desktop", "Accept-Encoding": "identity"},
        )

    def hide(self, secret: str) -> None:
        """Never show ``secret`` in a message or a log from now on."""
        if secret:
            self._hidden.add(secret)

    def mask(self, text: str) -> str:
        """``text`` with every secret we know of, or that looks like one, replaced."""
        for secret in sorted(self._hidden, key=len, reverse=True):
            text = text.replace(secret, "•••")
        for pattern, replacement in _SECRETS:
            text = pattern.sub(replacement, text)
        return text

    def send(self, call: Call) -> Answer:
        """The answer, whatever its status; see :meth:`Answer.check`.

        Raises:
            RetryLaterError: nothing was sent, or a read was cut (``network``, ``timeout``).
            UnknownOutcomeError: the line broke after a submission left us (``network``, ``timeout``, ``too_large``).
            NeedsAttentionError: the address may not be used (``insecure_url``, ``wrong_address``, ``certificate``).
        """
        for _ in range(_SAME_HOST_REDIRECTS):
            answer = self._send_once(call)
            target = urljoin(call.url, answer.headers.get("location", call.url))
            is_redirect = answer.status in {301, 302, 303, 307, 308} and call.method == "GET"
            if not is_redirect or _origin(target) != _origin(call.url):
                return answer
            call = _with_url(call, target)
        return answer

    def _send_once(self, call: Call) -> Answer:
        check_address(call.url)
        started = time.monotonic()
        try:
            request = self._client.build_request(
                call.method,
                call.url,
                headers=dict(call.headers),
                json=call.payload,
                data=call.form,
                files=call.parts,
                params=call.params,
            )
            response = self._client.send(request, stream=True)
            try:
                body = self._body(response, call, started)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            self._tell(call, 0, started, type(error).__name__)
            self._fail(call, error)
        self._tell(call, response.status_code, started, "")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(call, response.status_code, headers, body, self.mask, self._now)

    def _body(self, response: httpx.Response, call: Call, started: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > call.max_bytes:
                kind = UnknownOutcomeError if call.is_submit else RefusedError
                raise kind("too_large", f"more than {call.max_bytes} bytes", status=response.status_code)
            if time.monotonic() - started > call.max_seconds:
                raise httpx.ReadTimeout("the whole answer took too long")
            chunks.append(chunk)
        return b"".join(chunks)

    def _fail(self, call: Call, error: Exception) -> NoReturn:
        """Say what the failure proves: only what never left us may be sent again blindly."""
        message = self.mask(str(error) or type(error).__name__)[:_LONGEST_MESSAGE]
        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
            raise NeedsAttentionError("wrong_address", message) from error
        if _is_certificate(error):
            raise NeedsAttentionError("certificate", message) from error
        is_timeout = isinstance(error, httpx.TimeoutException)
        was_never_sent = isinstance(
            error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError
        )
        kind = UnknownOutcomeError if call.is_submit and not was_never_sent else RetryLaterError
        raise kind("timeout" if is_timeout else "network", message) from error

    def _tell(self, call: Call, status: int, started: float, failure: str) -> None:
        parts = urlsplit(call.url)
        _log.info(
            "%s %s%s -> %s",
            call.method,
            parts.hostname,
            self.mask(parts.path),
            status or failure,
            extra={
                "http_method": call.method,
                "http_host": parts.hostname or "",
                "http_path": self.mask(parts.path),
                "http_status": status,
                "http_failure": failure,
                "http_ms": round((time.monotonic() - started) * 1000),
                "request_id": call.headers.get("Request-Id", ""),
            },
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Reading the certificate authorities takes longer than most calls: once is enough."""
    return httpx.create_ssl_context()


def check_address(url: str) -> None:
    """Refuse what must not be called.

    Raises:
        NeedsAttentionError: ``insecure_url`` (plain http beyond this machine), ``wrong_address`` (no URL, or one with
            a password in it).
    """
    try:
        parts = urlsplit(url)
        host, is_bare = parts.hostname or "", parts.username is None and parts.password is None
    except ValueError as error:
        raise NeedsAttentionError("wrong_address", "not a URL") from error
    if parts.scheme not in {"http", "https"} or not host or not is_bare:
        raise NeedsAttentionError("wrong_address", f"{parts.scheme or 'no scheme'}: {host or 'no host'}")
    if parts.scheme == "http" and not is_loopback(host):
        raise NeedsAttentionError("insecure_url", host)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


def _with_url(call: Call, url: str) -> Call:
    return Call("GET", url, headers=call.headers, max_bytes=call.max_bytes, max_seconds=call.max_seconds)


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _said(answer: Answer) -> tuple[str, str]:
    """Code and message of an error body: AFNOR's, OAuth's, problem+json's or whatever it looks like."""
    fallback = f"http_{answer.status}"
    try:
        body = json.loads(answer.body.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return fallback, ""
    if not isinstance(body, dict):
        return fallback, ""
    code = next((body[name] for name in ("errorCode", "code", "error") if _is_word(body.get(name))), fallback)
    names = ("errorMessage", "message", "error_description", "detail", "details", "title")
    found = [str(body[name]) for name in names if body.get(name) and body[name] != code]
    return str(code), " – ".join(dict.fromkeys(found))


def _is_word(value: object) -> bool:
    return isinstance(value, str | int) and value != "" and not isinstance(value, bool)
