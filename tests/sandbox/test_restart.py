"""The practice platform stops, is killed, starts again: nothing it said it took is lost, and time went on meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.ports.errors import RefusedError, UserError
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.sandbox import EmbeddedPractice, SandboxServer
from tests.conftest import PROJECT
from tests.fakes.platform import FakeSecrets
from tests.sandbox.world import BUYER, LONG_AGO, SayRules, World, an_invoice, cii, submission


def test_a_restart_keeps_flows_scenarios_tokens_and_what_is_still_to_come(open_worlds: Callable[..., World]) -> None:
    world = open_worlds(pace=2.0)
    world.server.set_scenario(BUYER, "dispute")
    sent = world.send(an_invoice())
    world.pass_time(7)
    assert world.codes() == ["200", "201", "202"]
    world.close()

    again = open_worlds(pace=2.0, clock=world.clock)
    assert again.platform.get(sent.flow_id).flow_id == sent.flow_id
    again.pass_time()
    assert again.codes() == ["200", "201", "202", "203", "204", "207"]
    again.send(an_invoice("F-2"))
    again.pass_time()
    assert again.codes()[-1] == "207"
    with pytest.raises(RefusedError):
        again.send(an_invoice())


@contextmanager
def serving(file: Path, pace: float = 0) -> Iterator[tuple[subprocess.Popen[str], AfnorPlatform]]:
    """A platform in another process, and a client of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox.serving", str(file), str(pace)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    base = process.stdout.readline().strip()
    secrets = FakeSecrets()
    secrets.put("platform:x:client_secret", SandboxServer.CLIENT_SECRET)
    profile = PlatformProfile(
        "x", "afnor", "x", f"{base}/flow-service", "", f"{base}/oauth/token", SandboxServer.CLIENT_ID
    )
    platform = AfnorPlatform(profile, secrets)
    try:
        yield process, platform
    finally:
        platform.close()
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "killed.sqlite3"
    with serving(file) as (process, platform):
        taken = [platform.submit(submission(cii(an_invoice(f"F-{n}")), f"t-{n}")).flow_id for n in range(5)]
        os.kill(process.pid, signal.SIGKILL)
        process.wait(20)
    with serving(file) as (process, platform):
        found = [platform.find(f"t-{n}") for n in range(5)]
        assert [flow.flow_id for flow in found if flow] == taken
        played = [flow for flow in platform.changes(LONG_AGO).flows if flow.syntax == "CDAR"]
        assert len(played) == 5 * 7
        with pytest.raises(RefusedError):
            platform.submit(submission(cii(an_invoice("F-0")), "t-0"))


# --- starting and stopping -----------------------------------------------------------------------------------


def make(file: Path, **options: Any) -> SandboxServer:
    return SandboxServer(file, SayRules(), DocumentReader(), CdarWriter(), **options)


def test_it_serves_on_this_machine_only_and_leaves_nothing_behind(tmp_path: Path) -> None:
    server = make(tmp_path / "s.sqlite3")
    base = server.start()
    assert base.startswith("http://127.0.0.1:")
    assert server.start() == base
    port = int(base.rpartition(":")[2])
    names = {thread.name for thread in threading.enumerate()}
    assert "sandbox" in names
    server.stop()
    server.stop()
    assert "sandbox" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=2):
        pass
    with pytest.raises(RuntimeError):
        _ = server.base_url


def test_it_can_be_started_again_on_the_same_port(tmp_path: Path) -> None:
    with make(tmp_path / "s.sqlite3") as server:
        port = int(server.base_url.rpartition(":")[2])
    for _ in range(2):
        with make(tmp_path / "s.sqlite3", port=port) as server:
            assert server.base_url.endswith(f":{port}")


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with make(tmp_path / "s.sqlite3") as server:
        port = int(server.base_url.rpartition(":")[2])
        with pytest.raises(UserError) as caught:
            make(tmp_path / "other.sqlite3", port=port).start()
    assert (caught.value.code, caught.value.params) == ("ED-SANDBOX-PORT", {"port": str(port)})


def test_it_stops_while_somebody_still_waits(open_worlds: Callable[..., World]) -> None:
    world = open_worlds()
    world.server.order_fault(kind="latency", seconds=60, on="health")
    token = world.console.post("/oauth/token", data={"grant_type": "client_credentials", "client_id": world.server.CLIENT_ID, "client_secret": world.server.CLIENT_SECRET}).json()["access_token"]  # fmt: skip
    with socket.create_connection(("127.0.0.1", int(world.server.base_url.rpartition(":")[2]))) as waiting:
        request = (
            f"GET /flow-service/v1/healthcheck HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
        )
        waiting.sendall(request.encode())
        world.server.stop()
        waiting.settimeout(5)
        assert not waiting.recv(100).startswith(b"HTTP/1.1 200")


def test_it_runs_beside_another_event_loop(tmp_path: Path) -> None:
    async def other() -> str:
        with make(tmp_path / "s.sqlite3") as server:
            return server.base_url

    assert asyncio.run(other()).startswith("http://127.0.0.1")


# --- on demand -----------------------------------------------------------------------------------------------


def test_the_program_starts_it_on_demand_and_orders_it_while_it_sleeps(tmp_path: Path) -> None:
    practice = EmbeddedPractice(make(tmp_path / "s.sqlite3", pace=0))
    practice.play(BUYER, "refuse")
    practice.play(BUYER, "a scenario of tomorrow")
    profile, secret = practice.start()
    assert practice.start() == (profile, secret)
    secrets = FakeSecrets()
    secrets.put(f"platform:{profile.id}:client_secret", secret)
    platform = AfnorPlatform(profile, secrets)
    platform.submit(submission(cii(an_invoice())))
    practice.deliver(b"%PDF-1.7 from a supplier", "Factur-X", "S-1.pdf")
    flows = platform.changes(LONG_AGO).flows
    assert [flow.name for flow in flows if flow.flow_type == "SupplierInvoice"] == ["S-1.pdf"]
    assert any(flow.name.startswith("CDV-210") for flow in flows)
    platform.close()
    practice.stop()
    practice.stop()
