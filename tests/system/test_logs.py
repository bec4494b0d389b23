"""The log says what happened and never a secret (R-142, R-200)."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.system import logs as module
from einvoice_desktop.system.logs import Logs
from einvoice_desktop.system.redaction import MASK, redacted, redacted_text

IBAN = "FR7630006000011234567890189"
SECRET = "s3cr3t-0123456789abcdef"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

log = logging.getLogger("einvoice_desktop.tests")


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    with Logs(tmp_path / "logs") as opened:
        yield opened


def lines(logs: Logs) -> list[dict[str, object]]:
    return [json.loads(line) for line in logs.path.read_text(encoding="utf-8").splitlines()]


def test_a_record_is_one_line_of_json_with_its_time_level_and_values(logs: Logs) -> None:
    log.info("flow %s sent", "f-12", extra={"status": 202, "seconds": 0.25})
    (line,) = lines(logs)
    assert line["message"] == "flow f-12 sent"
    assert (line["level"], line["logger"], line["status"], line["seconds"]) == (
        "info",
        "einvoice_desktop.tests",
        202,
        0.25,
    )
    assert str(line["timestamp"]).endswith("Z")


def test_no_secret_reaches_the_file(logs: Logs) -> None:
    log.info("POST /oauth/token grant_type=client_credentials&client_secret=%s", SECRET)
    log.info("headers", extra={"headers": {"Authorization": f"Bearer {SECRET}", "X-API-Key": SECRET}})
    log.warning("answer %s", {"access_token": JWT, "expires_in": 3600})
    log.info("https://jeanne:%s@pdp.example/v1", SECRET)
    log.info("raw %s", [(b"Authorization", f"Bearer {SECRET}".encode())])
    log.info("to pay on %s", IBAN, extra={"iban": IBAN, "content": SECRET.encode()})
    try:
        raise ValueError(f"refused token={SECRET} for {IBAN}")
    except ValueError:
        log.exception("failed")
    written = logs.path.read_text(encoding="utf-8")
    for secret in (SECRET, JWT, IBAN, IBAN[6:20]):
        assert secret not in written
    assert "FR76" + MASK + "0189" in written
    assert "ValueError" in written
    assert "3600" in written


def test_local_variables_do_not_enter_a_traceback(logs: Logs) -> None:
    unseen = "correct horse battery staple"
    try:
        len(5)  # type: ignore[arg-type]
    except TypeError:
        log.exception("failed with %d characters at hand", len(unseen))
    assert unseen not in logs.path.read_text(encoding="utf-8")


def test_the_file_turns_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILE_SIZE", 2000)
    with Logs(tmp_path):
        for number in range(200):
            log.info("line %d", number)
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == module.FILES_KEPT + 1
    assert all(path.stat().st_size <= 2000 for path in kept)


def test_the_terminal_is_quiet_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Logs(tmp_path):
        log.warning("quiet")
    assert capsys.readouterr().err == ""
    with Logs(tmp_path, is_verbose=True):
        log.debug("told, token=%s", SECRET)
    told = capsys.readouterr()
    assert "told" in told.err
    assert SECRET not in told.err
    assert told.out == ""


def test_opening_the_log_does_not_wait_for_structlog(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\nfrom einvoice_desktop.system.logs import Logs\n"
        f"with Logs(pathlib.Path({str(tmp_path)!r})): print('structlog' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_numbers_of_businesses_stay_readable() -> None:
    text = "SIREN 732829320, SIRET 73282932000074, TVA FR44732829320, BR-FR-05_BT-22_PMT, FA-2026-0012"
    assert redacted_text(text) == text
    assert redacted_text("a" * 64) == "a" * 64


@pytest.mark.parametrize("typed", [IBAN, "FR76 3000 6000 0112 3456 7890 189", IBAN.lower(), "DE89370400440532013000"])
def test_an_iban_keeps_its_ends_only(typed: str) -> None:
    compact = typed.replace(" ", "")
    assert redacted_text(f"compte {typed}.") == f"compte {compact[:4]}{MASK}{compact[-4:]}."


@pytest.mark.parametrize(
    "key", ["Authorization", "set-cookie", "client_secret", "refresh_token", "X-Api-Key", "passphrase"]
)
def test_what_stands_under_the_name_of_a_secret_goes(key: str) -> None:
    assert redacted({"outer": {key: SECRET}}) == {"outer": {key: MASK}}


def test_what_only_sounds_like_a_secret_stays() -> None:
    harmless = {"token_url": "https://pdp.example/token", "token_type": "bearer", "token_expires_in": 60}
    assert redacted(harmless) == harmless


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), min_size=12, max_size=60))
def test_no_bearer_survives(secret: str) -> None:
    assert secret not in redacted_text(f"> Authorization: Bearer {secret}\n> Accept: */*")
