"""What the practice platform refuses, and how it says so."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.errors import RefusedError, RetryLaterError
from einvoice_desktop.ports.pdp import AckStatus, Flow
from einvoice_desktop.ports.rules import Verdict
from tests.sandbox.world import DAY, World, an_invoice, cii, submission


def settled(world: World, tracking_id: str) -> Flow:
    """A flow once it was acknowledged."""
    world.pass_time()
    found = world.platform.find(tracking_id)
    assert found is not None
    return found


def test_an_official_error_refuses_and_a_warning_does_not(world: World) -> None:
    warning = Finding("BR-FR-CTC-1", "lines.0", Severity.WARNING, "attention", location="/Invoice/Line[1]")
    world.rules.findings = (warning,)
    world.send(an_invoice("F-1"))
    world.rules.findings = (warning, Finding("BR-CO-10", message="la somme est fausse"), Finding("XSD", message="xsd"))
    world.send(an_invoice("F-2"))
    taken, refused = settled(world, "F-1"), settled(world, "F-2")
    assert taken.ack is AckStatus.OK
    assert [(d.level, d.item, d.code) for d in taken.details] == [("Warning", "/Invoice/Line[1]", "BR-FR-CTC-1")]
    assert refused.ack is AckStatus.ERROR
    assert [d.code for d in refused.details] == ["BR-FR-CTC-1", "BR-CO-10", "InvalidSchema"]
    assert refused.details[1].message == "la somme est fausse"
    assert refused.flow_type == "CustomerInvoice"
    pushed = world.console.post("/console/events", json={"flowId": refused.flow_id, "code": "205"})
    assert pushed.status_code == 404
    assert {message.invoice_number for message in world.statuses()} == {"F-1"}


def test_details_are_told_with_the_verdict_not_before(world: World) -> None:
    world.rules.findings = (Finding("BR-CO-10"),)
    sent = world.send(an_invoice())
    early = world.platform.get(sent.flow_id)
    assert (early.ack, early.details) == (AckStatus.PENDING, ())


def test_rules_that_cannot_run_take_nothing_in(world: World) -> None:
    world.rules.verdict = Verdict.NOT_CHECKED
    with pytest.raises(RetryLaterError) as caught:
        world.send(an_invoice())
    assert (caught.value.status, caught.value.retry_after) == (503, 2.0)
    assert world.flows() == []
    world.rules.verdict = None
    assert world.send(an_invoice()).flow_id


@pytest.mark.parametrize(
    ("content", "syntax"),
    [
        (cii(an_invoice()), "UBL"),
        (cii(an_invoice()), "Factur-X"),
        (b"hello", "CII"),
        (b"<a/>", "CDAR"),
        (b"%PDF-1.7", "Factur-X"),
    ],
)
def test_content_that_is_not_what_was_announced_is_refused(world: World, content: bytes, syntax: str) -> None:
    world.platform.submit(submission(content, "t", syntax))
    refused = settled(world, "t")
    assert (refused.ack, refused.details[0].code) == (AckStatus.ERROR, "FlowTypeError")
    assert world.rules.checked == []


def test_bytes_that_are_not_those_announced_are_refused_at_once(world: World) -> None:
    wrong = replace(submission(cii(an_invoice())), sha256="0" * 64)
    with pytest.raises(RefusedError) as caught:
        world.platform.submit(wrong)
    assert (caught.value.code, caught.value.status) == ("ChecksumMismatch", 400)
    assert world.flows() == []


def test_an_empty_file_is_refused_at_once(world: World) -> None:
    with pytest.raises(RefusedError) as caught:
        world.platform.submit(submission(b""))
    assert caught.value.code == "EmptyFlow"


@pytest.mark.parametrize("size", [50_001, 3_000_000])
def test_a_file_too_large_is_refused_with_413(open_worlds: Callable[..., World], size: int) -> None:
    world = open_worlds(largest=50_000)
    with pytest.raises(RefusedError) as caught:
        world.platform.submit(submission(b"x" * size))
    assert (caught.value.status, caught.value.code) == (413, "FILE_SIZE_EXCEEDED")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "MISSING_REQUIRED_FIELD"),
        ({"name": "x" * 256}, "PARAMS_ERROR"),
        ({"syntax": "EDIFACT"}, "PARAMS_ERROR"),
        ({"tracking_id": "x" * 65}, "PARAMS_ERROR"),
        ({"processing_rule": "B2X"}, "PARAMS_ERROR"),
        ({"flow_profile": "MINIMUM"}, "PARAMS_ERROR"),
        ({"sha256": "abc"}, "PARAMS_ERROR"),
    ],
)
def test_a_wrong_envelope_is_refused_at_once(world: World, change: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        world.platform.submit(replace(submission(cii(an_invoice())), **change))
    assert (caught.value.code, caught.value.status) == (code, 400)


@pytest.mark.parametrize("profile", ["Basic", "CIUS", "Extended-CTC-FR", "Undefined"])
def test_the_profile_a_flow_says_is_the_one_kept(world: World, profile: str) -> None:
    world.send(an_invoice(), flow_profile=profile)
    with closing(sqlite3.connect(world.file)) as state:
        assert state.execute("SELECT profile FROM flow WHERE direction = 'Out'").fetchall() == [(profile,)]


# --- once only -----------------------------------------------------------------------------------------------


def test_the_same_submission_twice_is_one_flow(world: World) -> None:
    world.send(an_invoice())
    with pytest.raises(RefusedError) as caught:
        world.send(an_invoice())
    assert (caught.value.code, caught.value.status) == ("already_existing", 400)
    assert len(world.flows()) == 1


def test_the_same_number_of_the_same_seller_and_year_is_refused(world: World) -> None:
    world.send(an_invoice("F-1"), "first")
    world.send(an_invoice("F-1"), "again")
    next_year = an_invoice("F-1", day=DAY + timedelta(days=365))
    world.send(next_year, "next year")
    refused = settled(world, "again")
    assert (refused.ack, refused.details[0].code) == (AckStatus.ERROR, "AlreadyExistingFlow")
    assert settled(world, "next year").ack is AckStatus.OK


def test_a_number_that_was_refused_may_be_used_by_the_corrected_document(world: World) -> None:
    world.rules.findings = (Finding("BR-CO-10"),)
    world.send(an_invoice("F-1"), "wrong")
    world.rules.findings = ()
    world.send(an_invoice("F-1"), "right")
    assert settled(world, "right").ack is AckStatus.OK


def test_of_many_at_the_same_time_one_is_taken(world: World) -> None:
    """Ten clients, one document: the check and the writing are one transaction."""
    content = submission(cii(an_invoice()))
    outcomes: list[str] = []

    headers = {"Authorization": f"Bearer {_token(world)}"}
    info = f'{{"name": "x.xml", "flowSyntax": "CII", "trackingId": "{content.tracking_id}"}}'.encode()

    def send() -> None:
        files = {"flowInfo": (None, info, "application/json"), "file": ("x.xml", content.content, "application/xml")}
        answer = world.console.post("/flow-service/v1/flows", headers=headers, files=files)
        outcomes.append(f"{answer.status_code} {answer.json().get('errorCode', '')}".strip())

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["202"] + ["400 AlreadyExistingFlow"] * 9
    assert len(world.flows()) == 1


# --- searching -----------------------------------------------------------------------------------------------


def test_a_walk_by_cursor_sees_every_flow_once(world: World) -> None:
    for number in range(30):
        world.server.deliver(f"bad {number}".encode(), "CII")
    token = {"Authorization": f"Bearer {_token(world)}"}
    seen: list[str] = []
    body: dict[str, object] = {"where": {"flowDirection": ["In"]}, "limit": 7}
    while True:
        answer = world.console.post("/flow-service/v1/flows/search", json=body, headers=token).json()
        seen += [flow["flowId"] for flow in answer["results"]]
        if "nextCursor" not in answer:
            break
        body["cursor"] = answer["nextCursor"]
    assert len(seen) == len(set(seen)) == 30


def test_no_change_escapes_who_asks_for_what_is_strictly_newer(open_worlds: Callable[..., World]) -> None:
    """On a clock that stands still every instant would be the same: the platform never gives one twice."""
    world = open_worlds(pace=0)
    for number in range(5):
        world.send(an_invoice(f"F-{number}"))
    moments = [flow.updated_at for flow in world.flows()]
    assert len(set(moments)) == len(moments) > 30
    token = {"Authorization": f"Bearer {_token(world)}"}
    newest, walked = "2020-01-01T00:00:00Z", 0
    while True:
        body = {"where": {"updatedAfter": newest}, "limit": 1}
        found = world.console.post("/flow-service/v1/flows/search", json=body, headers=token).json()["results"]
        if not found:
            break
        walked, newest = walked + 1, found[0]["updatedAt"]
    assert walked == len(moments)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"flowDirection": ["Out"]}, {"CustomerInvoice"}),
        ({"flowType": ["SupplierInvoice", "CustomerInvoiceLC"]}, {"SupplierInvoice", "CustomerInvoiceLC"}),
        ({"ackStatus": "Pending"}, set()),
        ({"processingRule": ["B2B"], "flowDirection": ["In"]}, {"SupplierInvoice", "CustomerInvoiceLC"}),
        ({"processingRule": ["B2C"]}, set()),
        ({"updatedBefore": "2020-01-01T00:00:00+01:00"}, set()),
        ({"updatedBefore": "2099-01-01T00:00:00Z", "trackingId": "F-1"}, {"CustomerInvoice"}),
        ({"trackingId": "' OR 1=1 --"}, set()),
    ],
)
def test_criteria_add_up(world: World, where: dict[str, object], expected: set[str]) -> None:
    world.send(an_invoice())
    world.server.deliver(b"x", "CII")
    world.pass_time()
    token = {"Authorization": f"Bearer {_token(world)}"}
    found = world.console.post("/flow-service/v1/flows/search", json={"where": where}, headers=token).json()["results"]
    assert {flow["flowType"] for flow in found} == expected


@pytest.mark.parametrize(
    "body",
    [
        "{oops",
        "[]",
        '{"where": {}}',
        '{"where": {"updatedAfter": "hier"}}',
        '{"where": {"flowType": ["StateCustomerInvoiceLC2"]}}',
        '{"where": {"flowType": "CustomerInvoice"}}',
        '{"where": {"1=1; --": "x"}}',
        '{"where": {"trackingId": 5}}',
        '{"where": {"trackingId": "x"}, "limit": 0}',
        '{"where": {"trackingId": "x"}, "limit": "many"}',
        '{"where": {"trackingId": "x"}, "cursor": "not-ours"}',
        '{"where": {"trackingId": "x"}, "cursor": "bnVsbA=="}',
    ],
)
def test_a_search_that_makes_no_sense_is_a_400(world: World, body: str) -> None:
    answer = world.console.post(
        "/flow-service/v1/flows/search", content=body, headers={"Authorization": f"Bearer {_token(world)}"}
    )
    assert answer.status_code == 400
    assert answer.json()["errorCode"]


def test_a_page_is_a_hundred_flows_at_most(world: World) -> None:
    token = {"Authorization": f"Bearer {_token(world)}"}
    body = {"where": {"flowDirection": ["In"]}, "limit": 2500}
    assert world.console.post("/flow-service/v1/flows/search", json=body, headers=token).json()["limit"] == 100


# --- the door ------------------------------------------------------------------------------------------------


def test_nobody_enters_without_a_token_that_lives(world: World) -> None:
    world.platform.health()
    for headers in ({}, {"Authorization": "Bearer nope"}, {"Authorization": "Basic bm9wZQ=="}):
        for path in ("/flow-service/v1/healthcheck", "/directory-service/v1/healthcheck", "/flow-service/v1/webhooks"):
            answer = world.console.get(path, headers=headers)
            assert answer.status_code == 401
            assert answer.json()["errorCode"] in {"MISSING_TOKEN", "INVALID_TOKEN"}


def test_a_token_that_was_forgotten_or_is_old_is_renewed_without_a_word(world: World) -> None:
    world.platform.health()
    world.console.delete("/console/tokens")
    world.platform.health()
    world.pass_time(4000)
    world.platform.health()


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        (
            {"grant_type": "client_credentials", "client_id": "entrainement", "client_secret": "x"},
            401,
            "invalid_client",
        ),
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials", "scope": ""}, 400, "invalid_scope"),
    ],
)
def test_tokens_are_not_for_everybody(world: World, form: dict[str, str], status: int, error: str) -> None:
    answer = world.console.post("/oauth/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_an_unknown_flow_route_or_kind_of_document_is_refused(world: World) -> None:
    with pytest.raises(RefusedError) as caught:
        world.platform.get("nowhere")
    assert (caught.value.code, caught.value.status) == ("MISSING_RESOURCE", 404)
    flow_id = world.server.deliver(b"%PDF-1.7 x", "Factur-X")
    token = {"Authorization": f"Bearer {_token(world)}"}
    kinds = {kind: world.console.get(f"/flow-service/v1/flows/{flow_id}?docType={kind}", headers=token).status_code
             for kind in ("Metadata", "Original", "ReadableView", "Converted", "Bogus")}  # fmt: skip
    assert kinds == {"Metadata": 200, "Original": 200, "ReadableView": 200, "Converted": 404, "Bogus": 400}
    assert world.console.get("/nothing/here").status_code == 404


def test_other_names_of_this_machine_are_refused(world: World) -> None:
    answer = world.console.get("/console", headers={"Host": "evil.example"})
    assert answer.status_code == 400


def test_a_moment_is_utc_whatever_zone_it_was_asked_in(world: World) -> None:
    sent = world.send(an_invoice())
    zone = (sent.submitted_at - timedelta(seconds=1)).astimezone(UTC)
    assert world.platform.changes(zone).flows[0].flow_id == sent.flow_id
    assert world.platform.changes(datetime.now(UTC) + timedelta(days=3)).flows == ()


def _token(world: World) -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": world.server.CLIENT_ID,
        "client_secret": world.server.CLIENT_SECRET,
    }
    return str(world.console.post("/oauth/token", data=form).json()["access_token"])
