"""Trouble on demand, and the one thing that matters in it: a document is taken once, whatever was lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.connectors.http import HttpClient
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from einvoice_desktop.ports.pdp import Flow, Submission
from tests.fakes.platform import FakeSecrets
from tests.sandbox.world import LONG_AGO, World, an_invoice, cii, submission

SENT = submission(cii(an_invoice()))


def deliver_once(platform: AfnorPlatform, sent: Submission) -> Flow:
    """What whoever sends must do: repeat what was surely not done, ask about what may have been."""
    for _ in range(10):
        try:
            return platform.submit(sent)
        except RetryLaterError:
            continue
        except (UnknownOutcomeError, RefusedError):
            found = platform.find(sent.tracking_id)
            if found is not None:
                return found
    raise AssertionError("never delivered")


@pytest.mark.parametrize(
    ("kind", "error", "is_taken"),
    [
        ("drop_before_accept", UnknownOutcomeError, False),
        ("drop_after_accept", UnknownOutcomeError, True),
        ("html", UnknownOutcomeError, True),
        ("truncated", UnknownOutcomeError, True),
        ("cut_body", UnknownOutcomeError, True),
        ("status_500", UnknownOutcomeError, False),
        ("status_502", UnknownOutcomeError, False),
        ("status_504", UnknownOutcomeError, False),
        ("status_503", RetryLaterError, False),
        ("status_429", RetryLaterError, False),
        ("status_403", NeedsAttentionError, False),
        ("status_422", RefusedError, False),
    ],
)
def test_a_fault_at_submission_tells_what_it_proves(
    world: World, kind: str, error: type[PlatformError], *, is_taken: bool
) -> None:
    world.server.order_fault(kind=kind, on="submit")
    with pytest.raises(error):
        world.platform.submit(SENT)
    assert (world.platform.find(SENT.tracking_id) is not None) is is_taken


@pytest.mark.parametrize("kind", ["status_500", "status_502"])
def test_a_server_error_may_come_after_the_flow_was_taken(world: World, kind: str) -> None:
    world.server.order_fault(kind=kind, on="submit", after=True)
    with pytest.raises(UnknownOutcomeError):
        world.platform.submit(SENT)
    assert world.platform.find(SENT.tracking_id) is not None


TROUBLES = "drop_before_accept drop_after_accept html truncated cut_body status_500 status_502 status_503".split()


@pytest.mark.parametrize("first", TROUBLES)
def test_after_any_two_troubles_there_is_one_flow(world: World, first: str) -> None:
    delivered = []
    for number, then in enumerate(TROUBLES):
        world.server.order_fault(kind=first, on="submit")
        world.server.order_fault(kind=then, on="submit")
        sent = submission(cii(an_invoice(f"F-{number}")), f"t-{number}")
        delivered.append(deliver_once(world.platform, sent).flow_id)
    assert sorted(flow.flow_id for flow in world.flows()) == sorted(delivered)
    assert len(set(delivered)) == len(TROUBLES)


def test_a_slow_answer_is_given_up_and_found_again(world: World) -> None:
    secrets = FakeSecrets()
    secrets.put("platform:sandbox:client_secret", world.server.CLIENT_SECRET)
    hasty = AfnorPlatform(world.server.profile(), secrets, HttpClient(read_seconds=0.2))
    world.server.order_fault(kind="latency", seconds=0.6, on="submit")
    with pytest.raises(UnknownOutcomeError) as caught:
        hasty.submit(SENT)
    assert caught.value.code == "timeout"
    assert world.platform.find(SENT.tracking_id) is not None
    hasty.close()


@pytest.mark.parametrize("kind", ["drop_after_accept", "drop_before_accept", "html", "truncated", "cut_body", "status_500", "status_503"])  # fmt: skip
def test_a_fault_while_reading_is_only_for_later(world: World, kind: str) -> None:
    sent = world.send(an_invoice())
    for on, read in (
        ("search", lambda: world.platform.changes(LONG_AGO)),
        ("get", lambda: world.platform.get(sent.flow_id)),
        ("directory", lambda: world.platform.directory_lines("552100554")),
        ("health", world.platform.health),
    ):
        world.server.order_fault(kind=kind, on=on)
        if (on, kind) in {("health", "html"), ("health", "truncated")}:
            # A health check has no body anybody reads.
            read()
            continue
        with pytest.raises(RetryLaterError):
            read()
    assert world.platform.get(sent.flow_id).flow_id == sent.flow_id


def test_a_download_that_is_cut_or_a_web_page_is_for_later(world: World) -> None:
    sent = world.send(an_invoice())
    for kind in ("cut_body", "html", "drop_after_accept", "status_502"):
        world.server.order_fault(kind=kind, on="download")
        with pytest.raises(RetryLaterError):
            world.platform.download(sent.flow_id)
    assert world.platform.download(sent.flow_id) == cii(an_invoice())


@pytest.mark.parametrize(("wish", "seconds"), [("17", 17.0), ("", None)])
def test_how_long_to_wait_is_told(world: World, wish: str, seconds: float | None) -> None:
    world.server.order_fault(kind="status_429", retry_after=wish, on="search")
    with pytest.raises(RetryLaterError) as caught:
        world.platform.changes(LONG_AGO)
    assert caught.value.retry_after == seconds


def test_faults_count_down_and_touch_only_what_was_named(world: World) -> None:
    world.server.order_fault(kind="status_503", times=2, on="search")
    world.platform.directory_lines("552100554")
    for _ in range(2):
        with pytest.raises(RetryLaterError):
            world.platform.changes(LONG_AGO)
    assert world.platform.changes(LONG_AGO).flows == ()


def test_faults_are_ordered_and_forgotten_at_the_console(world: World) -> None:
    ordered = world.console.post("/console/faults", json={"kind": "status_500", "times": 5, "on": "any"})
    assert (ordered.status_code, ordered.json()["times"]) == (201, 5)
    with pytest.raises(RetryLaterError):
        world.platform.changes(LONG_AGO)
    assert world.console.get("/console").status_code == 200
    world.console.delete("/console/faults")
    assert world.platform.changes(LONG_AGO).flows == ()


@pytest.mark.parametrize(
    "order", [{"kind": "meteor"}, {"kind": "html", "on": "moon"}, {"kind": "html", "times": "often"}, [], {}]
)
def test_a_fault_nobody_knows_is_refused(world: World, order: object) -> None:
    assert world.console.post("/console/faults", json=order).status_code == 400


def test_a_platform_that_is_stopped_is_for_later(world: World) -> None:
    world.platform.health()
    world.server.stop()
    with pytest.raises(RetryLaterError):
        world.platform.submit(replace(SENT, tracking_id="other"))
