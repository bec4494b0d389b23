"""``connect``, ``sync`` and ``status`` over a real practice platform that can be made to fail in every way."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.sandbox import SandboxServer
from einvoice_desktop.sync.engine import SyncEngine
from tests.cli.terminal import Body, Terminal, write
from tests.sandbox.world import SayRules


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[SandboxServer]:
    """A platform on this computer where everything happens at once."""
    with SandboxServer(tmp_path / "platform.sqlite3", SayRules(), DocumentReader(), CdarWriter(), pace=0) as server:
        yield server


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown outcome is asked about at the next turn, a failure is tried again at once."""
    defaults = SyncEngine.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "settle_delay", 0.0)
    monkeypatch.setattr("einvoice_desktop.sync.retry.delay", lambda *_, **__: timedelta(0))


def addresses(server: SandboxServer) -> list[str]:
    profile = server.profile()
    return [
        *("--flow-url", profile.flow_url),
        *("--directory-url", profile.directory_url),
        *("--token-url", profile.token_url),
        *("--client-id", profile.client_id),
        *("--label", "Ma plateforme"),
    ]


@pytest.fixture
def connected(run: Terminal, store: Path, platform: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> SandboxServer:
    """A store connected to ``platform``."""
    monkeypatch.setenv("EINVOICE_CLIENT_SECRET", platform.CLIENT_SECRET)
    result = run("connect", *addresses(platform), "--store", store, "--json")
    assert result.code == 0, result
    assert result.json["label"] == "Ma plateforme"
    monkeypatch.delenv("EINVOICE_CLIENT_SECRET")
    return platform


@pytest.fixture
def number(run: Terminal, tmp_path: Path, store: Path, body: Body, connected: SandboxServer) -> str:
    """A document issued and waiting to leave."""
    result = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json")
    assert (result.code, result.json["outbox"]) == (0, "queued")
    return str(result.json["number"])


def flows(server: SandboxServer) -> int:
    """Documents the platform took from us, whatever it said."""

    with closing(sqlite3.connect(server._state_file)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM flow WHERE type = 'CustomerInvoice'").fetchone()
    return int(count)


def test_a_document_is_followed_to_the_end(run: Terminal, store: Path, number: str) -> None:
    before = run("status", number, "--store", store, "--json").json
    assert before == {"number": number, "state": "queued", "platform_id": None, "events": []}
    for _ in range(4):
        result = run("sync", "--store", store, "--json")
        assert result.code == 0, result
    assert list(result.json) == ["phase", "problem", "last_success"]
    assert result.json["phase"] == "idle"
    after = run("status", number, "--store", store, "--json").json
    assert list(after) == ["number", "state", "platform_id", "events"]
    assert after["state"] == "211"
    assert after["platform_id"]
    assert [event["code"] for event in after["events"]] == ["200", "201", "202", "203", "204", "205", "211"]
    assert all(list(event) == ["at", "code", "label", "actor", "reason"] for event in after["events"])
    assert after["events"][0]["label"] == "Déposée"
    told = run("status", number, "--store", store).out
    assert "205 Approuvée" in told


def fault(kind: str, on: str, taken: int, *, is_long: bool = True, **more: object) -> object:
    """What the platform does, and how many flows it has after that; most are for the long group."""
    marks = [pytest.mark.soak] if is_long else []
    return pytest.param({"kind": kind, "on": on, **more}, taken, marks=marks, id=f"{kind} {on}")


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        fault("drop_after_accept", "submit", 1, is_long=False),
        fault("html", "submit", 1, is_long=False),
        fault("status_503", "submit", 0, is_long=False),
        fault("latency", "submit", 1, is_long=False, seconds=0.3),
        fault("drop_before_accept", "submit", 0),
        fault("truncated", "submit", 1),
        fault("cut_body", "submit", 1),
        fault("html", "search", 1),
        fault("status_500", "token", 1),
    ],
)
def test_whatever_the_platform_does_the_document_goes_once(
    run: Terminal, store: Path, connected: SandboxServer, number: str, fault: dict[str, object], taken: int
) -> None:
    connected.order_fault(**fault)
    troubled = run("sync", "--store", store, "--json")
    assert troubled.code in {0, 3}
    assert troubled.json["phase"] in {"idle", "offline"}
    assert (troubled.code == 3) == bool(troubled.err)
    assert "Traceback" not in troubled.err
    assert flows(connected) == taken
    for _ in range(4):
        assert run("sync", "--store", store, "--json").code == 0
        state = run("status", number, "--store", store, "--json").json["state"]
        if state == "211":
            break
    assert (state, flows(connected)) == ("211", 1)


def test_a_platform_that_is_down_is_told_in_french(
    run: Terminal, store: Path, connected: SandboxServer, number: str
) -> None:
    connected.stop()
    result = run("sync", "--store", store, "--json")
    assert (result.code, result.json["phase"]) == (3, "offline")
    assert result.err == "La plateforme ne répond pas : l'envoi se fera plus tard.\n"
    assert run("status", number, "--store", store, "--json").json["state"] == "queued"


def test_a_refusal_is_in_the_status(run: Terminal, store: Path, connected: SandboxServer, number: str) -> None:
    connected.set_scenario("552100554", "refuse")
    for _ in range(4):
        run("sync", "--store", store)
    status = run("status", number, "--store", store, "--json").json
    assert status["state"] == "210"
    assert status["events"][-1]["reason"]


def test_the_practice_platform_needs_no_address(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    assert run("connect", "--sandbox", "--store", store, "--json").json["is_sandbox"] is True
    issued = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json").json
    assert issued["outbox"] == "queued"
    assert run("sync", "--store", store).out == "Synchronisé.\n"
    assert run("status", issued["number"], "--store", store, "--json").json["platform_id"]


def test_without_a_platform_there_is_nothing_to_synchronise(
    run: Terminal, tmp_path: Path, store: Path, body: Body
) -> None:
    assert run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store).code == 0
    result = run("sync", "--store", store, "--json")
    assert (result.code, result.json["phase"]) == (2, "not_connected")
    assert "connectez-en une" in result.err


def test_an_unknown_number_has_no_status(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    assert run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store).code == 0
    result = run("status", "F1999-0001", "--store", store, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "ED-NOT-FOUND")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("change", "secret", "code", "exit_code"),
    [
        ({}, "", "ED-CONNECT-SECRET", 2),
        ({"--client-id": ""}, "x", "ED-CONNECT-CHOICE", 2),
        ({"--flow-url": "http://platform.example/flow"}, "x", "ED-URL", 2),
        ({"--flow-url": "http://127.0.0.1.example/flow"}, "x", "ED-URL", 2),
        ({"--token-url": "platform.example"}, "x", "ED-URL", 2),
        ({"--client-id": "somebody"}, "x", "invalid_client", 3),
        ({"--token-url": "http://127.0.0.1:{port}/token"}, "x", "network", 3),
    ],
    ids=str,
)
def test_a_connection_that_does_not_work_is_not_kept(
    run: Terminal,
    store: Path,
    platform: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    secret: str,
    code: str,
    exit_code: int,
) -> None:
    monkeypatch.setenv("EINVOICE_CLIENT_SECRET", secret)
    given = addresses(platform)
    for option, value in change.items():
        given[given.index(option) + 1] = value.replace("{port}", str(free_port()))
    result = run("connect", *given, "--store", store, "--json")
    assert (result.code, result.json["error"]["code"]) == (exit_code, code)
    assert result.json["error"]["message"].endswith(".")
    assert run("sync", "--store", store, "--json").json["phase"] == "not_connected"


def test_both_platforms_at_once_is_a_mistake(run: Terminal, store: Path, platform: SandboxServer) -> None:
    result = run("connect", "--sandbox", *addresses(platform), "--store", store, "--json")
    assert result.json["error"]["code"] == "ED-CONNECT-CHOICE"


def test_a_secret_is_never_an_argument_nor_kept_in_clear(
    run: Terminal, tmp_path: Path, store: Path, connected: SandboxServer
) -> None:
    refused = run("connect", *addresses(connected), "--client-secret", "x", "--store", store, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "ED-USAGE")
    clear = connected.CLIENT_SECRET.encode()
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and clear in p.read_bytes()]


def test_where_no_secret_can_be_kept_a_connection_is_refused(
    run: Terminal, store: Path, platform: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EINVOICE_CLIENT_SECRET", platform.CLIENT_SECRET)
    monkeypatch.delenv("EINVOICE_PASSPHRASE")
    monkeypatch.setattr("einvoice_desktop.system.vault.find_keyring", lambda: None)
    result = run("connect", *addresses(platform), "--store", store, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "ED-CONNECT-MEMORY")


def test_a_wrong_passphrase_is_told(
    run: Terminal, store: Path, connected: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EINVOICE_PASSPHRASE", "une autre")
    result = run("sync", "--store", store, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "ED-SECRETS-PASSPHRASE")
    assert json.loads(result.out)
