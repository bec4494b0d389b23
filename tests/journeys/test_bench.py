"""``bench`` measures every figure of the program beside its limit; the figures are printed, the machine may be busy."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import PROJECT


@pytest.mark.bench
def test_every_figure_stands_beside_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    """In a process of its own: what other tests loaded is not the program's memory."""
    command = [sys.executable, "-m", "einvoice_desktop", "bench", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=PROJECT)
    answer = json.loads(done.stdout)
    with capsys.disabled():
        for figure in answer["figures"]:
            print(f"\n{figure['what']}: {figure['value']} {figure['unit']} (limit {figure['limit']})", end="")
    names = " | ".join(figure["what"] for figure in answer["figures"])
    for what in (
        "window usable",
        "verdict p95",
        "window late",
        "issue / bare",
        "Factur-X",
        "memory after",
        "memory growth",
    ):
        assert what in names
    assert all(figure["value"] >= 0 for figure in answer["figures"] if "growth" not in figure["what"])
