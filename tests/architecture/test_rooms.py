"""The house stands as ARCHITECTURE.md says: imports go down, inner rooms are pure, start-up is light."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "einvoice_desktop"
INNER = ("domain", "ledger", "ports", "services", "sync")
"""From the bottom up: each may use those before it."""

THIRD_PARTY = {"domain": {"stdnum"}, "ledger": {"rfc8785"}}
"""The libraries that are part of what a document is, and of what is hashed."""

OUTSIDE = {"socket", "ssl", "http", "urllib", "sqlite3", "subprocess", "tempfile", "shutil", "multiprocessing", "xml"}
"""Modules of the standard library that touch the outside world, or XML."""

HEAVY = (
    "PySide6",
    "saxonche",
    "reportlab",
    "facturx",
    "pyfrctc",
    "alembic",
    "sqlalchemy",
    "uvicorn",
    "starlette",
    "lxml",
)


def contracts() -> list[str]:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in declared["tool"]["importlinter"]["contracts"]]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


def is_admitted(room: str, name: str) -> bool:
    top, _, rest = name.partition(".")
    if top == "einvoice_desktop":
        return rest.split(".")[0] in (*INNER[: INNER.index(room) + 1], "__version__")
    return (top in sys.stdlib_module_names and top not in OUTSIDE) or top in THIRD_PARTY.get(room, ())


@pytest.mark.parametrize("contract", contracts())
def test_the_import_contract_is_kept(contract: str, tmp_path: Path) -> None:
    # In a process of its own: the linter silences every logger of the process it runs in.
    code = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    command = [sys.executable, "-c", code, "--contract", contract, "--no-logo", "--cache-dir", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("room", INNER)
def test_an_inner_room_imports_only_what_is_pure(room: str) -> None:
    found = modules(room)
    assert len(found) > 1
    strangers = {
        f"{path.relative_to(PROJECT)}: {name}"
        for path in found
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if not is_admitted(room, name)
    }
    assert not strangers


@pytest.mark.parametrize("room", INNER)
def test_an_inner_room_looks_at_no_clock_and_opens_no_file(room: str) -> None:
    forbidden = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "open"}
    calls = {
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path in modules(room)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in forbidden
    }
    assert not calls


@pytest.mark.parametrize("name", ["socket", "PySide6.QtCore", "rfc8785", "einvoice_desktop.services.issue_invoice"])
def test_the_guard_sees_a_stranger(name: str) -> None:
    assert not is_admitted("domain", name)


def test_starting_imports_nothing_heavy() -> None:
    names = ["einvoice_desktop.__main__"]
    names += [f"einvoice_desktop.{room}.{path.stem}" for room in ("ports", "services") for path in modules(room)]
    code = "import importlib, sys\n"
    code += f"for name in {names!r}: importlib.import_module(name)\n"
    code += f"print(sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"
