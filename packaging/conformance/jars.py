"""Jars of Maven Central that judge our files: fetched once into ``.cache/conformance``, pinned by ``pom.xml``.

Only the standard library is needed, with Java and Maven, which are installed by apt where we are root.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "conformance"
DEBIAN = {"java": "default-jre-headless", "javac": "default-jdk-headless", "mvn": "maven"}
CONFORM, FAILED, UNCHECKED = 0, 1, 2
"""Exit codes of the runners: what did not run is never a success."""

LONGEST_RUN = 900
"""Seconds a runner may take for all its files."""


class UncheckedError(Exception):
    """Nothing can be said of the files."""


def fetch(name: str) -> Path:
    """The jar whose file name begins with ``name``, from the cache or from Maven Central.

    Raises:
        UncheckedError: Java, Maven or the jar cannot be had.
    """
    need("java")
    wanted = HERE / "pom.xml"
    stamp = CACHE / "pom.xml"
    found = _jars(name)
    if found and stamp.exists() and stamp.read_bytes() == wanted.read_bytes():
        return found[0]
    for old in CACHE.glob("*.jar"):
        old.unlink()
    need("mvn")
    CACHE.mkdir(parents=True, exist_ok=True)
    goal = ["mvn", "-q", "-B", "-f", str(wanted), "dependency:copy-dependencies", f"-DoutputDirectory={CACHE}"]
    run = subprocess.run(goal, capture_output=True, text=True, check=False, timeout=LONGEST_RUN)
    found = _jars(name)
    if run.returncode or not found:
        raise UncheckedError(f"Maven n'a pas pu obtenir {name} :\n{(run.stdout + run.stderr)[-2000:]}")
    stamp.write_bytes(wanted.read_bytes())
    return found[0]


def need(program: str) -> None:
    """Have ``program`` on this machine.

    Raises:
        UncheckedError: it is not there and cannot be installed.
    """
    if shutil.which(program):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", DEBIAN[program]]):
            subprocess.run(["apt-get", "-qq", *arguments], env=quiet, check=False, stdout=subprocess.DEVNULL)
    if not shutil.which(program):
        raise UncheckedError(f"il manque « {program} » (paquet Debian : {DEBIAN[program]})")


def files_of(arguments: argparse.Namespace, *suffixes: str) -> list[Path]:
    """The files ``arguments.paths`` names, folders searched for ``suffixes``; says so and exits when one is absent."""
    files: list[Path] = []
    for path in arguments.paths:
        inside = [found for found in path.rglob("*") if found.suffix in suffixes] if path.is_dir() else [path]
        files += sorted(inside)
    missing = [str(path) for path in files if not path.is_file()]
    if missing or not files:
        print("aucun fichier à vérifier" if not files else "introuvable : " + ", ".join(missing), file=sys.stderr)
        raise SystemExit(UNCHECKED)
    return files


def _jars(name: str) -> list[Path]:
    return sorted(CACHE.glob(f"{name}-*.jar"))
