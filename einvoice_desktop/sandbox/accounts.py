"""Who may enter the practice platform (OAuth2 client credentials), and who asked to be told (webhooks)."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from einvoice_desktop.sandbox.intake import RequestRefusedError
from einvoice_desktop.sandbox.state import State, stamp

TOKEN_LIFE = 3600
"""Seconds an access token lives."""


class Accounts:
    """One account, its tokens and its subscriptions."""

    def __init__(self, state: State, client: tuple[str, str], now: Callable[[], datetime]) -> None:
        self._state = state
        self._client = client
        self._now = now

    def open(self, form: Mapping[str, str], authorization: str) -> dict[str, Any]:
        """An access token for who knows the secret, told in the form or by HTTP Basic (RFC 6749 §2.3.1, §4.4).

        Raises:
            RequestRefusedError: ``code`` is the OAuth2 error.
        """
        if form.get("grant_type") != "client_credentials":
            raise RequestRefusedError(400, "unsupported_grant_type", "client_credentials seulement")
        if form.get("scope") is not None and not form["scope"].strip():
            # As real platforms do: an empty scope is not an absent one.
            raise RequestRefusedError(400, "invalid_scope", "scope vide")
        given = _basic(authorization) or (form.get("client_id", ""), form.get("client_secret", ""))
        is_known = hmac.compare_digest(given[0].encode(), self._client[0].encode())
        if not (hmac.compare_digest(given[1].encode(), self._client[1].encode()) and is_known):
            raise RequestRefusedError(401, "invalid_client", "identifiant ou secret inconnu")
        token = secrets.token_urlsafe(32)
        with self._state.transaction():
            self._state.add_token(token, self._now() + timedelta(seconds=TOKEN_LIFE))
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LIFE}

    def knows(self, token: str) -> bool:
        """Whether ``token`` opens the door."""
        with self._state.transaction():
            return self._state.has_token(token, self._now())

    def revoke_all(self) -> None:
        """Every token given stops working."""
        with self._state.transaction():
            self._state.drop_tokens()

    def subscribe(self, body: Any) -> dict[str, str]:
        """Keep a subscription. No delivery is made: a desktop behind its box polls.

        Raises:
            RequestRefusedError: 400, no address to call.
        """
        url = body.get("callbackUrl") if isinstance(body, dict) else None
        if not isinstance(url, str) or not url:
            raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "callbackUrl est obligatoire.")
        if not url.startswith(("http://", "https://")):
            raise RequestRefusedError(400, "INVALID_CALLBACK_URL", "callbackUrl doit être une URI http(s).")
        webhook_id, at = str(uuid.uuid4()), self._now()
        with self._state.transaction():
            self._state.add_webhook(webhook_id, at, json.dumps(body))
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        return {"webhookId": webhook_id, "signingKey": key, "createdAt": stamp(at)}

    def subscriptions(self) -> list[dict[str, Any]]:
        """Every subscription, without its key."""
        with self._state.transaction():
            kept = self._state.webhooks()
        return [{"webhookId": webhook_id, "createdAt": at, **json.loads(body)} for webhook_id, at, body in kept]

    def unsubscribe(self, webhook_id: str) -> None:
        """Forget a subscription.

        Raises:
            RequestRefusedError: 404, there is none.
        """
        with self._state.transaction():
            if not self._state.drop_webhook(webhook_id):
                raise RequestRefusedError(404, "MISSING_RESOURCE", f"Webhook inconnu : {webhook_id}")


def _basic(authorization: str) -> tuple[str, str] | None:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except ValueError:
        return None
    return unquote_plus(name), unquote_plus(secret)
