"""Starting the program from a checkout, with and without a screen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]

STAND_IN = """
import pathlib, sys
arguments = sys.argv[1:]
if arguments[:4] != ["-P", "-m", "einvoice_desktop", "demo"]:
    sys.exit(3)
folder = pathlib.Path(arguments[5])
(folder / "images").mkdir(parents=True)
(folder / "facture.pdf").write_bytes(b"%PDF-1.7")
(folder / "images" / "accueil.png").write_bytes(b"png")
"""


@pytest.fixture
def run(script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, in a machine without a screen, with a stand-in for the interpreter of the environment."""
    module = script("run")
    (tmp_path / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tmp_path}/stand_in.py" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(module.environment, "ensure", lambda _lock: python)
    monkeypatch.setattr(module.libraries, "has_screen", lambda: False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return module


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_without_a_screen_the_demonstration_is_played_and_its_files_told(
    run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([]) == 0
    here = tmp_path / "here" / "demonstration"
    assert f"2 fichiers dans {here}" in capsys.readouterr().out
    assert (here / "facture.pdf").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_demonstration_that_fails_gives_its_exit_code(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "demonstration_folder", lambda: Path("taken"))
    (Path("taken") / "images").mkdir(parents=True)
    assert run.main([]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts a child, POSIX becomes the program")
@pytest.mark.parametrize("has_screen", [True, False])
def test_arguments_reach_the_program_as_they_are(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, has_screen: bool
) -> None:
    monkeypatch.setattr(run.libraries, "has_screen", lambda: has_screen)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    seen: list[tuple[list[str], dict[str, str]]] = []

    def become(_file: str, command: list[str], variables: dict[str, str]) -> None:
        seen.append((command, variables))
        raise SystemExit(0)

    monkeypatch.setattr(run.os, "execve", become)
    with pytest.raises(SystemExit):
        run.main(["validate", "ma facture.pdf", "--json"])
    ((command, variables),) = seen
    assert command[1:] == ["-P", "-m", "einvoice_desktop", "validate", "ma facture.pdf", "--json"]
    assert (variables.get("QT_QPA_PLATFORM") == "offscreen") is not has_screen
