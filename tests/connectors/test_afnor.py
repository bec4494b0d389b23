"""The AFNOR dialect, as written and as spoken."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.connectors.afnor.payloads import flows_in, instant
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from einvoice_desktop.ports.pdp import AckDetail, AckStatus, Capability, DirectoryLine
from tests.connectors.platforms import SUBMISSION, Remote, Secrets, body_of, ok

FLOWS = "POST /flow-service/v1/flows"
SEARCH = "POST /flow-service/v1/flows/search"
ONE = "GET /flow-service/v1/flows/f1"
LINES = "POST /directory-service/v1/directory-line/search"
HEALTH = "GET /flow-service/v1/healthcheck"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TAKEN = {
    "flowId": "f1",
    "submittedAt": "2026-11-21T10:00:00.250Z",
    "name": "f.pdf",
    "flowSyntax": "Factur-X",
    "trackingId": "track-1",
}


def flow(flow_id: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    at = f"2026-11-21T10:{minute:02}:00Z"
    return {"flowId": flow_id, "submittedAt": at, "updatedAt": at, "flowType": "CustomerInvoice", **more}


def page(*flows: dict[str, Any], **more: Any) -> httpx.Response:
    return ok({"results": list(flows), **more})


def parts_of(request: httpx.Request) -> dict[str, Message]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    whole = BytesParser(policy=HTTP).parsebytes(head + request.content)
    return {str(part.get_param("name", header="content-disposition")): part for part in whole.iter_parts()}


def content_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


# --- submitting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_document_goes_out_with_its_fingerprint_and_our_identifier(status: int) -> None:
    remote = Remote({FLOWS: ok(TAKEN, status)})
    taken = remote.platform().submit(SUBMISSION)
    assert (taken.flow_id, taken.tracking_id, taken.ack) == ("f1", "track-1", AckStatus.PENDING)
    assert taken.updated_at == taken.submitted_at == datetime(2026, 11, 21, 10, 0, 0, 250_000, tzinfo=UTC)

    request = remote.calls("/flows")[0]
    parts = parts_of(request)
    assert json.loads(content_of(parts["flowInfo"])) == {
        "trackingId": "track-1",
        "name": "facture n° 12 – été.pdf",
        "flowSyntax": "Factur-X",
        "flowProfile": "CIUS",
        "processingRule": "B2BInt",
        "sha256": "ab" * 32,
    }
    assert parts["flowInfo"].get_content_type() == "application/json"
    assert parts["file"].get_content_type() == "application/pdf"
    assert content_of(parts["file"]) == SUBMISSION.content
    assert uuid.UUID(request.headers["request-id"]).version == 4
    assert "organization-id" not in request.headers


def test_a_status_goes_out_as_xml_and_has_no_profile() -> None:
    remote = Remote({FLOWS: ok(TAKEN, 202)})
    cdar = type(SUBMISSION)("t", "CDV.xml", b"<x/>", "0" * 64, "CDAR")
    remote.platform().submit(cdar)
    parts = parts_of(remote.calls("/flows")[0])
    assert "flowProfile" not in json.loads(content_of(parts["flowInfo"]))
    assert parts["file"].get_content_type() == "application/xml"


def test_a_platform_that_does_not_repeat_the_tracking_identifier_is_completed() -> None:
    remote = Remote({FLOWS: ok({"flowId": 4711, "trackingId": None}, 200)})
    taken = remote.platform().submit(SUBMISSION)
    assert (taken.flow_id, taken.tracking_id, taken.syntax) == ("4711", "track-1", "Factur-X")
    assert abs(taken.updated_at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"errorCode": "AlreadyExistingFlow", "errorMessage": ""}),
        (400, {"errorCode": "PARAMS_ERROR", "errorMessage": "Référence de facture déjà existante"}),
        (422, {"errorCode": "X", "errorMessage": "Flow ALREADY EXISTS"}),
        (400, {"errorCode": "DUPLICATE_INVOICE"}),
        (400, {"errorCode": "E12", "errorMessage": "Facture en doublon"}),
        (409, {}),
    ],
)
def test_a_duplicate_says_so_for_it_may_be_ours(status: int, body: dict[str, str]) -> None:
    with pytest.raises(RefusedError) as caught:
        Remote({FLOWS: ok(body, status)}).platform().submit(SUBMISSION)
    assert (caught.value.code, caught.value.status) == ("already_existing", status)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refusal_keeps_the_platforms_code_and_words(status: int) -> None:
    body = {"errorCode": "CHECKSUM_MISMATCH", "errorMessage": "L'empreinte ne correspond pas."}
    with pytest.raises(RefusedError) as caught:
        Remote({FLOWS: ok(body, status)}).platform().submit(SUBMISSION)
    assert (caught.value.code, caught.value.message) == ("CHECKSUM_MISMATCH", "L'empreinte ne correspond pas.")


@pytest.mark.parametrize("answer", [ok({"name": "x"}, 202), ok([], 202), ok({"flowId": ""}, 202), httpx.Response(204)])
def test_accepted_without_an_identifier_is_an_unknown_outcome(answer: httpx.Response) -> None:
    with pytest.raises(UnknownOutcomeError):
        Remote({FLOWS: answer}).platform().submit(SUBMISSION)


def test_the_organization_is_told_when_there_is_one() -> None:
    remote = Remote({FLOWS: ok(TAKEN, 202)})
    remote.platform(organization_id="org-7").submit(SUBMISSION)
    assert remote.calls("/flows")[0].headers["organization-id"] == "org-7"


@pytest.mark.parametrize("organization", ["société", "a\r\nX-Evil: 1"])
def test_an_organization_no_header_can_hold_is_for_the_user(organization: str) -> None:
    with pytest.raises(NeedsAttentionError):
        Remote().platform(organization_id=organization)


@pytest.mark.parametrize(
    "base",
    [
        "https://api.platform.example/flow-service",
        "https://api.platform.example/flow-service/",
        "https://api.platform.example/flow-service/v1",
        "https://api.platform.example/flow-service/v1/",
    ],
)
def test_a_base_address_may_end_in_v1_or_not(base: str) -> None:
    assert Remote({FLOWS: ok(TAKEN, 202)}).platform(flow_url=base).submit(SUBMISSION).flow_id == "f1"


# --- settling ------------------------------------------------------------------------------------------------


def test_our_flow_is_found_by_our_identifier() -> None:
    remote = Remote({SEARCH: page(flow("f9", trackingId="track-1", acknowledgement={"status": "Ok"}))})
    found = remote.platform().find("track-1")
    assert found is not None
    assert (found.flow_id, found.ack) == ("f9", AckStatus.OK)
    assert body_of(remote.calls("/search")[0]) == {"where": {"trackingId": "track-1"}, "limit": 100}


def test_a_flow_that_is_nowhere_was_never_taken() -> None:
    assert Remote({SEARCH: page()}).platform().find("track-1") is None


def test_a_platform_that_ignores_the_filter_does_not_give_us_somebody_elses_flow() -> None:
    others = [flow("a", trackingId="x"), flow("b", trackingId="y")]
    ours = flow("c", trackingId="track-1")
    remote = Remote({SEARCH: [page(*others, nextCursor="2"), page(ours)]})
    found = remote.platform().find("track-1")
    assert found is not None
    assert found.flow_id == "c"
    assert Remote({SEARCH: page(*others)}).platform().find("track-1") is None


def test_flows_that_do_not_say_whose_they_are_settle_nothing() -> None:
    remote = Remote({SEARCH: page(flow("a", trackingId=None, flowDirection="Out"))})
    with pytest.raises(RefusedError) as caught:
        remote.platform().find("track-1")
    assert caught.value.code == "not_settled"


def test_of_two_flows_of_ours_the_one_that_passed_counts() -> None:
    refused = flow("a", 1, trackingId="track-1", acknowledgement={"status": "Error"})
    passed = flow("b", 2, trackingId="track-1", acknowledgement={"status": "Ok"})
    found = Remote({SEARCH: page(passed, refused)}).platform().find("track-1")
    assert found is not None
    assert found.flow_id == "b"


# --- reading -------------------------------------------------------------------------------------------------


def test_changes_come_oldest_first_whatever_the_platform_does() -> None:
    remote = Remote({SEARCH: page(flow("c", 3), flow("a", 1), flow("b", 2), nextCursor="next")})
    found = remote.platform().changes(datetime(2026, 11, 21, 13, 0, 0, 123_999, timezone(timedelta(hours=1))))
    assert [change.flow_id for change in found.flows] == ["a", "b", "c"]
    assert found.next_cursor == "next"
    asked = body_of(remote.calls("/search")[0])
    assert asked == {"where": {"updatedAfter": "2026-11-21T12:00:00.123Z"}, "limit": 100}


def test_the_cursor_is_handed_back_as_it_came() -> None:
    remote = Remote({SEARCH: page(flow("a"), nextCursor=None)})
    assert remote.platform().changes(NOON, "opaque==").next_cursor == ""
    assert body_of(remote.calls("/search")[0])["cursor"] == "opaque=="


@pytest.mark.parametrize("answer", [page(flow("a"), nextCursor="same"), page(nextCursor="more")])
def test_a_cursor_that_leads_nowhere_ends_the_walk(answer: httpx.Response) -> None:
    assert Remote({SEARCH: answer}).platform().changes(NOON, "same").next_cursor == ""


def test_one_odd_flow_does_not_hide_the_others() -> None:
    odd: list[Any] = [{"name": "no identifier"}, None, "text", flow("good")]
    remote = Remote({SEARCH: ok({"results": odd})})
    assert [change.flow_id for change in remote.platform().changes(NOON).flows] == ["good"]


def test_nulls_numbers_and_unknown_words_are_read() -> None:
    strange = {
        "flowId": 12,
        "trackingId": None,
        "flowType": "StateCustomerInvoiceLC2",
        "flowDirection": None,
        "flowSyntax": "UBL",
        "updatedAt": 1795255200000,
        "submittedAt": "21/11/2026 11:00:00",
        "name": None,
        "unheardOf": {"x": 1},
        "acknowledgement": {
            "status": "ERROR",
            "details": [{"level": "Fatal", "item": None, "reasonCode": 7}, None, "?"],
        },
    }
    read = flows_in([strange], seen_at=NOON)[0]
    assert (read.flow_id, read.tracking_id, read.flow_type, read.direction) == ("12", "", "StateCustomerInvoiceLC2", "")
    assert read.submitted_at == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert read.updated_at == datetime.fromtimestamp(1795255200, UTC)
    assert read.ack is AckStatus.ERROR
    assert read.details[0] == AckDetail("Fatal", "", "7", "")


@pytest.mark.parametrize(("word", "ack"), [("Ok", "Ok"), ("OK", "Ok"), ("pending", "Pending"), ("Warning", "Pending")])
def test_only_ok_and_error_end_the_wait(word: str, ack: str) -> None:
    assert flows_in([flow("a", acknowledgement={"status": word})], seen_at=NOON)[0].ack.value == ack
    assert flows_in([flow("a", acknowledgement=None)], seen_at=NOON)[0].ack is AckStatus.PENDING


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
flow_fields = st.sampled_from(
    "flowId trackingId flowType flowDirection flowSyntax name submittedAt updatedAt acknowledgement".split()
)


@given(st.lists(st.dictionaries(flow_fields, json_values) | json_values, max_size=4))
def test_no_answer_a_platform_can_think_of_breaks_the_reading(results: list[Any]) -> None:
    for read in flows_in(results, seen_at=NOON):
        assert read.flow_id
        assert read.updated_at.tzinfo is not None


@given(json_values)
def test_a_time_is_one_or_none(value: Any) -> None:
    moment = instant(value)
    assert moment is None or moment.utcoffset() == timedelta(0)


def test_one_flow_is_asked_for_its_acknowledgement() -> None:
    remote = Remote({ONE: ok(flow("f1", acknowledgement={"status": "Ok"}))})
    assert remote.platform().get("f1").ack is AckStatus.OK
    assert remote.calls("/f1")[0].url.params["docType"] == "Metadata"


def test_an_identifier_with_a_slash_stays_one_segment() -> None:
    remote = Remote()
    with pytest.raises(RefusedError):
        remote.platform().get("../token?x")
    assert remote.requests[-1].url.raw_path.startswith(b"/flow-service/v1/flows/..%2Ftoken%3Fx?")


@pytest.mark.parametrize("body", [{}, [], "text", {"flowId": None}])
def test_an_answer_of_another_shape_is_for_later(body: object) -> None:
    with pytest.raises(RetryLaterError) as caught:
        Remote({ONE: ok(body)}).platform().get("f1")
    assert caught.value.code == "unexpected_answer"


# --- downloading ---------------------------------------------------------------------------------------------


def documents(**by_kind: httpx.Response) -> Remote:
    missing = httpx.Response(404, json={"errorCode": "MISSING_RESOURCE"})
    return Remote({ONE: lambda request: by_kind.get(request.url.params["docType"], missing)})


def test_the_original_comes_byte_for_byte() -> None:
    content = bytes(range(256)) * 10
    remote = documents(Original=httpx.Response(200, content=content, headers={"Content-Type": "application/pdf"}))
    assert remote.platform().download("f1") == content


def test_where_only_a_converted_document_exists_it_is_taken() -> None:
    remote = documents(Converted=httpx.Response(200, content=b"<Invoice/>"))
    assert remote.platform().download("f1") == b"<Invoice/>"
    assert [call.url.params["docType"] for call in remote.calls("/f1")] == ["Original", "Converted"]


def test_a_flow_without_any_document_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        documents().platform().download("f1")
    assert (caught.value.code, caught.value.status) == ("MISSING_RESOURCE", 404)


def test_a_login_page_is_no_document() -> None:
    login = httpx.Response(200, html="<p>Connexion</p>")
    with pytest.raises(RetryLaterError) as caught:
        documents(Original=login).platform().download("f1")
    assert caught.value.code == "not_a_document"


# --- the annuaire --------------------------------------------------------------------------------------------


def test_lines_of_a_business_are_read_with_or_without_a_status() -> None:
    lines = [
        {
            "addressingIdentifier": "552100554",
            "siren": "552100554",
            "directoryLineStatus": "Enabled",
            "legalUnit": {"businessName": "Atelier"},
        },
        {"addressingIdentifier": "552100554_ACHATS", "addressingSuffix": "ACHATS", "siret": None, "legalUnit": None},
        {"addressingIdentifier": "552100554_X", "siren": "552100554", "routingIdentifier": "FACTURES_PUBLIQUES"},
        {"addressingIdentifier": "784671695", "siren": "784671695"},
        {"siren": "552100554"},
    ]
    remote = Remote({LINES: ok({"totalNumberOfResults": -1, "results": lines})})
    assert remote.platform().directory_lines("552100554") == (
        DirectoryLine("552100554", "552100554", "Atelier", "Enabled"),
        DirectoryLine("552100554_ACHATS", "552100554", suffix="ACHATS"),
    )
    asked = body_of(remote.calls("/search")[0])
    assert asked["filters"] == {"siren": {"op": "strict", "value": "552100554"}}


def test_many_lines_are_read_page_after_page() -> None:
    lines = [{"addressingIdentifier": f"552100554_{n}", "siren": "552100554"} for n in range(150)]

    def search(request: httpx.Request) -> httpx.Response:
        asked = body_of(request)
        return ok({"results": lines[asked["ignore"] : asked["ignore"] + asked["limit"]]})

    assert len(Remote({LINES: search}).platform().directory_lines("552100554")) == 150


@pytest.mark.parametrize(
    "answer", [ok({"errorCode": "NOT_FOUND"}, 404), httpx.Response(204), ok({"results": []}), ok({"results": None})]
)
def test_a_business_that_is_not_there_has_no_line(answer: httpx.Response) -> None:
    assert Remote({LINES: answer}).platform().directory_lines("552100554") == ()


def test_a_platform_without_annuaire_says_so() -> None:
    platform = Remote().platform(directory_url="")
    assert platform.capabilities == frozenset(Capability) - {Capability.DIRECTORY}
    with pytest.raises(NeedsAttentionError):
        platform.directory_lines("552100554")


# --- health --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", [ok({}), httpx.Response(200), httpx.Response(404), httpx.Response(405)])
def test_a_platform_that_is_up_and_knows_us_is_healthy(check: httpx.Response) -> None:
    remote = Remote({HEALTH: check, SEARCH: page()})
    remote.platform().health()
    assert body_of(remote.calls("/search")[0])["limit"] == 1


def test_a_platform_that_is_up_but_does_not_know_us_is_not() -> None:
    remote = Remote({HEALTH: ok({"status": "UP"}), SEARCH: ok({"errorCode": "FORBIDDEN_ACCESS"}, 403)})
    with pytest.raises(NeedsAttentionError) as caught:
        remote.platform().health()
    assert caught.value.code == "FORBIDDEN_ACCESS"


def test_a_platform_that_is_down_is_for_later() -> None:
    with pytest.raises(RetryLaterError):
        Remote({HEALTH: httpx.Response(503, headers={"Retry-After": "7"})}).platform().health()


def test_an_address_without_tls_is_refused_when_connecting() -> None:
    with pytest.raises(NeedsAttentionError) as caught:
        Remote().platform(flow_url="http://platform.example/flow-service")
    assert caught.value.code == "insecure_url"


def test_closing_ends_the_connections() -> None:
    platform = Remote({SEARCH: page()}).platform(Secrets())
    platform.close()
    with pytest.raises(RuntimeError):
        platform.find("x")
