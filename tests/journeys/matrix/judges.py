"""Those who judge outside the program: the official rules in processes of their own, Mustangproject, veraPDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import PROJECT

OFFICIAL = PROJECT / "tests" / "journeys" / "official.py"
CONFORMANCE = PROJECT / "packaging" / "conformance"
_LONGEST = 900


def official(paths: Sequence[Path]) -> list[list[str]]:
    """What XSD, the rules of its profile and BR-FR find in each file; two processes share them."""
    halves = [list(paths[0::2]), list(paths[1::2])]
    with ThreadPoolExecutor(len(halves)) as pool:
        found = list(pool.map(_official, halves))
    verdicts: list[list[str]] = [[] for _ in paths]
    verdicts[0::2], verdicts[1::2] = found
    return verdicts


def _official(paths: list[Path]) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-I", OFFICIAL],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
    )
    assert done.returncode == 0, done.stderr
    verdicts: list[list[str]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(verdicts) == len(paths), "a file was left out"
    return verdicts


def mustang(paths: Sequence[Path]) -> list[list[str]]:
    """What Mustang finds in each Factur-X file beside what is on its list of expected findings."""
    return _run("mustang.py", "accepté par Mustang", paths)


def verapdf(paths: Sequence[Path]) -> list[list[str]]:
    """The clauses of PDF/A-3b each file breaks."""
    return _run("verapdf.py", "conforme PDF/A-3b", paths)


def _run(runner: str, good: str, paths: Sequence[Path]) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, CONFORMANCE / runner, *paths], capture_output=True, text=True, check=False, timeout=_LONGEST
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in done.stdout.splitlines():
        verdict, _, path = line.partition("  ")
        if line.startswith("    "):
            current.append(line.strip())
        elif path:
            current = found[path] = [] if verdict == good else [verdict]
    return [found[str(path.resolve())] for path in paths]
