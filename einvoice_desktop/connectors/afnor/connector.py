"""AFNOR XP Z12-013 as a platform: Flow service (submit, search, get, download) and Directory service."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from einvoice_desktop.connectors.afnor.oauth import TokenSource
from einvoice_desktop.connectors.afnor.payloads import (
    DirectorySearchPayload,
    FlowPayload,
    SearchPayload,
    flows_in,
    lines_in,
)
from einvoice_desktop.connectors.afnor.session import Session
from einvoice_desktop.connectors.http import (
    DOWNLOAD_LIMIT,
    SECONDS_FOR_DOWNLOAD,
    Answer,
    Call,
    HttpClient,
    check_address,
)
from einvoice_desktop.ports.errors import NeedsAttentionError, RefusedError, RetryLaterError, UnknownOutcomeError
from einvoice_desktop.ports.pdp import AckStatus, Capability, DirectoryLine, Flow, FlowPage, PlatformProfile, Submission
from einvoice_desktop.ports.secrets import SecretStore

PAGE = 100
"""Flows asked at once: the most the standard allows."""
MOST_PAGES = 50
"""A search for one identifier stops there: a platform that ignores the filter must not be read whole."""
DIRECTORY_PAGE = 100
MOST_DIRECTORY_PAGES = 10
HIDDEN_ROUTING_CODE = "FACTURES_PUBLIQUES"
"""Technical routing code of the State, which no sender may use."""

PayloadT = TypeVar("PayloadT", bound=BaseModel)

_NOT_FOUND = 404
_NO_CONTENT = 204
_NOT_OFFERED = frozenset({404, 405, 501})
_RULES = {
    rule.lower(): rule
    for rule in "B2B B2BInt B2C B2G B2GInt OutOfScope B2GOutOfScope ArchiveOnly NotApplicable Undefined".split()
}
_ALREADY = re.compile(
    r"already.?(exist|received|sent|submitted)|alreadyexistingflow|duplicat|deja (existant|recu|transmis|depos)|doublon"
)


class AfnorPlatform:
    """One platform that speaks XP Z12-013 1.3.0. Implements :class:`einvoice_desktop.ports.pdp.Platform`."""

    def __init__(self, profile: PlatformProfile, secrets: SecretStore, http: HttpClient | None = None) -> None:
        self._http = http or HttpClient()
        self._session = Session(self._http, TokenSource(profile, secrets, self._http), profile.organization_id)
        self._flow_base = _service(profile.flow_url)
        self._directory_base = _service(profile.directory_url) if profile.directory_url else ""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Everything, but the annuaire when the profile has no address for it."""
        everything = frozenset(Capability)
        return everything if self._directory_base else everything - {Capability.DIRECTORY}

    def health(self) -> None:
        """Return if the platform is up (``GET /v1/healthcheck``) and knows us (a search that finds nothing).

        The second call is needed: real platforms answer the first one to anybody.
        """
        answer = self._session.ask(Call("GET", f"{self._flow_base}/healthcheck"))
        if answer.status not in _NOT_OFFERED:
            answer.check()
        self._search({"updatedAfter": _stamp(datetime.now(UTC))}, limit=1)

    def submit(self, submission: Submission) -> Flow:
        """``POST /v1/flows``; 200 and 202 both mean « taken ».

        Raises:
            RefusedError: ``already_existing``: the platform has this document, maybe from an earlier try of ours:
                :meth:`find` says.
        """
        call = Call("POST", f"{self._flow_base}/flows", parts=_parts(submission), is_submit=True)
        answer = self._session.ask(call)
        try:
            answer.check()
        except RefusedError as error:
            if _is_already_there(error):
                raise RefusedError("already_existing", error.message, status=error.status) from error
            raise
        try:
            payload = FlowPayload.model_validate(answer.json())
        except ValidationError as error:
            raise UnknownOutcomeError("no_flow_id", "accepted without an identifier", status=answer.status) from error
        flow = payload.as_flow(seen_at=datetime.now(UTC))
        return flow if flow.tracking_id else _tracked(flow, submission)

    def find(self, tracking_id: str) -> Flow | None:
        """The flow of ``tracking_id``, the one that was taken when there are several.

        Raises:
            RefusedError: flows were found that do not say whose they are (``not_settled``): neither yes nor no.
        """
        anonymous = 0
        cursor = ""
        for _ in range(MOST_PAGES):
            page = self._search({"trackingId": tracking_id}, cursor=cursor)
            ours = [flow for flow in page.flows if flow.tracking_id == tracking_id]
            if ours:
                return next((flow for flow in ours if flow.ack is not AckStatus.ERROR), ours[-1])
            anonymous += sum(1 for flow in page.flows if not flow.tracking_id and flow.direction != "In")
            cursor = page.next_cursor
            if not cursor:
                break
        if anonymous:
            raise RefusedError("not_settled", f"{anonymous} flows without tracking identifier")
        return None

    def get(self, flow_id: str) -> Flow:
        """``GET /v1/flows/{flowId}?docType=Metadata``."""
        answer = self._session.ask(Call("GET", self._flow(flow_id), params={"docType": "Metadata"})).check()
        return _read(FlowPayload, answer).as_flow(seen_at=datetime.now(UTC))

    def changes(self, updated_after: datetime, cursor: str = "") -> FlowPage:
        """``POST /v1/flows/search`` on ``updatedAfter`` (strict), to the millisecond below."""
        return self._search({"updatedAfter": _stamp(updated_after)}, cursor=cursor)

    def download(self, flow_id: str) -> bytes:
        """The Original; where a platform keeps only a Converted one, that one.

        Raises:
            RetryLaterError: a web page came instead of a document (``not_a_document``).
            RefusedError: no such flow, or more than 100 MB (``too_large``).
        """
        answer = self._document(flow_id, "Original")
        if answer.status == _NOT_FOUND:
            converted = self._document(flow_id, "Converted")
            answer = converted if converted.status // 100 == 2 else answer  # noqa: PLR2004 - 2xx
        answer.check()
        if "html" in answer.headers.get("content-type", "").lower():
            raise RetryLaterError("not_a_document", "a web page came", status=answer.status)
        return answer.body

    def directory_lines(self, siren: str) -> tuple[DirectoryLine, ...]:
        """``POST /v1/directory-line/search`` on the SIREN; a 404 means « not in the annuaire »."""
        if not self._directory_base:
            raise NeedsAttentionError("no_directory", "this platform has no directory address")
        lines: list[DirectoryLine] = []
        for page in range(MOST_DIRECTORY_PAGES):
            body = {
                "filters": {"siren": {"op": "strict", "value": siren}},
                "sorting": [{"field": "addressingIdentifier", "order": "ascending"}],
                "include": ["siren"],
                "limit": DIRECTORY_PAGE,
                "ignore": page * DIRECTORY_PAGE,
            }
            answer = self._session.ask(Call("POST", f"{self._directory_base}/directory-line/search", payload=body))
            if answer.status in {_NOT_FOUND, _NO_CONTENT}:
                break
            results = _read(DirectorySearchPayload, answer.check()).results
            lines += lines_in(results, siren)
            if len(results) < DIRECTORY_PAGE:
                break
        return tuple(dict.fromkeys(line for line in lines if line.routing_code != HIDDEN_ROUTING_CODE))

    def close(self) -> None:
        """Release connections."""
        self._session.close()

    def _flow(self, flow_id: str) -> str:
        return f"{self._flow_base}/flows/{quote(flow_id, safe='')}"

    def _document(self, flow_id: str, kind: str) -> Answer:
        return self._session.ask(
            Call(
                "GET",
                self._flow(flow_id),
                params={"docType": kind},
                max_bytes=DOWNLOAD_LIMIT,
                max_seconds=SECONDS_FOR_DOWNLOAD,
            )
        )

    def _search(self, where: dict[str, Any], *, cursor: str = "", limit: int = PAGE) -> FlowPage:
        body: dict[str, Any] = {"where": where, "limit": limit}
        if cursor:
            body["cursor"] = cursor
        answer = self._session.ask(Call("POST", f"{self._flow_base}/flows/search", payload=body)).check()
        page = _read(SearchPayload, answer)
        # A cursor that does not move, or points after an empty page, would turn for ever.
        is_end = not page.results or page.next_cursor == cursor
        return FlowPage(flows_in(page.results, seen_at=datetime.now(UTC)), "" if is_end else page.next_cursor)


def _service(url: str) -> str:
    """The base of the calls, ending in ``/v1`` whether or not the configured address already does."""
    check_address(url)
    base = url.rstrip("/")
    return base if base.endswith("/v1") else f"{base}/v1"


def _parts(submission: Submission) -> dict[str, tuple[str | None, bytes, str]]:
    info = {
        "trackingId": submission.tracking_id,
        "name": submission.name,
        "flowSyntax": submission.syntax,
        "processingRule": _RULES.get(submission.processing_rule.lower(), submission.processing_rule),
        "sha256": submission.sha256.lower(),
    }
    if submission.syntax != "CDAR" and submission.flow_profile:
        info["flowProfile"] = submission.flow_profile
    media_type = "application/pdf" if submission.content.startswith(b"%PDF-") else "application/xml"
    return {
        "flowInfo": (None, json.dumps(info, ensure_ascii=False).encode(), "application/json"),
        "file": (submission.name, submission.content, media_type),
    }


def _tracked(flow: Flow, submission: Submission) -> Flow:
    """Some platforms do not repeat the tracking identifier of what they just took."""
    return replace(
        flow,
        tracking_id=submission.tracking_id,
        syntax=flow.syntax or submission.syntax,
        name=flow.name or submission.name,
    )


def _is_already_there(error: RefusedError) -> bool:
    if error.status == 409:  # noqa: PLR2004 - conflict
        return True
    folded = unicodedata.normalize("NFKD", f"{error.code} {error.message}").encode("ascii", "ignore").decode().lower()
    return _ALREADY.search(folded) is not None


def _stamp(moment: datetime) -> str:
    """RFC 3339 in UTC to the millisecond below: finer times are not understood everywhere."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _read(model: type[PayloadT], answer: Answer) -> PayloadT:
    try:
        return model.model_validate(answer.json())
    except ValidationError as error:
        raise RetryLaterError("unexpected_answer", f"{error.error_count()} fields", status=answer.status) from error
