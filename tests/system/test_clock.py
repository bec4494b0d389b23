"""The civil day of an invoice is that of Paris, wherever the computer is."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from einvoice_desktop.system import clock as module
from einvoice_desktop.system.clock import SystemClock


def test_now_is_utc_and_aware() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(UTC)


def test_after_midnight_in_paris_the_day_has_changed_though_utc_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Late:
            return cls(2026, 8, 31, 22, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(module, "datetime", Late)
    assert SystemClock().today().isoformat() == "2026-09-01"


def test_zone_data_do_not_need_the_system() -> None:
    code = "import zoneinfo; zoneinfo.reset_tzpath(()); import einvoice_desktop.system.clock as c; print(c.SystemClock().today())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
