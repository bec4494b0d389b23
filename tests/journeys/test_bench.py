"""``bench`` measures every figure of the program beside its limit; the figures are printed, the machine may be busy."""

from __future__ import annotations

import json

import pytest

from einvoice_desktop.bootstrap import main


@pytest.mark.bench
def test_every_figure_stands_beside_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quick", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
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
