"""The program as a shell sees it: what it prints, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT

Body = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """One command run to its end."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must hold one JSON object and nothing else."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def codes(self) -> set[str]:
        """Codes of a refusal."""
        return {issue["error_code"] for issue in self.json["issues"]}


Terminal = Callable[..., Result]


def executable(*arguments: object, variables: Mapping[str, str] | None = None, timeout: float = 60) -> Result:
    """The real program, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "einvoice_desktop", *map(str, arguments)],
        cwd=PROJECT,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def write(path: Path, body: object) -> Path:
    """``body`` as JSON, or as it is when it is bytes already."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    path.write_bytes(content)
    return path
