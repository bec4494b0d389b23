"""The real program in processes of its own: exit codes, clean standard output, signals, and what it loads."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli import samples
from tests.cli.terminal import Body, executable, write
from tests.conftest import PROJECT


def test_the_main_commands_one_after_the_other(tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    connected = executable("--store", store, "connect", "--sandbox", "--json")
    assert (connected.code, connected.err) == (0, "")
    issued = executable("issue", file, "--output", tmp_path / "out", "--store", store, "--json")
    assert issued.code == 0
    assert issued.json["outbox"] == "queued"
    assert executable("sync", "--store", store, "--json").json["phase"] == "idle"
    status = executable("status", issued.json["number"], "--store", store, "--json")
    assert status.json["platform_id"]
    validated = executable("validate", issued.json["pdf"], issued.json["xml"], "--json")
    assert (validated.code, validated.err) == (0, "")
    assert [d["format"] for d in validated.json["documents"]] == ["factur-x", "cii"]
    received = executable("receive", write(tmp_path / "s.pdf", samples.factur_x()), "--store", store, "--json")
    assert (received.code, received.json["documents"][0]["number"]) == (0, "F-1")
    for arguments in (["ledger", "verify", "--store", store], ["--store", store, "ledger", "verify"]):
        assert executable(*arguments, "--json").json["data"]["chains"][0]["head_sequence"] == 1


def test_refusals_have_their_exit_codes(tmp_path: Path, store: Path, body: Body) -> None:
    body["document_totals"]["amount_due_for_payment"] = 1
    wrong = executable("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json")
    assert (wrong.code, wrong.codes) == (1, {"ED-TOTALS"})
    unreadable = executable("issue", write(tmp_path / "c.json", b"{"), "-o", tmp_path, "--store", store, "--json")
    assert (unreadable.code, unreadable.json["error"]["code"]) == (2, "ED-JSON-SYNTAX")
    assert "Traceback" not in wrong.err + unreadable.err


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["issue"], ["validate"], ["status"], ["issue", "a.json", "--speed"], ["sandbox", "--port", "abc"]],
    ids=" ".join,
)
def test_a_command_written_wrongly_is_told_in_french(arguments: list[str]) -> None:
    result = executable(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Commande mal écrite : ")
    assert executable(*arguments, "--json").json["error"]["code"] == "ED-USAGE"


def test_help_and_version() -> None:
    assert executable("--version").out.startswith("einvoice-desktop ")
    text = executable("--help").out
    commands = "issue credit validate convert receive sync status ledger sandbox connect demo screenshots bench".split()
    assert all(f" {command} " in text for command in commands)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_says_where_it_is_and_ends_when_asked(kind: signal.Signals) -> None:
    command = [sys.executable, "-m", "einvoice_desktop", "sandbox", "--json"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or lines[-1] != "}\n":
            lines.append(process.stdout.readline())
            assert lines[-1], process.stderr
        facts = json.loads("".join(lines))
        assert set(facts) == {
            *("base_url", "console_url", "flow_url", "directory_url", "token_url", "client_id", "client_secret"),
        }
        with urllib.request.urlopen(facts["console_url"], timeout=10) as page:
            assert page.status == 200
        process.send_signal(kind)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")


def test_ctrl_c_during_a_command_leaves_no_trace_of_python(tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    command = [sys.executable, "-m", "einvoice_desktop", "issue", str(file), "-o", str(tmp_path / "o")]
    command += ["--store", str(store)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not store.exists() and process.poll() is None:
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode in {0, 130}
    assert "Traceback" not in err
    again = executable("issue", file, "-o", tmp_path / "o", "--store", store, "--json").json
    assert again["number"].endswith("-0002" if process.returncode == 0 else "-0001")


def test_whoever_stops_listening_gets_no_trace(tmp_path: Path) -> None:
    files = " ".join(f"'{write(tmp_path / f'{n}.xml', b'<a/>')}'" for n in range(200))
    line = f"'{sys.executable}' -m einvoice_desktop validate {files} | head -1"
    done = subprocess.run(line, shell=True, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_a_terminal_of_another_age_prints_every_name(tmp_path: Path, store: Path, body: Body) -> None:
    body["buyer"]["name"] = "Žluťoučký 🎨"
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    file = write(tmp_path / "b.json", body)
    result = executable("issue", file, "-o", tmp_path, "--store", store, "--json", variables=ascii_only)
    assert (result.code, result.json["totals"]["due"]) == (0, "1800.00")
    assert executable("ledger", "verify", "--store", store, variables=ascii_only).code == 0


def loaded(*arguments: object) -> set[str]:
    """Modules a command loads."""
    command = [sys.executable, "-X", "importtime", "-m", "einvoice_desktop", *map(str, arguments)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_commands_load_no_window_and_what_they_need_only(tmp_path: Path, store: Path, body: Body) -> None:
    issue = loaded("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store)
    validate = loaded("validate", write(tmp_path / "a.xml", samples.cii()))
    for modules in (issue, validate):
        assert "einvoice_desktop.cli.app" in modules
        assert not {name for name in modules if name.split(".")[0] in {"PySide6", "saxonche", "uvicorn", "starlette"}}
    heavy = {"sqlalchemy", "reportlab", "httpx", "keyring", "einvoice_desktop.services.catalogue"}
    assert not heavy & validate


@pytest.mark.bench
def test_a_verdict_comes_within_a_second_of_the_command(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xml", samples.cii())
    times = []
    for _ in range(5):
        started = time.perf_counter()
        assert executable("validate", file, "--json").code == 0
        times.append(time.perf_counter() - started)
    print(f"validate, cold: median {statistics.median(times):.2f} s, best {min(times):.2f} s")
    assert statistics.median(times) <= 1.0
