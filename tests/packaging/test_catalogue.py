"""The committed catalogue is the one the bundled rule files give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from einvoice_desktop.resources import resource

Load = Callable[[str], ModuleType]


def test_the_catalogue_follows_the_bundled_files(script: Load) -> None:
    made = script("catalogue").make()
    assert resource("rules/catalogue.json").read_text(encoding="utf-8") == made, "python3 packaging/catalogue.py"


def test_a_stale_catalogue_is_told(
    script: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = script("catalogue")
    assert catalogue.main(["--check"]) == 0
    stale = tmp_path / "catalogue.json"
    stale.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(catalogue, "TARGET", stale)
    assert catalogue.main(["--check"]) == 1
    assert "périmé" in capsys.readouterr().out
