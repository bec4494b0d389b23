"""The environment is what the lock says, made once, and one line tells what is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import PROJECT

Load = Callable[[str], ModuleType]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_a_hash_for_everything_and_names_no_index(name: str, script: Load) -> None:
    text = (PROJECT / "packaging" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    blocks = [block for block in text.split("\n") if block and not block.startswith(("#", " "))]
    assert len(blocks) == len(script("environment").locked_names(text)) > 50
    assert all(block.endswith("\\") for block in blocks), "each is followed by its hashes"


def test_the_development_lock_holds_the_very_versions_of_the_other() -> None:
    def versions(name: str) -> set[str]:
        lines = (PROJECT / "packaging" / name).read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if line[:1].isalnum()}

    assert versions("requirements.lock") < versions("requirements-dev.lock")


def test_the_locks_follow_the_project_file(script: Load, capsys: pytest.CaptureFixture[str]) -> None:
    assert script("lock").main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_lock_is_noticed(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = script("lock")
    changed = (PROJECT / "pyproject.toml").read_text(encoding="utf-8").replace('"tzdata', '"one-more>=1", "tzdata')
    (tmp_path / "pyproject.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(lock, "PYPROJECT", tmp_path / "pyproject.toml")
    assert lock.main(["--check"]) == 1
    assert "python3 packaging/lock.py" in capsys.readouterr().out


def test_an_environment_that_is_ready_is_not_touched(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = script("environment")
    monkeypatch.setattr(environment, "folder", lambda: tmp_path)
    monkeypatch.setattr(environment.libraries, "missing", lambda _table: [])
    python = environment.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    state = {environment.RUN: environment.fingerprint(environment.RUN)}
    (tmp_path / environment.STATE).write_text(json.dumps(state), encoding="utf-8")
    monkeypatch.setattr(environment, "_build", lambda *_a, **_k: pytest.fail("built again"))
    assert environment.ensure(environment.RUN) == python
    assert capsys.readouterr().err == ""


def test_a_changed_lock_is_installed_over_and_remembered(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = script("environment")
    monkeypatch.setattr(environment, "folder", lambda: tmp_path)
    monkeypatch.setattr(environment.libraries, "require", lambda **_needs: None)
    (tmp_path / environment.STATE).write_text(
        json.dumps({environment.DEV: "old", environment.RUN: "old"}), encoding="utf-8"
    )
    built: list[str] = []
    monkeypatch.setattr(environment, "_build", lambda _venv, lock, *, is_new: built.append(lock))
    environment.ensure(environment.RUN)
    assert built == [environment.DEV], "an environment for development stays one"
    state = json.loads((tmp_path / environment.STATE).read_text(encoding="utf-8"))
    assert state == {name: environment.fingerprint(name) for name in (environment.RUN, environment.DEV)}


def test_a_checkout_that_cannot_be_written_gets_a_folder_of_the_users_cache(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = script("environment")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert environment.folder().is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "le disque est plein"),
        (
            "Failed to establish: [Errno -3] Temporary failure in name resolution\nERROR: No matching distribution",
            "injoignable",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "empreinte du verrou"),
        ("ERROR: No matching distribution found for saxonche==13.1.1", "pour ce système et ce Python"),
        ("noise\nERROR: something odd\nhint", "ERROR: something odd"),
    ],
)
def test_why_pip_failed_is_one_line(script: Load, said: str, told: str) -> None:
    reason = script("environment").reason_of(said)
    assert told in reason
    assert "\n" not in reason


def test_no_index_is_one_line_and_leaves_nothing_that_looks_ready(script: Load, tmp_path: Path) -> None:
    """A real environment and a real pip, with an index nobody serves."""
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import environment as e, libraries as l\n"
        "e.folder = lambda: pathlib.Path(sys.argv[2]); l.missing = lambda table: []\n"
        "e.ensure(e.RUN)"
    )
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("PIP_", "UV_")) and "proxy" not in name.lower()
    }
    variables |= {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1", "PIP_NO_CACHE_DIR": "1"}
    variables |= {"PIP_CONFIG_FILE": os.devnull}
    venv = tmp_path / "venv"
    command = [sys.executable, "-c", code, str(PROJECT / "packaging"), str(venv)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
    assert done.returncode == 2
    assert done.stdout == ""
    told = [line for line in done.stderr.splitlines() if line.startswith("einvoice-desktop : ")]
    assert len(told) == 1
    assert "l'index des paquets Python est injoignable" in told[0]
    assert not (venv / script("environment").STATE).exists()


def test_a_python_too_old_or_too_new_is_told_in_one_line(
    script: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = script("environment")
    monkeypatch.setattr(environment.shutil, "which", lambda _name: None)
    for version in ((3, 10, 1), (3, 14, 0)):
        monkeypatch.setattr(sys, "version_info", version)
        with pytest.raises(SystemExit) as stopped:
            environment.require_python()
        assert stopped.value.code == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"{version[0]}.{version[1]}" in line


def test_nothing_of_another_python_leaks_in(script: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    assert not {"PYTHONPATH", "VIRTUAL_ENV"} & set(script("environment").variables())
