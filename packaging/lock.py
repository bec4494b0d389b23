"""Refresh the locks, or say whether they are stale: ``python3 packaging/lock.py [--check | --upgrade]``.

Without an option the versions in the locks are kept where ``pyproject.toml`` still allows them. The locks cover
Python 3.11 to 3.13 on Linux, macOS and Windows, carry a hash for every file, and name no index: pip asks the one
that the machine is configured for. Needs Python 3.11 or later.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment
import libraries
import tomllib

RESOLVER = "uv==0.13.9"
PYPROJECT = environment.ROOT / "pyproject.toml"


def inputs(*, is_dev: bool) -> list[str]:
    """The requirements a lock is made from: dependencies, build tools, and the development extra."""
    declared = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    project = declared["project"]
    wanted = [*project["dependencies"], *declared["build-system"]["requires"]]
    return sorted(wanted + (project["optional-dependencies"]["dev"] if is_dev else []))


def digest(requirements: list[str]) -> str:
    """Fingerprint of the inputs, written in the head of the lock."""
    return hashlib.sha256("\n".join(requirements).encode()).hexdigest()


def is_stale(lock: str) -> bool:
    """Whether ``pyproject.toml`` asks for something else than when ``lock`` was made."""
    path = environment.LOCKS / lock
    mark = "# inputs sha256: " + digest(inputs(is_dev=lock == environment.DEV))
    return not path.exists() or mark not in path.read_text(encoding="utf-8").splitlines()[:5]


def refresh(*, is_upgrade: bool) -> None:
    """Write both locks again; the development one holds the very versions of the other."""
    with tempfile.TemporaryDirectory() as scratch:
        resolver = _resolver(Path(scratch))
        for lock in (environment.RUN, environment.DEV):
            _compile(resolver, lock, Path(scratch), is_upgrade=is_upgrade)
            print("écrit : packaging/" + lock)


def _resolver(scratch: Path) -> str:
    """A ``uv`` from the PATH of the very version wanted, or one installed for the occasion."""
    found = shutil.which("uv")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout.split()
        if version[1:2] == [RESOLVER.partition("==")[2]]:
            return found
    venv = scratch / "resolver"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run([str(environment.python_of(venv)), "-m", "pip", "install", "-q", RESOLVER], check=True)
    return str(environment.python_of(venv).with_name("uv.exe" if sys.platform == "win32" else "uv"))


def _compile(resolver: str, lock: str, scratch: Path, *, is_upgrade: bool) -> None:
    requirements = inputs(is_dev=lock == environment.DEV)
    source, output = scratch / "requirements.in", scratch / lock
    source.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    kept = environment.LOCKS / lock
    if kept.exists() and not is_upgrade:
        shutil.copy(kept, output)
    command = [resolver, "pip", "compile", str(source), "--output-file", str(output), "--quiet", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:", "--no-header"]
    command += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    if lock == environment.DEV:
        command += ["--constraint", str(environment.LOCKS / environment.RUN)]
    if subprocess.run(command, env=_index_variables(), check=False).returncode != 0:
        libraries.stop("les versions demandées par pyproject.toml ne s'accordent pas, ou l'index est injoignable.")
    head = "# Made by packaging/lock.py from pyproject.toml; do not edit.\n# inputs sha256: {0}\n"
    kept.write_text(head.format(digest(requirements)) + output.read_text(encoding="utf-8"), encoding="utf-8")


def _index_variables() -> dict[str, str]:
    """The variables that make the resolver ask the index pip asks on this machine."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    variables = dict(os.environ)
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "cert": "SSL_CERT_FILE"}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        target = names.get(key.rpartition(".")[2])
        if target and not key.startswith(":env:PIP_CONFIG"):
            variables.setdefault(target, value.strip().strip("'"))
    return variables


def main(arguments: list[str]) -> int:
    """Refresh, or check: 0 when the locks follow ``pyproject.toml``, 1 when they are stale."""
    parser = argparse.ArgumentParser(prog="packaging/lock.py", description="Verrou des dépendances.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="dire si les verrous suivent pyproject.toml, sans réseau")
    choice.add_argument("--upgrade", action="store_true", help="prendre les versions les plus récentes permises")
    options = parser.parse_args(arguments)
    if not options.check:
        refresh(is_upgrade=options.upgrade)
        return 0
    stale = [lock for lock in (environment.RUN, environment.DEV) if is_stale(lock)]
    for lock in stale:
        print(f"packaging/{lock} ne suit plus pyproject.toml : lancez python3 packaging/lock.py")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
