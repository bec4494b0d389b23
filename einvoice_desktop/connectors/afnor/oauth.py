"""OAuth2 client credentials: one access token, kept in memory and in the keyring, renewed before it expires."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from einvoice_desktop.connectors.http import Answer, Call, HttpClient
from einvoice_desktop.ports.errors import NeedsAttentionError, RefusedError, RetryLaterError
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.secrets import SecretStore

DEFAULT_LIFE = 300.0
"""Seconds a token is trusted when the platform does not say (RFC 6749 §5.1 leaves it optional)."""
MARGIN = 60.0
"""Seconds before its end from which a token is renewed."""
LARGEST_KEPT = 1_000
"""Characters a keyring surely takes (Windows holds 2,560 bytes of UTF-16); a longer token stays in memory."""
_NOT_THIS_WAY = frozenset({400, 401, 403, 415, 422})


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the POSIX time from which it must be renewed."""

    value: str
    renew_at: float


class _TokenAnswer(BaseModel):
    access_token: str
    expires_in: float | None = None


class TokenSource:
    """Hands out the access token of one platform."""

    def __init__(
        self,
        profile: PlatformProfile,
        secrets: SecretStore,
        http: HttpClient,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._profile = profile
        self._secrets = secrets
        self._http = http
        self._now = now
        self._token: Token | None = None
        self._is_post_preferred = False
        self._slot = f"platform:{profile.id}:token"

    def token(self) -> str:
        """An access token that has not expired.

        Raises:
            NeedsAttentionError: no secret is kept (``missing_secret``) or the platform does not know us.
            RetryLaterError: the token service does not answer.
        """
        token = self._token or self._recall()
        if token is None or token.renew_at <= self._now():
            token = self._fetch()
        self._token = token
        self._http.hide(token.value)
        return token.value

    def forget(self) -> None:
        """The platform refused this token: the next one is new."""
        self._token = None
        self._secrets.forget(self._slot)

    def _recall(self) -> Token | None:
        kept = self._secrets.get(self._slot)
        if not kept:
            return None
        try:
            record = json.loads(kept)
            token = Token(str(record["token"]), float(record["renew_at"]))
        except (ValueError, KeyError, TypeError):
            return None
        return token if record.get("for") == self._owner() else None

    def _keep(self, token: Token) -> None:
        record = json.dumps({"token": token.value, "renew_at": token.renew_at, "for": self._owner()})
        if len(record) <= LARGEST_KEPT:
            self._secrets.put(self._slot, record)

    def _owner(self) -> str:
        """A token kept for another account or address must not be used."""
        identity = f"{self._profile.token_url}|{self._profile.client_id}|{self._profile.flow_url}"
        return hashlib.sha256(identity.encode()).hexdigest()[:16]

    def _fetch(self) -> Token:
        secret = self._secrets.get(f"platform:{self._profile.id}:client_secret")
        if not secret:
            raise NeedsAttentionError("missing_secret", self._profile.label)
        self._http.hide(secret)
        answer = self._ask(secret, in_body=self._is_post_preferred)
        if answer.status in _NOT_THIS_WAY:
            other = self._ask(secret, in_body=not self._is_post_preferred)
            if other.status // 100 == 2:  # noqa: PLR2004 - 2xx
                self._is_post_preferred = not self._is_post_preferred
                answer = other
        token = self._read(answer)
        self._keep(token)
        return token

    def _ask(self, secret: str, *, in_body: bool) -> Answer:
        # `scope` is left out: some platforms refuse an empty one.
        form = {"grant_type": "client_credentials"}
        headers = {"Accept": "application/json"}
        if in_body:
            form |= {"client_id": self._profile.client_id, "client_secret": secret}
        else:
            pair = f"{self._profile.client_id}:{secret}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        return self._http.send(Call("POST", self._profile.token_url, headers=headers, form=form))

    def _read(self, answer: Answer) -> Token:
        try:
            answer.check()
        except RefusedError as error:
            raise NeedsAttentionError(error.code, error.message, status=error.status) from error
        try:
            read = _TokenAnswer.model_validate(answer.json())
        except ValidationError as error:
            raise RetryLaterError("no_token", "the token service gave none", status=answer.status) from error
        life = read.expires_in if read.expires_in and read.expires_in > 0 else DEFAULT_LIFE
        return Token(read.access_token, self._now() + max(life - MARGIN, life / 2))
