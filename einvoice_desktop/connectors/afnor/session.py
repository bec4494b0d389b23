"""Calls with a token: the headers of XP Z12-013, and one renewal when the platform no longer knows the token."""

from __future__ import annotations

import uuid
from dataclasses import replace

from einvoice_desktop.connectors.afnor.oauth import TokenSource
from einvoice_desktop.connectors.http import Answer, Call, HttpClient
from einvoice_desktop.ports.errors import NeedsAttentionError

_UNAUTHORIZED = 401


class Session:
    """Sends authenticated calls to one platform."""

    def __init__(self, http: HttpClient, tokens: TokenSource, organization_id: str = "") -> None:
        if not (organization_id.isascii() and organization_id.isprintable()):
            raise NeedsAttentionError("wrong_organization_id", "a header takes printable ASCII characters only")
        self._http = http
        self._tokens = tokens
        self._organization_id = organization_id

    def ask(self, call: Call) -> Answer:
        """The answer, whatever its status, after at most one renewal of the token.

        A 401 proves that nothing was done, so even a submission may go again with the new token.
        """
        answer = self._http.send(self._signed(call))
        if answer.status == _UNAUTHORIZED:
            self._tokens.forget()
            answer = self._http.send(self._signed(call))
        return answer

    def _signed(self, call: Call) -> Call:
        headers = {
            "Accept": "application/json, */*",
            **call.headers,
            "Authorization": f"Bearer {self._tokens.token()}",
            "Request-Id": str(uuid.uuid4()),
        }
        if self._organization_id:
            headers["Organization-Id"] = self._organization_id
        return replace(call, headers=headers)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
